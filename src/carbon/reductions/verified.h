// verified.h — what verification leaves behind, for the registry and for loans whose margin follows measured tonnes.
#pragma once

#include "projects/projects.h"
#include "store/transaction.h"

namespace greenbank::carbon {

struct ReductionProject;
struct MonitoringPeriod;

/// ready: nobody has issued credits for it yet. issued: a registry has, and the serials name it. withdrawn: the statement was taken back before that.
enum class VerifiedState { ready, issued, withdrawn };

/// Tonnes that an independent assessor stands for, of one project, one period and one vintage. Written once; only its state moves.
struct VerifiedReduction {
    static constexpr std::string_view id_prefix = "verified";
    Id<VerifiedReduction> id;
    Id<projects::Project> project;
    Id<ReductionProject> reduction;
    Id<MonitoringPeriod> period;
    std::string owner;            // the organisation that credits will be issued to
    Date from, until;             // both days belong to the period
    std::int64_t vintage = 0;     // the calendar year in which the reductions came about
    std::int64_t verified_kg = 0; // CO2e; never more than measured_kg
    std::int64_t measured_kg = 0;
    std::string methodology, methodology_edition;
    std::string methodology_status; // official, unconfirmed or sample: credits say so too
    std::string assessor, assessor_name;
    VerifiedState state = VerifiedState::ready;
    std::string statement_hash; // SHA-256 of the report that was verified, in hexadecimal
    std::string proof_code;     // of the transparency log: /proof/<code>
    std::int64_t proof_position = 0;
    std::optional<std::string> issued_as; // what the registry calls the block
    bool sample = false;
    Time verified_at;
    std::optional<Time> issued_at;
    std::int64_t version = 1;
};
Record describe(const VerifiedReduction*);

/// Ready for issuance; else Failure::conflict "reduction.not_ready" (issued or withdrawn), or "not found".
Result<VerifiedReduction> reduction_ready(Transaction& transaction, const Id<VerifiedReduction>& id);
/// Marks it as issued under that name, once. For the registry, in the transaction that credits the accounts.
Result<VerifiedReduction> reduction_issued(Transaction& transaction, const Id<VerifiedReduction>& id, std::string issued_as, Time now);
/// All of a project whose period lies in these days, withdrawn ones left out, oldest first. For loans linked to measured tonnes.
Result<std::vector<VerifiedReduction>> verified_reductions(Transaction& transaction, const Id<projects::Project>& project, Date from, Date until);

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::VerifiedState> {
    static constexpr std::string_view name = "verified_state";
    static constexpr std::string_view values[] = {"ready", "issued", "withdrawn"};
};
} // namespace greenbank
