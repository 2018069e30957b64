// operations.cpp — for whom somebody acts, and what he is called.
#include "energy/watch/operations.h"

namespace greenbank::energy {

Result<Id<Organisation>> watching_organisation(const Caller& caller) {
    if (caller.actor.organisation.empty())
        return Error{Failure::forbidden, "organisation.none", "You do not act for an organisation; choose or join one first."};
    return Id<Organisation>(caller.actor.organisation);
}

std::string name_of_person(Transaction& transaction, const Caller& caller) {
    auto found = transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person});
    return found ? as_text(found.value().single()) : std::string();
}

} // namespace greenbank::energy
