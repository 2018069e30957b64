// seen.h — what callers may see of what is matched.
#pragma once

#include "api/api.h"
#include "library/records.h"

namespace greenbank::match {

/// The need, all of one's own, else its teaser; who may not see it is told that there is none.
Result<library::Need> need_seen(Transaction& transaction, const Caller& caller, const Id<library::Need>& id);
/// A technology in the same way: matching goes by what everybody may see of it.
Result<library::Technology> technology_seen(Transaction& transaction, const Caller& caller, const Id<library::Technology>& id);
/// Published needs of the caller's own organisation that hide something from others.
Result<std::vector<library::Need>> own_needs(Transaction& transaction, const Caller& caller);

/// The names of the few organisations that an answer shows.
class Names {
public:
    Result<std::optional<Text>> of(Transaction& transaction, const std::optional<Id<library::Organisation>>& organisation);

private:
    std::map<std::string, Text> known_;
};

} // namespace greenbank::match
