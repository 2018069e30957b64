// meetings_random.h — made-up rounds of meetings for tests and benchmarks: the same seed, the same round.
#pragma once

#include <algorithm>
#include <cmath>

#include "events/engine/meetings.h"
#include "kernel/random.h"

namespace greenbank::events::meetings {

/// A tiny round with every kind of rule; fixed meetings never collide.
inline Instance tiny_instance(Random& random) {
    Instance instance;
    instance.slots = static_cast<int>(random.between(2, 5));
    const auto participants = random.between(2, 5), requests = random.between(1, instance.slots > 4 ? 5 : 6);
    for (int slot = 0; slot < instance.slots; ++slot) instance.tables.push_back(random.chance(0.1) ? 0 : static_cast<int>(random.between(1, 2)));
    for (int i = 0; i < participants; ++i) {
        auto& day = instance.forbidden.emplace_back(instance.slots);
        for (int slot = 0; slot < instance.slots; ++slot) day[slot] = random.chance(0.1);
    }
    const auto morning = static_cast<int>(random.between(1, instance.slots));
    instance.sessions = {{0, morning - 1}, {morning, instance.slots - 1}};
    instance.break_spread_max = static_cast<int>(random.between(0, 2));
    for (int i = 0; i < requests; ++i) {
        Request request;
        request.a = static_cast<int>(random.below(participants));
        request.b = static_cast<int>((request.a + 1 + random.below(participants - 1)) % participants);
        request.value = random.between(1, 4);
        if (random.chance(0.2)) request.session = static_cast<int>(random.below(2));
        instance.requests.push_back(request);
    }
    for (int i = 0; i < requests; ++i)
        for (int j = i + 1; j < requests; ++j)
            if (random.chance(0.08)) instance.precedences.push_back({i, j});
    if (random.chance(0.3)) { // the first of a schedule that is known to be possible
        const Slots slots = book_first_come(instance);
        for (int i = 0; i < requests; ++i)
            if (slots[i] != unplaced) {
                instance.requests[i].fixed_slot = slots[i];
                break;
            }
    }
    return instance;
}

/// A fair of `participants` with more wishes than slots: a few are wished by many (popularity falls as rank^-0.6), everybody is
/// absent now and then, values are 1 to 10 on each side.
inline Instance fair_instance(std::uint64_t seed, int participants, int requests, int slots, int tables) {
    Random random(seed);
    Instance instance;
    instance.slots = slots;
    instance.tables.assign(slots, tables);
    instance.sessions = {{0, slots / 2 - 1}, {slots / 2, slots - 1}};
    std::vector<double> reach{0}; // popularity up to and with a participant
    for (int i = 0; i < participants; ++i) {
        auto& day = instance.forbidden.emplace_back(slots);
        for (int slot = 0; slot < slots; ++slot) day[slot] = random.chance(0.08);
        reach.push_back(reach.back() + std::pow(i + 1, -0.6));
    }
    const auto popular = [&] {
        const double at = random.uniform() * reach.back();
        return static_cast<int>(std::upper_bound(reach.begin(), reach.end(), at) - reach.begin()) - 1;
    };
    std::vector<std::vector<bool>> met(participants, std::vector<bool>(participants));
    while (static_cast<int>(instance.requests.size()) < requests) {
        Request request;
        request.a = static_cast<int>(random.below(participants));
        request.b = std::min(popular(), participants - 1);
        if (request.a == request.b || met[request.a][request.b] || met[request.b][request.a]) continue;
        met[request.a][request.b] = true;
        request.value = random.between(1, 10) + random.between(1, 10);
        if (random.chance(0.1)) request.session = static_cast<int>(random.below(2));
        instance.requests.push_back(request);
    }
    return instance;
}

} // namespace greenbank::events::meetings
