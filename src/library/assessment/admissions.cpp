// admissions.cpp — declaring, reviewing, recommending, selecting, renewing, withdrawing.
#include "library/assessment/admissions.h"

#include "library/assessment/panels.h"
#include "library/reference.h"

namespace greenbank::library {

/// Names an admission.
struct AdmissionKey {
    Id<Admission> id;
};
Record describe(const AdmissionKey*) { return {"admission_key", "Names an admission.", {field<&AdmissionKey::id>("id", "Its id.")}}; }

struct Declaration {
    Id<Edition> edition;
    Id<Technology> technology;
    AdmissionClass class_ = AdmissionClass::demonstration;
    std::optional<std::string> comment;
};
Record describe(const Declaration*) {
    return {"admission_declaration", "Asks for the admission of a technology into an edition.",
        {field<&Declaration::edition>("edition", "An edition that is open."), field<&Declaration::technology>("technology", "A published technology."),
            field<&Declaration::class_>("class", "For demonstration or for promotion."),
            field<&Declaration::comment>("comment", "What the bank should know.", {.min = 1, .max = 4000})}};
}

struct AdmissionStepRequest {
    Id<Admission> id;
    std::optional<std::string> comment;
};
Record describe(const AdmissionStepRequest*) {
    return {"admission_step_request", "A step of an admission.",
        {field<&AdmissionStepRequest::id>("id", "Its id."),
            field<&AdmissionStepRequest::comment>(
                "comment", "Why, or what to do; needed where something is returned, rejected or withdrawn by the bank.", {.min = 1, .max = 4000})}};
}

struct Correction {
    Id<Admission> id;
    std::optional<AdmissionClass> class_;
    std::optional<std::string> comment;
};
Record describe(const Correction*) {
    return {"admission_correction", "Declares again what was returned.",
        {field<&Correction::id>("id", "Its id."), field<&Correction::class_>("class", "Another class than before."),
            field<&Correction::comment>("comment", "What was corrected.", {.min = 1, .max = 4000})}};
}

struct AdmissionView {
    Admission admission;
    Edition edition;
    std::vector<AssessmentStep> steps;
    std::optional<AdmissionPart> next;
    std::vector<AdmissionAction> actions;
    bool expired = false;
    std::vector<Remark> remarks;
    std::vector<PanelLine> panels;
};
Record describe(const AdmissionView*) {
    return {"admission_view", "An admission, how it came there, and what may follow.",
        {
            field<&AdmissionView::admission>("admission", "The admission."),
            field<&AdmissionView::edition>("edition", "The edition."),
            field<&AdmissionView::steps>("steps", "What was done, oldest first; for the holder, the bank and its experts.", {.max = 1000}),
            field<&AdmissionView::next>("next", "Whose turn it is, since `since` of the admission; absent: nobody's."),
            field<&AdmissionView::actions>("actions", "What the caller may do now."),
            field<&AdmissionView::expired>("expired", "It was published and its validity has ended."),
            field<&AdmissionView::remarks>("remarks", "What an assessor should ask about."),
            field<&AdmissionView::panels>("panels", "Panels of experts on it."),
        }};
}

namespace {

using Action = AdmissionAction;
using State = AdmissionState;

Result<std::vector<AdmissionPast>> past_of(Transaction& transaction, const Id<Admission>& id) {
    std::vector<AdmissionPast> past;
    for (const auto& row : TRY(transaction.query("SELECT action, person FROM assessment_step WHERE subject = $1 ORDER BY at, id", {id.text})).rows)
        if (const auto action = parse_choice<Action>(as_text(row[0]))) past.push_back({*action, as_text(row[1])});
    return past;
}

Result<AdmissionPerson> person_of(Transaction& transaction, const Caller& caller, const std::optional<Id<Organisation>>& holder) {
    AdmissionPerson person{.person = caller.actor.person, .may_decide = caller.actor.may(assess_entries)};
    if (!holder) return person;
    person.for_holder = holder->text == caller.actor.organisation && caller.actor.may(publish_entries);
    person.in_holder = TRY(is_member(transaction, person.person, {holder->text}));
    return person;
}

/// Steps need an edition that is under way; only renewing and withdrawing also follow afterwards.
Result<Done> check_edition(const Edition& edition, Action action) {
    if (action == Action::withdraw) return Done{};
    if (action == Action::declare && edition.state != EditionState::open)
        return Error{Failure::conflict, "edition.not_open", "This edition takes no declarations now; choose one that is open."};
    if (action == Action::renew && edition.state != EditionState::published)
        return Error{Failure::conflict, "edition.not_published", "This edition is not published yet."};
    if (action != Action::renew && edition.state == EditionState::published)
        return Error{Failure::conflict, "edition.frozen", "A published edition is frozen; what it says is what it stays."};
    return Done{};
}

std::vector<RunningCase> cases_of(const Technology& technology) {
    std::vector<RunningCase> cases;
    for (const Evidence& one : technology.evidence)
        if (one.kind == EvidenceKind::case_) cases.push_back({one.since, one.year});
    return cases;
}

/// Declared on this day for this class: the rule is kept, the cases are counted.
Result<Done> declare(Admission& admission, const Technology& technology, Date on) {
    const AdmissionRule rule = reference().assessment.rule(admission.class_).rule();
    const std::vector<RunningCase> cases = cases_of(technology);
    TRY(check_class(rule, cases, on));
    admission.declared_on = on;
    admission.cases = cases_running(cases, std::max<std::int64_t>(rule.running_years_min, 1), on);
    admission.title = technology.title;
    admission.field = technology.field;
    admission.holder = technology.holder;
    return Done{};
}

Result<Technology> published_technology(Transaction& transaction, const Id<Technology>& id) {
    Technology technology = TRY(transaction.get(id));
    if (technology.state != library::State::published)
        return Error{Failure::conflict, "admission.technology_hidden", "Only a published technology is admitted; publish the entry first."};
    return technology;
}

/// The admission into its next state, with its step; `content_version` is what the step was about.
Result<Admission> save(Transaction& transaction, const Caller& caller, Admission admission, Action action, State to, const std::optional<std::string>& comment,
    std::int64_t content_version) {
    const std::string before(name_of(admission.state));
    admission.state = to;
    admission.since = admission.updated_at = caller.now;
    TRY(transaction.update(admission));
    TRY(add_step(
        transaction, caller, {admission.id.text, std::string(name_of(action)), before, std::string(name_of(to)), comment, content_version, admission.sample}));
    return admission;
}

Result<std::int64_t> content_version_now(Transaction& transaction, const Id<Technology>& id) {
    return as_integer(TRY(transaction.query("SELECT version FROM technology WHERE id = $1", {id.text})).single());
}

/// Takes one step as the engine allows it; what is special to an action follows in `change`.
template <class Change> Result<Admission> step(
    Transaction& transaction, const Caller& caller, const Id<Admission>& id, Action action, const std::optional<std::string>& comment, Change change) {
    Admission admission = TRY(transaction.get(id));
    if (!TRY(may_see_admission(transaction, caller, admission))) return not_found(record_of<Admission>(), id.text);
    TRY(check_expected(caller, admission));
    const AdmissionPerson person = TRY(person_of(transaction, caller, admission.holder));
    const State to = TRY(admission_step(admission.state, action, person, TRY(past_of(transaction, id)), comment.has_value()));
    TRY(check_edition(TRY(transaction.get(admission.edition)), action));
    TRY(change(admission));
    return save(transaction, caller, admission, action, to, comment, TRY(content_version_now(transaction, admission.technology)));
}

Result<Admission> admission_declare(Transaction& transaction, const Caller& caller, const Declaration& declaration) {
    const Edition edition = TRY(transaction.get(declaration.edition));
    TRY(check_edition(edition, Action::declare));
    const Technology technology = TRY(entry_to_change(transaction, caller, declaration.technology));
    if (technology.state != library::State::published)
        return Error{Failure::conflict, "admission.technology_hidden", "Only a published technology is admitted; publish the entry first."};
    TRY(check_holder_named(technology));
    const AdmissionPerson person = TRY(person_of(transaction, caller, technology.holder));
    const State state = TRY(admission_step({}, Action::declare, person, {}, declaration.comment.has_value()));
    if (!TRY(transaction.query("SELECT id FROM admission WHERE edition = $1 AND technology = $2 AND state NOT IN ('rejected', 'withdrawn')",
                 {edition.id.text, technology.id.text}))
             .empty())
        return Error{Failure::conflict, "admission.twice", "This technology was declared for this edition already."};
    Admission admission{.id = caller.new_id<Admission>(),
        .edition = edition.id,
        .technology = technology.id,
        .class_ = declaration.class_,
        .state = state,
        .since = caller.now,
        .sample = technology.sample || edition.sample,
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(declare(admission, technology, date_of(caller.now)));
    TRY(transaction.insert(admission));
    TRY(add_step(
        transaction, caller, {admission.id.text, "declare", "", std::string(name_of(state)), declaration.comment, technology.version, admission.sample}));
    return admission;
}

Result<Admission> admission_correct(Transaction& transaction, const Caller& caller, const Correction& correction) {
    return step(transaction, caller, correction.id, Action::correct, correction.comment, [&](Admission& admission) -> Result<Done> {
        if (correction.class_) admission.class_ = *correction.class_;
        return declare(admission, TRY(published_technology(transaction, admission.technology)), date_of(caller.now));
    });
}

template <Action action> Result<Admission> plain_step(Transaction& transaction, const Caller& caller, const AdmissionStepRequest& request) {
    return step(transaction, caller, request.id, action, request.comment, [](Admission&) -> Result<Done> { return Done{}; });
}

Result<Admission> admission_select(Transaction& transaction, const Caller& caller, const AdmissionStepRequest& request) {
    return step(transaction, caller, request.id, Action::select, request.comment, [&](Admission& admission) -> Result<Done> {
        const Edition edition = TRY(transaction.get(admission.edition));
        TRY(check_selection(edition.panel_needed, TRY(panel_outcome(transaction, admission.id))));
        if (!edition.panel_needed && !request.comment)
            return invalid({{"comment", "admission.meeting", "Say which meeting decided, and where its minutes are."}});
        return Done{};
    });
}

Result<Admission> admission_renew(Transaction& transaction, const Caller& caller, const AdmissionStepRequest& request) {
    return step(transaction, caller, request.id, Action::renew, request.comment, [&](Admission& admission) -> Result<Done> {
        const Date today = date_of(caller.now);
        const AdmissionRule rule = reference().assessment.rule(admission.class_).rule();
        const Technology technology = TRY(published_technology(transaction, admission.technology));
        TRY(check_renewal(today, admission.valid_until.value_or(today)));
        TRY(check_class(rule, cases_of(technology), today));
        TRY(keep_found(transaction, caller, face_of(technology)));
        admission.valid_until = valid_until(rule, today, admission.valid_until);
        admission.published_on = today;
        admission.content_version = technology.version;
        return Done{};
    });
}

/// What the caller could do next, as the engine would answer.
std::vector<Action> open_actions(const Admission& admission, const Edition& edition, const AdmissionPerson& person, const std::vector<AdmissionPast>& past) {
    std::vector<Action> actions;
    for (const Action action : admission_actions(admission.state))
        if (action != Action::publish && admission_step(admission.state, action, person, past, true) && check_edition(edition, action))
            actions.push_back(action); // publishing is the edition's
    return actions;
}

Result<std::vector<Remark>> remarks_on(Transaction& transaction, const Caller& caller, const Admission& admission) {
    const auto technology = TRY(transaction.find_one<Technology>("id = $1", {admission.technology.text}));
    if (!technology) return std::vector<Remark>{remark("technology_gone", caller.language)};
    std::vector<Remark> remarks = readiness_remarks(*technology, caller.language);
    if (technology->state == library::State::withdrawn) remarks.push_back(remark("technology_withdrawn", caller.language));
    if (admission.content_version && *admission.content_version != technology->version)
        remarks.push_back(remark(
            "content_changed", caller.language, {{"admitted", std::to_string(*admission.content_version)}, {"now", std::to_string(technology->version)}}));
    const AdmissionRule promotion = reference().assessment.rule(AdmissionClass::promotion).rule();
    if (admission.class_ == AdmissionClass::demonstration && check_class(promotion, cases_of(*technology), date_of(caller.now)))
        remarks.push_back(remark("promotion_possible", caller.language, {{"cases", std::to_string(promotion.cases_min)}}));
    return remarks;
}

Result<AdmissionView> admission_get(Transaction& transaction, const Caller& caller, const AdmissionKey& key) {
    AdmissionView view{.admission = TRY(transaction.get(key.id))};
    const Admission& admission = view.admission;
    if (!TRY(may_see_admission(transaction, caller, admission))) return not_found(record_of<Admission>(), key.id.text);
    view.edition = TRY(transaction.get(admission.edition));
    view.next = admission_next(admission.state);
    view.expired = admission.state == State::published && admission.valid_until && *admission.valid_until < date_of(caller.now);
    const bool inside = caller.actor.may(assess_entries) || (admission.holder && admission.holder->text == caller.actor.organisation) ||
                        TRY(sits_on_panel_of(transaction, caller, admission.id.text));
    if (!inside) return view;
    view.steps = TRY(steps_of(transaction, caller, admission.id.text));
    view.remarks = TRY(remarks_on(transaction, caller, admission));
    view.panels = TRY(panels_of(transaction, caller, "admission", admission.id.text));
    if (caller.actor.person.empty()) return view;
    view.actions = open_actions(admission, view.edition, TRY(person_of(transaction, caller, admission.holder)), TRY(past_of(transaction, admission.id)));
    return view;
}

Result<Page<Admission>> admission_list(Transaction& transaction, const Caller& caller, const ListOf<Admission>& list) {
    if (caller.actor.may(assess_entries)) return list_page<Admission>(transaction, caller, list);
    if (caller.actor.organisation.empty()) return list_page<Admission>(transaction, caller, list, "published_on IS NOT NULL");
    return list_page<Admission>(transaction, caller, list, "published_on IS NOT NULL OR holder = $1", {caller.actor.organisation});
}

Result<Page<ClassRule>> admission_rule_list(Transaction&, const Caller&) {
    Page<ClassRule> page{.items = reference().assessment.rules, .next = {}};
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

} // namespace

Result<bool> may_see_admission(Transaction& transaction, const Caller& caller, const Admission& admission) {
    if (admission.published_on || caller.actor.may(assess_entries)) return true;
    if (admission.holder && !admission.holder->text.empty() && admission.holder->text == caller.actor.organisation) return true;
    return sits_on_panel_of(transaction, caller, admission.id.text);
}

Result<Admission> publish_admission(Transaction& transaction, const Caller& caller, Admission admission) {
    const AdmissionPerson person = TRY(person_of(transaction, caller, admission.holder));
    const AdmissionState to = TRY(admission_step(admission.state, AdmissionAction::publish, person, TRY(past_of(transaction, admission.id)), false));
    const Technology technology = TRY(published_technology(transaction, admission.technology));
    TRY(keep_found(transaction, caller, face_of(technology)));
    const Date today = date_of(caller.now);
    admission.title = technology.title;
    admission.content_version = technology.version;
    admission.published_on = today;
    admission.valid_until = valid_until(reference().assessment.rule(admission.class_).rule(), today, {});
    return save(transaction, caller, std::move(admission), AdmissionAction::publish, to, {}, technology.version);
}

std::vector<Endpoint> admission_endpoints() {
    return {
        // clang-format off
        {"admission_rule_list", Method::get, "/admission-rules", "What each class of admission asks for and gives.", Mode::read, open_to_all, call(admission_rule_list)},
        {"admission_list", Method::get, "/admissions", "Admissions into editions of the catalogue.", Mode::read, open_to_all, call(admission_list)},
        {"admission_get", Method::get, "/admissions/{id}", "One admission, how it came there and what may follow.", Mode::read, open_to_all, call(admission_get)},
        {"admission_declare", Method::post, "/admissions", "Declare a technology for an edition.", Mode::write, publish_entries, call(admission_declare)},
        {"admission_correct", Method::post, "/admissions/{id}/correct", "Declare again what was returned.", Mode::write, publish_entries, call(admission_correct)},
        {"admission_return", Method::post, "/admissions/{id}/return", "Return a declaration for correction.", Mode::write, assess_entries, call(plain_step<AdmissionAction::give_back>)},
        {"admission_review", Method::post, "/admissions/{id}/review", "Pass the first review.", Mode::write, assess_entries, call(plain_step<AdmissionAction::review>)},
        {"admission_recommend", Method::post, "/admissions/{id}/recommend", "Recommend a reviewed technology.", Mode::write, assess_entries, call(plain_step<AdmissionAction::recommend>)},
        {"admission_select", Method::post, "/admissions/{id}/select", "Select what the experts agreed on.", Mode::write, assess_entries, call(admission_select)},
        {"admission_reject", Method::post, "/admissions/{id}/reject", "Reject a declaration for good.", Mode::write, assess_entries, call(plain_step<AdmissionAction::reject>)},
        {"admission_renew", Method::post, "/admissions/{id}/renew", "Extend the validity of an admission.", Mode::write, assess_entries, call(admission_renew)},
        {"admission_withdraw", Method::post, "/admissions/{id}/withdraw", "Withdraw an admission.", Mode::write, publish_entries, call(plain_step<AdmissionAction::withdraw>)},
        // clang-format on
    };
}

} // namespace greenbank::library
