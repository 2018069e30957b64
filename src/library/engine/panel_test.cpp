// panel_test.cpp — results by hand, a naive twin, properties, and reasons not to judge.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "kernel/random.h"
#include "library/engine/panel.h"

namespace greenbank::library {
namespace {

bool close(double a, double b) { return std::fabs(a - b) <= 1e-9 * std::max({1.0, std::fabs(a), std::fabs(b)}); }

ScoringScale random_scale(Random& random) {
    ScoringScale scale;
    double sum = 0;
    for (std::uint64_t i = 1 + random.below(6); i > 0; --i) sum += scale.weights.emplace_back(0.1 + random.uniform());
    for (double& weight : scale.weights) weight /= sum;
    return scale;
}

std::vector<std::vector<double>> random_scores(Random& random, std::size_t indicators, std::size_t experts) {
    std::vector<std::vector<double>> scores(experts, std::vector<double>(indicators));
    for (auto& one : scores)
        for (double& score : one) score = static_cast<double>(random.below(101));
    return scores;
}

// ---- the naive twin: every figure by its definition, without sorting once for all

double ranked(const std::vector<double>& scores, std::size_t rank) { // the rank-th smallest, by counting
    for (const double one : scores) {
        std::size_t below = 0, equal = 0;
        for (const double other : scores) below += other < one, equal += other == one;
        if (below <= rank && rank < below + equal) return one;
    }
    return NAN;
}

double quantile_naively(const std::vector<double>& scores, double p) {
    const double place = p * static_cast<double>(scores.size() - 1);
    const double low = ranked(scores, static_cast<std::size_t>(std::floor(place))), high = ranked(scores, static_cast<std::size_t>(std::ceil(place)));
    return low + (place - std::floor(place)) * (high - low);
}

double deviation_naively(const std::vector<double>& scores) { // by all pairs: the mean square of differences is twice the variance
    if (scores.size() < 2) return 0;
    double sum = 0;
    for (const double a : scores)
        for (const double b : scores) sum += (a - b) * (a - b);
    const auto n = static_cast<double>(scores.size());
    return std::sqrt(sum / (2 * n * (n - 1)));
}

double trimmed_naively(std::vector<double> scores, std::size_t trim) {
    for (; trim > 0 && scores.size() > 2; --trim) {
        scores.erase(std::min_element(scores.begin(), scores.end()));
        scores.erase(std::max_element(scores.begin(), scores.end()));
    }
    double sum = 0;
    for (const double one : scores) sum += one;
    return sum / static_cast<double>(scores.size());
}

} // namespace

TEST_CASE("five experts by hand") {
    const Spread spread = spread_of({82, 40, 79, 81, 80}, 1);
    CHECK(spread.count == 5);
    CHECK(close(spread.mean, 72.4));
    CHECK(close(spread.trimmed_mean, 80));
    CHECK(close(spread.deviation, std::sqrt((9.6 * 9.6 + 32.4 * 32.4 + 6.6 * 6.6 + 8.6 * 8.6 + 7.6 * 7.6) / 4)));
    CHECK(spread.min == 40);
    CHECK(spread.lower_quartile == 79);
    CHECK(spread.median == 80);
    CHECK(spread.upper_quartile == 81);
    CHECK(spread.max == 82);
    CHECK(outliers(std::vector<double>{82, 40, 79, 81, 80}) == std::vector<std::size_t>{1});
    CHECK(outliers(std::vector<double>{0, 100, 0}).empty());
    CHECK(outliers(std::vector<double>{80, 80, 80, 80}).empty());
    CHECK(spread_of({}, 3) == Spread{});
    CHECK(spread_of({7}, 3).trimmed_mean == 7);
    CHECK(spread_of({1, 9}, 1).trimmed_mean == 5);
}

TEST_CASE("weights decide the total, and every indicator keeps its own spread") {
    const PanelResult result = panel_result({{0.3, 0.3, 0.2, 0.2}, 0, 100}, {{80, 60, 90, 70}, {60, 60, 50, 90}}, 0);
    REQUIRE(result.totals.size() == 2);
    CHECK(close(result.totals[0], 74));
    CHECK(close(result.totals[1], 64));
    CHECK(close(result.total.mean, 69));
    CHECK(result.indicators[1].deviation == 0);
    CHECK(result.indicators[2].min == 50);
}

TEST_CASE("a scoring system is sound or refused") {
    const auto code = [](ScoringScale scale) {
        const auto checked = check_scoring(scale);
        return checked ? std::string("ok") : checked.error().code;
    };
    CHECK(code({{0.3, 0.3, 0.2, 0.2}, 0, 100}) == "ok");
    CHECK(code({{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, 1, 5}) == "ok");
    CHECK(code({{}, 0, 100}) == "scoring.weights");
    CHECK(code({{0.5, 0.4}, 0, 100}) == "scoring.weights");
    CHECK(code({{1.5, -0.5}, 0, 100}) == "scoring.weights");
    CHECK(code({{NAN, 1}, 0, 100}) == "scoring.weights");
    CHECK(code({{1}, 5, 5}) == "scoring.scale");
}

TEST_CASE("the result agrees with its naive twin and keeps its promises") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const ScoringScale scale = random_scale(random);
        CHECK(check_scoring(scale));
        const std::size_t experts = 1 + random.below(12), trim = random.below(4);
        auto scores = random_scores(random, scale.weights.size(), experts);
        const PanelResult result = panel_result(scale, scores, trim);
        const Spread& total = result.total;
        CHECK(close(total.trimmed_mean, trimmed_naively(result.totals, trim)));
        CHECK(close(total.mean, trimmed_naively(result.totals, 0)));
        CHECK(close(total.deviation, deviation_naively(result.totals)));
        CHECK(close(total.lower_quartile, quantile_naively(result.totals, 0.25)));
        CHECK(close(total.median, quantile_naively(result.totals, 0.5)));
        CHECK(close(total.upper_quartile, quantile_naively(result.totals, 0.75)));

        CHECK((total.min <= total.lower_quartile && total.lower_quartile <= total.median && total.median <= total.upper_quartile &&
               total.upper_quartile <= total.max));
        CHECK((total.min <= total.mean && total.mean <= total.max && total.min <= total.trimmed_mean && total.trimmed_mean <= total.max));
        CHECK((total.min >= scale.scale_min - 1e-9 && total.max <= scale.scale_max + 1e-9));
        double of_means = 0; // the mean of totals is the total of means
        for (std::size_t k = 0; k < scale.weights.size(); ++k) of_means += scale.weights[k] * result.indicators[k].mean;
        CHECK(close(total.mean, of_means));
        for (const std::size_t one : result.outliers) CHECK((result.totals[one] < total.lower_quartile || result.totals[one] > total.upper_quartile));

        // Nobody's place at the table changes the result.
        std::vector<std::vector<double>> turned(scores.rbegin(), scores.rend());
        const PanelResult again = panel_result(scale, turned, trim);
        CHECK(close(again.total.mean, total.mean));
        CHECK(close(again.total.deviation, total.deviation));
        CHECK(again.total.median == total.median);
        CHECK(again.outliers.size() == result.outliers.size());
        // A better score never lowers the mean.
        auto& better = scores[random.below(experts)][random.below(scale.weights.size())];
        better = std::min(100.0, better + 5);
        CHECK(panel_result(scale, scores, trim).total.mean >= total.mean - 1e-9);
    }
}

