// zero_path.h — a plan to zero: what is left each year when steps cut a net balance, and where what was measured stands beside it. kg of CO2 equivalents a year. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace greenbank::cities {

/// From that year on each year's balance is lower by so much.
struct ZeroCut {
    std::int64_t year = 0, kg = 0;
};

struct ZeroYear {
    std::int64_t year = 0;
    std::int64_t cut_kg = 0, planned_kg = 0; // of the steps of that year; what is left
    std::optional<std::int64_t> measured_kg;
};

struct ZeroPath {
    std::vector<ZeroYear> years;                          // from the base year to the year of zero
    std::optional<std::int64_t> zero_year;                // the first with nothing left; none: the steps do not suffice
    std::int64_t left_kg = 0;                             // in the last year
    std::vector<std::int64_t> idle_years;                 // without a step, while something is left
    std::optional<std::int64_t> measured_year, behind_kg; // the last that was measured; above zero: more was given off than planned
};

/// Cuts of years outside (base_year, until_year] count for nothing; `base_year` < `until_year`.
ZeroPath zero_path(
    std::int64_t base_year, std::int64_t base_kg, std::int64_t until_year, std::span<const ZeroCut> cuts, const std::map<std::int64_t, std::int64_t>& measured);

} // namespace greenbank::cities
