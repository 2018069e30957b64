// factors.cpp — the stored factors that may answer a question, then the engine's choice.
#include "carbon/factors/factors.h"

#include <algorithm>
#include <array>

namespace greenbank::carbon {

namespace {

/// The regional grids that factors are published for, and the provinces in them, as the grids are run; Inner Mongolia is counted where most of its load is.
struct Grid {
    std::string_view code;
    std::string_view provinces; // between blanks
};
constexpr std::array<Grid, 7> grids = {{
    {"CN-NORTH", " BJ TJ HE SX SD NM "},
    {"CN-NORTHEAST", " LN JL HL "},
    {"CN-EAST", " SH JS ZJ AH FJ "},
    {"CN-CENTRAL", " JX HA HB HN "},
    {"CN-NORTHWEST", " SN GS QH NX XJ "},
    {"CN-SOUTH", " GD GX YN GZ HI "},
    {"CN-SOUTHWEST", " CQ SC XZ "},
}};

} // namespace

std::vector<std::string> areas_around(std::string_view area) {
    std::vector<std::string> areas = {std::string(area)};
    if (const std::size_t dash = area.find('-'); dash != std::string_view::npos) {
        const std::string_view country = area.substr(0, dash);
        if (country == "CN") {
            const std::string province = " " + std::string(area.substr(dash + 1)) + " ";
            for (const Grid& grid : grids)
                if (grid.provinces.find(province) != std::string_view::npos) areas.emplace_back(grid.code);
        }
        areas.emplace_back(country);
    }
    if (area != "WORLD") areas.emplace_back("WORLD");
    return areas;
}

Result<FactorChoice> factor_in_force(Transaction& transaction, const FactorQuestion& question) {
    std::vector<Factor> factors;
    for (const EmissionFactor& one :
        TRY(transaction.find<EmissionFactor>("kind = $1 AND subject = $2 AND gas = $3", {std::string(name_of(question.kind)), question.subject, question.gas})))
        factors.push_back(to_factor(one));
    return factor_in_force(factors, question);
}

Result<std::optional<FactorChoice>> newer_edition(Transaction& transaction, const FactorUsed& used, Date activity_on, std::vector<std::string> areas) {
    FactorQuestion question{.kind = used.kind, .subject = used.subject, .gas = used.gas, .gwp = used.gwp, .areas = std::move(areas), .on = activity_on};
    auto choice = factor_in_force(transaction, question);
    if (!choice || choice.value().factor.id == used.factor.text) return std::optional<FactorChoice>{};
    return std::optional<FactorChoice>(std::move(choice).value());
}

} // namespace greenbank::carbon
