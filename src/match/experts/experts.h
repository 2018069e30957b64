// experts.h — who can advise on a need, and who has an interest in it.
#pragma once

#include "match/experts/records.h"
#include "match/match.h"

namespace greenbank::match {

struct ExpertFacts {
    library::Expert expert;
    bool interested = false;
};

/// `names_all`: exclusions are named, not only counted.
ExpertMatchList expert_matches(const Moment& moment, const library::Need& need, const std::vector<ExpertFacts>& experts,
    const std::optional<std::string>& language_needed, std::size_t top, bool names_all, Date today, Language language);

std::vector<Endpoint> expert_match_endpoints(Matcher& matcher);

} // namespace greenbank::match
