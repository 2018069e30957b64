// admission_test.cpp — no more people than places, and nobody passed over.
#include "events/engine/admission.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::events {

TEST_CASE("places end with the capacity in all or of a category") {
    const Room room{3, {std::nullopt, 1}};
    CHECK(has_place(room, {0, 0}, 0));
    CHECK(has_place(room, {1, 1}, 0));
    CHECK(!has_place(room, {1, 1}, 1));
    CHECK(!has_place(room, {2, 1}, 0));
    CHECK(places_left(room, {2, 1}) == 0);
    CHECK(!places_left({}, {5, 5}));
    CHECK(has_place({}, {5, 5}, 0));
}

TEST_CASE("who waits longest moves up, and a full category does not hold up the others") {
    CHECK(moving_up({3, {std::nullopt, 1}}, {1, 1}, {1, 0, 0}) == std::vector<std::size_t>{1});
    CHECK(moving_up({5, {std::nullopt, 1}}, {1, 1}, {1, 0, 0}) == std::vector<std::size_t>{1, 2});
    CHECK(moving_up({2, {}}, {2}, {0}).empty());
}

TEST_CASE("moving up never breaks a limit, leaves no place that somebody waits for, and passes over nobody of the same category") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        Room room{random.chance(0.8) ? std::optional(random.between(0, 8)) : std::nullopt, std::vector<std::optional<std::int64_t>>(3)};
        for (auto& limit : room.by_category)
            if (random.chance(0.5)) limit = random.between(0, 4);
        Taken taken(3);
        for (int i = 0; i < 3; ++i)
            while (random.chance(0.5) && has_place(room, taken, i)) ++taken[static_cast<std::size_t>(i)];
        std::vector<int> waiting;
        for (auto count = random.below(8); count > 0; --count) waiting.push_back(static_cast<int>(random.below(3)));
        const std::vector<std::size_t> up = moving_up(room, taken, waiting);
        std::vector<bool> moved(waiting.size());
        for (const std::size_t one : up) {
            CHECK(has_place(room, taken, waiting[one]));
            ++taken[static_cast<std::size_t>(waiting[one])];
            moved[one] = true;
        }
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (moved[i]) continue;
            CHECK(!has_place(room, taken, waiting[i]));
            for (std::size_t later = i + 1; later < waiting.size(); ++later) CHECK(!(moved[later] && waiting[later] == waiting[i]));
        }
    }
}

} // namespace greenbank::events
