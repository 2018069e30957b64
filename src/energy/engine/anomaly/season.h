// season.h — what is usual at this hour: the mean of each slot of a cycle (a day, a week, or one that was found) over the latest cycles.
#pragma once

#include <optional>
#include <vector>

#include "energy/engine/anomaly/watch.h"

namespace greenbank::energy {

class Season {
public:
    /// `cycle` and the positions below in any one unit: seconds, or points.
    Season(double cycle, std::size_t slots) : cycle_(cycle), slots_(slots) {}

    /// What the cycle lets expect at `position`, once it has come round.
    std::optional<double> expected(double position) const {
        const FadingMean& slot = slots_[slot_of(position)];
        return slot.count > 0 ? std::optional(slot.mean) : std::nullopt;
    }

    /// `away`: from the expected, `unseasonal`: from the plain mean; what explains less is not used.
    void learn(double position, double value, std::optional<double> expected, double mean) {
        if (!begun_) begun_ = position;
        const std::size_t slot = slot_of(position);
        if (slot != current_) {
            if (visit_.count > 0) slots_[current_].add(visit_.mean, cycles_remembered);
            visit_ = {};
            current_ = slot;
        }
        visit_.add(value, 1e18);
        cycles_ = (position - *begun_) / cycle_;
        if (!expected || cycles_ < 1) return;
        with_.add(std::abs(value - *expected), errors_remembered);
        without_.add(std::abs(value - mean), errors_remembered);
    }

    /// Three rounds at least, and the cycle explains what the mean alone does not.
    bool holds() const { return cycles_ > 3 && with_.mean < explains_at_least * without_.mean; }
    /// Of what is explained: 1 all, 0 nothing.
    double strength() const { return without_.mean > 0 ? 1 - with_.mean / without_.mean : 0; }
    double cycle() const { return cycle_; }

private:
    std::size_t slot_of(double position) const {
        const double turns = position / cycle_;
        const auto slot = static_cast<std::size_t>((turns - std::floor(turns)) * static_cast<double>(slots_.size()));
        return std::min(slot, slots_.size() - 1);
    }

    static constexpr double cycles_remembered = 5, errors_remembered = 1000, explains_at_least = 0.6;

    double cycle_, cycles_ = 0;
    std::vector<FadingMean> slots_;
    FadingMean visit_, with_, without_;
    std::size_t current_ = 0;
    std::optional<double> begun_;
};

} // namespace greenbank::energy
