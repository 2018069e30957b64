// import_jobs.cpp — checking, running and undoing an import as jobs, and what becomes of it when one breaks off.
#include "library/entries.h"
#include "library/imports/imports.h"
#include "json/json.h"

namespace greenbank::library {

Record describe(const ImportJobRequest*) {
    return {"import_job_request", "Which import, and in which language faults are told.",
        {field<&ImportJobRequest::id>("id", "The import."), field<&ImportJobRequest::language>("language", "zh, en or ru.")}};
}

namespace {

Result<Done> store_import(JobRun& run, const Id<Import>& id, const std::function<void(Import&)>& change) {
    return run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        Import stored = TRY(transaction.get(id));
        change(stored);
        stored.updated_at = run.caller().now;
        return transaction.update(stored);
    });
}

Result<std::string> work(JobRun& run, bool dry) {
    const auto request = TRY(from_json<ImportJobRequest>(run.request()));
    const Language language = parse_language(request.language).value_or(Language::en);
    Import asked;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return asked = TRY(transaction.get(request.id)), Done{}; }));
    auto done = run_import(run, asked, dry, language);
    if (!done) {
        // A server that stops goes on later; everything else leaves the library as it was before.
        if (done.error().code == "job.stopped" && !run.cancelled()) return done.error();
        if (!dry) TRY(undo_import(run, asked, true));
        TRY(store_import(run, request.id, [](Import& stored) { stored.state = ImportState::mapped; }));
        return done.error();
    }
    TRY(store_import(run, request.id, [&](Import& stored) {
        stored.counts = done.value().counts;
        stored.problems = done.value().problems;
        stored.alike = done.value().alike;
        stored.faulty_file = done.value().faulty_file;
        stored.state = dry ? ImportState::checked : ImportState::done;
    }));
    return to_json(done.value().counts);
}

/// The import can be begun again; what has been written of it can be taken back.
Result<Done> given_up(Transaction& transaction, const std::string& job, Time now) {
    for (Import& waiting : TRY(transaction.find<Import>("job = $1 AND state IN ('checking', 'running', 'undoing')", {job}))) {
        const bool written = !TRY(transaction.query("SELECT entry FROM import_change WHERE import = $1 LIMIT 1", {waiting.id.text})).empty();
        waiting.state = written ? ImportState::done : ImportState::mapped;
        waiting.updated_at = now;
        TRY(transaction.update(waiting));
    }
    return Done{};
}

Result<std::string> undo(JobRun& run) {
    const auto request = TRY(from_json<ImportJobRequest>(run.request()));
    Import asked;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return asked = TRY(transaction.get(request.id)), Done{}; }));
    const ImportCounts counts = TRY(undo_import(run, asked));
    TRY(store_import(run, request.id, [&](Import& stored) {
        stored.counts = counts;
        stored.state = ImportState::undone;
    }));
    return to_json(counts);
}

} // namespace

std::vector<JobKind> import_jobs() {
    return {
        {"import_check", "Look at every row of a table.", write_entries, [](JobRun& run) { return work(run, true); }, given_up},
        {"import_run", "Write a table into the library.", write_entries, [](JobRun& run) { return work(run, false); }, given_up},
        {"import_undo", "Take an import back.", write_entries, undo, given_up},
    };
}

} // namespace greenbank::library
