// rule.cpp — what is wrong with a definition, and its conditions in an order in which they can be computed.
#include "energy/engine/rules/rule.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

namespace greenbank::energy {

namespace {

constexpr Moment second = 1'000'000;

bool joins(ConditionKind kind) { return kind == ConditionKind::all || kind == ConditionKind::any || kind == ConditionKind::none; }

std::size_t channels_needed(ConditionKind kind) { return kind == ConditionKind::plan ? 2 : 1; }

void check_limits(const Condition& condition, const std::string& path, Problems& problems) {
    if (!std::isfinite(condition.raise) || !std::isfinite(condition.clear)) {
        problems.push_back({path + ".raise", "rule.limit", "Limits are finite numbers."});
        return;
    }
    const bool above = condition.comparison == Comparison::above || condition.kind == ConditionKind::balance;
    if (above ? condition.clear > condition.raise : condition.clear < condition.raise)
        problems.push_back({path + ".clear", "rule.hysteresis",
            "What is raised above a limit clears at or below it, what is raised below one at or above it; else the alarm would flutter."});
    if (condition.kind == ConditionKind::balance && condition.clear < 0)
        problems.push_back({path + ".clear", "rule.balance_limit", "A balance is off by some percent of its larger side: zero or more."});
}

void check_condition(const Condition& condition, const std::string& path, Problems& problems) {
    if (condition.name.empty()) problems.push_back({path + ".name", "rule.name", "Give every condition a name of its own."});
    if (joins(condition.kind)) {
        if (condition.of.empty()) problems.push_back({path + ".of", "rule.nothing_joined", "Name the conditions that are joined here."});
        return;
    }
    if (condition.kind == ConditionKind::balance ? condition.channels.empty() || condition.outgoing.empty()
                                                 : condition.channels.size() != channels_needed(condition.kind))
        problems.push_back({path + ".channels", "rule.channels",
            "A threshold, a rate and missing data watch one channel; a plan the measured and the planned one; a balance what goes in and what comes out."});
    if (condition.kind == ConditionKind::missing) {
        if (condition.seconds < 1 || condition.seconds > rule_seconds_max)
            problems.push_back({path + ".seconds", "rule.silence", "Say for how many seconds, up to 30 days, a channel may be silent."});
    } else check_limits(condition, path, problems);
}

struct Compiler {
    const RuleDefinition& definition;
    CompiledRule rule = {};
    std::map<std::string, std::size_t> by_name = {};
    std::map<std::string, std::uint16_t> channel_numbers = {};
    std::vector<int> node_of = {}; // -1: not yet, -2: being computed
    std::vector<std::string> way = {};
    Problems problems = {};

    std::uint16_t channel(const std::string& name) {
        const auto [at, fresh] = channel_numbers.emplace(name, static_cast<std::uint16_t>(rule.channels.size()));
        if (fresh) rule.channels.push_back(name);
        return at->second;
    }

    /// The node's number, or -1 after a problem.
    int node(std::size_t index) {
        const Condition& condition = definition.conditions[index];
        if (node_of[index] >= 0) return node_of[index];
        way.push_back(condition.name);
        if (node_of[index] == -2) {
            const auto begins = std::find(way.begin(), way.end(), condition.name);
            problems.push_back({fmt::format("conditions[{}].of", index), "rule.refers_to_itself", "A condition may not depend on itself: {way}.",
                {{"way", fmt::format("{}", fmt::join(begins, way.end(), " → "))}}});
            way.pop_back();
            return -1;
        }
        node_of[index] = -2;
        CompiledRule::Node made{condition.kind, condition.kind == ConditionKind::balance ? Comparison::above : condition.comparison, condition.raise,
            condition.clear, condition.seconds * second, {}, {}, {}};
        bool sound = true;
        if (joins(condition.kind)) {
            for (const std::string& name : condition.of) {
                const auto found = by_name.find(name);
                if (found == by_name.end()) {
                    problems.push_back(
                        {fmt::format("conditions[{}].of", index), "rule.unknown_condition", "There is no condition named {name}.", {{"name", name}}});
                    sound = false;
                    continue;
                }
                const int part = node(found->second);
                if (part < 0) sound = false;
                else made.parts.push_back(static_cast<std::uint16_t>(part));
            }
        } else {
            for (const std::string& name : condition.channels) made.channels.push_back(channel(name));
            for (const std::string& name : condition.outgoing) made.outgoing.push_back(channel(name));
        }
        way.pop_back();
        node_of[index] = -1;
        if (!sound) return -1;
        rule.nodes.push_back(std::move(made));
        return node_of[index] = static_cast<int>(rule.nodes.size()) - 1;
    }
};

void check_sizes(const RuleDefinition& definition, Problems& problems) {
    if (definition.conditions.empty() || definition.conditions.size() > conditions_max)
        problems.push_back({"conditions", "rule.conditions", "A rule has 1 to 32 conditions."});
    if (definition.levels.empty() || definition.levels.size() > levels_max)
        problems.push_back({"levels", "rule.levels", "A rule has 1 to 4 levels, each of another severity."});
}

} // namespace

Result<CompiledRule> compile(const RuleDefinition& definition) {
    Compiler compiler{definition};
    Problems& problems = compiler.problems;
    check_sizes(definition, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    for (std::size_t i = 0; i < definition.conditions.size(); ++i) {
        const std::string path = fmt::format("conditions[{}]", i);
        check_condition(definition.conditions[i], path, problems);
        if (!compiler.by_name.emplace(definition.conditions[i].name, i).second)
            problems.push_back({path + ".name", "rule.name", "Give every condition a name of its own."});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    compiler.node_of.assign(definition.conditions.size(), -1);
    std::set<Severity> severities;
    for (std::size_t i = 0; i < definition.levels.size(); ++i) {
        const Level& level = definition.levels[i];
        const std::string path = fmt::format("levels[{}]", i);
        if (!severities.insert(level.severity).second)
            problems.push_back({path + ".severity", "rule.levels", "A rule has 1 to 4 levels, each of another severity."});
        if (level.pending_seconds < 0 || level.pending_seconds > rule_seconds_max || level.keep_firing_seconds < 0 ||
            level.keep_firing_seconds > rule_seconds_max)
            problems.push_back({path + ".pending_seconds", "rule.seconds", "Times are zero seconds to 30 days."});
        const auto found = compiler.by_name.find(level.condition);
        if (found == compiler.by_name.end()) {
            problems.push_back({path + ".condition", "rule.unknown_condition", "There is no condition named {name}.", {{"name", level.condition}}});
            continue;
        }
        const int node = compiler.node(found->second);
        if (node >= 0)
            compiler.rule.levels.push_back(
                {level.severity, static_cast<std::uint16_t>(node), level.pending_seconds * second, level.keep_firing_seconds * second});
    }
    // What no level uses is computed by nobody, but its faults are said.
    for (std::size_t i = 0; i < definition.conditions.size() && problems.empty(); ++i) compiler.node(i);
    if (compiler.rule.channels.size() > rule_channels_max) problems.push_back({"conditions", "rule.channels_many", "A rule watches at most 32 channels."});
    if (!problems.empty()) return invalid(std::move(problems));
    return std::move(compiler.rule);
}

} // namespace greenbank::energy
