// following.h — keeps a matcher in step with the store.
#pragma once

#include "match/match.h"
#include "store/store.h"

namespace greenbank::match {

/// Puts every published technology.
Result<Done> fill(Store& store, Matcher& matcher);
/// Reads all technologies again by the thesaurus in force; questions are answered meanwhile.
Result<Done> relearn(Store& store, Matcher& matcher);
/// Puts or erases the technologies that were announced; the same announcement may come twice.
Result<Done> follow(Store& store, Matcher& matcher, const std::vector<Announcement>& changes);

} // namespace greenbank::match
