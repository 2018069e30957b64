// rule.h — when an alarm is to be raised: named conditions that may be joined, and levels of severity with their times. Pure.
//
// A condition says on or off at every moment; between raise and clear limits it stays as it was (hysteresis). A level fires once its condition has been
// on for `pending`, and goes on firing until it has been off for `keep_firing`. The most severe level that fires is the alarm's severity: where it ends
// and a milder one still fires, the alarm steps down instead of clearing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "energy/engine/telemetry/points.h"
#include "kernel/result.h"

namespace greenbank::energy {

enum class ConditionKind { threshold, rate, balance, plan, missing, all, any, none };
enum class Comparison { above, below };
enum class Severity { information, warning, critical, emergency };

struct Condition {
    std::string name;
    ConditionKind kind = ConditionKind::threshold;
    /// threshold, rate, missing: one. plan: the measured one, then the planned one. balance: what goes in.
    std::vector<std::string> channels = {};
    std::vector<std::string> outgoing = {}; // balance: what must come out
    Comparison comparison = Comparison::above;
    /// threshold: in the channel's unit. rate: that per hour. balance: % of the larger side. plan: % away from the plan, below it negative.
    double raise = 0, clear = 0;
    std::int64_t seconds = 0;         // missing: silent for so long
    std::vector<std::string> of = {}; // all, any, none: names of other conditions
};

struct Level {
    Severity severity = Severity::warning;
    std::string condition;
    std::int64_t pending_seconds = 0, keep_firing_seconds = 0;
};

struct RuleDefinition {
    std::vector<Condition> conditions;
    std::vector<Level> levels;
};

constexpr std::size_t conditions_max = 32, levels_max = 4, rule_channels_max = 32;
constexpr std::int64_t rule_seconds_max = 30 * 86'400;

/// A definition that can be evaluated: parts come before what joins them, names are numbers.
struct CompiledRule {
    struct Node {
        ConditionKind kind;
        Comparison comparison;
        double raise, clear;
        Moment silence;
        std::vector<std::uint16_t> channels, outgoing, parts;
    };
    struct Timed {
        Severity severity;
        std::uint16_t node;
        Moment pending, keep_firing;
    };
    std::vector<std::string> channels; // by name, in the order of their first mention
    std::vector<Node> nodes;
    std::vector<Timed> levels;
};

/// All problems by field. A condition that reaches itself is refused with the way it takes: "a → b → a".
Result<CompiledRule> compile(const RuleDefinition& definition);

} // namespace greenbank::energy
