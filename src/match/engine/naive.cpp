// naive.cpp — a double loop, and a sort.
#include "match/engine/naive.h"

#include <algorithm>

#include "match/engine/judge.h"

namespace greenbank::match {

Ranking rank_naively(std::span<const Candidate* const> candidates, const Wish& wish, const Weights& weights, std::size_t top) {
    Ranking ranking{.considered = candidates.size()};
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Explanation explanation = explain(*candidates[i], wish, weights);
        for (const RuleFinding& finding : explanation.rules)
            if (!finding.passed) ++ranking.excluded_by[static_cast<std::size_t>(finding.rule)];
        if (explanation.excluded) ++ranking.excluded;
        else ranking.best.push_back({i, explanation.score});
    }
    std::sort(ranking.best.begin(), ranking.best.end(),
        [&](const Ranked& a, const Ranked& b) { return a.score != b.score ? a.score > b.score : candidates[a.candidate]->id < candidates[b.candidate]->id; });
    if (ranking.best.size() > top) ranking.best.resize(top);
    return ranking;
}

std::vector<Excluded> excluded_naively(std::span<const Candidate* const> candidates, const Wish& wish, const Weights& weights) {
    std::vector<Excluded> list;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        for (const RuleFinding& finding : explain(*candidates[i], wish, weights).rules)
            if (!finding.passed) list.push_back({i, finding.rule});
    std::sort(list.begin(), list.end(), [&](const Excluded& a, const Excluded& b) {
        return a.candidate != b.candidate ? candidates[a.candidate]->id < candidates[b.candidate]->id : a.rule < b.rule;
    });
    return list;
}

} // namespace greenbank::match
