// risk_test.cpp — reference tables, the naive twin, and what always holds.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <sstream>

#include "finance/engine/capital.h"
#include "finance/engine/exact_pool.h"
#include "finance/engine/normal.h"
#include "finance/engine/portfolio.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

std::vector<Obligor> random_obligors(Random& random, std::size_t count, std::uint32_t sectors) {
    std::vector<Obligor> obligors;
    for (std::size_t i = 0; i < count; ++i)
        obligors.push_back({.exposure = std::exp(3 * random.uniform()),
            .default_probability = 0.002 + 0.06 * random.uniform() * random.uniform(),
            .loss_given_default = 0.3 + 0.4 * random.uniform(),
            .loss_given_default_deviation = random.chance(0.5) ? 0.15 : 0,
            .sector = static_cast<std::uint32_t>(random.below(sectors)),
            .loading = 0.2 + 0.3 * random.uniform()});
    return obligors;
}

FactorModel factors_of(std::uint32_t sectors, double between) {
    FactorModel model{sectors, {}};
    for (std::uint32_t i = 0; i < sectors; ++i)
        for (std::uint32_t j = 0; j < sectors; ++j) model.correlations.push_back(i == j ? 1 : between);
    return model;
}

/// All numbers of the member of that name, in the order of the file.
std::vector<double> numbers_of(const std::string& text, const std::string& name) {
    std::vector<double> numbers;
    for (std::size_t at = text.find("\"" + name + "\""); at != std::string::npos; at = text.find("\"" + name + "\"", at + 1)) {
        const char* from = text.c_str() + text.find(':', at) + 1;
        while (*from == ' ' || *from == '\n') ++from;
        if (*from != '[') {
            numbers.push_back(std::strtod(from, nullptr));
            continue;
        }
        for (++from; *from != ']';) {
            char* end = nullptr;
            const double number = std::strtod(from, &end);
            if (end != from) numbers.push_back(number);
            from = end == from ? from + 1 : end;
        }
    }
    return numbers;
}

} // namespace

TEST_CASE("the normal quantile is the distribution's inverse") {
    for (double x = -8; x <= 5; x += 0.01) CHECK(normal_quantile(normal_below(x)) == doctest::Approx(x).epsilon(1e-9));
    CHECK(normal_quantile(0.999) == doctest::Approx(3.090232306167813).epsilon(1e-14));
    CHECK(std::isinf(normal_quantile(0)));
    CHECK(std::isnan(normal_quantile(-0.1)));
}

