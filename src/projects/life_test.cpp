// life_test.cpp — the tables of milestones, progress and stages as scenarios, and what holds on any path through them.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "projects/engine/milestone_life.h"
#include "projects/engine/progress.h"
#include "projects/engine/stage_gates.h"

namespace greenbank::projects {

/// Lines "contractor:ann submit -> submitted" or "owner:bob accept -> milestone.state", from the beginning.
static void check(std::string_view what, std::string_view lines) {
    INFO(std::string(what));
    MilestoneState state = MilestoneState::planned;
    std::string submitted_by;
    for (std::string_view line : split(lines, '\n')) {
        line = trim(line);
        if (line.empty()) continue;
        INFO(std::string(line));
        const auto words = split(line, ' ');
        REQUIRE(words.size() == 4);
        const auto who = split(words[0], ':');
        const MilestonePerson person{std::string(who[1]), who[0] != "bank", who[0] != "contractor"};
        const MilestoneAction action = *parse_choice<MilestoneAction>(words[1]);
        const auto step = milestone_step(state, action, person, submitted_by);
        CHECK((step ? name_of(step.value()) : std::string_view(step.error().code)) == words[3]);
        if (!step) continue;
        state = step.value();
        if (action == MilestoneAction::submit) submitted_by = person.person;
        if (action == MilestoneAction::take_back) submitted_by.clear();
    }
}

TEST_CASE("a milestone is submitted by one and accepted by another") {
    check("the usual way", R"(
        owner:bob accept -> milestone.state
        contractor:ann submit -> submitted
        contractor:ann submit -> milestone.state
        contractor:ann accept -> milestone.part
        owner:bob accept -> accepted
        owner:bob give_back -> milestone.state
        contractor:ann take_back -> milestone.state)");
    check("returned, mended, accepted by the bank", R"(
        contractor:ann submit -> submitted
        owner:bob give_back -> returned
        bank:eve submit -> milestone.part
        contractor:ann submit -> submitted
        bank:eve accept -> accepted)");
    check("within one organisation two people are needed", R"(
        owner:bob submit -> submitted
        owner:bob accept -> milestone.four_eyes
        owner:bob give_back -> milestone.four_eyes
        owner:bob take_back -> planned
        owner:bob submit -> submitted
        owner:kim accept -> accepted)");
}

TEST_CASE("on no path does one person submit and accept, and what is accepted stays") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        MilestoneState state = MilestoneState::planned;
        std::string submitted_by;
        for (int i = 0; i < 20; ++i) {
            const MilestonePerson person{std::string(1, static_cast<char>('a' + random.below(3))), random.below(2) == 0, random.below(2) == 0};
            const auto action = static_cast<MilestoneAction>(random.below(4));
            const auto allowed = milestone_actions(state, person, submitted_by);
            const auto step = milestone_step(state, action, person, submitted_by);
            CHECK(static_cast<bool>(step) == (std::find(allowed.begin(), allowed.end(), action) != allowed.end()));
            if (!step) continue;
            CHECK(state != MilestoneState::accepted);
            if (step.value() == MilestoneState::accepted) CHECK(person.person != submitted_by);
            state = step.value();
            if (action == MilestoneAction::submit) submitted_by = person.person;
        }
    }
}

TEST_CASE("a plant goes from preparing to finished, stops anywhere before, and is taken up again") {
    CHECK(progress_next(Progress::preparing) == std::vector{Progress::building, Progress::stopped});
    CHECK(progress_next(Progress::stopped) == std::vector{Progress::building, Progress::running});
    CHECK(progress_next(Progress::finished).empty());
    CHECK(progress_step(Progress::preparing, Progress::running).error().code == "project.progress");
    for (const Progress from : {Progress::preparing, Progress::building, Progress::running})
        CHECK(progress_step(from, Progress::stopped).value() == Progress::stopped);
}

TEST_CASE("a stage opens when all is there; more of anything never closes it again, but for milestones left open") {
    CHECK(check_gates(0, {}).empty());
    GateFacts plenty;
    plenty.have.fill(9);
    plenty[GateCondition::open_milestones] = 0;
    for (const int to : {1, 2, 3}) {
        CHECK_FALSE(check_gates(to, plenty).empty());
        for (const GateCheck& one : check_gates(to, plenty)) CHECK(one.met);
    }
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        GateFacts facts;
        for (std::int64_t& one : facts.have) one = static_cast<std::int64_t>(random.below(10));
        GateFacts more = facts;
        for (std::int64_t& one : more.have) one += static_cast<std::int64_t>(random.below(3));
        more[GateCondition::open_milestones] = facts[GateCondition::open_milestones];
        for (const int to : {1, 2, 3}) {
            const auto before = check_gates(to, facts), after = check_gates(to, more);
            for (std::size_t i = 0; i < before.size(); ++i)
                if (before[i].met) CHECK(after[i].met);
        }
    }
}

} // namespace greenbank::projects
