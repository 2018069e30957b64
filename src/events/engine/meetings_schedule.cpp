// meetings_schedule.cpp — the objectives one after the other, each within what the one before it has reached.
#include <algorithm>
#include <tuple>

#include "events/engine/meetings.h"
#include "events/engine/meetings_model.h"
#include "events/engine/meetings_smooth.h"
#include "events/engine/meetings_value.h"
#include "solver/counting.h"
#include "solver/fewest.h"

namespace greenbank::events::meetings {

namespace {

using solver::Literal;

constexpr std::size_t diagram_nodes_max = 200'000, free_choice_places_max = 20'000, smooth_places_min = 8'000;

/// The work after value: which requests, then spread, moves and breaks.
class Stages {
public:
    Stages(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots* before, const Budget& budget) :
        instance_(instance), allowed_(allowed), before_(before), budget_(budget) {}

    Scheduled run(const Slots& start) {
        const Valued valued = best_value(instance_, allowed_, start, budget_, 0.6);
        best_.slots = valued.slots;
        best_.value = valued.value;
        choose_roles();
        const std::size_t places = before_ ? 0 : count_places();
        if (places > smooth_places_min) best_.slots = search_breaks(instance_, allowed_, best_.slots, 11, 3'000'000, budget_.stop(0.85));
        best_.spread_limit = instance_.break_spread_max;
        for (;; ++best_.spread_limit) {
            if (budget_.over() || best_.spread_limit > instance_.slots) {
                keep_what_is();
                break;
            }
            const solver::Verdict verdict = within_spread();
            if (verdict == solver::Verdict::satisfiable) break;
            if (verdict == solver::Verdict::stopped) {
                keep_what_is();
                break;
            }
        }
        best_.worth = worth_of(instance_, best_.slots);
        best_.value.reached = best_.worth.value;
        best_.breaks.reached = best_.worth.breaks;
        if (before_) best_.moves.reached = moves_of(best_.slots);
        return best_;
    }

private:
    std::int64_t moves_of(const Slots& slots) const {
        std::int64_t moves = 0;
        for (std::size_t i = 0; i < slots.size(); ++i) moves += (*before_)[i] != unplaced && (*before_)[i] != slots[i];
        return moves;
    }

    std::size_t count_places() const {
        std::size_t places = 0;
        for (const auto& slots : allowed_) places += slots.size();
        return places;
    }

    /// No schedule within the spread was found in time: the best by value stands, with the spread it happens to have.
    void keep_what_is() {
        const int spread = worth_of(instance_, best_.slots).spread;
        best_.spread_proven = spread <= best_.spread_limit;
        best_.spread_limit = std::max(best_.spread_limit, spread);
    }

    void choose_roles() {
        bool all = true;
        for (std::size_t i = 0; i < allowed_.size(); ++i) all = all && (allowed_[i].empty() || best_.slots[i] != unplaced);
        free_choice_ = !all && best_.value.proven() && count_places() <= free_choice_places_max;
        best_.this_choice_only = !all && !free_choice_;
    }

    std::vector<Role> roles() const {
        std::vector<Role> roles;
        for (std::size_t i = 0; i < allowed_.size(); ++i) {
            if (allowed_[i].empty()) roles.push_back(Role::out);
            else if (free_choice_ && (instance_.requests[i].fixed_slot < 0 || best_.slots[i] == unplaced)) roles.push_back(Role::may);
            else roles.push_back(best_.slots[i] == unplaced ? Role::out : Role::must);
        }
        return roles;
    }

    /// What is left out is worth no more than in the best schedule.
    bool keep_value(solver::Sat& sat, const Model& model) const {
        std::vector<Literal> left_out;
        std::vector<std::int64_t> weights;
        std::int64_t limit = 0;
        for (std::size_t i = 0; i < allowed_.size(); ++i) {
            if (allowed_[i].empty() || !model.placed(static_cast<int>(i))) continue;
            left_out.push_back(-model.placed(static_cast<int>(i)));
            weights.push_back(instance_.requests[i].value);
            if (best_.slots[i] == unplaced) limit += weights.back();
        }
        return solver::add_weight_at_most(sat, left_out, weights, limit, diagram_nodes_max);
    }

    solver::Verdict within_spread() {
        auto sat = solver::cadical();
        auto model = std::make_unique<Model>(*sat, instance_, allowed_, roles());
        if (free_choice_ && !keep_value(*sat, *model)) { // too many ways to the same value
            free_choice_ = false;
            best_.this_choice_only = true;
            sat = solver::cadical();
            model = std::make_unique<Model>(*sat, instance_, allowed_, roles());
        }
        model->limit_spread(best_.spread_limit);
        if (before_) {
            const solver::Verdict verdict = fewest_moves(*sat, *model);
            if (verdict != solver::Verdict::satisfiable || !best_.moves.proven()) return verdict;
        }
        const auto stop = budget_.stop();
        std::int64_t known = -1; // breaks of the best schedule that keeps this limit
        if (const Worth worth = worth_of(instance_, best_.slots); worth.spread <= best_.spread_limit) known = worth.breaks;
        const std::function<void(std::int64_t)> found = [&](std::int64_t count) {
            if (known < 0 || count < known) best_.slots = model->slots(), known = count;
        };
        const auto fewest = solver::fewest(*sat, model->breaks(), stop, found);
        best_.breaks = {known, fewest.bound};
        return known >= 0 ? solver::Verdict::satisfiable : fewest.verdict;
    }

    solver::Verdict fewest_moves(solver::Sat& sat, Model& model) {
        std::vector<Literal> moved;
        std::int64_t certain = 0; // what stood where it cannot stand any more
        for (std::size_t i = 0; i < before_->size(); ++i) {
            if ((*before_)[i] == unplaced) continue;
            const Literal stays = model.at(static_cast<int>(i), (*before_)[i]);
            if (stays) moved.push_back(-stays);
            else ++certain;
        }
        const auto stop = budget_.stop(0.85);
        const std::function<void(std::int64_t)> found = [&](std::int64_t) { best_.slots = model.slots(); };
        model.prefer(*before_);
        const auto fewest = solver::fewest(sat, moved, stop, found);
        model.forget_preference();
        best_.moves = {fewest.reached + certain, fewest.bound + certain};
        if (fewest.verdict == solver::Verdict::satisfiable && best_.moves.proven() && fewest.reached < static_cast<std::int64_t>(moved.size())) {
            if (fewest.reached == 0)
                for (const Literal literal : moved) sat.add({-literal});
            else sat.add({-solver::Totalizer(sat, moved).at_least(static_cast<int>(fewest.reached) + 1)});
        }
        return fewest.verdict;
    }

    const Instance& instance_;
    const std::vector<std::vector<int>>& allowed_;
    const Slots* before_;
    const Budget& budget_;
    Scheduled best_;
    bool free_choice_ = false;
};

} // namespace

Scheduled schedule(const Instance& instance, const Budget& budget) {
    return Stages(instance, allowed_slots(instance), nullptr, budget).run(book_first_come(instance));
}

Scheduled repair(const Instance& instance, const Slots& before, int now, const Budget& budget) {
    Instance left = instance;
    auto allowed = allowed_slots(instance);
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i] != unplaced && before[i] < now) { // it has taken place
            left.requests[i].fixed_slot = before[i];
            allowed[i] = {before[i]};
            continue;
        }
        std::erase_if(allowed[i], [&](int slot) { return slot < now; });
    }
    return Stages(left, allowed, &before, budget).run(sound_part(left, allowed, before));
}

} // namespace greenbank::events::meetings
