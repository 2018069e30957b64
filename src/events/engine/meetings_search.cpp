// meetings_search.cpp — one waiting request after the other looks for its cheapest place.
#include "events/engine/meetings_search.h"

#include <algorithm>
#include <cmath>

#include "kernel/random.h"

namespace greenbank::events::meetings {

namespace {

class Search {
public:
    Search(const Instance& instance, const std::vector<std::vector<int>>& allowed, Slots start, std::uint64_t seed) :
        instance_(instance),
        allowed_(allowed),
        random_(seed),
        slots_(start.size(), unplaced),
        place_(start.size(), -1),
        waiting_place_(start.size(), -1),
        tabu_until_(start.size(), 0),
        who_(instance.forbidden.size(), std::vector<int>(instance.slots, -1)),
        at_(instance.slots),
        rules_(start.size()) {
        for (const Precedence& rule : instance.precedences) {
            rules_[rule.before].push_back({rule.after, true});
            rules_[rule.after].push_back({rule.before, false});
        }
        for (std::size_t i = 0; i < start.size(); ++i) {
            if (start[i] != unplaced) put(static_cast<int>(i), start[i]);
            else if (!allowed[i].empty()) wait(static_cast<int>(i));
        }
        best_ = slots_;
        best_value_ = value_;
    }

    Slots run(std::int64_t enough, std::int64_t steps_max, const std::function<bool()>& stop) {
        for (step_ = 1; best_value_ < enough && step_ <= steps_max && !waiting_.empty(); ++step_) {
            if (step_ % 256 == 0 && stop()) break;
            const int request = choose();
            insert(request);
            if (value_ > best_value_) best_value_ = value_, best_ = slots_, last_better_ = step_;
            if (step_ - last_better_ > 200'000) restore();
        }
        return best_;
    }

private:
    struct Rule {
        int other;
        bool is_later; // the other must be later
    };

    void put(int request, int slot) {
        slots_[request] = slot;
        who_[instance_.requests[request].a][slot] = who_[instance_.requests[request].b][slot] = request;
        place_[request] = static_cast<int>(at_[slot].size());
        at_[slot].push_back(request);
        value_ += instance_.requests[request].value;
    }
    void take(int request) {
        const int slot = slots_[request];
        who_[instance_.requests[request].a][slot] = who_[instance_.requests[request].b][slot] = -1;
        at_[slot][place_[request]] = at_[slot].back();
        place_[at_[slot].back()] = place_[request];
        at_[slot].pop_back();
        slots_[request] = unplaced;
        value_ -= instance_.requests[request].value;
    }
    void wait(int request) {
        waiting_place_[request] = static_cast<int>(waiting_.size());
        waiting_.push_back(request);
    }
    void leave_waiting(int request) {
        waiting_[waiting_place_[request]] = waiting_.back();
        waiting_place_[waiting_.back()] = waiting_place_[request];
        waiting_.pop_back();
    }

    void restore() {
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (slots_[i] != unplaced) take(static_cast<int>(i));
        waiting_.clear();
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (best_[i] != unplaced) put(static_cast<int>(i), best_[i]);
            else if (!allowed_[i].empty()) wait(static_cast<int>(i));
        }
        last_better_ = step_;
    }

    /// Of a few waiting ones the one that has waited long or is worth most.
    int choose() {
        int best = -1;
        for (int i = 0; i < 4; ++i) {
            const int request = random_.pick(waiting_);
            if (best < 0 ||
                (tabu_until_[request] <= step_ && (tabu_until_[best] > step_ || instance_.requests[request].value > instance_.requests[best].value)))
                best = request;
        }
        return best;
    }

    bool keeps_order(int request, int slot) const {
        return std::all_of(rules_[request].begin(), rules_[request].end(), [&](const Rule& rule) {
            const int other = slots_[rule.other];
            return other == unplaced || (rule.is_later ? slot < other : other < slot);
        });
    }

