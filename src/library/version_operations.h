// version_operations.h — the endpoints of an entry's past, the same for every kind of entry: list, one version, what differs.
#pragma once

#include "library/entries.h"
#include "json/json.h"

namespace greenbank::library {

Result<std::int64_t> last_number(Transaction& transaction, const VersionReader& reader);

/// Names one version of an entry.
template <class T> struct VersionKey {
    Id<T> id;
    std::int64_t number = 1;
};
template <class T> Record describe(const VersionKey<T>*) {
    static const std::string name = std::string(record_of<T>().name) + "_version_key";
    return {name, "Names one version of an entry.",
        {field<&VersionKey<T>::id>("id", "The entry's id."), field<&VersionKey<T>::number>("number", "Which version.", {.min = 1})}};
}

template <class T> struct DifferenceRequest {
    Id<T> id;
    std::optional<std::int64_t> from, to;
};
template <class T> Record describe(const DifferenceRequest<T>*) {
    static const std::string name = std::string(record_of<T>().name) + "_difference_request";
    return {name, "Two versions to compare.",
        {field<&DifferenceRequest<T>::id>("id", "The entry's id."),
            field<&DifferenceRequest<T>::from>("from", "The one version; without it, the one before the other.", {.min = 1}),
            field<&DifferenceRequest<T>::to>("to", "The other version; without it, the last one.", {.min = 1})}};
}

/// An old version shows nothing that is hidden today, nor what was hidden when it was made.
template <class T>
std::function<Result<std::string>(std::string)> as_shown(Transaction& transaction, const Caller& caller, std::vector<FieldStage> hidden_now) {
    return [&transaction, &caller, hidden_now = std::move(hidden_now)](std::string content) -> Result<std::string> {
        T then{};
        // Not validated: what was right then need not be right by today's vocabularies.
        TRY(read_json_value(content, TypeOf<T>::type, &then, {.accept_read_only = true, .stored = true}));
        then = TRY(shown(transaction, caller, std::move(then), hidden_now));
        content.clear();
        write_json(content, record_of<T>(), &then);
        return content;
    };
}

/// What the caller may see of the entry's past; refused as the entry itself would be.
template <class T> Result<VersionReader> reader_of(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    VersionReader reader{.kind = std::string(record_of<T>().name), .id = id.text, .current = {}, .all = caller.actor.may(manage_library)};
    if (const auto entry = TRY(transaction.find_one<T>("id = $1", {id.text}))) {
        TRY(entry_seen(transaction, caller, Key<T>{id}));
        reader.current = face_of(*entry);
        reader.all = reader.all || acts_for(caller, owner_of(*entry));
        reader.show = as_shown<T>(transaction, caller, entry->disclosure);
        return reader;
    }
    const bool kept = !TRY(transaction.query("SELECT id FROM entry_version WHERE entry = $1 AND kind = $2", {reader.id, reader.kind})).empty();
    if (!reader.all || !kept) return unseen(transaction, caller, record_of<T>(), id.text, nullptr);
    reader.show = as_shown<T>(transaction, caller, {});
    return reader;
}

template <class T> Result<Page<EntryVersion>> version_list(Transaction& transaction, const Caller& caller, const ListOf<EntryVersion>& list) {
    const auto entry = std::find_if(list.filters.begin(), list.filters.end(), [](const ListRequest::Filter& one) { return one.field->name == "entry"; });
    require(entry != list.filters.end(), "a list of versions names its entry in the path");
    return version_page(transaction, caller, TRY(reader_of(transaction, caller, Id<T>(entry->value))), list);
}

template <class T> Result<T> version_get(Transaction& transaction, const Caller& caller, const VersionKey<T>& key) {
    const std::string content = TRY(version_content(transaction, TRY(reader_of(transaction, caller, key.id)), key.number));
    T entry{};
    // Not validated: what was right then need not be right by today's vocabularies.
    TRY(read_json_value(content, TypeOf<T>::type, &entry, {.accept_read_only = true, .stored = true}));
    return entry;
}

template <class T> Result<DifferenceView> version_compare(Transaction& transaction, const Caller& caller, const DifferenceRequest<T>& request) {
    const VersionReader reader = TRY(reader_of(transaction, caller, request.id));
    const std::int64_t to = request.to.value_or(TRY(last_number(transaction, reader)));
    return version_difference(transaction, reader, request.from.value_or(std::max<std::int64_t>(to - 1, 1)), to);
}

} // namespace greenbank::library
