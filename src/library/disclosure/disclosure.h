// disclosure.h — the one place where an entry is made fit for the eyes that will see it. Every way out of the library goes
// through teaser() (lists, search, matching, files, harvesters, search engines) or shown() (one entry opened by somebody).
#pragma once

#include "api/call.h"
#include "library/disclosure/disclosure_records.h"
#include "library/library.h"
#include "json/json.h"

namespace greenbank::library {

/// See what advisers of the bank may see of any entry.
inline constexpr Right advise_on_entries{"bank.adviser"};
/// Request, offer, sign and end agreements; admit others; attach documents.
inline constexpr Right disclose_entries{"library.disclose"};

inline std::optional<Id<Organisation>>& owner_of(Technology& technology) { return technology.holder; }
inline std::optional<Id<Organisation>>& owner_of(Need& need) { return need.owner; }
inline std::optional<Id<Organisation>>& owner_of(CapitalOffer& offer) { return offer.provider; }
template <class T> const std::optional<Id<Organisation>>& owner_of(const T& entry) { return owner_of(const_cast<T&>(entry)); }

template <class T> inline constexpr std::string_view owner_column = "";
template <> inline constexpr std::string_view owner_column<Technology> = "holder";
template <> inline constexpr std::string_view owner_column<Need> = "owner";
template <> inline constexpr std::string_view owner_column<CapitalOffer> = "provider";

/// Experts have no stages: what is private of them is the bank's and their own, see public_face().
template <class T> inline constexpr bool has_stages = false;
template <> inline constexpr bool has_stages<Technology> = true;
template <> inline constexpr bool has_stages<Need> = true;
template <> inline constexpr bool has_stages<CapitalOffer> = true;

/// Does the caller act for that organisation?
bool acts_for(const Caller& caller, const std::optional<Id<Organisation>>& owner);
/// The stage up to which the caller may see that entry today.
Result<Disclosure> stage_of(Transaction& transaction, const Caller& caller, const std::optional<Id<Organisation>>& owner, const std::string& entry);
template <class T> Result<Disclosure> stage_of(Transaction& transaction, const Caller& caller, const T& entry) {
    return stage_of(transaction, caller, owner_of(entry), entry.id.text);
}

/// The entry as that stage shows it; `also` are stages that hold beside the entry's own.
template <class T> T at_stage(T entry, Disclosure stage, const std::vector<FieldStage>& also = {}) {
    const std::vector<FieldStage> raised = stricter(entry.disclosure, also);
    mask(reference().disclosure, record_of<T>(), &entry, raised, stage);
    return entry;
}

/// What a list shows: all of one's own, the teaser of what belongs to others.
template <class T> T listed(const Caller& caller, T entry) {
    return acts_for(caller, owner_of(entry)) ? entry : at_stage(std::move(entry), Disclosure::public_);
}

/// Keeps, before the answer leaves, that the caller was shown `fields` of somebody else's entry.
struct Sighting {
    Id<Organisation> owner;
    std::string kind, entry;
    Text title;
    std::int64_t entry_version = 1;
    Disclosure stage = Disclosure::agreement;
    std::vector<std::string> fields;
};
void note_sighting(const Caller& caller, Sighting sighting);

/// What `caller` is shown of an entry that it may see at all; what is not for everybody is noted.
template <class T> Result<T> shown(Transaction& transaction, const Caller& caller, T entry, const std::vector<FieldStage>& also = {}) {
    const auto owner = owner_of(entry);
    if (acts_for(caller, owner)) return entry;
    const Disclosure stage = TRY(stage_of(transaction, caller, entry));
    const std::vector<FieldStage> raised = stricter(entry.disclosure, also);
    std::vector<std::string> fields = opened(reference().disclosure, record_of<T>(), &entry, raised, stage);
    if (!fields.empty() && owner)
        note_sighting(caller, {*owner, std::string(record_of<T>().name), entry.id.text, entry.title, entry.version, stage, std::move(fields)});
    mask(reference().disclosure, record_of<T>(), &entry, raised, stage);
    return entry;
}

/// SQL that leaves out of a list what a filter or an order would give away: entries of others that hide that very field.
/// Its parameters are added to `parameters`.
std::string hiding_condition(
    const Record& record, std::string_view owner_column, const ListRequest& list, const Caller& caller, std::vector<Value>& parameters);

/// What the audit trail keeps of a change: fields that can never be hidden, and the names of those of the rest that changed.
/// The trail is read by others than the owner and never rewritten, and what is open today may be hidden tomorrow; the content
/// is in the entry's versions.
void capture_change(Transaction& transaction, const Record& record, const std::string& id, const void* before, const void* after);

/// insert, update, erase with capture_change() instead of the store's own.
template <class T> Result<Done> insert_entry(Transaction& transaction, const T& entry) {
    if constexpr (!has_stages<T>) return transaction.insert(entry);
    else {
        const bool captured = std::exchange(transaction.capture_changes, false);
        auto done = transaction.insert(entry);
        transaction.capture_changes = captured;
        if (!done || !captured) return done;
        capture_change(transaction, record_of<T>(), entry.id.text, nullptr, &entry);
        return Done{};
    }
}
template <class T> Result<Done> update_entry(Transaction& transaction, T& entry) {
    if constexpr (!has_stages<T>) return transaction.update(entry);
    else {
        const T before = TRY(transaction.get(entry.id));
        const bool captured = std::exchange(transaction.capture_changes, false);
        auto done = transaction.update(entry);
        transaction.capture_changes = captured;
        if (!done || !captured) return done;
        capture_change(transaction, record_of<T>(), entry.id.text, &before, &entry);
        return Done{};
    }
}
template <class T> Result<Done> erase_entry(Transaction& transaction, const T& entry) {
    if constexpr (!has_stages<T>) return transaction.erase(entry.id);
    else {
        const bool captured = std::exchange(transaction.capture_changes, false);
        auto done = transaction.erase(entry.id);
        transaction.capture_changes = captured;
        if (!done || !captured) return done;
        capture_change(transaction, record_of<T>(), entry.id.text, &entry, nullptr);
        return Done{};
    }
}

/// A caller that is not the owner changes neither stages nor what it cannot see.
template <class T> Result<Done> check_blind_change(Transaction& transaction, const Caller& caller, const T& before, const T& after) {
    if constexpr (has_stages<T>) {
        if (acts_for(caller, owner_of(before))) return Done{};
        const auto json = [](const FieldStage& one) { return one.field + '\n' + one.item.value_or("") + '\n' + std::string(name_of(one.stage)); };
        if (!std::equal(before.disclosure.begin(), before.disclosure.end(), after.disclosure.begin(), after.disclosure.end(),
                [&](const FieldStage& one, const FieldStage& other) { return json(one) == json(other); }))
            return Error{Failure::forbidden, "disclosure.owner", "Only the owner of an entry says from which stage on a field is shown."};
        const Disclosure stage = TRY(stage_of(transaction, caller, before));
        const auto hidden = [&](T entry) {
            const T seen = at_stage(entry, stage);
            std::string all, left;
            for (const Field& field : record_of<T>().fields) {
                if (reference().disclosure.find(record_of<T>().name, field.name) == nullptr) continue;
                if (reference().disclosure.stage_of(record_of<T>().name, field.name, before.disclosure) <= stage) continue;
                all += field.name;
                if (const void* value = field.get(&entry)) write_json_value(all, *field.type, value);
                all += '\n';
            }
            return all;
        };
        if (hidden(before) != hidden(after)) return Error{Failure::forbidden, "disclosure.blind", "You cannot change what you may not see; ask the owner."};
    }
    return Done{};
}

/// One field of an entry and the stage from which on it is shown.
struct FieldView {
    std::string field;
    std::optional<std::string> item;
    Disclosure stage = Disclosure::public_;
    bool visible = true, movable = false, present = true;
};
/// An entry of any kind, as disclosure, agreements and documents know it.
struct AnyEntry {
    std::string kind, id;
    std::optional<Id<Organisation>> owner;
    Text title;
    std::int64_t version = 1;
    std::vector<FieldStage> raised;
    std::vector<FieldView> fields;
    bool sample = false;
    Disclosure stage = Disclosure::public_;       // the caller's
    Disclosure owner_stage = Disclosure::public_; // from which on the owner is named
};
std::vector<FieldView> field_views(const Record& record, const void* entry, const std::vector<FieldStage>& raised);

/// A kind of entry that takes part in agreements, admissions and documents. Other rooms add theirs when they make their slice.
struct DisclosedKind {
    std::string_view prefix; // of ids: "tech"
    /// Refused as the entry itself would be.
    std::function<Result<AnyEntry>(Transaction&, const Caller&, const std::string& id)> find;
};
void add_disclosed_kind(DisclosedKind kind);

/// What agreements and documents need to know of an entry of any kind; refused as the entry itself would be.
struct EntryOwner {
    std::string kind, id;
    std::optional<Id<Organisation>> owner;
    Text title;
    std::int64_t version = 1;
    Disclosure owner_stage = Disclosure::public_; // from which on the owner is named
};
Result<EntryOwner> entry_owner(Transaction& transaction, const Caller& caller, const std::string& id);

/// Sends a kept file that is not the caller's own; whoever calls this has found that the caller may have it.
Result<Response> send_kept(Store& store, const Caller& caller, const Id<KeptFile>& file, const std::string& name);

/// Failure::conflict where the catalogue already names who holds this technology.
Result<Done> check_holder_hidden(Transaction& transaction, const std::string& technology, const std::vector<FieldStage>& raised);
/// Failure::conflict where a technology that is to be declared or verified hides its holder.
Result<Done> check_holder_named(const Technology& technology);
/// Is the owner of an entry hidden from strangers?
bool hides_owner(const Record& record, std::string_view owner_column, const std::vector<FieldStage>& raised);

std::vector<Endpoint> disclosure_endpoints();
std::vector<Endpoint> agreement_endpoints();

} // namespace greenbank::library
