// entries.h — what technologies, needs and capital offers have in common: drafts, publishing, who may see and change.
#pragma once

#include "api/call.h"
#include "library/disclosure/disclosure.h"
#include "library/library.h"
#include "library/publishing/tombstones.h"
#include "library/versions.h"
#include "library/visibility.h"

namespace greenbank::library {

inline constexpr Right write_entries{"library.write"};
inline constexpr Right publish_entries{"library.publish"};
inline constexpr Right manage_library{"bank.library"};

/// Names one entry of the library.
template <class T> struct Key { Id<T> id; };
Record describe(const Key<Technology>*);
Record describe(const Key<Need>*);
Record describe(const Key<CapitalOffer>*);

/// Takes an entry out of sight.
template <class T> struct Withdrawal {
    Id<T> id;
    std::optional<std::string> reason;
};
Record describe(const Withdrawal<Technology>*);
Record describe(const Withdrawal<Need>*);
Record describe(const Withdrawal<CapitalOffer>*);

/// The entry as it is stored, if the caller may see it at all; only for what goes through shown() or stays inside.
template <class T> Result<T> entry_seen(Transaction& transaction, const Caller& caller, const Key<T>& key) {
    std::optional<T> entry = TRY(transaction.find_one<T>("id = $1", {key.id.text}));
    if (!entry) return unseen(transaction, caller, record_of<T>(), key.id.text, nullptr);
    if (may_see(caller, entry->state, owner_of(*entry))) return std::move(*entry);
    const EntryFace face = face_of(*entry);
    return unseen(transaction, caller, record_of<T>(), key.id.text, &face);
}

template <class T> Result<T> entry_get(Transaction& transaction, const Caller& caller, const Key<T>& key) {
    return shown(transaction, caller, TRY(entry_seen(transaction, caller, key)));
}

template <class T> Result<Page<T>> entry_list(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    std::vector<Value> parameters;
    std::string where = seen_by(caller, owner_column<T>, parameters);
    where += hiding_condition(record_of<T>(), owner_column<T>, list, caller, parameters);
    Page<T> page = TRY(list_page<T>(transaction, caller, list, where, std::move(parameters)));
    for (T& entry : page.items) entry = listed(caller, std::move(entry));
    return page;
}

template <class T> Result<Reply<T>> entry_create(Transaction& transaction, const Caller& caller, const T& draft) {
    if (caller.actor.organisation.empty())
        return Error{Failure::forbidden, "organisation.none", "You do not act for an organisation; choose or join one first."};
    T entry = draft;
    entry.id = caller.new_id<T>();
    owner_of(entry) = Id<Organisation>(caller.actor.organisation);
    entry.state = State::draft;
    entry.created_at = entry.updated_at = caller.now;
    TRY(insert_entry(transaction, entry));
    TRY(keep_version(transaction, caller, face_of(entry), "create"));
    return Reply<T>{.body = std::move(entry), .status = 201};
}

/// Those who see an entry but do not own it learn that they may not; others learn nothing.
template <class T> Result<T> entry_to_change(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T entry = TRY(entry_seen(transaction, caller, Key<T>{id}));
    const auto& owner = owner_of(entry);
    if (!caller.actor.may(manage_library) && (!owner || owner->text != caller.actor.organisation))
        return Error{Failure::forbidden, "library.not_yours", "This entry belongs to another organisation."};
    return entry;
}
/// Content changes at home only: a copy that differed from it would no longer be one.
template <class T> Result<T> own_entry_to_change(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T entry = TRY(entry_to_change(transaction, caller, id));
    if (entry.provenance)
        return Error{Failure::conflict, "library.from_peer", "This entry has its home at {peer}; it is changed there and harvested from there.",
            {{"peer", entry.provenance->peer_name}}};
    return entry;
}

template <class T> Result<T> entry_update(Transaction& transaction, const Caller& caller, const Patch<T>& patch) {
    const T before = TRY(own_entry_to_change(transaction, caller, patch.id));
    TRY(keep_found(transaction, caller, face_of(before)));
    T entry = TRY(apply_patch(transaction, caller, patch));
    TRY(check_blind_change(transaction, caller, before, entry));
    if constexpr (std::is_same_v<T, Technology>) TRY(check_holder_hidden(transaction, entry.id.text, entry.disclosure));
    entry.updated_at = caller.now;
    TRY(update_entry(transaction, entry));
    TRY(keep_version(transaction, caller, face_of(entry), "update"));
    return shown(transaction, caller, std::move(entry));
}

template <class T>
Result<T> entry_into(Transaction& transaction, const Caller& caller, T entry, State state, std::string_view action, const std::optional<std::string>& reason) {
    if (entry.state == state) return Error{Failure::conflict, "library.same_state", "The entry is already in this state."};
    if (state == State::withdrawn && entry.state == State::draft)
        return Error{Failure::conflict, "library.draft", "A draft was never published; delete it instead."};
    TRY(keep_found(transaction, caller, face_of(entry)));
    entry.state = state;
    entry.updated_at = caller.now;
    TRY(update_entry(transaction, entry));
    TRY(keep_version(transaction, caller, face_of(entry), action, reason));
    if constexpr (has_stages<T>) return shown(transaction, caller, std::move(entry));
    else return entry;
}
template <class T> Result<T> entry_publish(Transaction& transaction, const Caller& caller, const Key<T>& key) {
    return entry_into<T>(transaction, caller, TRY(entry_to_change(transaction, caller, key.id)), State::published, "publish", {});
}
template <class T> Result<T> entry_withdraw(Transaction& transaction, const Caller& caller, const Withdrawal<T>& withdrawal) {
    return entry_into<T>(transaction, caller, TRY(entry_to_change(transaction, caller, withdrawal.id)), State::withdrawn, "withdraw", withdrawal.reason);
}

template <class T> Result<Done> entry_delete(Transaction& transaction, const Caller& caller, const Key<T>& key) {
    const T entry = TRY(own_entry_to_change(transaction, caller, key.id));
    if (entry.state == State::published)
        return Error{Failure::conflict, "library.published", "A published entry is withdrawn, not deleted, so that links to it still say what it was."};
    TRY(delete_versions(transaction, caller, face_of(entry)));
    if constexpr (has_stages<T>) TRY(transaction.execute("DELETE FROM entry_document WHERE entry = $1", {entry.id.text}));
    if (entry.state == State::withdrawn) TRY(leave_tombstone(transaction, record_of<T>(), entry.id.text, caller.now));
    return erase_entry(transaction, entry);
}

} // namespace greenbank::library