TEST_CASE("the reference: Basel's table, finite pools, CreditRisk+") {
    std::stringstream file;
    file << std::ifstream("../shared/data/finance/credit_risk_reference.json").rdbuf();
    const std::string text = file.str();
    if (text.empty()) {
        MESSAGE("skipped: the reference data is not here");
        return;
    }
    const std::size_t pools = text.find("\"vasicek\""), plus = text.find("\"creditriskplus\"");
    const std::string basel = text.substr(0, pools), vasicek = text.substr(pools, plus - pools), credit = text.substr(plus);
    const std::vector<double> probabilities = numbers_of(basel, "pd");
    REQUIRE(probabilities.size() == 19);
    for (const auto& [column, input] : {std::pair<std::string, CapitalInput>{"corp50", {.loss_given_default = 0.45}},
             {"sme5", {.asset_class = AssetClass::small_corporate, .loss_given_default = 0.45, .turnover_millions = 5}},
             {"mortgage45", {.asset_class = AssetClass::mortgage, .loss_given_default = 0.45}},
             {"mortgage25", {.asset_class = AssetClass::mortgage, .loss_given_default = 0.25}},
             {"other45", {.asset_class = AssetClass::other_retail, .loss_given_default = 0.45}},
             {"other85", {.asset_class = AssetClass::other_retail, .loss_given_default = 0.85}},
             {"qrre45", {.asset_class = AssetClass::revolving_retail, .loss_given_default = 0.45}},
             {"qrre85", {.asset_class = AssetClass::revolving_retail, .loss_given_default = 0.85}}}) {
        const std::vector<double> weights = numbers_of(basel, column);
        REQUIRE(weights.size() == 19);
        for (std::size_t i = 0; i < 19; ++i) {
            CapitalInput asked = input;
            asked.default_probability = probabilities[i];
            CHECK_MESSAGE(100 * risk_weight(asked) == doctest::Approx(weights[i]).epsilon(1e-11), column);
        }
    }
    const auto count = numbers_of(vasicek, "n"), probability = numbers_of(vasicek, "pd"), correlation = numbers_of(vasicek, "rho");
    REQUIRE(count.size() == 4);
    for (std::size_t i = 0; i < count.size(); ++i) {
        const std::vector<double> losses = default_counts({static_cast<std::uint32_t>(count[i]), probability[i], correlation[i]});
        CHECK(std::accumulate(losses.begin(), losses.end(), 0.0) == doctest::Approx(1).epsilon(1e-10));
        for (const auto& [level, name] : {std::pair(0.95, "0.95"), {0.99, "0.99"}, {0.999, "0.999"}}) {
            CHECK(static_cast<double>(value_at_risk(losses, level)) / count[i] ==
                  doctest::Approx(numbers_of(vasicek, std::string("VaR") + name)[i]).epsilon(1e-12));
            CHECK(expected_shortfall(losses, level) / count[i] == doctest::Approx(numbers_of(vasicek, std::string("ES") + name)[i]).epsilon(1e-9));
            CHECK(limit_value_at_risk(probability[i], correlation[i], level) ==
                  doctest::Approx(numbers_of(vasicek, std::string("VaR") + name + "_inf")[i]).epsilon(1e-12));
            CHECK(limit_expected_shortfall(probability[i], correlation[i], level) ==
                  doctest::Approx(numbers_of(vasicek, std::string("ES") + name + "_inf")[i]).epsilon(1e-9));
        }
        CHECK(tranche_loss(losses, 0, 0.03) == doctest::Approx(numbers_of(vasicek, "EL_tranche_0_0.03")[i]).epsilon(1e-9));
        CHECK(tranche_loss(losses, 0.03, 0.07) == doctest::Approx(numbers_of(vasicek, "EL_tranche_0.03_0.07")[i]).epsilon(1e-9));
        CHECK(tranche_loss(losses, 0.07, 1) == doctest::Approx(numbers_of(vasicek, "EL_tranche_0.07_1.0")[i]).epsilon(1e-9));
    }
    CreditRiskPlus portfolio{.default_probabilities = numbers_of(credit, "pd"), .sector_variance = numbers_of(credit, "sector_variance")[0]};
    for (const double exposure : numbers_of(credit, "exposures")) portfolio.exposures.push_back(static_cast<std::uint32_t>(exposure));
    const std::vector<double> losses = loss_distribution(portfolio, 4000);
    double mean = 0;
    for (std::size_t i = 0; i < losses.size(); ++i) mean += losses[i] * static_cast<double>(i);
    CHECK(losses[0] == doctest::Approx(numbers_of(credit, "p0")[0]).epsilon(1e-13));
    CHECK(mean == doctest::Approx(34.771).epsilon(1e-10));
    CHECK(value_at_risk(losses, 0.99) == 168);
    CHECK(value_at_risk(losses, 0.999) == 249);
}

