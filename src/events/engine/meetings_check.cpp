// meetings_check.cpp — rules read from the instance one by one.
#include "events/engine/meetings_check.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace greenbank::events::meetings {

std::vector<std::string> faults_of(const Instance& instance, const Slots& slots) {
    std::vector<std::string> faults;
    if (slots.size() != instance.requests.size()) return {"not every request is spoken of"};
    std::vector<int> at_once(instance.slots);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const Request& request = instance.requests[i];
        const int slot = slots[i];
        if (request.fixed_slot >= 0 && slot != request.fixed_slot) faults.push_back(fmt::format("request {} left its fixed slot", i));
        if (slot == unplaced) continue;
        if (slot < 0 || slot >= instance.slots) {
            faults.push_back(fmt::format("request {} is in no slot", i));
            continue;
        }
        ++at_once[slot];
        if (instance.forbidden[request.a][slot] || instance.forbidden[request.b][slot]) faults.push_back(fmt::format("request {} is in a forbidden slot", i));
        if (request.session >= 0) {
            const Session& session = instance.sessions[request.session];
            if (!(session.first <= slot && slot <= session.last)) faults.push_back(fmt::format("request {} is outside of its session", i));
        }
        for (std::size_t j = 0; j < i; ++j) {
            const Request& other = instance.requests[j];
            if (slots[j] == slot && (other.a == request.a || other.a == request.b || other.b == request.a || other.b == request.b))
                faults.push_back(fmt::format("requests {} and {} put somebody in two places", j, i));
        }
    }
    for (int slot = 0; slot < instance.slots; ++slot)
        if (at_once[slot] > instance.tables[slot]) faults.push_back(fmt::format("slot {} has more meetings than tables", slot));
    for (const Precedence& rule : instance.precedences)
        if (slots[rule.before] != unplaced && slots[rule.after] != unplaced && slots[rule.before] >= slots[rule.after])
            faults.push_back(fmt::format("request {} is not before {}", rule.before, rule.after));
    return faults;
}

Worth worth_counted(const Instance& instance, const Slots& slots) {
    Worth worth;
    int most = 0, fewest = instance.slots;
    for (int participant = 0; participant < instance.participants(); ++participant) {
        std::vector<int> own;
        for (std::size_t i = 0; i < slots.size(); ++i)
            if (slots[i] != unplaced && (instance.requests[i].a == participant || instance.requests[i].b == participant)) own.push_back(slots[i]);
        std::sort(own.begin(), own.end());
        int breaks = 0;
        for (std::size_t i = 1; i < own.size(); ++i) breaks += own[i] - own[i - 1] > 1;
        worth.breaks += breaks;
        most = std::max(most, breaks);
        fewest = std::min(fewest, breaks);
    }
    for (std::size_t i = 0; i < slots.size(); ++i) worth.value += slots[i] == unplaced ? 0 : instance.requests[i].value;
    worth.spread = instance.participants() ? most - fewest : 0;
    return worth;
}

BestByTrying best_by_trying(const Instance& instance, const Slots& before, int now) {
    const std::size_t count = instance.requests.size();
    Slots slots(count, unplaced);
    BestByTrying best;
    bool found = false;
    const auto order = [&](const Worth& worth, std::int64_t moves) {
        return std::tuple(-worth.value, std::max(worth.spread, instance.break_spread_max), moves, worth.breaks);
    };
    for (;;) {
        bool past_kept = true;
        std::int64_t moves = 0;
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (before[i] != unplaced && before[i] < now) past_kept = past_kept && slots[i] == before[i];
            else past_kept = past_kept && (slots[i] == unplaced || slots[i] >= now);
            moves += before[i] != unplaced && slots[i] != before[i];
        }
        if (past_kept && faults_of(instance, slots).empty()) {
            const Worth worth = worth_counted(instance, slots);
            if (!found || order(worth, moves) < order(best.worth, best.moves)) best = {worth, moves}, found = true;
        }
        std::size_t i = 0;
        while (i < count && slots[i] + 1 == instance.slots) slots[i++] = unplaced;
        if (i == count) return best;
        ++slots[i];
    }
}

} // namespace greenbank::events::meetings
