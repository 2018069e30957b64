// matrix_test.cpp — formulas, allocation, links and views of small systems whose answers are worked out by hand.
#include "carbon/engine/matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "carbon/engine/circular_footprint.h"
#include "carbon/engine/factors.h"
#include "carbon/engine/formula.h"
#include "carbon/engine/pedigree.h"
#include "carbon/engine/views.h"
#include "kernel/random.h"

using namespace greenbank;
using namespace greenbank::carbon;

namespace {

/// Lines "process: 1 kg product (ref), -2 kWh power, 3 kg CO2"; below 0 is used. "CO2" and "CH4" are elementary.
struct Small {
    Inventory inventory;

    std::uint32_t flow(const std::string& name, const std::string& unit) {
        for (std::uint32_t i = 0; i < inventory.flows.size(); ++i)
            if (inventory.flows[i].name == name) return i;
        inventory.flows.push_back({name, name, name.starts_with("C") && name.size() == 3 ? FlowKind::elementary : FlowKind::product, "", unit, "", "", ""});
        return static_cast<std::uint32_t>(inventory.flows.size() - 1);
    }
    ProcessItem& process(const std::string& name, Allocation allocation = Allocation::none) {
        inventory.processes.push_back({.id = name, .name = name, .allocation = allocation});
        return inventory.processes.back();
    }
    ExchangeItem& add(const std::string& of, double amount, const std::string& unit, const std::string& name, bool reference = false) {
        ProcessItem& to = *std::ranges::find(inventory.processes, of, &ProcessItem::name);
        const std::uint32_t number = flow(name, unit);
        const bool nature = inventory.flows[number].kind == FlowKind::elementary;
        to.exchanges.push_back({.number = static_cast<std::int64_t>(to.exchanges.size()) + 1,
            .flow = number,
            .input = amount < 0 && !nature,
            .reference = reference,
            .amount = std::abs(amount),
            .unit = unit});
        return to.exchanges.back();
    }
    void warming() { inventory.impacts.push_back({"GWP", "GWP", "kg", "GWP", {{flow("CO2", "kg"), 1, "kg", {}}, {flow("CH4", "kg"), 28, "kg", {}}}}); }
};

double score(const Inventory& inventory, const std::string& process, double amount = 1, const MatrixOptions& options = {}) {
    auto matrix = build_matrix(inventory, options);
    REQUIRE_MESSAGE(static_cast<bool>(matrix), (matrix ? "" : matrix.error().problems.empty() ? matrix.error().message : matrix.error().problems[0].message));
    for (std::uint32_t p = 0; p < inventory.processes.size(); ++p)
        if (inventory.processes[p].name == process) {
            const Demand demand = {{*matrix.value().column_of(p), amount}};
            Fault fault;
            const auto solution = solve(matrix.value().model, std::vector<Demand>{demand}, fault);
            REQUIRE(solution);
            return solution->scores.at(0, 0);
        }
    FAIL("no such process");
    return 0;
}

void check_formula(const char* formula, double expected) {
    Formulas all;
    all.set("a", 3);
    all.set("b", "a * 2");
    const auto value = all.evaluate(formula);
    REQUIRE_MESSAGE(static_cast<bool>(value), formula);
    CHECK_MESSAGE(value.value() == doctest::Approx(expected), formula);
}
void check_fault(const std::string& formula, const char* code) {
    Formulas all;
    all.set("a", "b + 1");
    all.set("b", "a + 1");
    all.set("own", "own");
    const auto value = all.evaluate(formula);
    REQUIRE_MESSAGE(!value, formula);
    CHECK_MESSAGE(value.error().code == code, formula);
}

} // namespace

