// slice.cpp — the slice that api itself brings.
#include "api/call.h"
#include "api/jobs.h"
#include "api/kept_files.h"
#include "api/migrations.h"

namespace greenbank {

namespace {

constexpr Right see_all_jobs{"bank.jobs"};

struct JobKey {
    Id<Job> id;
};
Record describe(const JobKey*) { return {"job_key", "Names a job.", {field<&JobKey::id>("id", "The job's id.")}}; }

bool may_see(const Caller& caller, const Job& job) { return job.created_by == caller.actor.person || caller.actor.may(see_all_jobs); }

Result<Job> job_get(Transaction& transaction, const Caller& caller, const JobKey& key) {
    Job job = TRY(transaction.get(key.id));
    if (!may_see(caller, job)) return not_found(record_of<Job>(), key.id.text);
    return job;
}

Result<Page<Job>> job_list(Transaction& transaction, const Caller& caller, const ListOf<Job>& list) {
    if (caller.actor.may(see_all_jobs)) return list_page<Job>(transaction, caller, list);
    return list_page<Job>(transaction, caller, list, "created_by = $1", {caller.actor.person});
}

/// One that waits ends here; one at work learns it at its next sign of life.
Result<Job> job_cancel(const JobKinds& kinds, Transaction& transaction, const Caller& caller, const JobKey& key) {
    Job job = TRY(job_get(transaction, caller, key));
    if (job.state != JobState::queued && job.state != JobState::running) return Error{Failure::conflict, "job.ended", "The job has already ended."};
    job.cancel_requested = true;
    if (job.state == JobState::queued) TRY(end_without_end(transaction, kinds, job, JobState::cancelled, caller.now));
    else TRY(transaction.update(job));
    return job;
}

/// Server-sent events: the job's JSON whenever it changes, until it has ended.
Result<Response> job_events(Store& store, const Caller& caller, const JobKey& key) {
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return TRY(job_get(transaction, caller, key)), Done{}; }));
    Response response{.content_type = "text/event-stream"};
    response.stream = [&store, key, last = std::string(), ended = false]() mutable -> std::optional<std::string> {
        if (ended) return {};
        std::string event;
        auto read = store.read([&](Transaction& transaction) -> Result<Done> {
            const Job job = TRY(transaction.get(key.id));
            const std::string json = to_json(job);
            if (json != last) event = "data: " + json + "\n\n";
            last = json;
            ended = job.state != JobState::queued && job.state != JobState::running;
            return Done{};
        });
        if (!read) return {};
        return event;
    };
    return response;
}

} // namespace

Slice api_slice(const JobKinds& kinds) {
    Slice slice{
        .name = "api",
        .migrations = migrations_of("api", embedded::api_migrations, embedded::api_migrations_count),
        .records = {&record_of<Job>(), &record_of<KeptFile>()},
        .rights = {{see_all_jobs, "See and cancel the jobs of everybody.", {"officer", "administrator"}}},
        .endpoints =
            {
                // clang-format off
                {"job_list", Method::get, "/jobs", "Long work, newest first.", Mode::read, signed_in, call(job_list)},
                {"job_get", Method::get, "/jobs/{id}", "One job and how far it is.", Mode::read, signed_in, call(job_get)},
                {"job_cancel", Method::post, "/jobs/{id}/cancel", "Ask a job to stop.", Mode::write, signed_in, call(kinds, job_cancel)},
                {"job_events", Method::get, "/jobs/{id}/events", "Server-sent events of a job's progress.", Mode::compute, signed_in, call(job_events)},
                // clang-format on
            },
        .jobs = {},
    };
    for (Endpoint& endpoint : kept_file_endpoints()) slice.endpoints.push_back(std::move(endpoint));
    return slice;
}

} // namespace greenbank
