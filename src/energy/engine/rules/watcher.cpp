// watcher.cpp — readings into their order, and a watcher's state as text.
#include "energy/engine/rules/watcher.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

namespace greenbank::energy {

void Watcher::add(std::span<const Reading> readings) {
    bool again = false;
    for (const Reading& reading : readings) {
        if (reading.at <= state_.settled.now) {
            ++state_.too_late;
            continue;
        }
        std::vector<Reading>& moment = state_.kept[reading.at];
        bool replaced = false;
        for (Reading& known : moment)
            if (known.channel == reading.channel) known.value = reading.value, replaced = true; // the latest word holds
        if (!replaced) moment.push_back(reading);
        state_.newest = std::max(state_.newest, reading.at);
        if (again) continue;
        if (reading.at > state_.latest.now) apply(*rule_, state_.latest, reading.at, {&reading, 1});
        else again = true;
    }
    if (again) {
        state_.latest = state_.settled;
        for (const auto& [at, moment] : state_.kept) apply(*rule_, state_.latest, at, moment);
    }
    settle();
}

void Watcher::settle() {
    const Moment until = state_.newest - lateness_;
    while (!state_.kept.empty() && state_.kept.begin()->first <= until) {
        apply(*rule_, state_.settled, state_.kept.begin()->first, state_.kept.begin()->second, &transitions_);
        state_.kept.erase(state_.kept.begin());
    }
}

RuleState Watcher::state() const {
    RuleState state = state_.latest;
    advance(*rule_, state, std::max(state_.clock, state.now));
    return state;
}

namespace {

void append(std::string& text, const RuleState& state) {
    fmt::format_to(std::back_inserter(text), "{} {} {} {} {}\n", state.begun_at, state.now, state.severity ? static_cast<int>(*state.severity) : -1,
        state.severity_since, state.raised_at);
    for (const RuleState::Known& known : state.channels)
        fmt::format_to(std::back_inserter(text), "{} {} {} {} {} {}\n", known.known ? 1 : 0, known.at, known.value, known.before_known ? 1 : 0, known.before_at,
            known.before);
    for (const std::uint8_t on : state.on) fmt::format_to(std::back_inserter(text), "{} ", static_cast<int>(on));
    for (const RuleState::LevelState& level : state.levels) fmt::format_to(std::back_inserter(text), "{} {} ", static_cast<int>(level.phase), level.since);
    text += '\n';
}

struct TextReader {
    std::string_view text;
    bool sound = true;

    template <class T> T next() {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
        T value{};
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failure != std::errc{}) sound = false;
        else text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        return value;
    }
    std::int64_t whole(std::int64_t low, std::int64_t high) {
        const auto value = next<std::int64_t>();
        if (value < low || value > high) sound = false;
        return value;
    }
};

constexpr Moment moment_far = Moment{1} << 61;

RuleState read_state(const CompiledRule& rule, TextReader& reader) {
    RuleState state;
    const auto moment = [&] { return reader.whole(-moment_far, moment_far); };
    state.begun_at = moment();
    state.now = moment();
    const auto severity = reader.whole(-1, static_cast<int>(Severity::emergency));
    if (severity >= 0) state.severity = static_cast<Severity>(severity);
    state.severity_since = moment();
    state.raised_at = moment();
    state.channels.resize(rule.channels.size());
    for (RuleState::Known& known : state.channels) {
        known.known = reader.whole(0, 1) != 0;
        known.at = moment();
        known.value = reader.next<double>();
        known.before_known = reader.whole(0, 1) != 0;
        known.before_at = moment();
        known.before = reader.next<double>();
    }
    state.on.resize(rule.nodes.size());
    for (std::uint8_t& on : state.on) on = static_cast<std::uint8_t>(reader.whole(0, 1));
    state.levels.resize(rule.levels.size());
    for (RuleState::LevelState& level : state.levels) {
        level.phase = static_cast<Phase>(reader.whole(0, static_cast<int>(Phase::recovering)));
        level.since = moment();
    }
    return state;
}

constexpr std::int64_t kept_max = 1'000'000;

} // namespace

std::string encode_state(const WatcherState& state) {
    std::size_t readings = 0;
    for (const auto& [at, moment] : state.kept) readings += moment.size();
    std::string text =
        fmt::format("1 {} {} {} {} {} {}\n", state.settled.channels.size(), state.settled.on.size(), state.newest, state.clock, state.too_late, readings);
    append(text, state.settled);
    append(text, state.latest);
    for (const auto& [at, moment] : state.kept)
        for (const Reading& reading : moment) fmt::format_to(std::back_inserter(text), "{} {} {}\n", at, reading.channel, reading.value);
    return text;
}

std::optional<WatcherState> decode_state(const CompiledRule& rule, std::string_view text) {
    TextReader reader{text};
    WatcherState state;
    if (reader.next<int>() != 1 || reader.next<std::size_t>() != rule.channels.size() || reader.next<std::size_t>() != rule.nodes.size()) return {};
    state.newest = reader.whole(-moment_far, moment_far);
    state.clock = reader.whole(-moment_far, moment_far);
    state.too_late = reader.whole(0, moment_far);
    const auto readings = reader.whole(0, kept_max);
    state.settled = read_state(rule, reader);
    state.latest = read_state(rule, reader);
    for (std::int64_t i = 0; i < readings && reader.sound; ++i) {
        const Moment at = reader.whole(-moment_far, moment_far);
        const auto channel = static_cast<std::uint16_t>(reader.whole(0, static_cast<std::int64_t>(rule.channels.size()) - 1));
        state.kept[at].push_back({channel, at, reader.next<double>()});
    }
    if (!reader.sound) return {};
    return state;
}

} // namespace greenbank::energy
