// regional.h — which instruments serve which stage of the projects of a region, what is missing, and how far the money is. Whole minor units.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace greenbank::finance {

enum class RegionalInstrument { venture, equity, industry_fund, leasing, insurance, guarantee, credit, investment_banking };
constexpr std::size_t regional_instruments = 8, regional_stages = 4;

struct RegionalProject {
    std::string id;
    std::size_t stage = 0;
};
/// One contract or offer with a project of the region.
struct RegionalMoney {
    std::string project;
    RegionalInstrument instrument = RegionalInstrument::credit;
    std::int64_t promised = 0, contracted = 0, drawn = 0; // each holds what follows
};
/// Somebody offers that instrument at that stage.
struct RegionalShelf {
    RegionalInstrument instrument = RegionalInstrument::credit;
    std::size_t stage = 0;
};
struct RegionalCell {
    std::int64_t projects = 0, served = 0, shelf = 0; // of the stage; of these with a contract or an offer; offers on the shelf
    std::int64_t promised = 0, contracted = 0, drawn = 0;
    bool missing = false; // there are projects of that stage, none is served, and nobody offers it
};
/// Of each instrument and stage; money of projects that are not in the list is left out.
std::vector<std::vector<RegionalCell>> regional_view(
    const std::vector<RegionalProject>& projects, const std::vector<RegionalMoney>& money, const std::vector<RegionalShelf>& shelf);

} // namespace greenbank::finance
