// library_checks.cpp — entries against their kept versions.
#include "library/library_checks.h"

#include "library/assessment/experts.h"
#include "library/versions.h"
#include "json/json.h"

namespace greenbank::library {

namespace {

constexpr std::int64_t page = 500;

std::vector<Parameter> facts(const std::string& entry, std::int64_t number) { return {{"entry", entry}, {"number", std::to_string(number)}}; }

/// An entry's newest kept version is the entry as it is; where versions began later than the entry there is none yet.
template <class T> Result<std::int64_t> check_entries(Transaction& transaction, CheckRun& run) {
    const std::string name(record_of<T>().name);
    std::int64_t examined = 0;
    for (std::string after;;) {
        const auto entries = TRY(transaction.find<T>("id > $1 ORDER BY id LIMIT $2", {after, page}));
        if (entries.empty()) return examined;
        for (const T& entry : entries) {
            const EntryFace face = face_of(entry);
            const Rows newest = TRY(transaction.query("SELECT number, content FROM entry_version WHERE entry = $1 ORDER BY number DESC LIMIT 1", {face.id}));
            if (newest.empty()) continue;
            const std::int64_t number = as_integer(newest.rows[0][0]);
            if (number > face.number)
                run.found(
                    {name + "/" + face.id, "library.version_ahead", "Version {number} of {entry} is kept, but the entry is older.", facts(face.id, number)});
            if (number != face.number || as_text(newest.rows[0][1]) == face.content) continue;
            // An older program may have written it with fewer fields: read and written again both must agree.
            const auto kept = from_json<T>(as_text(newest.rows[0][1]), {.secrets = true, .accept_read_only = true, .stored = true});
            if (!kept || face_of(kept.value()).content != face.content)
                run.found({name + "/" + face.id, "library.version_differs",
                    "{entry} is not what its version {number} was: it was changed behind the program's back.", facts(face.id, number)});
        }
        examined += static_cast<std::int64_t>(entries.size());
        run.progress(examined, 0);
        after = entries.back().id.text;
    }
}

Result<std::int64_t> check_versions(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (const auto check : {check_entries<Technology>, check_entries<Need>, check_entries<CapitalOffer>, check_entries<Expert>})
        examined += TRY(check(transaction, run));
    return examined;
}

} // namespace

std::vector<Check> library_checks() { return {{"library_versions", "Every entry of the library is what its newest version says.", check_versions}}; }

} // namespace greenbank::library
