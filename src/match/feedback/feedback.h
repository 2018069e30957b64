// feedback.h — what became of matches, weights learned from it, and their adoption by a person.
#pragma once

#include "match/feedback/records.h"
#include "match/match.h"

namespace greenbank::match {

/// Say what became of a match: for the own organisation, or for the bank.
inline constexpr Right give_feedback{"match.feedback"};
/// Adopt or reject editions of the weights.
inline constexpr Right decide_weights{"match.weights"};

/// The latest outcome of each pair that weights can learn from, with the grades of then (or, where they are not kept, of now).
std::vector<Observation> observations_of(const Moment& moment, const std::vector<MatchFeedback>& oldest_first);

/// The edition of the program with these weights of the criteria.
WeightsEdition edition_with(const WeightsEdition& base, std::string name, const std::vector<CriterionWeight>& criteria);
CriterionWeights weights_of(const std::vector<CriterionWeight>& criteria);
std::vector<CriterionWeight> rows_of(const CriterionWeights& weights);

/// What other weights would do to the best ten of every open need.
void compare(const Moment& moment, const CriterionWeights& other, Date today, WeightsReport& report);

/// The edition in force: the adopted one on top of `base`, or `base`.
Result<WeightsEdition> edition_in_force(Transaction& transaction, const WeightsEdition& base);

std::vector<Endpoint> feedback_endpoints(Matcher& matcher);
std::vector<Endpoint> weights_endpoints(Matcher& matcher);

} // namespace greenbank::match
