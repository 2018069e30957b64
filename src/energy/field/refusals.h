// refusals.h — what was refused in the field, counted by reason: what nobody sees, nobody repairs.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "energy/telemetry/points.h"
#include "kernel/result.h"
#include "kernel/time.h"

namespace greenbank::energy {

struct Refusal {
    std::int64_t count = 0;
    Time last_at;
    std::string last; // where: a topic without its secret, a device, a charge point
};

class Refusals {
public:
    /// `reason` is "mqtt.json": where, and what. There are as many as the code names.
    void count(std::string_view reason, std::string_view where, Time at, std::int64_t how_many = 1) {
        if (how_many <= 0) return;
        const std::lock_guard lock(mutex_);
        Refusal& one = by_reason_[std::string(reason)];
        one.count += how_many;
        one.last_at = at;
        one.last = where.substr(0, 120);
    }
    std::map<std::string, Refusal> all() const {
        const std::lock_guard lock(mutex_);
        return by_reason_;
    }
    std::int64_t count_of(const std::string& reason) const {
        const std::lock_guard lock(mutex_);
        const auto found = by_reason_.find(reason);
        return found == by_reason_.end() ? 0 : found->second.count;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, Refusal> by_reason_;
};

/// What the intake refused of a batch: single points by their reasons, or all of it.
inline void count_refused(Refusals& refusals, const Accepted& accepted, std::string_view where, Time at) {
    for (std::size_t i = 0; i < point_refusals; ++i)
        if (accepted.refused[i] > 0)
            refusals.count("point." + std::string(greenbank::name_of(static_cast<PointRefusal>(i))), std::string(where) + " " + accepted.first_refused, at,
                accepted.refused[i]);
}
inline void count_refused(Refusals& refusals, const Error& error, std::string_view where, Time at, std::size_t points) {
    refusals.count("intake." + error.code.substr(error.code.find('.') + 1), where, at, static_cast<std::int64_t>(points));
}
/// A refusal of these points for good; after anything else, a fault of ours or of the store, they are to come again.
inline bool is_for_good(const Error& error) {
    return error.kind != Failure::unavailable && error.kind != Failure::internal && error.kind != Failure::storage_full;
}

} // namespace greenbank::energy
