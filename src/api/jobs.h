// Long work: a row in the database with progress, cancel, and a new runner after a crash.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "api/api.h"

namespace greenbank {

enum class JobState { queued, running, done, failed, cancelled };
template <> struct Choices<JobState> {
    static constexpr std::string_view name = "job_state";
    static constexpr std::string_view values[] = {"queued", "running", "done", "failed", "cancelled"};
};

struct Job {
    static constexpr std::string_view id_prefix = "job";
    Id<Job> id;
    std::string kind;
    JobState state = JobState::queued;
    std::int64_t done = 0, total = 0;
    std::string message;
    std::optional<std::string> error;  // a sentence
    std::string request;               // JSON
    std::optional<std::string> result; // JSON
    std::string checkpoint;            // JSON, for the next runner
    std::string created_by, organisation;
    Time created_at;
    std::optional<Time> started_at, finished_at;
    std::string server; // who runs it
    Time heartbeat_at;
    std::int64_t attempts = 0; // also the fence: only the runner of the latest attempt may write
    bool cancel_requested = false;
};
Record describe(const Job*);

/// Queues a job in the caller's transaction.
Result<Job> start_job(Transaction& transaction, const Caller& caller, std::string_view kind, std::string request_json = "{}");

/// Every kind of job that the slices bring, by name.
using JobKinds = std::map<std::string, JobKind, std::less<>>;
JobKinds job_kinds(const std::vector<Slice>& slices);

/// Ends a job without its own end, and tells what waited for it (JobKind::given_up). The caller's transaction.
Result<Done> end_without_end(Transaction& transaction, const JobKinds& kinds, Job& job, JobState state, Time now);

struct RunnerSettings {
    std::string server; // a name that no other server has
    int threads = 1;
    Duration lease = seconds(5); // a runner silent for so long has lost its job
    Duration poll = milliseconds(250);
    std::int64_t attempts_max = 5;
    Time (*clock)() = nullptr;
};

class Runner {
public:
    Runner(Store& store, const JobKinds& kinds, RunnerSettings settings);
    /// Running jobs are asked to stop and go back to the queue with their checkpoint.
    ~Runner();

private:
    struct Run;
    void loop();
    void heartbeat_loop();
    bool work_once();
    Result<std::optional<Job>> claim();
    void run(Job claimed);

    Store& store_;
    const JobKinds& kinds_;
    RunnerSettings settings_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::atomic<bool> stopping_ = false;
    std::vector<Run*> running_;
    Time swept_at_; // when kept answers were last thrown away
    std::vector<std::thread> threads_;
};

/// The slice that api itself brings: jobs and kept answers.
Slice api_slice(const JobKinds& kinds);

} // namespace greenbank
