// memory_journal.h — a journal of committed lines in plain maps, for tests and small books.
#pragma once

#include <map>

#include "ledger/engine/journal.h"

namespace greenbank::ledger {

class MemoryJournal : public Journal {
public:
    std::vector<Entry> lines; // lines[i] is number i + 1
    std::size_t lookups = 0;  // ids asked for
    bool broken = false;      // answers with an error, as a disk might

    void append(std::span<const Entry> more) {
        for (const Entry& line : more) {
            require(line.number == lines.size() + 1, "lines come in order");
            lines.push_back(line);
            if (!line.transfer.id.empty()) by_id_[line.transfer.id] = lines.size() - 1;
            if (!line.transfer.refers_to.empty()) referring_.emplace(line.transfer.refers_to, lines.size() - 1);
        }
    }

    Result<Done> find(std::span<const TransferId> ids, std::uint64_t through, std::vector<Recorded>& found) override {
        if (broken) return Error{Failure::unavailable, "store.unavailable", "The journal cannot be read."};
        std::map<TransferId, Recorded> each;
        for (const TransferId& id : ids) {
            ++lookups;
            const auto at = by_id_.find(id);
            if (at == by_id_.end() || at->second >= through) continue;
            const Entry& line = lines[at->second];
            Recorded one{line.number, line.requested, line.transfer, {}, 0};
            for (auto [next, end] = referring_.equal_range(id); next != end; ++next) {
                const Transfer& later = lines[next->second].transfer;
                if (next->second >= through) continue;
                if (later.kind == Kind::reversal) one.reversed += later.amount;
                else one.resolved = later.kind;
            }
            each[id] = one;
        }
        for (auto& [id, one] : each) found.push_back(one);
        return Done{};
    }

    Result<std::optional<Balances>> balances_at(AccountNumber account, Time at) override {
        if (broken) return Error{Failure::unavailable, "store.unavailable", "The journal cannot be read."};
        std::optional<Balances> last;
        for (const Entry& line : lines) {
            if (line.transfer.at > at) break;
            if (line.transfer.debit == account) last = line.debit_after;
            if (line.transfer.credit == account) last = line.credit_after;
        }
        return last;
    }

private:
    std::map<TransferId, std::size_t> by_id_;
    std::multimap<TransferId, std::size_t> referring_;
};

} // namespace greenbank::ledger
