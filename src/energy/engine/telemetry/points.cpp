// points.cpp — merging in the order of time.
#include "energy/engine/telemetry/points.h"

namespace greenbank::energy {

Points merge(const Points& earlier, const Points& later) {
    Points all;
    all.times.reserve(earlier.size() + later.size());
    all.values.reserve(earlier.size() + later.size());
    std::size_t one = 0;
    for (std::size_t other = 0; other < later.size(); ++other) {
        const std::size_t to = static_cast<std::size_t>(
            std::lower_bound(earlier.times.begin() + static_cast<std::ptrdiff_t>(one), earlier.times.end(), later.times[other]) - earlier.times.begin());
        all.append(earlier, one, to);
        one = to < earlier.size() && earlier.times[to] == later.times[other] ? to + 1 : to;
        all.add(later.times[other], later.values[other]);
    }
    all.append(earlier, one, earlier.size());
    return all;
}

} // namespace greenbank::energy
