// readiness.cpp — remarks on a claimed level.
#include "library/engine/readiness.h"

#include <algorithm>

namespace greenbank::library {

ReadinessJudgement judge_readiness(std::int64_t claimed, std::span<const std::int64_t> levels) {
    ReadinessJudgement judgement;
    const auto is_shown = [&](std::int64_t level) { return std::find(levels.begin(), levels.end(), level) != levels.end(); };
    for (std::int64_t level = 1; level <= claimed; ++level)
        if (!is_shown(level)) judgement.without.push_back(level);
    if (levels.empty()) {
        judgement.remarks = {ReadinessRemark::nothing_shown};
        return judgement;
    }
    judgement.shown = *std::max_element(levels.begin(), levels.end());
    if (!is_shown(claimed)) judgement.remarks.push_back(ReadinessRemark::level_not_shown);
    if (judgement.shown < claimed) judgement.remarks.push_back(ReadinessRemark::shown_below);
    if (judgement.shown > claimed) judgement.remarks.push_back(ReadinessRemark::shown_above);
    return judgement;
}

} // namespace greenbank::library
