// rules_test.cpp — alarms told second by second, the naive twin, readings in any order, and definitions that are refused.
#include <doctest/doctest.h>

#include <sstream>

#include "energy/engine/rules/naive_rule.h"
#include "energy/engine/rules/watcher.h"
#include "kernel/random.h"
#include "kernel/text.h"

namespace greenbank::energy {

namespace {

constexpr Moment second = 1'000'000;

/// Lines "<second> <channel>=<value>…" feed the rule; "<second> -> <severity>" or "-> quiet" says what it must be then.
void check(const char* what, const RuleDefinition& definition, const char* story) {
    INFO(what);
    const auto compiled = compile(definition);
    REQUIRE_MESSAGE(compiled, (compiled ? "" : compiled.error().message));
    const CompiledRule& rule = compiled.value();
    Watcher watcher(rule, 60 * second, 0);
    std::istringstream lines(story);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::int64_t at = 0;
        std::string word;
        if (!(words >> at)) continue;
        INFO(line);
        watcher.pass(at * second);
        while (words >> word) {
            if (word == "->") {
                words >> word;
                const auto severity = watcher.state().severity;
                const char* names[] = {"information", "warning", "critical", "emergency"};
                CHECK((severity ? names[static_cast<int>(*severity)] : "quiet") == word);
            } else {
                const auto equals = word.find('=');
                std::uint16_t channel = 0;
                while (channel < rule.channels.size() && rule.channels[channel] != word.substr(0, equals)) ++channel;
                REQUIRE(channel < rule.channels.size());
                const Reading reading{channel, at * second, std::stod(word.substr(equals + 1))};
                watcher.add({&reading, 1});
            }
        }
    }
}

Condition above(const char* channel, double raise, double clear) {
    return {.name = channel, .kind = ConditionKind::threshold, .channels = {channel}, .raise = raise, .clear = clear};
}

RuleDefinition random_definition(Random& random) {
    RuleDefinition definition;
    const std::vector<std::string> channels{"a", "b", "c"};
    const std::size_t leaves = 1 + random.below(4);
    for (std::size_t i = 0; i < leaves; ++i) {
        Condition one{.name = "leaf" + std::to_string(i), .kind = static_cast<ConditionKind>(random.below(5))};
        one.channels = {channels[random.below(3)]};
        if (one.kind == ConditionKind::plan) one.channels.push_back(channels[random.below(3)]);
        if (one.kind == ConditionKind::balance) one.outgoing = {channels[random.below(3)]};
        one.comparison = random.chance(0.5) ? Comparison::above : Comparison::below;
        one.raise = static_cast<double>(random.between(0, 20));
        const double width = static_cast<double>(random.between(0, 5));
        const bool up = one.comparison == Comparison::above || one.kind == ConditionKind::balance;
        one.clear = up ? std::max(0.0, one.raise - width) : one.raise + width;
        if (one.kind == ConditionKind::rate) one.raise *= 3600, one.clear *= 3600;
        one.seconds = one.kind == ConditionKind::missing ? random.between(1, 9) : 0;
        definition.conditions.push_back(one);
    }
    for (std::size_t i = 0; i < random.below(3); ++i) {
        Condition joined{.name = "joined" + std::to_string(i), .kind = static_cast<ConditionKind>(5 + random.below(3))};
        for (std::size_t part = 0; part < 1 + random.below(3); ++part)
            joined.of.push_back(definition.conditions[random.below(definition.conditions.size())].name);
        definition.conditions.push_back(joined);
    }
    for (int severity = 0; severity < 4; ++severity)
        if (severity == 0 || random.chance(0.4))
            definition.levels.push_back({static_cast<Severity>(severity), random.pick(definition.conditions).name, random.between(0, 6), random.between(0, 6)});
    return definition;
}

} // namespace

TEST_CASE("an alarm is raised above one limit and clears below another") {
    check("hysteresis", {{above("ph", 9, 8)}, {{Severity::warning, "ph"}}}, R"(
        1 ph=7     -> quiet
        2 ph=9     -> quiet
        3 ph=9.1   -> warning
        4 ph=8.5   -> warning
        5 ph=8     -> quiet
        6 ph=8.5   -> quiet)");
    check("pending and keep-firing", {{above("dust", 50, 50)}, {{Severity::critical, "dust", 10, 5}}}, R"(
        1 dust=60   -> quiet
        10          -> quiet
        11          -> critical
        20 dust=40  -> critical
        24          -> critical
        25          -> quiet
        30 dust=60  -> quiet
        35 dust=40  -> quiet
        36 dust=60  -> quiet
        45          -> quiet
        46          -> critical)");
    check("a gap shorter than keep-firing ends nothing", {{above("dust", 50, 50)}, {{Severity::critical, "dust", 0, 5}}}, R"(
        1 dust=60   -> critical
        2 dust=40   -> critical
        6 dust=60   -> critical
        7 dust=40   -> critical
        11          -> critical
        12          -> quiet)");
}

