// versions.h — every version of an entry is kept: who made it when, what was done, and the whole content.
// Entries that came in without a version (sample bank, bulk work) get theirs just before the first change.
#pragma once

#include <functional>

#include "api/call.h"
#include "library/library.h"

namespace greenbank::library {

struct EntryVersion {
    static constexpr std::string_view id_prefix = "version";
    Id<EntryVersion> id;
    std::string kind;  // technology, need, capital_offer, expert
    std::string entry; // its id
    std::int64_t number = 1;
    Text title;
    Time at;
    std::string person, person_name, organisation; // empty: not known
    State state = State::draft;
    std::string action; // create, update, publish, withdraw, delete, import, undo; found: it was there before versions were kept
    std::optional<std::string> reason;
    std::string content; // JSON
    bool sample = false;
};
Record describe(const EntryVersion*);

/// What versions need to know of an entry of any kind.
struct EntryFace {
    std::string kind, id;
    std::int64_t number = 1;
    Text title;
    State state = State::draft;
    Time updated_at;
    bool sample = false;
    std::string content;
};
/// Of a record that has id, version, title or name, state, updated_at and sample.
EntryFace face_of(const Record& record, const void* entry);
template <class T> EntryFace face_of(const T& entry) { return face_of(record_of<T>(), &entry); }

/// Before a change: the stored state has its version, from now on if not before.
Result<Done> keep_found(Transaction& transaction, const Caller& caller, const EntryFace& stored);
/// After a change, in the same transaction.
Result<Done> keep_version(
    Transaction& transaction, const Caller& caller, const EntryFace& entry, std::string_view action, const std::optional<std::string>& reason = {});
/// An entry is about to be deleted: a draft's versions go with it, those of a withdrawn one stay behind its tombstone.
Result<Done> delete_versions(Transaction& transaction, const Caller& caller, const EntryFace& stored);

/// Why a caller gets no entry: Failure::gone with a tombstone (title, date, reason) where it was withdrawn, else not found.
/// `stored` is the entry as it is, null where it is not in the store.
Error unseen(Transaction& transaction, const Caller& caller, const Record& record, const std::string& id, const EntryFace* stored);

/// A change of one place, as JSON texts; one absent: added or removed.
struct DifferenceItem {
    std::string path;
    std::optional<std::string> before, after;
};
Record describe(const DifferenceItem*);
struct DifferenceView {
    std::int64_t from = 1, to = 1;
    std::vector<DifferenceItem> changes;
};
Record describe(const DifferenceView*);

/// Who may see what of an entry's past: those who own it all, others what was published of what still is.
struct VersionReader {
    std::string kind, id;
    std::optional<EntryFace> current; // absent: deleted
    bool all = false;
    /// A version's content as this caller may see it; notes what is not for everybody.
    std::function<Result<std::string>(std::string content)> show = {};
};
Result<Page<EntryVersion>> version_page(Transaction& transaction, const Caller& caller, const VersionReader& reader, ListOf<EntryVersion> list);
/// The content of that version as JSON.
Result<std::string> version_content(Transaction& transaction, const VersionReader& reader, std::int64_t number);
Result<DifferenceView> version_difference(Transaction& transaction, const VersionReader& reader, std::int64_t from, std::int64_t to);

std::vector<Endpoint> version_endpoints();

} // namespace greenbank::library
