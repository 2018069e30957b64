// check.h — what must hold in a database, as rows that slices bring: `greenbank verify` runs them all in one snapshot.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace greenbank {

/// What a running check says. Finding something is no failure of the check.
struct CheckRun {
    /// A problem's `field` names the place: "audit_entry/audit_…", its code and sentence what is wrong.
    std::function<void(Problem problem)> found;
    /// Called now and then; total may be 0 while it is not known.
    std::function<void(std::int64_t done, std::int64_t total)> progress = [](std::int64_t, std::int64_t) {};
};

struct Check {
    std::string_view name; // "log", "library_versions": [a-z_]+
    std::string_view doc;  // one sentence: what holds
    /// How many things it looked at. Reads page by page: a table may be larger than the memory.
    std::function<Result<std::int64_t>(Transaction& transaction, CheckRun& run)> run;
};

/// Every reference of the stored records leads to a record that is there: fields of kind id, by description.
Check reference_check(std::span<const Record* const> records);

/// What one check came to.
struct CheckOutcome {
    std::string name, doc;
    std::int64_t examined = 0, found = 0;
    std::vector<Problem> problems; // the first `problems_told_max`
};
constexpr std::size_t problems_told_max = 100;

using CheckProgress = std::function<void(std::string_view check, std::int64_t done, std::int64_t total)>;
/// All of them, in order, in one snapshot of the store; an error where the database itself cannot be read.
Result<std::vector<CheckOutcome>> run_checks(Store& store, std::span<const Check> checks, const CheckProgress& progress);

} // namespace greenbank
