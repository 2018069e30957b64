// evaluate.h — a rule's state as readings come in the order of time: conditions, levels, severity. Pure; time comes with the readings.
#pragma once

#include <optional>
#include <span>

#include "energy/engine/rules/rule.h"

namespace greenbank::energy {

struct Reading {
    std::uint16_t channel = 0; // its number in CompiledRule::channels
    Moment at = 0;
    double value = 0; // no finite number: nothing was measured
};

enum class Phase : std::uint8_t { quiet, pending, firing, recovering };

struct RuleState {
    struct Known {
        Moment at = 0, before_at = 0;
        double value = 0, before = 0;
        bool known = false, before_known = false;
    };
    struct LevelState {
        Phase phase = Phase::quiet;
        Moment since = 0;
    };
    Moment begun_at = 0, now = 0;
    std::vector<Known> channels;
    std::vector<std::uint8_t> on; // of each node
    std::vector<LevelState> levels;
    std::optional<Severity> severity; // of the alarm; none: quiet
    Moment severity_since = 0, raised_at = 0;
};

/// The severity changed.
struct Transition {
    Moment at = 0;
    std::optional<Severity> from, to;
    bool operator==(const Transition&) const = default;
};

RuleState begin_rule(const CompiledRule& rule, Moment at);
/// Lets time pass up to and including `to`: silence, pending and keep-firing run out at their own moments.
void advance(const CompiledRule& rule, RuleState& state, Moment to, std::vector<Transition>* transitions = nullptr);
/// Readings of one moment, not before state.now. Time up to it passes first.
void apply(const CompiledRule& rule, RuleState& state, Moment at, std::span<const Reading> readings, std::vector<Transition>* transitions = nullptr);
/// The next moment at which something runs out by itself, if no reading comes.
std::optional<Moment> next_deadline(const CompiledRule& rule, const RuleState& state);

/// What a threshold, rate, balance or plan compares with its limits; nothing where it is not known yet.
std::optional<double> watched_value(const CompiledRule::Node& node, const RuleState& state);

} // namespace greenbank::energy
