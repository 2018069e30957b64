// contracts.cpp — the cheapest exchange hour by hour that keeps what must flow; contracts settled against it, swaps with what is owed by month.
#include <algorithm>
#include <cmath>
#include <map>

#include "planning/engine/sharing/exchange_program.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning::sharing {

using Column = solver::StagedProgram::Column;
using Row = solver::StagedProgram::Row;

namespace {

constexpr double nothing = 1e-7; // MW

/// What may still flow beside what is fixed already: a share of each of a group, or one alone.
class Asking {
public:
    Asking(const SharingCase& sharing, const HourProgram& hour, const std::vector<Nomination>& nominations) :
        sharing_(sharing), hour_(hour), nominations_(nominations), fixed_(nominations.size(), 0), bare_(hour.program) {
        for (Column& column : bare_.columns) column.cost = 0;
        solver::StagedProgram asked = bare_;
        for (const int column : hour.protected_unserved) asked.columns[static_cast<std::size_t>(column)].cost = 1;
        const double least = solver::solve_staged_by_simplex(asked).objective;
        const int row = bare_.add(Row{0, -solver::no_limit, least + 1e-6}); // protected customers are served as without contracts
        for (const int column : hour.protected_unserved) bare_.enter(row, column, 1);
    }

    /// The largest share of what is left of each of `group` that can flow together.
    void give(const std::vector<std::size_t>& group) {
        solver::StagedProgram asked = bare_;
        const int share = asked.add(Column{.stage = 0, .cost = -1, .lower = 0, .upper = 1});
        std::vector<double> nominal = positions(fixed_), more(nominal.size(), 0);
        for (const std::size_t i : group) {
            const double left = nominations_[i].power - fixed_[i];
            more[nominations_[i].buyer] += left, more[nominations_[i].seller] -= left;
        }
        for (std::size_t z = 0; z < nominal.size(); ++z) {
            const double whole = nominal[z] + more[z];
            if (std::abs(whole) <= nothing) continue;
            const int row = add_net_import(asked, z, whole > 0 ? Row{0, nominal[z], solver::no_limit} : Row{0, -solver::no_limit, nominal[z]});
            asked.enter(row, share, -more[z]);
        }
        const solver::StagedAnswer answer = solver::solve_staged_by_simplex(asked);
        if (answer.columns.empty() || answer.violation > 1e-6) return;
        const double found = std::clamp(answer.columns[static_cast<std::size_t>(share)] - 1e-9, 0.0, 1.0);
        if (found <= 1e-8) return;
        for (const std::size_t i : group) fixed_[i] += found * (nominations_[i].power - fixed_[i]);
    }

    const std::vector<double>& fixed() const { return fixed_; }
    /// Net imports of each zone by what is fixed.
    std::vector<double> positions(const std::vector<double>& power) const {
        std::vector<double> net(sharing_.zones.size(), 0);
        for (std::size_t i = 0; i < power.size(); ++i) net[nominations_[i].buyer] += power[i], net[nominations_[i].seller] -= power[i];
        return net;
    }
    int add_net_import(solver::StagedProgram& program, std::size_t zone, const Row& limits) const {
        const int row = program.add(limits);
        for (std::size_t i = 0; i < sharing_.ties.size(); ++i) {
            const Tie& tie = sharing_.ties[i];
            const bool from = tie.from == sharing_.zones[zone].name, to = tie.to == sharing_.zones[zone].name;
            if (from) program.enter(row, hour_.forward[i], -1), program.enter(row, hour_.backward[i], 1 - tie.loss);
            if (to) program.enter(row, hour_.forward[i], 1 - tie.loss), program.enter(row, hour_.backward[i], -1);
        }
        return row;
    }

private:
    const SharingCase& sharing_;
    const HourProgram& hour_;
    const std::vector<Nomination>& nominations_;
    std::vector<double> fixed_;
    solver::StagedProgram bare_;
};

/// What is owed in swaps and what has flowed in the month, as the hours go by.
class Running {
public:
    explicit Running(const SharingCase& sharing) : sharing_(sharing), this_month_(sharing.contracts.size(), 0) {
        for (const Contract& one : sharing.contracts) owed_.push_back(one.owed_at_start), hours_left_.push_back(0);
        for (std::size_t i = 0; i < owed_.size(); ++i)
            for (std::size_t t = 0; t < static_cast<std::size_t>(sharing.hours); ++t) hours_left_[i] += returns_at(sharing.contracts[i], t);
    }

    /// The forward legs, then those that come back; `of` says of which contract each is.
    std::vector<Nomination> at(std::size_t hour, std::vector<std::pair<std::size_t, bool>>& of) {
        if (const std::string month = month_at(sharing_, hour); month != month_) month_ = month, this_month_.assign(this_month_.size(), 0);
        std::vector<Nomination> made;
        for (std::size_t i = 0; i < sharing_.contracts.size(); ++i) {
            const Contract& one = sharing_.contracts[i];
            if (one.kind == ContractKind::up_to) continue;
            const std::size_t seller = zone_of(sharing_, one.seller), buyer = zone_of(sharing_, one.buyer);
            double power = in_season(sharing_, one.months, hour) ? one.power : 0;
            if (one.energy_max) power = std::min(power, std::max(0.0, *one.energy_max - this_month_[i]));
            if (power > nothing) made.push_back({one.name, seller, buyer, power, one.priority}), of.emplace_back(i, false);
            if (!returns_at(one, hour)) continue;
            // spread evenly over the hours in which it may come back; what falls short is asked for again
            const double back = std::min(one.return_power, owed_[i] / static_cast<double>(std::max<std::int64_t>(1, hours_left_[i])));
            --hours_left_[i];
            if (back > nothing) made.push_back({one.name, buyer, seller, back, one.priority}), of.emplace_back(i, true);
        }
        return made;
    }

