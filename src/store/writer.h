// Group commit: one thread takes all writes that wait, runs each under a savepoint of one transaction, commits once,
// and then answers them all. Nobody is answered before the commit is durable.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "store/connection.h"
#include "store/store.h"

namespace greenbank {

struct WriterSettings {
    std::size_t group_max = 512;
    std::size_t waiting_max = 20'000; // more are refused at once
};

class Writer {
public:
    Writer(Connect connect, WriterSettings settings);
    /// Finishes what waits.
    ~Writer();
    Writer(const Writer&) = delete;

    void submit(Work work, Finished finished);
    void on_announcement(std::function<void()> listener);
    Store::Statistics statistics() const;

    /// True on the thread of any writer: waiting there for a write would be for ever.
    static bool is_this_thread();

private:
    struct Job {
        Work work;
        Finished finished;
        Result<Done> result = Done{};
    };

    /// How one attempt to run and commit some jobs ended.
    struct Attempt {
        bool committed = false;
        bool again = false; // nothing was saved, and another attempt (or one by one) may do better
        Trouble trouble = Trouble::none;
        Error error = {};
    };

    void loop();
    std::vector<Job> take();
    void commit(std::span<Job> jobs);
    Attempt attempt(std::span<Job> jobs);
    Result<Done> begin();
    void run(Job& job);
    void give_up_transaction();
    void answer(std::span<Job> jobs);

    Connect connect_;
    WriterSettings settings_;
    std::unique_ptr<Connection> connection_; // null after it was lost
    bool reachable_ = true;
    bool announced_ = false; // in the open transaction
    std::int64_t group_ = 0; // the open transaction's number
    std::size_t group_before_ = 0;
    std::vector<std::function<void()>> listeners_;

    mutable std::mutex mutex_; // guards what follows
    std::condition_variable arrived_;
    std::deque<Job> waiting_;
    bool closing_ = false;

    std::mutex listeners_mutex_;
    std::atomic<std::int64_t> groups_ = 0;
    std::atomic<std::int64_t> writes_ = 0;
    std::thread thread_; // last: it starts when all else is there
};

} // namespace greenbank
