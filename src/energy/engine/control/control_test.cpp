// control_test.cpp — orders that are taken and refused, ramps, the dead man's time, the life of an order.
#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <tuple>

#include "energy/engine/control/command_states.h"
#include "energy/engine/control/set_points.h"
#include "kernel/random.h"

namespace greenbank::energy {

namespace {

constexpr Moment second = 1'000'000;

SetPointLimits battery() {
    return {.least = -500, .greatest = 500, .rate_per_minute = 100, .interlocks = {{"temperature", true, 45, 600}}, .watchdog_seconds = 60, .fallback = 0};
}

std::string code(const Result<Done>& judged) {
    if (judged) return "taken";
    return judged.error().problems.empty() ? judged.error().code : judged.error().problems[0].code;
}

} // namespace

TEST_CASE("orders are taken within limits and while nothing is locked") {
    const SetPointLimits limits = battery();
    const Moment now = 10'000 * second;
    const std::vector<InterlockReading> cool{{30, now - 10 * second}};
    CHECK(code(judge_order(limits, 500, cool, now)) == "taken");
    CHECK(code(judge_order(limits, 500.001, cool, now)) == "control.outside_limits");
    CHECK(code(judge_order(limits, std::nan(""), cool, now)) == "control.not_a_number");
    CHECK(code(judge_order(limits, INFINITY, cool, now)) == "control.not_a_number");
    CHECK(code(judge_order(limits, 0, {{46, now}}, now)) == "control.interlocked");
    CHECK(code(judge_order(limits, 0, {{30, now - 601 * second}}, now)) == "control.interlocked"); // not known lately
    CHECK(code(judge_order(limits, 0, {{std::nullopt, now}}, now)) == "control.interlocked");
    CHECK(code(judge_order(limits, 0, {}, now)) == "control.interlocked");
}

TEST_CASE("limits that contradict themselves are said") {
    SetPointLimits limits = battery();
    Problems none;
    check_limits(limits, none);
    CHECK(none.empty());
    limits.least = 600;
    limits.rate_per_minute = 0;
    limits.watchdog_seconds = 1;
    limits.confirm_seconds = 0;
    limits.interlocks[0].channel.clear();
    Problems problems;
    check_limits(limits, problems);
    std::set<std::string> codes;
    for (const Problem& problem : problems) codes.insert(problem.code);
    CHECK(
        codes == std::set<std::string>{"control.limits", "control.rate", "control.watchdog", "control.fallback", "control.confirm_time", "control.interlock"});
}

TEST_CASE("a ramp never jumps, never passes its target, and ends on it") {
    CHECK(ramp_value(battery(), 0, 200, 0, 60 * second) == doctest::Approx(100));
    CHECK(ramp_value(battery(), 0, 200, 0, 120 * second) == 200);
    CHECK(ramp_value(battery(), 0, -200, 0, 30 * second) == doctest::Approx(-50));
    CHECK(ramp_value({.least = 0, .greatest = 9}, 0, 9, 0, 0) == 9);
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        SetPointLimits limits = battery();
        limits.rate_per_minute = 0.1 + random.uniform() * 1000;
        const double from = random.uniform() * 1000 - 500, to = random.uniform() * 1000 - 500;
        double before = from;
        Moment at = 0;
        for (int i = 0; i < 50; ++i) {
            const Moment step = random.between(1, 20) * second;
            const double value = ramp_value(limits, from, to, 0, at += step);
            CHECK(std::abs(value - before) <= *limits.rate_per_minute * static_cast<double>(step) / 60e6 + 1e-6);
            CHECK(std::abs(to - value) <= std::abs(to - before) + 1e-9);
            before = value;
        }
        CHECK(ramp_value(limits, from, to, 0, ramp_end(limits, from, to, 0)) == to);
    }
}

TEST_CASE("without a sign of life the dead man's time runs out") {
    CHECK(!is_dead(battery(), 0, 59 * second));
    CHECK(is_dead(battery(), 0, 60 * second));
    CHECK(!is_dead({.least = 0, .greatest = 1}, 0, 60'000 * second));
}

TEST_CASE("who orders does not approve") {
    using State = CommandState;
    using Move = CommandMove;
    CHECK(command_step(std::nullopt, Move::propose, CommandMover::maker).value() == State::proposed);
    CHECK(command_step(State::proposed, Move::approve, CommandMover::maker).error().code == "control.second_person");
    CHECK(command_step(State::proposed, Move::approve, CommandMover::checker).value() == State::queued);
    CHECK(command_step(State::queued, Move::send, CommandMover::bank).value() == State::sent);
    CHECK(command_step(State::sent, Move::confirm, CommandMover::bank).value() == State::confirmed);
    CHECK(command_step(State::confirmed, Move::withdraw, CommandMover::maker).error().code == "control.wrong_step");
    CHECK(command_step(State::proposed, Move::send, CommandMover::bank).error().code == "control.wrong_step"); // nothing leaves unapproved
    std::set<std::tuple<std::optional<State>, Move, CommandMover>> seen;
    std::set<State> reached;
    for (const CommandStep& step : command_steps()) {
        CHECK(seen.emplace(step.from, step.move, step.mover).second);
        reached.insert(step.to);
    }
    CHECK(reached.size() == std::size(Choices<State>::values));
}

} // namespace greenbank::energy
