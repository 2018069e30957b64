// import_undo.cpp — what an import wrote is taken back, where nobody has changed it since.
#include <fmt/format.h>

#include "library/imports/import_kinds.h"
#include "library/publishing/tombstones.h"
#include "library/versions.h"
#include "json/json.h"

namespace greenbank::library {

Result<ImportCounts> undo_import(JobRun& run, const Import& done, bool to_the_end) {
    const ImportKindRow& kind = import_kind(done.kind);
    const Record& record = kind.record();
    ImportCounts counts = done.counts;
    counts.removed = counts.restored = counts.left_alone = 0;
    std::int64_t seen = 0;
    while (true) {
        std::int64_t taken = 0, removed = 0, restored = 0, left = 0;
        TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
            taken = removed = restored = left = 0;
            transaction.capture_changes = false;
            const Rows changes =
                TRY(transaction.query("SELECT entry, version, before FROM import_change WHERE import = $1 ORDER BY entry LIMIT 200", {done.id.text}));
            for (const auto& change : changes.rows) {
                ++taken;
                const std::string& entry = as_text(change[0]);
                TRY(transaction.execute("DELETE FROM import_change WHERE import = $1 AND entry = $2", {done.id.text, entry}));
                const Rows now = TRY(transaction.query(fmt::format("SELECT version FROM {} WHERE id = $1", record.name), {entry}));
                if (now.empty()) continue;
                if (as_integer(now.single()) != as_integer(change[1])) {
                    ++left;
                    continue;
                }
                const auto value = kind.make(), before = kind.make();
                if (as_text(change[2]).empty()) {
                    TRY(leave_tombstone(transaction, record, entry, run.now()));
                    TRY(transaction.erase_record(record, entry, before.get()));
                    ++removed;
                    continue;
                }
                TRY(read_json(as_text(change[2]), record, value.get(), {.secrets = true, .accept_read_only = true, .stored = true}));
                *static_cast<std::int64_t*>(record.find("version")->make(value.get())) = as_integer(change[1]);
                *static_cast<Time*>(record.find("updated_at")->make(value.get())) = run.now(); // it is a change, and harvesters must see it
                TRY(transaction.update_record(record, value.get(), before.get()));
                if (kind.has_state()) TRY(keep_version(transaction, run.caller(), face_of(record, value.get()), "undo"));
                ++restored;
            }
            return Done{};
        }));
        counts.removed += removed, counts.restored += restored, counts.left_alone += left;
        if (taken == 0) return counts;
        seen += taken;
        if (!run.report(seen, std::max(seen, done.counts.created + done.counts.merged)) && !to_the_end)
            return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    }
}

} // namespace greenbank::library
