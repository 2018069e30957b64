// capital.h — which money a project or a need may ask for: the records into the engine, and its findings into sentences.
#pragma once

#include "match/capital/records.h"
#include "match/match.h"

namespace greenbank::match {

CapitalCandidate to_candidate(const library::CapitalOffer& offer);

/// What looks for money, with what one adds; every wrong word is a problem of its own.
struct CapitalSeeker {
    Text title;
    CapitalWish wish;
    CapitalAsked asked;
};
Result<CapitalSeeker> seeker_of(const projects::Project& project, const CapitalTerms& terms);
Result<CapitalSeeker> seeker_of(const library::Need& need, const CapitalTerms& terms);

/// `offers` as the caller may see them.
CapitalMatchList capital_matches(const Judging& judging, const CapitalSeeker& seeker, const std::vector<library::CapitalOffer>& offers, Language language);

std::vector<Endpoint> capital_endpoints(Matcher& matcher);

} // namespace greenbank::match
