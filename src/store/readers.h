// A pool of connections for reading; each read is one snapshot on the caller's thread.
#pragma once

#include <condition_variable>
#include <mutex>

#include "store/connection.h"
#include "store/store.h"

namespace greenbank {

class Readers {
public:
    Readers(Connect connect, std::size_t connections_max);

    Result<Done> read(const Work& work);

private:
    Result<std::unique_ptr<Connection>> borrow();
    void forget_idle();
    void give_back(std::unique_ptr<Connection> connection); // null where it was lost

    Connect connect_;
    std::size_t connections_max_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t open_ = 0; // idle and lent
};

} // namespace greenbank
