// warning.cpp — the gravest rule that is met, and patience on the way down.
#include "finance/engine/warning.h"

#include <algorithm>

namespace greenbank::finance {

WarningState warn(const WarningState& before, const std::vector<WarningRule>& rules, const std::vector<WarningSignal>& signals, Date day) {
    WarningState state = before;
    state.reasons.clear();
    for (const WarningSignal& signal : signals) {
        WarningReason reason{signal.name, signal.value, WarningLevel::none};
        for (const WarningRule& rule : rules)
            if (rule.signal == signal.name && signal.value >= rule.from) reason.level = std::max(reason.level, rule.level);
        if (reason.level != WarningLevel::none) state.reasons.push_back(std::move(reason));
    }
    std::stable_sort(state.reasons.begin(), state.reasons.end(), [](const WarningReason& a, const WarningReason& b) { return a.level > b.level; });
    const WarningLevel called = state.reasons.empty() ? WarningLevel::none : state.reasons.front().level;
    if (called >= before.level) {
        state.calm = false;
        if (called > before.level) {
            state.level = called;
            state.since = day;
        }
        return state;
    }
    if (!before.calm) {
        state.calm = true;
        state.calm_since = day;
        return state;
    }
    if (day.days - before.calm_since.days < calm_days) return state;
    state.level = static_cast<WarningLevel>(static_cast<int>(before.level) - 1);
    state.since = state.calm_since = day;
    state.calm = state.level > called;
    return state;
}

} // namespace greenbank::finance
