// operations.h — the rights of watching and steering, whose a site is, and what the operations of these folders share.
#pragma once

#include "api/call.h"
#include "energy/sites/records.h"

namespace greenbank::energy {

/// Rules, plans, formulas, reports of one's own sites; alarms acknowledged and shelved.
inline constexpr Right write_watch{"energy.watch"};
/// Orders to plants, and approving those of others.
inline constexpr Right order_plant{"energy.control"};

/// Names one record.
template <class T> struct KeyOf { Id<T> id; };
template <class T> Record describe(const KeyOf<T>*) {
    static const std::string name = std::string(T::id_prefix) + "_named";
    return {name, "Names one record.", {field<&KeyOf<T>::id>("id", "Its id.")}};
}

Result<Id<Organisation>> watching_organisation(const Caller& caller);
/// Own ones; all for the bank's staff.
inline bool sees(const Caller& caller, const Id<Organisation>& owner) {
    return caller.actor.of_the_bank || (!owner.empty() && caller.actor.organisation == owner.text);
}
/// The record of somebody else is not there.
template <class T> Result<T> seen(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T record = TRY(transaction.get(id));
    if (!sees(caller, record.organisation)) return not_found(record_of<T>(), id.text);
    return record;
}
/// Changed by one's own people only.
template <class T> Result<T> own(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T record = TRY(seen(transaction, caller, id));
    if (record.organisation.text != caller.actor.organisation)
        return Error{Failure::forbidden, "energy.not_yours", "This belongs to another organisation; only its own people may change it."};
    return record;
}
template <class T> Result<Page<T>> list_seen(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    if (caller.actor.of_the_bank) return list_page<T>(transaction, caller, list);
    return list_page<T>(transaction, caller, list, "$1 <> '' AND organisation = $1", {caller.actor.organisation});
}
std::string name_of_person(Transaction& transaction, const Caller& caller);

} // namespace greenbank::energy
