// evaluate.cpp — one moment after another.
#include "energy/engine/rules/evaluate.h"

#include <algorithm>
#include <cmath>

namespace greenbank::energy {

namespace {

constexpr double hour_moments = 3600e6;

/// The sum of channels; nothing where one is not known.
std::optional<double> sum_of(const std::vector<std::uint16_t>& channels, const RuleState& state) {
    double sum = 0;
    for (const std::uint16_t channel : channels) {
        if (!state.channels[channel].known) return {};
        sum += state.channels[channel].value;
    }
    return sum;
}

Moment heard_at(const RuleState& state, std::uint16_t channel) { return state.channels[channel].known ? state.channels[channel].at : state.begun_at; }

bool is_on(const CompiledRule::Node& node, const RuleState& state, bool was_on) {
    switch (node.kind) {
    case ConditionKind::all: return std::all_of(node.parts.begin(), node.parts.end(), [&](std::uint16_t part) { return state.on[part] != 0; });
    case ConditionKind::any: return std::any_of(node.parts.begin(), node.parts.end(), [&](std::uint16_t part) { return state.on[part] != 0; });
    case ConditionKind::none: return std::none_of(node.parts.begin(), node.parts.end(), [&](std::uint16_t part) { return state.on[part] != 0; });
    case ConditionKind::missing: return state.now >= heard_at(state, node.channels[0]) + node.silence;
    default: break;
    }
    const auto value = watched_value(node, state);
    if (!value) return was_on;
    const double limit = was_on ? node.clear : node.raise;
    return node.comparison == Comparison::above ? *value > limit : *value < limit;
}

void step_level(const CompiledRule::Timed& level, RuleState::LevelState& state, bool on, Moment now) {
    if (on) {
        if (state.phase == Phase::quiet) state = {Phase::pending, now};
        if (state.phase == Phase::recovering) state = {Phase::firing, now};
        if (state.phase == Phase::pending && now >= state.since + level.pending) state = {Phase::firing, now};
        return;
    }
    if (state.phase == Phase::pending) state = {Phase::quiet, now};
    if (state.phase == Phase::firing) state = {Phase::recovering, now};
    if (state.phase == Phase::recovering && now >= state.since + level.keep_firing) state = {Phase::quiet, now};
}

/// Everything at state.now.
void settle(const CompiledRule& rule, RuleState& state, std::vector<Transition>* transitions) {
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) state.on[i] = is_on(rule.nodes[i], state, state.on[i] != 0);
    std::optional<Severity> severity;
    for (std::size_t i = 0; i < rule.levels.size(); ++i) {
        step_level(rule.levels[i], state.levels[i], state.on[rule.levels[i].node] != 0, state.now);
        const bool fires = state.levels[i].phase == Phase::firing || state.levels[i].phase == Phase::recovering;
        if (fires && (!severity || rule.levels[i].severity > *severity)) severity = rule.levels[i].severity;
    }
    if (severity == state.severity) return;
    if (transitions) transitions->push_back({state.now, state.severity, severity});
    if (!state.severity) state.raised_at = state.now;
    state.severity = severity;
    state.severity_since = state.now;
}

} // namespace

std::optional<double> watched_value(const CompiledRule::Node& node, const RuleState& state) {
    switch (node.kind) {
    case ConditionKind::threshold: return sum_of(node.channels, state);
    case ConditionKind::rate: {
        const RuleState::Known& known = state.channels[node.channels[0]];
        if (!known.before_known) return {};
        return (known.value - known.before) / static_cast<double>(known.at - known.before_at) * hour_moments;
    }
    case ConditionKind::balance: {
        const auto in = sum_of(node.channels, state), out = sum_of(node.outgoing, state);
        if (!in || !out) return {};
        const double larger = std::max(std::abs(*in), std::abs(*out));
        return larger == 0 ? 0 : std::abs(*in - *out) / larger * 100;
    }
    case ConditionKind::plan: {
        const RuleState::Known &measured = state.channels[node.channels[0]], &planned = state.channels[node.channels[1]];
        if (!measured.known || !planned.known) return {};
        if (measured.value == planned.value) return 0;
        return (measured.value - planned.value) / std::abs(planned.value) * 100; // of nothing planned: infinitely far
    }
    default: return {};
    }
}

RuleState begin_rule(const CompiledRule& rule, Moment at) {
    RuleState state;
    state.begun_at = state.now = at;
    state.channels.resize(rule.channels.size());
    state.on.resize(rule.nodes.size());
    state.levels.resize(rule.levels.size());
    settle(rule, state, nullptr); // "none of" is on from the beginning
    return state;
}

std::optional<Moment> next_deadline(const CompiledRule& rule, const RuleState& state) {
    std::optional<Moment> next;
    const auto consider = [&](Moment at) {
        if (!next || at < *next) next = at;
    };
    for (std::size_t i = 0; i < rule.nodes.size(); ++i)
        if (rule.nodes[i].kind == ConditionKind::missing && !state.on[i]) consider(heard_at(state, rule.nodes[i].channels[0]) + rule.nodes[i].silence);
    for (std::size_t i = 0; i < rule.levels.size(); ++i) {
        if (state.levels[i].phase == Phase::pending) consider(state.levels[i].since + rule.levels[i].pending);
        if (state.levels[i].phase == Phase::recovering) consider(state.levels[i].since + rule.levels[i].keep_firing);
    }
    return next;
}

void advance(const CompiledRule& rule, RuleState& state, Moment to, std::vector<Transition>* transitions) {
    for (auto next = next_deadline(rule, state); next && *next <= to; next = next_deadline(rule, state)) {
        state.now = std::max(state.now, *next);
        settle(rule, state, transitions);
    }
    state.now = std::max(state.now, to);
}

void apply(const CompiledRule& rule, RuleState& state, Moment at, std::span<const Reading> readings, std::vector<Transition>* transitions) {
    advance(rule, state, at - 1, transitions);
    state.now = at;
    for (const Reading& reading : readings) {
        if (!std::isfinite(reading.value)) continue;
        RuleState::Known& known = state.channels[reading.channel];
        if (known.known && known.at < at) {
            known.before = known.value;
            known.before_at = known.at;
            known.before_known = true;
        }
        known.value = reading.value;
        known.at = at;
        known.known = true;
    }
    settle(rule, state, transitions);
}

} // namespace greenbank::energy
