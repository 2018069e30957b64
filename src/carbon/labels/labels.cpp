// labels.cpp — labels from footprint to publication; each step is kept, what is published stands in the log.
#include <fmt/format.h>

#include "carbon/labels/labels.h"
#include "carbon/products/operations.h"
#include "library/assessment/steps.h"
#include "parties/log/transparency_log.h"

namespace greenbank::carbon {

Record describe(const LabelKey*) { return {"carbon_label_key", "Names a label.", {field<&LabelKey::id>("id", "Its id.")}}; }
Record describe(const LabelView*) {
    using V = LabelView;
    return {"carbon_label_view", "A label with who stands behind it.",
        {field<&V::carbon_label>("carbon_label", "The label."), field<&V::owner_name>("owner_name", "Whose product it is."),
            field<&V::reviewer_name>("reviewer_name", "Who reviewed it."), field<&V::verifier_name>("verifier_name", "Who verified it."),
            field<&V::class_title>("class_title", "Its class."), field<&V::valid>("valid", "Published, not withdrawn, not expired."),
            field<&V::actions>("actions", "What the caller may do now."), field<&V::steps>("steps", "How it came here."),
            field<&V::editions>("editions", "Labels of the same product system, newest first.")}};
}

/// A step with its reason.
struct LabelStep {
    Id<CarbonLabel> id;
    std::optional<std::string> comment;
};
Record describe(const LabelStep*) {
    return {"carbon_label_step", "A step with its reason.",
        {field<&LabelStep::id>("id", "Which label."), field<&LabelStep::comment>("comment", "What was looked at, or why.", {.max = 4000})}};
}
struct LabelPublication {
    Id<CarbonLabel> id;
    std::int64_t months = 36;
};
Record describe(const LabelPublication*) {
    return {"carbon_label_publication", "For how long.",
        {field<&LabelPublication::id>("id", "Which label."),
            field<&LabelPublication::months>("months", "How many months it holds.", {.min = 1, .max = 60, .defaulted = true})}};
}

namespace {

bool is_public(const CarbonLabel& label) { return label.state == LabelState::published || label.state == LabelState::withdrawn; }

Result<CarbonLabel> label_seen(Transaction& transaction, const Caller& caller, const Id<CarbonLabel>& id) {
    CarbonLabel label = TRY(transaction.get(id));
    const std::string& mine = caller.actor.organisation;
    if (is_public(label) || acts_for(caller, label.owner) || (!mine.empty() && (label.reviewer.text == mine || label.verifier.text == mine))) return label;
    return not_found(record_of<CarbonLabel>(), id.text);
}

Result<LabelPerson> person_of(Transaction& transaction, const Caller& caller, const CarbonLabel& label) {
    const std::string& mine = caller.actor.organisation;
    LabelPerson person{.for_owner = !mine.empty() && label.owner.text == mine && caller.actor.may(submit_carbon),
        .for_reviewer = !mine.empty() && label.reviewer.text == mine && caller.actor.may(verify_carbon),
        .for_verifier = !mine.empty() && label.verifier.text == mine && caller.actor.may(verify_carbon),
        .for_bank = caller.actor.may(see_carbon)};
    person.submitted = !caller.actor.person.empty() && label.submitted_by == caller.actor.person;
    person.reviewed = !caller.actor.person.empty() && label.reviewed_by == caller.actor.person;
    if (!caller.actor.person.empty()) person.member_of_owner = TRY(library::is_member(transaction, caller.actor.person, {label.owner.text}));
    return person;
}

template <class Change> Result<CarbonLabel> step(Transaction& transaction, const Caller& caller, const LabelStep& ask, LabelAction action, Change change) {
    CarbonLabel label = TRY(label_seen(transaction, caller, ask.id));
    TRY(check_expected(caller, label));
    const std::string before(name_of(label.state));
    const bool has_comment = ask.comment && !trim(*ask.comment).empty();
    label.state = TRY(label_step(label.state, action, TRY(person_of(transaction, caller, label)), has_comment));
    TRY(change(label));
    label.updated_at = caller.now;
    TRY(transaction.update(label));
    TRY(library::add_step(transaction, caller,
        {label.id.text, std::string(name_of(action)), before, std::string(name_of(label.state)), ask.comment, label.version, label.sample}));
    return label;
}

/// The footprint's figures as they stand, beside the class.
Result<Done> take_figures(Transaction& transaction, const Caller& caller, CarbonLabel& label) {
    const Footprint footprint = TRY(footprint_seen(transaction, caller, label.footprint));
    if (!acts_for(caller, footprint.owner)) return Error{Failure::forbidden, "footprint.not_yours", "This belongs to another organisation."};
    if (!footprint.scenario.empty())
        return Error{Failure::conflict, "label.scenario", "A label states the product as it is; compute its footprint without a scenario."};
    const ProductSystem system = TRY(transaction.get(footprint.system));
    label.owner = footprint.owner;
    label.system = footprint.system;
    label.title = footprint.title;
    label.product_class = system.product_class;
    label.amount = footprint.amount;
    label.unit = footprint.unit;
    label.boundary = system.boundary;
    label.value = footprint.total;
    if (footprint.drawn) label.low = footprint.drawn->low, label.high = footprint.drawn->high;
    label.by_stage = footprint.by_stage;
    label.gwp = footprint.gwp;
    label.quality = footprint.quality;
    label.primary_share = footprint.primary_share;
    label.cut_off_kept = footprint.cut_off_kept;
    label.sample = footprint.sample;
    const auto held_against = TRY(transaction.find_one<LabelClass>("code = $1", {label.product_class}));
    if (!held_against) return Done{};
    const auto ratio = unit_ratio({}, label.unit, held_against->unit);
    if (!ratio) return Done{};
    label.class_value = held_against->value * label.amount * *ratio;
    label.class_status = held_against->status;
    std::vector<GradeStep> steps;
    for (const GradeLimit& limit : held_against->grades) steps.push_back({limit.grade, limit.ratio_max});
    if (const std::string grade = grade_of(label.value, *label.class_value, steps); !grade.empty()) label.grade = grade;
    return Done{};
}

Result<Reply<CarbonLabel>> label_create(Transaction& transaction, const Caller& caller, const CarbonLabel& draft) {
    CarbonLabel label = draft;
    label.id = caller.new_id<CarbonLabel>();
    label.created_at = label.updated_at = caller.now;
    TRY(take_figures(transaction, caller, label));
    if (label.reviewer == label.owner || label.verifier == label.owner)
        return Error{Failure::invalid, "label.own_reviewer", "Reviewer and verifier are organisations other than the product's own."};
    for (const Id<Organisation>& one : {label.reviewer, label.verifier}) TRY(transaction.get(one));
    if (const auto before = TRY(transaction.find_one<CarbonLabel>("system = $1 AND state = 'published' ORDER BY issued_on DESC LIMIT 1", {label.system.text})))
        label.replaces = before->id;
    TRY(transaction.insert(label));
    TRY(library::add_step(transaction, caller, {label.id.text, "create", "", "draft", {}, label.version, label.sample}));
    return Reply<CarbonLabel>{.body = std::move(label), .status = 201};
}

Result<CarbonLabel> label_submit(Transaction& transaction, const Caller& caller, const LabelStep& ask) {
    return step(transaction, caller, ask, LabelAction::submit, [&](CarbonLabel& label) -> Result<Done> {
        label.submitted_by = caller.actor.person;
        label.reviewed_by.clear();
        return Done{};
    });
}
Result<CarbonLabel> label_review(Transaction& transaction, const Caller& caller, const LabelStep& ask) {
    return step(transaction, caller, ask, LabelAction::review, [&](CarbonLabel& label) -> Result<Done> {
        label.reviewed_by = caller.actor.person;
        return Done{};
    });
}
Result<CarbonLabel> label_verify(Transaction& transaction, const Caller& caller, const LabelStep& ask) {
    return step(transaction, caller, ask, LabelAction::verify, [](CarbonLabel&) -> Result<Done> { return Done{}; });
}
Result<CarbonLabel> label_return(Transaction& transaction, const Caller& caller, const LabelStep& ask) {
    return step(transaction, caller, ask, LabelAction::give_back, [](CarbonLabel&) -> Result<Done> { return Done{}; });
}

/// What the label says now goes into the log, in this transaction.
Result<Done> state_it(Transaction& transaction, const Caller& caller, const parties::TransparencyLog& log, CarbonLabel& label) {
    const Footprint footprint = TRY(transaction.get(label.footprint));
    const std::string statement = statement_of(label, footprint.digest);
    const std::string_view piece = statement;
    label.statement = to_hex(parties::bytes_of(parties::digest_named("sha256")({&piece, 1})));
    label.proof = TRY(log.append(transaction, "label", label.id.text, caller.now, statement, true)).code;
    return Done{};
}

/// A number is used once, whatever becomes of its label: the next above the greatest that was ever given in the year.
Result<std::string> next_number(Transaction& transaction, const std::string& year) {
    TRY(transaction.execute("INSERT INTO label_number (year, last) VALUES ($1, 1) ON CONFLICT (year) DO UPDATE SET last = label_number.last + 1", {year}));
    const auto last = as_integer(TRY(transaction.query("SELECT last FROM label_number WHERE year = $1", {year})).single());
    return fmt::format("CFP-{}-{:06}", year, last);
}

Result<CarbonLabel> label_publish(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const LabelPublication& ask) {
    return step(transaction, caller, {ask.id, {}}, LabelAction::publish, [&](CarbonLabel& label) -> Result<Done> {
        const std::string day = to_text(date_of(caller.now)), year = day.substr(0, 4);
        label.number = TRY(next_number(transaction, year));
        label.issued_on = date_of(caller.now);
        const int month = std::stoi(day.substr(5, 2)) - 1 + static_cast<int>(ask.months);
        label.valid_until = make_date(std::stoi(year) + month / 12, month % 12 + 1, std::min(28, std::stoi(day.substr(8, 2))));
        if (label.replaces)
            if (auto old = TRY(transaction.find_one<CarbonLabel>("id = $1 AND state = 'published'", {label.replaces->text}))) {
                old->state = LabelState::withdrawn;
                old->reason = "→ " + *label.number;
                old->updated_at = caller.now;
                TRY(state_it(transaction, caller, log, *old));
                TRY(transaction.update(*old));
            }
        return state_it(transaction, caller, log, label);
    });
}
Result<CarbonLabel> label_withdraw(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const LabelStep& ask) {
    return step(transaction, caller, ask, LabelAction::withdraw, [&](CarbonLabel& label) -> Result<Done> {
        label.reason = ask.comment;
        return state_it(transaction, caller, log, label);
    });
}
Result<Done> label_delete(Transaction& transaction, const Caller& caller, const LabelKey& key) {
    const CarbonLabel label = TRY(label_seen(transaction, caller, key.id));
    if (!acts_for(caller, label.owner)) return Error{Failure::forbidden, "footprint.not_yours", "This belongs to another organisation."};
    if (label.state != LabelState::draft) return Error{Failure::conflict, "label.state", "The label is not in a state in which this can be done."};
    return transaction.erase(key.id);
}

Result<Page<CarbonLabel>> label_list(Transaction& transaction, const Caller& caller, const ListOf<CarbonLabel>& list) {
    if (caller.actor.may(see_carbon)) return list_page<CarbonLabel>(transaction, caller, list);
    const std::string open = "state IN ('published', 'withdrawn')";
    if (caller.actor.organisation.empty()) return list_page<CarbonLabel>(transaction, caller, list, open);
    return list_page<CarbonLabel>(transaction, caller, list, "(" + open + " OR owner = $1 OR reviewer = $1 OR verifier = $1)", {caller.actor.organisation});
}
Result<Page<LabelClass>> class_list(Transaction& transaction, const Caller& caller, const ListOf<LabelClass>& list) {
    return list_page<LabelClass>(transaction, caller, list);
}

} // namespace

Result<LabelView> label_view(Transaction& transaction, const Caller& caller, const LabelKey& key) {
    LabelView view{.carbon_label = TRY(label_seen(transaction, caller, key.id))};
    const CarbonLabel& label = view.carbon_label;
    const auto name = [&](const Id<Organisation>& id) -> Result<Text> {
        const auto found = TRY(transaction.find_one<Organisation>("id = $1", {id.text}));
        return found ? found->name : Text{};
    };
    view.owner_name = TRY(name(label.owner));
    view.reviewer_name = TRY(name(label.reviewer));
    view.verifier_name = TRY(name(label.verifier));
    if (const auto found = TRY(transaction.find_one<LabelClass>("code = $1", {label.product_class}))) view.class_title = found->title;
    view.valid = label.state == LabelState::published && label.valid_until && *label.valid_until >= date_of(caller.now);
    for (const CarbonLabel& one : TRY(transaction.find<CarbonLabel>("system = $1 AND number IS NOT NULL ORDER BY number DESC", {label.system.text})))
        view.editions.push_back(*one.number);
    if (caller.actor.person.empty()) return view;
    view.actions = label_actions(label.state, TRY(person_of(transaction, caller, label)));
    view.steps = TRY(library::steps_of(transaction, caller, label.id.text));
    return view;
}

std::vector<Endpoint> label_endpoints(const parties::TransparencyLog& log) {
    return {
        // clang-format off
        {"carbon_label_list", Method::get, "/carbon-labels", "Carbon labels: published ones, and those one takes part in.", Mode::read, open_to_all, call(label_list)},
        {"carbon_label_get", Method::get, "/carbon-labels/{id}", "One label with who stands behind it.", Mode::read, open_to_all, call(label_view)},
        {"carbon_label_create", Method::post, "/carbon-labels", "Make a label of a footprint: a draft.", Mode::write, write_carbon, call(label_create)},
        {"carbon_label_submit", Method::post, "/carbon-labels/{id}/submit", "Send a label to its reviewer.", Mode::write, submit_carbon, call(label_submit)},
        {"carbon_label_review", Method::post, "/carbon-labels/{id}/review", "Confirm the critical review of a label.", Mode::write, verify_carbon, call(label_review)},
        {"carbon_label_verify", Method::post, "/carbon-labels/{id}/verify", "Confirm the verification of a label.", Mode::write, verify_carbon, call(label_verify)},
        {"carbon_label_return", Method::post, "/carbon-labels/{id}/return", "Return a label to its owner.", Mode::write, verify_carbon, call(label_return)},
        {"carbon_label_publish", Method::post, "/carbon-labels/{id}/publish", "Publish a verified label: number, statement in the log.", Mode::write, submit_carbon, call(log, label_publish)},
        {"carbon_label_withdraw", Method::post, "/carbon-labels/{id}/withdraw", "Withdraw a published label.", Mode::write, submit_carbon, call(log, label_withdraw)},
        {"carbon_label_delete", Method::remove, "/carbon-labels/{id}", "Delete a draft.", Mode::write, write_carbon, call(label_delete)},
        {"label_class_list", Method::get, "/label-classes", "Classes that labels are compared in.", Mode::read, open_to_all, call(class_list)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
