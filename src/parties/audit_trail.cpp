// audit_trail.cpp — a line of the audit trail: its changes, its row, its leaf.
#include "parties/audit_trail.h"

namespace greenbank::parties {

Result<Done> keep_audit_entry(Transaction& transaction, const TransparencyLog& log, AuditEntry entry, const std::vector<Change>& changes) {
    transaction.audited = true;
    for (const Change& change : changes) {
        if (change.record == "audit_entry") continue;
        if (entry.record.empty()) {
            entry.record = change.record;
            entry.record_id = change.id;
        }
        entry.changes.push_back({change.record, change.id, change.before, change.after});
    }
    const bool captured = std::exchange(transaction.capture_changes, false);
    auto inserted = transaction.insert(entry);
    transaction.capture_changes = captured;
    if (!inserted) return inserted;
    return log.append_audit(transaction, entry);
}

} // namespace greenbank::parties
