// points.h — measurements of one channel: moments, strictly ascending, and values.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace greenbank::energy {

using Moment = std::int64_t; // microseconds since 1970, as Time

struct Points {
    std::vector<Moment> times;
    std::vector<double> values; // any double, each comes back bit for bit

    std::size_t size() const { return times.size(); }
    bool empty() const { return times.empty(); }
    void reserve(std::size_t count) {
        times.reserve(count);
        values.reserve(count);
    }
    void add(Moment at, double value) {
        times.push_back(at);
        values.push_back(value);
    }
    void append(const Points& other, std::size_t from, std::size_t to) {
        times.insert(times.end(), other.times.begin() + static_cast<std::ptrdiff_t>(from), other.times.begin() + static_cast<std::ptrdiff_t>(to));
        values.insert(values.end(), other.values.begin() + static_cast<std::ptrdiff_t>(from), other.values.begin() + static_cast<std::ptrdiff_t>(to));
    }
    /// The number of the first point at or after `at`.
    std::size_t place(Moment at) const { return static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), at) - times.begin()); }
};

/// Both together; where both have a moment, `later` wins: it came later.
Points merge(const Points& earlier, const Points& later);

} // namespace greenbank::energy
