// formula_test.cpp — formulas with units, a naive reader beside, circles, balances.
#include <doctest/doctest.h>

#include <cmath>

#include <fmt/format.h>

#include "energy/engine/formula/balances.h"
#include "energy/engine/formula/channel_order.h"
#include "energy/engine/formula/formula.h"
#include "kernel/random.h"

namespace greenbank::energy {

namespace {

const NamedUnits units{{"pv", "kW"}, {"wind", "MW"}, {"load", "kW"}, {"energy", "kWh"}, {"factor", "kgCO2e/kWh"}, {"product", "t"}, {"step", "s"},
    {"water", "m3"}, {"cost", "CNY/kWh"}, {"price", "USD/kWh"}};

std::string code(std::string_view text, std::string_view unit) {
    const auto formula = parse_formula(text);
    if (!formula) return formula.error().problems.at(0).code;
    const auto checked = check_formula(formula.value(), units, unit);
    return checked ? "sound" : checked.error().problems.at(0).code;
}

double value(std::string_view text, std::string_view unit, std::vector<double> values) {
    REQUIRE(code(text, unit) == "sound");
    return Evaluator(parse_formula(text).value(), units, unit).at(values);
}

/// A random formula over a, b, c and its value by plain recursion.
std::pair<std::string, double> random_formula(Random& random, const std::vector<double>& values, int depth) {
    if (depth == 0 || random.chance(0.25)) {
        if (random.chance(0.4)) {
            const auto number = random.between(0, 9);
            return {std::to_string(number), static_cast<double>(number)};
        }
        const auto which = random.below(3);
        return {std::string(1, static_cast<char>('a' + which)), values[which]};
    }
    const auto [left, x] = random_formula(random, values, depth - 1);
    const auto [right, y] = random_formula(random, values, depth - 1);
    switch (random.below(8)) {
    case 0: return {"(" + left + "+" + right + ")", x + y};
    case 1: return {"(" + left + " - " + right + ")", x - y};
    case 2: return {left + "*(" + right + ")", 0}; // value below: precedence decides
    case 3: return {"(" + left + ")/(" + right + ")", x / y};
    case 4: return {"-(" + left + ")", -x};
    case 5: return {"min(" + left + ", " + right + ")", std::isnan(x) || std::isnan(y) ? std::nan("") : std::min(x, y)};
    case 6: return {"max(" + left + "," + right + ")", std::isnan(x) || std::isnan(y) ? std::nan("") : std::max(x, y)};
    default: return {"positive(abs(" + left + "))", std::abs(x)};
    }
}

} // namespace

TEST_CASE("units are converted and checked") {
    CHECK(value("pv + wind", "kW", {100, 2}) == doctest::Approx(2100));
    CHECK(value("(pv + wind) * step", "kWh", {100, 0.2, 3600}) == doctest::Approx(300));
    CHECK(value("energy * factor", "kgCO2e", {120, 0.5}) == doctest::Approx(60));
    CHECK(value("energy / product", "kWh/t", {120, 4}) == doctest::Approx(30));
    CHECK(value("load - 5 [kW]", "W", {7}) == doctest::Approx(2000));
    CHECK(value("positive(load - pv)", "kW", {5, 9}) == 0);
    CHECK(value("2 + 3 * 4 - 10 / 5 / 2", "1", {}) == doctest::Approx(13));
    CHECK(value("-2 - -3", "1", {}) == doctest::Approx(1));
    CHECK(code("pv + energy", "kW") == "formula.dimension");
    CHECK(code("max(pv, 1)", "kW") == "formula.dimension");
    CHECK(code("energy * factor", "kg") == "formula.result_unit"); // kilograms of CO2e are not kilograms
    CHECK(code("water", "kWh") == "formula.result_unit");
    CHECK(code("nothing * 2", "kWh") == "formula.unknown_name");
    CHECK(code("energy * cost * price", "CNY") == "formula.currency");
    CHECK(code("pv", "furlong") == "unit.unknown");
}

TEST_CASE("what is unknown or divided by zero gives no number") {
    CHECK(std::isnan(value("energy / product", "kWh/t", {120, 0})));
    CHECK(std::isnan(value("pv + wind", "kW", {std::nan(""), 1})));
    CHECK(std::isnan(value("max(pv, load)", "kW", {std::nan(""), 1})));
    CHECK(std::isnan(value("positive(pv)", "kW", {std::nan("")})));
}

TEST_CASE("what cannot be read is refused with its place") {
    for (const char* text : {"", " ", "1 +", "(1", "1)", "1 2", "min(1)", "abs(1,2)", "root(2)", "1 [furlong]", "1 [kW", "a..b", "$", "1e999", "min()", "*2"}) {
        INFO(text);
        const auto formula = parse_formula(text);
        REQUIRE(!formula);
    }
    CHECK(parse_formula("1 + $").error().problems.at(0).parameters.at(0).value == "5");
    CHECK(!parse_formula(std::string(1999, '('))); // bounded, not a stack that overflows
    CHECK(!parse_formula(std::string(1999, '-') + "1"));
    CHECK(!parse_formula(std::string(3000, '1')));
}

TEST_CASE("any formula agrees with plain recursion") {
    const NamedUnits plain{{"a", "1"}, {"b", "1"}, {"c", "1"}};
    int compared = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::vector<double> values{random.uniform() * 10 - 5, static_cast<double>(random.between(-3, 3)), random.uniform()};
        const auto [text, expected] = random_formula(random, values, 4);
        if (text.find("*(") != std::string::npos) continue; // their value depends on precedence; said by examples above
        INFO(text);
        const auto formula = parse_formula(text);
        REQUIRE(formula);
        REQUIRE(check_formula(formula.value(), plain, "1"));
        std::vector<double> given;
        for (const std::string& name : formula.value().names) given.push_back(values[static_cast<std::size_t>(name[0] - 'a')]);
        const double found = Evaluator(formula.value(), plain, "1").at(given);
        if (std::isfinite(expected)) CHECK(found == doctest::Approx(expected));
        else CHECK(std::isnan(found));
        ++compared;
    }
    CHECK(compared > 500);
}

