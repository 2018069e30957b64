// reverse.h — the other way round: which needs a technology answers. The judgement of a pair is the same, so both directions give
// a pair the same score.
#pragma once

#include <span>

#include "match/engine/match.h"

namespace greenbank::match {

/// The `top` best wishes that exclude this candidate by no rule; a wish that comes earlier wins a tie. Places are places in `wishes`.
Ranking rank_wishes(const Candidate& candidate, std::span<const Wish* const> wishes, const Weights& weights, std::size_t top);

} // namespace greenbank::match
