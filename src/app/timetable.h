// timetable.h — what a server does again and again by the clock: a thread that calls a function at intervals.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "kernel/time.h"

namespace greenbank::app {

class Timetable {
public:
    Timetable(Duration interval, std::function<void()> act) :
        thread_([this, interval, act = std::move(act)] {
            std::unique_lock lock(mutex_);
            while (!ending_.wait_for(lock, std::chrono::microseconds(interval.microseconds), [this] { return stopping_; })) act();
        }) {}
    ~Timetable() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        ending_.notify_all();
        thread_.join();
    }
    Timetable(const Timetable&) = delete;

private:
    std::mutex mutex_;
    std::condition_variable ending_;
    bool stopping_ = false;
    std::thread thread_; // last: it uses the others
};

} // namespace greenbank::app
