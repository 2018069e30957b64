// risk_records.cpp — the descriptions, and what must fit together.
#include "finance/risk_records.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace greenbank::finance {

namespace {

void check_factors(const void* value, Problems& problems) {
    const auto& file = *static_cast<const FactorFile*>(value);
    if (file.correlation.has_value() == !file.sectors.empty())
        problems.push_back({"sectors", "finance.factors_either", "Give either one correlation for all, or sectors with a correlation each."});
    std::set<std::string> names;
    for (std::size_t i = 0; i < file.sectors.size(); ++i)
        if (!names.insert(file.sectors[i].name).second)
            problems.push_back({fmt::format("sectors[{}].name", i), "finance.sector_twice", "This sector stands here twice."});
    for (std::size_t i = 0; i < file.pairs.size(); ++i)
        for (const auto& [field, name] : {std::pair("one", &file.pairs[i].one), std::pair("other", &file.pairs[i].other)})
            if (!names.contains(*name))
                problems.push_back({fmt::format("pairs[{}].{}", i, field), "finance.sector_unknown", "No sector has the name {name}.", {{"name", *name}}});
}

} // namespace

Record describe(const SectorRow*) {
    return {"risk_sector", "Borrowers whose fortunes hang together.",
        {field<&SectorRow::name>("name", "The sector, as the exposures name it.", {.min = 1, .max = 100}),
            field<&SectorRow::correlation>("correlation", "Of the assets of two borrowers of the sector.", {.min = 0, .max = 0.999})}};
}
Record describe(const SectorPair*) {
    return {"risk_sector_pair", "How the factors of two sectors hang together.",
        {field<&SectorPair::one>("one", "A sector.", {.min = 1, .max = 100}), field<&SectorPair::other>("other", "Another one.", {.min = 1, .max = 100}),
            field<&SectorPair::correlation>("correlation", "Of their factors.", {.min = -0.999, .max = 0.999})}};
}
Record describe(const FactorFile*) {
    return {"risk_factors", "How defaults hang together.",
        {field<&FactorFile::correlation>("correlation", "Of the assets of any two borrowers, where one factor moves all.", {.min = 0, .max = 0.999}),
            field<&FactorFile::sectors>("sectors", "Sectors with a factor each.", {.max = 200, .defaulted = true}),
            field<&FactorFile::between_sectors>("between_sectors", "Of the factors of any two sectors; absent: 0.", {.min = -0.999, .max = 0.999}),
            field<&FactorFile::pairs>("pairs", "Pairs of sectors for which it is another one.", {.max = 10'000, .defaulted = true})},
        check_factors};
}

} // namespace greenbank::finance