TEST_CASE("a severe alarm steps down to a milder one before it clears") {
    Condition warm = above("t", 70, 68), hot = above("t", 90, 85);
    warm.name = "warm", hot.name = "hot";
    check("two levels", {{warm, hot}, {{Severity::warning, "warm", 0, 3}, {Severity::emergency, "hot", 0, 0}}}, R"(
        1 t=75   -> warning
        2 t=95   -> emergency
        3 t=86   -> emergency
        4 t=80   -> warning
        5 t=60   -> warning
        8        -> quiet)");
}

TEST_CASE("missing data, rates, balances, plans and joined conditions") {
    const Condition silent{.name = "silent", .kind = ConditionKind::missing, .channels = {"x"}, .seconds = 10};
    check("missing", {{silent}, {{Severity::warning, "silent"}}}, R"(
        9        -> quiet
        10       -> warning
        11 x=1   -> quiet
        20       -> quiet
        20 x=nan -> quiet
        21       -> warning)");
    const Condition quick{.name = "quick", .kind = ConditionKind::rate, .channels = {"x"}, .raise = 3600, .clear = 1800};
    check("rate", {{quick}, {{Severity::warning, "quick"}}}, R"(
        1 x=1    -> quiet
        2 x=2    -> quiet
        3 x=3.5  -> warning
        4 x=4.2  -> warning
        5 x=4.4  -> quiet)");
    const Condition leak{.name = "leak", .kind = ConditionKind::balance, .channels = {"in"}, .outgoing = {"out1", "out2"}, .raise = 5, .clear = 2};
    check("balance", {{leak}, {{Severity::warning, "leak"}}}, R"(
        1 in=100 out1=60          -> quiet
        2 out2=40                 -> quiet
        3 out2=30                 -> warning
        4 out2=36                 -> warning
        5 out2=39                 -> quiet)");
    const Condition short_of{
        .name = "short", .kind = ConditionKind::plan, .channels = {"measured", "planned"}, .comparison = Comparison::below, .raise = -20, .clear = -10};
    check("plan", {{short_of}, {{Severity::warning, "short"}}}, R"(
        1 measured=90 planned=100 -> quiet
        2 measured=70             -> warning
        3 measured=85             -> warning
        4 planned=90              -> quiet
        5 measured=0 planned=0    -> quiet)");
    Condition wind = above("wind", 25, 25), night = above("dark", 0.5, 0.5);
    check("and, or, not",
        {{wind, night, {.name = "day", .kind = ConditionKind::none, .of = {"dark"}}, {.name = "both", .kind = ConditionKind::all, .of = {"wind", "day"}}},
            {{Severity::warning, "both"}}},
        R"(
        1 dark=1 wind=30  -> quiet
        2 dark=0          -> warning
        3 wind=20         -> quiet)");
}

TEST_CASE("a late reading corrects what was said") {
    const auto rule = compile({{above("x", 5, 5)}, {{Severity::warning, "x", 10, 0}}}).value();
    Watcher watcher(rule, 60 * second, 0);
    const auto say = [&](std::int64_t at, double value) {
        const Reading reading{0, at * second, value};
        watcher.add({&reading, 1});
    };
    say(1, 6);
    say(12, 6);
    CHECK(watcher.state().severity == Severity::warning);
    say(6, 4); // it was not above the limit for ten seconds
    CHECK(!watcher.state().severity);
    say(100, 6);
    say(5, 4);
    CHECK(watcher.kept().too_late == 1);
}

