// ticker.cpp — a thread that mostly sleeps.
#include "api/ticker.h"

#include <chrono>

namespace greenbank {

Ticker::Ticker(Duration every, std::function<void()> work) : work_(std::move(work)), thread_([this, every] { loop(every); }) {}

Ticker::~Ticker() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    work_();
}

void Ticker::loop(Duration every) {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::microseconds(every.microseconds), [this] { return stopping_; })) {
        lock.unlock();
        work_();
        lock.lock();
    }
}

} // namespace greenbank
