// acting.cpp — for whom a caller enters what is new.
#include "parties/acting.h"

namespace greenbank::parties {

Result<Id<Organisation>> acting_organisation(const Caller& caller) {
    if (caller.actor.organisation.empty())
        return Error{Failure::forbidden, "organisation.none", "You do not act for an organisation; choose or join one first."};
    return Id<Organisation>(caller.actor.organisation);
}

} // namespace greenbank::parties
