// reverse.cpp — rules first; what they leave is graded.
#include "match/engine/reverse.h"

#include <algorithm>

#include "match/engine/judge.h"

namespace greenbank::match {

Ranking rank_wishes(const Candidate& candidate, std::span<const Wish* const> wishes, const Weights& weights, std::size_t top) {
    Ranking ranking{.considered = wishes.size()};
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        bool excluded = false;
        for (std::size_t rule = 0; rule < rule_count; ++rule) {
            if (judge(static_cast<Rule>(rule), candidate, *wishes[i], weights).passed) continue;
            ++ranking.excluded_by[rule];
            excluded = true;
        }
        if (excluded) {
            ++ranking.excluded;
            continue;
        }
        std::int32_t score = 0;
        for (std::size_t k = 0; k < criterion_count; ++k) score += judge(static_cast<Criterion>(k), candidate, *wishes[i], weights).contribution;
        ranking.best.push_back({i, score});
    }
    const auto better = [](const Ranked& a, const Ranked& b) { return a.score != b.score ? a.score > b.score : a.candidate < b.candidate; };
    const std::size_t kept = std::min(top, ranking.best.size());
    std::partial_sort(ranking.best.begin(), ranking.best.begin() + static_cast<std::ptrdiff_t>(kept), ranking.best.end(), better);
    ranking.best.resize(kept);
    return ranking;
}

} // namespace greenbank::match
