// verified.cpp — verified reductions as other rooms ask for them.
#include "carbon/reductions/verified.h"

#include "api/list.h"
#include "carbon/reductions/reductions.h"
#include "library/assessment/steps.h"

namespace greenbank::carbon {

Record describe(const VerifiedReduction*) {
    return {"verified_reduction", "Tonnes of one period that an independent assessor stands for.",
        {
            field<&VerifiedReduction::id>("id", "Id.", {.read_only = true}),
            field<&VerifiedReduction::project>("project", "Where they were reduced.", {.read_only = true, .filter = true}),
            field<&VerifiedReduction::reduction>("reduction", "Under which reduction project.", {.read_only = true, .filter = true}),
            field<&VerifiedReduction::period>("period", "In which monitoring period.", {.read_only = true}),
            field<&VerifiedReduction::owner>("owner", "To whom credits may be issued.", {.max = 60, .read_only = true, .filter = true}),
            field<&VerifiedReduction::from>("from_day", "First day.", {.read_only = true, .sort = true}),
            field<&VerifiedReduction::until>("until_day", "Last day.", {.read_only = true}),
            field<&VerifiedReduction::vintage>(
                "vintage", "The year in which they came about.", {.min = 1990, .max = 2200, .read_only = true, .filter = true, .sort = true}),
            field<&VerifiedReduction::verified_kg>("verified_kg", "What the assessor stands for.", {.unit = "kgCO2e", .read_only = true, .sort = true}),
            field<&VerifiedReduction::measured_kg>("measured_kg", "What was measured, before deductions.", {.unit = "kgCO2e", .read_only = true}),
            field<&VerifiedReduction::methodology>("methodology", "By which methodology.", {.max = 60, .read_only = true, .filter = true}),
            field<&VerifiedReduction::methodology_edition>("methodology_edition", "In which edition.", {.max = 60, .read_only = true}),
            field<&VerifiedReduction::methodology_status>("methodology_status", "Official, unconfirmed or sample.", {.max = 20, .read_only = true}),
            field<&VerifiedReduction::assessor>("assessor", "Who verified.", {.max = 60, .read_only = true, .filter = true}),
            field<&VerifiedReduction::assessor_name>("assessor_name", "Who verified, by name.", {.max = 300, .read_only = true}),
            field<&VerifiedReduction::state>("state", "Ready for issuance, issued or withdrawn.", {.read_only = true, .filter = true}),
            field<&VerifiedReduction::statement_hash>("statement_hash", "SHA-256 of the verified report.", {.max = 64, .read_only = true}),
            field<&VerifiedReduction::proof_code>("proof_code", "Its place in the transparency log.", {.max = 200, .read_only = true}),
            field<&VerifiedReduction::proof_position>("proof_position", "Its number in the log.", {.read_only = true}),
            field<&VerifiedReduction::issued_as>("issued_as", "What the registry calls the block of credits.", {.max = 200, .read_only = true}),
            field<&VerifiedReduction::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&VerifiedReduction::verified_at>("verified_at", "When it was verified.", {.read_only = true, .sort = true}),
            field<&VerifiedReduction::issued_at>("issued_at", "When credits were issued.", {.read_only = true}),
            field<&VerifiedReduction::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        {}, true};
}

Record describe(const CarbonKey<VerifiedReduction>*) {
    using Key = CarbonKey<VerifiedReduction>;
    return {"verified_reduction_key", "Names a verified reduction.", {field<&Key::id>("id", "Its id.")}};
}
struct VerifiedWithdrawal {
    Id<VerifiedReduction> id;
    std::string reason;
};
Record describe(const VerifiedWithdrawal*) {
    return {"verified_withdrawal", "Takes a verification back before credits are issued.",
        {field<&VerifiedWithdrawal::id>("id", "Which."), field<&VerifiedWithdrawal::reason>("reason", "Why.", {.min = 1, .max = 2000})}};
}

namespace {

Result<Page<VerifiedReduction>> verified_list(Transaction& transaction, const Caller& caller, const ListOf<VerifiedReduction>& list) {
    return list_page<VerifiedReduction>(transaction, caller, list);
}
Result<VerifiedReduction> verified_get(Transaction& transaction, const Caller&, const CarbonKey<VerifiedReduction>& key) { return transaction.get(key.id); }

/// The assessor takes its word back, or the bank does; the audit trail keeps the reason.
Result<VerifiedReduction> verified_withdraw(Transaction& transaction, const Caller& caller, const VerifiedWithdrawal& given) {
    VerifiedReduction verified = TRY(reduction_ready(transaction, given.id));
    TRY(check_expected(caller, verified));
    if (!caller.actor.may(see_carbon) && (caller.actor.organisation.empty() || caller.actor.organisation != verified.assessor))
        return Error{Failure::forbidden, "reduction.not_yours", "This step is for the other side: the owner submits, the assessor judges."};
    verified.state = VerifiedState::withdrawn;
    TRY(transaction.update(verified));
    MonitoringPeriod period = TRY(transaction.get(verified.period));
    TRY(add_step(transaction, caller, period.steps, ReductionAction::refuse, period.state, ReductionState::refused, given.reason));
    period.state = ReductionState::refused;
    period.updated_at = caller.now;
    TRY(transaction.update(period));
    return verified;
}

} // namespace

Result<VerifiedReduction> reduction_ready(Transaction& transaction, const Id<VerifiedReduction>& id) {
    VerifiedReduction verified = TRY(transaction.get(id));
    if (verified.state != VerifiedState::ready)
        return Error{Failure::conflict, "reduction.not_ready", "These reductions were issued or withdrawn already; each is issued once."};
    return verified;
}

Result<VerifiedReduction> reduction_issued(Transaction& transaction, const Id<VerifiedReduction>& id, std::string issued_as, Time now) {
    VerifiedReduction verified = TRY(reduction_ready(transaction, id));
    verified.state = VerifiedState::issued;
    verified.issued_as = std::move(issued_as);
    verified.issued_at = now;
    TRY(transaction.update(verified));
    return verified;
}

Result<std::vector<VerifiedReduction>> verified_reductions(Transaction& transaction, const Id<projects::Project>& project, Date from, Date until) {
    return transaction.find<VerifiedReduction>(
        "project = $1 AND from_day >= $2 AND until_day <= $3 AND state <> 'withdrawn' ORDER BY from_day, id", {project.text, to_text(from), to_text(until)});
}

std::vector<Endpoint> verified_endpoints() {
    return {
        // clang-format off
        {"verified_reduction_list", Method::get, "/verified-reductions", "Verified reductions, for everybody to look up.", Mode::read, open_to_all, call(verified_list)},
        {"verified_reduction_get", Method::get, "/verified-reductions/{id}", "One verified reduction with its proof.", Mode::read, open_to_all, call(verified_get)},
        {"verified_reduction_withdraw", Method::post, "/verified-reductions/{id}/withdraw", "Take a verification back before credits are issued.", Mode::write, verify_carbon, call(verified_withdraw)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
