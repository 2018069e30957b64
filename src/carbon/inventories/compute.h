// compute.h — activities with the factors in force for them: which factor a source uses (and why that one), and what it comes to. The one way for inventories of
// the bank and for files, so that both give the same kilograms. No store: the factors are given.
#pragma once

#include <map>

#include "carbon/engine/factors.h"
#include "carbon/engine/greenhouse_inventory.h"

namespace greenbank::carbon {

/// A source in one year, as people write it down.
struct Activity {
    std::string organisation, name;
    std::int32_t year = 0;
    Category category = Category::stationary_combustion;
    double amount = 0;
    std::string unit;
    double uncertainty_percent = 0;
    FactorKind kind = FactorKind::fuel;
    std::string subject; // "diesel", "electricity"; of kind warming the gas that escapes
    std::string area = "WORLD";
    std::optional<FactorKind> market;   // scope 2 by market: of this kind, such as the grid without traded non-fossil power
    std::optional<double> market_value; // or kgCO2e per unit as the contract says: 0 for green power
};

/// The factors with a memory of what was asked.
class FactorTable {
public:
    explicit FactorTable(std::vector<Factor> factors, GwpEdition gwp, std::optional<Date> known_on = {});

    /// All gases of that subject: CO2e as one where there is such a factor, else each gas with its warming potential.
    Result<std::vector<FactorChoice>> choose(FactorKind kind, const std::string& subject, const std::string& area, std::int32_t year);
    /// kgCO2e per kg of that gas; 1 for CO2 and CO2e.
    Result<double> warming(const std::string& gas, std::int32_t year);
    GwpEdition gwp() const { return gwp_; }

private:
    std::vector<Factor> factors_;
    std::map<std::string, std::vector<const Factor*>> by_subject_;
    std::map<std::string, std::vector<FactorChoice>> known_;
    std::map<std::string, double> warmings_;
    GwpEdition gwp_;
    std::optional<Date> known_on_;
};

/// The areas to ask in, from narrow to wide; the same as factors.h gives for the bank's own.
std::vector<std::string> areas_of(const std::string& area);

struct ComputedActivity {
    std::vector<FactorChoice> location, market;
    LineResult result;
};
struct ComputedInventory {
    std::vector<ComputedActivity> activities; // as given
    std::vector<InventoryLine> lines;
    std::vector<GasFactor> factors;
    std::vector<std::string> organisations; // by number in the lines
};
/// Failure::invalid with a problem for every activity without factor or with a unit that does not fit: "activities[3].unit".
Result<ComputedInventory> compute_inventory(const std::vector<Activity>& activities, FactorTable& table);

} // namespace greenbank::carbon
