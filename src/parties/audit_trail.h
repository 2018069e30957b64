// audit_trail.h — how a line comes into the audit trail: beside what it tells of, in one transaction, and into the transparency log.
#pragma once

#include "parties/log/transparency_log.h"
#include "parties/records.h"

namespace greenbank::parties {

/// `entry` gets its changes, and the record of the first one where it names none. The line itself is no change.
Result<Done> keep_audit_entry(Transaction& transaction, const TransparencyLog& log, AuditEntry entry, const std::vector<Change>& changes);

} // namespace greenbank::parties
