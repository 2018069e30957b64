// surveillance_test.cpp — days with and without patterns.
#include "market/engine/surveillance.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::market {

namespace {

std::string kinds_of(const std::vector<Finding>& found) {
    static constexpr const char* names[] = {"wash", "layering", "close", "concentration", "circle"};
    std::string text;
    for (const Finding& one : found)
        text += (text.empty() ? "" : " ") + std::string(names[static_cast<std::size_t>(one.kind)]) + ":" + std::to_string(one.account);
    return text;
}
constexpr Moment minute = 60'000'000;

} // namespace

TEST_CASE("what comes back at the same price is washing, what comes back at another is trade") {
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 200, 1, 2}, {2, 2 * minute, 5'010, 190, 2, 1}}, {})) == "wash:1 wash:2");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 200, 1, 2}, {2, 2 * minute, 5'100, 190, 2, 1}}, {})) == "");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 200, 1, 2}, {2, 2 * minute, 5'000, 100, 2, 1}}, {})) == "");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 200, 3, 3}}, {})) == "wash:3");
}

TEST_CASE("what comes back by way of others is a circle, once, whoever began it") {
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 200, 2, 1}, {2, 2 * minute, 5'010, 195, 3, 2}, {3, 3 * minute, 5'000, 200, 1, 3}}, {})) ==
          "circle:1 circle:2 circle:3");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 200, 3, 2}, {2, 2 * minute, 5'010, 195, 1, 3}, {3, 3 * minute, 5'000, 200, 2, 1}}, {})) ==
          "circle:1 circle:2 circle:3");
    CHECK(kinds_of(watch_day({},
              {{1, minute, 5'000, 200, 2, 1}, {2, 2 * minute, 5'000, 200, 3, 2}, {3, 3 * minute, 5'000, 200, 4, 3}, {4, 4 * minute, 5'000, 200, 1, 4}}, {})) ==
          "circle:1 circle:2 circle:3 circle:4");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 200, 2, 1}, {2, 2 * minute, 5'000, 100, 3, 2}, {3, 3 * minute, 5'000, 200, 1, 3}}, {})) == "");
}

TEST_CASE("many orders taken back on one side while the other one trades are layering") {
    std::vector<WatchedOrder> orders;
    for (std::uint64_t i = 1; i <= 5; ++i) orders.push_back({i, i, 7, Side::buy, 1'000, false});
    for (std::uint64_t i = 1; i <= 5; ++i) orders.push_back({10 + i, i, 7, Side::buy, 0, true});
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 10, 8, 7}}, orders)) == "layering:7");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 10, 7, 8}}, orders)) == "");
    orders.pop_back();
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 10, 8, 7}}, orders)) == "");
}

TEST_CASE("who moves the price in the last minutes, and who is most of a day, is named") {
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 500, 1, 2}, {2, 100 * minute, 5'150, 200, 3, 4}, {3, 101 * minute, 5'200, 300, 3, 5}}, {})) ==
          "close:3 close:5");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 500, 1, 2}, {2, 100 * minute, 5'010, 200, 3, 4}, {3, 101 * minute, 5'020, 300, 6, 5}}, {})) == "");
    CHECK(kinds_of(watch_day({}, {{1, minute, 5'000, 300, 1, 2}, {2, 2 * minute, 5'000, 300, 1, 3}, {3, 3 * minute, 5'000, 100, 4, 5}}, {})) ==
          "concentration:1");
}

TEST_CASE("an empty day and any random day bear being looked at, and the same day says the same") {
    CHECK(watch_day({}, {}, {}).empty());
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Random random(seed);
        std::vector<WatchedDeal> deals;
        for (std::uint64_t i = 1; i <= 30; ++i)
            deals.push_back({i, static_cast<Moment>(i) * minute, random.between(1, 10'000), random.between(1, 500), static_cast<Account>(random.below(5)),
                static_cast<Account>(random.below(5))});
        CHECK_MESSAGE(watch_day({}, deals, {}) == watch_day({}, deals, {}), "seed ", seed);
    }
}

} // namespace greenbank::market
