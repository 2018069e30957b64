// panel.cpp — a result out of scores, and reasons not to judge.
#include "library/engine/panel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenbank::library {

Result<Done> check_scoring(const ScoringScale& scale) {
    const bool sound = !scale.weights.empty() && std::all_of(scale.weights.begin(), scale.weights.end(), [](double one) { return one >= 0 && one <= 1; });
    if (!sound || std::fabs(std::accumulate(scale.weights.begin(), scale.weights.end(), 0.0) - 1) > 1e-9)
        return Error{Failure::invalid, "scoring.weights", "The weights of the indicators must be shares that sum to one."};
    if (!(scale.scale_min < scale.scale_max)) return Error{Failure::invalid, "scoring.scale", "The scale must rise from its lowest to its highest score."};
    return Done{};
}

double quantile(std::span<const double> sorted, double p) {
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= sorted.size()) return sorted.back();
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

Spread spread_of(std::vector<double> scores, std::size_t trim) {
    if (scores.empty()) return {};
    std::sort(scores.begin(), scores.end());
    const auto count = static_cast<double>(scores.size());
    Spread spread{.count = static_cast<std::int64_t>(scores.size()), .min = scores.front(), .max = scores.back()};
    // Rounding must not push a mean of equal scores past them.
    const auto mean_of = [](std::span<const double> part) {
        const double mean = std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(part.size());
        return std::clamp(mean, part.front(), part.back());
    };
    spread.mean = mean_of(scores);
    const std::size_t left_out = std::min(trim, (scores.size() - 1) / 2);
    spread.trimmed_mean = mean_of(std::span(scores).subspan(left_out, scores.size() - 2 * left_out));
    double squares = 0;
    for (const double one : scores) squares += (one - spread.mean) * (one - spread.mean);
    spread.deviation = scores.size() > 1 ? std::sqrt(squares / (count - 1)) : 0;
    spread.lower_quartile = quantile(scores, 0.25);
    spread.median = quantile(scores, 0.5);
    spread.upper_quartile = quantile(scores, 0.75);
    return spread;
}

std::vector<std::size_t> outliers(std::span<const double> scores) {
    std::vector<std::size_t> found;
    if (scores.size() < 4) return found;
    const Spread spread = spread_of({scores.begin(), scores.end()}, 0);
    const double reach = 1.5 * spread.interquartile_range();
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (scores[i] < spread.lower_quartile - reach || scores[i] > spread.upper_quartile + reach) found.push_back(i);
    return found;
}

PanelResult panel_result(const ScoringScale& scale, const std::vector<std::vector<double>>& scores, std::size_t trim) {
    PanelResult result;
    for (const std::vector<double>& one : scores) {
        require(one.size() == scale.weights.size(), "a score for every indicator");
        result.totals.push_back(std::inner_product(one.begin(), one.end(), scale.weights.begin(), 0.0));
    }
    result.total = spread_of(result.totals, trim);
    for (std::size_t k = 0; k < scale.weights.size(); ++k) {
        std::vector<double> column;
        for (const std::vector<double>& one : scores) column.push_back(one[k]);
        result.indicators.push_back(spread_of(std::move(column), trim));
    }
    result.outliers = outliers(result.totals);
    return result;
}

std::vector<Interest> interests(const InterestFacts& facts) {
    const auto owns = [&](const std::string& organisation) {
        return !organisation.empty() && std::find(facts.owners.begin(), facts.owners.end(), organisation) != facts.owners.end();
    };
    std::vector<Interest> found;
    if (!facts.person.empty() && facts.person == facts.entered_by) found.push_back(Interest::own_entry);
    if (owns(facts.organisation)) found.push_back(Interest::same_organisation);
    if (std::any_of(facts.memberships.begin(), facts.memberships.end(), owns)) found.push_back(Interest::member);
    if (std::any_of(facts.declared.begin(), facts.declared.end(), owns)) found.push_back(Interest::declared);
    if (facts.says_conflict) found.push_back(Interest::own_word);
    return found;
}

} // namespace greenbank::library
