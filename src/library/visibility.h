// visibility.h — the one rule of who sees an entry at all: what is published everybody does, anything else its owner and the bank.
// As a question about one entry, as a condition of SQL, and as tokens of the search index. What of an entry is seen: disclosure.h.
#pragma once

#include "library/library.h"

namespace greenbank::library {

/// SQL: seen by everybody.
inline constexpr std::string_view is_public = "state = 'published'";

inline bool seen_by_all(State state) { return state == State::published; }

/// SQL: seen by the caller; its parameters are added. `owner_column` is empty where nobody owns, as of experts and policies.
std::string seen_by(const Caller& caller, std::string_view owner_column, std::vector<Value>& parameters);

/// The token of the search index whose holders find the entry.
std::string token_of(State state, const std::optional<Id<Organisation>>& owner);
/// The tokens that the caller holds.
Result<std::vector<std::string>> tokens_of(Transaction& transaction, const Caller& caller);

} // namespace greenbank::library
