// measures.cpp — sums over sorted scores.
#include "finance/engine/scoring/measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenbank::finance {

namespace {

std::vector<std::uint32_t> by_score(const std::vector<double>& score) {
    std::vector<std::uint32_t> order(score.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return score[a] < score[b]; });
    return order;
}

/// Chance of at least `count` successes among independent trials.
double chance_of_at_least(const std::vector<double>& probabilities, std::size_t count) {
    if (count == 0) return 1;
    if (probabilities.size() > 2000) { // the normal distribution with half a step of correction
        double mean = 0, variance = 0;
        for (const double p : probabilities) {
            mean += p;
            variance += p * (1 - p);
        }
        return 0.5 * std::erfc((static_cast<double>(count) - 0.5 - mean) / std::sqrt(2 * std::max(variance, 1e-300)));
    }
    std::vector<double> below(count, 0); // exactly so many
    below[0] = 1;
    for (const double p : probabilities)
        for (std::size_t k = count; k-- > 0;) below[k] = below[k] * (1 - p) + (k > 0 ? below[k - 1] * p : 0);
    return std::clamp(1 - std::accumulate(below.begin(), below.end(), 0.0), 0.0, 1.0);
}

} // namespace

double area_under_curve(const std::vector<double>& score, const std::vector<std::uint8_t>& bad) {
    const std::vector<std::uint32_t> order = by_score(score);
    double area = 0, goods = 0, bads = 0;
    for (std::size_t i = 0; i < order.size();) {
        double tied_good = 0, tied_bad = 0;
        std::size_t end = i;
        for (; end < order.size() && score[order[end]] == score[order[i]]; ++end) (bad[order[end]] != 0 ? tied_bad : tied_good) += 1;
        area += tied_bad * (goods + tied_good / 2);
        goods += tied_good;
        bads += tied_bad;
        i = end;
    }
    return goods > 0 && bads > 0 ? area / (goods * bads) : 0.5;
}

double area_under_curve_naive(const std::vector<double>& score, const std::vector<std::uint8_t>& bad) {
    double won = 0, pairs = 0;
    for (std::size_t i = 0; i < score.size(); ++i)
        for (std::size_t j = 0; j < score.size(); ++j)
            if (bad[i] != 0 && bad[j] == 0) {
                won += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                pairs += 1;
            }
    return pairs > 0 ? won / pairs : 0.5;
}

double brier_score(const std::vector<double>& probability, const std::vector<std::uint8_t>& bad) {
    double sum = 0;
    for (std::size_t i = 0; i < bad.size(); ++i) sum += (probability[i] - bad[i]) * (probability[i] - bad[i]);
    return bad.empty() ? 0 : sum / static_cast<double>(bad.size());
}

double class_distance(const std::vector<double>& score, const std::vector<std::uint8_t>& bad) {
    const std::vector<std::uint32_t> order = by_score(score);
    const auto all_bad = static_cast<double>(std::count(bad.begin(), bad.end(), 1)), all_good = static_cast<double>(bad.size()) - all_bad;
    if (all_bad == 0 || all_good == 0) return 0;
    double goods = 0, bads = 0, most = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        (bad[order[i]] != 0 ? bads : goods) += 1;
        if (i + 1 == order.size() || score[order[i + 1]] != score[order[i]]) most = std::max(most, std::abs(goods / all_good - bads / all_bad));
    }
    return most;
}

double Calibration::apply(double log_odds) const { return 1 / (1 + std::exp(-(slope * log_odds + intercept))); }

Calibration calibrate(const std::vector<double>& log_odds, const std::vector<std::uint8_t>& bad) {
    Calibration fit;
    for (int step = 0; step < 50; ++step) {
        double g0 = 0, g1 = 0, h00 = 1e-9, h01 = 0, h11 = 1e-9;
        for (std::size_t i = 0; i < bad.size(); ++i) {
            const double p = fit.apply(log_odds[i]), weight = p * (1 - p), error = bad[i] - p;
            g0 += error;
            g1 += error * log_odds[i];
            h00 += weight;
            h01 += weight * log_odds[i];
            h11 += weight * log_odds[i] * log_odds[i];
        }
        const double determinant = h00 * h11 - h01 * h01;
        if (!(determinant > 1e-12)) break;
        const double by_intercept = std::clamp((h11 * g0 - h01 * g1) / determinant, -2.0, 2.0),
                     by_slope = std::clamp((h00 * g1 - h01 * g0) / determinant, -1.0, 1.0);
        fit.intercept += by_intercept;
        fit.slope += by_slope;
        if (std::abs(by_intercept) + std::abs(by_slope) < 1e-12) break;
    }
    if (!(fit.slope > 0) || !std::isfinite(fit.intercept)) return {}; // a score that tells nothing is left as it is
    return fit;
}

double population_stability(const std::vector<double>& before, const std::vector<double>& now) {
    const double all_before = std::accumulate(before.begin(), before.end(), 0.0), all_now = std::accumulate(now.begin(), now.end(), 0.0);
    if (all_before <= 0 || all_now <= 0) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double a = std::max(before[i] / all_before, 1e-4), b = std::max(now[i] / all_now, 1e-4); // an empty bin counts as one in ten thousand
        sum += (b - a) * std::log(b / a);
    }
    return sum;
}

std::int64_t MasterScale::grade(double probability) const {
    double bound = first;
    for (std::int64_t grade = 1; grade < grades; ++grade, bound *= ratio)
        if (probability <= bound) return grade;
    return grades;
}

std::vector<GradeTest> back_test(const std::vector<double>& probability, const std::vector<std::uint8_t>& bad, const MasterScale& scale) {
    std::vector<std::vector<double>> members(static_cast<std::size_t>(scale.grades) + 1);
    std::vector<std::size_t> bads(static_cast<std::size_t>(scale.grades) + 1, 0);
    for (std::size_t i = 0; i < bad.size(); ++i) {
        const auto grade = static_cast<std::size_t>(scale.grade(probability[i]));
        members[grade].push_back(probability[i]);
        bads[grade] += bad[i];
    }
    std::vector<GradeTest> tests;
    for (std::size_t grade = 1; grade < members.size(); ++grade) {
        if (members[grade].empty()) continue;
        const auto count = static_cast<double>(members[grade].size());
        tests.push_back({static_cast<std::int64_t>(grade), count, std::accumulate(members[grade].begin(), members[grade].end(), 0.0) / count,
            static_cast<double>(bads[grade]) / count, chance_of_at_least(members[grade], bads[grade])});
    }
    return tests;
}

} // namespace greenbank::finance