    void flowed(std::size_t contract, bool returned, double energy) {
        if (returned) owed_[contract] = std::max(0.0, owed_[contract] - energy);
        else this_month_[contract] += energy, owed_[contract] += sharing_.contracts[contract].return_ratio * energy;
    }

private:
    bool returns_at(const Contract& one, std::size_t hour) const {
        return one.kind == ContractKind::swap && one.returned_in == ReturnedIn::energy && in_season(sharing_, one.return_months, hour);
    }
    const SharingCase& sharing_;
    std::string month_;
    std::vector<double> this_month_, owed_;
    std::vector<std::int64_t> hours_left_;
};

} // namespace

std::vector<double> honour(const SharingCase& sharing, HourProgram& hour, const std::vector<Nomination>& nominations) {
    if (nominations.empty()) return {};
    Asking asking(sharing, hour, nominations);
    std::map<std::int64_t, std::vector<std::size_t>> levels;
    for (std::size_t i = 0; i < nominations.size(); ++i) levels[nominations[i].priority].push_back(i);
    for (auto& [priority, group] : levels) {
        asking.give(group);
        if (group.size() == 1) continue;
        std::ranges::stable_sort(group, [&](std::size_t a, std::size_t b) { return nominations[a].name < nominations[b].name; });
        for (const std::size_t i : group)
            if (asking.fixed()[i] < nominations[i].power - nothing) asking.give({i});
    }
    const std::vector<double> net = asking.positions(asking.fixed());
    for (std::size_t z = 0; z < net.size(); ++z)
        if (std::abs(net[z]) > nothing)
            asking.add_net_import(hour.program, z, net[z] > 0 ? Row{0, net[z] - nothing, solver::no_limit} : Row{0, -solver::no_limit, net[z] + nothing});
    return asking.fixed();
}

Exchange clear(const SharingCase& sharing) {
    Exchange exchange = empty_exchange(sharing);
    Running running(sharing);
    for (std::size_t t = 0; t < static_cast<std::size_t>(sharing.hours); ++t) {
        HourProgram hour = hour_program(sharing, t, false);
        std::vector<std::pair<std::size_t, bool>> of;
        const std::vector<Nomination> nominations = running.at(t, of);
        const std::vector<double> flows = honour(sharing, hour, nominations);
        for (std::size_t i = 0; i < flows.size(); ++i) {
            const auto [contract, returned] = of[i];
            (returned ? exchange.returned : exchange.delivered)[contract][t] = flows[i];
            if (flows[i] < nominations[i].power - 1e-6) exchange.fell_short[contract] += nominations[i].power - flows[i];
            running.flowed(contract, returned, flows[i]);
        }
        write_hour(sharing, hour, solver::solve_staged_by_simplex(hour.program), t, exchange);
    }
    return exchange;
}

std::vector<ContractUse> settle_contracts(const SharingCase& sharing, const Exchange& exchange) {
    std::vector<std::size_t> order(sharing.contracts.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return sharing.contracts[a].priority < sharing.contracts[b].priority; });
    std::vector<ContractUse> uses(sharing.contracts.size());
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const Contract& contract = sharing.contracts[i];
        uses[i].contract = contract.name, uses[i].kind = contract.kind, uses[i].fell_short = exchange.fell_short[i];
    }
    for (std::size_t t = 0; t < static_cast<std::size_t>(sharing.hours); ++t) {
        const std::string month = month_at(sharing, t);
        for (std::size_t i = 0; i < uses.size(); ++i)
            if (uses[i].months.empty() || uses[i].months.back().month != month)
                uses[i].months.push_back({month, 0, 0, uses[i].months.empty() ? sharing.contracts[i].owed_at_start : uses[i].months.back().owed});
        // what each zone's use has from each other zone, contract by contract; first what had to flow
        auto from = origins(sharing, exchange, t);
        for (std::size_t z = 0; z < from.size(); ++z)
            for (double& share : from[z]) share *= at(sharing.zones[z].demand, t) - exchange.unserved[z][t];
        const auto left_of = [&](const Contract& contract) -> double& { return from[zone_of(sharing, contract.buyer)][zone_of(sharing, contract.seller)]; };
        for (std::size_t i = 0; i < uses.size(); ++i) left_of(sharing.contracts[i]) -= exchange.delivered[i][t];
        for (const std::size_t i : order) {
            const Contract& contract = sharing.contracts[i];
            const double price = exchange.prices[zone_of(sharing, contract.buyer)][t];
            ContractMonth& now = uses[i].months.back();
            double energy = exchange.delivered[i][t];
            if (contract.kind == ContractKind::up_to && in_season(sharing, contract.months, t) && contract.price <= price + 1e-6) {
                energy = std::max(0.0, std::min(contract.power, left_of(contract)));
                if (contract.energy_max) energy = std::min(energy, std::max(0.0, *contract.energy_max - now.energy));
                left_of(contract) -= energy;
            }
            now.energy += energy, now.returned += exchange.returned[i][t];
            if (contract.kind == ContractKind::swap) now.owed = std::max(0.0, now.owed + contract.return_ratio * energy - exchange.returned[i][t]);
            uses[i].energy += energy, uses[i].amount += energy * contract.price, uses[i].at_market += energy * price;
        }
    }
    return uses;
}

} // namespace greenbank::planning::sharing
