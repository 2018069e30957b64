// versions.cpp — keeping, listing and comparing versions.
#include "library/versions.h"

#include "library/assessment/experts.h"
#include "library/engine/difference.h"
#include "library/thesaurus/thesaurus.h"
#include "library/version_operations.h"
#include "json/value_tree.h"

namespace greenbank::library {

Record describe(const EntryVersion*) {
    return {"entry_version", "An entry as it was after a change.",
        {
            field<&EntryVersion::id>("id", "Id.", {.read_only = true}),
            field<&EntryVersion::kind>("kind", "technology, need, capital_offer or expert.", {.read_only = true}),
            field<&EntryVersion::entry>("entry", "Which entry.", {.read_only = true}),
            field<&EntryVersion::number>("number", "Which version; it goes up with every change.", {.read_only = true, .sort = true}),
            field<&EntryVersion::title>("title", "What it was called.", {.read_only = true}),
            field<&EntryVersion::at>("at", "When.", {.read_only = true}),
            field<&EntryVersion::person>("person", "Who; only its own organisation and the bank see this.", {.read_only = true}),
            field<&EntryVersion::person_name>("person_name", "That person's name.", {.read_only = true}),
            field<&EntryVersion::organisation>("organisation", "The organisation that person acted for.", {.read_only = true}),
            field<&EntryVersion::state>("state", "The state it had then.", {.read_only = true, .filter = true}),
            field<&EntryVersion::action>(
                "action", "What was done: create, update, publish, withdraw, delete, import, undo; found: it was there before.", {.read_only = true}),
            field<&EntryVersion::reason>("reason", "Why, where somebody said it.", {.read_only = true}),
            field<&EntryVersion::content>("content", "All of it, as JSON.", {.max = 10'000'000, .read_only = true, .secret = true}),
            field<&EntryVersion::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

Record describe(const DifferenceItem*) {
    return {"difference_item", "What changed at one place.",
        {field<&DifferenceItem::path>("path", "Where: a JSON pointer. The index of a removed entry counts in the list before, any other in the list after."),
            field<&DifferenceItem::before>("before", "JSON of what was there; absent: nothing.", {.max = 10'000'000}),
            field<&DifferenceItem::after>("after", "JSON of what is there; absent: nothing.", {.max = 10'000'000})}};
}

Record describe(const DifferenceView*) {
    return {"difference_view", "What leads from one version to another.",
        {field<&DifferenceView::from>("from", "The one version."), field<&DifferenceView::to>("to", "The other."),
            field<&DifferenceView::changes>("changes", "Every change.", {.max = 10'000})}};
}

namespace {

EntryVersion version_of(const Caller& caller, const EntryFace& entry) {
    return {.id = caller.new_id<EntryVersion>(),
        .kind = entry.kind,
        .entry = entry.id,
        .number = entry.number,
        .title = entry.title,
        .at = entry.updated_at,
        .state = entry.state,
        .action = "found",
        .content = entry.content,
        .sample = entry.sample};
}

Result<Done> insert(Transaction& transaction, const EntryVersion& version) {
    // The change itself is in the audit trail; its copy here need not be.
    const bool captured = std::exchange(transaction.capture_changes, false);
    auto inserted = transaction.insert(version);
    transaction.capture_changes = captured;
    return inserted;
}

Result<bool> is_kept(Transaction& transaction, const EntryFace& entry) {
    return !TRY(transaction.query("SELECT id FROM entry_version WHERE entry = $1 AND number = $2", {entry.id, entry.number})).empty();
}

void hide_people(EntryVersion& version) {
    version.person.clear();
    version.person_name.clear();
    version.organisation.clear();
    version.reason.reset();
}

Error no_such_version(std::int64_t number) {
    return {Failure::not_found, "library.no_version", "There is no version {number} of this entry.", {{"number", std::to_string(number)}}};
}

} // namespace

/// An expert's past is for the bank and the expert.
template <> Result<VersionReader> reader_of(Transaction& transaction, const Caller& caller, const Id<Expert>& id) {
    VersionReader reader{.kind = "expert", .id = id.text, .current = {}, .all = true};
    const auto expert = TRY(transaction.find_one<Expert>("id = $1", {id.text}));
    if (expert) reader.current = face_of(*expert);
    const bool kept = expert || !TRY(transaction.query("SELECT id FROM entry_version WHERE entry = $1 AND kind = $2", {reader.id, reader.kind})).empty();
    if (kept && (expert ? knows_all(caller, *expert) : caller.actor.may(assess_entries))) return reader;
    if (expert && expert->state == State::published)
        return Error{Failure::forbidden, "expert.past", "Only the bank and the expert see the past of this entry."};
    return unseen(transaction, caller, record_of<Expert>(), id.text, reader.current ? &*reader.current : nullptr);
}

/// A concept's past is for librarians; others see what was in force.
template <> Result<VersionReader> reader_of(Transaction& transaction, const Caller& caller, const Id<ThesaurusConcept>& id) {
    VersionReader reader{.kind = std::string(record_of<ThesaurusConcept>().name), .id = id.text, .current = {}, .all = caller.actor.may(edit_thesaurus)};
    const auto entry = TRY(transaction.find_one<ThesaurusConcept>("id = $1", {id.text}));
    if (entry) reader.current = face_of(*entry);
    if (entry && (reader.all || entry->state == State::published)) return reader;
    return unseen(transaction, caller, record_of<ThesaurusConcept>(), id.text, reader.current ? &*reader.current : nullptr);
}

Result<std::int64_t> last_number(Transaction& transaction, const VersionReader& reader) {
    if (reader.current) return reader.current->number;
    return as_integer(TRY(transaction.query("SELECT MAX(number) FROM entry_version WHERE entry = $1", {reader.id})).single());
}

EntryFace face_of(const Record& record, const void* entry) {
    const auto at = [&](std::string_view name) {
        const Field* field = record.find(name);
        require(field != nullptr, "an entry that is kept in versions has the usual fields");
        return field->get(entry);
    };
    EntryFace face{.kind = std::string(record.name),
        .id = static_cast<const AnyId*>(at("id"))->text,
        .number = *static_cast<const std::int64_t*>(at("version")),
        .title = *static_cast<const Text*>(at(record.find("title") ? "title" : "name")),
        .state = *static_cast<const State*>(at("state")),
        .updated_at = *static_cast<const Time*>(at("updated_at")),
        .sample = *static_cast<const bool*>(at("sample")),
        .content = {}};
    write_json(face.content, record, entry);
    return face;
}

Result<Done> keep_found(Transaction& transaction, const Caller& caller, const EntryFace& stored) {
    if (TRY(is_kept(transaction, stored))) return Done{};
    return insert(transaction, version_of(caller, stored));
}

Result<Done> keep_version(
    Transaction& transaction, const Caller& caller, const EntryFace& entry, std::string_view action, const std::optional<std::string>& reason) {
    EntryVersion version = version_of(caller, entry);
    version.at = caller.now;
    version.action = action;
    version.reason = reason;
    version.person = caller.actor.person;
    version.organisation = caller.actor.organisation;
    version.person_name = as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person})).single());
    return insert(transaction, version);
}

Result<Done> delete_versions(Transaction& transaction, const Caller& caller, const EntryFace& stored) {
    if (stored.state == State::draft) {
        TRY(transaction.execute("DELETE FROM entry_version WHERE entry = $1", {stored.id}));
        return Done{};
    }
    TRY(keep_found(transaction, caller, stored));
    EntryFace deleted = stored;
    ++deleted.number;
    return keep_version(transaction, caller, deleted, "delete");
}

Error unseen(Transaction& transaction, const Caller& caller, const Record& record, const std::string& id, const EntryFace* stored) {
    if (stored && stored->state != State::withdrawn) return not_found(record, id);
    const std::vector<Value> of_entry = {id, std::string(record.name)};
    const auto last = transaction.find_one<EntryVersion>("entry = $1 AND kind = $2 ORDER BY number DESC LIMIT 1", of_entry);
    const auto found = transaction.find_one<EntryVersion>("entry = $1 AND kind = $2 AND action = 'withdraw' ORDER BY number DESC LIMIT 1", of_entry);
    if (!last || !found) return last ? found.error() : last.error();
    if (!stored && (!last.value() || last.value()->state != State::withdrawn)) return not_found(record, id);
    const std::optional<EntryVersion>& withdrawal = found.value();
    const Text& title = stored ? stored->title : last.value()->title;
    const Time at = withdrawal ? withdrawal->at : stored ? stored->updated_at : last.value()->at;
    std::vector<Parameter> tombstone = {{"title", title.best(caller.language)}, {"date", to_text(date_of(at))}};
    if (!withdrawal || !withdrawal->reason) return {Failure::gone, "library.withdrawn", "“{title}” was withdrawn on {date}.", std::move(tombstone)};
    tombstone.push_back({"reason", *withdrawal->reason});
    return {Failure::gone, "library.withdrawn_because", "“{title}” was withdrawn on {date}: {reason}", std::move(tombstone)};
}

Result<Page<EntryVersion>> version_page(Transaction& transaction, const Caller& caller, const VersionReader& reader, ListOf<EntryVersion> list) {
    if (!list.sort) {
        list.sort = record_of<EntryVersion>().find("number");
        list.descending = true;
    }
    Page<EntryVersion> page = TRY(list_page<EntryVersion>(transaction, caller, list, reader.all ? "" : "state = 'published'"));
    const auto fits = [&](const ListRequest::Filter& filter) {
        return filter.field->name != "state" || filter.value.find(name_of(reader.current->state)) != std::string::npos;
    };
    if (reader.current && list.cursor.empty() && (reader.all || reader.current->state == State::published) &&
        std::all_of(list.filters.begin(), list.filters.end(), fits) && !TRY(is_kept(transaction, *reader.current))) {
        page.items.insert(list.descending ? page.items.begin() : page.items.end(), version_of(caller, *reader.current));
        ++page.total;
    }
    if (!reader.all)
        for (EntryVersion& version : page.items) hide_people(version);
    return page;
}

Result<std::string> version_content(Transaction& transaction, const VersionReader& reader, std::int64_t number) {
    const auto fit = [&](std::string content) -> Result<std::string> { return reader.show ? reader.show(std::move(content)) : content; };
    if (reader.current && reader.current->number == number) return fit(reader.current->content);
    const auto version = TRY(transaction.find_one<EntryVersion>("entry = $1 AND number = $2", {reader.id, number}));
    if (!version || (!reader.all && version->state != State::published)) return no_such_version(number);
    return fit(version->content);
}

Result<DifferenceView> version_difference(Transaction& transaction, const VersionReader& reader, std::int64_t from, std::int64_t to) {
    const auto tree_of = [&](std::int64_t number) -> Result<ValueTree> {
        ValueTree tree = TRY(read_value_tree(TRY(version_content(transaction, reader, number))));
        // They differ in every version and say nothing.
        std::erase_if(tree.members, [](const auto& member) { return member.first == "version" || member.first == "updated_at"; });
        return tree;
    };
    const ValueTree before = TRY(tree_of(from)), after = TRY(tree_of(to));
    DifferenceView view{from, to, {}};
    for (const Difference& one : difference(before, after)) {
        DifferenceItem item{one.path, {}, {}};
        if (one.before) item.before = to_json(*one.before);
        if (one.after) item.after = to_json(*one.after);
        view.changes.push_back(std::move(item));
    }
    return view;
}

std::vector<Endpoint> version_endpoints() {
    return {
        // clang-format off
        {"technology_version_list", Method::get, "/technologies/{entry}/versions", "The versions of a technology, newest first.", Mode::read, open_to_all, call(version_list<Technology>)},
        {"technology_version_get", Method::get, "/technologies/{id}/versions/{number}", "A technology as it was.", Mode::read, open_to_all, call(version_get<Technology>)},
        {"technology_version_compare", Method::get, "/technologies/{id}/difference", "What differs between two versions of a technology.", Mode::read, open_to_all, call(version_compare<Technology>)},
        {"need_version_list", Method::get, "/needs/{entry}/versions", "The versions of a need, newest first.", Mode::read, open_to_all, call(version_list<Need>)},
        {"need_version_get", Method::get, "/needs/{id}/versions/{number}", "A need as it was.", Mode::read, open_to_all, call(version_get<Need>)},
        {"need_version_compare", Method::get, "/needs/{id}/difference", "What differs between two versions of a need.", Mode::read, open_to_all, call(version_compare<Need>)},
        {"capital_offer_version_list", Method::get, "/capital-offers/{entry}/versions", "The versions of a capital offer, newest first.", Mode::read, open_to_all, call(version_list<CapitalOffer>)},
        {"capital_offer_version_get", Method::get, "/capital-offers/{id}/versions/{number}", "A capital offer as it was.", Mode::read, open_to_all, call(version_get<CapitalOffer>)},
        {"capital_offer_version_compare", Method::get, "/capital-offers/{id}/difference", "What differs between two versions of a capital offer.", Mode::read, open_to_all, call(version_compare<CapitalOffer>)},
        {"expert_version_list", Method::get, "/experts/{entry}/versions", "The versions of an expert's entry, newest first.", Mode::read, signed_in, call(version_list<Expert>)},
        {"expert_version_get", Method::get, "/experts/{id}/versions/{number}", "An expert's entry as it was.", Mode::read, signed_in, call(version_get<Expert>)},
        {"expert_version_compare", Method::get, "/experts/{id}/difference", "What differs between two versions of an expert's entry.", Mode::read, signed_in, call(version_compare<Expert>)},
        {"concept_version_list", Method::get, "/concepts/{entry}/versions", "The versions of a concept, newest first.", Mode::read, open_to_all, call(version_list<ThesaurusConcept>)},
        {"concept_version_get", Method::get, "/concepts/{id}/versions/{number}", "A concept as it was.", Mode::read, open_to_all, call(version_get<ThesaurusConcept>)},
        {"concept_version_compare", Method::get, "/concepts/{id}/difference", "What differs between two versions of a concept.", Mode::read, open_to_all, call(version_compare<ThesaurusConcept>)},
        // clang-format on
    };
}

} // namespace greenbank::library
