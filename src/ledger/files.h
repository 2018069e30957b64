// files.h — transfers out of a file through the engine, without a server:
//   greenbank ledger apply --accounts accounts.csv --in transfers.csv --out results.csv --balances balances.csv [--journal FILE]
//
// accounts   id,asset,flags        flags joined by +: debits_must_not_exceed_credits credits_must_not_exceed_debits frozen debits_frozen
// transfers  id,debit,credit,amount,asset,kind,pending_id,linked,timeout_s,at
//            kind: posted (also where empty), pending, post, void, reverse; pending_id: the hold, or the original of a reversal;
//            linked: 1 chains to the next row; at: seconds since 1970 or 2026-11-20T08:00:00Z, empty: the same moment as before.
//            post and reverse with amount 0 take all. Accounts and asset of a post, void or reverse may be empty.
//            Where nothing is called 0, a 0 as account, asset or pending_id is empty too.
// results    id,status             in the order of the rows; ok, or a code of engine/codes.h
// balances   id,asset,debits_pending,debits_posted,credits_pending,credits_posted      in the order of the accounts
// journal    what was posted, for hledger; a debit counts above zero
#pragma once

#include <array>
#include <filesystem>

#include "api/command.h"
#include "ledger/engine/codes.h"

namespace greenbank::ledger {

struct ApplyOptions {
    std::string in, out, balances, accounts;
    std::optional<std::string> journal;
};
Record describe(const ApplyOptions*);

struct Applied {
    std::uint64_t rows = 0;
    std::array<std::uint64_t, code_count> by_code{};
};

/// Rows are read one after another; memory holds accounts, names and what a later row may refer to. A file that cannot be
/// understood is an error that names every faulty line and what to do, and then no file is written; files appear complete.
Result<Applied> apply_files(const ApplyOptions& options);

/// `greenbank ledger apply`; prints how many rows came out with which code.
Command apply_command();

} // namespace greenbank::ledger
