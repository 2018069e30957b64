// hazard_test.cpp — what the model learns from made panels, its twin, how early it warns, and panels out of a loan's past.
#include <doctest/doctest.h>

#include <cmath>

#include "finance/engine/hazard.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

double normal_draw(Random& random) {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += random.uniform();
    return sum - 6;
}

/// Borrowers whose strain wanders; the odds of a month are −5 + 1.2 × strain. `noise` says nothing.
HazardPanel wandering(std::uint64_t seed, std::uint32_t borrowers) {
    Random random(seed);
    HazardPanel panel{.names = {"strain", "noise"}};
    for (std::uint32_t one = 0; one < borrowers; ++one) {
        double strain = normal_draw(random);
        for (std::int64_t month = 1; month <= 36; ++month) {
            strain = 0.95 * strain + 0.4 * normal_draw(random);
            const bool bad = random.chance(1 / (1 + std::exp(5 - 1.2 * strain)));
            panel.borrowers.push_back(one);
            panel.months.push_back(month);
            panel.values.push_back(strain);
            panel.values.push_back(random.chance(0.1) ? std::nan("") : normal_draw(random));
            panel.bad.push_back(bad ? 1 : 0);
            if (bad) break;
        }
    }
    return panel;
}

} // namespace

TEST_CASE("a made panel: the effect is found, noise is not, events are as many as expected, and warnings come before") {
    const HazardPanel panel = wandering(1, 800);
    const HazardTraining training = train_hazard(panel);
    REQUIRE(training.flaw == HazardFlaw::none);
    CHECK(training.model.columns[0].effect / training.model.columns[0].deviation == doctest::Approx(1.2).epsilon(0.1));
    CHECK(std::abs(training.model.columns[1].effect) < 0.15);
    CHECK(training.area > 0.8);
    CHECK(training.expected == doctest::Approx(static_cast<double>(training.events)).epsilon(1e-6));
    const LeadTimes times = lead_times(training.model, panel, 0.2, 12);
    CHECK(times.defaults == training.events);
    CHECK(times.warned > times.defaults / 2);
    CHECK(times.mean >= 1);
    CHECK(static_cast<double>(times.false_alarms) < static_cast<double>(times.good));
    CHECK(reasons_of(training.model, {3, std::nan("")}).front().name == "strain");
    // The chance over a horizon only grows with it, and of one month is the hazard.
    CHECK(default_chance(training.model, 5, {1, 0}, 1) == doctest::Approx(hazard_of(training.model, 5, {1, 0})));
    CHECK(default_chance(training.model, 5, {1, 0}, 12) > default_chance(training.model, 5, {1, 0}, 6));
}

TEST_CASE("Newton's answer is the twin's") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const HazardPanel panel = wandering(seed + 100, 150);
        const HazardTraining training = train_hazard(panel);
        REQUIRE_MESSAGE(training.flaw == HazardFlaw::none, "seed ", seed);
        const HazardModel twin = train_hazard_naive(panel, {}, 4000);
        CHECK_MESSAGE(training.model.intercept == doctest::Approx(twin.intercept).epsilon(2e-3), "seed ", seed);
        CHECK_MESSAGE(std::abs(training.model.duration - twin.duration) < 5e-3, "seed ", seed);
        for (std::size_t j = 0; j < 2; ++j) CHECK_MESSAGE(std::abs(training.model.columns[j].effect - twin.columns[j].effect) < 5e-3, "seed ", seed);
    }
}

TEST_CASE("panels that teach nothing, or know the future, are refused") {
    HazardPanel panel = wandering(5, 200);
    CHECK(train_hazard({}).flaw == HazardFlaw::empty);
    HazardPanel good = panel;
    for (std::uint8_t& one : good.bad) one = 0;
    CHECK(train_hazard(good).flaw == HazardFlaw::one_class);
    CHECK(train_hazard(panel, {.events_min = 100'000}).flaw == HazardFlaw::too_few);
    HazardPanel flat = panel;
    for (double& one : flat.values) one = 7;
    CHECK(train_hazard(flat).flaw == HazardFlaw::constant);
    HazardPanel later = panel;
    for (std::size_t i = 0; i < later.rows(); ++i)
        if (later.bad[i] != 0) {
            later.borrowers.push_back(later.borrowers[i]);
            later.months.push_back(later.months[i] + 1);
            later.values.insert(later.values.end(), {0.0, 0.0});
            later.bad.push_back(0);
            break;
        }
    CHECK(train_hazard(later).flaw == HazardFlaw::after_default);
    HazardPanel half = panel; // a constant column beside one that differs is named
    for (std::size_t i = 0; i < half.rows(); ++i) half.values[i * 2 + 1] = 3;
    CHECK(train_hazard(half).left_out == std::vector<std::string>{"noise"});
}

TEST_CASE("a loan's past as months: late days run from the oldest due day that payments have not reached; nothing after the default") {
    const Date start = make_date(2026, 1, 31);
    LoanPast past{.start = start, .until = make_date(2026, 12, 31), .drawn = 120'000, .rate = 4.5, .dues = {}, .payments = {}};
    for (std::int64_t month = 1; month <= 11; ++month) past.dues.push_back({months_after(start, month), 10'000});
    past.payments = {{make_date(2026, 2, 27), 10'000}, {make_date(2026, 4, 2), 10'000}}; // the second one 2 days late, then none
    const std::vector<double> april = loan_features_on(past, make_date(2026, 4, 1)), june = loan_features_on(past, make_date(2026, 6, 30));
    CHECK(april[0] == 1);
    CHECK(april[1] == doctest::Approx(10'000.0 / 1'200));
    CHECK(june[0] == make_date(2026, 6, 30).days - make_date(2026, 4, 30).days);
    CHECK(june[2] == doctest::Approx(20'000.0 / 1'200));
    HazardPanel panel;
    add_months(panel, past, 7, 90);
    CHECK(panel.names == loan_features());
    REQUIRE(panel.rows() == 6); // ninety days after 30 April is 29 July, in the sixth month
    CHECK(panel.bad == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 1});
    CHECK(panel.value(0, 0) == 0);
}

} // namespace greenbank::finance
