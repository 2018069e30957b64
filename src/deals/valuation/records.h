// records.h — a valuation as people write it: ranges with their sources, and what comes out.
#pragma once

#include "deals/engine/valuation.h"
#include "library/records.h"

namespace greenbank::deals {

/// A range in the unit of its field; the source says where it is from.
struct RangeInput {
    double low = 0, base = 0, high = 0;
    std::string source;
};
Record describe(const RangeInput*);

struct MoneyRange {
    Money low, base, high;
    std::string source;
};
Record describe(const MoneyRange*);

struct CostItemInput {
    Text name;
    std::int64_t year = 2026;
    MoneyRange cost;
};
Record describe(const CostItemInput*);

struct CostInput {
    std::vector<CostItemInput> items;
    RangeInput inflation, obsolescence_functional, obsolescence_economic; // %
    RangeInput age, life;                                                 // years
};
Record describe(const CostInput*);

struct AdjustmentInput {
    Text name;
    double low = 0, base = 0, high = 0; // %
};
Record describe(const AdjustmentInput*);

struct ComparableInput {
    Text name;
    Date day;
    Money price;
    std::vector<AdjustmentInput> adjustments;
    std::string source;
};
Record describe(const ComparableInput*);

struct MarketInput {
    std::vector<ComparableInput> comparables;
};
Record describe(const MarketInput*);

struct IncomeInput {
    MoneyRange revenue;
    RangeInput growth, royalty, tax, discount; // %
    std::int64_t first_year = 1;
    RangeInput life;                             // years
    std::optional<RangeInput> success;           // %
    std::optional<std::int64_t> readiness_level; // 1–9: the sample table's probability where no other is given
};
Record describe(const IncomeInput*);

struct ValuationPlan {
    Text title;
    std::string currency = "CNY";
    Date day;
    std::int64_t seed = 1, draws = 4000;
    std::optional<CostInput> cost;
    std::optional<MarketInput> market;
    std::optional<IncomeInput> income;
};
Record describe(const ValuationPlan*);

struct ApproachValue {
    Approach approach = Approach::cost;
    Money low, base, high; // corners
    Money p10, p50, p90;   // draws
};
Record describe(const ApproachValue*);

struct AdjustedPrice {
    Text name;
    Money low, base, high;
};
Record describe(const AdjustedPrice*);

struct AssumptionRow {
    Approach approach = Approach::cost;
    std::string input, range, source;
    bool sample = false; // from a sample table of this bank
};
Record describe(const AssumptionRow*);

struct ValuationReport {
    Text title;
    Date day;
    std::vector<ApproachValue> approaches;
    std::vector<AdjustedPrice> comparables;
    std::optional<Money> overlap_low, overlap_high; // where all approaches agree
    std::vector<AssumptionRow> assumptions;
    std::string method; // how ranges were carried through
};
Record describe(const ValuationReport*);

/// A valuation that was kept: its organisation's own, and the bank's advisers'.
struct Valuation {
    static constexpr std::string_view id_prefix = "valuation";
    Id<Valuation> id;
    Text title;
    std::optional<Id<library::Technology>> technology;
    std::string currency = "CNY";
    Date day;
    std::optional<CostInput> cost;
    std::optional<MarketInput> market;
    std::optional<IncomeInput> income;
    std::int64_t seed = 1, draws = 4000;
    std::string organisation, person_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Valuation*);

/// Every contradiction of the inputs, at its place.
void check_valuation(const ValuationPlan& plan, Problems& problems);
ValuationPlan plan_of(const Valuation& valuation);
ValuationReport report_of(const ValuationPlan& plan, Language language);

/// The sample table: probability of success by level of readiness, in percent; nothing for other levels.
std::optional<RangeInput> success_at(std::int64_t readiness_level);

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::Approach> {
    static constexpr std::string_view name = "valuation_approach";
    static constexpr std::string_view values[] = {"cost", "market", "income"};
};
} // namespace greenbank
