// bundle.h — a whole log as JSON lines, to be kept elsewhere and verified without its bank:
//   {"greenbank_log":1,"origin":…,"hash":"sha256","keys":[{"key":…,"since_head":0}],"witnesses":[…]}
//   {"leaf":0,"kind":"audit","subject":"audit_…","at":…,"digest":"…hex","leaf_hash":"…hex","content":"…"}   content may be left out
//   {"head":0,"size":1,"at":…,"note":"…"}            right after the last record it is of
//   {"end":true,"leaves":1,"heads":1}
#pragma once

#include "parties/log/database_check.h"

namespace greenbank::parties {

using WriteBytes = std::function<Result<Done>(std::string_view bytes)>;
/// Fills the buffer with what comes next; 0 at the end.
using ReadBytes = std::function<Result<std::size_t>(std::span<char> buffer)>;

struct BundleOptions {
    bool contents = true; // what the records say, not only their hashes
};
/// One snapshot of the log.
Result<LogSummary> export_log(
    Transaction& transaction, const BundleOptions& options, const WriteBytes& write, const std::function<void(std::int64_t, std::int64_t)>& progress);

constexpr std::size_t bundle_line_bytes_max = 64 * 1024 * 1024;

/// Reads a bundle to its end. A text that is no bundle is an error with its line; what does not hold in one is found.
/// `key`: the log's key as its owner published it; empty: the one that the bundle names, which proves less.
Result<LogSummary> verify_bundle(const ReadBytes& read, std::string_view key, CheckRun& run);

} // namespace greenbank::parties
