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

bool was_cancelled(JobRun& run, const Import& asked) {
    bool cancelled = false;
    (void)run.store().read([&](Transaction& transaction) -> Result<Done> {
        if (asked.job) cancelled = TRY(transaction.get(*asked.job)).cancel_requested;
        return Done{};
    });
    return cancelled;
}

Result<std::string> work(JobRun& run, bool dry) {
    const auto request = TRY(from_json<ImportJobRequest>(run.request()));
    const Language language = parse_language(request.language).value_or(Language::en);
    Import asked;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return asked = TRY(transaction.get(request.id)), Done{}; }));
    auto done = run_import(run, asked, dry, language);
    if (!done) {
        // A server that stops goes on later; everything else leaves the library as it was before.
        if (done.error().code == "job.stopped" && !was_cancelled(run, asked)) return done.error();
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
        {"import_check", "Look at every row of a table.", write_entries, [](JobRun& run) { return work(run, true); }},
        {"import_run", "Write a table into the library.", write_entries, [](JobRun& run) { return work(run, false); }},
        {"import_undo", "Take an import back.", write_entries, undo},
    };
}

} // namespace greenbank::library
