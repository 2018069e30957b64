// emergency.cpp — what is left when not all can be served: protected customers first, then fair shares, then the cheapest way; who owes whom; and what
// the loss of one element would do.
#include <algorithm>
#include <cmath>

#include "planning/engine/sharing/exchange_program.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning::sharing {

namespace {

using Column = solver::StagedProgram::Column;
using Row = solver::StagedProgram::Row;

constexpr double close_to = 1e-6;

/// One hour: limits of the two kinds of shortage are tightened until nobody's can be smaller without a shorter one's being larger.
class Hour {
public:
    Hour(const SharingCase& sharing, std::size_t hour, bool surplus_only) : made_(hour_program(sharing, hour, true)) {
        costs_.resize(made_.program.columns.size());
        for (std::size_t j = 0; j < costs_.size(); ++j) costs_[j] = made_.program.columns[j].cost;
        if (surplus_only) // alone a zone is short by so much; together never by more
            for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
                double own = 0;
                for (const Offer& offer : sharing.zones[z].offers) own += available(sharing.zones[z], offer, hour);
                const double shortage = std::max(0.0, at(sharing.zones[z].demand, hour) - own);
                const int row = made_.program.add(Row{0, -solver::no_limit, shortage});
                made_.program.enter(row, made_.unserved[z], 1), made_.program.enter(row, made_.protected_unserved[z], 1);
            }
    }

    solver::StagedAnswer settle() {
        share(made_.protected_unserved), share(made_.unserved);
        for (std::size_t j = 0; j < costs_.size(); ++j) made_.program.columns[j].cost = costs_[j];
        return solver::solve_staged_by_simplex(made_.program);
    }
    const HourProgram& program() const { return made_; }

private:
    void no_costs() {
        for (auto& column : made_.program.columns) column.cost = 0;
    }

    /// Lowers the largest share of any, then the next one, and so on; upper limits of the columns hold what was found.
    void share(const std::vector<int>& columns) {
        auto& program = made_.program;
        std::vector<double> whole;
        std::vector<std::size_t> open;
        for (std::size_t z = 0; z < columns.size(); ++z) {
            whole.push_back(program.columns[static_cast<std::size_t>(columns[z])].upper);
            if (whole[z] > close_to) open.push_back(z);
        }
        while (!open.empty()) {
            solver::StagedProgram asked = program;
            for (auto& column : asked.columns) column.cost = 0;
            const int level = asked.add(Column{.stage = 0, .cost = 1, .lower = 0, .upper = 1});
            for (const std::size_t z : open) {
                const int row = asked.add(Row{0, -solver::no_limit, 0});
                asked.enter(row, columns[z], 1), asked.enter(row, level, -whole[z]);
            }
            const solver::StagedAnswer answer = solver::solve_staged_by_simplex(asked);
            if (answer.violation > 1e-6) return;
            const double share = std::min(1.0, answer.columns[static_cast<std::size_t>(level)] + 1e-9);
            for (const std::size_t z : open)
                program.columns[static_cast<std::size_t>(columns[z])].upper =
                    std::min(program.columns[static_cast<std::size_t>(columns[z])].upper, share * whole[z]);
            if (share <= 1e-8) return; // nobody is short
            // whose share cannot be smaller while the others keep theirs
            std::vector<std::size_t> still;
            for (const std::size_t z : open) {
                solver::StagedProgram alone = program;
                for (auto& column : alone.columns) column.cost = 0;
                alone.columns[static_cast<std::size_t>(columns[z])].cost = 1;
                const double least = solver::solve_staged_by_simplex(alone).columns[static_cast<std::size_t>(columns[z])];
                if (least < share * whole[z] - std::max(close_to, 1e-6 * whole[z])) still.push_back(z);
            }
            if (still.size() == open.size()) return;
            open = std::move(still);
        }
    }

    HourProgram made_;
    std::vector<double> costs_;
};

} // namespace