TEST_CASE("channels are computed after those they use, and circles are refused") {
    CHECK(channel_order({{"net", {"load", "pv"}}, {"carbon", {"net", "factor"}}, {"a", {"carbon"}}}).value() == std::vector<std::string>{"net", "carbon", "a"});
    const auto circle = channel_order({{"a", {"b"}}, {"b", {"c", "x"}}, {"c", {"b"}}});
    REQUIRE(!circle);
    const Problem& problem = circle.error().problems.at(0);
    CHECK(fill_in(problem.message, problem.parameters) == "A channel may not be computed from itself: b → c → b.");
    CHECK(channel_order({{"a", {"a"}}}).error().problems.at(0).code == "formula.circle");
    std::map<std::string, std::vector<std::string>> chain;
    for (int i = 0; i < 20000; ++i) chain[fmt::format("c{:05}", i)] = {fmt::format("c{:05}", i + 1)};
    CHECK(channel_order(chain).value().front() == "c19999");
}

TEST_CASE("a load by purposes adds up to the load, whatever the shares") {
    CHECK(disaggregate(100, {{"cold", 1}, {"light", 1}, {"rest", 1}}).value() == std::vector<std::int64_t>{34, 33, 33});
    CHECK(disaggregate(7, {{"a", 0}, {"b", 2}}).value() == std::vector<std::int64_t>{0, 7});
    CHECK(!disaggregate(7, {{"a", 0}}));
    CHECK(!disaggregate(7, {}));
    CHECK(!disaggregate(7, {{"a", -1}, {"b", 2}}));
    CHECK(!disaggregate(7, {{"a", std::nan("")}}));
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<PurposeShare> shares;
        for (std::size_t i = 0; i < 1 + random.below(9); ++i)
            shares.push_back({"p", random.chance(0.2) ? 0 : random.uniform() * std::pow(10.0, static_cast<double>(random.between(-6, 6)))});
        shares.push_back({"rest", 0.5});
        const std::int64_t total = random.between(0, 1'000'000'000'000);
        const auto parts = disaggregate(total, shares).value();
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            CHECK(parts[i] >= 0);
            if (shares[i].share == 0) CHECK(parts[i] == 0);
            sum += parts[i];
        }
        CHECK(sum == total);
    }
}

TEST_CASE("waste that was collected is somewhere") {
    const auto closed = mass_balance({.collected = 100, .recycled = 60, .rejected = 35, .stored_change = 4}, 2).value();
    CHECK(closed.missing == doctest::Approx(1));
    CHECK(closed.closed);
    CHECK(closed.recycled_percent == doctest::Approx(60));
    CHECK(!mass_balance({.collected = 100, .recycled = 60, .rejected = 30}, 2).value().closed);
    CHECK(!mass_balance({.collected = 0, .recycled = 1}, 2).value().closed);
    CHECK(mass_balance({}, 2).value().closed);
    CHECK(!mass_balance({.collected = -1}, 2));
    CHECK(!mass_balance({.collected = std::nan("")}, 2));
}

TEST_CASE("a factor holds until the next one") {
    const std::vector<FactorStep> steps{{10, 0.6}, {20, 0.5}};
    CHECK(!factor_at(steps, 9));
    CHECK(factor_at(steps, 10) == 0.6);
    CHECK(factor_at(steps, 19) == 0.6);
    CHECK(factor_at(steps, 1000) == 0.5);
    CHECK(!factor_at({}, 1));
}

} // namespace greenbank::energy
