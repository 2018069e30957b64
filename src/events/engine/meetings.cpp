// meetings.cpp — what follows from an instance and a schedule directly.
#include "events/engine/meetings.h"

#include <algorithm>

namespace greenbank::events::meetings {

std::vector<std::vector<int>> allowed_slots(const Instance& instance) {
    std::vector<std::vector<int>> allowed;
    for (const Request& request : instance.requests) {
        auto& slots = allowed.emplace_back();
        for (int slot = 0; slot < instance.slots; ++slot) {
            if (request.fixed_slot >= 0 && request.fixed_slot != slot) continue;
            if (request.session >= 0 && (slot < instance.sessions[request.session].first || slot > instance.sessions[request.session].last)) continue;
            if (instance.tables[slot] == 0 || instance.forbidden[request.a][slot] || instance.forbidden[request.b][slot]) continue;
            slots.push_back(slot);
        }
    }
    return allowed;
}

std::vector<int> breaks_of(const Instance& instance, const Slots& slots) {
    std::vector<std::vector<bool>> busy(instance.forbidden.size(), std::vector<bool>(instance.slots));
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (slots[i] != unplaced) busy[instance.requests[i].a][slots[i]] = busy[instance.requests[i].b][slots[i]] = true;
    std::vector<int> breaks;
    for (const auto& day : busy) {
        int count = 0, last = -1;
        for (int slot = 0; slot < instance.slots; ++slot) {
            if (!day[slot]) continue;
            if (last >= 0 && slot > last + 1) ++count;
            last = slot;
        }
        breaks.push_back(count);
    }
    return breaks;
}

Worth worth_of(const Instance& instance, const Slots& slots) {
    Worth worth;
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (slots[i] != unplaced) worth.value += instance.requests[i].value;
    const std::vector<int> breaks = breaks_of(instance, slots);
    for (const int count : breaks) worth.breaks += count;
    if (!breaks.empty()) worth.spread = *std::max_element(breaks.begin(), breaks.end()) - *std::min_element(breaks.begin(), breaks.end());
    return worth;
}

namespace {

/// Who sits where, as far as one more meeting is concerned.
struct Taken {
    Taken(const Instance& of, const Slots& slots) : busy(of.forbidden.size(), std::vector<bool>(of.slots)), at_tables(of.slots), instance(of) {
        for (std::size_t i = 0; i < slots.size(); ++i)
            if (slots[i] != unplaced) put(static_cast<int>(i), slots[i]);
    }
    void put(int request, int slot) {
        busy[instance.requests[request].a][slot] = busy[instance.requests[request].b][slot] = true;
        ++at_tables[slot];
    }
    bool both_free(int request, int slot) const { return !busy[instance.requests[request].a][slot] && !busy[instance.requests[request].b][slot]; }
    bool table_free(int slot) const { return at_tables[slot] < instance.tables[slot]; }

    std::vector<std::vector<bool>> busy;
    std::vector<int> at_tables;
    const Instance& instance;
};

bool keeps_order(const Instance& instance, const Slots& slots, int request, int slot) {
    return std::all_of(instance.precedences.begin(), instance.precedences.end(), [&](const Precedence& rule) {
        if (rule.before == request && slots[rule.after] != unplaced) return slot < slots[rule.after];
        if (rule.after == request && slots[rule.before] != unplaced) return slots[rule.before] < slot;
        return true;
    });
}

} // namespace

Slots book_first_come(const Instance& instance) {
    const auto allowed = allowed_slots(instance);
    Slots slots(instance.requests.size(), unplaced);
    Taken taken(instance, slots);
    const auto book = [&](int request) {
        for (const int slot : allowed[request])
            if (taken.both_free(request, slot) && taken.table_free(slot) && keeps_order(instance, slots, request, slot)) {
                slots[request] = slot;
                taken.put(request, slot);
                return;
            }
    };
    for (const bool fixed : {true, false})
        for (int i = 0; i < static_cast<int>(slots.size()); ++i)
            if ((instance.requests[i].fixed_slot >= 0) == fixed) book(i);
    return slots;
}

Slots sound_part(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots& slots) {
    Slots sound(slots.size(), unplaced);
    Taken taken(instance, sound);
    for (const bool fixed : {true, false})
        for (int i = 0; i < static_cast<int>(slots.size()); ++i) {
            const int slot = slots[i];
            if ((instance.requests[i].fixed_slot >= 0) != fixed || std::find(allowed[i].begin(), allowed[i].end(), slot) == allowed[i].end()) continue;
            if (!taken.both_free(i, slot) || !taken.table_free(slot) || !keeps_order(instance, sound, i, slot)) continue;
            sound[i] = slot;
            taken.put(i, slot);
        }
    return sound;
}

std::vector<int> seat(const Instance& instance, const Slots& slots, const Slots& before, const std::vector<int>& before_tables) {
    std::vector<int> tables(slots.size(), -1);
    std::vector<std::vector<bool>> used(instance.slots);
    for (int slot = 0; slot < instance.slots; ++slot) used[slot].resize(instance.tables[slot]);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const int table = i < before_tables.size() ? before_tables[i] : -1;
        if (slots[i] == unplaced || table < 0 || before[i] != slots[i] || table >= instance.tables[slots[i]] || used[slots[i]][table]) continue;
        used[slots[i]][table] = true;
        tables[i] = table;
    }
    // Who sat somewhere in the slot before, keeps the seat where that is possible: less walking.
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (slots[i] != unplaced && tables[i] < 0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return slots[a] < slots[b]; });
    std::vector<int> seat_of(instance.forbidden.size(), -1);
    for (const std::size_t i : order) {
        auto& row = used[slots[i]];
        int table = -1;
        for (const int wished : {seat_of[instance.requests[i].a], seat_of[instance.requests[i].b]})
            if (table < 0 && wished >= 0 && wished < static_cast<int>(row.size()) && !row[wished]) table = wished;
        if (table < 0) table = static_cast<int>(std::find(row.begin(), row.end(), false) - row.begin());
        row[table] = true;
        tables[i] = seat_of[instance.requests[i].a] = seat_of[instance.requests[i].b] = table;
    }
    return tables;
}

Reasons::Reasons(const Instance& instance, const Slots& slots, bool value_proven) :
    instance_(instance), value_proven_(value_proven), allowed_(allowed_slots(instance)) {
    Taken taken(instance, slots);
    busy_ = std::move(taken.busy);
    at_tables_ = std::move(taken.at_tables);
}

Reason Reasons::of(int request) const {
    if (allowed_[request].empty()) return Reason::no_common_slot;
    const auto &first = busy_[instance_.requests[request].a], &second = busy_[instance_.requests[request].b];
    bool first_free = false, second_free = false, both = false, table = false;
    for (const int slot : allowed_[request]) {
        first_free = first_free || !first[slot];
        second_free = second_free || !second[slot];
        both = both || (!first[slot] && !second[slot]);
        table = table || (!first[slot] && !second[slot] && at_tables_[slot] < instance_.tables[slot]);
    }
    if (!first_free) return Reason::first_full;
    if (!second_free) return Reason::second_full;
    if (!both) return Reason::no_common_free_slot;
    if (!table) return Reason::tables_full;
    return value_proven_ || !instance_.precedences.empty() ? Reason::precedence : Reason::time_ran_out;
}

} // namespace greenbank::events::meetings
