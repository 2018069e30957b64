// report.cpp — inputs that contradict themselves, and the report of those that do not.
#include <cmath>

#include <fmt/format.h>

#include "api/words.h"
#include "deals/contracts/clause_texts.h"
#include "deals/operations.h"
#include "deals/valuation/records.h"
#include "kernel/csv.h"

namespace greenbank::deals {

namespace {

void check_range(const RangeInput& range, double least, double most, const std::string& path, Problems& problems) {
    if (!(range.low <= range.base && range.base <= range.high))
        problems.push_back({path, "valuation.order", "Write the low end, the most likely value and the high end in this order."});
    if (range.low < least || range.high > most)
        problems.push_back({path, "valuation.range", "This must lie between {least} and {most}.",
            {{"least", fmt::format("{:g}", least)}, {"most", fmt::format("{:g}", most)}}});
}

void check_money(const MoneyRange& range, const std::string& currency, const std::string& path, Problems& problems) {
    for (const auto& [name, money] : {std::pair{"low", &range.low}, {"base", &range.base}, {"high", &range.high}})
        if (money->currency != currency)
            problems.push_back({fmt::format("{}.{}", path, name), "valuation.currency", "All amounts of a valuation are in its currency, {currency}.",
                {{"currency", currency}}});
    if (!(range.low.minor <= range.base.minor && range.base.minor <= range.high.minor))
        problems.push_back({path, "valuation.order", "Write the low end, the most likely value and the high end in this order."});
}

double units(const Money& money) { return static_cast<double>(money.minor) / std::pow(10, decimals_of(money.currency).value_or(2)); }
Range units(const MoneyRange& range) { return {units(range.low), units(range.base), units(range.high)}; }
Range shares(const RangeInput& range) { return {range.low / 100, range.base / 100, range.high / 100}; }
Range plain(const RangeInput& range) { return {range.low, range.base, range.high}; }

Money money_of(double value, const std::string& currency) {
    const double minor = value * std::pow(10, decimals_of(currency).value_or(2));
    constexpr double most = 9e18;
    return {static_cast<std::int64_t>(std::llround(std::clamp(minor, -most, most))), currency};
}

ApproachValue value_of(Approach approach, const ValueRange& value, const std::string& currency) {
    return {approach, money_of(value.low, currency), money_of(value.base, currency), money_of(value.high, currency), money_of(value.p10, currency),
        money_of(value.p50, currency), money_of(value.p90, currency)};
}

/// Rows of what was assumed, in the reader's language.
struct Assumptions {
    Language language;
    std::vector<AssumptionRow> rows;

