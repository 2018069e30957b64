// greenhouse_inventory_test.cpp — scopes by hand, the two scopes 2, recalculation, uncertainty against the closed form; incremental against anew.
#include "carbon/engine/greenhouse_inventory.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "kernel/random.h"

namespace greenbank::carbon {

namespace {

const std::vector<GasFactor> factors = {{"diesel CO2", "1", 2.676, 1, 2}, {"diesel CH4", "1", 1.4e-4, 27.9, 50}, {"grid", "2022", 0.5366, 1, 5},
    {"residual", "2022", 0.60, 1, 5}, {"green", "", 0, 1, 0}};

InventoryLine line(Category category, double amount, std::vector<std::uint32_t> location, std::vector<std::uint32_t> market = {}, double uncertainty = 0) {
    return {.organisation = 0,
        .year = 2025,
        .category = category,
        .amount = amount,
        .uncertainty_percent = uncertainty,
        .location = std::move(location),
        .market = std::move(market)};
}

} // namespace

TEST_CASE("activity times factor times warming potential, whole kilograms, by scope") {
    const InventoryBook book({line(Category::mobile_combustion, 1000, {0, 1}), line(Category::electricity, 10'000, {2}, {3}),
                                 line(Category::electricity, 2'000, {2}, {4}), line(Category::business_travel, 100, {0})},
        factors);
    CHECK(book.line(0).location_kg == 2680); // 2676 + 0.14 × 27.9
    const InventoryTotals& totals = *book.totals(0, 2025);
    CHECK(totals.scope(Scope::scope_1, false) == 2680);
    CHECK(totals.scope(Scope::scope_2, false) == 5366 + 1073);
    CHECK(totals.scope(Scope::scope_2, true) == 6000);
    CHECK(totals.scope(Scope::scope_3, true) == 268);
    CHECK(totals.total(false) == 2680 + 5366 + 1073 + 268);
    CHECK(book.totals(0, 2024) == nullptr);
    CHECK(number_of(Category::investments) == 15);
    CHECK(number_of(Category::electricity) == 0);
    CHECK_FALSE(line_result(line(Category::electricity, 1e300, {2}), factors).sound);
}

TEST_CASE("another edition recomputes those lines only, and gives what computing anew gives") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::vector<GasFactor> some(12);
        for (std::size_t i = 0; i < some.size(); ++i) some[i] = {std::to_string(i), "1", random.uniform() * 3, 1 + 27 * random.uniform(), 0};
        std::vector<InventoryLine> lines(1 + random.below(300));
        for (InventoryLine& one : lines) {
            one = line(static_cast<Category>(random.below(categories)), random.uniform() * 1e5, {static_cast<std::uint32_t>(random.below(some.size()))});
            one.organisation = static_cast<std::uint32_t>(random.below(5));
            one.year = 2020 + static_cast<int>(random.below(4));
            if (scope_of(one.category) == Scope::scope_2 && random.chance(0.5)) one.market = {static_cast<std::uint32_t>(random.below(some.size()))};
        }
        InventoryBook book(lines, some);
        std::vector<std::pair<std::uint32_t, GasFactor>> changed;
        for (int i = 0; i < 3; ++i) {
            const auto number = static_cast<std::uint32_t>(random.below(some.size()));
            some[number].kg_per_unit = random.uniform();
            changed.emplace_back(number, some[number]);
        }
        std::size_t users = 0;
        for (const InventoryLine& one : lines) {
            bool uses = false;
            for (const auto& [number, factor] : changed)
                for (const auto* list : {&one.location, &one.market}) uses = uses || std::find(list->begin(), list->end(), number) != list->end();
            users += uses ? 1 : 0;
        }
        CHECK(book.replace(changed) == users);
        const InventoryBook anew(lines, some);
        std::int64_t parts = 0;
        for (std::uint32_t organisation = 0; organisation < 5; ++organisation)
            for (std::int32_t year = 2020; year < 2024; ++year) {
                const InventoryTotals* one = book.totals(organisation, year);
                const InventoryTotals* other = anew.totals(organisation, year);
                REQUIRE((one == nullptr) == (other == nullptr));
                if (!one) continue;
                CHECK(one->location == other->location);
                CHECK(one->market == other->market);
                parts += one->total(true);
            }
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) sum += book.line(i).market_kg;
        CHECK(parts == sum); // lines add up to totals to the kilogram
    }
}

TEST_CASE("uncertainty: roots of sums of squares; one factor used twice is one error; drawing agrees") {
    // IPCC 2006, volume 1, 3.2.3.1: two independent sources of 100 ± 10 % and 200 ± 20 % give ± 13.7 %
    const std::vector<GasFactor> two = {{"a", "", 1, 1, 0}, {"b", "", 1, 1, 0}};
    const std::vector<InventoryLine> independent = {line(Category::waste, 100, {0}, {}, 10), line(Category::waste, 200, {1}, {}, 20)};
    CHECK(propagated(independent, two, false).percent == doctest::Approx(100 * std::hypot(10.0, 40.0) / 300));
    const std::vector<GasFactor> shared = {{"a", "", 1, 1, 10}};
    const std::vector<InventoryLine> twice = {line(Category::waste, 100, {0}), line(Category::waste, 200, {0})};
    CHECK(propagated(twice, shared, false).percent == doctest::Approx(10)); // independent ones would give 7.5
    const std::vector<InventoryLine> mixed = {line(Category::mobile_combustion, 1000, {0, 1}, {}, 5), line(Category::electricity, 10'000, {2}, {}, 3)};
    const TotalSpread closed = propagated(mixed, factors, false), drawn = sampled(mixed, factors, false, 20'000, 7);
    CHECK(drawn.percent == doctest::Approx(closed.percent).epsilon(0.03));
    CHECK(drawn.low == doctest::Approx(closed.low).epsilon(0.01));
    CHECK(sampled(mixed, factors, false, 500, 7).low == sampled(mixed, factors, false, 500, 7).low);
    const std::vector<GasFactor> wild = {{"a", "", 1, 1, 150}};
    CHECK(sampled(twice, wild, false, 2'000, 1).low > 0); // log-normal: never below 0
}

TEST_CASE("the base year is recalculated at the threshold, and changes that cancel out still count") {
    const BaseYearChange bought{BaseChange::acquisition, 40}, sold{BaseChange::divestment, -20};
    const BaseYearChange both[] = {bought, sold};
    BaseYearDecision decision = base_year_decision(1000, both, 5);
    CHECK(decision.recalculated_kg == 1020);
    CHECK(decision.percent == doctest::Approx(6));
    CHECK(decision.needed);
    CHECK_FALSE(base_year_decision(1000, {&bought, 1}, 5).needed);
    CHECK(base_year_decision(1000, {&bought, 1}, 4).needed);
    CHECK_FALSE(base_year_decision(1000, {}, 0).needed);
    CHECK(base_year_decision(0, {&bought, 1}, 5).needed);
}

TEST_CASE("a change is explained without residual") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const double a = 1 + 99 * random.uniform(), b = random.chance(0.1) ? 0 : 1 + 99 * random.uniform(), f = random.uniform(), g = random.uniform();
        const ChangeParts parts = change_parts(a, a * f, b, b * g);
        CHECK(parts.total() == doctest::Approx(b * g - a * f).epsilon(1e-9));
        if (b > 0) CHECK((parts.by_activity > 0) == (b > a));
        const ChangeParts same_factor = change_parts(a, a * f, 2 * a, 2 * a * f);
        CHECK(std::abs(same_factor.by_factor) < 1e-9);
    }
    CHECK(change_parts(0, 0, 5, 10).begun == 10);
    CHECK(change_parts(5, 10, 0, 0).ended == -10);
}

TEST_CASE("a category counts as missing unless it is reported or explained") {
    const Category expected[] = {Category::heat, Category::waste, Category::heat}, reported[] = {Category::heat}, explained[] = {Category::waste};
    CHECK(missing_categories(expected, reported, explained).empty());
    CHECK(missing_categories(expected, reported, {}) == std::vector<Category>{Category::waste});
}

} // namespace greenbank::carbon
