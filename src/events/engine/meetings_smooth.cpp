// meetings_smooth.cpp — chains between two slots, tried and taken back.
#include "events/engine/meetings_smooth.h"

#include <algorithm>
#include <cmath>

#include "kernel/random.h"

namespace greenbank::events::meetings {

namespace {

class Search {
public:
    Search(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots& slots, std::uint64_t seed) :
        instance_(instance),
        random_(seed),
        slots_(slots),
        may_(slots.size(), std::vector<bool>(instance.slots)),
        ruled_(slots.size()),
        who_(instance.forbidden.size(), std::vector<int>(instance.slots, -1)),
        count_(instance.slots),
        breaks_(instance.forbidden.size()),
        seen_(slots.size()) {
        for (const Precedence& rule : instance.precedences) ruled_[rule.before] = ruled_[rule.after] = true;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            for (const int slot : allowed[i]) may_[i][slot] = true;
            if (slots[i] == unplaced) continue;
            placed_.push_back(static_cast<int>(i));
            seat(static_cast<int>(i), slots[i]);
        }
        for (std::size_t i = 0; i < breaks_.size(); ++i) cost_ += cost_of(breaks_[i] = breaks(static_cast<int>(i)));
    }

    Slots run(std::int64_t steps_max, const std::function<bool()>& stop) {
        best_ = slots_;
        best_cost_ = cost_;
        for (std::int64_t step = 0; step < steps_max && best_cost_ > 0 && !placed_.empty(); ++step) {
            if (step % 256 == 0 && stop()) break;
            heat_ = 1.2 * (1 - static_cast<double>(step) / static_cast<double>(steps_max)) + 0.05;
            try_chain();
            if (cost_ < best_cost_) best_cost_ = cost_, best_ = slots_;
        }
        return best_;
    }

private:
    static constexpr std::size_t chain_max = 40;

    void seat(int request, int slot) {
        slots_[request] = slot;
        who_[instance_.requests[request].a][slot] = who_[instance_.requests[request].b][slot] = request;
        ++count_[slot];
    }
    void lift(int request) {
        const int slot = slots_[request];
        who_[instance_.requests[request].a][slot] = who_[instance_.requests[request].b][slot] = -1;
        --count_[slot];
    }
    int breaks(int participant) const {
        const auto& day = who_[participant];
        int found = 0, last = -1;
        for (int slot = 0; slot < instance_.slots; ++slot) {
            if (day[slot] < 0) continue;
            if (last >= 0 && slot > last + 1) ++found;
            last = slot;
        }
        return found;
    }
    /// Each break costs one; each beyond what fairness bears, when somebody has none, twenty more.
    std::int64_t cost_of(int count) const { return count + 20 * std::max(0, count - instance_.break_spread_max); }

    void try_chain() {
        const int start = random_.pick(placed_), from = slots_[start], to = static_cast<int>(random_.below(instance_.slots));
        if (from == to) return;
        chain_.assign(1, start);
        seen_[start] = true;
        bool fits = true;
        int shift = 0; // how many more there will be in `to`
        for (std::size_t i = 0; fits && i < chain_.size(); ++i) {
            const int request = chain_[i], target = slots_[request] == from ? to : from;
            shift += target == to ? 1 : -1;
            fits = may_[request][target] && !ruled_[request] && instance_.requests[request].fixed_slot < 0 && chain_.size() <= chain_max;
            for (const int side : {instance_.requests[request].a, instance_.requests[request].b})
                if (const int other = who_[side][target]; other >= 0 && !seen_[other]) {
                    seen_[other] = true;
                    chain_.push_back(other);
                }
        }
        for (const int request : chain_) seen_[request] = false;
        fits = fits && count_[to] + shift <= instance_.tables[to] && count_[from] - shift <= instance_.tables[from];
        if (!fits) return;
        const std::int64_t before = cost_;
        exchange(from, to);
        if (cost_ > before && !random_.chance(std::exp(static_cast<double>(before - cost_) / heat_))) exchange(from, to); // back again
    }

    void exchange(int from, int to) {
        targets_.clear();
        for (const int request : chain_) {
            targets_.push_back(slots_[request] == from ? to : from);
            lift(request);
        }
        for (std::size_t i = 0; i < chain_.size(); ++i) seat(chain_[i], targets_[i]);
        for (const int request : chain_)
            for (const int side : {instance_.requests[request].a, instance_.requests[request].b}) {
                cost_ -= cost_of(breaks_[side]);
                cost_ += cost_of(breaks_[side] = breaks(side));
            }
    }

    const Instance& instance_;
    Random random_;
    Slots slots_, best_;
    std::vector<std::vector<bool>> may_;
    std::vector<bool> ruled_;
    std::vector<std::vector<int>> who_; // by participant and slot: the request, or -1
    std::vector<int> count_, breaks_, placed_, chain_, targets_;
    std::vector<bool> seen_;
    std::int64_t cost_ = 0, best_cost_ = 0;
    double heat_ = 1;
};

} // namespace

Slots search_breaks(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots& slots, std::uint64_t seed, std::int64_t steps_max,
    const std::function<bool()>& stop) {
    Slots found = Search(instance, allowed, slots, seed).run(steps_max, stop);
    const auto order = [&](const Slots& of) {
        const Worth worth = worth_of(instance, of);
        return std::pair(std::max(worth.spread, instance.break_spread_max), worth.breaks);
    };
    return order(found) <= order(slots) ? found : slots;
}

} // namespace greenbank::events::meetings