    void add(Approach approach, std::string input, std::string range, const std::string& source, bool sample = false) {
        rows.push_back({approach, std::move(input), std::move(range), source, sample});
    }
    void range(Approach approach, std::string_view name, const RangeInput& range, std::string_view unit, bool sample = false) {
        add(approach, word(fmt::format("field.{}", name), language), fmt::format("{:g} · {:g} · {:g} {}", range.low, range.base, range.high, unit),
            range.source, sample);
    }
    void money(Approach approach, std::string name, const MoneyRange& range) {
        add(approach, std::move(name), fmt::format("{} · {} · {}", money_text(range.low), money_text(range.base), money_text(range.high)), range.source);
    }
};

RangeInput success_of(const IncomeInput& income) {
    if (income.success) return *income.success;
    if (income.readiness_level)
        if (auto found = success_at(*income.readiness_level)) return *found;
    return {100, 100, 100, ""};
}

} // namespace

std::optional<RangeInput> success_at(std::int64_t readiness_level) {
    static const std::vector<RangeInput> table = [] {
        std::vector<RangeInput> rows;
        const auto csv = parse_csv(reference_file("readiness_success.csv"));
        require(static_cast<bool>(csv), "data/reference/readiness_success.csv is not sound");
        for (const auto& row : csv.value().rows) rows.push_back({std::stod(row[1]) * 100, std::stod(row[2]) * 100, std::stod(row[3]) * 100, row[5]});
        return rows;
    }();
    if (readiness_level < 1 || readiness_level > static_cast<std::int64_t>(table.size())) return {};
    return table[static_cast<std::size_t>(readiness_level - 1)];
}

ValuationPlan plan_of(const Valuation& valuation) {
    return {valuation.title, valuation.currency, valuation.day, valuation.seed, valuation.draws, valuation.cost, valuation.market, valuation.income};
}

void check_valuation(const ValuationPlan& plan, Problems& problems) {
    if (plan.title.empty()) problems.push_back({"title", "valuation.title", "Say what is valued."});
    if (!decimals_of(plan.currency)) problems.push_back({"currency", "valuation.currency_unknown", "Write a currency as three letters, such as CNY."});
    if (!plan.cost && !plan.market && !plan.income)
        problems.push_back({"income", "valuation.nothing", "Give the inputs of one approach at least: cost, market or income."});
    if (plan.cost) {
        check_range(plan.cost->inflation, -20, 100, "cost.inflation", problems);
        check_range(plan.cost->obsolescence_functional, 0, 100, "cost.obsolescence_functional", problems);
        check_range(plan.cost->obsolescence_economic, 0, 100, "cost.obsolescence_economic", problems);
        check_range(plan.cost->age, 0, 100, "cost.age", problems);
        check_range(plan.cost->life, 0.5, 100, "cost.life", problems);
        const std::int64_t year = std::stoll(to_text(plan.day).substr(0, 4));
        for (std::size_t i = 0; i < plan.cost->items.size(); ++i) {
            const CostItemInput& item = plan.cost->items[i];
            check_money(item.cost, plan.currency, fmt::format("cost.items[{}].cost", i), problems);
            if (item.year > year)
                problems.push_back({fmt::format("cost.items[{}].year", i), "valuation.future", "This year is after the day of the valuation."});
        }
    }
    if (plan.market)
        for (std::size_t i = 0; i < plan.market->comparables.size(); ++i) {
            const ComparableInput& one = plan.market->comparables[i];
            const std::string at = fmt::format("market.comparables[{}]", i);
            if (one.price.currency != plan.currency)
                problems.push_back(
                    {at + ".price", "valuation.currency", "All amounts of a valuation are in its currency, {currency}.", {{"currency", plan.currency}}});
            for (std::size_t j = 0; j < one.adjustments.size(); ++j)
                check_range({one.adjustments[j].low, one.adjustments[j].base, one.adjustments[j].high, ""}, -100, 1000,
                    fmt::format("{}.adjustments[{}]", at, j), problems);
        }
    if (plan.income) {
        check_money(plan.income->revenue, plan.currency, "income.revenue", problems);
        check_range(plan.income->growth, -50, 100, "income.growth", problems);
        check_range(plan.income->royalty, 0, 100, "income.royalty", problems);
        check_range(plan.income->tax, 0, 100, "income.tax", problems);
        check_range(plan.income->discount, 0.1, 100, "income.discount", problems);
        check_range(plan.income->life, 0.5, 60, "income.life", problems);
        if (plan.income->success) check_range(*plan.income->success, 0, 100, "income.success", problems);
    }
}

ValuationReport report_of(const ValuationPlan& plan, Language language) {
    ValuationReport report{.title = plan.title, .day = plan.day, .method = word("valued.method", language)};
    Assumptions assumed{language, {}};
    std::vector<ValueRange> values;
    const auto seed = static_cast<std::uint64_t>(plan.seed);
    const auto draws = static_cast<std::size_t>(plan.draws);
    if (plan.cost) {
        const CostInput& cost = *plan.cost;
        CostApproach inputs{.items = {},
            .inflation = shares(cost.inflation),
            .obsolescence_functional = shares(cost.obsolescence_functional),
            .obsolescence_economic = shares(cost.obsolescence_economic),
            .age_years = plain(cost.age),
            .life_years = plain(cost.life)};
        for (const CostItemInput& item : cost.items) {
            inputs.items.push_back({units(item.cost), item.year});
            assumed.money(Approach::cost, fmt::format("{} ({})", item.name.best(language), item.year), item.cost);
        }
        values.push_back(value_by_cost(inputs, std::stoll(to_text(plan.day).substr(0, 4)), seed, draws));
        report.approaches.push_back(value_of(Approach::cost, values.back(), plan.currency));
        assumed.range(Approach::cost, "valuation_cost.inflation", cost.inflation, "%");
        assumed.range(Approach::cost, "valuation_cost.obsolescence_functional", cost.obsolescence_functional, "%");
        assumed.range(Approach::cost, "valuation_cost.obsolescence_economic", cost.obsolescence_economic, "%");
        assumed.range(Approach::cost, "valuation_cost.age", cost.age, "");
        assumed.range(Approach::cost, "valuation_cost.life", cost.life, "");
    }
    if (plan.market) {
        MarketApproach inputs;
        for (const ComparableInput& one : plan.market->comparables) {
            Comparable comparable{.price = units(one.price), .adjustments = {}};
            for (const AdjustmentInput& adjustment : one.adjustments) {
                comparable.adjustments.push_back({adjustment.low / 100, adjustment.base / 100, adjustment.high / 100});
                assumed.add(Approach::market, fmt::format("{}: {}", one.name.best(language), adjustment.name.best(language)),
                    fmt::format("{:+g} · {:+g} · {:+g} %", adjustment.low, adjustment.base, adjustment.high), "");
            }
            assumed.add(Approach::market, one.name.best(language), fmt::format("{}, {}", money_text(one.price), day_text(one.day, language)), one.source);
            inputs.comparables.push_back(std::move(comparable));
        }
        const MarketValue market = value_by_market(inputs, seed, draws);
        values.push_back(market.value);
        report.approaches.push_back(value_of(Approach::market, market.value, plan.currency));
        for (std::size_t i = 0; i < market.adjusted.size(); ++i)
            report.comparables.push_back({plan.market->comparables[i].name, money_of(market.adjusted[i].low, plan.currency),
                money_of(market.adjusted[i].base, plan.currency), money_of(market.adjusted[i].high, plan.currency)});
    }
    if (plan.income) {
        const IncomeInput& income = *plan.income;
        const RangeInput success = success_of(income);
        values.push_back(value_by_income({.revenue_first_year = units(income.revenue),
                                             .growth = shares(income.growth),
                                             .royalty = shares(income.royalty),
                                             .tax = shares(income.tax),
                                             .discount = shares(income.discount),
                                             .success = shares(success),
                                             .first_year = income.first_year,
                                             .life_years = plain(income.life)},
            seed, draws));
        report.approaches.push_back(value_of(Approach::income, values.back(), plan.currency));
        assumed.money(Approach::income, word("field.valuation_income.revenue", language), income.revenue);
        assumed.range(Approach::income, "valuation_income.growth", income.growth, "%");
        assumed.range(Approach::income, "valuation_income.royalty", income.royalty, "%");
        assumed.range(Approach::income, "valuation_income.tax", income.tax, "%");
        assumed.range(Approach::income, "valuation_income.discount", income.discount, "%");
        assumed.range(Approach::income, "valuation_income.life", income.life, "");
        assumed.range(Approach::income, "valuation_income.success", success, "%", !income.success && income.readiness_level);
    }
    if (values.size() > 1)
        if (const auto overlap = overlap_of(values)) {
            report.overlap_low = money_of(overlap->first, plan.currency);
            report.overlap_high = money_of(overlap->second, plan.currency);
        }
    report.assumptions = std::move(assumed.rows);
    return report;
}

} // namespace greenbank::deals
