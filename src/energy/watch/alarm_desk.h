// alarm_desk.h — every rule over every device it watches, in memory, fed by the intake; what changes is written through keep_verdict.
//
// What a watcher knows is kept beside the alarm it raised, and once a minute; a server that starts reads it and then the archive from there on, and so
// does one whose devices speak to another server. The engine makes the order of arrival irrelevant, so nothing depends on who read what first.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "energy/engine/rules/watcher.h"
#include "energy/telemetry/archive.h"
#include "energy/watch/alarms.h"

namespace greenbank::energy {

/// Readings up to so much older than the newest of their rule are put into their order; older ones are history and raise nothing.
constexpr Moment lateness = 120'000'000;
constexpr std::size_t watched_max = 100'000; // pairs of rule and subject

/// A line of the audit trail for what the bank does by itself.
using AuditLine = std::function<Result<Done>(Transaction&, const Caller&, std::string_view operation)>;

class AlarmDesk {
public:
    AlarmDesk(Store& store, Archive& archive) : store_(store), archive_(archive) {}

    /// Before the first points; without it nothing is watched.
    void open(Time (*clock)(), AuditLine audit);
    /// Told of points after they are durable; see PointObserver.
    void take(std::span<const TakenPoint> points, Time received);
    /// Rules, devices or plans have changed: looked up again before the next points.
    void rules_changed() { stale_ = true; }
    /// Silence, pending and keep-firing that ran out; escalation and shelving; memory.
    Result<Done> tick(Time now, std::uint64_t seed);

    struct Counts {
        std::int64_t watched = 0, readings = 0, too_late = 0;
    };
    Counts counts();

private:
    struct Watched;
    struct Use {
        Watched* watched;
        std::uint16_t channel;
    };
    Result<Done> reload(Time now);
    Result<std::set<std::string>> read_rules(Transaction& transaction, Time now);
    Result<Done> watch(Transaction& transaction, const AlarmRule& rule, const std::string& subject, Time now);
    Result<Done> catch_up(Transaction& transaction, Watched& watched, Time now);
    Result<Done> write_changes(Time now, std::uint64_t seed, const std::vector<Watched*>& candidates, bool memories);
    Result<Done> clear_unwatched(Time now, std::uint64_t seed);
    Result<bool> changed();

    Store& store_;
    Archive& archive_;
    Time (*clock_)() = nullptr;
    AuditLine audit_;
    std::atomic<bool> stale_ = true;
    std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<Watched>> watched_; // by rule, subject
    std::map<std::int64_t, std::vector<Use>> uses_;                                   // by number of channel
    std::string seen_;                                                                // of rules and devices, for changed()
    std::pair<std::string, std::string> next_to_catch_up_;
    std::int64_t readings_ = 0;
};

} // namespace greenbank::energy
