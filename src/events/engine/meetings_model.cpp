// meetings_model.cpp — the clauses.
#include "events/engine/meetings_model.h"

#include <algorithm>

#include "solver/counting.h"

namespace greenbank::events::meetings {

using solver::Literal;

Model::Model(solver::Sat& sat, const Instance& instance, const std::vector<std::vector<int>>& allowed, std::vector<Role> roles) :
    sat_(sat),
    instance_(instance),
    allowed_(allowed),
    roles_(std::move(roles)),
    requests_of_(instance.forbidden.size()),
    at_(instance.requests.size(), std::vector<Literal>(instance.slots)),
    busy_(instance.forbidden.size(), std::vector<Literal>(instance.slots)),
    placed_(instance.requests.size()),
    breaks_of_(instance.forbidden.size()) {
    add_requests();
    add_participants();
    add_tables();
    add_precedences();
}

void Model::add_requests() {
    for (std::size_t i = 0; i < at_.size(); ++i) {
        if (roles_[i] == Role::out) continue;
        requests_of_[instance_.requests[i].a].push_back(static_cast<int>(i));
        requests_of_[instance_.requests[i].b].push_back(static_cast<int>(i));
        std::vector<Literal> somewhere;
        for (const int slot : allowed_[i]) somewhere.push_back(at_[i][slot] = sat_.new_variable());
        solver::add_at_most_one(sat_, somewhere);
        if (roles_[i] == Role::may) {
            placed_[i] = sat_.new_variable();
            for (const Literal literal : somewhere) sat_.add({-literal, placed_[i]});
            somewhere.push_back(-placed_[i]);
        }
        sat_.add(somewhere);
    }
}

void Model::add_participants() {
    for (int participant = 0; participant < instance_.participants(); ++participant) {
        const auto& own = requests_of_[participant];
        if (own.empty()) continue;
        std::vector<Literal> busy, idle;
        for (int slot = 0; slot < instance_.slots; ++slot) {
            std::vector<Literal> here;
            for (const int request : own)
                if (at_[request][slot]) here.push_back(at_[request][slot]);
            if (here.empty()) continue;
            solver::add_at_most_one(sat_, here);
            const Literal now = busy_[participant][slot] = sat_.new_variable();
            for (const Literal literal : here) sat_.add({-literal, now});
            here.push_back(-now);
            sat_.add(here);
            busy.push_back(now);
            idle.push_back(-now);
        }
        // Implied, and a great help: as many busy slots as meetings.
        const auto count_own = static_cast<int>(own.size());
        if (!std::all_of(own.begin(), own.end(), [&](int request) { return roles_[request] == Role::must; })) continue;
        const int idle_max = static_cast<int>(busy.size()) - count_own;
        if (idle_max < 0) sat_.add(std::span<const Literal>{});
        else if (idle_max == 0)
            for (const Literal literal : busy) sat_.add({literal});
        else {
            solver::Totalizer idle_count(sat_, idle), busy_count(sat_, busy);
            sat_.add({-idle_count.at_least(idle_max + 1)});
            if (count_own < static_cast<int>(busy.size())) sat_.add({-busy_count.at_least(count_own + 1)});
        }
    }
}

void Model::add_tables() {
    // Each request is counted by one of its two participants, who has one meeting at most in a slot: fewer inputs to count.
    std::vector<std::vector<int>> left = requests_of_;
    std::vector<bool> counted(at_.size());
    std::vector<std::pair<int, std::vector<int>>> groups; // participant and the requests counted by it
    for (;;) {
        std::size_t most = 0;
        int best = -1;
        for (int participant = 0; participant < instance_.participants(); ++participant) {
            std::erase_if(left[participant], [&](int request) { return counted[request]; });
            if (left[participant].size() > most) most = left[participant].size(), best = participant;
        }
        if (best < 0) break;
        for (const int request : left[best]) counted[request] = true;
        groups.emplace_back(best, left[best]);
    }
    for (int slot = 0; slot < instance_.slots; ++slot) {
        std::vector<Literal> meetings;
        for (const auto& [participant, requests] : groups) {
            std::vector<Literal> here;
            for (const int request : requests)
                if (at_[request][slot]) here.push_back(at_[request][slot]);
            if (here.empty()) continue;
            if (requests.size() == requests_of_[participant].size()) meetings.push_back(busy_[participant][slot]);
            else if (here.size() == 1) meetings.push_back(here[0]);
            else {
                meetings.push_back(sat_.new_variable());
                for (const Literal literal : here) sat_.add({-literal, meetings.back()});
            }
        }
        const int tables = instance_.tables[slot];
        if (static_cast<int>(meetings.size()) <= tables) continue;
        solver::Totalizer total(sat_, meetings);
        sat_.add({-total.at_least(tables + 1)});
    }
}

void Model::add_precedences() {
    std::vector<std::vector<Literal>> late(at_.size()); // late[request][slot]: it is in this slot or later
    for (const auto& [before, after] : instance_.precedences) {
        if (roles_[before] == Role::out || roles_[after] == Role::out) continue;
        if (late[before].empty()) {
            late[before].resize(instance_.slots);
            for (int slot = instance_.slots; slot-- > 0;) {
                late[before][slot] = sat_.new_variable();
                if (at_[before][slot]) sat_.add({-at_[before][slot], late[before][slot]});
                if (slot + 1 < instance_.slots) sat_.add({-late[before][slot + 1], late[before][slot]});
            }
        }
        for (const int slot : allowed_[after]) sat_.add({-at_[after][slot], -late[before][slot]});
    }
}

int Model::breaks_max(int participant) const {
    return std::min((instance_.slots - 1) / 2, std::max(0, static_cast<int>(requests_of_[participant].size()) - 1));
}

const std::vector<Literal>& Model::breaks() {
    if (breaks_made_) return breaks_;
    breaks_made_ = true;
    for (int participant = 0; participant < instance_.participants(); ++participant) {
        if (breaks_max(participant) == 0) continue;
        const auto& busy = busy_[participant];
        Literal started = 0; // there was a meeting before this slot
        for (int slot = 0; slot + 1 < instance_.slots; ++slot) {
            if (started && busy[slot + 1]) { // a break ends here
                const Literal ends = sat_.new_variable();
                if (busy[slot]) sat_.add({-ends, -busy[slot]});
                sat_.add({-ends, started});
                sat_.add({-ends, busy[slot + 1]});
                if (busy[slot]) sat_.add({ends, busy[slot], -started, -busy[slot + 1]});
                else sat_.add({ends, -started, -busy[slot + 1]});
                breaks_.push_back(ends);
                breaks_of_[participant].push_back(ends);
            }
            if (!busy[slot]) continue;
            if (!started) {
                started = busy[slot];
                continue;
            }
            const Literal now = sat_.new_variable();
            sat_.add({-busy[slot], now});
            sat_.add({-started, now});
            sat_.add({-now, started, busy[slot]});
            started = now;
        }
        add_shape_without_breaks(participant);
    }
    return breaks_;
}

/// Implied, and a great help: who has no break is busy in one run of slots, no longer than the number of own meetings.
void Model::add_shape_without_breaks(int participant) {
    const auto& busy = busy_[participant];
    if (breaks_of_[participant].empty()) return;
    const Literal any = sat_.new_variable(); // has a break
    std::vector<Literal> one_of = breaks_of_[participant];
    for (const Literal literal : one_of) sat_.add({-literal, any});
    one_of.push_back(-any);
    sat_.add(one_of);
    const int length = static_cast<int>(requests_of_[participant].size());
    std::vector<Literal> since(instance_.slots), until(instance_.slots); // busy here or before; here or later
    for (int slot = 0; slot < instance_.slots; ++slot) {
        since[slot] = sat_.new_variable();
        until[slot] = sat_.new_variable();
    }
    for (int slot = 0; slot < instance_.slots; ++slot) {
        if (busy[slot]) {
            sat_.add({-busy[slot], since[slot]});
            sat_.add({-busy[slot], until[slot]});
        }
        if (slot > 0) {
            sat_.add({-since[slot - 1], since[slot]});
            sat_.add({-until[slot], until[slot - 1]});
        }
        std::vector<Literal> within{any, -since[slot], -until[slot]};
        if (busy[slot]) within.push_back(busy[slot]);
        sat_.add(within);
        if (slot >= length) sat_.add({any, -since[slot - length], -until[slot]});
    }
}

/// In unary, both directions: the k-th literal (from 0) holds exactly where more than k of them hold; `most` of them at most.
std::vector<Literal> Model::count(const std::vector<Literal>& literals, int most) {
    std::vector<Literal> counts;
    for (const Literal literal : literals) {
        const auto before = counts;
        if (static_cast<int>(counts.size()) < most) counts.push_back(0);
        for (std::size_t k = 0; k < counts.size(); ++k) {
            // now[k] ↔ before[k] or (before[k-1] and literal)
            const Literal now = counts[k] = sat_.new_variable();
            if (k < before.size()) sat_.add({-before[k], now});
            if (k == 0) sat_.add({-literal, now});
            else sat_.add({-literal, -before[k - 1], now});
            if (k < before.size()) sat_.add({-now, before[k], literal});
            else sat_.add({-now, literal});
            if (k > 0) {
                if (k < before.size()) sat_.add({-now, before[k], before[k - 1]});
                else sat_.add({-now, before[k - 1]});
            }
        }
    }
    return counts;
}

void Model::limit_spread(int spread_max) {
    breaks();
    int most = 0, least = instance_.slots; // of the numbers of breaks that participants can have at all
    for (int participant = 0; participant < instance_.participants(); ++participant) {
        most = std::max(most, breaks_max(participant));
        least = std::min(least, std::min<int>(breaks_max(participant), static_cast<int>(breaks_of_[participant].size())));
    }
    if (most <= spread_max) return;
    std::vector<Literal> all_have(most + 1); // all participants have so many breaks
    for (int k = 1; k <= least; ++k) all_have[k] = sat_.new_variable();
    for (int participant = 0; participant < instance_.participants(); ++participant) {
        const auto counts = count(breaks_of_[participant], std::min(most, std::max(breaks_max(participant), 1)));
        for (int k = 1; k <= least; ++k) sat_.add({-all_have[k], counts[k - 1]});
        for (int k = spread_max + 1; k <= static_cast<int>(counts.size()); ++k) {
            if (k - spread_max <= least) sat_.add({-counts[k - 1], all_have[k - spread_max]});
            else sat_.add({-counts[k - 1]});
        }
    }
}

void Model::prefer(const Slots& slots) {
    for (std::size_t i = 0; i < at_.size(); ++i)
        for (int slot = 0; slot < instance_.slots; ++slot)
            if (at_[i][slot]) sat_.prefer(slots[i] == slot ? at_[i][slot] : -at_[i][slot]);
}

void Model::forget_preference() {
    for (const auto& row : at_)
        for (const Literal literal : row)
            if (literal) sat_.forget_preference(literal);
}

Slots Model::slots() const {
    Slots slots(at_.size(), unplaced);
    for (std::size_t i = 0; i < at_.size(); ++i)
        for (int slot = 0; slot < instance_.slots; ++slot)
            if (at_[i][slot] && sat_.holds(at_[i][slot])) slots[i] = slot;
    return slots;
}

} // namespace greenbank::events::meetings
