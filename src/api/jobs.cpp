// jobs.cpp — claiming, running and ending jobs.
#include "api/jobs.h"

#include <fmt/format.h>

#include "api/kept_files.h"
#include "kernel/log.h"

namespace greenbank {

Record describe(const Job*) {
    return {"job", "Long work with progress.",
        {
            field<&Job::id>("id", "Id.", {.read_only = true}),
            field<&Job::kind>("kind", "What it does: the name of a job.", {.filter = true}),
            field<&Job::state>("state", "Where it stands.", {.filter = true}),
            field<&Job::done>("done", "Units of work done."),
            field<&Job::total>("total", "Units of work in all; 0 while unknown."),
            field<&Job::message>("message", "What it is doing now."),
            field<&Job::error>("error", "Why it failed."),
            field<&Job::request>("request", "What was asked, as JSON.", {.max = 1'000'000}),
            field<&Job::result>("result", "What came of it, as JSON.", {.max = 10'000'000}),
            field<&Job::checkpoint>("checkpoint", "Where the next runner goes on.", {.max = 1'000'000, .read_only = true, .secret = true}),
            field<&Job::created_by>("created_by", "The person who asked for it.", {.filter = true}),
            field<&Job::organisation>("organisation", "For whom."),
            field<&Job::created_at>("created_at", "When it was asked for.", {.sort = true}),
            field<&Job::started_at>("started_at", "When it first ran."),
            field<&Job::finished_at>("finished_at", "When it ended."),
            field<&Job::server>("server", "The server that runs it."),
            field<&Job::heartbeat_at>("heartbeat_at", "When its runner last gave a sign of life."),
            field<&Job::attempts>("attempts", "How often it was started."),
            field<&Job::cancel_requested>("cancel_requested", "Somebody has asked it to stop."),
        }};
}

Result<Job> start_job(Transaction& transaction, const Caller& caller, std::string_view kind, std::string request_json) {
    Job job{.id = caller.new_id<Job>(),
        .kind = std::string(kind),
        .request = std::move(request_json),
        .created_by = caller.actor.person,
        .organisation = caller.actor.organisation,
        .created_at = caller.now,
        .heartbeat_at = caller.now};
    TRY(transaction.insert(job));
    return job;
}

/// One job in one thread. Its own row carries the attempt as a fence: a runner that lost its lease cannot say how it ended.
/// What the job writes elsewhere must bear being written twice (ids by row, checkpoints).
struct Runner::Run : JobRun {
    Run(Runner& owner, Job started) : runner(owner), job(std::move(started)) {
        asker.actor.person = job.created_by;
        asker.actor.organisation = job.organisation;
        asker.now = runner.settings_.clock();
        asker.random = Random(static_cast<std::uint64_t>(asker.now.microseconds));
    }

    bool report(std::int64_t done, std::int64_t total, const std::string& message) override {
        const Time now = runner.settings_.clock();
        if (now - last_report < milliseconds(300) && done < total) return going_on();
        last_report = now;
        {
            const std::lock_guard lock(progress);
            job.done = done;
            job.total = total;
            job.message = message;
        }
        beat(now);
        return going_on();
    }

    Result<Done> checkpoint(const std::string& json) override {
        auto kept = fenced("UPDATE job SET checkpoint = $1 WHERE id = $2 AND attempts = $3 AND state = 'running'", {json, job.id.text, job.attempts});
        if (kept && !going_on()) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
        return kept;
    }
    std::string last_checkpoint() const override { return job.checkpoint; }
    Store& store() override { return runner.store_; }
    const Caller& caller() const override { return asker; }
    Time now() const override { return runner.settings_.clock(); }
    const std::string& request() const override { return job.request; }
    bool cancelled() const override { return cancel_asked; }

    bool going_on() const { return !lost && !cancel_asked && !runner.stopping_; }

    /// Progress and a sign of life; learns whether the lease was lost or a cancel was asked for.
    void beat(Time now) {
        std::int64_t done, total;
        std::string message;
        {
            const std::lock_guard lock(progress);
            done = job.done, total = job.total, message = job.message;
        }
        (void)fenced("UPDATE job SET done = $1, total = $2, message = $3, heartbeat_at = $4 WHERE id = $5 AND attempts = $6 AND state = 'running'",
            {done, total, message, now.microseconds, job.id.text, job.attempts});
        (void)runner.store_.read([&](Transaction& transaction) -> Result<Done> {
            const Rows rows = TRY(transaction.query("SELECT cancel_requested FROM job WHERE id = $1", {job.id.text}));
            if (as_integer(rows.single())) cancel_asked = true;
            return Done{};
        });
    }

    Result<Done> fenced(std::string_view sql, const std::vector<Value>& values) {
        return runner.store_.write([&](Transaction& transaction) -> Result<Done> {
            if (TRY(transaction.execute(sql, values)) == 0) lost = true;
            return Done{};
        });
    }

    Runner& runner;
    Job job;
    Caller asker;
    std::mutex progress;
    Time last_report;
    std::atomic<bool> lost = false, cancel_asked = false;
};

JobKinds job_kinds(const std::vector<Slice>& slices) {
    JobKinds kinds;
    for (const Slice& slice : slices)
        for (const JobKind& kind : slice.jobs) kinds.emplace(std::string(kind.name), kind);
    return kinds;
}

Result<Done> end_without_end(Transaction& transaction, const JobKinds& kinds, Job& job, JobState state, Time now) {
    job.state = state;
    job.finished_at = now;
    TRY(transaction.update(job));
    const auto kind = kinds.find(job.kind);
    if (kind == kinds.end() || !kind->second.given_up) return Done{};
    transaction.capture_changes = false; // that the job ended is in the audit trail
    return kind->second.given_up(transaction, job.id.text, now);
}

Runner::Runner(Store& store, const JobKinds& kinds, RunnerSettings settings) : store_(store), kinds_(kinds), settings_(std::move(settings)) {
    for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { loop(); });
    threads_.emplace_back([this] { heartbeat_loop(); });
}

