// parts.h — what all parts of an event have in common: seen with their event, changed by those who run it, always of the same event.
#pragma once

#include "events/forum/events.h"

namespace greenbank::events {

template <class T> struct PartKey { Id<T> id; };
template <class T> Record describe(const PartKey<T>*) {
    static const std::string name = std::string(record_of<T>().name) + "_key";
    return {name, "Names a part of an event.", {field<&PartKey<T>::id>("id", "Its id.")}};
}

/// Each part has, beside its description, two rules:
///   Result<Done> check_part(Transaction&, const Caller&, const Event&, T&)   before it is stored; may fill in what follows from other records
///   Result<Done> before_removal(Transaction&, const T&)                      refuses while something depends on it, or takes that along
template <class T> Result<T> part_get(Transaction& transaction, const Caller& caller, const PartKey<T>& key) {
    T part = TRY(transaction.get(key.id));
    if (!event_seen(transaction, caller, part.event)) return not_found(record_of<T>(), key.id.text);
    return part;
}

template <class T> Result<Page<T>> part_list(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_events(caller, "event", parameters);
    return list_page<T>(transaction, caller, list, where, std::move(parameters));
}

template <class T> Result<Reply<T>> part_create(Transaction& transaction, const Caller& caller, const T& draft) {
    const Event event = TRY(event_to_change(transaction, caller, draft.event));
    T part = draft;
    part.id = caller.new_id<T>();
    part.created_at = caller.now;
    if constexpr (requires { part.updated_at; }) part.updated_at = caller.now;
    TRY(check_part(transaction, caller, event, part));
    TRY(transaction.insert(part));
    return Reply<T>{.body = std::move(part), .status = 201};
}

template <class T> Result<T> part_update(Transaction& transaction, const Caller& caller, const Patch<T>& patch) {
    const T before = TRY(part_get<T>(transaction, caller, {patch.id}));
    const Event event = TRY(event_to_change(transaction, caller, before.event));
    T part = TRY(apply_patch(transaction, caller, patch));
    if (part.event != before.event) return invalid({{"event", "event.part_moves", "A part stays with its event; enter it anew at the other one."}});
    if constexpr (requires { part.updated_at; }) part.updated_at = caller.now;
    TRY(check_part(transaction, caller, event, part));
    TRY(transaction.update(part));
    return part;
}

template <class T> Result<Done> part_delete(Transaction& transaction, const Caller& caller, const PartKey<T>& key) {
    const T part = TRY(part_get<T>(transaction, caller, key));
    TRY(event_to_change(transaction, caller, part.event));
    TRY(before_removal(transaction, part));
    return transaction.erase(part.id);
}

/// A problem at `field` where the record named is not there or belongs to another event.
template <class T> Result<Done> check_of_event(Transaction& transaction, const Event& event, const Id<T>& id, const std::string& field, Problems& problems) {
    const auto found = TRY(transaction.find_one<T>("id = $1", {id.text}));
    if (!found || found->event != event.id) problems.push_back({field, "event.other", "Nothing with this id belongs to the event."});
    return Done{};
}
template <class T>
Result<Done> check_of_event(Transaction& transaction, const Event& event, const std::optional<Id<T>>& id, const std::string& field, Problems& problems) {
    return id ? check_of_event(transaction, event, *id, field, problems) : Done{};
}
/// A problem where the record named is not there.
template <class T> Result<Done> check_there(Transaction& transaction, const std::optional<Id<T>>& id, const std::string& field, Problems& problems) {
    if (id && !TRY(transaction.find_one<T>("id = $1", {id->text}))) problems.push_back({field, "event.unknown_id", "Nothing has this id."});
    return Done{};
}
inline Result<Done> none_of(Problems problems) {
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

/// Failure::conflict "event.in_use" while a row of the table names it.
Result<Done> check_unused(Transaction& transaction, std::string_view table, std::string_view column, const std::string& id);

struct PartWords {
    std::string_view path, list, get, create, update, remove;
};

/// The five rows of a part; names come from its record.
template <class T> void add_part(std::vector<Endpoint>& rows, const PartWords& words) {
    static const std::string name(record_of<T>().name), list = name + "_list", get = name + "_get", create = name + "_create", update = name + "_update",
                                                        remove = name + "_delete", one = std::string(words.path) + "/{id}";
    rows.push_back({list, Method::get, words.path, words.list, Mode::read, open_to_all, call(part_list<T>)});
    rows.push_back({get, Method::get, one, words.get, Mode::read, open_to_all, call(part_get<T>)});
    rows.push_back({create, Method::post, words.path, words.create, Mode::write, organise_events, call(part_create<T>)});
    rows.push_back({update, Method::patch, one, words.update, Mode::write, organise_events, call(part_update<T>)});
    rows.push_back({remove, Method::remove, one, words.remove, Mode::write, organise_events, call(part_delete<T>)});
}

std::vector<Endpoint> part_endpoints();

} // namespace greenbank::events
