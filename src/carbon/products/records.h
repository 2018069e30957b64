// records.h — product systems as people enter them, and footprints as they were computed: with the factors and the system that they come from.
#pragma once

#include "carbon/engine/inventory.h"
#include "carbon/factors/records.h"
#include "projects/records.h"

namespace greenbank::carbon {

struct ReceivedFootprint; // exchange/records.h

using library::State;
using parties::Organisation;

enum class Boundary { cradle_to_gate, cradle_to_grave, gate_to_gate };
/// ISO 14067, stages of a life.
enum class LifeStage { raw_materials, production, distribution, use, end_of_life };
enum class Direction { reference, output, input, avoided };

/// Larger ones are solved on files.
constexpr std::size_t system_exchanges_max = 20'000;

struct SystemParameter {
    std::string name;
    double value = 0;
    std::optional<std::string> formula, note;
};
struct SystemExchange {
    Direction direction = Direction::input;
    std::string flow;
    FlowKind kind = FlowKind::product;
    double amount = 0;
    std::string unit = "kg";
    std::optional<std::string> formula;
    std::optional<FactorKind> factor;              // what comes before it is in an emission factor of this kind; the flow is its subject
    std::optional<std::string> area;               // of the factor; absent: that of the system
    std::optional<Id<ReceivedFootprint>> received; // instead: what a supplier said of it by PACT
    std::optional<std::string> provider, pedigree, role, note;
    Spread spread = Spread::none;
    std::optional<double> p1, p2, price;
    bool primary = false; // measured by the owner, not taken from literature
};
struct SystemProcess {
    std::string name;
    LifeStage stage = LifeStage::production;
    std::optional<std::string> location;
    Allocation allocation = Allocation::none;
    std::vector<SystemParameter> parameters;
    std::vector<SystemExchange> exchanges;
};
struct ScenarioValue {
    std::string name;
    double value = 0;
};
struct SystemScenario {
    std::string name;
    std::vector<ScenarioValue> values;
};

struct ProductSystem {
    static constexpr std::string_view id_prefix = "product";
    Id<ProductSystem> id;
    Id<Organisation> owner;
    Text title, description;
    std::string product; // the flow that is asked for
    double amount = 1;   // functional unit
    std::string unit = "kg";
    std::string product_class;
    Boundary boundary = Boundary::cradle_to_gate;
    std::string area = "CN";
    Date activity_on; // the year's day for which factors are chosen
    GwpEdition gwp = GwpEdition::ar6;
    std::optional<Id<projects::Project>> project;
    std::vector<SystemProcess> processes;
    std::vector<SystemParameter> parameters;
    std::vector<SystemScenario> scenarios;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};

struct NamedAmount {
    std::string name;
    double amount = 0;
};
struct SankeyPoint {
    std::string name;
    std::optional<LifeStage> stage;
    double direct = 0, total = 0;
};
struct SankeyFlow {
    std::string from, to;
    double amount = 0;
};
/// What the draws came to.
struct Drawn {
    std::int64_t samples = 0, seed = 1, krylov = 0, refactored = 0, failed = 0;
    double mean = 0, deviation = 0, median = 0, low = 0, high = 0;
};

struct Footprint {
    static constexpr std::string_view id_prefix = "footprint";
    Id<Footprint> id;
    Id<ProductSystem> system;
    std::int64_t system_version = 1;
    Id<Organisation> owner;
    Text title;
    std::string scenario; // empty: none
    double amount = 1;
    std::string unit;
    GwpEdition gwp = GwpEdition::ar6;
    double total = 0, fossil = 0, biogenic = 0, land_use = 0; // kgCO2e for the functional unit
    std::vector<NamedAmount> by_stage, by_process, by_flow, suppliers, scenarios, variance;
    std::vector<SankeyPoint> points;
    std::vector<SankeyFlow> flows;
    std::optional<Drawn> drawn;
    std::vector<double> histogram; // edges are even between the least and the greatest: first two numbers, then counts
    std::vector<std::string> decisions, missing;
    double cut_off_single = 0, cut_off_sum = 0; // shares by mass
    bool cut_off_kept = true;
    std::optional<double> quality; // mean of the pedigree, weighted by what each exchange brings: 1 is best
    double primary_share = 0;      // of the result that measured exchanges bring
    std::vector<FactorUsed> factors;
    std::string snapshot; // the system as it was, JSON
    std::string digest;   // SHA-256 of snapshot and factors
    std::string person_name;
    Time at;
    bool sample = false;
};

Record describe(const SystemParameter*);
Record describe(const SystemExchange*);
Record describe(const SystemProcess*);
Record describe(const ScenarioValue*);
Record describe(const SystemScenario*);
Record describe(const ProductSystem*);
Record describe(const NamedAmount*);
Record describe(const SankeyPoint*);
Record describe(const SankeyFlow*);
Record describe(const Drawn*);
Record describe(const Footprint*);

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::Boundary> {
    static constexpr std::string_view name = "footprint_boundary";
    static constexpr std::string_view values[] = {"cradle_to_gate", "cradle_to_grave", "gate_to_gate"};
};
template <> struct Choices<carbon::LifeStage> {
    static constexpr std::string_view name = "life_stage";
    static constexpr std::string_view values[] = {"raw_materials", "production", "distribution", "use", "end_of_life"};
};
template <> struct Choices<carbon::Direction> {
    static constexpr std::string_view name = "exchange_direction";
    static constexpr std::string_view values[] = {"reference", "output", "input", "avoided"};
};
template <> struct Choices<carbon::FlowKind> {
    static constexpr std::string_view name = "flow_kind";
    static constexpr std::string_view values[] = {"product", "waste", "elementary"};
};
template <> struct Choices<carbon::Allocation> {
    static constexpr std::string_view name = "allocation";
    static constexpr std::string_view values[] = {"none", "physical", "economic", "causal", "substitution", "cut_off", "circular_footprint"};
};
template <> struct Choices<carbon::Spread> {
    static constexpr std::string_view name = "spread";
    static constexpr std::string_view values[] = {"none", "lognormal", "normal", "triangular", "uniform"};
};
} // namespace greenbank
