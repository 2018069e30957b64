// disclosure.cpp — who stands at which stage, what is noted, and the endpoints that say so.
#include "library/disclosure/disclosure.h"

#include <filesystem>

#include <fmt/format.h>

#include "library/entries.h"

namespace greenbank::library {

bool acts_for(const Caller& caller, const std::optional<Id<Organisation>>& owner) {
    return owner && !owner->text.empty() && owner->text == caller.actor.organisation;
}

Result<Disclosure> stage_of(Transaction& transaction, const Caller& caller, const std::optional<Id<Organisation>>& owner, const std::string& entry) {
    if (acts_for(caller, owner)) return Disclosure::full;
    Disclosure stage = caller.actor.may(advise_on_entries) ? Disclosure::adviser : Disclosure::public_;
    if (!owner || owner->text.empty() || caller.actor.organisation.empty()) return stage;
    const Date today = date_of(caller.now);
    const std::vector<Value> between = {owner->text, caller.actor.organisation, entry};
    for (const DisclosureAgreement& agreement :
        TRY(transaction.find<DisclosureAgreement>("owner = $1 AND recipient = $2 AND (entry IS NULL OR entry = $3) AND state = 'signed'", between)))
        if (in_force(agreement.state, agreement.valid_from, agreement.valid_until, today)) stage = std::max(stage, Disclosure::agreement);
    for (const DisclosureGrant& grant :
        TRY(transaction.find<DisclosureGrant>("owner = $1 AND recipient = $2 AND (entry IS NULL OR entry = $3) AND ended_at IS NULL", between)))
        if (!grant.valid_until || today <= *grant.valid_until) stage = std::max(stage, grant.stage);
    return stage;
}

Technology teaser(Technology entry) { return at_stage(std::move(entry), Disclosure::public_); }
Need teaser(Need entry) { return at_stage(std::move(entry), Disclosure::public_); }
CapitalOffer teaser(CapitalOffer entry) { return at_stage(std::move(entry), Disclosure::public_); }
Need listed_need(const Caller& caller, Need entry) { return listed(caller, std::move(entry)); }

void note_sighting(const Caller& caller, Sighting sighting) {
    DisclosureRead read{.id = caller.new_id<DisclosureRead>(),
        .owner = std::move(sighting.owner),
        .kind = std::move(sighting.kind),
        .entry = std::move(sighting.entry),
        .title = std::move(sighting.title),
        .entry_version = sighting.entry_version,
        .person = caller.actor.person,
        .organisation = caller.actor.organisation,
        .stage = sighting.stage,
        .fields = std::move(sighting.fields),
        .at = caller.now};
    caller.afterwards.push_back([read = std::move(read)](Transaction& transaction) mutable -> Result<Done> {
        read.person_name = as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {read.person})).single());
        return transaction.insert(read);
    });
}

void capture_change(Transaction& transaction, const Record& record, const std::string& id, const void* before, const void* after) {
    const DisclosureLaw& law = reference().disclosure;
    const auto may_be_hidden = [&](const Field& field) {
        const FieldRule* rule = law.find(record.name, field.name);
        return rule && (rule->movable || !rule->follows.empty() || rule->stage > Disclosure::public_);
    };
    const auto value_of = [](const Field& field, const void* entry) {
        std::string json;
        if (const void* value = entry ? field.get(entry) : nullptr) write_json_value(json, *field.type, value);
        return json;
    };
    const auto json = [&](const void* entry, bool with_changed) {
        std::string text, changed;
        if (!entry) return text;
        for (const Field& field : record.fields) {
            if (may_be_hidden(field)) {
                if (with_changed && value_of(field, before) != value_of(field, after))
                    changed += fmt::format("{}\"{}\"", changed.empty() ? "" : ",", field.name);
                continue;
            }
            if (const std::string value = value_of(field, entry); !value.empty())
                text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", field.name, value);
        }
        return fmt::format("{{{},\"changed\":[{}]}}", text, changed);
    };
    transaction.capture({std::string(record.name), id, json(before, false), json(after, true)});
}

std::string hiding_condition(const Record& record, std::string_view owner, const ListRequest& list, const Caller& caller, std::vector<Value>& parameters) {
    std::vector<std::string_view> asked;
    for (const ListRequest::Filter& filter : list.filters) asked.push_back(filter.field->name);
    if (list.sort) asked.push_back(list.sort->name);
    std::string condition;
    for (const std::string_view name : asked) {
        const FieldRule* rule = reference().disclosure.find(record.name, name);
        if (!rule || (!rule->movable && rule->follows.empty() && rule->stage == Disclosure::public_)) continue;
        parameters.emplace_back(fmt::format("%\"{}\"%", rule->follows.empty() ? name : rule->follows));
        condition += fmt::format(" AND (CAST(disclosure AS TEXT) NOT LIKE ${}", parameters.size());
        if (!caller.actor.organisation.empty()) {
            parameters.emplace_back(caller.actor.organisation);
            condition += fmt::format(" OR {} = ${}", owner, parameters.size());
        }
        condition += ')';
    }
    return condition;
}

