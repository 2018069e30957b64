// naive_channel.h — the twin of channel.h: a map from moment to value, and every question answered by walking over it.
#pragma once

#include <map>
#include <span>

#include "energy/engine/telemetry/channel.h"

namespace greenbank::energy {

class NaiveChannel {
public:
    std::size_t add(std::span<const Moment> times, std::span<const double> values) {
        std::size_t refused = 0;
        for (std::size_t i = 0; i < times.size(); ++i) {
            if (times[i] > moment_most || times[i] < -moment_most) ++refused;
            else points_[times[i]] = values[i];
        }
        return refused;
    }

    Points read(Moment from, Moment to) const {
        Points points;
        for (const auto& [at, value] : points_)
            if (at >= from && at < to) points.add(at, value);
        return points;
    }

    std::vector<Step> read_steps(Moment from, Moment to, Moment step) const {
        std::map<Moment, std::vector<double>> parts; // of days, hours, or the steps themselves
        const Moment exact = step % day == 0 ? day : step % hour == 0 ? hour : step;
        std::map<Moment, Step> steps;
        std::map<Moment, ExactSum> sums;
        for (const auto& [at, value] : points_)
            if (at >= from && at < to && std::isfinite(value)) parts[step_of(at, exact)].push_back(value);
        for (const auto& [at, values] : parts) {
            const Moment whole = step_of(at, step);
            Step& one = steps.try_emplace(whole, Step{whole, {}}).first->second;
            ExactSum sum;
            for (std::size_t i = values.size(); i-- > 0;) sum.add(values[i]); // backwards: it makes no difference
            for (const double value : values) {
                one.values.least = std::min(one.values.least, value);
                one.values.greatest = std::max(one.values.greatest, value);
            }
            one.values.count += values.size();
            one.values.last = values.back();
            sums[whole].add(sum.rounded());
        }
        std::vector<Step> list;
        for (auto& [at, one] : steps) {
            one.values.sum = sums[at].rounded();
            list.push_back(one);
        }
        return list;
    }

private:
    std::map<Moment, double> points_;
};

} // namespace greenbank::energy
