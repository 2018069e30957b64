// zero_path.cpp — sums of cuts, year by year.
#include "cities/engine/zero_path.h"

namespace greenbank::cities {

ZeroPath zero_path(std::int64_t base_year, std::int64_t base_kg, std::int64_t until_year, std::span<const ZeroCut> cuts,
    const std::map<std::int64_t, std::int64_t>& measured) {
    std::map<std::int64_t, std::int64_t> cut_in;
    for (const ZeroCut& cut : cuts) cut_in[cut.year] += cut.kg;
    ZeroPath path;
    std::int64_t left = base_kg;
    for (std::int64_t year = base_year; year <= until_year; ++year) {
        const auto found = cut_in.find(year);
        const bool has_step = year > base_year && found != cut_in.end();
        if (year > base_year && !has_step && left > 0) path.idle_years.push_back(year);
        ZeroYear& one = path.years.emplace_back(ZeroYear{.year = year, .measured_kg = {}});
        if (has_step) one.cut_kg = found->second;
        left -= one.cut_kg;
        one.planned_kg = left;
        if (left <= 0 && !path.zero_year) path.zero_year = year;
        if (const auto known = measured.find(year); known != measured.end()) {
            one.measured_kg = known->second;
            path.measured_year = year;
            path.behind_kg = known->second - left;
        }
    }
    path.left_kg = left;
    return path;
}

} // namespace greenbank::cities
