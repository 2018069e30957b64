// lines.h — points out of Influx line protocol: measurement,tag=v field=1.5,other=2i 1700000000000000000
// A field's name is the channel; the field `value` stands for its measurement. The tag quality=bad (or another word of Quality) marks a line.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "energy/engine/telemetry/named_point.h"

namespace greenbank::energy {

struct PointFault {
    std::size_t line = 0;  // from 1
    std::string_view code; // "telemetry.…"
};

/// Points, and what could not be read: one bad line costs only itself.
struct ReadPoints {
    std::vector<NamedPoint> points;
    std::vector<PointFault> faults; // the first faults_told_max
    std::size_t faults_in_all = 0;
    std::deque<std::string> names; // of points whose channel is not a piece of the text

    void fault(std::size_t line, std::string_view code) {
        ++faults_in_all;
        if (faults.size() < faults_told_max) faults.push_back({line, code});
    }
    static constexpr std::size_t faults_told_max = 20;
};

/// Moments as `unit` nanoseconds (1, 1000, 1'000'000 or 1'000'000'000); a line without one happened at `now_milliseconds`.
ReadPoints read_lines(std::string_view text, std::int64_t unit_nanoseconds, std::int64_t now_milliseconds);

} // namespace greenbank::energy
