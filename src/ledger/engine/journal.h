// journal.h — what the engine asks of whoever keeps the journal; the store answers in SQL, tests and files from memory.
// The engine itself remembers accounts, balances, open holds and a filter of ids: everything else is only asked for when an
// id is used again, a hold is gone, a transfer is reversed, or the past is wanted.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "kernel/result.h"
#include "ledger/engine/transfer.h"

namespace greenbank::ledger {

struct Recorded {
    std::uint64_t number = 0;
    Amount requested = 0;
    Transfer transfer;
    std::optional<Kind> resolved; // a hold: post_pending, void_pending or expiry, once there is such a line
    Amount reversed = 0;          // a posted transfer: the sum of its reversals
};

class Journal {
public:
    virtual ~Journal() = default;

    /// Appends those of `ids` that have a line numbered at most `through`, in any order; what happened to them afterwards counts
    /// up to `through` as well. An id may be asked for, and found, more than once.
    virtual Result<Done> find(std::span<const TransferId> ids, std::uint64_t through, std::vector<Recorded>& found) = 0;
    /// The balances of an account after its last line that happened at `at` or before; nothing where there is none.
    virtual Result<std::optional<Balances>> balances_at(AccountNumber account, Time at) = 0;
};

} // namespace greenbank::ledger
