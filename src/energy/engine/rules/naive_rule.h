// naive_rule.h — the twin of evaluate.h: every whole second of all history by the definition, from scratch. For tests and the bench.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>

#include "energy/engine/rules/evaluate.h"

namespace greenbank::energy {

class NaiveRule {
public:
    NaiveRule(const CompiledRule& rule, std::int64_t begun_second) : rule_(rule), begun_(begun_second) {}

    void add(const Reading& reading) { history_[{reading.channel, reading.at / 1'000'000}] = reading.value; }

    /// The severity at every second from the beginning to `until`.
    std::vector<std::optional<Severity>> severities(std::int64_t until) const {
        std::vector<std::vector<bool>> on(rule_.nodes.size());
        for (std::size_t node = 0; node < rule_.nodes.size(); ++node)
            for (std::int64_t second = begun_; second <= until; ++second) on[node].push_back(is_on(node, second, on));
        std::vector<std::optional<Severity>> all(static_cast<std::size_t>(until - begun_ + 1));
        for (const CompiledRule::Timed& level : rule_.levels) {
            const std::vector<bool> firing = fires(on[level.node], level.pending / 1'000'000, level.keep_firing / 1'000'000);
            for (std::size_t i = 0; i < all.size(); ++i)
                if (firing[i] && (!all[i] || *all[i] < level.severity)) all[i] = level.severity;
        }
        return all;
    }

private:
    struct Value {
        std::int64_t at;
        double value;
    };
    /// The last values of a channel up to a second, the newest first; at most two.
    std::vector<Value> last_two(std::uint16_t channel, std::int64_t second) const {
        std::vector<Value> found;
        auto it = history_.upper_bound({channel, second});
        while (found.size() < 2 && it != history_.begin() && std::prev(it)->first.first == channel)
            if (--it; std::isfinite(it->second)) found.push_back({it->first.second, it->second});
        return found;
    }
    std::optional<double> sum(const std::vector<std::uint16_t>& channels, std::int64_t second) const {
        double sum = 0;
        for (const std::uint16_t channel : channels) {
            const auto last = last_two(channel, second);
            if (last.empty()) return {};
            sum += last[0].value;
        }
        return sum;
    }
    std::optional<double> value(const CompiledRule::Node& node, std::int64_t second) const {
        if (node.kind == ConditionKind::threshold) return sum(node.channels, second);
        if (node.kind == ConditionKind::rate) {
            const auto last = last_two(node.channels[0], second);
            if (last.size() < 2) return {};
            return (last[0].value - last[1].value) / static_cast<double>((last[0].at - last[1].at) * 1'000'000) * 3600e6;
        }
        if (node.kind == ConditionKind::balance) {
            const auto in = sum(node.channels, second), out = sum(node.outgoing, second);
            if (!in || !out) return {};
            const double larger = std::max(std::abs(*in), std::abs(*out));
            return larger == 0 ? 0 : std::abs(*in - *out) / larger * 100;
        }
        const auto measured = last_two(node.channels[0], second), planned = last_two(node.channels[1], second);
        if (measured.empty() || planned.empty()) return {};
        if (measured[0].value == planned[0].value) return 0;
        return (measured[0].value - planned[0].value) / std::abs(planned[0].value) * 100;
    }
    bool is_on(std::size_t index, std::int64_t second, const std::vector<std::vector<bool>>& on) const {
        const CompiledRule::Node& node = rule_.nodes[index];
        const auto part = [&](std::uint16_t number) { return on[number][static_cast<std::size_t>(second - begun_)]; };
        switch (node.kind) {
        case ConditionKind::all: return std::all_of(node.parts.begin(), node.parts.end(), part);
        case ConditionKind::any: return std::any_of(node.parts.begin(), node.parts.end(), part);
        case ConditionKind::none: return std::none_of(node.parts.begin(), node.parts.end(), part);
        case ConditionKind::missing: {
            const auto last = last_two(node.channels[0], second);
            return second - (last.empty() ? begun_ : last[0].at) >= node.silence / 1'000'000;
        }
        default: break;
        }
        const bool was_on = second > begun_ && on[index].back();
        const auto now = value(node, second);
        if (!now) return was_on;
        const double limit = was_on ? node.clear : node.raise;
        return node.comparison == Comparison::above ? *now > limit : *now < limit;
    }
    /// By definition: begins once it was on for `pending`, ends once it was off for `keep`.
    static std::vector<bool> fires(const std::vector<bool>& on, std::int64_t pending, std::int64_t keep) {
        std::vector<bool> firing(on.size());
        bool was = false;
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(on.size()); ++i) {
            const std::int64_t needed = was ? keep : pending;
            bool whole = i - needed >= 0;
            for (std::int64_t back = std::max<std::int64_t>(0, i - needed); back <= i; ++back) whole = whole && on[static_cast<std::size_t>(back)] != was;
            if (whole) was = !was;
            firing[static_cast<std::size_t>(i)] = was;
        }
        return firing;
    }

    const CompiledRule& rule_;
    std::int64_t begun_;
    std::map<std::pair<std::uint16_t, std::int64_t>, double> history_;
};

} // namespace greenbank::energy
