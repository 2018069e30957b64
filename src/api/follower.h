// Follows the store's change feed, so that what is kept outside the database (search, matching) sees each commit, of this
// server or another, within a second.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "store/store.h"

namespace greenbank {

class Follower {
public:
    /// Gets a batch in order; called from one thread only. An error is logged and the batch tried again.
    using Listener = std::function<Result<Done>(Store&, const std::vector<Announcement>&, const std::string& cursor)>;

    /// Begins after `cursor` (empty: from the first announcement).
    Follower(Store& store, std::string cursor, Listener listener);
    ~Follower();

    /// Waits until everything committed before the call has been passed on, at most `limit`. For tests and start-up.
    bool catch_up(Duration limit);

private:
    void loop();
    bool step();

    Store& store_;
    std::string cursor_;
    Listener listener_;
    std::mutex mutex_;
    std::condition_variable wake_, caught_up_;
    bool poked_ = true;
    std::uint64_t rounds_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace greenbank
