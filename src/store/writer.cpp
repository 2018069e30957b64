// writer.cpp — group commit.
#include "store/writer.h"

#include <chrono>

#include "kernel/log.h"
#include "store/unit_of_work.h"

namespace greenbank {

using namespace std::chrono_literals;

namespace {

thread_local bool on_writer_thread = false;
std::atomic<std::int64_t> groups_given = 0; // of all stores of the program

constexpr int attempts_max = 8;
constexpr auto reconnect_for = 5s;
/// Callers that were just answered mostly write again at once: waiting this long for them makes groups of all instead of halves.
constexpr auto gather_for = 100us;

// 2, 4, 8 … ms, with a little of the clock's noise so that two servers part.
void back_off(int attempt) {
    const auto noise = std::chrono::steady_clock::now().time_since_epoch().count() % 1000;
    std::this_thread::sleep_for(std::chrono::milliseconds(1 << std::min(attempt + 1, 7)) + std::chrono::microseconds(noise));
}

} // namespace

Writer::Writer(Connect connect, WriterSettings settings) : connect_(std::move(connect)), settings_(settings), thread_([this] { loop(); }) {}

Writer::~Writer() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

bool Writer::is_this_thread() { return on_writer_thread; }

void Writer::submit(Work work, Finished finished) {
    std::string refused;
    {
        std::lock_guard lock(mutex_);
        if (closing_) refused = "closing";
        else if (waiting_.size() >= settings_.waiting_max) refused = "too many writes wait";
        else waiting_.push_back({std::move(work), std::move(finished)});
    }
    if (refused.empty()) arrived_.notify_one();
    else finished(unavailable(std::move(refused)));
}

void Writer::on_announcement(std::function<void()> listener) {
    std::lock_guard lock(listeners_mutex_);
    listeners_.push_back(std::move(listener));
}

Store::Statistics Writer::statistics() const {
    std::lock_guard lock(mutex_);
    return {groups_, writes_, static_cast<std::int64_t>(waiting_.size())};
}

void Writer::loop() {
    on_writer_thread = true;
    for (;;) {
        std::vector<Job> jobs = take();
        if (jobs.empty()) return;
        commit(jobs);
    }
}

std::vector<Writer::Job> Writer::take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (group_before_ > 1 && waiting_.size() < group_before_)
        arrived_.wait_for(lock, gather_for, [this] { return closing_ || waiting_.size() >= group_before_; });

    std::vector<Job> jobs;
    while (!waiting_.empty() && jobs.size() < settings_.group_max) {
        jobs.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    group_before_ = jobs.size();
    return jobs;
}

void Writer::commit(std::span<Job> jobs) {
    for (int tried = 0;; ++tried) {
        Attempt attempted = attempt(jobs);
        if (attempted.committed) break;
        if (jobs.size() > 1 && attempted.again) {
            for (Job& job : jobs) commit({&job, 1});
            return;
        }
        const bool may_pass = attempted.trouble == Trouble::conflict || attempted.trouble == Trouble::lost;
        if (attempted.again && may_pass && tried < attempts_max) {
            back_off(tried);
            continue;
        }
        for (Job& job : jobs) job.result = attempted.error;
        break;
    }
    answer(jobs);
}

Writer::Attempt Writer::attempt(std::span<Job> jobs) {
    announced_ = false;
    const auto failed = [this](Error error, bool again) {
        const Trouble trouble = connection_ ? connection_->trouble() : Trouble::none;
        std::string text = error.code + ": " + fill_in(error.message, error.parameters);
        for (const Parameter& parameter : error.parameters) text += " " + parameter.name + "=" + parameter.value;
        log(Level::warning, "store_group_failed", text);
        give_up_transaction();
        return Attempt{.again = again, .trouble = trouble, .error = std::move(error)};
    };

    auto begun = begin();
    if (!begun) return failed(begun.error(), false);
    group_ = ++groups_given;
    for (Job& job : jobs) {
        run(job);
        if (connection_->trouble() != Trouble::none) return failed(job.result ? unavailable("") : job.result.error(), true);
    }
    auto committed = connection_->commit();
    // An unknown outcome must not be tried again by us: only the caller's idempotency key can tell.
    if (!committed) return failed(committed.error(), connection_->trouble() != Trouble::lost && connection_->trouble() != Trouble::ended);

    ++groups_;
    for (const Job& job : jobs) writes_ += job.result ? 1 : 0;
    return {.committed = true};
}

Result<Done> Writer::begin() {
    const auto until = std::chrono::steady_clock::now() + reconnect_for;
    for (int tried = 0;; ++tried) {
        Result<Done> begun = Done{};
        if (!connection_) {
            auto connected = connect_(Access::write);
            if (connected) connection_ = std::move(connected).value();
            else begun = connected.error();
        }
        if (begun) begun = connection_->begin_write();
        if (begun) {
            reachable_ = true;
            return begun;
        }
        if (connection_ && connection_->trouble() == Trouble::none) return begun; // it is there, and refuses
        connection_.reset();
        // The first group of an outage waits for the end of it; the next ones are answered at once.
        if (!reachable_ || std::chrono::steady_clock::now() > until) {
            reachable_ = false;
            return begun;
        }
        back_off(tried);
    }
}

void Writer::run(Job& job) {
    job.result = connection_->savepoint();
    if (!job.result) return;
    UnitOfWork unit(*connection_, group_);
    job.result = unit.run(job.work);
    if (job.result) job.result = connection_->release();
    if (job.result) {
        announced_ = announced_ || unit.announced();
        return;
    }
    if (connection_->trouble() != Trouble::none) return;
    auto undone = connection_->undo();
    if (!undone) job.result = undone.error();
}

// A connection that has seen input and output errors is never trusted again: what it believes written may not be.
void Writer::give_up_transaction() {
    if (!connection_) return;
    const Trouble trouble = connection_->trouble();
    const bool usable = trouble == Trouble::none || trouble == Trouble::conflict;
    if (!usable || !connection_->roll_back()) connection_.reset();
}

void Writer::answer(std::span<Job> jobs) {
    const bool announced = std::exchange(announced_, false);
    for (Job& job : jobs) {
        job.finished(std::move(job.result));
        job = {}; // what the work held goes now, not with the last of its group
    }
    if (!announced) return;
    std::lock_guard lock(listeners_mutex_);
    for (const auto& listener : listeners_) listener();
}

} // namespace greenbank
