// valuation_test.cpp — closed forms, all corners tried, and what must hold of any input.
#include <cmath>

#include <doctest/doctest.h>

#include "deals/engine/valuation.h"
#include "kernel/random.h"

namespace greenbank::deals {

namespace {

constexpr std::size_t draws = 400;

Range random_range(Random& random, double least, double most) {
    double ends[3];
    for (double& one : ends) one = least + random.uniform() * (most - least);
    std::sort(std::begin(ends), std::end(ends));
    return {ends[0], ends[1], ends[2]};
}

IncomeApproach random_income(Random& random) {
    return {.revenue_first_year = random_range(random, 0, 1e8),
        .growth = random_range(random, -0.2, 0.3),
        .royalty = random_range(random, 0, 0.2),
        .tax = random_range(random, 0, 0.5),
        .discount = random_range(random, 0.01, 0.4),
        .success = random_range(random, 0, 1),
        .first_year = random.between(0, 5),
        .life_years = random_range(random, 0.5, 25)};
}

/// The naive twin: every corner of seven ranges, the smallest and the greatest value of them.
std::pair<double, double> by_all_corners(const IncomeApproach& inputs) {
    const Range* ranges[] = {&inputs.revenue_first_year, &inputs.growth, &inputs.royalty, &inputs.tax, &inputs.discount, &inputs.success, &inputs.life_years};
    double least = INFINITY, most = -INFINITY;
    for (unsigned corner = 0; corner < 128; ++corner) {
        double at[7];
        for (unsigned i = 0; i < 7; ++i) at[i] = corner >> i & 1 ? ranges[i]->high : ranges[i]->low;
        const double value = royalty_relief(at[0], at[1], at[2], at[3], at[4], at[5], at[6], inputs.first_year);
        least = std::min(least, value);
        most = std::max(most, value);
    }
    return {least, most};
}

void check_order(const ValueRange& value) {
    CHECK(value.low <= value.base);
    CHECK(value.base <= value.high);
    CHECK(value.p10 <= value.p50);
    CHECK(value.p50 <= value.p90);
}
bool about(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}); }

} // namespace

TEST_CASE("relief from royalty is an annuity where nothing grows, and a part of a year counts as that part") {
    const double annuity = (1 - std::pow(1.1, -10)) / 0.1;
    CHECK(about(royalty_relief(1e6, 0, 0.05, 0.25, 0.1, 1, 10, 1), 1e6 * 0.05 * 0.75 * annuity));
    CHECK(about(royalty_relief(1e6, 0, 0.05, 0.25, 0.1, 0.4, 10, 3), 1e6 * 0.05 * 0.75 * 0.4 * annuity / 1.21));
    CHECK(about(royalty_relief(100, 0, 1, 0, 0, 1, 2.5, 1), 250));
    CHECK(royalty_relief(100, 0.1, 1, 0, 0, 1, 0, 1) == 0);
}

TEST_CASE("reproduction cost is brought to today's prices and loses what is obsolete") {
    const CostApproach inputs{.items = {{Range::of(100), 2020}, {Range::of(50), 2026}},
        .inflation = Range::of(0.02),
        .obsolescence_functional = Range::of(0.1),
        .obsolescence_economic = Range::of(0.2),
        .age_years = Range::of(3),
        .life_years = Range::of(12)};
    const ValueRange value = value_by_cost(inputs, 2026, 1, draws);
    CHECK(about(value.base, (100 * std::pow(1.02, 6) + 50) * 0.9 * 0.8 * 0.75));
    CHECK(value.low == value.high);
    CHECK(about(value.p10, value.base));
}

TEST_CASE("comparables are adjusted one after the other; the range is from quartile to quartile") {
    const MarketApproach inputs{{{100, {{-0.1, 0, 0.1}}}, {200, {{0, 0.5, 0.5}, {0.1, 0.1, 0.1}}}, {300, {}}}};
    const MarketValue value = value_by_market(inputs, 1, draws);
    REQUIRE(value.adjusted.size() == 3);
    CHECK(about(value.adjusted[0].low, 90));
    CHECK(about(value.adjusted[1].base, 330));
    CHECK(about(value.value.base, 300)); // of 100, 330, 300
    CHECK(about(value.value.low, 155));  // lower quartile of 90, 220, 300
    CHECK(about(value.value.high, 315)); // upper quartile of 110, 330, 300
    check_order(value.value);
    CHECK(value_by_market({}, 1, draws).value.high == 0);
}

TEST_CASE("the corners are the ends of all corners, and no draw lies outside them") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const IncomeApproach inputs = random_income(random);
        const ValueRange value = value_by_income(inputs, seed, draws);
        const auto [least, most] = by_all_corners(inputs);
        CHECK(about(value.low, least));
        CHECK(about(value.high, most));
        check_order(value);
        CHECK(value.p10 >= value.low - 1e-6);
        CHECK(value.p90 <= value.high + 1e-6);
    }
}

TEST_CASE("the same seed gives the same draws; a wider range never gives a narrower value") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        IncomeApproach inputs = random_income(random);
        const ValueRange before = value_by_income(inputs, seed, draws), again = value_by_income(inputs, seed, draws);
        CHECK(before.p10 == again.p10);
        CHECK(before.p90 == again.p90);
        inputs.royalty.high = std::min(1.0, inputs.royalty.high + 0.05);
        inputs.discount.low /= 2;
        const ValueRange wider = value_by_income(inputs, seed, draws);
        CHECK(wider.low <= before.low + 1e-9 * std::abs(before.low));
        CHECK(wider.high >= before.high - 1e-9 * std::abs(before.high));
    }
}

TEST_CASE("a triangle is drawn within its ends, and its middle lies where it must") {
    const Range range{2, 3, 10};
    CHECK(drawn_from(range, 0) == 2);
    CHECK(about(drawn_from(range, 1), 10));
    CHECK(about(drawn_from(range, 0.125), 3)); // one eighth lies left of the base
    CHECK(drawn_from(Range::of(4), 0.7) == 4);
}

TEST_CASE("approaches overlap or do not") {
    const ValueRange one{.low = 1, .base = 2, .high = 5}, other{.low = 3, .base = 4, .high = 9}, far{.low = 6, .base = 7, .high = 8};
    CHECK(overlap_of(std::vector{one, other}) == std::pair(3.0, 5.0));
    CHECK(!overlap_of(std::vector{one, far}));
    CHECK(!overlap_of({}));
}

} // namespace greenbank::deals
