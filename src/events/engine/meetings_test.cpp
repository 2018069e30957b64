// meetings_test.cpp — schedules against the independent judge, and against trying everything.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include "events/engine/meetings_check.h"
#include "events/engine/meetings_random.h"
#include "events/engine/meetings_smooth.h"
#include "events/engine/meetings_value.h"
#include "kernel/text.h"

namespace greenbank::events::meetings {

namespace {

/// `requests` like "ab ac:3 bc@1 ad/0": two participants, :value, @fixed slot, /session; `tables` like "22".
Instance instance_of(const std::string& requests, const std::string& tables, int participants = 4) {
    Instance instance;
    instance.slots = static_cast<int>(tables.size());
    for (const char count : tables) instance.tables.push_back(count - '0');
    instance.forbidden.assign(participants, std::vector<bool>(instance.slots));
    instance.sessions = {{0, instance.slots / 2 - 1}, {instance.slots / 2, instance.slots - 1}};
    for (const std::string_view word : split(requests, ' ')) {
        Request request{word[0] - 'a', word[1] - 'a'};
        for (std::size_t i = 2; i + 1 < word.size(); i += 2) {
            if (word[i] == ':') request.value = word[i + 1] - '0';
            if (word[i] == '@') request.fixed_slot = word[i + 1] - '0';
            if (word[i] == '/') request.session = word[i + 1] - '0';
        }
        instance.requests.push_back(request);
    }
    return instance;
}

Scheduled check(const Instance& instance, const Worth& expected) {
    const Scheduled scheduled = schedule(instance, {});
    const auto faults = faults_of(instance, scheduled.slots);
    CHECK_MESSAGE(faults.empty(), fmt::format("{}", fmt::join(faults, "; ")));
    CHECK(scheduled.worth == expected);
    CHECK(worth_counted(instance, scheduled.slots) == scheduled.worth);
    CHECK(scheduled.value.proven());
    CHECK(scheduled.breaks.proven());
    CHECK(!scheduled.this_choice_only);
    return scheduled;
}

} // namespace

TEST_CASE("everything is placed where everything fits, without breaks") {
    check(instance_of("ab ac ad bc bd cd", "222"), {6, 0, 0});
    check(instance_of("ab ac ad", "111111"), {3, 0, 0});
    check(instance_of("ab", "1", 2), {1, 0, 0});
    Instance nothing = instance_of("ab", "1", 2);
    nothing.requests.clear();
    check(nothing, {0, 0, 0});
}

TEST_CASE("where not everything fits, the most valuable requests have a place") {
    check(instance_of("ab:1 ab:5 ab:3", "11"), {8, 0, 0});
    check(instance_of("ab:9 ac:5 bd:5", "2"), {10, 0, 0}); // the dearest one is not in the best choice
    check(instance_of("ab:2 cd:3", "1"), {3, 0, 0});
    check(instance_of("ab:9 ab:1@0", "1"), {1, 0, 0}); // what is fixed stays
}

TEST_CASE("breaks are counted as runs of idle slots, and spread decides before their number") {
    check(instance_of("ab@0 ac@3", "1111"), {2, 1, 1});
    check(instance_of("ab@0 ac@2 ad@4", "11111"), {3, 2, 2});
    Instance tight = instance_of("ab@0 ac@2 ad@4", "11111");
    tight.break_spread_max = 1; // cannot be kept: the smallest spread is told
    const Scheduled scheduled = check(tight, {3, 2, 2});
    CHECK(scheduled.spread_limit == 2);
}

TEST_CASE("sessions, forbidden slots and precedence are kept, and reasons say what is in the way") {
    Instance instance = instance_of("ab/0 ac/0 ad/0", "2211");
    const Scheduled scheduled = check(instance, {2, 0, 0});
    for (int i = 0; i < 3; ++i)
        if (scheduled.slots[i] == unplaced) CHECK(Reasons(instance, scheduled.slots, true).of(i) == Reason::first_full);

    instance = instance_of("ab cd", "1");
    CHECK(Reasons(instance, check(instance, {1, 0, 0}).slots, true).of(1) == Reason::tables_full);
    instance.forbidden[0][0] = true;
    CHECK(Reasons(instance, check(instance, {1, 0, 0}).slots, true).of(0) == Reason::no_common_slot);
    instance = instance_of("ab cd", "2");
    instance.precedences = {{0, 1}};
    CHECK(Reasons(instance, {0, unplaced}, true).of(1) == Reason::precedence);
    check(instance, {1, 0, 0});
}

TEST_CASE("tiny rounds: schedules are as good as trying everything, on all objectives") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        const Instance instance = tiny_instance(random);
        INFO("seed ", seed);
        const BestByTrying best = best_by_trying(instance);
        const Scheduled scheduled = schedule(instance, {});
        const auto faults = faults_of(instance, scheduled.slots);
        CHECK_MESSAGE(faults.empty(), fmt::format("{}", fmt::join(faults, "; ")));
        CHECK(worth_counted(instance, scheduled.slots) == scheduled.worth);
        CHECK(scheduled.worth.value == best.worth.value);
        CHECK(std::max(scheduled.worth.spread, instance.break_spread_max) == std::max(best.worth.spread, instance.break_spread_max));
        CHECK(scheduled.worth.breaks == best.worth.breaks);
        CHECK(scheduled.value.proven());
        CHECK(scheduled.breaks.proven());
        CHECK(relaxation_bound(instance, allowed_slots(instance), {}) >= best.worth.value);
    }
}

