// compare_test.cpp — two products in one system: each keeps its own figure, what both use cancels out of the difference.
#include "carbon/products/compare.h"

#include <cmath>

#include <doctest/doctest.h>

#include "carbon/products/calculate.h"
#include "kernel/random.h"

namespace greenbank::carbon {

namespace {

/// Grid power ± 20 %, clay ± 10 %; warming potentials as they are.
Result<FactorChoice> factors(const FactorQuestion& question) {
    FactorChoice choice;
    Factor& factor = choice.factor;
    factor.kind = question.kind;
    factor.subject = question.subject;
    factor.gas = "CO2e";
    factor.gwp = GwpEdition::ar6;
    factor.area = "CN";
    factor.edition = "2022";
    factor.status = FactorStatus::sample;
    if (question.gas != "CO2e") return Error{Failure::not_found, "factor.none", "none"};
    if (question.kind == FactorKind::grid_average) factor.id = "factor_grid", factor.value = 0.6, factor.per = "kWh", factor.uncertainty_percent = 20;
    else if (question.kind == FactorKind::material)
        factor.id = "factor_" + question.subject, factor.value = 0.3, factor.per = "kg", factor.uncertainty_percent = 10;
    else return Error{Failure::not_found, "factor.none", "none"};
    return choice;
}
ProductSystem brick(double power, double clay, const std::string& material = "clay", Spread spread = Spread::none) {
    ProductSystem system;
    system.id = Id<ProductSystem>("product_" + material);
    system.title.en = "brick";
    system.product = "brick";
    system.amount = 1;
    system.parameters = {{.name = "power", .value = power, .formula = {}, .note = {}}};
    system.scenarios = {{"less", {{"power", power / 2}}}};
    SystemProcess pressing{
        .name = "pressing", .stage = LifeStage::production, .location = {}, .allocation = Allocation::none, .parameters = {}, .exchanges = {}};
    SystemExchange made, used, stuff;
    made.direction = Direction::reference, made.flow = "brick", made.amount = 1;
    used.flow = "electricity", used.unit = "kWh", used.formula = "power", used.factor = FactorKind::grid_average;
    stuff.flow = material, stuff.amount = clay, stuff.factor = FactorKind::material, stuff.spread = spread;
    if (spread != Spread::none) stuff.p1 = clay * 0.8, stuff.p2 = clay * 1.2;
    pressing.exchanges = {made, used, stuff};
    system.processes = {pressing};
    return system;
}
Footprint computed(const ProductSystem& system, const std::string& scenario = "") {
    auto footprint = calculate(system, factors, {.scenario = scenario});
    REQUIRE(footprint);
    return footprint.value();
}

} // namespace

TEST_CASE("of the same product nothing is left but the figure itself") {
    const Footprint one = computed(brick(2, 1.5));
    const auto same = compare(one, one, {.seed = 1, .samples = 500, .going = {}});
    REQUIRE(same);
    CHECK(same.value().first == doctest::Approx(one.total).epsilon(1e-12));
    CHECK(same.value().second == doctest::Approx(one.total).epsilon(1e-12));
    CHECK(same.value().first_lower == 0);
    CHECK(std::abs(same.value().difference_high) < 1e-9);
    CHECK(same.value().common.size() == 2);
}

TEST_CASE("a factor that both use never turns the order around; what only one uses can") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const double power = 1 + random.uniform() * 3, clay = 0.5 + random.uniform();
        const Footprint less = computed(brick(power, clay)), more = computed(brick(power * 1.02, clay)); // 2 % apart, ± 20 %
        const auto found = compare(less, more, {.seed = seed, .samples = 400, .going = {}});
        REQUIRE(found);
        CHECK(found.value().first_lower == 1);
        CHECK(found.value().difference_median == doctest::Approx(power * 0.02 * 0.6).epsilon(0.1));
        const auto back = compare(more, less, {.seed = seed, .samples = 400, .going = {}});
        REQUIRE(back);
        CHECK(back.value().first_lower == 0);
        const auto own = compare(computed(brick(power, clay, "clay", Spread::uniform)), computed(brick(power, clay * 1.02, "slag", Spread::uniform)),
            {.seed = seed, .samples = 400, .going = {}});
        REQUIRE(own);
        CHECK(own.value().first_lower > 0.2);
        CHECK(own.value().first_lower < 0.95);
        CHECK(own.value().common.size() == 1);
    }
}

TEST_CASE("each is compared in the scenario it was computed in, for the same amount") {
    ProductSystem two = brick(4, 1);
    two.amount = 1000, two.unit = "g";
    const Footprint usual = computed(brick(4, 1)), less = computed(two, "less");
    const auto found = compare(usual, less, {.seed = 3, .samples = 200, .going = {}});
    REQUIRE(found);
    CHECK(found.value().first == doctest::Approx(usual.total));
    CHECK(found.value().second == doctest::Approx(less.total)); // 1,000 g are 1 kg
    CHECK(found.value().first_lower == 0);
    const auto back = compare(less, usual, {.seed = 3, .samples = 200, .going = {}});
    REQUIRE(back);
    CHECK(back.value().second == doctest::Approx(usual.total));
}

TEST_CASE("what does not compare says so") {
    ProductSystem by_area = brick(1, 1);
    by_area.processes[0].exchanges[0].unit = "m2";
    by_area.unit = "m2";
    const Footprint one = computed(brick(1, 1)), other = computed(by_area);
    auto found = compare(one, other, {.seed = 1, .samples = 100, .going = {}});
    REQUIRE_FALSE(found);
    CHECK(found.error().code == "footprint.units_differ");
    Footprint old = one;
    old.gwp = GwpEdition::ar5;
    found = compare(one, old, {.seed = 1, .samples = 100, .going = {}});
    REQUIRE_FALSE(found);
    CHECK(found.error().code == "footprint.gwp_differs");
}

} // namespace greenbank::carbon
