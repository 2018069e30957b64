// library_checks.cpp — entries against their kept versions, documents against the versions they were made of.
#include "library/library_checks.h"

#include "library/experts.h"
#include "library/versions.h"
#include "parties/parties.h"
#include "json/json.h"

namespace greenbank::library {

/// The part of a document's statement (documents_on_paper.h) that can be checked here.
struct StatedDocument {
    std::string document, id, statement_sha256;
    std::int64_t version = 1;
};
Record describe(const StatedDocument*) {
    return {"stated_document", "What a document says of itself in the log.",
        {field<&StatedDocument::document>("document", "Its kind."), field<&StatedDocument::id>("id", "Of which record."),
            field<&StatedDocument::statement_sha256>("statement_sha256", "Of all that it states, in hex."),
            field<&StatedDocument::version>("version", "Of which version.")}};
}

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
            const Rows newest =
                TRY(transaction.query("SELECT number, content FROM entry_version WHERE entry = $1 ORDER BY number DESC LIMIT 1", {face.id}));
            if (newest.empty()) continue;
            const std::int64_t number = as_integer(newest.rows[0][0]);
            if (number > face.number)
                run.found({name + "/" + face.id, "library.version_ahead", "Version {number} of {entry} is kept, but the entry is older.", facts(face.id, number)});
            if (number != face.number) continue;
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

Result<std::int64_t> check_documents(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (std::int64_t from = 0;;) {
        const Rows leaves = TRY(transaction.query(
            "SELECT position, content FROM log_leaf WHERE kind = 'document' AND content IS NOT NULL AND position >= $1 ORDER BY position LIMIT $2", {from, page}));
        if (leaves.empty()) return examined;
        for (const auto& row : leaves.rows) {
            from = as_integer(row[0]) + 1;
            ++examined;
            const auto stated = from_json<StatedDocument>(as_text(row[1]), {.stored = true});
            if (!stated || stated.value().document != "technology") continue;
            const auto& [document, id, statement, number] = stated.value();
            const Rows version = TRY(transaction.query("SELECT content FROM entry_version WHERE entry = $1 AND number = $2", {id, number}));
            if (version.empty()) continue; // it was deleted with its versions, or came in without one
            const std::string_view content = as_text(version.rows[0][0]);
            if (to_hex(parties::bytes_of(parties::digest_named("sha256")({&content, 1}))) != statement)
                run.found({"entry_version/" + id, "library.document_differs",
                    "Version {number} of {entry} is not what the document in the log states of it.", facts(id, number)});
        }
        run.progress(examined, 0);
    }
}

} // namespace

std::vector<Check> library_checks() {
    return {{"library_versions", "Every entry of the library is what its newest version says.", check_versions},
        {"library_documents", "Documents in the log state what the versions say that they were made of.", check_documents}};
}

} // namespace greenbank::library