TEST_CASE("definitions that cannot be evaluated are refused") {
    const auto code = [](const RuleDefinition& definition) {
        const auto compiled = compile(definition);
        return compiled ? std::string("sound") : compiled.error().problems.at(0).code;
    };
    const auto joined = [](const char* name, std::vector<std::string> of) { return Condition{.name = name, .kind = ConditionKind::any, .of = std::move(of)}; };
    CHECK(code({{above("x", 1, 1)}, {{Severity::warning, "x"}}}) == "sound");
    CHECK(code({{joined("a", {"a"})}, {{Severity::warning, "a"}}}) == "rule.refers_to_itself");
    const auto circle = compile({{joined("a", {"b"}), joined("b", {"c"}), joined("c", {"b"})}, {{Severity::warning, "a"}}});
    CHECK(fill_in(circle.error().problems.at(0).message, circle.error().problems.at(0).parameters) == "A condition may not depend on itself: b → c → b.");
    CHECK(code({{above("x", 1, 1), joined("a", {"b"}), joined("b", {"a"})}, {{Severity::warning, "x"}}}) == "rule.refers_to_itself");
    CHECK(code({{joined("a", {"x"})}, {{Severity::warning, "a"}}}) == "rule.unknown_condition");
    CHECK(code({{above("x", 1, 2)}, {{Severity::warning, "x"}}}) == "rule.hysteresis");
    CHECK(code({{above("x", std::nan(""), 2)}, {{Severity::warning, "x"}}}) == "rule.limit");
    CHECK(code({{above("x", 1, 1), above("x", 2, 2)}, {{Severity::warning, "x"}}}) == "rule.name");
    CHECK(code({{above("x", 1, 1)}, {}}) == "rule.levels");
    CHECK(code({{above("x", 1, 1)}, {{Severity::warning, "x"}, {Severity::warning, "x"}}}) == "rule.levels");
    CHECK(code({{above("x", 1, 1)}, {{Severity::warning, "x", -1, 0}}}) == "rule.seconds");
    CHECK(code({{{.name = "m", .kind = ConditionKind::missing, .channels = {"x"}}}, {{Severity::warning, "m"}}}) == "rule.silence");
    CHECK(code({{{.name = "b", .kind = ConditionKind::balance, .channels = {"x"}}}, {{Severity::warning, "b"}}}) == "rule.channels");
}

TEST_CASE("streaming agrees with evaluating all history anew, in whatever order readings come, across restarts") {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto compiled = compile(random_definition(random));
        REQUIRE(compiled);
        const CompiledRule& rule = compiled.value();
        NaiveRule naive(rule, 0);
        std::vector<Reading> readings;
        const std::int64_t until = 80;
        for (std::int64_t at = 1; at <= until; ++at)
            for (std::uint16_t channel = 0; channel < rule.channels.size(); ++channel)
                if (random.chance(0.4))
                    readings.push_back({channel, at * second, random.chance(0.03) ? std::nan("") : static_cast<double>(random.between(0, 25))});
        for (const Reading& reading : readings) naive.add(reading);
        const auto expected = naive.severities(until);

        // In order, judged at every second.
        Watcher ordered(rule, 1000 * second, 0);
        std::size_t next = 0;
        for (std::int64_t at = 0; at <= until; ++at) {
            for (; next < readings.size() && readings[next].at <= at * second; ++next) ordered.add({&readings[next], 1});
            ordered.pass(at * second);
            REQUIRE(ordered.state().severity == expected[static_cast<std::size_t>(at)]);
        }
        // Displaced by less than the lateness, in batches, with the state kept as text on the way.
        const std::int64_t lateness = 30;
        std::vector<std::pair<std::int64_t, Reading>> arriving;
        for (const Reading& reading : readings) arriving.push_back({reading.at / second + random.between(0, lateness - 1), reading});
        std::stable_sort(arriving.begin(), arriving.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        Watcher shuffled(rule, lateness * second, 0);
        for (const auto& [at, reading] : arriving) {
            shuffled.add({&reading, 1});
            if (!random.chance(0.05)) continue;
            const auto back = decode_state(rule, encode_state(shuffled.kept()));
            REQUIRE(back);
            CHECK(encode_state(*back) == encode_state(shuffled.kept()));
            shuffled = Watcher(rule, lateness * second, *back);
        }
        shuffled.pass(until * second);
        CHECK(shuffled.kept().too_late == 0);
        CHECK(shuffled.state().severity == expected.back());
        CHECK(shuffled.state().severity_since == ordered.state().severity_since);
    }
}

TEST_CASE("a state that is not this rule's is not read") {
    const auto rule = compile({{above("x", 5, 5)}, {{Severity::warning, "x"}}}).value();
    const std::string text = encode_state(Watcher(rule, second, 0).kept());
    CHECK(decode_state(rule, text));
    for (std::size_t length = 0; length + 2 < text.size(); ++length) CHECK(!decode_state(rule, text.substr(0, length)));
    CHECK(!decode_state(compile({{above("x", 5, 5), above("y", 5, 5)}, {{Severity::warning, "x"}}}).value(), text));
}

} // namespace greenbank::energy
