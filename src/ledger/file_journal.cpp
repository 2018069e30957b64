// file_journal.cpp — lines in, what they say about ids out.
#include "ledger/file_journal.h"

namespace greenbank::ledger {

FileJournal::Kept& FileJournal::at(const TransferId& id) {
    if (kept_.size() <= name_of(id)) kept_.resize(name_of(id) + std::size_t{1});
    return kept_[name_of(id)];
}

void FileJournal::append(std::span<const Entry> lines) {
    for (const Entry& line : lines) {
        const Transfer& did = line.transfer;
        if (!did.id.empty())
            at(did.id) = {line.requested, did.amount, 0, line.number, did.refers_to.low, did.debit, did.credit, did.asset, did.timeout_seconds, did.kind};
        if (resolves(did.kind)) at(did.refers_to).resolved = did.kind;
        if (did.kind == Kind::reversal) at(did.refers_to).reversed += did.amount;
    }
}

Result<Done> FileJournal::find(std::span<const TransferId> ids, std::uint64_t through, std::vector<Recorded>& found) {
    for (const TransferId& id : ids) {
        if (name_of(id) >= kept_.size()) continue;
        const Kept& kept = kept_[name_of(id)];
        if (kept.number == 0 || kept.number > through) continue;
        Recorded one{.number = kept.number, .requested = kept.requested, .reversed = kept.reversed};
        one.transfer.id = id;
        one.transfer.refers_to = {0, kept.refers_to};
        one.transfer.amount = kept.amount;
        one.transfer.debit = kept.debit;
        one.transfer.credit = kept.credit;
        one.transfer.asset = kept.asset;
        one.transfer.kind = kept.kind;
        one.transfer.timeout_seconds = kept.timeout_seconds;
        if (kept.resolved != Kind::posted) one.resolved = kept.resolved;
        found.push_back(one);
    }
    return Done{};
}

} // namespace greenbank::ledger
