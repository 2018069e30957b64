// valuation.cpp — the three approaches, each by corners and by draws.
#include "deals/engine/valuation.h"

#include <algorithm>
#include <cmath>

#include "kernel/random.h"
#include "kernel/result.h"

namespace greenbank::deals {

namespace {

/// An input and which of its ends makes the value smaller.
struct Input {
    Range range;
    bool rising; // more of it makes the value higher
};

/// The value of a function that rises or falls in each input, at both corners, in the middle, and drawn.
template <class Value> ValueRange carried(const std::vector<Input>& inputs, std::uint64_t seed, std::size_t draws, Value value) {
    std::vector<double> at(inputs.size());
    const auto with = [&](auto choose) {
        for (std::size_t i = 0; i < inputs.size(); ++i) at[i] = choose(inputs[i]);
        return value(at);
    };
    ValueRange out;
    out.low = with([](const Input& one) { return one.rising ? one.range.low : one.range.high; });
    out.base = with([](const Input& one) { return one.range.base; });
    out.high = with([](const Input& one) { return one.rising ? one.range.high : one.range.low; });
    Random random(seed);
    std::vector<double> drawn(draws);
    for (double& one : drawn) one = with([&](const Input& input) { return drawn_from(input.range, random.uniform()); });
    if (drawn.empty()) drawn.push_back(out.base);
    out.p10 = quantile(drawn, 0.1);
    out.p50 = quantile(drawn, 0.5);
    out.p90 = quantile(std::move(drawn), 0.9);
    return out;
}

double kept(double lost_share) { return std::clamp(1 - lost_share, 0.0, 1.0); }

} // namespace

double quantile(std::vector<double> values, double share) {
    require(!values.empty(), "a quantile of nothing");
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= values.size()) return values.back();
    return values[below] + (place - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

double drawn_from(const Range& range, double u) {
    const double width = range.high - range.low;
    if (width <= 0) return range.base;
    const double left = range.base - range.low, right = range.high - range.base;
    const double drawn = u < left / width ? range.low + std::sqrt(u * width * left) : range.high - std::sqrt((1 - u) * width * right);
    return std::clamp(drawn, range.low, range.high);
}

ValueRange value_by_cost(const CostApproach& inputs, std::int64_t year, std::uint64_t seed, std::size_t draws) {
    std::vector<Input> all = {{inputs.inflation, true}, {inputs.obsolescence_functional, false}, {inputs.obsolescence_economic, false},
        {inputs.age_years, false}, {inputs.life_years, true}};
    const std::size_t items_from = all.size();
    for (const CostItem& item : inputs.items) all.push_back({item.cost, true});
    return carried(all, seed, draws, [&](const std::vector<double>& at) {
        double reproduction = 0;
        for (std::size_t i = 0; i < inputs.items.size(); ++i)
            reproduction += at[items_from + i] * std::pow(1 + at[0], static_cast<double>(year - inputs.items[i].year));
        const double worn = at[4] > 0 ? at[3] / at[4] : 0;
        return reproduction * kept(at[1]) * kept(at[2]) * kept(worn);
    });
}

MarketValue value_by_market(const MarketApproach& inputs, std::uint64_t seed, std::size_t draws) {
    MarketValue out;
    std::vector<double> low, base, high, drawn;
    const auto adjusted = [](const Comparable& one, auto choose) {
        double price = one.price;
        for (const Range& adjustment : one.adjustments) price *= std::max(0.0, 1 + choose(adjustment));
        return price;
    };
    for (const Comparable& one : inputs.comparables) {
        out.adjusted.push_back({adjusted(one, [](const Range& range) { return range.low; }), adjusted(one, [](const Range& range) { return range.base; }),
            adjusted(one, [](const Range& range) { return range.high; })});
        low.push_back(out.adjusted.back().low);
        base.push_back(out.adjusted.back().base);
        high.push_back(out.adjusted.back().high);
    }
    if (base.empty()) return out;
    out.value = {.low = quantile(low, 0.25), .base = quantile(base, 0.5), .high = quantile(high, 0.75)};
    // A draw is one of the deals on drawn terms: the spread between the deals is the range, not a fault of their middle.
    Random random(seed);
    for (std::size_t i = 0; i < std::max<std::size_t>(draws, 1); ++i)
        drawn.push_back(adjusted(random.pick(inputs.comparables), [&](const Range& range) { return drawn_from(range, random.uniform()); }));
    out.value.p10 = quantile(drawn, 0.1);
    out.value.p50 = quantile(drawn, 0.5);
    out.value.p90 = quantile(std::move(drawn), 0.9);
    return out;
}

double royalty_relief(double revenue, double growth, double royalty, double tax, double discount, double success, double life_years, std::int64_t first_year) {
    double value = 0;
    for (std::int64_t year = 0; static_cast<double>(year) < life_years; ++year) {
        const double part = std::min(1.0, life_years - static_cast<double>(year));
        value += part * revenue * std::pow(1 + growth, static_cast<double>(year)) / std::pow(1 + discount, static_cast<double>(first_year + year));
    }
    return value * royalty * (1 - tax) * success;
}

ValueRange value_by_income(const IncomeApproach& inputs, std::uint64_t seed, std::size_t draws) {
    return carried({{inputs.revenue_first_year, true}, {inputs.growth, true}, {inputs.royalty, true}, {inputs.tax, false}, {inputs.discount, false},
                       {inputs.success, true}, {inputs.life_years, true}},
        seed, draws, [&](const std::vector<double>& at) { return royalty_relief(at[0], at[1], at[2], at[3], at[4], at[5], at[6], inputs.first_year); });
}

std::optional<std::pair<double, double>> overlap_of(std::span<const ValueRange> values) {
    if (values.empty()) return {};
    double low = values.front().low, high = values.front().high;
    for (const ValueRange& value : values) low = std::max(low, value.low), high = std::min(high, value.high);
    if (low > high) return {};
    return std::pair(low, high);
}

} // namespace greenbank::deals
