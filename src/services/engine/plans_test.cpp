// plans_test.cpp — working days against a walk day by day, slots against a scan hour by hour, gaps of chains and answers on recognition.
#include <doctest/doctest.h>

#include <algorithm>

#include "kernel/random.h"
#include "services/engine/chain.h"
#include "services/engine/recognition.h"
#include "services/engine/response_plan.h"
#include "services/engine/slots.h"

namespace greenbank::services {

namespace {

Date day(std::string_view text) { return *parse_date(text); }
Time at(std::string_view text) { return *parse_time(text); }

Date naive_working_day_after(Date start, std::int64_t working_days) {
    while (!is_working_day(start)) ++start.days;
    for (std::int64_t i = 1; i < working_days; ++i) do
            ++start.days;
        while (!is_working_day(start));
    return start;
}

/// Looks at every hour whether it begins a booking that is free.
std::optional<Time> naive_next_free(const SlotRule& rule, const std::set<Time>& busy, Time from, std::size_t slots) {
    const Time end = Time{days(day_at(rule, from).days + 60).microseconds} - minutes(rule.utc_offset_minutes);
    for (Time begins{from.microseconds / 3'600'000'000 * 3'600'000'000}; begins < end; begins = begins + minutes(30)) {
        if (begins < from) continue;
        const auto taken = slots_of(rule, begins, begins + hours(rule.slot_hours * static_cast<std::int64_t>(slots)));
        if (taken && std::none_of(taken->begin(), taken->end(), [&](Time slot) { return busy.contains(slot); })) return begins;
    }
    return {};
}

} // namespace

TEST_CASE("a plan of three steps ends on working days, the longest by its hours") {
    const std::vector<StepEffort> steps = {{4, 2}, {40, 3}, {0, 1}};
    const std::vector<Date> due = due_days(steps, day("2026-11-27"), 8); // a Friday
    CHECK(due == std::vector<Date>{day("2026-11-30"), day("2026-12-07"), day("2026-12-08")});
    CHECK(cost_of(steps, {60'000, "CNY"}) == Money{2'640'000, "CNY"});
    CHECK(hours_left(20, day("2026-11-27"), day("2026-12-26"), 12) == 8);
    CHECK(hours_left(20, day("2026-11-27"), day("2026-12-27"), 50) == -10);
}

TEST_CASE("working days are those of a walk day by day") {
    for (int seed = 1; seed <= 1000; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        const Date start{static_cast<std::int32_t>(random.between(-3000, 30'000))};
        const std::int64_t count = random.between(0, 60);
        CHECK(working_day_after(start, count) == naive_working_day_after(start, count));
        std::vector<StepEffort> steps(random.below(6));
        for (StepEffort& step : steps) step = {random.between(0, 80), random.between(0, 9)};
        const auto due = due_days(steps, start, random.between(1, 8));
        CHECK(std::is_sorted(due.begin(), due.end()));
        CHECK(std::adjacent_find(due.begin(), due.end()) == due.end());
        CHECK(std::all_of(due.begin(), due.end(), is_working_day));
    }
}

TEST_CASE("slots stand on the clock of the place and on its working days") {
    const SlotRule rule{.opens_hour = 9, .closes_hour = 18, .slot_hours = 3, .utc_offset_minutes = 480};
    CHECK(slots_of_day(rule, day("2026-11-28")).empty()); // a Saturday
    CHECK(slots_of_day(rule, day("2026-11-30")) == std::vector<Time>{at("2026-11-30T01:00:00Z"), at("2026-11-30T04:00:00Z"), at("2026-11-30T07:00:00Z")});
    CHECK(slots_of(rule, at("2026-11-30T01:00:00Z"), at("2026-11-30T07:00:00Z"))->size() == 2);
    CHECK(!slots_of(rule, at("2026-11-30T02:00:00Z"), at("2026-11-30T05:00:00Z")));
    CHECK(!slots_of(rule, at("2026-11-30T01:00:00Z"), at("2026-12-01T04:00:00Z")));
    CHECK(!slots_of(rule, at("2026-11-30T04:00:00Z"), at("2026-11-30T01:00:00Z")));
    CHECK(next_free(rule, {at("2026-11-30T01:00:00Z")}, at("2026-11-28T00:00:00Z"), 2) == at("2026-11-30T04:00:00Z"));
    CHECK(!next_free(rule, {}, at("2026-11-28T00:00:00Z"), 4));
}

TEST_CASE("the next free slot is that of a scan of every half hour") {
    for (int seed = 1; seed <= 200; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        SlotRule rule{.opens_hour = random.between(0, 12),
            .slot_hours = random.between(1, 4),
            .weekends = random.chance(0.3),
            .utc_offset_minutes = random.between(-12, 14) * 60};
        rule.closes_hour = random.between(rule.opens_hour, 24);
        const Time from = at("2026-11-20T00:00:00Z") + hours(random.between(0, 300));
        std::set<Time> busy;
        for (std::int32_t i = 0; i < 20; ++i)
            for (const Time slot : slots_of_day(rule, {day_at(rule, from).days + i}))
                if (random.chance(0.8)) busy.insert(slot);
        const std::size_t slots = 1 + random.below(3);
        CHECK(next_free(rule, busy, from, slots) == naive_next_free(rule, busy, from, slots));
    }
}

TEST_CASE("a chain names the steps nobody does, that are only planned, or that hang on one country") {
    const std::vector<std::string> countries = {"CN", "KZ"};
    std::vector<ChainPart> parts;
    CHECK(chain_gaps(parts, countries).size() == chain_steps);
    for (std::size_t i = 0; i < chain_steps; ++i) {
        parts.push_back({static_cast<ChainStep>(i), "CN"});
        parts.push_back({static_cast<ChainStep>(i), "KZ"});
    }
    CHECK(chain_gaps(parts, countries).empty());
    parts.erase(parts.begin() + 4, parts.begin() + 6);
    parts[1].country = "CN";
    parts.back().planned = parts[parts.size() - 2].planned = true;
    CHECK(chain_gaps(parts, countries) == std::vector<ChainGap>{{ChainStep::research, ChainGapKind::one_country}, {ChainStep::parts, ChainGapKind::nobody},
                                              {ChainStep::market, ChainGapKind::planned}});
    for (int seed = 1; seed <= 300; ++seed) { // one part more never makes more gaps
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        std::vector<ChainPart> some(random.below(12));
        for (ChainPart& one : some) one = {static_cast<ChainStep>(random.below(chain_steps)), random.chance(0.5) ? "CN" : "KZ", random.chance(0.3)};
        const std::size_t before = chain_gaps(some, countries).size();
        some.push_back({static_cast<ChainStep>(random.below(chain_steps)), "KZ", false});
        CHECK(chain_gaps(some, countries).size() <= before);
    }
}

TEST_CASE("the best known row that holds decides, whatever the order of rows") {
    const Date today = day("2026-11-29");
    const auto verdict = [&](std::vector<RecognitionRow> rows) { return judge_recognition(rows, today).answer; };
    using Kind = RecognitionKind;
    CHECK(verdict({}) == RecognitionAnswer::unknown);
    CHECK(verdict({{Kind::none, FactStatus::official}, {Kind::mutual, FactStatus::sample}}) == RecognitionAnswer::not_accepted);
    CHECK(verdict({{Kind::partial, FactStatus::sample}, {Kind::mutual, FactStatus::sample}}) == RecognitionAnswer::accepted);
    CHECK(verdict({{Kind::mutual, FactStatus::official, true, {}, day("2026-11-28")}}) == RecognitionAnswer::unknown);
    CHECK(verdict({{Kind::mutual, FactStatus::official, true, day("2026-11-30"), {}}}) == RecognitionAnswer::unknown);
    CHECK(verdict({{Kind::theirs_accepts, FactStatus::official, false}}) == RecognitionAnswer::unknown);
    CHECK(verdict({{Kind::ours_accepts, FactStatus::official, false}}) == RecognitionAnswer::accepted);
    for (int seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        std::vector<RecognitionRow> rows(random.below(7));
        for (RecognitionRow& row : rows) {
            row = {static_cast<Kind>(random.below(6)), static_cast<FactStatus>(random.below(3)), random.chance(0.5)};
            if (random.chance(0.3)) row.valid_to = Date{today.days + static_cast<std::int32_t>(random.between(-1, 1))};
        }
        const RecognitionAnswer answer = verdict(rows);
        // Naively: the answers of one status after the other, and of these the one that says most.
        RecognitionAnswer naive = RecognitionAnswer::unknown;
        for (int status = 0; status < 3 && naive == RecognitionAnswer::unknown; ++status)
            for (const RecognitionRow& row : rows)
                if (static_cast<int>(row.status) == status && holds_on(row, today)) naive = std::min(naive, answer_of(row));
        CHECK(answer == naive);
        for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random.below(i)]);
        CHECK(verdict(rows) == answer);
    }
}

} // namespace greenbank::services
