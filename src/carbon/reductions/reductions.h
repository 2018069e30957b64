// reductions.h — what the operations of reductions share: who sees and changes what, the report of a period, the endpoints by resource.
#pragma once

#include "api/call.h"
#include "carbon/reductions/methodologies.h"
#include "carbon/rights.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::energy {
class Archive;
}

namespace greenbank::carbon {

/// Names one record.
template <class T> struct CarbonKey { Id<T> id; };
Record describe(const CarbonKey<ReductionProject>*);
Record describe(const CarbonKey<MonitoringPeriod>*);
Record describe(const CarbonKey<VerifiedReduction>*);

/// Its owner, its assessor and the bank see a reduction project and its periods.
Result<ReductionProject> reduction_seen(Transaction& transaction, const Caller& caller, const Id<ReductionProject>& id);
Result<MonitoringPeriod> period_seen(Transaction& transaction, const Caller& caller, const Id<MonitoringPeriod>& id);
/// SQL for lists: the caller acts for owner or assessor, or is the bank.
std::string seen_where(const Caller& caller, std::vector<Value>& parameters);
/// Seen, and the caller acts for the owner.
Result<ReductionProject> reduction_to_change(Transaction& transaction, const Caller& caller, const Id<ReductionProject>& id);

/// What stands between this caller and a judgement, and for whom they act.
Result<ReductionPerson> reduction_person(Transaction& transaction, const Caller& caller, const ReductionProject& project);
/// Appends a step, with the caller's name.
Result<Done> add_step(Transaction& transaction, const Caller& caller, std::vector<ReductionStep>& steps, ReductionAction action, ReductionState before,
    ReductionState after, const std::optional<std::string>& reason);

/// What the stored readings come to.
Result<ReductionResult> report_of(Transaction& transaction, const ReductionProject& project, const MonitoringPeriod& period);

/// A confirmed period becomes a verified reduction, with its leaf in the log.
Result<Done> keep_verified(Transaction& transaction, const parties::TransparencyLog& log, const ReductionProject& project, MonitoringPeriod& period,
    Id<VerifiedReduction> id, Language language, Time now);

Command reduction_command();
std::vector<Endpoint> reduction_endpoints();
/// `archive` is where the energy room keeps what meters sent.
std::vector<Endpoint> monitoring_endpoints(const parties::TransparencyLog& log, energy::Archive& archive);
std::vector<Endpoint> verified_endpoints();
std::vector<Endpoint> monitoring_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log);

} // namespace greenbank::carbon
