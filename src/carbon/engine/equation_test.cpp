// equation_test.cpp — values, units, slopes and what is refused; random formulas beside a naive twin that walks a tree.
#include "carbon/engine/equation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fmt/format.h>

#include "kernel/random.h"

namespace greenbank::carbon {

namespace {

double value_of(std::string_view text, std::vector<double> values = {}) {
    const auto formula = Equation::parse(text);
    REQUIRE_MESSAGE(formula, text);
    const auto value = formula.value().value(values);
    REQUIRE_MESSAGE(value, text);
    return value.value().value;
}
std::string code_of(std::string_view text, std::vector<double> values = {}) {
    const auto formula = Equation::parse(text);
    if (!formula) return formula.error().code;
    values.resize(formula.value().names().size(), 0);
    const auto value = formula.value().value(values);
    return value ? "" : value.error().code;
}
std::string dimension_of(std::string_view text, const std::vector<std::string>& units, std::string_view wanted) {
    const auto formula = Equation::parse(text);
    REQUIRE(formula);
    std::vector<Dimension> dimensions;
    for (const std::string& unit : units) dimensions.push_back(parse_unit(unit)->dimension);
    const auto dimension = formula.value().dimension(dimensions);
    if (!dimension) return dimension.error().code;
    return dimension.value() == parse_unit(wanted)->dimension ? "ok" : "other";
}

/// A formula as a tree: its text, and its value without any stack.
struct Tree {
    std::string text;
    double value = 0;
};
Tree random_tree(Random& random, const std::vector<double>& names, int depth) {
    if (depth == 0 || random.chance(0.2)) {
        if (random.chance(0.5)) {
            const std::size_t at = random.below(names.size());
            return {fmt::format("x{}", at), names[at]};
        }
        const double number = std::round(random.uniform() * 100) / 8;
        return {fmt::format("{}", number), number};
    }
    const Tree a = random_tree(random, names, depth - 1), b = random_tree(random, names, depth - 1);
    switch (random.below(7)) {
    case 0: return {fmt::format("({} + {})", a.text, b.text), a.value + b.value};
    case 1: return {fmt::format("({} - {})", a.text, b.text), a.value - b.value};
    case 2: return {fmt::format("{} * {}", a.text, "(" + b.text + ")"), a.value * b.value};
    case 3: return {fmt::format("max({}, {})", a.text, b.text), std::max(a.value, b.value)};
    case 4: return {fmt::format("-({})", a.text), -a.value};
    case 5: return {fmt::format("if({} < {}, {}, {})", a.text, b.text, a.text, b.text), a.value < b.value ? a.value : b.value};
    default: return {fmt::format("({})/(1 + abs({}))", a.text, b.text), a.value / (1 + std::abs(b.value))};
    }
}

} // namespace

TEST_CASE("precedence, signs, powers, functions") {
    CHECK(value_of("1 + 2 * 3 - 4 / 2") == 5);
    CHECK(value_of("-2 ^ 2") == -4);
    CHECK(value_of("2 ^ -2") == 0.25);
    CHECK(value_of("(1 - 0.05) ^ 3") == doctest::Approx(0.857375));
    CHECK(value_of("min(3, 1, 2) + max(3, 1, 2)") == 4);
    CHECK(value_of("sqrt(16) + exp(0) + ln(1) + abs(-2)") == 7);
    CHECK(value_of("if(a >= b, a, b)", {1, 5}) == 5);
    CHECK(value_of("if(a > 0, 1 / a, 0)", {0}) == 0); // the other branch has no value and is not asked for
    CHECK(value_of("3.6 [MJ/kWh]") == doctest::Approx(1));
    CHECK(value_of("1e-3 * x_1", {2000}) == 2);
}

TEST_CASE("what is no formula is refused with its place; what has no value says so") {
    for (const char* text : {"", "1 +", "(1", "1)", "a b", "2 ** 3", "foo(1)", "if(1, 2, 3)", "min(1)", "0x10", "1..2", "a = b", "a; b", "1 [kWh"})
        CHECK_MESSAGE(code_of(text) == "equation.syntax", text);
    CHECK(code_of("1 [quibble]") == "equation.unit");
    CHECK(code_of(std::string(5'000, '1')) == "equation.too_long");
    CHECK(code_of(std::string(500, '(') + "1" + std::string(500, ')')) == "equation.too_long");
    for (const char* text : {"1 / a", "ln(a)", "sqrt(-1)", "1 / (1 / a)", "10 ^ 400", "min(1, 1 / a)"}) CHECK_MESSAGE(code_of(text) == "equation.value", text);
    std::string many = "0";
    for (int i = 0; i < 65; ++i) many += fmt::format("+a{}", i);
    CHECK(code_of(many) == "equation.too_long");
}

TEST_CASE("units are checked before any value is known") {
    CHECK(dimension_of("energy * factor", {"kWh", "tCO2/MWh"}, "kgCO2e") == "ok");
    CHECK(dimension_of("methane * warming", {"kg", "tCO2e/t"}, "kgCO2e") == "ok");
    CHECK(dimension_of("methane", {"kg"}, "kgCO2e") == "other"); // a gas is not its warming
    CHECK(dimension_of("a + b", {"kWh", "MJ"}, "J") == "ok");
    CHECK(dimension_of("a + b", {"kWh", "kg"}, "J") == "equation.dimension");
    CHECK(dimension_of("if(a < b, 1, 2)", {"kWh", "kg"}, "1") == "equation.dimension");
    CHECK(dimension_of("exp(a)", {"kWh"}, "1") == "equation.dimension");
    CHECK(dimension_of("a ^ 2 / a", {"m"}, "m") == "ok");
    CHECK(dimension_of("a ^ -1", {"s"}, "Hz") == "ok");
    CHECK(dimension_of("a ^ b", {"m", "1"}, "m") == "equation.dimension");
    CHECK(dimension_of("a ^ 0.5", {"m"}, "m") == "equation.dimension");
    CHECK(dimension_of("sqrt(a)", {"m2"}, "m") == "ok");
}

TEST_CASE("random formulas beside their trees; slopes beside differences") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::vector<double> names(3);
        for (double& one : names) one = 0.5 + 4 * random.uniform();
        const Tree tree = random_tree(random, names, 5);
        const auto formula = Equation::parse(tree.text);
        if (!formula) { // too deep or too long is said, nothing else
            CHECK(formula.error().code == "equation.too_long");
            continue;
        }
        std::vector<double> given;
        for (const std::string& name : formula.value().names()) given.push_back(names[static_cast<std::size_t>(name[1] - '0')]);
        const auto value = formula.value().value(given);
        REQUIRE(value);
        CHECK(value.value().value == doctest::Approx(tree.value).epsilon(1e-12));
        for (std::size_t i = 0; i < given.size(); ++i) {
            const double step = 1e-6;
            std::vector<double> more = given, less = given;
            more[i] += step;
            less[i] -= step;
            const double up = formula.value().value(more).value().value - value.value().value,
                         down = value.value().value - formula.value().value(less).value().value;
            if (std::abs(up - down) > 1e-9 * (1 + std::abs(value.value().value))) continue; // a bend lies between
            CHECK(value.value().slopes[i] == doctest::Approx((up + down) / (2 * step)).epsilon(1e-4));
        }
    }
}

} // namespace greenbank::carbon
