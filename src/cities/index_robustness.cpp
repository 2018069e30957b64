// index_robustness.cpp — the index done otherwise: alternatives, other numbers, without a part, and ranks under uncertain choices.
#include <algorithm>

#include "cities/engine/uncertainty.h"
#include "cities/index_reporting.h"

namespace greenbank::cities {

namespace {

/// Ranks by the rows of the last stage.
Column placed(const Reporting& r, const Computed& other) {
    Column ranks(r.last().rows.size(), missing);
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const auto found = std::find(other.last().rows.begin(), other.last().rows.end(), r.last().rows[i]);
        if (found != other.last().rows.end()) ranks[i] = other.ranks[static_cast<std::size_t>(found - other.last().rows.begin())];
    }
    return ranks;
}

void rank_table(Reporting& r, const std::string& name, const std::vector<std::string>& titles, const Columns& ranks) {
    std::string header = r.unit_columns() + ",Rank";
    for (const std::string& title : titles) sheets::append_cell(header += ',', title);
    CsvText csv(header);
    for (const std::size_t row : r.by_rank()) {
        r.unit_cells(csv, r.last(), row);
        csv.cell(r.computed.ranks[row]);
        for (const Column& column : ranks) csv.cell(column[row]);
        csv.end();
    }
    r.files[name] = csv.take();
}

void alternatives(Reporting& r) {
    std::vector<std::string> titles;
    Columns ranks;
    for (const Alternative& one : r.recipe.alternatives) {
        Recipe other = r.recipe;
        if (one.normalise) other.steps.back().normalise = one.normalise;
        if (one.aggregate) other.aggregate = *one.aggregate;
        const auto steps = compute_steps(r.framework, r.data, other);
        if (steps && one.normalise) r.stage("norm_" + one.name + ".csv", steps.value().last());
        const auto computed = compute(r.framework, r.data, other);
        if (!computed) { // one that cannot be is told and hinders no other
            for (const Problem& problem : computed.error().problems)
                r.notes.push_back(fmt::format("{}: {}: {}", one.name, problem.field, fill_in(problem.message, problem.parameters)));
            continue;
        }
        r.stage("agg_" + one.name + ".csv", computed.value().last());
        titles.push_back(one.name);
        ranks.push_back(placed(r, computed.value()));
    }
    if (!titles.empty()) rank_table(r, "alternatives.csv", titles, ranks);
}

Result<Done> what_if(Reporting& r) {
    std::vector<std::string> titles;
    Columns ranks;
    for (const WhatIf& one : r.recipe.what_if) {
        const Dataset data = TRY(changed(r.framework, r.data, one));
        titles.push_back(one.name);
        ranks.push_back(placed(r, TRY(compute(r.framework, data, r.recipe))));
    }
    if (!titles.empty()) rank_table(r, "what_if.csv", titles, ranks);
    return Done{};
}

void remove_one(Reporting& r) {
    CsvText csv("iCode,Level,MeanRankShift,GreatestRankShift,MovedMost");
    for (const RankShift& one : remove_each(r.framework, r.data, r.recipe, r.computed))
        csv.cell(r.code(one.node))
            .cell(static_cast<double>(r.framework.nodes[one.node].level))
            .cell(one.mean)
            .cell(one.greatest)
            .cell(one.greatest > 0 ? r.unit(r.last(), one.moved_most).code : "")
            .end();
    r.files["remove_one.csv"] = csv.take();
}

/// On the normalised scale; where Needed is empty, being the best in that indicator alone is not enough.
Result<Done> rise(Reporting& r) {
    CsvText csv(r.unit_columns() + ",Rank,Places,iCode,Now,Needed,Further");
    for (const Rise& one : r.recipe.rise) {
        std::optional<std::size_t> found; // of several periods the last
        for (std::size_t row = 0; row < r.last().rows.size(); ++row)
            if (r.unit(r.last(), row).code == one.unit && (one.time.empty() || r.unit(r.last(), row).time == one.time)) found = row;
        if (!found)
            return Error{Failure::invalid, "cities.index_rise_unit", "To rise: the unit {unit} is not in the index; it may have been screened out.",
                {{"unit", one.unit}}};
        for (const Gain& gain : gains(r.framework, r.data, r.recipe, r.computed, *found, static_cast<std::size_t>(one.places))) {
            r.unit_cells(csv, r.last(), *found);
            csv.cell(r.computed.ranks[*found]).cell(static_cast<double>(one.places)).cell(r.code(gain.indicator));
            csv.cell(gain.now).cell(gain.needed).cell(gain.needed - gain.now).end();
        }
    }
    if (!r.recipe.rise.empty()) r.files["rise.csv"] = csv.take();
    return Done{};
}

Result<Done> uncertainty(Reporting& r) {
    const Uncertainty& how = *r.recipe.uncertainty;
    const auto seed = static_cast<std::uint64_t>(how.seed);
    const ChoiceSpace choices = TRY(ChoiceSpace::prepare(r.framework, r.data, r.recipe, r.computed));
    const Columns ranks = draw_ranks(choices, seed, static_cast<std::size_t>(how.samples), r.threads);
    CsvText csv(r.unit_columns() + ",Rank,Mean,Median,Low5,High95,Best,Worst,ShareAsComputed");
    for (const std::size_t row : r.by_rank()) {
        const RankSummary one = summary_of(ranks, row, r.computed.ranks[row]);
        r.unit_cells(csv, r.last(), row);
        csv.cell(r.computed.ranks[row]).cell(one.mean).cell(one.median).cell(one.low_5).cell(one.high_95).cell(one.best).cell(one.worst);
        csv.cell(one.as_computed).end();
    }
    r.files["uncertainty.csv"] = csv.take();
    r.factors = choices.factors();
    if (how.sensitivity_samples == 0) return Done{};
    const auto found = sensitivity_of(choices, seed, static_cast<std::size_t>(how.sensitivity_samples), r.threads);
    CsvText table((r.periods ? "Output,Time" : "Output") + std::string(",Factor,First,FirstError,Total,TotalError"));
    for (std::size_t output = 0; output < found.size(); ++output)
        for (std::size_t factor = 0; factor < choices.factors().size(); ++factor) {
            if (output > 0) r.unit_cells(table, r.last(), output - 1);
            else table.cell("mean rank shift");
            if (output == 0 && r.periods) table.cell("");
            table.cell(choices.factors()[factor]).cell(found[output].first[factor]).cell(found[output].first_error[factor]);
            table.cell(found[output].total[factor]).cell(found[output].total_error[factor]).end();
        }
    r.files["sensitivity.csv"] = table.take();
    return Done{};
}

} // namespace

Result<Done> report_robustness(Reporting& r) {
    alternatives(r);
    TRY(what_if(r));
    TRY(rise(r));
    if (r.recipe.remove_one) remove_one(r);
    if (r.recipe.uncertainty) TRY(uncertainty(r));
    return Done{};
}

} // namespace greenbank::cities