bool hides_owner(const Record& record, std::string_view owner, const std::vector<FieldStage>& raised) {
    return reference().disclosure.stage_of(record.name, owner, raised) > Disclosure::public_;
}

static Error holder_named() {
    return {Failure::conflict, "disclosure.holder_named",
        "The catalogue names who holds a technology that is declared for it or verified; the holder stays public."};
}

Result<Done> check_holder_hidden(Transaction& transaction, const std::string& technology, const std::vector<FieldStage>& raised) {
    if (!hides_owner(record_of<Technology>(), "holder", raised)) return Done{};
    const Rows named =
        TRY(transaction.query("SELECT id FROM admission WHERE technology = $1 UNION SELECT id FROM verification WHERE technology = $1 LIMIT 1", {technology}));
    if (named.empty()) return Done{};
    return holder_named();
}

Result<Done> check_holder_named(const Technology& technology) {
    if (hides_owner(record_of<Technology>(), "holder", technology.disclosure)) return holder_named();
    return Done{};
}

Result<Response> send_kept(Store& store, const Caller& caller, const Id<KeptFile>& file, const std::string& name) {
    const std::string path = (std::filesystem::temp_directory_path() / fmt::format("greenbank-document-{:016x}", caller.random.next())).string();
    TRY(spool_file(store, file, path));
    return file_response(path, name, "application/octet-stream");
}

Record describe(const FieldView*) {
    return {"disclosure_field", "From which stage on a field is shown.",
        {field<&FieldView::field>("field", "Which field."), field<&FieldView::item>("item", "Of figures and requirements: those of this indicator."),
            field<&FieldView::stage>("stage", "From which stage on."), field<&FieldView::visible>("visible", "Whether the caller sees it."),
            field<&FieldView::movable>("movable", "Whether the owner may raise its stage."),
            field<&FieldView::present>("present", "Whether there is anything to be seen.")}};
}

namespace {

/// Any kind of entry by its id.
struct EntryKey {
    std::string entry;
};
Record describe(const EntryKey*) { return {"entry_key", "Names an entry of any kind.", {field<&EntryKey::entry>("entry", "Its id.", {.min = 1, .max = 80})}}; }

struct DisclosureView {
    std::string kind, entry;
    Disclosure stage = Disclosure::public_;
    bool own = false;
    std::optional<parties::OrganisationKind> owner_kind;
    std::optional<std::string> owner_country;
    std::vector<FieldView> fields;
    std::vector<EntryDocument> documents;
    std::int64_t documents_hidden = 0;
    std::optional<Id<DisclosureAgreement>> agreement;
    std::optional<AgreementState> agreement_state;
};
Record describe(const DisclosureView*) {
    return {"disclosure_view", "What the caller may see of an entry, and what opens later.",
        {
            field<&DisclosureView::kind>("kind", "technology, need or capital_offer."),
            field<&DisclosureView::entry>("entry", "The entry."),
            field<&DisclosureView::stage>("stage", "The stage up to which the caller sees it."),
            field<&DisclosureView::own>("own", "It belongs to the caller's organisation."),
            field<&DisclosureView::owner_kind>("owner_kind", "What kind of organisation owns it; known to everybody."),
            field<&DisclosureView::owner_country>("owner_country", "In which country."),
            field<&DisclosureView::fields>("fields", "Every field that has a rule.", {.max = 200}),
            field<&DisclosureView::documents>("documents", "Documents that the caller may open.", {.max = 200}),
            field<&DisclosureView::documents_hidden>("documents_hidden", "How many more there are."),
            field<&DisclosureView::agreement>("agreement", "The agreement between the caller's organisation and the owner that is under way or in force."),
            field<&DisclosureView::agreement_state>("agreement_state", "Where it stands."),
        }};
}

template <class T> DisclosedKind kind_of() {
    return {T::id_prefix, [](Transaction& transaction, const Caller& caller, const std::string& id) -> Result<AnyEntry> {
                const T entry = TRY(entry_seen(transaction, caller, Key<T>{Id<T>(id)}));
                auto stage = TRY(stage_of(transaction, caller, entry));
                return AnyEntry{std::string(record_of<T>().name), id, owner_of(entry), entry.title, entry.version, entry.disclosure,
                    field_views(record_of<T>(), &entry, entry.disclosure), entry.sample, std::move(stage),
                    reference().disclosure.stage_of(record_of<T>().name, owner_column<T>, entry.disclosure)};
            }};
}

std::vector<DisclosedKind>& disclosed_kinds() {
    static std::vector<DisclosedKind> kinds = {kind_of<Technology>(), kind_of<Need>(), kind_of<CapitalOffer>()};
    return kinds;
}

Result<AnyEntry> any_entry(Transaction& transaction, const Caller& caller, const std::string& id) {
    for (const DisclosedKind& kind : disclosed_kinds())
        if (id.starts_with(std::string(kind.prefix) + "_")) return kind.find(transaction, caller, id);
    return invalid({{"entry", "disclosure.entry", "Name a technology, a need, a capital offer or a project."}});
}

} // namespace

