// audited_store.cpp — a line of the audit trail for every write of a computing operation.
#include "api/audited_store.h"

namespace greenbank {

AuditedStore::AuditedStore(Store& store, Gatekeeper& gatekeeper, Caller caller, std::string_view operation) :
    store_(store), gatekeeper_(gatekeeper), caller_(std::move(caller)), operation_(operation) {}

void AuditedStore::write(Work work, Finished finished) {
    // The write may run after the operation has been answered: it takes along what it needs.
    store_.write(
        [work = std::move(work), &gatekeeper = gatekeeper_, caller = caller_, operation = operation_](Transaction& transaction) -> Result<Done> {
            TRY(work(transaction));
            if (transaction.audited || transaction.changes().empty()) return Done{};
            return gatekeeper.audit(transaction, caller, operation, "ok", transaction.changes());
        },
        std::move(finished));
}

} // namespace greenbank
