// operations.cpp — what somebody is called.
#include "energy/watch/operations.h"

namespace greenbank::energy {

std::string name_of_person(Transaction& transaction, const Caller& caller) {
    auto found = transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person});
    return found ? as_text(found.value().single()) : std::string();
}

} // namespace greenbank::energy
