// insurance_test.cpp — formulas beside drawn paths, published values, what always holds.
#include <doctest/doctest.h>

#include <cmath>

#include "finance/engine/insurance.h"
#include "kernel/random.h"

namespace greenbank::finance {

TEST_CASE("Black's formula: parity, bounds, and a value by hand") {
    // F = K = 100, 20 %, one year, no rate: 100 (2 N(0.1) - 1)
    CHECK(black_put(100, 100, 0.2, 1, 0) == doctest::Approx(100 * std::erf(0.1 / std::sqrt(2.0))).epsilon(1e-12));
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        const double forward = 20 + 100 * random.uniform(), strike = 20 + 100 * random.uniform(), volatility = 0.6 * random.uniform(),
                     years = 3 * random.uniform(), rate = 0.06 * random.uniform() - 0.01;
        const double put = black_put(forward, strike, volatility, years, rate), call = black_call(forward, strike, volatility, years, rate);
        CHECK_MESSAGE(call - put == doctest::Approx(std::exp(-rate * years) * (forward - strike)).epsilon(1e-9), "seed ", seed);
        CHECK_MESSAGE(put >= std::exp(-rate * years) * std::max(0.0, strike - forward) - 1e-9, "seed ", seed);
        CHECK_MESSAGE(black_put(forward, strike, volatility + 0.05, years, rate) >= put, "seed ", seed);
    }
    CHECK(black_put(90, 100, 0, 1, 0) == 10);
}

TEST_CASE("drawn paths find the formula, and the average's geometric control its own") {
    const CarbonMarket market{.forward = 80, .volatility = 0.35, .rate = 0.03, .years = 1, .fixings = 12};
    const CarbonCover put{.kind = CarbonCoverKind::put, .strike = 75, .tonnes = 1000, .share = 0.8, .deductible = 2, .limit = {}};
    const DrawnPrice drawn = price_by_paths(put, market, 40'000, 7);
    CHECK(std::abs(drawn.price - price_by_formula(put, market).value()) < 4 * drawn.error);
    CHECK(price_by_paths(put, market, 1000, 7).price == price_by_paths(put, market, 1000, 7).price);
    const CarbonCover collar{.kind = CarbonCoverKind::collar, .strike = 70, .cap = 95, .tonnes = 1000, .limit = {}};
    const DrawnPrice both = price_by_paths(collar, market, 40'000, 7);
    CHECK(std::abs(both.price - price_by_formula(collar, market).value()) < 4 * both.error);
    // An average moves less than its end: its put costs less at the money, and a little more than nothing of the control is left to chance.
    CarbonCover average = put;
    average.kind = CarbonCoverKind::average_put;
    const DrawnPrice asian = price_by_paths(average, market, 20'000, 7);
    CHECK(asian.price < drawn.price);
    CHECK(asian.error < 0.1 * drawn.error);
    // One fixing is the put itself.
    CHECK(geometric_average_put({.forward = 80, .volatility = 0.35, .rate = 0.03, .years = 1, .fixings = 1}, 73) ==
          doctest::Approx(black_put(80, 73, 0.35, 1, 0.03)).epsilon(1e-12));
    CHECK(!price_by_formula(average, market));
}

TEST_CASE("what a carbon cover pays: share, deductible, limit, the give-back of a collar") {
    CarbonCover cover{.kind = CarbonCoverKind::put, .strike = 60, .tonnes = 100, .share = 0.9, .deductible = 5, .limit = {}};
    CHECK(payout(cover, {40}) == doctest::Approx(15 * 100 * 0.9));
    CHECK(payout(cover, {58}) == 0);
    cover.limit = 500;
    CHECK(payout(cover, {40}) == 500);
    cover.kind = CarbonCoverKind::average_put;
    cover.limit = {};
    CHECK(payout(cover, {40, 60}) == doctest::Approx(5 * 100 * 0.9));
    cover.kind = CarbonCoverKind::collar;
    cover.cap = 80;
    CHECK(payout(cover, {90}) == doctest::Approx(-10 * 100 * 0.9));
    CHECK(payout(cover, {}) == 0);
}

TEST_CASE("volatility of a history") {
    CHECK(volatility_of({100, 110, 100, 110, 100}, 252).value() == doctest::Approx(std::log(1.1) * std::sqrt(4.0 / 3 * 252)).epsilon(1e-9));
    CHECK(!volatility_of({100, 110}, 252));
    CHECK(!volatility_of({100, 0, 3}, 252));
}

TEST_CASE("performance cover: pays below the trigger up to the limit, costs more where more fails, at least a tenth of its limit") {
    const PerformanceCover cover{.promised = 0.9, .trigger = 0.95, .pay_a_point = 1000, .limit = 8000};
    CHECK(payout(cover, 0.9) == 0);
    CHECK(payout(cover, 0.855 - 0.009) == doctest::Approx(1000));
    CHECK(payout(cover, 0.1) == 8000);
    const std::vector<double> sound = {0.9, 0.91, 0.92, 0.88}, poor = {0.9, 0.8, 0.7, 0.85};
    const PerformancePrice cheap = price_performance(cover, sound, 0.2, 0.3), dear = price_performance(cover, poor, 0.2, 0.3);
    CHECK(cheap.expected == 0);
    CHECK(cheap.premium == 800); // limit / 10
    CHECK(dear.expected > 0);
    CHECK(dear.premium >= dear.expected);
    CHECK(dear.chance == 0.75);
    PerformanceCover repair = cover;
    repair.repair_cost = 5000;
    CHECK(payout(repair, 0.8) == 5000);
}

} // namespace greenbank::finance
