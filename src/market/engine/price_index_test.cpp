// price_index_test.cpp — an example by hand, and what must hold for any prices.
#include "market/engine/price_index.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::market {

TEST_CASE("an index follows the changes of those that had a price before; a new vintage moves nothing") {
    const std::vector<MarketClose> closes = {{0, {1}, 50, 100}, {0, {2}, 55, 100}, {1, {2}, 80, 1'000}, {1, {3}, 0, 0}, {0, {4}, 55, 100}, {1, {4}, 88, 1'000}};
    const std::vector<IndexDay> days = chained_index(closes);
    REQUIRE(days.size() == 3); // nothing was dealt in on the third
    CHECK(days[0].value == 1'000);
    CHECK(days[1].value == doctest::Approx(1'100)); // the new one is not compared with anything
    CHECK(days[1].markets == 2);
    CHECK(days[1].price == doctest::Approx((5'500 + 80'000) / 1'100.0));
    CHECK(days[2].value == doctest::Approx(1'100 * (5'500 * 1.0 + 88'000 * 1.1) / 93'500));
}

TEST_CASE("of one market the index is its price; all prices twice as high change no index") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<MarketClose> one, many, doubled;
        for (std::int32_t day = 1; day <= 30; ++day)
            for (std::size_t market = 0; market < 3; ++market) {
                const MarketClose close{market, {day}, 40.0 + static_cast<double>(random.below(6'000)) / 100, random.between(0, 50)};
                many.push_back(close);
                doubled.push_back({close.market, close.day, close.close * 2, close.volume});
                if (market == 0 && close.volume > 0) one.push_back(close);
            }
        const auto alone = chained_index(one);
        REQUIRE(alone.size() == one.size());
        for (std::size_t i = 0; i < alone.size(); ++i) CHECK(alone[i].value == doctest::Approx(1'000 * one[i].close / one[0].close));
        const auto some = chained_index(many), twice = chained_index(doubled);
        REQUIRE(some.size() == twice.size());
        for (std::size_t i = 0; i < some.size(); ++i) CHECK(some[i].value == doctest::Approx(twice[i].value));
    }
}

} // namespace greenbank::market
