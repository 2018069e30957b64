// verifications.cpp — applying, accepting, planning, confirming, issuing, publishing.
#include "library/assessment/verifications.h"

#include <cmath>

#include <fmt/format.h>

#include "library/assessment/panels.h"
#include "library/reference.h"
#include "library/rules.h"

namespace greenbank::library {

/// Names a verification.
struct VerificationKey {
    Id<Verification> id;
};
Record describe(const VerificationKey*) { return {"verification_key", "Names a verification.", {field<&VerificationKey::id>("id", "Its id.")}}; }

struct Application {
    Id<Technology> technology;
    Id<Organisation> verifier;
    std::vector<Claim> claims;
    Text existing_data;
    std::optional<std::string> comment;
};
Record describe(const Application*) {
    return {"verification_application", "Asks an independent verifier to verify a technology.",
        {
            field<&Application::technology>("technology", "A published technology."),
            field<&Application::verifier>("verifier", "An assessor that is independent of applicant and holder."),
            field<&Application::claims>("claims", "The performance to be verified.", {.min = 1, .max = 30}),
            field<&Application::existing_data>("existing_data", "Test data that is there already.", {.max = 2000}),
            field<&Application::comment>("comment", "What the verifier should know.", {.min = 1, .max = 4000}),
        }};
}

struct Amendment {
    Id<Verification> id;
    std::vector<Claim> claims; // none: as they were
    std::optional<Text> existing_data;
    std::optional<std::string> comment;
};
Record describe(const Amendment*) {
    return {"verification_amendment", "Applies again after a return.",
        {field<&Amendment::id>("id", "Its id."), field<&Amendment::claims>("claims", "The claims anew; none: as they were.", {.max = 30}),
            field<&Amendment::existing_data>("existing_data", "Test data that is there already.", {.max = 2000}),
            field<&Amendment::comment>("comment", "What was amended.", {.min = 1, .max = 4000})}};
}

struct VerificationStepRequest {
    Id<Verification> id;
    std::optional<std::string> comment;
};
Record describe(const VerificationStepRequest*) {
    return {"verification_step_request", "A step of a verification.",
        {field<&VerificationStepRequest::id>("id", "Its id."),
            field<&VerificationStepRequest::comment>(
                "comment", "Why, or what to do; needed where something is returned, refused or withdrawn after it was issued.", {.min = 1, .max = 4000})}};
}

struct Planning {
    Id<Verification> id;
    std::string plan_reference;
    std::vector<Claim> claims; // none: as they were
    std::optional<std::string> comment;
};
Record describe(const Planning*) {
    return {"verification_planning", "Fixes what is verified, and how.",
        {field<&Planning::id>("id", "Its id."),
            field<&Planning::plan_reference>("plan_reference", "Number or title of the verification and test plan.", {.min = 1, .max = 300}),
            field<&Planning::claims>("claims", "The claims as they will be verified; none: as they were.", {.max = 30}),
            field<&Planning::comment>("comment", "What the applicant should know.", {.min = 1, .max = 4000})}};
}

struct Confirmation {
    Id<Verification> id;
    std::vector<ClaimResult> results;
    std::optional<std::string> comment;
};
Record describe(const Confirmation*) {
    return {"verification_confirmation", "What was found, claim by claim.",
        {field<&Confirmation::id>("id", "Its id."), field<&Confirmation::results>("results", "One for each claim, in their order.", {.min = 1, .max = 30}),
            field<&Confirmation::comment>("comment", "What should be said about it.", {.min = 1, .max = 4000})}};
}

struct Issue {
    Id<Verification> id;
    std::string report_reference, statement_number;
    std::optional<std::string> report_link;
    Text statement;
    Date valid_until;
    std::optional<std::string> comment;
};
static void check_issue(const void* value, Problems& problems) {
    const auto& issue = *static_cast<const Issue*>(value);
    if (issue.report_link) check_link(*issue.report_link, "report_link", problems);
}
Record describe(const Issue*) {
    return {"verification_issue", "Issues report and statement.",
        {
            field<&Issue::id>("id", "Its id."),
            field<&Issue::report_reference>("report_reference", "Number or title of the verification report.", {.min = 1, .max = 300}),
            field<&Issue::statement_number>("statement_number", "Number of the statement; no two are the same.", {.min = 1, .max = 100}),
            field<&Issue::report_link>("report_link", "Where the report can be read.", {.min = 1, .max = 500}),
            field<&Issue::statement>("statement", "The statement in a few sentences.", {.min = 1, .max = 4000}),
            field<&Issue::valid_until>("valid_until", "The last day it is valid."),
            field<&Issue::comment>("comment", "What the applicant should know.", {.min = 1, .max = 4000}),
        },
        check_issue};
}

struct VerificationView {
    Verification verification;
    std::vector<ClaimVerdict> verdicts; // of the claims with a result, in their order
    Standing standing = Standing::pending;
    std::vector<AssessmentStep> steps;
    std::optional<VerificationPart> next;
    std::vector<VerificationAction> actions;
    std::vector<Remark> remarks;
    std::vector<PanelLine> panels;
};
Record describe(const VerificationView*) {
    return {"verification_view", "A verification, how it came there, and what may follow.",
        {
            field<&VerificationView::verification>("verification", "The verification."),
            field<&VerificationView::verdicts>("verdicts", "Of the claims with a result, in their order (JCGM 106:2012)."),
            field<&VerificationView::standing>("standing", "What it is worth today; expiry is computed, not stored."),
            field<&VerificationView::steps>("steps", "What was done, oldest first; for those who take part.", {.max = 1000}),
            field<&VerificationView::next>("next", "Whose turn it is, since `since` of the verification; absent: nobody's."),
            field<&VerificationView::actions>("actions", "What the caller may do now."),
            field<&VerificationView::remarks>("remarks", "What an assessor should ask about."),
            field<&VerificationView::panels>("panels", "Panels of experts on it."),
        }};
}

namespace {

using Action = VerificationAction;
using State = VerificationState;

std::vector<std::string> sides(const Verification& verification) {
    std::vector<std::string> organisations{verification.applicant.text};
    if (verification.holder) organisations.push_back(verification.holder->text);
    return organisations;
}

Result<VerificationPerson> person_of(Transaction& transaction, const Caller& caller, const Verification& verification) {
    const std::string& organisation = caller.actor.organisation;
    const auto in_applicant = TRY(is_member(transaction, caller.actor.person, sides(verification)));
    return VerificationPerson{.for_applicant = organisation == verification.applicant.text && caller.actor.may(publish_entries),
        .for_verifier = organisation == verification.verifier.text && caller.actor.may(perform_verification),
        .in_applicant = in_applicant,
        .of_the_bank = caller.actor.may(assess_entries)};
}

Result<Done> check_verifier(Transaction& transaction, const Verification& verification) {
    const Organisation verifier = TRY(transaction.get(verification.verifier));
    Independence independence{.is_assessor = verifier.kind == parties::OrganisationKind::assessor,
        .is_applicant = verifier.id == verification.applicant,
        .is_holder = verification.holder && verifier.id == *verification.holder};
    for (const std::string& side : sides(verification))
        independence.shares_people =
            independence.shares_people ||
            !TRY(transaction.query("SELECT a.id FROM membership a JOIN membership b ON a.person = b.person WHERE a.organisation = $1 AND b.organisation = $2",
                     {verifier.id.text, side}))
                 .empty();
    return check_independence(independence);
}

Result<bool> takes_part(Transaction& transaction, const Caller& caller, const Verification& verification) {
    const std::string& organisation = caller.actor.organisation;
    if (caller.actor.may(assess_entries)) return true;
    if (!organisation.empty() && (organisation == verification.applicant.text || organisation == verification.verifier.text ||
                                     (verification.holder && organisation == verification.holder->text)))
        return true;
    return sits_on_panel_of(transaction, caller, verification.id.text);
}

Result<Verification> seen(Transaction& transaction, const Caller& caller, const Id<Verification>& id) {
    Verification verification = TRY(transaction.get(id));
    if (!verification.published_on && !TRY(takes_part(transaction, caller, verification))) return not_found(record_of<Verification>(), id.text);
    return verification;
}

template <class Change> Result<Verification> step(
    Transaction& transaction, const Caller& caller, const Id<Verification>& id, Action action, const std::optional<std::string>& comment, Change change) {
    Verification verification = TRY(seen(transaction, caller, id));
    TRY(check_expected(caller, verification));
    const State before = verification.state;
    verification.state = TRY(verification_step(before, action, TRY(person_of(transaction, caller, verification)), comment.has_value()));
    TRY(change(verification));
    verification.since = verification.updated_at = caller.now;
    TRY(transaction.update(verification));
    TRY(add_step(transaction, caller,
        {id.text, std::string(name_of(action)), std::string(name_of(before)), std::string(name_of(verification.state)), comment, {}, verification.sample}));
    return verification;
}

Result<Verification> verification_apply(Transaction& transaction, const Caller& caller, const Application& application) {
    const Technology technology = TRY(entry_to_change(transaction, caller, application.technology));
    if (technology.state != library::State::published)
        return Error{Failure::conflict, "verification.technology_hidden", "Only a published technology is verified; publish the entry first."};
    TRY(check_holder_named(technology));
    Verification verification{.id = caller.new_id<Verification>(),
        .technology = technology.id,
        .title = technology.title,
        .holder = technology.holder,
        .applicant = technology.holder.value_or(Id<Organisation>(caller.actor.organisation)),
        .verifier = application.verifier,
        .claims = application.claims,
        .existing_data = application.existing_data,
        .since = caller.now,
        .sample = technology.sample,
        .created_at = caller.now,
        .updated_at = caller.now};
    if (verification.applicant.empty()) return Error{Failure::forbidden, "organisation.none", "You do not act for an organisation; choose or join one first."};
    TRY(check_verifier(transaction, verification));
    verification.state = TRY(verification_step({}, Action::apply, TRY(person_of(transaction, caller, verification)), application.comment.has_value()));
    TRY(transaction.insert(verification));
    TRY(add_step(transaction, caller,
        {verification.id.text, "apply", "", std::string(name_of(verification.state)), application.comment, technology.version, verification.sample}));
    return verification;
}

Result<Verification> verification_amend(Transaction& transaction, const Caller& caller, const Amendment& amendment) {
    return step(transaction, caller, amendment.id, Action::amend, amendment.comment, [&](Verification& verification) -> Result<Done> {
        if (!amendment.claims.empty()) verification.claims = amendment.claims;
        if (amendment.existing_data) verification.existing_data = *amendment.existing_data;
        return Done{};
    });
}

template <Action action> Result<Verification> plain_step(Transaction& transaction, const Caller& caller, const VerificationStepRequest& request) {
    return step(transaction, caller, request.id, action, request.comment, [&](Verification& verification) -> Result<Done> {
        if (action == Action::accept) return check_verifier(transaction, verification);
        if (action == Action::publish) verification.published_on = date_of(caller.now);
        return Done{};
    });
}

Result<Verification> verification_plan(Transaction& transaction, const Caller& caller, const Planning& planning) {
    return step(transaction, caller, planning.id, Action::plan, planning.comment, [&](Verification& verification) -> Result<Done> {
        verification.plan_reference = planning.plan_reference;
        if (!planning.claims.empty()) verification.claims = planning.claims;
        return Done{};
    });
}

Result<Verification> verification_confirm(Transaction& transaction, const Caller& caller, const Confirmation& confirmation) {
    return step(transaction, caller, confirmation.id, Action::confirm, confirmation.comment, [&](Verification& verification) -> Result<Done> {
        if (confirmation.results.size() != verification.claims.size())
            return invalid({{"results", "verification.results", "Give one result for each of the {count} claims, in their order.",
                {{"count", std::to_string(verification.claims.size())}}}});
        for (std::size_t i = 0; i < verification.claims.size(); ++i) verification.claims[i].result = confirmation.results[i];
        return Done{};
    });
}

Result<Verification> verification_issue(Transaction& transaction, const Caller& caller, const Issue& issue) {
    return step(transaction, caller, issue.id, Action::issue, issue.comment, [&](Verification& verification) -> Result<Done> {
        TRY(check_verifier(transaction, verification));
        const Date today = date_of(caller.now);
        if (issue.valid_until <= today) return invalid({{"valid_until", "verification.validity", "The last day of validity must lie ahead."}});
        if (!TRY(transaction.query("SELECT id FROM verification WHERE statement_number = $1", {issue.statement_number})).empty())
            return Error{Failure::conflict, "verification.number", "A statement with this number exists already."};
        verification.report_reference = issue.report_reference;
        verification.report_link = issue.report_link;
        verification.statement_number = issue.statement_number;
        verification.statement = issue.statement;
        verification.issued_on = today;
        verification.valid_until = issue.valid_until;
        return Done{};
    });
}

Result<VerificationView> verification_get(Transaction& transaction, const Caller& caller, const VerificationKey& key) {
    VerificationView view{.verification = TRY(seen(transaction, caller, key.id))};
    const Verification& verification = view.verification;
    for (const Claim& claim : verification.claims)
        if (claim.result) view.verdicts.push_back(judge_claim({claim.min, claim.max}, {claim.result->value, claim.result->uncertainty}));
    view.standing = standing_of(verification.state, verification.valid_until, date_of(caller.now));
    view.next = verification_next(verification.state);
    if (!TRY(takes_part(transaction, caller, verification))) return view;
    view.steps = TRY(steps_of(transaction, caller, verification.id.text));
    view.panels = TRY(panels_of(transaction, caller, "verification", verification.id.text));
    if (const auto technology = TRY(transaction.find_one<Technology>("id = $1", {verification.technology.text})))
        view.remarks = readiness_remarks(*technology, caller.language);
    else view.remarks.push_back(remark("technology_gone", caller.language));
    const VerificationPerson person = TRY(person_of(transaction, caller, verification));
    for (const Action action : verification_actions(verification.state))
        if (verification_step(verification.state, action, person, true)) view.actions.push_back(action);
    return view;
}

Result<Page<Verification>> verification_list(Transaction& transaction, const Caller& caller, const ListOf<Verification>& list) {
    if (caller.actor.may(assess_entries)) return list_page<Verification>(transaction, caller, list);
    if (caller.actor.organisation.empty()) return list_page<Verification>(transaction, caller, list, "published_on IS NOT NULL");
    return list_page<Verification>(
        transaction, caller, list, "published_on IS NOT NULL OR applicant = $1 OR holder = $1 OR verifier = $1", {caller.actor.organisation});
}

} // namespace

std::vector<Endpoint> verification_endpoints() {
    return {
        // clang-format off
        {"verification_list", Method::get, "/verifications", "Verifications after ISO 14034: published ones, and those one takes part in.", Mode::read, open_to_all, call(verification_list)},
        {"verification_get", Method::get, "/verifications/{id}", "One verification, how it came there and what may follow.", Mode::read, open_to_all, call(verification_get)},
        {"verification_apply", Method::post, "/verifications", "Apply for the verification of a technology.", Mode::write, publish_entries, call(verification_apply)},
        {"verification_amend", Method::post, "/verifications/{id}/amend", "Apply again after a return.", Mode::write, publish_entries, call(verification_amend)},
        {"verification_return", Method::post, "/verifications/{id}/return", "Return an application for completion.", Mode::write, perform_verification, call(plain_step<VerificationAction::give_back>)},
        {"verification_accept", Method::post, "/verifications/{id}/accept", "Accept an application.", Mode::write, perform_verification, call(plain_step<VerificationAction::accept>)},
        {"verification_refuse", Method::post, "/verifications/{id}/refuse", "Refuse a verification for good.", Mode::write, perform_verification, call(plain_step<VerificationAction::refuse>)},
        {"verification_plan", Method::post, "/verifications/{id}/plan", "Fix what is verified, and how.", Mode::write, perform_verification, call(verification_plan)},
        {"verification_confirm", Method::post, "/verifications/{id}/confirm", "Say what was found, claim by claim.", Mode::write, perform_verification, call(verification_confirm)},
        {"verification_issue", Method::post, "/verifications/{id}/issue", "Issue report and statement.", Mode::write, perform_verification, call(verification_issue)},
        {"verification_publish", Method::post, "/verifications/{id}/publish", "Publish a verification statement.", Mode::write, assess_entries, call(plain_step<VerificationAction::publish>)},
        {"verification_withdraw", Method::post, "/verifications/{id}/withdraw", "Withdraw an application or a statement.", Mode::write, publish_entries, call(plain_step<VerificationAction::withdraw>)},
        // clang-format on
    };
}

} // namespace greenbank::library
