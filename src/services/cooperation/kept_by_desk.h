// kept_by_desk.h — records that the desk of the bank keeps and everybody reads once they are published.
#pragma once

#include "services/operations.h"

namespace greenbank::services {

template <class T> Result<T> desk_record(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T record = TRY(transaction.get(id));
    if (record.state == State::draft && !caller.actor.may(run_desk)) return not_found(record_of<T>(), id.text);
    return record;
}
template <class T> Result<Page<T>> desk_list(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    return list_page<T>(transaction, caller, list, caller.actor.may(run_desk) ? "1 = 1" : "state = 'published'");
}
template <class T> Result<Reply<T>> desk_create(Transaction& transaction, const Caller& caller, const T& draft) { return keep_new(transaction, caller, draft); }
template <class T> Result<T> desk_update(Transaction& transaction, const Caller& caller, const Patch<T>& patch) {
    return keep_change(transaction, caller, patch);
}
template <class T> Result<T> desk_publish(Transaction& transaction, const Caller& caller, const ById<T>& key) {
    return keep_state(transaction, caller, TRY(transaction.get(key.id)), State::published);
}
template <class T> Result<T> desk_withdraw(Transaction& transaction, const Caller& caller, const ById<T>& key) {
    return keep_state(transaction, caller, TRY(transaction.get(key.id)), State::withdrawn);
}
template <class T> Result<Done> desk_delete(Transaction& transaction, const Caller&, const ById<T>& key) {
    return erase_unpublished(transaction, TRY(transaction.get(key.id)));
}

} // namespace greenbank::services