void add_disclosed_kind(DisclosedKind kind) {
    std::erase_if(disclosed_kinds(), [&](const DisclosedKind& known) { return known.prefix == kind.prefix; });
    disclosed_kinds().push_back(std::move(kind));
}

std::vector<FieldView> field_views(const Record& record, const void* entry, const std::vector<FieldStage>& raised) {
    const DisclosureLaw& law = reference().disclosure;
    const std::vector<std::string> all = opened(law, record, entry, raised, Disclosure::full);
    std::vector<FieldView> views;
    for (const Field& field : record.fields) {
        const FieldRule* rule = law.find(record.name, field.name);
        if (!rule) continue;
        FieldView view{rule->field, {}, law.stage_of(record.name, rule->field, raised), true, rule->movable};
        view.present = view.stage == Disclosure::public_ || std::find(all.begin(), all.end(), rule->field) != all.end();
        views.push_back(view);
        for (const FieldStage& one : raised)
            if (one.field == rule->field && one.item)
                views.push_back({rule->field, one.item, law.stage_of_item(record.name, rule->field, *one.item, raised), true, true,
                    std::find(all.begin(), all.end(), rule->field + ":" + *one.item) != all.end() || view.stage > Disclosure::public_});
    }
    return views;
}

Result<EntryOwner> entry_owner(Transaction& transaction, const Caller& caller, const std::string& id) {
    AnyEntry any = TRY(any_entry(transaction, caller, id));
    return EntryOwner{std::move(any.kind), std::move(any.id), std::move(any.owner), std::move(any.title), any.version, any.owner_stage};
}

