// seeing.h — which side of an interest a caller is on, and what of it that side sees. Every way out goes through seen().
#pragma once

#include "deals/interest/records.h"
#include "deals/operations.h"

namespace greenbank::deals {

struct Side {
    bool party = false, owner = false, adviser = false, bank = false;
    bool none() const { return !party && !owner && !bank; }
    bool is(InterestPart part) const;
    MessageFrom from() const { return party ? MessageFrom::party : owner ? MessageFrom::owner : MessageFrom::adviser; }
};
/// The owner is on a side only once the interest was forwarded.
Side side_of(const Caller& caller, const Interest& interest);

/// SQL of the interests that a caller sees at all; its parameters are added.
std::string seen_interests(const Caller& caller, std::vector<Value>& parameters);
/// Failure::not_found for who is on no side.
Result<Interest> own_interest(Transaction& transaction, const Caller& caller, const Id<Interest>& id);
/// Without the names that this side does not know yet.
Result<Interest> seen(Transaction& transaction, const Caller& caller, Interest interest);
/// Is the owner's name kept from the interested party?
Result<bool> hides_owner(Transaction& transaction, const Caller& party, const Interest& interest);

/// Adds a problem for each trace of that organisation or its writer in the text.
Result<Done> check_anonymous(Transaction& transaction, const std::string& field, const std::string& text, const std::string& organisation,
    const std::string& person_name, Problems& problems);

/// The audit trail of one side is read by its own people: of an interest it keeps no name of the other side.
Result<Done> insert_interest(Transaction& transaction, const Interest& interest);
Result<Done> update_interest(Transaction& transaction, Interest& interest);

} // namespace greenbank::deals
