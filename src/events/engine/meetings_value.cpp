// meetings_value.cpp — everything if everything fits; else the relaxation's bound, a search towards it, and CBC where it is small.
#include "events/engine/meetings_value.h"

#include <algorithm>
#include <cmath>

#include "events/engine/meetings_model.h"
#include "events/engine/meetings_search.h"
#include "solver/linear.h"

namespace greenbank::events::meetings {

namespace {

using solver::LinearProgram;

constexpr std::size_t whole_columns_max = 12'000, relaxation_columns_max = 400'000;

std::int64_t whole_bound(double bound, std::int64_t total) {
    return std::min(total, static_cast<std::int64_t>(std::floor(std::min(bound, static_cast<double>(total)) + 1e-6)));
}

/// One column a request: nobody meets more often than there are slots, and the tables of all slots together are a limit.
LinearProgram aggregated(const Instance& instance, const std::vector<std::vector<int>>& allowed) {
    LinearProgram program;
    std::vector<std::vector<bool>> open(instance.forbidden.size(), std::vector<bool>(instance.slots));
    std::vector<LinearProgram::Row> rows(instance.forbidden.size());
    LinearProgram::Row all{{}, 0};
    for (std::size_t i = 0; i < allowed.size(); ++i) {
        const Request& request = instance.requests[i];
        program.gain.push_back(static_cast<double>(request.value));
        program.upper.push_back(allowed[i].empty() ? 0 : 1);
        for (const int slot : allowed[i]) open[request.a][slot] = open[request.b][slot] = true;
        for (const int side : {request.a, request.b}) rows[side].entries.push_back({static_cast<int>(i), 1});
        all.entries.push_back({static_cast<int>(i), 1});
    }
    for (std::size_t side = 0; side < rows.size(); ++side) rows[side].limit = static_cast<double>(std::count(open[side].begin(), open[side].end(), true));
    for (int slot = 0; slot < instance.slots; ++slot) {
        const auto present = std::count_if(open.begin(), open.end(), [&](const auto& day) { return day[slot]; });
        all.limit += static_cast<double>(std::min<std::int64_t>(instance.tables[slot], present / 2));
    }
    // What is bound to a session has that session's slots only.
    const int slots = instance.slots;
    std::vector<LinearProgram::Row> bound_rows(instance.sessions.size() * instance.forbidden.size(), {{}, 0});
    for (std::size_t i = 0; i < allowed.size(); ++i)
        if (const int session = instance.requests[i].session; session >= 0)
            for (const int side : {instance.requests[i].a, instance.requests[i].b})
                bound_rows[session * instance.forbidden.size() + side].entries.push_back({static_cast<int>(i), 1});
    for (std::size_t i = 0; i < bound_rows.size(); ++i) {
        const Session& session = instance.sessions[i / instance.forbidden.size()];
        const auto& day = open[i % instance.forbidden.size()];
        for (int slot = session.first; slot <= std::min(session.last, slots - 1); ++slot) bound_rows[i].limit += day[slot];
        if (static_cast<double>(bound_rows[i].entries.size()) > bound_rows[i].limit) rows.push_back(std::move(bound_rows[i]));
    }
    rows.push_back(std::move(all));
    program.rows = std::move(rows);
    return program;
}

struct Columns {
    LinearProgram program;
    std::vector<std::pair<int, int>> places; // request and slot of each column
};

/// One column a request and slot.
Columns placed(const Instance& instance, const std::vector<std::vector<int>>& allowed) {
    Columns columns;
    LinearProgram& program = columns.program;
    const int slots = instance.slots;
    std::vector<LinearProgram::Row> side(instance.forbidden.size() * slots, {{}, 1}), once(allowed.size(), {{}, 1}), tables(slots);
    for (int slot = 0; slot < slots; ++slot) tables[slot].limit = instance.tables[slot];
    std::vector<std::vector<int>> column_of(allowed.size(), std::vector<int>(slots, -1));
    for (int i = 0; i < static_cast<int>(allowed.size()); ++i)
        for (const int slot : allowed[i]) {
            const int column = column_of[i][slot] = static_cast<int>(columns.places.size());
            columns.places.emplace_back(i, slot);
            program.gain.push_back(static_cast<double>(instance.requests[i].value));
            program.upper.push_back(1);
            once[i].entries.push_back({column, 1});
            tables[slot].entries.push_back({column, 1});
            side[instance.requests[i].a * slots + slot].entries.push_back({column, 1});
            side[instance.requests[i].b * slots + slot].entries.push_back({column, 1});
        }
    for (auto* rows : {&side, &once, &tables})
        for (auto& row : *rows)
            if (static_cast<double>(row.entries.size()) > row.limit) program.rows.push_back(std::move(row));
    for (const auto& [before, after] : instance.precedences)
        for (const int slot : allowed[after]) {
            LinearProgram::Row row{{{column_of[after][slot], 1}}, 1}; // nobody's `before` at this slot or later
            for (const int late : allowed[before])
                if (late >= slot) row.entries.push_back({column_of[before][late], 1});
            if (row.entries.size() > 1) program.rows.push_back(std::move(row));
        }
    return columns;
}

/// Whether all requests (of `roles`) have a place at once.
solver::Verdict place_all(const Instance& instance, const std::vector<std::vector<int>>& allowed, Slots& slots, const solver::Stop& stop) {
    std::vector<Role> roles;
    for (const auto& list : allowed) roles.push_back(list.empty() ? Role::out : Role::must);
    const auto sat = solver::cadical();
    Model model(*sat, instance, allowed, std::move(roles));
    const solver::Verdict verdict = sat->solve({}, stop);
    if (verdict == solver::Verdict::satisfiable) slots = model.slots();
    return verdict;
}

std::int64_t value_of(const Instance& instance, const Slots& slots) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) value += slots[i] == unplaced ? 0 : instance.requests[i].value;
    return value;
}