TEST_CASE("who has an interest in an entry") {
    const auto check = [](std::string_view sentence, InterestFacts facts, std::vector<Interest> expected) {
        INFO(sentence);
        facts.owners = {"org_holder", "org_applicant"};
        facts.entered_by = "person_holder";
        CHECK(interests(facts) == expected);
    };
    check("a stranger", {"person_x", "org_x", {"org_y"}, {"org_z"}, {}, {}, false}, {});
    check("somebody without an account or organisation", {"", "", {}, {""}, {}, {}, false}, {});
    check("who entered it", {"person_holder", "", {}, {}, {}, {}, false}, {Interest::own_entry});
    check("of the holder's organisation", {"", "org_holder", {}, {}, {}, {}, false}, {Interest::same_organisation});
    check("a member of the applicant under another hat", {"person_x", "org_x", {"org_x", "org_applicant"}, {}, {}, {}, false}, {Interest::member});
    check("a declared interest", {"person_x", "org_x", {}, {"org_holder"}, {}, {}, false}, {Interest::declared});
    check("the expert's own word", {"person_x", "org_x", {}, {}, {}, {}, true}, {Interest::own_word});
    check("all at once", {"person_holder", "org_holder", {"org_holder"}, {"org_applicant"}, {}, {}, true},
        {Interest::own_entry, Interest::same_organisation, Interest::member, Interest::declared, Interest::own_word});
}

} // namespace greenbank::library
