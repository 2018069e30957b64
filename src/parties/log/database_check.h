// database_check.h — the transparency log of a database against the records it tells of.
#pragma once

#include "api/check.h"
#include "parties/log/verifier.h"
#include "parties/records.h"

namespace greenbank::parties {

/// Every audit entry is the one that its leaf tells of, every leaf, node and head is what was signed, and nothing was left out.
Check log_check_of_database();

/// What the check learns on its way, for those who say more than good or bad.
struct LogSummary {
    std::uint64_t records = 0, signed_records = 0;
    std::int64_t heads = 0, cosignatures = 0;
    std::string origin, key; // the key that signs now
};
Result<LogSummary> verify_database_log(Transaction& transaction, CheckRun& run);

/// Leaves from `position` on with their contents: kept ones, and audit entries made again as text. `missing` has the positions of
/// leaves whose audit entry is gone.
struct LeavesWithContents {
    std::vector<StoredLeaf> leaves;
    std::vector<std::uint64_t> missing;
};
Result<LeavesWithContents> read_leaves_with_contents(Transaction& transaction, std::uint64_t position, std::size_t limit);
/// The head as its note, with the cosignatures of witnesses.
Result<std::vector<StoredHead>> read_cosigned_heads(Transaction& transaction, std::int64_t number, std::size_t limit);
Result<std::vector<std::string>> read_witness_keys(Transaction& transaction);

} // namespace greenbank::parties
