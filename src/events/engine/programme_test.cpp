// programme_test.cpp — nobody and no hall in two places; booths that touch do not overlap.
#include "events/engine/programme.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::events {

namespace {

Occupation during(int begin, int end, int hall, std::vector<int> people = {}) { return {Time{begin}, Time{end}, hall, std::move(people)}; }

} // namespace

TEST_CASE("a hall holds one session at a time, and one may begin when another ends") {
    CHECK(clashes({during(0, 10, 1), during(10, 20, 1)}).empty());
    CHECK(clashes({during(0, 10, 1), during(9, 20, 2)}).empty());
    CHECK(clashes({during(0, 10, 1), during(9, 20, 1)}) == std::vector<Clash>{{0, 1, 1, -1}});
    CHECK(clashes({during(0, 100, 1), during(10, 20, 1), during(30, 40, 1)}) == std::vector<Clash>{{0, 1, 1, -1}, {0, 2, 1, -1}});
    CHECK(clashes({during(0, 10, -1), during(0, 10, -1)}).empty()); // no hall is known
}

TEST_CASE("a speaker is in one place, however often named there") {
    CHECK(clashes({during(0, 10, 1, {7, 7}), during(5, 15, 2, {8, 7})}) == std::vector<Clash>{{0, 1, -1, 7}});
    CHECK(clashes({during(0, 10, 1, {7}), during(5, 15, 2, {8})}).empty());
    CHECK(clashes({during(0, 10, 1, {7}), during(5, 15, 1, {7})}).size() == 2); // hall and person
}

TEST_CASE("the sweep finds what comparing all pairs finds") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::vector<Occupation> all;
        for (auto count = random.below(14); count > 0; --count) {
            const auto begin = static_cast<int>(random.below(20));
            Occupation one = during(begin, begin + static_cast<int>(random.below(8)), static_cast<int>(random.between(-1, 3)));
            for (auto people = random.below(3); people > 0; --people) one.people.push_back(static_cast<int>(random.below(5)));
            all.push_back(std::move(one));
        }
        CHECK(clashes(all) == clashes_by_pairs(all));
    }
}

TEST_CASE("booths that touch do not overlap, and one must fit into its hall") {
    const FloorArea booth{0, 0, 300, 300};
    CHECK(!overlap(booth, {300, 0, 300, 300}));
    CHECK(overlap(booth, {299, 299, 300, 300}));
    CHECK(overlap(booth, {100, 100, 10, 10}));
    CHECK(within(booth, 300, 300));
    CHECK(!within({1, 0, 300, 300}, 300, 300));
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        const auto area = [&] { return FloorArea{random.between(0, 6), random.between(0, 6), random.between(1, 5), random.between(1, 5)}; };
        const FloorArea a = area(), b = area();
        bool shared = false; // the naive twin: square by square
        for (std::int64_t x = 0; x < 12; ++x)
            for (std::int64_t y = 0; y < 12; ++y) {
                const auto covers = [&](const FloorArea& one) { return x >= one.left && x < one.left + one.width && y >= one.top && y < one.top + one.depth; };
                shared = shared || (covers(a) && covers(b));
            }
        CHECK_MESSAGE(overlap(a, b) == shared, "seed ", seed);
    }
}

} // namespace greenbank::events
