// operations.h — cases of sharing across borders: entered, computed by a job, read, exported; zones published by their organisations; what is owed, paid.
#pragma once

#include "planning/sharing/records.h"
#include "planning/studies/operations.h"

namespace greenbank::ledger {
class Book;
}

namespace greenbank::planning {

struct CrossBorderKey {
    Id<CrossBorderStudy> id;
};
Record describe(const CrossBorderKey*);

/// Accept and pay what an emergency made one's organisation owe.
inline constexpr Right sign_obligations{"planning.sign"};

/// The case if the caller may see it: its own organisation's, one where it has a zone, a sample.
Result<CrossBorderStudy> case_seen(Transaction& transaction, const Caller& caller, const Id<CrossBorderStudy>& id);
/// As case_seen, or the error that it belongs to others.
Result<CrossBorderStudy> case_to_change(Transaction& transaction, const Caller& caller, const Id<CrossBorderStudy>& id);
/// Its job is begun anew; the caller stores the case.
Result<Done> queue_case(Transaction& transaction, const Caller& caller, CrossBorderStudy& study);
Result<std::vector<ZoneMember>> members_of(Transaction& transaction, const Id<CrossBorderStudy>& study);

std::vector<Endpoint> cross_border_endpoints();
std::vector<Endpoint> zone_endpoints();
std::vector<Endpoint> obligation_endpoints(ledger::Book& book);
/// What is paid is what the ledger moved.
Check obligations_check();
JobKind cross_border_job();
/// The sample cases queued.
SampleStep sample_cross_border();

} // namespace greenbank::planning
