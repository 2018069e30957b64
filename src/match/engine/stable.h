// stable.h — many-to-many matching by deferred acceptance (Gale and Shapley 1962; Roth 1984): in what comes out no two that are
// apart would both rather have each other. Of all such matchings it is the best for every participant of the proposing side.
// Pure: ties are broken by one lottery for everybody, out of a seed; without a seed by id.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "kernel/result.h"

namespace greenbank::match {

struct StableChoice {
    std::size_t with = 0;   // place on the other side
    std::int64_t worth = 0; // higher is better; equal ones are a tie
};

/// Whoever is not among the choices is not acceptable. Quotas are met by the best choices, each for itself (responsive).
struct StableParticipant {
    std::string id; // unique on its side
    std::size_t quota = 1;
    std::vector<StableChoice> choices;
};

struct StableMarket {
    std::vector<StableParticipant> proposing, receiving;
};

using StablePair = std::pair<std::size_t, std::size_t>; // proposing, receiving

struct StableMatching {
    std::vector<StablePair> pairs; // sorted
    std::size_t proposals = 0;
    bool operator==(const StableMatching&) const = default;
};

/// Every choice names somebody of the other side, once.
Result<Done> check(const StableMarket& market);

/// `market` must have passed check(). Seed 0: ties by id, the smaller first.
StableMatching match_stably(const StableMarket& market, std::uint64_t seed = 0);

/// Pairs that would rather have each other than what they have, as the worths say it (a tie is no reason to leave).
std::vector<StablePair> blocking_pairs(const StableMarket& market, const std::vector<StablePair>& pairs);

} // namespace greenbank::match
