// tombstones.cpp — one row an entry that is no more.
#include "library/publishing/tombstones.h"

#include <fmt/format.h>

namespace greenbank::library {

Result<Done> leave_tombstone(Transaction& transaction, const Record& record, const std::string& id, Time now) {
    if (!record.find("provenance")) return Done{};
    const std::string_view field = record.find("field") ? "field" : "NULL";
    TRY(transaction.execute(
        fmt::format("INSERT INTO entry_tombstone (id, kind, field, updated_at) SELECT id, '{0}', {1}, $1 FROM {0} WHERE id = $2 AND state <> 'draft' "
                    "AND peer IS NULL ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at",
            record.name, field),
        {now.microseconds, id}));
    return Done{};
}

} // namespace greenbank::library
