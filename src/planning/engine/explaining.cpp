// explaining.cpp — why a site cannot be planned: which requirements stand against each other, and what the smallest way out gives up.
#include <algorithm>
#include <cmath>

#include "planning/engine/sizing.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning {

namespace {

constexpr double nothing = 1e-4; // of what each requirement is measured by

class Elastic {
public:
    Elastic(const Site& site, const Series& series, const SizingOptions& options) : made_(sizing_program(site, series, true)), options_(options) {
        for (const auto& column : made_.program.columns)
            small_costs_.push_back(column.stage < 0 && std::isfinite(column.upper) && column.upper > 0 ? column.cost / column.upper : 0);
        const double dearest = std::max(1e-12, *std::max_element(small_costs_.begin(), small_costs_.end()));
        for (double& cost : small_costs_) cost *= 1e-3 / dearest;
        for (const Demand& demand : site.demands) {
            double energy = 0;
            for (std::size_t t = 0; t < series.steps(); ++t) energy += load_of(demand, series, t) * site.step_hours;
            load_ += energy;
            priced_.push_back(demand.unserved_price.has_value()); // what is not served has its price: nothing contradicts
        }
        load_ = std::max(load_, 1e-9), step_hours_ = site.step_hours;
    }

    const std::vector<Requirement>& requirements() const { return made_.requirements; }

    /// What each requirement lacks in the cheapest way out, in parts of its unit. Those that are `free` lack at next to no cost.
    std::vector<double> lacks(const std::vector<bool>& free) {
        auto& program = made_.program;
        std::vector<double> costs(program.columns.size(), 0);
        std::size_t demand = 0;
        for (std::size_t g = 0; g < made_.requirements.size(); ++g) {
            const Requirement& requirement = made_.requirements[g];
            // what people must go without weighs more than a limit that can be asked again
            const bool is_demand = requirement.kind == RequirementKind::demand;
            const double rate = free[g] || (is_demand && priced_[demand]) ? 1e-6 : is_demand ? 10 : 1;
            if (is_demand)
                for (const int j : made_.demands[demand].flow) costs[j] = rate / load_ * step_hours_;
            for (const int j : requirement.excess) costs[j] = rate;
            demand += is_demand;
        }
        // sizes cost a little of what they really cost, or there are too many answers
        for (std::size_t j = 0; j < costs.size(); ++j) program.columns[j].cost = 1e4 * costs[j] + (costs[j] == 0 ? small_costs_[j] : 0);
        // what is short is read off the answer, so it must be the cheapest one, not just any that fits
        const bool is_short = program.stages <= 400;
        solver::StagedAnswer answer;
        if (!is_short) answer = solver::solve_staged(program, {.gap = 1e-5, .stop = options_.stop});
        if (is_short || ((answer.violation > 1e-6 || answer.gap() > 1e-3) && !(options_.stop && options_.stop())))
            answer = solver::solve_staged_by_simplex(program, options_.stop);
        std::vector<double> lacking;
        demand = 0;
        for (const Requirement& requirement : made_.requirements) {
            double sum = 0;
            if (requirement.kind == RequirementKind::demand) {
                if (!priced_[demand])
                    for (const int j : made_.demands[demand].flow) sum += answer.columns.empty() ? 0 : answer.columns[j] * step_hours_ / load_;
                ++demand;
            }
            for (const int j : requirement.excess) sum += answer.columns.empty() ? 0 : answer.columns[j];
            lacking.push_back(sum);
        }
        return lacking;
    }

