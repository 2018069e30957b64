// certificates.cpp — certificates from application to issue; each step is kept, what is issued stands in the log.
#include "cities/certificates/certificates.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/list.h"
#include "cities/territories/territories.h"
#include "library/assessment/steps.h"
#include "parties/log/transparency_log.h"

namespace greenbank::cities {

Record describe(const CertificateKey*) { return {"island_certificate_key", "Names a certificate.", {field<&CertificateKey::id>("id", "Its id.")}}; }
Record describe(const CertificateView*) {
    using V = CertificateView;
    return {"island_certificate_view", "A certificate with who stands behind it.",
        {field<&V::certificate>("island_certificate", "The certificate."), field<&V::owner_name>("owner_name", "Who applied."),
            field<&V::assessor_name>("assessor_name", "Who verified."), field<&V::criteria>("criteria", "The criteria of its edition."),
            field<&V::criteria_status>("criteria_status", "Standing of that edition."), field<&V::criteria_source>("criteria_source", "Who set them."),
            field<&V::valid>("valid", "Issued, not withdrawn, not expired."), field<&V::actions>("actions", "What the caller may do now."),
            field<&V::steps>("steps", "How it came here.")}};
}
struct CertificateStep {
    Id<IslandCertificate> id;
    std::optional<std::string> comment;
};
Record describe(const CertificateStep*) {
    return {"island_certificate_step", "A step with its reason.",
        {field<&CertificateStep::id>("id", "Which certificate."), field<&CertificateStep::comment>("comment", "What was looked at, or why.", {.max = 4000})}};
}
struct CriteriaList {
    std::vector<CriteriaEdition> items;
};
Record describe(const CriteriaList*) {
    return {"criteria_list", "All editions of the criteria.", {field<&CriteriaList::items>("items", "By their dates.", {.max = 100})}};
}

namespace {

constexpr int valid_months = 24;

bool is_public(const IslandCertificate& one) { return one.state == CertificateState::issued || one.state == CertificateState::withdrawn; }

Result<IslandCertificate> certificate_seen(Transaction& transaction, const Caller& caller, const Id<IslandCertificate>& id) {
    auto one = TRY(transaction.find_one<IslandCertificate>("id = $1", {id.text}));
    const std::string& mine = caller.actor.organisation;
    if (one && (is_public(*one) || owns(caller, one->owner.text) || (!mine.empty() && one->assessor.text == mine))) return std::move(*one);
    return not_found(record_of<IslandCertificate>(), id.text);
}

Result<CertificatePerson> person_of(Transaction& transaction, const Caller& caller, const IslandCertificate& one) {
    const std::string &mine = caller.actor.organisation, &person = caller.actor.person;
    CertificatePerson made{.for_owner = !mine.empty() && one.owner.text == mine && caller.actor.may(submit_cities),
        .for_assessor = !mine.empty() && one.assessor.text == mine && caller.actor.may(verify_cities),
        .for_bank = caller.actor.may(run_cities)};
    if (person.empty()) return made;
    made.submitted = one.submitted_by == person;
    made.reviewed = one.reviewed_by == person;
    made.verified = one.verified_by == person;
    made.member_of_owner = TRY(library::is_member(transaction, person, {one.owner.text}));
    return made;
}

template <class Change>
Result<IslandCertificate> step(Transaction& transaction, const Caller& caller, const CertificateStep& ask, CertificateAction action, Change change) {
    IslandCertificate one = TRY(certificate_seen(transaction, caller, ask.id));
    TRY(check_expected(caller, one));
    const std::string before(name_of(one.state));
    const bool has_comment = ask.comment && !trim(*ask.comment).empty();
    one.state = TRY(certificate_step(one.state, action, TRY(person_of(transaction, caller, one)), has_comment));
    TRY(change(one));
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    TRY(library::add_step(
        transaction, caller, {one.id.text, std::string(name_of(action)), before, std::string(name_of(one.state)), ask.comment, one.version, one.sample}));
    return one;
}

/// A final inventory of one's own island, and an assessor that is somebody else.
Result<Done> check_parts(Transaction& transaction, const Caller& caller, IslandCertificate& one) {
    const TerritoryInventory inventory = TRY(balance_seen(transaction, caller, one.inventory));
    if (!owns(caller, inventory.owner)) return Error{Failure::forbidden, "territory.not_yours", "This territory is kept by another organisation."};
    const Territory territory = TRY(transaction.get(inventory.territory));
    if (territory.kind != TerritoryKind::island)
        return invalid({{"inventory", "certificate.no_island", "A certificate of a zero-carbon island is for islands; choose an island's inventory."}});
    if (inventory.state != BalanceState::final_)
        return invalid({{"inventory", "certificate.not_final", "Finish the inventory first; a certificate rests on figures that stay."}});
    const BalanceReport open = TRY(balance_report(transaction, inventory, false));
    if (!open.net_kg || !open.emissions_kg || !open.removals_kg)
        return invalid({{"inventory", "certificate.withheld",
            "A certificate shows sources, sinks and their balance; of this inventory that would betray a confidential line. Open that line, or join it with "
            "others."}});
    one.owner = Id<Organisation>(inventory.owner);
    one.territory = territory.id;
    TRY(take_plan(transaction, one));
    if (one.assessor == one.owner) return invalid({{"assessor", "certificate.own_assessor", "The assessor is another organisation than the island's own."}});
    TRY(transaction.get(one.assessor));
    return Done{};
}

Result<Done> check_evidence_codes(const IslandCertificate& one) {
    Problems problems;
    for (std::size_t i = 0; i < one.evidence.size(); ++i)
        if (std::none_of(one.outcomes.begin(), one.outcomes.end(), [&](const CriterionOutcome& of) { return of.criterion == one.evidence[i].criterion; }))
            problems.push_back({fmt::format("evidence[{}].criterion", i), "certificate.no_criterion", "The edition has no criterion {code}.",
                {{"code", one.evidence[i].criterion.substr(0, 40)}}});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Reply<IslandCertificate>> certificate_create(Transaction& transaction, const Caller& caller, const IslandCertificate& draft) {
    IslandCertificate one = draft;
    one.id = caller.new_id<IslandCertificate>();
    one.created_at = one.updated_at = caller.now;
    TRY(check_parts(transaction, caller, one));
    one.criteria = TRY(criteria_on(date_of(caller.now))).edition;
    TRY(take_figures(transaction, one, date_of(caller.now)));
    TRY(check_evidence_codes(one));
    TRY(transaction.insert(one));
    TRY(library::add_step(transaction, caller, {one.id.text, "create", "", "draft", {}, one.version, one.sample}));
    return Reply<IslandCertificate>{.body = std::move(one), .status = 201};
}

Result<IslandCertificate> certificate_draft(Transaction& transaction, const Caller& caller, const Id<IslandCertificate>& id) {
    IslandCertificate one = TRY(certificate_seen(transaction, caller, id));
    if (!owns(caller, one.owner.text)) return Error{Failure::forbidden, "territory.not_yours", "This territory is kept by another organisation."};
    if (one.state != CertificateState::draft)
        return Error{Failure::conflict, "certificate.state", "The certificate is not in a state in which this can be done."};
    return one;
}
Result<IslandCertificate> certificate_update(Transaction& transaction, const Caller& caller, const Patch<IslandCertificate>& patch) {
    TRY(certificate_draft(transaction, caller, patch.id));
    IslandCertificate one = TRY(apply_patch(transaction, caller, patch));
    TRY(check_parts(transaction, caller, one));
    TRY(take_figures(transaction, one, date_of(caller.now)));
    TRY(check_evidence_codes(one));
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}
Result<Done> certificate_delete(Transaction& transaction, const Caller& caller, const CertificateKey& key) {
    return transaction.erase(TRY(certificate_draft(transaction, caller, key.id)).id);
}

/// Criteria that an inventory or evidence does not meet stop it here; what evidence is worth the assessor says.
Result<IslandCertificate> certificate_submit(Transaction& transaction, const Caller& caller, const CertificateStep& ask) {
    return step(transaction, caller, ask, CertificateAction::submit, [&](IslandCertificate& one) -> Result<Done> {
        TRY(take_plan(transaction, one));
        TRY(take_figures(transaction, one, date_of(caller.now)));
        std::vector<std::string> missing;
        for (const CriterionOutcome& outcome : one.outcomes)
            if (!outcome.met) missing.push_back(outcome.criterion);
        if (!missing.empty())
            return Error{Failure::conflict, "certificate.not_met", "These criteria are not met yet: {criteria}.", {{"criteria", join(missing, ", ")}}};
        one.submitted_by = caller.actor.person;
        one.reviewed_by.clear();
        one.verified_by.clear();
        return Done{};
    });
}
Result<IslandCertificate> certificate_review(Transaction& transaction, const Caller& caller, const CertificateStep& ask) {
    return step(transaction, caller, ask, CertificateAction::review, [&](IslandCertificate& one) -> Result<Done> {
        one.reviewed_by = caller.actor.person;
        return Done{};
    });
}
Result<IslandCertificate> certificate_verify(Transaction& transaction, const Caller& caller, const CertificateStep& ask) {
    return step(transaction, caller, ask, CertificateAction::verify, [&](IslandCertificate& one) -> Result<Done> {
        one.verified_by = caller.actor.person;
        return Done{};
    });
}
Result<IslandCertificate> certificate_return(Transaction& transaction, const Caller& caller, const CertificateStep& ask) {
    return step(transaction, caller, ask, CertificateAction::give_back, [](IslandCertificate&) -> Result<Done> { return Done{}; });
}

Result<Done> state_it(Transaction& transaction, const parties::TransparencyLog& log, IslandCertificate& one, Time now) {
    const std::string statement = statement_of(one);
    const std::string_view piece = statement;
    one.statement = to_hex(parties::bytes_of(parties::digest_named("sha256")({&piece, 1})));
    one.proof = TRY(log.append(transaction, "island_certificate", one.id.text, now, statement, true)).code;
    return Done{};
}

Result<IslandCertificate> certificate_issue(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const CertificateKey& key) {
    return step(transaction, caller, {key.id, {}}, CertificateAction::issue, [&](IslandCertificate& one) -> Result<Done> {
        const std::string year = to_text(date_of(caller.now)).substr(0, 4);
        const Value last = TRY(transaction.query("SELECT MAX(number) FROM island_certificate WHERE number LIKE $1", {"ZCI-" + year + "-____"})).single();
        const int before = is_null(last) ? 0 : std::stoi(as_text(last).substr(9));
        return issue(transaction, log, one, caller.now, fmt::format("ZCI-{}-{:04}", year, before + 1));
    });
}
Result<IslandCertificate> certificate_withdraw(
    const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const CertificateStep& ask) {
    return step(transaction, caller, ask, CertificateAction::withdraw, [&](IslandCertificate& one) -> Result<Done> {
        one.reason = ask.comment;
        return state_it(transaction, log, one, caller.now);
    });
}

Result<Page<IslandCertificate>> certificate_list(Transaction& transaction, const Caller& caller, const ListOf<IslandCertificate>& list) {
    if (caller.actor.may(run_cities)) return list_page<IslandCertificate>(transaction, caller, list);
    const std::string open = "state IN ('issued', 'withdrawn')";
    if (caller.actor.organisation.empty()) return list_page<IslandCertificate>(transaction, caller, list, open);
    return list_page<IslandCertificate>(transaction, caller, list, "(" + open + " OR owner = $1 OR assessor = $1)", {caller.actor.organisation});
}

Result<CriteriaList> criteria_list(Transaction&, const Caller&) { return CriteriaList{criteria_editions()}; }

} // namespace

Result<Done> issue(Transaction& transaction, const parties::TransparencyLog& log, IslandCertificate& one, Time now, std::string number) {
    const std::string day = to_text(date_of(now));
    one.number = std::move(number);
    one.issued_on = date_of(now);
    const int month = std::stoi(day.substr(5, 2)) - 1 + valid_months;
    one.valid_until = make_date(std::stoi(day.substr(0, 4)) + month / 12, month % 12 + 1, std::min(28, std::stoi(day.substr(8, 2))));
    return state_it(transaction, log, one, now);
}

Result<std::optional<IslandCertificate>> certificate_on(Transaction& transaction, const Id<Territory>& territory, Date day) {
    auto one = TRY(transaction.find_one<IslandCertificate>("territory = $1 AND state = 'issued' ORDER BY issued_on DESC, id DESC LIMIT 1", {territory.text}));
    if (one && (!one->valid_until || *one->valid_until < day)) one.reset();
    return one;
}

Result<CertificateView> certificate_view(Transaction& transaction, const Caller& caller, const CertificateKey& key) {
    CertificateView view{.certificate = TRY(certificate_seen(transaction, caller, key.id))};
    const IslandCertificate& one = view.certificate;
    view.owner_name = TRY(organisation_name(transaction, one.owner.text));
    view.assessor_name = TRY(organisation_name(transaction, one.assessor.text));
    for (const CriteriaEdition& edition : criteria_editions())
        if (edition.edition == one.criteria) {
            view.criteria = edition.criteria;
            view.criteria_status = edition.status;
            view.criteria_source = edition.source;
        }
    view.valid = one.state == CertificateState::issued && one.valid_until && *one.valid_until >= date_of(caller.now);
    if (caller.actor.person.empty()) return view;
    view.actions = certificate_actions(one.state, TRY(person_of(transaction, caller, one)));
    view.steps = TRY(library::steps_of(transaction, caller, one.id.text));
    return view;
}

Check certificate_check() {
    return {"island_certificates", "Every certificate of an island says what its statement in the log says.",
        [](Transaction& transaction, CheckRun& run) -> Result<std::int64_t> {
            const auto all = TRY(transaction.find<IslandCertificate>("number IS NOT NULL ORDER BY id"));
            for (const IslandCertificate& one : all) {
                const std::string statement = statement_of(one);
                const std::string_view piece = statement;
                if (to_hex(parties::bytes_of(parties::digest_named("sha256")({&piece, 1}))) != one.statement.value_or(""))
                    run.found({"island_certificate/" + one.id.text, "certificate.not_stated", "Certificate {id} is not what its statement in the log says.",
                        {{"id", one.id.text}}});
            }
            return static_cast<std::int64_t>(all.size());
        }};
}

std::vector<Endpoint> certificate_endpoints(const parties::TransparencyLog& log) {
    return {
        // clang-format off
        {"island_certificate_list", Method::get, "/island-certificates", "Certificates of zero-carbon islands: issued ones, and those one takes part in.", Mode::read, open_to_all, call(certificate_list)},
        {"island_certificate_get", Method::get, "/island-certificates/{id}", "One certificate with who stands behind it.", Mode::read, open_to_all, call(certificate_view)},
        {"island_certificate_create", Method::post, "/island-certificates", "Apply for a certificate with a final inventory: a draft.", Mode::write, write_cities, call(certificate_create)},
        {"island_certificate_update", Method::patch, "/island-certificates/{id}", "Change a draft: its evidence, its inventory, its assessor.", Mode::write, write_cities, call(certificate_update)},
        {"island_certificate_delete", Method::remove, "/island-certificates/{id}", "Delete a draft.", Mode::write, write_cities, call(certificate_delete)},
        {"island_certificate_submit", Method::post, "/island-certificates/{id}/submit", "Send an application that meets the criteria to its assessor.", Mode::write, submit_cities, call(certificate_submit)},
        {"island_certificate_review", Method::post, "/island-certificates/{id}/review", "Confirm the review of evidence and figures.", Mode::write, verify_cities, call(certificate_review)},
        {"island_certificate_verify", Method::post, "/island-certificates/{id}/verify", "Confirm the verification; another person than the reviewer.", Mode::write, verify_cities, call(certificate_verify)},
        {"island_certificate_return", Method::post, "/island-certificates/{id}/return", "Return an application with a reason.", Mode::write, verify_cities, call(certificate_return)},
        {"island_certificate_issue", Method::post, "/island-certificates/{id}/issue", "Issue a verified certificate: number, statement in the log.", Mode::write, run_cities, call(log, certificate_issue)},
        {"island_certificate_withdraw", Method::post, "/island-certificates/{id}/withdraw", "Withdraw an issued certificate.", Mode::write, submit_cities, call(log, certificate_withdraw)},
        {"island_criteria_list", Method::get, "/island-criteria", "Criteria of zero-carbon islands by edition.", Mode::read, open_to_all, call(criteria_list)},
        // clang-format on
    };
}

} // namespace greenbank::cities
