// ticker.h — something small that is done again and again beside requests, and once more at the end.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "kernel/time.h"

namespace greenbank {

class Ticker {
public:
    /// `work` logs its own errors. It is never called twice at once.
    Ticker(Duration every, std::function<void()> work);
    ~Ticker();
    Ticker(const Ticker&) = delete;

private:
    void loop(Duration every);

    std::function<void()> work_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace greenbank
