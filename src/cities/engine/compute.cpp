// compute.cpp — the steps in their order, then weights, then the way up.
#include "cities/engine/compute.h"

#include <algorithm>

namespace greenbank::cities {

namespace {

Error not_possible(Problems problems) {
    return {Failure::invalid, "cities.index_not_possible", "The recipe cannot be carried out with these data; each reason is named.", {}, std::move(problems)};
}

void check_names(const Context& context, const Recipe& recipe, Problems& problems) {
    const auto indicator = [&](const std::string& code) {
        const auto found = context.framework.find(code);
        if (!found || *found >= context.framework.indicators)
            problems.push_back({code, "cities.index_indicator_unknown", "The recipe names an indicator that is not in the table of indicators."});
    };
    for (const Step& step : recipe.steps) {
        if (step.denominate) std::for_each(step.denominate->leave_out.begin(), step.denominate->leave_out.end(), indicator);
        if (step.treat) std::for_each(step.treat->leave_out.begin(), step.treat->leave_out.end(), indicator);
        if (!step.normalise) continue;
        for (const Goalpost& one : step.normalise->goalposts) indicator(one.indicator);
        for (const NormaliseException& one : step.normalise->exceptions) indicator(one.indicator);
    }
    const auto unit = [&](const std::string& code) {
        if (std::none_of(context.data.units.begin(), context.data.units.end(), [&](const Unit& one) { return one.code == code; }))
            problems.push_back({code, "cities.index_unit_unknown", "The recipe names a unit that is not in the data."});
    };
    for (const Step& step : recipe.steps)
        if (step.screen) {
            std::for_each(step.screen->always_in.begin(), step.screen->always_in.end(), unit);
            std::for_each(step.screen->always_out.begin(), step.screen->always_out.end(), unit);
        }
}

} // namespace

const Table* Computed::at(Stage stage) const {
    for (const StageTable& one : stages)
        if (one.stage == stage) return &one.table;
    return nullptr;
}

Result<Computed> compute_steps(const Framework& framework, const Dataset& data, const Recipe& recipe) {
    const Context context{framework, data};
    Problems problems;
    check_names(context, recipe, problems);
    Table table;
    for (std::size_t i = 0; i < data.units.size(); ++i) table.rows.push_back(i);
    table.columns = data.indicators;
    if (table.rows.size() < 2) problems.push_back({"uCode", "cities.index_units_few", "An index compares units; there are fewer than two."});
    Computed computed;
    computed.stages.push_back({Stage::raw, table});
    for (const Step& step : recipe.steps) {
        if (!problems.empty()) return not_possible(std::move(problems));
        if (step.denominate) denominate(context, *step.denominate, table, problems), computed.stages.push_back({Stage::denominated, table});
        if (step.impute) impute(context, *step.impute, table, problems), computed.stages.push_back({Stage::imputed, table});
        if (step.screen) screen(context, *step.screen, table, problems), computed.stages.push_back({Stage::screened, table});
        if (step.treat) computed.treatments = treat(context, *step.treat, table, problems), computed.stages.push_back({Stage::treated, table});
        if (step.normalise) normalise(context, *step.normalise, table, problems), computed.stages.push_back({Stage::normalised, table});
    }
    if (!problems.empty()) return not_possible(std::move(problems));
    return computed;
}

Result<Computed> compute(const Framework& framework, const Dataset& data, const Recipe& recipe) {
    Computed computed = TRY(compute_steps(framework, data, recipe));
    const Context context{framework, data};
    Problems problems;
    Table table = computed.last();
    check_finite(context, table, problems);
    computed.weights = prepare_weights(framework, recipe.weigh, problems);
    if (!problems.empty()) return not_possible(std::move(problems));
    auto faults = Aggregating{framework, recipe.weigh, recipe.aggregate}.run(table.columns, computed.weights, problems, &computed.own_weights);
    constexpr std::size_t told_most = 50;
    faults.resize(std::min(faults.size(), told_most));
    for (const auto& fault : faults)
        problems.push_back({context.place(table, fault.row, fault.part), "cities.index_mean_impossible",
            "At aggregate: {group} cannot be made this way, for this number is 0 or below; normalise to 1 … 100, or take the arithmetic mean.",
            {{"group", framework.nodes[fault.group].code}}});
    if (!problems.empty()) return not_possible(std::move(problems));
    computed.ranks = ranks_within_periods(data, table.rows, table.columns[framework.root()]);
    computed.stages.push_back({Stage::aggregated, std::move(table)});
    return computed;
}

Column ranks_within_periods(const Dataset& data, const std::vector<std::size_t>& rows, const Column& scores) {
    Column ranks(rows.size(), missing);
    std::map<std::string_view, std::vector<std::size_t>> periods;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (known(scores[i])) periods[data.units[rows[i]].time].push_back(i);
    for (auto& [time, members] : periods) {
        std::sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
        for (std::size_t i = 0; i < members.size(); ++i)
            ranks[members[i]] = i > 0 && scores[members[i]] == scores[members[i - 1]] ? ranks[members[i - 1]] : static_cast<double>(i + 1);
    }
    return ranks;
}

} // namespace greenbank::cities
