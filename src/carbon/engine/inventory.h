// inventory.h — processes as people describe them and exchange them: flows, exchanges with units and providers, parameters, allocation.
// Every format is read into this and written from it; matrix.h makes the model of it that is solved.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "carbon/engine/draws.h"

namespace greenbank::carbon {

enum class FlowKind : std::uint8_t { product, waste, elementary };
/// How a process that makes several products is divided among them.
enum class Allocation : std::uint8_t { none, physical, economic, causal, substitution, cut_off, circular_footprint };

struct FlowItem {
    std::string id, name;
    FlowKind kind = FlowKind::product;
    std::string category; // "Elementary flows/Emission to air/unspecified"
    std::string unit;     // the one that it is usually counted in
    std::string cas, formula, location;
    bool operator==(const FlowItem&) const = default;
};

struct ParameterItem {
    std::string name;
    double value = 0;
    std::string formula; // empty: the value holds
    Uncertainty uncertainty;
    std::string note;
};

struct ExchangeItem {
    std::int64_t number = 0; // within its process
    std::uint32_t flow = 0;  // in Inventory::flows
    bool input = false;
    bool reference = false; // what the process is there for
    bool avoided = false;   // an output that saves making it elsewhere
    double amount = 0;
    std::string unit, formula; // a formula goes before the amount
    Uncertainty uncertainty;
    std::string provider; // id of a process; empty: whoever makes the flow
    std::string pedigree; // "(1;3;2;5;1)"
    std::string note;
    std::optional<double> price; // of one unit, for economic allocation
    std::string role;            // in the circular footprint formula: virgin, recycled, recycling, …
};

struct AllocationShare {
    std::uint32_t product = 0; // flow
    Allocation method = Allocation::physical;
    std::optional<std::int64_t> exchange; // causal: of that exchange only
    double share = 0;
    bool operator==(const AllocationShare&) const = default;
};

struct ProcessItem {
    std::string id, name;
    bool unit_process = true; // else what goes before it is in its exchanges already
    std::string category, location, description, stage;
    std::string valid_from, valid_until; // 2013-01-01 or 2013
    Allocation allocation = Allocation::none;
    std::vector<ParameterItem> parameters;
    std::vector<ExchangeItem> exchanges;
    std::vector<AllocationShare> shares;
};

struct ImpactFactor {
    std::uint32_t flow = 0;
    double value = 0;
    std::string unit; // of the flow
    Uncertainty uncertainty;
};
struct ImpactCategory {
    std::string id, name, unit, method; // method: the name of the set that it belongs to
    std::vector<ImpactFactor> factors;
};

struct SystemItem {
    std::string id, name, description, process; // id of the one that it is for
    double amount = 1;
    std::string unit;
};

/// A unit and how many of its group's own unit it is: t in "mass" is 1000 (kg).
struct UnitItem {
    std::string name, group;
    double factor = 1;
    bool operator==(const UnitItem&) const = default;
};

struct Inventory {
    std::vector<FlowItem> flows;
    std::vector<ProcessItem> processes;
    std::vector<ParameterItem> parameters; // for all processes
    std::vector<ImpactCategory> impacts;
    std::vector<SystemItem> systems;
    std::vector<UnitItem> units;
};

/// Everything in the order of its id, units that it uses added: what two readers of one model agree upon.
void put_in_order(Inventory& inventory);
/// In words where two ordered inventories differ first; empty where they say the same. Reals may differ by `tolerance`, relative.
std::string first_difference(const Inventory& a, const Inventory& b, double tolerance = 1e-12);
/// How many of `to` one `from` is; nothing where they do not measure the same.
std::optional<double> unit_ratio(const Inventory& inventory, const std::string& from, const std::string& to);
/// An id in the form of a UUID that a text always gets, for what has none.
std::string id_of_text(std::string_view text);
/// One that may stand in a file's name, made of any text: itself where it is nothing but letters, digits, '-', '_' and '.'.
std::string sound_id(std::string_view text);

} // namespace greenbank::carbon
