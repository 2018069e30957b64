// pipeline_test.cpp — a funnel counted by hand, and beside a twin that counts anew for every stage.
#include <doctest/doctest.h>

#include "deals/engine/pipeline.h"
#include "kernel/random.h"

namespace greenbank::deals {

namespace {

Time day(std::int64_t n) { return Time{n * days(1).microseconds}; }
using S = DealStage;

Trail random_trail(Random& random) {
    Trail trail;
    std::int64_t at = random.between(0, 200);
    for (std::size_t stage = random.below(2); stage < deal_stages && random.chance(0.75); stage += 1 + random.below(2)) {
        trail.entries.push_back({static_cast<S>(stage), day(at)});
        at += random.between(0, 60);
        if (stage > 1 && random.chance(0.1)) stage -= 2; // back to the draft
    }
    if (!trail.entries.empty() && trail.entries.back().stage != S::completed && random.chance(0.3)) trail.lost_at = day(at);
    return trail;
}

} // namespace

TEST_CASE("a small funnel") {
    const std::vector<Trail> trails = {
        {{{S::interest, day(0)}, {S::forwarded, day(4)}, {S::contact, day(10)}, {S::negotiation, day(20)}}, {}},
        {{{S::interest, day(0)}, {S::forwarded, day(2)}}, day(8)},
        {{{S::interest, day(90)}}, {}},
        {{}, {}},
    };
    const Funnel funnel = funnel_of(trails, day(100));
    CHECK(funnel.deals == 3);
    CHECK(funnel.open == 2);
    CHECK(funnel.lost == 1);
    const auto& stages = funnel.stages;
    CHECK(stages[0].reached == 3);
    CHECK(stages[1].reached == 2);
    CHECK(stages[1].conversion == 666);
    CHECK(stages[2].reached == 1);
    CHECK(stages[3].reached == 1); // left out, but further on
    CHECK(stages[5].reached == 0);
    CHECK(stages[6].conversion == std::nullopt);
    CHECK(stages[0].days_median == 2);
    CHECK(stages[1].days_median == 6);
    CHECK(stages[1].lost == 1);
    CHECK(stages[4].days_oldest == 80);
    CHECK(stages[4].standing == 1);
    CHECK(stages[0].standing == 0); // ten days only
}

TEST_CASE("every deal is open, lost or completed; stages never widen; a twin counts the same") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<Trail> trails(random.below(40));
        for (Trail& trail : trails) trail = random_trail(random);
        const Time now = day(700);
        const Funnel funnel = funnel_of(trails, now);
        CHECK(funnel.open + funnel.lost + funnel.completed == funnel.deals);
        std::int64_t there = 0;
        for (std::size_t stage = 0; stage < deal_stages; ++stage) {
            const StageFigures& figures = funnel.stages[stage];
            std::int64_t reached = 0, now_there = 0, lost = 0;
            for (const Trail& trail : trails) {
                bool far = false;
                for (const StageEntry& entry : trail.entries) far = far || static_cast<std::size_t>(entry.stage) >= stage;
                reached += far;
                if (trail.entries.empty() || static_cast<std::size_t>(trail.entries.back().stage) != stage) continue;
                (trail.lost_at ? lost : now_there) += 1;
            }
            CHECK(figures.reached == reached);
            CHECK(figures.now == now_there);
            CHECK(figures.lost == lost);
            CHECK(figures.standing <= figures.now);
            if (stage > 0) CHECK(figures.reached <= funnel.stages[stage - 1].reached);
            there += figures.now + figures.lost;
        }
        CHECK(there == funnel.deals);
    }
}

} // namespace greenbank::deals