TEST_CASE("scenarios find the exact figures of a pool within half a percent") {
    const std::vector<Obligor> obligors(2000, Obligor{.exposure = 1, .default_probability = 0.02, .loading = std::sqrt(0.15)});
    const RiskReport report = simulate(obligors, {}, {.seed = 9, .scenarios = 100'000, .levels = {0.95, 0.99, 0.999}});
    const std::vector<double> exact = default_counts({2000, 0.02, 0.15});
    CHECK(report.mean == doctest::Approx(report.expected_loss).epsilon(0.002));
    for (const RiskLevel& row : report.levels) {
        CHECK(row.value_at_risk == doctest::Approx(static_cast<double>(value_at_risk(exact, row.level))).epsilon(0.01));
        CHECK(row.expected_shortfall == doctest::Approx(expected_shortfall(exact, row.level)).epsilon(0.01));
    }
}

TEST_CASE("the fast way and the naive twin see the same portfolio") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Random random(seed);
        const std::vector<Obligor> obligors = random_obligors(random, 300, 3);
        const FactorModel model = factors_of(3, 0.4);
        const RiskSettings settings{.seed = seed, .scenarios = 20'000, .levels = {0.9, 0.99}};
        const RiskReport fast = simulate(obligors, model, settings), naive = simulate_naive(obligors, model, settings);
        CHECK_MESSAGE(fast.mean == doctest::Approx(naive.mean).epsilon(0.03), "seed ", seed);
        CHECK_MESSAGE(fast.deviation == doctest::Approx(naive.deviation).epsilon(0.05), "seed ", seed);
        for (std::size_t i = 0; i < 2; ++i)
            CHECK_MESSAGE(fast.levels[i].value_at_risk == doctest::Approx(naive.levels[i].value_at_risk).epsilon(0.06), "seed ", seed);
    }
}

TEST_CASE("losses stay within the exposure, contributions add up, threads change nothing, more risk never loses less") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Random random(seed);
        std::vector<Obligor> obligors = random_obligors(random, 1 + random.below(60), 2);
        const FactorModel model = factors_of(2, 0.3);
        RiskSettings settings{.seed = seed, .scenarios = 2000};
        const RiskReport alone = simulate(obligors, model, settings);
        settings.threads = 3;
        const RiskReport together = simulate(obligors, model, settings);
        CHECK(alone.losses == together.losses);
        CHECK(alone.losses.front() >= 0);
        CHECK(alone.losses.back() <= alone.exposure * (1 + 1e-12));
        CHECK(std::accumulate(alone.contributions.begin(), alone.contributions.end(), 0.0) == doctest::Approx(alone.levels.back().expected_shortfall));
        for (std::size_t i = 1; i < alone.levels.size(); ++i) CHECK(alone.levels[i].value_at_risk >= alone.levels[i - 1].value_at_risk);
        for (const RiskLevel& row : alone.levels) CHECK(row.expected_shortfall >= row.value_at_risk * (1 - 1e-12));
        obligors[0].default_probability = std::min(1.0, obligors[0].default_probability + 0.1);
        CHECK(simulate(obligors, model, settings).expected_loss >= alone.expected_loss);
    }
}

TEST_CASE("what cannot be computed is refused") {
    const Obligor sound{.exposure = 1, .default_probability = 0.1, .loading = 0.3};
    CHECK(check({}, {}, {}).flaw == RiskFlaw::no_obligors);
    for (Obligor wrong : {Obligor{.exposure = -1}, Obligor{.default_probability = 1.1}, Obligor{.loss_given_default = std::nan("")}, Obligor{.loading = 1}}) {
        const RiskFault fault = check({sound, wrong}, {}, {});
        CHECK(fault.flaw == RiskFlaw::number_out_of_range);
        CHECK(fault.obligor == 1);
    }
    Obligor stray = sound;
    stray.sector = 4;
    CHECK(check({stray}, {}, {}).flaw == RiskFlaw::sector_unknown);
    CHECK(check({sound}, {2, {1, 1.2, 1.2, 1}}, {}).flaw == RiskFlaw::not_positive_definite);
    CHECK(check({sound}, {}, {.levels = {1}}).flaw == RiskFlaw::level_out_of_range);
    // Certain and impossible defaults are sound.
    Obligor certain = sound, never = sound;
    certain.default_probability = 1;
    never.default_probability = 0;
    const RiskReport report = simulate({certain, never}, {}, {.scenarios = 500});
    CHECK(report.losses.front() == doctest::Approx(1));
    CHECK(report.losses.back() == doctest::Approx(1));
    CHECK(capital_requirement({.default_probability = 1, .loss_given_default = 0.45}) == 0);
}

} // namespace greenbank::finance