TEST_CASE("tiny rounds: a repair changes as few meetings as trying everything, and leaves the past alone") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        Instance instance = tiny_instance(random);
        for (Request& request : instance.requests) request.fixed_slot = -1;
        INFO("seed ", seed);
        const Slots before = random.chance(0.5) ? schedule(instance, {}).slots : book_first_come(instance);
        const int now = static_cast<int>(random.below(instance.slots));
        for (int i = 0; i < 2; ++i) { // two lose a slot that is still to come
            auto& day = instance.forbidden[random.below(instance.forbidden.size())];
            day[now + random.below(instance.slots - now)] = true;
        }
        if (now > 0 && random.chance(0.5)) --instance.tables[instance.slots - 1];
        instance.tables.back() = std::max(0, instance.tables.back());
        const BestByTrying best = best_by_trying(instance, before, now);
        const Scheduled after = repair(instance, before, now, {});
        const auto faults = faults_of(instance, after.slots);
        CHECK_MESSAGE(faults.empty(), fmt::format("{}", fmt::join(faults, "; ")));
        CHECK(after.worth.value == best.worth.value);
        CHECK(after.moves.reached == best.moves);
        CHECK(after.moves.proven());
        CHECK(after.worth.breaks == best.worth.breaks);
        for (std::size_t i = 0; i < before.size(); ++i)
            CHECK((before[i] != unplaced && before[i] < now) == (after.slots[i] != unplaced && after.slots[i] < now));
    }
}

TEST_CASE("a larger fair: sound within any time, better than first come, seats never shared") {
    const Instance instance = fair_instance(7, 40, 150, 8, 12);
    int asked = 0;
    for (const double seconds : {0.0, 50.0}) {
        const Budget budget{seconds, [&] { return ++asked * 0.01; }};
        const Scheduled scheduled = schedule(instance, budget);
        CHECK(faults_of(instance, scheduled.slots).empty());
        CHECK(scheduled.worth.value >= worth_of(instance, book_first_come(instance)).value);
        CHECK(scheduled.value.bound >= scheduled.value.reached);
        CHECK(scheduled.breaks.bound <= scheduled.breaks.reached);
        const auto tables = seat(instance, scheduled.slots, {}, {});
        for (std::size_t i = 0; i < tables.size(); ++i) {
            CHECK((tables[i] >= 0) == (scheduled.slots[i] != unplaced));
            for (std::size_t j = 0; j < i; ++j) CHECK(!(tables[i] >= 0 && tables[i] == tables[j] && scheduled.slots[i] == scheduled.slots[j]));
        }
    }
    const Scheduled cancelled = schedule(instance, {60, [] { return 0.0; }, [] { return true; }});
    CHECK(faults_of(instance, cancelled.slots).empty());
}

TEST_CASE("exchanging slots never makes a schedule worse, and keeps who is placed") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed ", seed);
        Instance instance = fair_instance(seed, 20, 50, 8, 5);
        if (seed % 2) instance.precedences = {{0, 1}, {2, 3}};
        const Slots before = book_first_come(instance), after = search_breaks(instance, allowed_slots(instance), before, seed, 5'000, [] { return false; });
        CHECK(faults_of(instance, after).empty());
        for (std::size_t i = 0; i < before.size(); ++i) CHECK((before[i] == unplaced) == (after[i] == unplaced));
        const Worth was = worth_counted(instance, before), is = worth_counted(instance, after);
        CHECK(std::pair(std::max(is.spread, 2), is.breaks) <= std::pair(std::max(was.spread, 2), was.breaks));
    }
}

TEST_CASE("the judge finds every kind of fault") {
    Instance instance = instance_of("ab ac cd/0 ad@1", "121");
    instance.forbidden[1][2] = true;
    instance.precedences = {{0, 2}};
    const auto count = [&](const Slots& slots) { return faults_of(instance, slots).size(); };
    CHECK(count({unplaced, unplaced, unplaced, 1}) == 0);
    CHECK(count({unplaced, unplaced, unplaced, unplaced}) == 1); // fixed
    CHECK(count({0, 0, unplaced, 1}) == 2);                      // two places, tables
    CHECK(count({2, unplaced, unplaced, 1}) == 1);               // forbidden
    CHECK(count({unplaced, unplaced, 2, 1}) == 1);               // session
    CHECK(count({0, unplaced, 0, 1}) == 2);                      // order, tables
    CHECK(count({unplaced, 5, unplaced, 1}) == 1);
    CHECK(count({}) == 1);
}

} // namespace greenbank::events::meetings
