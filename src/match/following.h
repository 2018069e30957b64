// following.h — keeps a matcher in step with the store.
#pragma once

#include "match/match.h"

namespace greenbank::match {

/// Published technologies are put, others erased; a thesaurus that was edited lets all be read again while questions are answered
/// by the one before.
Following following(Matcher& matcher);

} // namespace greenbank::match
