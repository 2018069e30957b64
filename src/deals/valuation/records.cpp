// records.cpp — descriptions of valuations.
#include "deals/valuation/records.h"

namespace greenbank::deals {

namespace {

constexpr Traits percent{.unit = "%"};
constexpr Traits years{.unit = "a", .min = 0, .max = 100};
constexpr Traits source{.max = 300, .defaulted = true};

} // namespace

Record describe(const RangeInput*) {
    return {"valuation_range", "An input between a low and a high end, with the most likely in the middle.",
        {field<&RangeInput::low>("low", "The low end."), field<&RangeInput::base>("base", "Most likely."), field<&RangeInput::high>("high", "The high end."),
            field<&RangeInput::source>("source", "Where it is from.", source)}};
}
Record describe(const MoneyRange*) {
    return {"valuation_money_range", "An amount between a low and a high end.",
        {field<&MoneyRange::low>("low", "The low end.", {.min = 0}), field<&MoneyRange::base>("base", "Most likely.", {.min = 0}),
            field<&MoneyRange::high>("high", "The high end.", {.min = 0}), field<&MoneyRange::source>("source", "Where it is from.", source)}};
}
Record describe(const CostItemInput*) {
    return {"valuation_cost_item", "What making the technology again would take.",
        {field<&CostItemInput::name>("name", "What."), field<&CostItemInput::year>("year", "At the prices of this year.", {.min = 1950, .max = 2200}),
            field<&CostItemInput::cost>("cost", "How much.")}};
}
Record describe(const CostInput*) {
    return {"valuation_cost", "By cost: reproduction today, less what is obsolete.",
        {field<&CostInput::items>("items", "Item by item.", {.min = 1, .max = 100}),
            field<&CostInput::inflation>("inflation", "Rise of such prices a year.", percent),
            field<&CostInput::obsolescence_functional>("obsolescence_functional", "Lost because better ways are known.", percent),
            field<&CostInput::obsolescence_economic>("obsolescence_economic", "Lost because less is wanted.", percent),
            field<&CostInput::age>("age", "Age.", years), field<&CostInput::life>("life", "Whole life.", years)}};
}
Record describe(const AdjustmentInput*) {
    return {"valuation_adjustment", "What a comparable deal's price must be changed by to be on this one's terms.",
        {field<&AdjustmentInput::name>("name", "For what."), field<&AdjustmentInput::low>("low", "At least.", percent),
            field<&AdjustmentInput::base>("base", "Most likely.", percent), field<&AdjustmentInput::high>("high", "At most.", percent)}};
}
Record describe(const ComparableInput*) {
    return {"valuation_comparable", "A deal over a comparable technology.",
        {field<&ComparableInput::name>("name", "Which deal."), field<&ComparableInput::day>("day", "When."),
            field<&ComparableInput::price>("price", "At what price.", {.min = 0}),
            field<&ComparableInput::adjustments>("adjustments", "One after the other.", {.max = 20, .defaulted = true}),
            field<&ComparableInput::source>("source", "Where it is from.", {.min = 1, .max = 300})}};
}
Record describe(const MarketInput*) {
    return {"valuation_market", "By the market: what others paid.",
        {field<&MarketInput::comparables>("comparables", "Comparable deals, three at least.", {.min = 3, .max = 100})}};
}
Record describe(const IncomeInput*) {
    return {"valuation_income", "By income: the royalties that its owner need not pay.",
        {field<&IncomeInput::revenue>("revenue", "Revenue of the first year."), field<&IncomeInput::growth>("growth", "Growth a year.", percent),
            field<&IncomeInput::royalty>("royalty", "Royalty on revenue.", percent), field<&IncomeInput::tax>("tax", "Tax on royalties.", percent),
            field<&IncomeInput::discount>("discount", "Discount rate.", percent),
            field<&IncomeInput::first_year>("first_year", "Years from today to the end of the first year of revenue.", {.unit = "a", .min = 1, .max = 50}),
            field<&IncomeInput::life>("life", "Years of revenue.", years),
            field<&IncomeInput::success>("success", "Probability that it comes to that.", percent),
            field<&IncomeInput::readiness_level>(
                "readiness_level", "Where no probability is given: that of this level in the sample table.", {.min = 1, .max = 9})}};
}

Record describe(const ValuationPlan*) {
    return {"valuation_plan", "What a technology may be worth: the inputs.",
        {field<&ValuationPlan::title>("title", "What is valued."),
            field<&ValuationPlan::currency>("currency", "In which currency.", {.min = 3, .max = 3, .defaulted = true}),
            field<&ValuationPlan::day>("day", "On which day."),
            field<&ValuationPlan::seed>("seed", "The seed of the draws.", {.min = 1, .max = 1e9, .defaulted = true}),
            field<&ValuationPlan::draws>("draws", "How many draws.", {.min = 100, .max = 100'000, .defaulted = true}),
            field<&ValuationPlan::cost>("cost", "By cost."), field<&ValuationPlan::market>("market", "By the market."),
            field<&ValuationPlan::income>("income", "By income.")},
        [](const void* value, Problems& problems) { check_valuation(*static_cast<const ValuationPlan*>(value), problems); }};
}

Record describe(const Valuation*) {
    return {"valuation", "What a technology may be worth, by up to three approaches, each a range.",
        {
            field<&Valuation::id>("id", "Id.", {.read_only = true}),
            field<&Valuation::title>("title", "What is valued."),
            field<&Valuation::technology>("technology", "The technology in the library.", {.filter = true}),
            field<&Valuation::currency>("currency", "In which currency.", {.min = 3, .max = 3, .defaulted = true}),
            field<&Valuation::day>("day", "On which day.", {.sort = true}),
            field<&Valuation::cost>("cost", "By cost."),
            field<&Valuation::market>("market", "By the market."),
            field<&Valuation::income>("income", "By income."),
            field<&Valuation::seed>("seed", "The seed of the draws.", {.min = 1, .max = 1e9, .defaulted = true}),
            field<&Valuation::draws>("draws", "How many draws.", {.min = 100, .max = 20'000, .defaulted = true}),
            field<&Valuation::organisation>("organisation", "Whose valuation.", {.max = 80, .read_only = true, .filter = true}),
            field<&Valuation::person_name>("person_name", "Who made it.", {.read_only = true}),
            field<&Valuation::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Valuation::created_at>("created_at", "When it was made.", {.read_only = true, .sort = true}),
            field<&Valuation::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Valuation::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        [](const void* value, Problems& problems) { check_valuation(plan_of(*static_cast<const Valuation*>(value)), problems); }};
}

Record describe(const ApproachValue*) {
    return {"valuation_value", "What one approach comes to.",
        {field<&ApproachValue::approach>("approach", "Which approach."), field<&ApproachValue::low>("low", "Every input at its unfavourable end."),
            field<&ApproachValue::base>("base", "Every input at its most likely."), field<&ApproachValue::high>("high", "Every input at its favourable end."),
            field<&ApproachValue::p10>("p10", "One draw of ten is lower."), field<&ApproachValue::p50>("p50", "Half of the draws are lower."),
            field<&ApproachValue::p90>("p90", "One draw of ten is higher.")}};
}
Record describe(const AdjustedPrice*) {
    return {"valuation_adjusted_price", "A comparable deal on this one's terms.",
        {field<&AdjustedPrice::name>("name", "Which deal."), field<&AdjustedPrice::low>("low", "At least."),
            field<&AdjustedPrice::base>("base", "Most likely."), field<&AdjustedPrice::high>("high", "At most.")}};
}
Record describe(const AssumptionRow*) {
    return {"valuation_assumption", "What was assumed.",
        {field<&AssumptionRow::approach>("approach", "For which approach."), field<&AssumptionRow::input>("input", "What."),
            field<&AssumptionRow::range>("range", "Low, most likely, high."), field<&AssumptionRow::source>("source", "Where it is from."),
            field<&AssumptionRow::sample>("sample", "From a sample table of this bank: not measured.")}};
}
Record describe(const ValuationReport*) {
    return {"valuation_report", "What a technology may be worth: always a range.",
        {field<&ValuationReport::title>("title", "What is valued."), field<&ValuationReport::day>("day", "On which day."),
            field<&ValuationReport::approaches>("approaches", "One range each."),
            field<&ValuationReport::comparables>("comparables", "Comparable deals on this one's terms."),
            field<&ValuationReport::overlap_low>("overlap_low", "From here all approaches agree."),
            field<&ValuationReport::overlap_high>("overlap_high", "Up to here."),
            field<&ValuationReport::assumptions>("assumptions", "What was assumed, and from where."),
            field<&ValuationReport::method>("method", "How ranges were carried through.")}};
}

} // namespace greenbank::deals
