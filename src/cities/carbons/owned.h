// owned.h — what scenarios, targets and assessments share: who sees them, who changes them, create, change and delete.
#pragma once

#include "api/list.h"
#include "cities/carbons/carbons.h"
#include "cities/territories/territories.h"
#include "library/assessment/steps.h"

namespace greenbank::cities {

/// Of a published territory everybody sees them; of others their own people. `also` is one more condition for organisation $1.
template <class T> Result<Page<T>> owned_page(Transaction& transaction, const Caller& caller, const ListOf<T>& list, const std::string& also = "1 = 0") {
    const std::string open = "territory IN (SELECT id FROM territory WHERE state = 'published')";
    if (caller.actor.may(run_cities)) return list_page<T>(transaction, caller, list);
    if (caller.actor.organisation.empty()) return list_page<T>(transaction, caller, list, open);
    return list_page<T>(transaction, caller, list, "(" + open + " OR owner = $1 OR " + also + ")", {caller.actor.organisation});
}

template <class T> Result<T> owned_seen(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    auto one = TRY(transaction.find_one<T>("id = $1", {id.text}));
    if (!one) return not_found(record_of<T>(), id.text);
    if (owns(caller, one->owner)) return std::move(*one);
    if constexpr (requires { one->responsible; })
        if (!caller.actor.organisation.empty() && one->responsible.text == caller.actor.organisation) return std::move(*one);
    const auto territory = TRY(transaction.find_one<Territory>("id = $1", {one->territory.text}));
    if (!territory || territory->state != TerritoryState::published) return not_found(record_of<T>(), id.text);
    return std::move(*one);
}
template <class T> Result<T> owned_to_change(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T one = TRY(owned_seen(transaction, caller, id));
    if (!owns(caller, one.owner)) return Error{Failure::forbidden, "territory.not_yours", "This territory is kept by another organisation."};
    return one;
}

/// `check` looks at what the record refers to.
template <class T, class Check> Result<Reply<T>> owned_create(Transaction& transaction, const Caller& caller, const T& draft, Check check) {
    const Territory territory = TRY(territory_to_change(transaction, caller, draft.territory));
    T one = draft;
    one.id = caller.new_id<T>();
    one.owner = territory.owner;
    one.created_at = one.updated_at = caller.now;
    TRY(check(one));
    TRY(transaction.insert(one));
    return Reply<T>{.body = std::move(one), .status = 201};
}
template <class T, class Check> Result<T> owned_update(Transaction& transaction, const Caller& caller, const Patch<T>& patch, Check check) {
    const T before = TRY(owned_to_change(transaction, caller, patch.id));
    T one = TRY(apply_patch(transaction, caller, patch));
    if (one.territory != before.territory) one.owner = TRY(territory_to_change(transaction, caller, one.territory)).owner;
    TRY(check(one));
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}
template <class T> Result<Done> owned_delete(Transaction& transaction, const Caller& caller, const CarbonKey<T>& key) {
    return transaction.erase(TRY(owned_to_change(transaction, caller, key.id)).id);
}

} // namespace greenbank::cities
