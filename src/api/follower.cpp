// follower.cpp — poked by this server's commits, and looking every 250 ms for those of others.
#include "api/follower.h"

#include <chrono>

#include "kernel/log.h"

namespace greenbank {

Follower::Follower(Store& store, std::string cursor, Listener listener) : store_(store), cursor_(std::move(cursor)), listener_(std::move(listener)) {
    store_.on_announcement([this] {
        const std::lock_guard lock(mutex_);
        poked_ = true;
        wake_.notify_one();
    });
    thread_ = std::thread([this] { loop(); });
}

Follower::~Follower() {
    store_.on_announcement({});
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Follower::loop() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wake_.wait_for(lock, std::chrono::milliseconds(250), [this] { return stopping_ || poked_; });
        poked_ = false;
        lock.unlock();
        const bool all = step();
        lock.lock();
        if (all) ++rounds_;
        caught_up_.notify_all();
    }
}

bool Follower::step() {
    while (true) {
        auto batch = store_.announcements(cursor_, 1000);
        if (!batch) {
            log(Level::warning, "feed_read", batch.error().message);
            return false;
        }
        if (batch.value().changes.empty()) return true;
        auto heard = listener_(store_, batch.value().changes, batch.value().cursor);
        if (!heard) {
            log(Level::error, "feed_listener", fill_in(heard.error().message, heard.error().parameters));
            return false;
        }
        cursor_ = batch.value().cursor;
    }
}

bool Follower::catch_up(Duration limit) {
    std::unique_lock lock(mutex_);
    const std::uint64_t target = rounds_ + 2; // one round may be under way already
    poked_ = true;
    wake_.notify_one();
    return caught_up_.wait_for(lock, std::chrono::microseconds(limit.microseconds), [&] {
        if (rounds_ >= target) return true;
        poked_ = true;
        wake_.notify_one();
        return false;
    });
}

} // namespace greenbank
