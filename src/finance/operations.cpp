// operations.cpp — who acts, and what organisations are called.
#include "finance/operations.h"

namespace greenbank::finance {

Result<Id<parties::Organisation>> acting_organisation(const Caller& caller) {
    if (caller.actor.organisation.empty())
        return Error{Failure::forbidden, "organisation.none", "You do not act for an organisation; choose or join one first."};
    return Id<parties::Organisation>(caller.actor.organisation);
}

Result<Text> name_of_organisation(Transaction& transaction, const Id<parties::Organisation>& id) { return TRY(transaction.get(id)).name; }

} // namespace greenbank::finance
