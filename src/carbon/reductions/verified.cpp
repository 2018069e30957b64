// verified.cpp — verified reductions as other rooms ask for them.
#include "carbon/reductions/verified.h"

#include "carbon/reductions/records.h"

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
            field<&VerifiedReduction::vintage>("vintage", "The year in which they came about.", {.read_only = true, .filter = true, .sort = true}),
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
    return transaction.find<VerifiedReduction>("project = $1 AND from_day >= $2 AND until_day <= $3 AND state <> 'withdrawn' ORDER BY from_day, id",
        {project.text, to_text(from), to_text(until)});
}

} // namespace greenbank::carbon
