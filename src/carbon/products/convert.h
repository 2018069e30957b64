// convert.h — product systems to inventories and back, with the emission factors that stand for what is not modelled.
#pragma once

#include <functional>

#include "carbon/engine/matrix.h"
#include "carbon/products/records.h"

namespace greenbank::carbon {

/// Answers a question for a factor; the engine's rule over whatever factors are at hand.
using FactorSource = std::function<Result<FactorChoice>(const FactorQuestion&)>;

/// A greenhouse gas by the many names of flows: "Methane, biogenic", "CO2 uptake", "Carbon dioxide, in air".
enum class Origin : std::uint8_t { fossil, biogenic, land_use, uptake };
struct GasOfFlow {
    std::string gas; // "CO2", "CH4"
    Origin origin = Origin::fossil;
};
std::optional<GasOfFlow> gas_of(std::string_view flow);

struct SystemInventory {
    Inventory inventory;             // methods 0 to 3: all, fossil, biogenic, land use
    std::vector<FactorUsed> factors; // those that it holds
    std::vector<std::string> decisions;
    std::size_t foreground = 0;              // processes of the system come first in the order of `names`
    std::map<std::string, LifeStage> stages; // by id of the process
};
/// Failure::not_found "factor.none" where a factor is missing; Failure::invalid with the processes named.
Result<SystemInventory> to_inventory(const ProductSystem& system, const FactorSource& factors);
/// The system alone, for export: no factors in it.
Inventory plain_inventory(const ProductSystem& system);
/// A draft of what was imported; its processes are those of the inventory, its product that of `process` (empty: of its product system, or the first).
Result<ProductSystem> from_inventory(const Inventory& inventory, std::string_view process);

} // namespace greenbank::carbon