namespace {

Result<DisclosureView> disclosure_get(Transaction& transaction, const Caller& caller, const EntryKey& key) {
    AnyEntry any = TRY(any_entry(transaction, caller, key.entry));
    DisclosureView view{.kind = any.kind, .entry = any.id, .stage = any.stage};
    view.own = acts_for(caller, any.owner);
    if (any.owner)
        if (const auto owner = TRY(transaction.find_one<Organisation>("id = $1", {any.owner->text})))
            view.owner_kind = owner->kind, view.owner_country = owner->country;
    view.fields = std::move(any.fields);
    for (FieldView& field : view.fields) field.visible = field.stage <= view.stage;
    for (EntryDocument& document : TRY(transaction.find<EntryDocument>("entry = $1 ORDER BY id", {any.id}))) {
        if (document.stage > view.stage) {
            ++view.documents_hidden;
            continue;
        }
        if (!view.own) document.owner = {};
        view.documents.push_back(std::move(document));
    }
    if (any.owner && !caller.actor.organisation.empty()) {
        const auto agreement = TRY(transaction.find_one<DisclosureAgreement>("owner = $1 AND recipient = $2 AND (entry IS NULL OR entry = $3) AND state NOT IN "
                                                                             "('refused', 'ended') ORDER BY state = 'signed' DESC, id DESC LIMIT 1",
            {any.owner->text, caller.actor.organisation, any.id}));
        if (agreement) view.agreement = agreement->id, view.agreement_state = agreement->state;
    }
    return view;
}

// ---- who was shown what -----------------------------------------------------------------------------------------

Result<Page<DisclosureRead>> read_list(Transaction& transaction, const Caller& caller, const ListOf<DisclosureRead>& list) {
    return list_page<DisclosureRead>(transaction, caller, list, "owner = $1", {caller.actor.organisation});
}

// ---- documents --------------------------------------------------------------------------------------------------

struct DocumentKey {
    Id<EntryDocument> id;
};
Record describe(const DocumentKey*) { return {"entry_document_key", "Names a document.", {field<&DocumentKey::id>("id", "Its id.")}}; }

Result<Done> check_own(const Caller& caller, const Id<Organisation>& owner) {
    if (acts_for(caller, owner)) return Done{};
    return Error{Failure::forbidden, "library.not_yours", "This entry belongs to another organisation."};
}

Result<Page<EntryDocument>> document_list(Transaction& transaction, const Caller& caller, const ListOf<EntryDocument>& list) {
    return list_page<EntryDocument>(transaction, caller, list, "owner = $1", {caller.actor.organisation});
}

Result<EntryDocument> document_get(Transaction& transaction, const Caller& caller, const DocumentKey& key) {
    EntryDocument document = TRY(transaction.get(key.id));
    if (!acts_for(caller, document.owner)) return not_found(record_of<EntryDocument>(), key.id.text);
    return document;
}

Result<Reply<EntryDocument>> document_create(Transaction& transaction, const Caller& caller, const EntryDocument& draft) {
    constexpr std::int64_t documents_max = 50;
    const EntryOwner entry = TRY(entry_owner(transaction, caller, draft.entry));
    if (!entry.owner) return Error{Failure::forbidden, "library.not_yours", "This entry belongs to another organisation."};
    TRY(check_own(caller, *entry.owner));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM entry_document WHERE entry = $1", {entry.id})).single()) >= documents_max)
        return Error{Failure::conflict, "document.too_many", "An entry has at most {limit} documents.", {{"limit", std::to_string(documents_max)}}};
    const KeptFile file = TRY(own_file(transaction, caller, draft.file));
    EntryDocument document{.id = caller.new_id<EntryDocument>(),
        .owner = *entry.owner,
        .kind = entry.kind,
        .entry = entry.id,
        .title = draft.title,
        .file = file.id,
        .name = file.name,
        .bytes = file.bytes,
        .stage = draft.stage,
        .created_at = caller.now};
    TRY(keep_for_ever(transaction, file.id));
    TRY(transaction.insert(document));
    return Reply<EntryDocument>{.body = std::move(document), .status = 201};
}

Result<EntryDocument> document_update(Transaction& transaction, const Caller& caller, const Patch<EntryDocument>& patch) {
    const EntryDocument before = TRY(transaction.get(patch.id));
    if (!acts_for(caller, before.owner)) return not_found(record_of<EntryDocument>(), patch.id.text);
    EntryDocument document = TRY(apply_patch(transaction, caller, patch));
    Problems problems;
    for (const auto& [field, same] : {std::pair("entry", document.entry == before.entry), {"file", document.file.text == before.file.text}})
        if (!same) problems.push_back({field, "document.fixed", "A document keeps its entry and its file; attach another one instead."});
    if (!problems.empty()) return invalid(std::move(problems));
    TRY(transaction.update(document));
    return document;
}

Result<Done> document_delete(Transaction& transaction, const Caller& caller, const DocumentKey& key) {
    const EntryDocument document = TRY(transaction.get(key.id));
    if (!acts_for(caller, document.owner)) return not_found(record_of<EntryDocument>(), key.id.text);
    TRY(transaction.execute("DELETE FROM kept_file WHERE id = $1", {document.file.text}));
    return transaction.erase(key.id);
}

Result<Response> document_content(Store& store, const Caller& caller, const DocumentKey& key) {
    EntryDocument document;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        caller.afterwards.clear();
        document = TRY(transaction.get(key.id));
        const auto entry = any_entry(transaction, caller, document.entry);
        if (!entry) return not_found(record_of<EntryDocument>(), key.id.text);
        const Disclosure stage = entry.value().stage;
        if (document.stage > stage) return not_found(record_of<EntryDocument>(), key.id.text);
        if (document.stage > Disclosure::public_ && !acts_for(caller, document.owner))
            note_sighting(caller, {document.owner, document.kind, document.entry, document.title, 0, stage, {"document:" + document.id.text}});
        return Done{};
    }));
    return send_kept(store, caller, document.file, document.name);
}

} // namespace

std::vector<Endpoint> disclosure_endpoints() {
    return {
        // clang-format off
        {"disclosure_get", Method::get, "/disclosure/{entry}", "What one may see of an entry, and what opens later.", Mode::read, open_to_all, call(disclosure_get)},
        {"disclosure_read_list", Method::get, "/disclosure-reads", "Who was shown what of one's own entries, and when.", Mode::read, disclose_entries, call(read_list)},
        {"entry_document_list", Method::get, "/entry-documents", "Documents of one's own entries.", Mode::read, disclose_entries, call(document_list)},
        {"entry_document_get", Method::get, "/entry-documents/{id}", "One document of one's own entries.", Mode::read, disclose_entries, call(document_get)},
        {"entry_document_create", Method::post, "/entry-documents", "Attach a document to an entry.", Mode::write, disclose_entries, call(document_create)},
        {"entry_document_update", Method::patch, "/entry-documents/{id}", "Change title or stage of a document.", Mode::write, disclose_entries, call(document_update)},
        {"entry_document_delete", Method::remove, "/entry-documents/{id}", "Take a document away.", Mode::write, disclose_entries, call(document_delete)},
        {"entry_document_content", Method::get, "/entry-documents/{id}/content", "The document itself.", Mode::compute, open_to_all, as_file("application/octet-stream", call(document_content))},
        // clang-format on
    };
}

} // namespace greenbank::library