    Shortfall shortfall(std::size_t g, double lack) const {
        const Requirement& one = made_.requirements[g];
        Shortfall shortfall{one.kind, one.part, lack * (one.kind == RequirementKind::demand || one.excess_unit.empty() ? 1 : one.excess_unit.front())};
        switch (one.kind) {
        case RequirementKind::demand: shortfall.amount = lack * load_, shortfall.unit = "MWh"; break;
        case RequirementKind::carbon: shortfall.unit = "t"; break;
        case RequirementKind::reserve: shortfall.unit = "MW"; break;
        case RequirementKind::largest_size: shortfall.unit = one.energy ? "MWh" : "MW"; break;
        case RequirementKind::renewable_share:
        case RequirementKind::energy_share:
        case RequirementKind::autonomy: shortfall.unit = "MWh"; break;
        }
        return shortfall;
    }

private:
    SizingProgram made_;
    const SizingOptions& options_;
    std::vector<double> small_costs_; // of shared columns, in all less than what counts as a lack
    std::vector<bool> priced_;        // by demand
    double load_ = 0, step_hours_ = 1;
};

bool any_lack(const std::vector<double>& lacks, const std::vector<bool>& free) {
    for (std::size_t g = 0; g < lacks.size(); ++g)
        if (!free[g] && lacks[g] > nothing) return true;
    return false;
}

/// Steps as long as they can be: their number goes without a rest.
std::vector<std::size_t> lengths_of(const Site& site, std::size_t steps) {
    for (const auto& converter : site.converters)
        if (converter.efficiency_column) return {}; // a mean of products is no product of means
    std::vector<std::size_t> lengths;
    for (const std::size_t count : {24, 8, 3})
        if (steps % count == 0 && steps / count >= 8 && site.step_hours * static_cast<double>(count) <= 24) lengths.push_back(count);
    return lengths;
}

} // namespace

Site in_long_steps(Site site, std::size_t count) {
    site.step_hours *= static_cast<double>(count);
    for (Storage& storage : site.storages) storage.loss_per_hour = 0;
    return site;
}

Series in_long_steps(const Series& series, std::size_t count) {
    Series means{series.names, std::vector<std::vector<double>>(series.columns.size())};
    for (std::size_t c = 0; c < series.columns.size(); ++c)
        for (std::size_t t = 0; t + count <= series.columns[c].size(); t += count) {
            double sum = 0;
            for (std::size_t k = 0; k < count; ++k) sum += series.columns[c][t + k];
            means.columns[c].push_back(sum / static_cast<double>(count));
        }
    return means;
}

bool explain_infeasible(const Site& site, const Series& series, const SizingOptions& options, Plan& plan, bool long_steps_only) {
    std::vector<std::size_t> lengths = lengths_of(site, series.steps());
    if (!long_steps_only) lengths.push_back(1);
    for (const std::size_t count : lengths) {
        if (options.stop && options.stop()) return false;
        Elastic elastic(count == 1 ? site : in_long_steps(site, count), count == 1 ? series : in_long_steps(series, count), options);
        std::vector<bool> free(elastic.requirements().size(), false);
        if (!any_lack(elastic.lacks(free), free)) continue;
        // deletion filter: what is still contradictory without one of them does not need it
        for (std::size_t g = 0; g < free.size() && !(options.stop && options.stop()); ++g) {
            free[g] = true;
            if (!any_lack(elastic.lacks(free), free)) free[g] = false;
        }
        for (std::size_t g = 0; g < free.size(); ++g) {
            if (free[g]) continue;
            const Requirement& one = elastic.requirements()[g];
            plan.conflict.push_back({one.kind, one.part, one.limit, one.kind == RequirementKind::demand ? "" : elastic.shortfall(g, 0).unit});
            if (one.kind == RequirementKind::renewable_share || one.kind == RequirementKind::energy_share || one.kind == RequirementKind::reserve)
                plan.conflict.back().unit.clear();
            if (one.kind == RequirementKind::autonomy) plan.conflict.back().unit = "d";
        }
        // how much must give way is a matter of single steps
        Elastic whole(site, series, options);
        const std::vector<double> smallest = whole.lacks(std::vector<bool>(whole.requirements().size(), false));
        for (std::size_t g = 0; g < smallest.size(); ++g)
            if (smallest[g] > nothing) plan.relaxation.push_back(whole.shortfall(g, smallest[g]));
        return true;
    }
    return false;
}

} // namespace greenbank::planning
