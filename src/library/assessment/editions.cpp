// editions.cpp — catalogue editions: draft, open for declarations, closed, published and then frozen.
#include "library/assessment/admissions.h"

namespace greenbank::library {

/// Names an edition.
struct EditionKey {
    Id<Edition> id;
};
Record describe(const EditionKey*) { return {"edition_key", "Names an edition.", {field<&EditionKey::id>("id", "Its id.")}}; }

struct EditionCount {
    TechnologyField field = TechnologyField::water;
    std::int64_t demonstration = 0, promotion = 0;
};
Record describe(const EditionCount*) {
    return {"edition_count", "Technologies that an edition admitted in one field.",
        {field<&EditionCount::field>("field", "Which field."), field<&EditionCount::demonstration>("demonstration", "For demonstration."),
            field<&EditionCount::promotion>("promotion", "For promotion.")}};
}

struct StateCount {
    AdmissionState state = AdmissionState::declared;
    std::int64_t count = 0;
};
Record describe(const StateCount*) {
    return {"state_count", "Admissions in one state.", {field<&StateCount::state>("state", "Which state."), field<&StateCount::count>("count", "How many.")}};
}

struct EditionView {
    Edition edition;
    std::vector<EditionCount> counts; // of what it admitted
    std::int64_t admitted = 0;
    std::vector<StateCount> states; // only for the bank: everything that is under way
};
Record describe(const EditionView*) {
    return {"edition_view", "An edition and what is in it.",
        {field<&EditionView::edition>("edition", "The edition."), field<&EditionView::counts>("counts", "What it admitted, by field."),
            field<&EditionView::admitted>("admitted", "How many in all."),
            field<&EditionView::states>("states", "For the bank: all its admissions by state.")}};
}

namespace {

bool may_see_edition(const Caller& caller, const Edition& edition) { return edition.state != EditionState::draft || caller.actor.may(assess_entries); }

Result<Edition> seen_edition(Transaction& transaction, const Caller& caller, const Id<Edition>& id) {
    Edition edition = TRY(transaction.get(id));
    if (!may_see_edition(caller, edition)) return not_found(record_of<Edition>(), id.text);
    return edition;
}

Result<Page<Edition>> edition_list(Transaction& transaction, const Caller& caller, const ListOf<Edition>& list) {
    return list_page<Edition>(transaction, caller, list, caller.actor.may(assess_entries) ? "" : "state <> 'draft'");
}

Result<EditionView> edition_get(Transaction& transaction, const Caller& caller, const EditionKey& key) {
    EditionView view{.edition = TRY(seen_edition(transaction, caller, key.id)), .counts = {}, .states = {}};
    for (std::size_t i = 0; i < std::size(Choices<TechnologyField>::values); ++i) view.counts.push_back({static_cast<TechnologyField>(i)});
    for (const auto& row :
        TRY(transaction.query("SELECT field, class, COUNT(*) FROM admission WHERE edition = $1 AND state = 'published' GROUP BY field, class", {key.id.text}))
            .rows) {
        const auto field = parse_choice<TechnologyField>(as_text(row[0]));
        if (!field) continue;
        EditionCount& count = view.counts[static_cast<std::size_t>(*field)];
        (as_text(row[1]) == "promotion" ? count.promotion : count.demonstration) += as_integer(row[2]);
        view.admitted += as_integer(row[2]);
    }
    if (!caller.actor.may(assess_entries)) return view;
    for (const auto& row : TRY(transaction.query("SELECT state, COUNT(*) FROM admission WHERE edition = $1 GROUP BY state ORDER BY state", {key.id.text})).rows)
        if (const auto state = parse_choice<AdmissionState>(as_text(row[0]))) view.states.push_back({*state, as_integer(row[1])});
    return view;
}

Result<Done> check_number(Transaction& transaction, const Edition& edition) {
    if (TRY(transaction.query("SELECT id FROM edition WHERE number = $1 AND id <> $2", {edition.number, edition.id.text})).empty()) return Done{};
    return Error{Failure::conflict, "edition.number", "There is an edition number {number} already.", {{"number", std::to_string(edition.number)}}};
}

Result<Reply<Edition>> edition_create(Transaction& transaction, const Caller& caller, const Edition& draft) {
    Edition edition = draft;
    edition.id = caller.new_id<Edition>();
    edition.state = EditionState::draft;
    edition.created_at = edition.updated_at = caller.now;
    TRY(check_number(transaction, edition));
    TRY(transaction.insert(edition));
    return Reply<Edition>{.body = std::move(edition), .status = 201};
}

Result<Edition> edition_update(Transaction& transaction, const Caller& caller, const Patch<Edition>& patch) {
    Edition edition = TRY(apply_patch(transaction, caller, patch));
    if (edition.state == EditionState::published)
        return Error{Failure::conflict, "edition.frozen", "A published edition is frozen; what it says is what it stays."};
    TRY(check_number(transaction, edition));
    edition.updated_at = caller.now;
    TRY(transaction.update(edition));
    return edition;
}

Result<Done> edition_delete(Transaction& transaction, const Caller& caller, const EditionKey& key) {
    const Edition edition = TRY(seen_edition(transaction, caller, key.id));
    if (edition.state != EditionState::draft) return Error{Failure::conflict, "edition.not_draft", "Only a draft of an edition is deleted."};
    return transaction.erase(key.id);
}

Result<Edition> edition_to(Transaction& transaction, const Caller& caller, const Id<Edition>& id, EditionState from, EditionState to) {
    Edition edition = TRY(transaction.get(id));
    TRY(check_expected(caller, edition));
    if (edition.state != from) return Error{Failure::conflict, "edition.step", "An edition is opened, then closed, then published; load it again."};
    edition.state = to;
    (to == EditionState::open ? edition.opened_on : to == EditionState::closed ? edition.closed_on : edition.published_on) = date_of(caller.now);
    edition.updated_at = caller.now;
    TRY(transaction.update(edition));
    return edition;
}

Result<Edition> edition_open(Transaction& transaction, const Caller& caller, const EditionKey& key) {
    return edition_to(transaction, caller, key.id, EditionState::draft, EditionState::open);
}
Result<Edition> edition_close(Transaction& transaction, const Caller& caller, const EditionKey& key) {
    return edition_to(transaction, caller, key.id, EditionState::open, EditionState::closed);
}

/// Everything selected is published with it; nothing may be left undecided.
Result<Edition> edition_publish(Transaction& transaction, const Caller& caller, const EditionKey& key) {
    Edition edition = TRY(edition_to(transaction, caller, key.id, EditionState::closed, EditionState::published));
    const std::int64_t undecided = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM admission WHERE edition = $1 AND state IN "
                                                                    "('declared', 'returned', 'reviewed', 'recommended')",
                                                      {key.id.text}))
                                                  .single());
    if (undecided > 0)
        return Error{
            Failure::conflict, "edition.undecided", "Admissions are still undecided: {count}. Decide them first.", {{"count", std::to_string(undecided)}}};
    for (Admission& admission : TRY(transaction.find<Admission>("edition = $1 AND state = 'selected' ORDER BY id", {key.id.text})))
        TRY(publish_admission(transaction, caller, std::move(admission)));
    return edition;
}

} // namespace

std::vector<Endpoint> edition_endpoints() {
    return {
        // clang-format off
        {"edition_list", Method::get, "/editions", "Editions of the catalogue.", Mode::read, open_to_all, call(edition_list)},
        {"edition_get", Method::get, "/editions/{id}", "One edition, with counts by field.", Mode::read, open_to_all, call(edition_get)},
        {"edition_create", Method::post, "/editions", "Draft an edition.", Mode::write, assess_entries, call(edition_create)},
        {"edition_update", Method::patch, "/editions/{id}", "Change an edition that is not published.", Mode::write, assess_entries, call(edition_update)},
        {"edition_open", Method::post, "/editions/{id}/open", "Take declarations from now on.", Mode::write, assess_entries, call(edition_open)},
        {"edition_close", Method::post, "/editions/{id}/close", "Take no more declarations.", Mode::write, assess_entries, call(edition_close)},
        {"edition_publish", Method::post, "/editions/{id}/publish", "Publish an edition with everything selected, and freeze it.", Mode::write, assess_entries, call(edition_publish)},
        {"edition_delete", Method::remove, "/editions/{id}", "Delete a draft of an edition.", Mode::write, assess_entries, call(edition_delete)},
        // clang-format on
    };
}

} // namespace greenbank::library
