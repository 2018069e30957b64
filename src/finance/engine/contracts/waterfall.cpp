// waterfall.cpp — tier after tier.
#include "finance/engine/contracts/waterfall.h"

#include <algorithm>
#include <cmath>

#include "finance/engine/wide.h"

namespace greenbank::finance {

namespace {

constexpr std::int64_t million = 1'000'000;

double growth(const FundTerms& terms, std::int32_t days) {
    return std::pow(1 + static_cast<double>(terms.hurdle_ppm) / million, static_cast<double>(days) / 365);
}
std::int64_t part_of(std::int64_t amount, std::int64_t ppm) { return static_cast<std::int64_t>(static_cast<Wide>(amount) * ppm / million); }

} // namespace

FundFlaw check(const FundTerms& terms) {
    if (terms.hurdle_ppm < 0 || terms.hurdle_ppm > million) return FundFlaw::hurdle;
    if (terms.carry_ppm < 0 || terms.carry_ppm >= million) return FundFlaw::carry;
    if (terms.catch_up_ppm < 0 || terms.catch_up_ppm > million || (terms.catch_up_ppm > 0 && terms.catch_up_ppm <= terms.carry_ppm)) return FundFlaw::catch_up;
    return FundFlaw::none;
}

double hurdle_open(const FundTerms& terms, const std::vector<FundFlow>& flows, Date day) {
    double open = 0;
    for (const FundFlow& flow : flows)
        if (flow.day <= day) open += static_cast<double>(flow.amount) * growth(terms, day.days - flow.day.days);
    return open;
}

double hurdle_open_naive(const FundTerms& terms, const std::vector<FundFlow>& flows, Date day) {
    std::vector<FundFlow> sorted = flows;
    std::stable_sort(sorted.begin(), sorted.end(), [](const FundFlow& a, const FundFlow& b) { return a.day < b.day; });
    double open = 0;
    Date at = sorted.empty() ? day : sorted.front().day;
    for (const FundFlow& flow : sorted) {
        if (day < flow.day) break;
        for (; at < flow.day; ++at.days) open *= growth(terms, 1);
        open += static_cast<double>(flow.amount);
    }
    for (; at < day; ++at.days) open *= growth(terms, 1);
    return open;
}

namespace {

/// Tier after tier: `unreturned` is capital, `open` what capital and preferred return come to; profit and carry are those given before.
FundSplit tiers(const FundTerms& terms, std::int64_t unreturned, std::int64_t open, std::int64_t profit, std::int64_t carry, std::int64_t amount) {
    FundSplit split;
    std::int64_t left = amount;
    const auto take = [&](std::int64_t most) {
        const std::int64_t part = std::clamp<std::int64_t>(most, 0, left);
        left -= part;
        return part;
    };
    split.capital = take(unreturned);
    split.preferred = take(open - split.capital);
    if (terms.catch_up_ppm > terms.carry_ppm) { // until carry = its part of all profit
        const Wide missing = static_cast<Wide>(terms.carry_ppm) * (profit + split.preferred) - static_cast<Wide>(million) * carry;
        const Wide span = terms.catch_up_ppm - terms.carry_ppm;
        const std::int64_t tier = missing > 0 ? take(static_cast<std::int64_t>((missing + span / 2) / span)) : 0;
        split.catch_up_manager = part_of(tier, terms.catch_up_ppm);
        split.catch_up_investors = tier - split.catch_up_manager;
    }
    split.manager = part_of(left, terms.carry_ppm);
    split.investors = left - split.manager;
    return split;
}

} // namespace

FundSplit distribute(const FundTerms& terms, const FundTotals& totals, const std::vector<FundFlow>& flows, Date day, std::int64_t amount) {
    const std::int64_t unreturned = std::max<std::int64_t>(0, totals.paid_in - totals.capital);
    return tiers(terms, unreturned, std::llround(hurdle_open(terms, flows, day)), totals.profit, totals.carry, amount);
}

WholeLife whole_life(const FundTerms& terms, const FundTotals& totals, const std::vector<FundFlow>& flows, Date day) {
    const std::int64_t given = totals.capital + totals.profit, to_investors = given - totals.carry;
    WholeLife life{.profit = given - totals.paid_in};
    // What is given to investors on that day raises what they have had and lowers what is open by as much: the sum stands.
    life.preferred = std::max<std::int64_t>(0, to_investors - totals.paid_in + std::llround(hurdle_open(terms, flows, day)));
    life.entitled = tiers(terms, totals.paid_in, totals.paid_in + life.preferred, 0, 0, given).to_manager();
    life.over = std::max<std::int64_t>(0, totals.carry - life.entitled);
    return life;
}

} // namespace greenbank::finance
