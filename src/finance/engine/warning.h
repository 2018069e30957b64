// warning.h — early warning: signals against dated rules give a level; it rises at once and falls only after calm.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/time.h"

namespace greenbank::finance {

enum class WarningLevel { none, blue, yellow, orange, red };

/// At or above `from` the signal alone calls for that level.
struct WarningRule {
    std::string signal; // "days_late"
    double from = 0;
    WarningLevel level = WarningLevel::blue;
};
struct WarningSignal {
    std::string name;
    double value = 0;
};
struct WarningReason {
    std::string signal;
    double value = 0;
    WarningLevel level = WarningLevel::none;
};
struct WarningState {
    WarningLevel level = WarningLevel::none;
    Date since;
    Date calm_since; // while calm: the first day on which less was called for
    bool calm = false;
    std::vector<WarningReason> reasons; // of what is called for now, the gravest first
};

/// Days of calm that let a level fall, one step each time.
constexpr int calm_days = 30;

WarningState warn(const WarningState& before, const std::vector<WarningRule>& rules, const std::vector<WarningSignal>& signals, Date day);

} // namespace greenbank::finance