Runner::~Runner() {
    stopping_ = true;
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void Runner::loop() {
    while (!stopping_) {
        if (work_once()) continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, std::chrono::microseconds(settings_.poll.microseconds), [this] { return stopping_.load(); });
    }
}

void Runner::heartbeat_loop() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wake_.wait_for(lock, std::chrono::microseconds(settings_.lease.microseconds / 4), [this] { return stopping_.load(); });
        const Time now = settings_.clock();
        for (Run* run : running_) run->beat(now);
        if (swept_at_ + hours(1) > now) continue;
        swept_at_ = now;
        // Whoever has not repeated a request within two days will not.
        store_.write(
            [before = (now - hours(48)).microseconds, now = now.microseconds](Transaction& transaction) -> Result<Done> {
                TRY(transaction.execute("DELETE FROM idempotency WHERE created_at < $1", {before}));
                TRY(transaction.execute(forget_expired_files, {now}));
                return Done{};
            },
            [](Result<Done>) {});
    }
}

bool Runner::work_once() {
    auto claimed = claim();
    if (!claimed || !claimed.value()) return false;
    run(std::move(*std::move(claimed).value()));
    return true;
}

Result<std::optional<Job>> Runner::claim() {
    const Time now = settings_.clock();
    const std::vector<Value> silent_since{(now - settings_.lease).microseconds};
    constexpr std::string_view waiting = "state = 'queued' OR (state = 'running' AND heartbeat_at < $1)";
    bool any = false;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        any = !TRY(transaction.query(fmt::format("SELECT id FROM job WHERE {} LIMIT 1", waiting), silent_since)).empty();
        return Done{};
    }));
    std::optional<Job> claimed;
    if (!any) return claimed;
    const JobKinds* told = &kinds_;
    const auto take_one = [&](Transaction& transaction) -> Result<Done> {
        claimed.reset();
        const std::string_view lock = store_.engine() == "postgres" ? " FOR UPDATE SKIP LOCKED" : "";
        std::optional<Job> job = TRY(transaction.find_one<Job>(fmt::format("{} ORDER BY created_at, id LIMIT 1{}", waiting, lock), silent_since));
        if (!job) return Done{};
        job->attempts += 1;
        job->server = settings_.server;
        job->heartbeat_at = now;
        if (!job->started_at) job->started_at = now;
        if (job->cancel_requested) return end_without_end(transaction, *told, *job, JobState::cancelled, now);
        const bool known = kinds_.contains(job->kind);
        if (known && job->attempts <= settings_.attempts_max) {
            job->state = JobState::running;
            TRY(transaction.update(*job));
            claimed = std::move(job);
            return Done{};
        }
        job->error = known ? "The job was started too often without coming to its end." : "This server does not know such a job.";
        return end_without_end(transaction, *told, *job, JobState::failed, now);
    };
    if (const auto taken = store_.write(take_one); !taken) { // what waits for one job must not hold up those behind it
        log(Level::error, "job_claim", fill_in(taken.error().message, taken.error().parameters));
        static const JobKinds nobody;
        told = &nobody;
        TRY(store_.write(take_one));
    }
    return claimed;
}

void Runner::run(Job claimed) {
    Run run(*this, std::move(claimed));
    {
        const std::lock_guard lock(mutex_);
        running_.push_back(&run);
    }
    log(Level::info, "job_started", fmt::format("{} {} attempt {}", run.job.kind, run.job.id.text, run.job.attempts));
    auto result = [&]() -> Result<std::string> {
        try {
            return kinds_.find(run.job.kind)->second.run(run);
        } catch (const std::exception& error) {
            return Error{Failure::internal, "job.error", error.what()};
        }
    }();
    {
        const std::lock_guard lock(mutex_);
        std::erase(running_, &run);
    }
    if (run.lost) return; // somebody else has it
    const Time now = settings_.clock();
    const auto written = store_.write([&](Transaction& transaction) -> Result<Done> {
        std::optional<Job> job = TRY(transaction.find_one<Job>("id = $1 AND attempts = $2", {run.job.id.text, run.job.attempts}));
        if (!job) return Done{}; // somebody else has it by now
        if (result) {
            job->state = JobState::done;
            job->total = job->done = std::max(run.job.done, run.job.total);
            job->message.clear();
            job->result = result.value();
            job->finished_at = now;
            return transaction.update(*job);
        }
        if (run.cancel_asked) return end_without_end(transaction, kinds_, *job, JobState::cancelled, now);
        if (stopping_) {
            job->state = JobState::queued;
            job->attempts -= 1;
            return transaction.update(*job);
        }
        std::string sentence = fill_in(result.error().message, result.error().parameters);
        for (const Problem& problem : result.error().problems)
            if (sentence.size() < 2000) sentence += fmt::format(" {}: {}", problem.field, fill_in(problem.message, problem.parameters));
        job->error = std::move(sentence);
        return end_without_end(transaction, kinds_, *job, JobState::failed, now);
    });
    if (!written)
        log(Level::error, "job_end", fmt::format("{} {}: {}", run.job.kind, run.job.id.text, fill_in(written.error().message, written.error().parameters)));
    log(Level::info, "job_ended", fmt::format("{} {}", run.job.kind, run.job.id.text));
}

} // namespace greenbank
