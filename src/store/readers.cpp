// readers.cpp — a pool of connections that read.
#include "store/readers.h"

#include <chrono>

#include "store/unit_of_work.h"

namespace greenbank {

Readers::Readers(Connect connect, std::size_t connections_max) : connect_(std::move(connect)), connections_max_(connections_max) {}

Result<Done> Readers::read(const Work& work) {
    std::unique_ptr<Connection> connection = TRY(borrow());
    Result<Done> begun = connection->begin_read();
    if (!begun && connection->trouble() == Trouble::lost) { // it broke while idle; nothing has run yet
        auto connected = connect_(Access::read);
        if (connected) {
            connection = std::move(connected).value();
            begun = connection->begin_read();
        }
    }
    Result<Done> result = std::move(begun);
    if (result) {
        UnitOfWork unit(*connection);
        result = unit.run(work);
    }
    if (connection->trouble() == Trouble::conflict) forget_idle(); // a migration went by: their plans are as stale
    if (connection->trouble() != Trouble::none || !connection->roll_back()) connection.reset();
    give_back(std::move(connection));
    return result;
}

Result<std::unique_ptr<Connection>> Readers::borrow() {
    std::unique_lock lock(mutex_);
    const bool free = returned_.wait_for(lock, std::chrono::seconds(10), [this] { return !idle_.empty() || open_ < connections_max_; });
    if (!free) return unavailable("too many reads wait");
    if (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }
    ++open_;
    lock.unlock();
    auto connected = connect_(Access::read);
    if (!connected) give_back(nullptr);
    return connected;
}

void Readers::forget_idle() {
    std::lock_guard lock(mutex_);
    open_ -= idle_.size();
    idle_.clear();
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
    {
        std::lock_guard lock(mutex_);
        if (connection) idle_.push_back(std::move(connection));
        else --open_;
    }
    returned_.notify_one();
}

} // namespace greenbank
