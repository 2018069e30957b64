// watcher.h — one rule over one device, with readings as they come: late, in any order, again. Pure.
//
// What is older than the lateness behind the newest reading is *settled* and cannot change; what is younger is kept and, where a late reading falls
// among it, evaluated anew from what is settled. So the order of arrival changes nothing, and an alarm that late readings disprove goes again.
#pragma once

#include <map>

#include "energy/engine/rules/evaluate.h"

namespace greenbank::energy {

struct WatcherState {
    RuleState settled, latest;                        // latest: every kept reading applied
    std::map<Moment, std::vector<Reading>> kept = {}; // after settled.now
    Moment newest = 0, clock = 0;                     // of readings; of the caller
    std::int64_t too_late = 0;                        // readings that came after what they tell was settled
};

class Watcher {
public:
    Watcher(const CompiledRule& rule, Moment lateness, Moment begun_at) : rule_(&rule), lateness_(lateness) {
        state_.settled = state_.latest = begin_rule(rule, begun_at);
        state_.newest = state_.clock = begun_at;
    }
    Watcher(const CompiledRule& rule, Moment lateness, WatcherState state) : rule_(&rule), lateness_(lateness), state_(std::move(state)) {}

    void add(std::span<const Reading> readings);
    /// Time passes without readings; never backwards.
    void pass(Moment now) { state_.clock = std::max(state_.clock, now); }
    /// The state at the newest of readings and clock.
    RuleState state() const;
    /// The severity at the newest reading, without a copy of the state; the same as state() unless something is due.
    const std::optional<Severity>& latest_severity() const { return state_.latest.severity; }
    /// When state() will change by itself.
    std::optional<Moment> due() const { return next_deadline(*rule_, state_.latest); }

    const WatcherState& kept() const { return state_; }
    const std::vector<Transition>& settled_transitions() const { return transitions_; }

private:
    void settle();

    const CompiledRule* rule_;
    Moment lateness_;
    WatcherState state_;
    std::vector<Transition> transitions_; // of what is settled
};

/// A watcher's state as text for a store, and back; nothing where it does not belong to this rule.
std::string encode_state(const WatcherState& state);
std::optional<WatcherState> decode_state(const CompiledRule& rule, std::string_view text);

} // namespace greenbank::energy