EmergencyPlan allocate(const SharingCase& sharing, const Exchange& market) {
    const auto hours = static_cast<std::size_t>(sharing.hours);
    const std::size_t zones = sharing.zones.size();
    EmergencyPlan plan{empty_exchange(sharing), {}, std::vector<double>(zones, 0), {}};
    plan.protected_unserved.assign(zones, std::vector<double>(hours));
    std::vector<double> open_demand(zones, 0), open_short(zones, 0);
    std::vector<std::vector<double>> given(zones, std::vector<double>(zones, 0));
    for (std::size_t t = 0; t < hours; ++t) {
        Hour hour(sharing, t, sharing.rule == EmergencyRule::surplus_only);
        const solver::StagedAnswer answer = hour.settle();
        if (answer.columns.empty()) continue;
        write_hour(sharing, hour.program(), answer, t, plan.exchange);
        const auto before = origins(sharing, market, t), now = origins(sharing, plan.exchange, t);
        for (std::size_t z = 0; z < zones; ++z) {
            plan.protected_unserved[z][t] = answer.columns[static_cast<std::size_t>(hour.program().protected_unserved[z])];
            open_short[z] += answer.columns[static_cast<std::size_t>(hour.program().unserved[z])];
            open_demand[z] += at(sharing.zones[z].demand, t) * (1 - sharing.zones[z].protected_share);
            const double used_before = at(sharing.zones[z].demand, t) - market.unserved[z][t],
                         used = at(sharing.zones[z].demand, t) - plan.exchange.unserved[z][t];
            for (std::size_t giver = 0; giver < zones; ++giver)
                if (giver != z) given[giver][z] += std::max(0.0, now[z][giver] * used - before[z][giver] * used_before);
        }
    }
    for (std::size_t z = 0; z < zones; ++z) plan.short_share[z] = open_demand[z] > 0 ? open_short[z] / open_demand[z] : 0;
    for (std::size_t giver = 0; giver < zones; ++giver)
        for (std::size_t taker = 0; taker < zones; ++taker)
            if (given[giver][taker] > 1e-6)
                plan.obligations.push_back(
                    {sharing.zones[giver].name, sharing.zones[taker].name, given[giver][taker], given[giver][taker] * sharing.compensation_price});
    return plan;
}

Adequacy adequacy(const SharingCase& sharing, const Exchange& exchange) {
    Adequacy result;
    const auto hours = static_cast<std::size_t>(sharing.hours);
    double tightest = solver::no_limit;
    for (std::size_t t = 0; t < hours; ++t) {
        double margin = 0;
        for (const Zone& zone : sharing.zones) {
            margin -= at(zone.demand, t);
            for (const Offer& offer : zone.offers) margin += available(zone, offer, t);
        }
        if (margin < tightest) tightest = margin, result.tightest_hour = t;
    }
    const std::size_t t = result.tightest_hour;
    const auto unserved_without = [&](const Without& without) {
        const HourProgram hour = hour_program(sharing, t, false, without);
        const solver::StagedAnswer answer = solver::solve_staged_by_simplex(hour.program);
        std::vector<double> unserved;
        for (std::size_t z = 0; z < sharing.zones.size(); ++z)
            unserved.push_back(answer.columns.empty() ? 0
                                                      : answer.columns[static_cast<std::size_t>(hour.unserved[z])] +
                                                            answer.columns[static_cast<std::size_t>(hour.protected_unserved[z])]);
        return unserved;
    };
    const std::vector<double> with_all = unserved_without({});
    std::vector<double> worst(sharing.zones.size(), 0);
    const auto lose = [&](const std::string& name, const char* kind, const Without& without) {
        const std::vector<double> now = unserved_without(without);
        double more = 0;
        for (std::size_t z = 0; z < now.size(); ++z) more += now[z] - with_all[z], worst[z] = std::max(worst[z], now[z]);
        if (more > 1e-6) result.outages.push_back({name, kind, t, more});
    };
    for (std::size_t z = 0; z < sharing.zones.size(); ++z)
        for (std::size_t o = 0; o < sharing.zones[z].offers.size(); ++o)
            if (available(sharing.zones[z], sharing.zones[z].offers[o], t) > 0)
                lose(sharing.zones[z].name + ": " + sharing.zones[z].offers[o].name, "offer", {.offer = std::pair(z, o), .tie = {}});
    for (std::size_t i = 0; i < sharing.ties.size(); ++i) lose(sharing.ties[i].name, "tie", {.offer = {}, .tie = i});
    std::ranges::stable_sort(result.outages, [](const Outage& a, const Outage& b) { return a.unserved > b.unserved; });
    for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
        const Zone& zone = sharing.zones[z];
        ZoneAdequacy one{.zone = zone.name};
        double able = 0, demand = 0, unserved = 0;
        for (const Offer& offer : zone.offers) able += available(zone, offer, t);
        for (const Tie& tie : sharing.ties) {
            const TieLimits limits = limits_of(sharing, tie, t, false);
            able += tie.to == zone.name ? limits.forward * (1 - tie.loss) : tie.from == zone.name ? limits.backward * (1 - tie.loss) : 0;
        }
        for (std::size_t h = 0; h < hours; ++h) demand += at(zone.demand, h), unserved += exchange.unserved[z][h];
        const double now = at(zone.demand, t);
        one.margin = now > 0 ? able / now - 1 : 0;
        one.days_of_cover = demand > 0 ? zone.stock_mwh / (24 * demand / static_cast<double>(hours)) : 0;
        one.worst_outage = worst[z];
        one.level = unserved > 1e-6                      ? AlertLevel::emergency
                    : worst[z] > 1e-6                    ? AlertLevel::alert
                    : one.margin < sharing.reserve_share ? AlertLevel::early_warning
                                                         : AlertLevel::normal;
        result.zones.push_back(std::move(one));
    }
    return result;
}

} // namespace greenbank::planning::sharing