/// The search with nothing but the chosen requests in mind.
void place_chosen(const Instance& instance, const std::vector<std::vector<int>>& allowed, const std::vector<double>& chosen, Slots start, Valued& best,
    const std::function<bool()>& stop) {
    auto restricted = allowed;
    std::int64_t target = 0;
    for (std::size_t i = 0; i < start.size(); ++i) {
        if (chosen[i] > 0.5 || instance.requests[i].fixed_slot >= 0) {
            target += instance.requests[i].value;
            continue;
        }
        restricted[i].clear();
        start[i] = unplaced;
    }
    Slots slots = search_value(instance, restricted, std::move(start), target, 5, 600'000, stop);
    const std::int64_t value = value_of(instance, slots);
    if (value <= best.value.reached) return;
    best.value.reached = value;
    best.slots = std::move(slots);
}

/// CBC from the best known; fixed meetings come first in its eyes.
void prove(const Instance& instance, Columns columns, Valued& best, const solver::Stop& stop) {
    double fixed_gain = 0; // added to each fixed meeting, so that none is given up
    for (const Request& request : instance.requests) fixed_gain += static_cast<double>(request.value);
    std::int64_t extra = 0;
    std::vector<double> start;
    for (std::size_t i = 0; i < columns.places.size(); ++i) {
        const auto [request, slot] = columns.places[i];
        start.push_back(best.slots[request] == slot);
        if (instance.requests[request].fixed_slot < 0) continue;
        columns.program.gain[i] += fixed_gain;
        extra += static_cast<std::int64_t>(fixed_gain);
    }
    const auto answer = solver::solve_whole(columns.program, start, stop);
    best.value.bound = std::min(best.value.bound, whole_bound(answer.bound, best.value.bound + extra) - extra);
    if (answer.columns.empty()) return;
    Slots slots(best.slots.size(), unplaced);
    for (std::size_t i = 0; i < columns.places.size(); ++i)
        if (answer.columns[i] > 0.5) slots[columns.places[i].first] = columns.places[i].second;
    const std::int64_t value = value_of(instance, slots);
    if (value <= best.value.reached) return;
    best.value.reached = value;
    best.slots = std::move(slots);
}

} // namespace

std::int64_t relaxation_bound(const Instance& instance, const std::vector<std::vector<int>>& allowed, const std::function<bool()>& stop) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < allowed.size(); ++i) total += allowed[i].empty() ? 0 : instance.requests[i].value;
    const auto answer = solver::solve_relaxation(placed(instance, allowed).program, stop);
    return answer.solved ? whole_bound(answer.bound, total) : total;
}

Valued best_value(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots& start, const Budget& budget, double share) {
    const auto stop = budget.stop(share);
    std::int64_t total = 0;
    std::size_t places = 0;
    for (std::size_t i = 0; i < allowed.size(); ++i) {
        total += allowed[i].empty() ? 0 : instance.requests[i].value;
        places += allowed[i].size();
    }
    Valued best{start, {value_of(instance, start), total}};
    const auto search = [&](std::uint64_t seed, std::int64_t steps, const std::function<bool()>& until) {
        best.slots = search_value(instance, allowed, std::move(best.slots), best.value.bound, seed, steps, until);
        best.value.reached = value_of(instance, best.slots);
    };
    search(1, 40'000, stop);
    if (best.value.proven()) return best;

    const auto coarse = solver::solve_relaxation(aggregated(instance, allowed), stop);
    if (coarse.solved) best.value.bound = whole_bound(coarse.bound, total);
    if (best.value.bound == total) {
        Slots slots = best.slots;
        const solver::Verdict verdict = place_all(instance, allowed, slots, budget.stop(share * 0.5));
        if (verdict == solver::Verdict::satisfiable) return {slots, {total, total}};
        if (verdict == solver::Verdict::unsatisfiable) {
            std::int64_t least = total;
            for (std::size_t i = 0; i < allowed.size(); ++i)
                if (!allowed[i].empty()) least = std::min(least, instance.requests[i].value);
            best.value.bound = total - least;
        }
    }
    if (best.value.bound < total && !best.value.proven()) {
        // Which requests would be worth most if only the days' lengths counted; then a place for each of those.
        // Among equals those that have a place already.
        LinearProgram program = aggregated(instance, allowed);
        const auto scale = static_cast<double>(allowed.size() + 1);
        for (std::size_t i = 0; i < start.size(); ++i) program.gain[i] = program.gain[i] * scale + (start[i] != unplaced);
        const auto chosen = solver::solve_whole(program, {}, budget.stop(share * 0.4));
        best.value.bound = std::min(best.value.bound, whole_bound(chosen.bound / scale, total));
        if (!chosen.columns.empty()) place_chosen(instance, allowed, chosen.columns, start, best, stop);
    }
    search(2, places < 2'000 ? 100'000 : 1'000'000, stop);
    if (best.value.proven() || places > relaxation_columns_max) return best;
    Columns columns = placed(instance, allowed);
    const auto fine = solver::solve_relaxation(columns.program, stop);
    if (fine.solved) best.value.bound = std::min(best.value.bound, whole_bound(fine.bound, total));
    if (best.value.proven()) return best;
    if (places <= whole_columns_max) prove(instance, std::move(columns), best, stop);
    for (std::uint64_t seed = 3; !best.value.proven() && places > whole_columns_max && !stop(); ++seed) search(seed, 1'000'000, stop);
    return best;
}

} // namespace greenbank::events::meetings
