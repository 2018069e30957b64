// refusals.h — what was refused in the field, counted by reason: what nobody sees, nobody repairs.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

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

} // namespace greenbank::energy
