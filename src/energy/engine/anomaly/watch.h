// watch.h — one number that is watched: how far it is from its usual, in its own deviations, beside the farthest that is remembered.
// Records are rare in a stream that stays what it is, however heavy its tails; so nothing need be known of its distribution.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace greenbank::energy {

/// A mean that weighs the latest `memory` numbers; exact while there are fewer.
struct FadingMean {
    double mean = 0;
    std::int64_t count = 0;

    void add(double number, double memory) { mean += (number - mean) / std::min(memory, static_cast<double>(++count)); }
};

class Watch {
public:
    struct Reading {
        double record = 0; // above 1: farther than anything remembered
        double times = 0;  // deviations from the usual, above and below by sign
        double farthest = 0, usual = 0, deviation = 0;
    };

    /// `least`: nearer than so many deviations nothing is a record. How long a record and the usual are remembered, in readings.
    Watch(double least, double record_memory, double usual_memory) : least_(least), fading_(std::exp(-1 / record_memory)), least_part_(1 / usual_memory) {}

    Reading read(double number) {
        const double deviation = std::sqrt(variance_), away = number - usual_, size = std::abs(away);
        Reading reading{.usual = usual_, .deviation = deviation};
        if (count_ >= settling) {
            const double rounding = 1e-9 * (std::abs(usual_) + std::abs(number));
            reading.times = deviation > rounding ? std::clamp(away / deviation, -most, most) : size > rounding ? std::copysign(most, away) : 0;
        }
        reading.farthest = std::max(farthest_, least_);
        reading.record = std::abs(reading.times) / reading.farthest;
        farthest_ = std::max(std::abs(reading.times), farthest_ * fading_);
        learn(away, deviation);
        return reading;
    }

private:
    /// What is far out moves the usual no more than `cut` deviations would, or one spike would widen everything.
    void learn(double away, double deviation) {
        if (++count_ > 50 && deviation > 0) away = std::clamp(away, -cut * deviation, cut * deviation);
        const double part = std::max(least_part_, 1 / static_cast<double>(count_));
        usual_ += part * away;
        variance_ = (1 - part) * (variance_ + part * away * away);
    }

    static constexpr double most = 50, cut = 5;
    static constexpr std::int64_t settling = 20;

    double least_, fading_, least_part_;
    double usual_ = 0, variance_ = 0, farthest_ = 0;
    std::int64_t count_ = 0;
};

} // namespace greenbank::energy
