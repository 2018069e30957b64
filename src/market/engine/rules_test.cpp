// rules_test.cpp — each refusal by an example, and the day's figures.
#include "market/engine/rules.h"

#include <doctest/doctest.h>

namespace greenbank::market {

TEST_CASE("price limits lie ten percent from the last close, inwards to whole ticks") {
    const MarketRules rules{.price_limit_basis_points = 1000};
    CHECK(price_range(rules, 5423).lowest == 4881);  // 48.807
    CHECK(price_range(rules, 5423).highest == 5965); // 59.653
    CHECK(check(rules, {.price = 5965, .quantity = 1}, 5423, -1, false) == Refusal::none);
    CHECK(check(rules, {.price = 5966, .quantity = 1}, 5423, -1, false) == Refusal::price_outside_limits);
    CHECK(check(rules, {.price = 4880, .quantity = 1}, 5423, -1, false) == Refusal::price_outside_limits);
    CHECK(check(rules, {.price = 9999, .quantity = 1}, 0, -1, false) == Refusal::none); // no close yet
}

TEST_CASE("tick, lot, sizes, hours and halts") {
    const MarketRules rules{.tick = 5, .lot = 10, .quantity_min = 20, .quantity_max = 99'990, .hours = {{570, 690}, {780, 900}}};
    const auto said = [&](Instruction instruction, int minute = 600, bool halted = false) { return check(rules, instruction, 0, minute, halted); };
    CHECK(said({.price = 100, .quantity = 20}) == Refusal::none);
    CHECK(said({.price = 101, .quantity = 20}) == Refusal::price_off_tick);
    CHECK(said({.price = 100, .quantity = 25}) == Refusal::quantity_off_lot);
    CHECK(said({.price = 100, .quantity = 10}) == Refusal::quantity_too_small);
    CHECK(said({.price = 100, .quantity = 100'000}) == Refusal::quantity_too_large);
    CHECK(said({.price = 100, .quantity = 20}, 690) == Refusal::market_closed);
    CHECK(said({.price = 100, .quantity = 20}, 780) == Refusal::none);
    CHECK(said({.op = Op::cancel}, 600, true) == Refusal::none);
    CHECK(said({.price = 100, .quantity = 20}, 600, true) == Refusal::halted);
    CHECK(said({.op = Op::replace, .price = 100}) == Refusal::none);
    CHECK(said({.op = Op::stop, .quantity = 20, .trigger = 101}) == Refusal::price_off_tick);
}

TEST_CASE("the close is the day's mean by volume, half a tick upwards; without a deal it is the one before") {
    DayFigures day(4800);
    CHECK(day.close() == 4800);
    day.add(5278, 100);
    day.add(5120, 300);
    CHECK(day.open() == 5278);
    CHECK(day.low() == 5120);
    CHECK(day.close() == 5160); // 5159.5
    CHECK(day.volume() == 400);
    DayFigures large;
    large.add(price_max, quantity_max);
    large.add(price_max, quantity_max);
    CHECK(large.close() == price_max);
}

} // namespace greenbank::market