    /// A slot where it fits without anybody else moving; -1: none.
    int free_slot(int request, int but_not) {
        const auto &a = who_[instance_.requests[request].a], &b = who_[instance_.requests[request].b];
        const auto& slots = allowed_[request];
        const std::size_t from = random_.below(slots.size());
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const int slot = slots[from + i < slots.size() ? from + i : from + i - slots.size()];
            if (slot != but_not && a[slot] < 0 && b[slot] < 0 && static_cast<int>(at_[slot].size()) < instance_.tables[slot] && keeps_order(request, slot))
                return slot;
        }
        return -1;
    }

    /// Who must go so that `request` may be in `slot`; false where one of them may not.
    bool in_the_way(int request, int slot, std::vector<int>& others) {
        others.clear();
        const int a = who_[instance_.requests[request].a][slot], b = who_[instance_.requests[request].b][slot];
        if (a >= 0) others.push_back(a);
        if (b >= 0 && b != a) others.push_back(b);
        if (others.empty() && static_cast<int>(at_[slot].size()) >= instance_.tables[slot]) {
            int cheapest = -1;
            for (int i = 0; i < 6; ++i) { // a sample is good enough
                const int other = random_.pick(at_[slot]);
                if (instance_.requests[other].fixed_slot >= 0) continue;
                if (cheapest < 0 || instance_.requests[other].value < instance_.requests[cheapest].value) cheapest = other;
            }
            if (cheapest < 0) return false;
            others.push_back(cheapest);
        }
        for (const Rule& rule : rules_[request]) {
            const int other = slots_[rule.other];
            if (other == unplaced || (rule.is_later ? slot < other : other < slot)) continue;
            if (std::find(others.begin(), others.end(), rule.other) == others.end()) others.push_back(rule.other);
        }
        return std::none_of(others.begin(), others.end(), [&](int other) { return instance_.requests[other].fixed_slot >= 0 || tabu_until_[other] > step_; });
    }

    void insert(int request) {
        const std::int64_t value = instance_.requests[request].value;
        std::int64_t best_cost = 0;
        int best_slot = -1, ties = 0;
        for (const int slot : allowed_[request]) {
            if (!in_the_way(request, slot, others_)) continue;
            std::int64_t cost = 0;
            for (const int other : others_)
                if (free_slot(other, slot) < 0) cost += 4 * instance_.requests[other].value;
                else cost += 1; // moving is free, but not moving is better
            if (best_slot >= 0 && cost > best_cost) continue;
            ties = best_slot >= 0 && cost == best_cost ? ties + 1 : 1;
            if (ties > 1 && random_.below(ties) != 0) continue;
            best_cost = cost;
            best_slot = slot;
        }
        if (best_slot < 0) return;
        const double loss = static_cast<double>(best_cost / 4 - value);
        if (loss > 0 && !random_.chance(std::exp(-loss / heat_))) {
            tabu_until_[request] = step_ + 1 + random_.below(4);
            return;
        }
        if (!in_the_way(request, best_slot, others_)) return;
        const std::vector<int> ejected = others_;
        for (const int other : ejected) take(other);
        leave_waiting(request);
        put(request, best_slot);
        tabu_until_[request] = step_ + 5 + random_.below(15);
        for (const int other : ejected) {
            const int slot = free_slot(other, -1);
            if (slot >= 0) put(other, slot);
            else wait(other);
        }
    }

    const Instance& instance_;
    const std::vector<std::vector<int>>& allowed_;
    Random random_;
    Slots slots_, best_;
    std::vector<int> place_, waiting_, waiting_place_;
    std::vector<std::int64_t> tabu_until_;
    std::vector<std::vector<int>> who_; // by participant and slot: the request, or -1
    std::vector<std::vector<int>> at_;  // by slot
    std::vector<std::vector<Rule>> rules_;
    std::vector<int> others_;
    std::int64_t value_ = 0, best_value_ = 0, step_ = 0, last_better_ = 0;
    double heat_ = 0.7;
};

} // namespace

Slots search_value(const Instance& instance, const std::vector<std::vector<int>>& allowed, Slots start, std::int64_t enough, std::uint64_t seed,
    std::int64_t steps_max, const std::function<bool()>& stop) {
    return Search(instance, allowed, std::move(start), seed).run(enough, steps_max, stop);
}

} // namespace greenbank::events::meetings
