// naive.h — the same answer by the plainest way: every candidate, every rule, every criterion. The catalogue must agree.
#pragma once

#include <span>

#include "match/engine/match.h"

namespace greenbank::match {

Ranking rank_naively(std::span<const Candidate* const> candidates, const Wish& wish, const Weights& weights, std::size_t top);
std::vector<Excluded> excluded_naively(std::span<const Candidate* const> candidates, const Wish& wish, const Weights& weights);

} // namespace greenbank::match
