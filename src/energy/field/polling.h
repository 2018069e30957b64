// polling.h — devices that do not speak by themselves: their registers are read in turn, and set points written.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <thread>

#include "energy/field/ports.h"
#include "energy/field/records.h"
#include "energy/field/refusals.h"
#include "energy/telemetry/intake.h"

namespace greenbank::energy {

struct PolledDevice {
    std::string connection, device, address, reason; // reason: why not; empty where the last reading succeeded
    std::int64_t reads = 0, failures = 0, points = 0;
    Time read_at, next_at;
};

/// One device and its connection; used by one thread at a time.
class Poller {
public:
    Poller(FieldConnection connection, std::unique_ptr<RegisterBus> bus);

    /// Reads every register if it is time; what it says becomes points. Blocks as long as the device takes.
    Result<Accepted> poll(Intake& intake, Refusals& refusals, Time now);
    /// Nothing is written that the register map does not call writable.
    Result<Done> write(std::string_view channel, double value);
    const PolledDevice& state() const { return state_; }
    const FieldConnection& connection() const { return connection_; }

private:
    FieldConnection connection_;
    std::vector<register_map::RegisterRow> rows_;
    std::vector<register_map::ReadBlock> blocks_;
    std::unique_ptr<RegisterBus> bus_;
    register_map::BackOff back_off_;
    PolledDevice state_;
};

/// All pollers of this server, on a few threads: one that waits for a silent device keeps none of the others waiting for long.
class Polling {
public:
    Polling(Intake& intake, Store& store, Refusals& refusals, OpenBus open, std::function<bool(const std::string& host)> allowed, Clock clock, int threads = 4);
    ~Polling();
    Polling(const Polling&) = delete;

    /// Reads the connections anew from the store: what was entered, changed, switched off.
    Result<Done> refresh();
    /// Writes a set point as soon as the device is free; `answered` comes once, from a thread of ours.
    using Answered = std::function<void(bool done, std::string what)>;
    void order(const Id<Device>& device, std::string_view channel, double value, Answered answered);
    bool reaches(const Id<Device>& device) const;
    std::vector<PolledDevice> states() const;

private:
    struct Order {
        std::string channel;
        double value = 0;
        Answered answered;
    };
    struct Held {
        std::shared_ptr<Poller> poller;
        PolledDevice seen;
        bool busy = false;
        std::deque<Order> orders;
    };
    void run();
    Held* find(const Id<Device>& device);

    Intake& intake_;
    Store& store_;
    Refusals& refusals_;
    const OpenBus open_;
    const std::function<bool(const std::string&)> allowed_;
    const Clock clock_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Held> held_; // by connection
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace greenbank::energy