TEST_CASE("formulas over parameters") {
    check_formula("1 + 2 * 3 ^ 2", 19);
    check_formula("-2 ^ 2", -4);
    check_formula("(A + B) / 9", 1);
    check_formula("if(a > 2; 10; 20) + min(4, 5, b)", 14);
    check_formula("1e-3*1000", 1);
    check_formula("2 ^ -1", 0.5);
    check_formula("sqrt(16) + ln(exp(2))", 6);
    check_fault("a", "formula.recursion");
    check_fault("own", "formula.recursion");
    check_fault("c", "formula.unknown");
    check_fault("1 +", "formula.unreadable");
    check_fault("1 / 0", "formula.not_finite");
    check_fault("f(1)", "formula.function");
    check_fault(std::string(3'000, '('), "formula.too_deep");
    check_fault(std::string(3'000, '-') + "1", "formula.too_deep");
    check_fault(std::string(9'000, '1'), "formula.unreadable");
    Formulas wide; // twice the work at each level: bounded
    wide.set("p0", 1);
    for (int i = 1; i < 50; ++i) wide.set(fmt::format("p{}", i), fmt::format("p{}+p{}", i - 1, i - 1));
    CHECK_FALSE(wide.evaluate("p49"));
}

TEST_CASE("a product, its supplier, units converted, a scenario") {
    Small s;
    s.process("kelp");
    s.process("power");
    s.add("kelp", 1, "kg", "dried kelp", true);
    s.add("kelp", -3.6, "MJ", "electricity").formula = "use";
    s.add("kelp", 0.1, "kg", "CO2");
    s.add("power", 1, "kWh", "electricity", true);
    s.inventory.flows[s.flow("electricity", "")].unit = "kWh";
    s.add("power", 500, "g", "CO2");
    s.inventory.flows[s.flow("CO2", "")].unit = "kg";
    s.inventory.parameters = {{"use", 3.6, "", {}, ""}};
    s.warming();
    CHECK(score(s.inventory, "kelp") == doctest::Approx(0.6));
    CHECK(score(s.inventory, "kelp", 10) == doctest::Approx(6));
    CHECK(score(s.inventory, "kelp", 1, {.parameters = {{"use", 7.2}}, .allocation = {}}) == doctest::Approx(1.1));
    s.inventory.processes[0].exchanges[1].unit = "kg";
    const auto wrong = build_matrix(s.inventory);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().problems[0].code == "footprint.unit");
    s.inventory.processes[0].exchanges[1].unit = "MJ";
    s.inventory.processes[0].exchanges[2].amount = std::numeric_limits<double>::quiet_NaN();
    CHECK(build_matrix(s.inventory).error().problems[0].code == "footprint.not_finite");
}

TEST_CASE("two products of one process") {
    Small s;
    s.process("drying", Allocation::physical);
    s.process("feed");
    s.add("drying", 4, "kg", "kelp", true).price = 10;
    s.add("drying", 1, "kg", "meal").price = 2.5;
    s.add("drying", 10, "kg", "CO2");
    s.add("feed", 1, "kg", "meal", true);
    s.add("feed", 3, "kg", "CO2");
    s.warming();
    CHECK(score(s.inventory, "drying") == doctest::Approx(2));
    s.inventory.processes[0].allocation = Allocation::economic; // 40 of 42.5
    CHECK(score(s.inventory, "drying") == doctest::Approx(10 * 40 / 42.5 / 4));
    s.inventory.processes[0].allocation = Allocation::cut_off;
    CHECK(score(s.inventory, "drying") == doctest::Approx(2.5));
    s.inventory.processes[0].allocation = Allocation::substitution; // a kilogram of meal saves three
    CHECK(score(s.inventory, "drying") == doctest::Approx((10 - 3) / 4.0));
    s.inventory.processes[0].allocation = Allocation::causal;
    s.inventory.processes[0].shares = {{s.flow("kelp", ""), Allocation::causal, {}, 0.5}, {s.flow("meal", ""), Allocation::causal, {}, 0.5}};
    CHECK(score(s.inventory, "drying") == doctest::Approx(10 * 0.5 / 4));
    s.inventory.processes[0].shares.push_back({s.flow("kelp", ""), Allocation::causal, 3, 0.9}); // of the third exchange
    CHECK(score(s.inventory, "drying") == doctest::Approx(10 * 0.9 / 4));
    s.inventory.processes[0].allocation = Allocation::economic;
    s.inventory.processes[0].shares.clear();
    s.inventory.processes[0].exchanges[1].price.reset();
    CHECK(build_matrix(s.inventory).error().problems[0].code == "footprint.allocation");
}

TEST_CASE("burdens of all products of an allocated process add up to its own") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Small s;
        s.process("p", seed % 2 ? Allocation::physical : Allocation::economic);
        const int products = 2 + static_cast<int>(seed % 4);
        for (int i = 0; i < products; ++i)
            s.add("p", 1 + static_cast<double>(random.below(100)), "kg", fmt::format("product {}", i), i == 0).price =
                1 + static_cast<double>(random.below(50));
        s.add("p", 100, "kg", "CO2");
        s.warming();
        const auto matrix = build_matrix(s.inventory);
        REQUIRE(matrix);
        double sum = 0, shares = 0;
        for (std::uint32_t c = 0; c < matrix.value().columns.size(); ++c) {
            Fault fault;
            const auto solution = solve(matrix.value().model, std::vector<Demand>{{{c, matrix.value().columns[c].amount}}}, fault);
            REQUIRE(solution);
            sum += solution->scores.at(0, 0);
            shares += matrix.value().columns[c].share;
        }
        CHECK(sum == doctest::Approx(100));
        CHECK(shares == doctest::Approx(1));
    }
}

TEST_CASE("circular footprint formula") {
    const CircularParameters p{.a = 0.2, .b = 0, .recycled_content = 0.4, .recycled_after = 0.6, .burned_after = 0.3, .quality_in = 0.9, .quality_out = 0.8};
    CHECK(*circular_coefficient(p, "virgin") == doctest::Approx(0.6 + 0.4 * 0.8 * 0.9));
    CHECK(*circular_coefficient(p, "recycled") == doctest::Approx(0.08));
    CHECK(*circular_coefficient(p, "recycling") == doctest::Approx(0.48));
    CHECK(*circular_coefficient(p, "recycling_avoided") == doctest::Approx(-0.8 * 0.6 * 0.8));
    CHECK(*circular_coefficient(p, "energy_avoided") == doctest::Approx(-0.3));
    CHECK(*circular_coefficient(p, "disposal") == doctest::Approx(0.1));
    CHECK_FALSE(circular_coefficient(p, "other"));
    Small s; // the same by way of a process
    s.process("bag", Allocation::circular_footprint).parameters = {{"cff_a", 0.2, "", {}, ""}, {"cff_r1", 0.4, "", {}, ""}, {"cff_q_in", 0.9, "", {}, ""}};
    s.process("new plastic");
    s.add("bag", 1, "kg", "bag", true);
    s.add("bag", -1, "kg", "plastic").role = "virgin";
    s.add("new plastic", 1, "kg", "plastic", true);
    s.add("new plastic", 2, "kg", "CO2");
    s.warming();
    CHECK(score(s.inventory, "bag") == doctest::Approx(2 * (0.6 + 0.4 * 0.8 * 0.9)));
}

TEST_CASE("missing suppliers, the rule of cut-offs, and what flows to whom") {
    Small s;
    s.process("kelp");
    s.process("power");
    s.add("kelp", 1, "kg", "dried kelp", true);
    s.add("kelp", -10, "kg", "wet kelp");
    s.add("kelp", -0.05, "kg", "salt");
    s.add("kelp", -2, "kWh", "electricity");
    s.add("kelp", 0.25, "kg", "CO2");
    s.add("power", 1, "kWh", "electricity", true);
    s.add("power", -0.1, "kWh", "electricity"); // its own use
    s.add("power", 0.5, "kg", "CO2");
    s.warming();
    auto matrix = build_matrix(s.inventory);
    REQUIRE(matrix);
    const CutOff cut_off = cut_off_of(s.inventory, matrix.value());
    REQUIRE(cut_off.missing.size() == 2);
    CHECK(cut_off.largest_share == doctest::Approx(10 / 10.05));
    CHECK(cut_off.largest_sum == doctest::Approx(1));
    CHECK(cut_off.missing[1].mass_share < cut_off_single_max);
    const Demand demand = {{0, 2}};
    Fault fault;
    const auto solution = solve(matrix.value().model, std::vector<Demand>{demand}, fault);
    REQUIRE(solution);
    const double whole = 2 * (0.25 + 2 * 0.5 / 0.9);
    CHECK(solution->scores.at(0, 0) == doctest::Approx(whole));
    const Sankey sankey = sankey_of(matrix.value().model, *solution, demand, 0, 0);
    REQUIRE(sankey.nodes.size() == 2);
    CHECK(sankey.nodes[0].column == 0);
    CHECK(sankey.nodes[0].total == doctest::Approx(whole));
    CHECK(sankey.nodes[0].direct == doctest::Approx(0.5));
    REQUIRE(sankey.links.size() == 1);
    CHECK(sankey.links[0].amount == doctest::Approx(whole - 0.5));
    const FirstLevel level = first_level(matrix.value().model, *solution, demand, 0);
    CHECK(level.own == doctest::Approx(0.5));
    REQUIRE(level.suppliers.size() == 1);
    CHECK(level.own + level.suppliers[0].amount == doctest::Approx(whole));
    const auto groups = by_group(by_process(matrix.value().model, *solution, 0, 0), std::vector<std::uint32_t>{7, 7});
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].amount == doctest::Approx(whole));
}

TEST_CASE("pedigree to a spread") {
    CHECK(parse_pedigree("(1;3;2;5;1)") == Pedigree{1, 3, 2, 5, 1});
    CHECK(parse_pedigree("1,1,1,1,1") == Pedigree{1, 1, 1, 1, 1});
    CHECK_FALSE(parse_pedigree("(1;3;2)"));
    CHECK_FALSE(parse_pedigree("good"));
    CHECK(deviation_of({1, 1, 1, 1, 1}, 1.05) == doctest::Approx(std::log(1.05) / 2));
    CHECK(deviation_of({1, 1, 1, 1, 5}, 1) == doctest::Approx(std::log(2.0) / 2));
}

TEST_CASE("the factor in force") {
    const auto factor = [](const char* id, const char* area, int year, double value, FactorStatus status, int published) {
        return Factor{.id = id,
            .subject = "electricity",
            .gwp = {},
            .area = area,
            .from = make_date(year, 1, 1),
            .until = make_date(year, 12, 31),
            .edition = std::to_string(year),
            .published = make_date(published, 6, 1),
            .value = value,
            .per = "kWh",
            .uncertainty_percent = {},
            .status = status,
            .source = "a source"};
    };
    const std::vector<Factor> factors = {factor("a", "CN", 2021, 0.55, FactorStatus::official, 2023),
        factor("b", "CN", 2022, 0.53, FactorStatus::official, 2024), factor("c", "CN-SH", 2022, 0.58, FactorStatus::unconfirmed, 2024),
        factor("d", "CN-SH", 2022, 0.60, FactorStatus::official, 2023)};
    const auto ask = [&](std::vector<std::string> areas, int year, std::optional<Date> known = {}) {
        return factor_in_force(factors, {.subject = "electricity", .gwp = {}, .areas = std::move(areas), .on = make_date(year, 5, 1), .known_on = known});
    };
    CHECK(ask({"CN"}, 2021).value().factor.id == "a");
    CHECK(ask({"CN-SH", "CN"}, 2022).value().factor.id == "d"); // official before unconfirmed
    CHECK(ask({"CN-ZJ", "CN"}, 2022).value().area_widened);
    CHECK(ask({"CN"}, 2026).value().factor.id == "b");
    CHECK(ask({"CN"}, 2026).value().carried_forward);
    CHECK(ask({"CN"}, 2022, make_date(2023, 12, 1)).value().factor.id == "a"); // as known then
    CHECK(ask({"CN-SH"}, 2021).error().code == "factor.none");
    CHECK(ask({"KZ"}, 2022).error().code == "factor.none");
}
