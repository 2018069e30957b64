// dispatch_files.cpp — `greenbank plan dispatch`: a site run step by step with a window ahead, beside rules and perfect foresight.
#include <cmath>

#include <fmt/format.h>

#include "api/files.h"
#include "planning/engine/dispatch.h"
#include "planning/plan_files.h"
#include "planning/plan_json.h"

namespace greenbank::planning {

struct DispatchFlags {
    std::string in, series;
    std::optional<std::string> out, report;
    std::int64_t horizon = 48, seed = 1, outage = 24;
    double error = 0;
    SourceKind lost = SourceKind::diesel;
    bool plain = false;
};
Record describe(const DispatchFlags*) {
    return {"dispatch_options", "Which site, and how it is run.",
        {field<&DispatchFlags::in>("in", "The site, JSON. Sizes that it does not give are planned first.", {.min = 1}),
            field<&DispatchFlags::series>("series", "The series, CSV or xlsx.", {.min = 1}),
            field<&DispatchFlags::horizon>("horizon", "Steps that are looked ahead.", {.min = 1, .max = 8760, .defaulted = true}),
            field<&DispatchFlags::out>("out", "The schedule, CSV.", {.min = 1}),
            field<&DispatchFlags::report>("report", "Costs, comparison and survival, JSON.", {.min = 1}),
            field<&DispatchFlags::error>("error", "Deviation of the forecast one step ahead, as a share.", {.min = 0, .max = 1, .defaulted = true}),
            field<&DispatchFlags::seed>("seed", "What the errors begin from.", {.min = 0, .defaulted = true}),
            field<&DispatchFlags::lost>("lost", "The kind of source that fails in an outage.", {.defaulted = true}),
            field<&DispatchFlags::outage>("outage", "Length of the longest outage, in steps.", {.min = 1, .max = 1'000, .defaulted = true}),
            field<&DispatchFlags::plain>("plain", "No comparison and no outages.", {.defaulted = true})}};
}

namespace {

/// The caps of the year as prices, so that a window can know them.
std::vector<double> cap_prices_of(const Site& site, const Plan& plan) {
    std::vector<double> prices(site.sources.size());
    for (const ShadowPrice& one : plan.prices)
        for (std::size_t i = 0; i < prices.size(); ++i) {
            const Source& source = site.sources[i];
            if (one.kind == RequirementKind::carbon) prices[i] += one.price * source.carbon_per_mwh;
            if (one.kind == RequirementKind::renewable_share && !is_renewable(source.kind)) prices[i] += one.price;
            if (one.kind == RequirementKind::energy_share && one.part == source.name) prices[i] += one.price;
        }
    return prices;
}

Result<int> run_dispatch(const DispatchFlags& flags, Console& console) {
    Site site = TRY(read_site(flags.in));
    const Series series = TRY(read_series_table(flags.series, columns_of(site)));
    if (Problems problems = problems_of(site, series); !problems.empty()) return invalid(std::move(problems));
    if (static_cast<std::size_t>(flags.horizon) > series.steps())
        return Error{Failure::invalid, "planning.horizon_long", "The horizon is longer than the series, which has {steps} steps.",
            {{"steps", std::to_string(series.steps())}}};
    const Plan sized = plan_site(site, series);
    if (sized.assets.empty())
        return Error{Failure::invalid, "planning.no_plan", "The site cannot be served at all; greenbank plan island says what contradicts what."};
    DispatchOptions how;
    how.cap_prices = cap_prices_of(site, sized);
    site = with_sizes(site, sized);
    // perfect foresight of the same problem: sizes as they are, caps as prices
    Site priced = site;
    priced.requirements = {};
    for (std::size_t i = 0; i < priced.sources.size(); ++i) priced.sources[i].energy_share_max.reset(), priced.sources[i].running_per_mwh += how.cap_prices[i];
    const SizingProgram whole = sizing_program(priced, series);
    solver::StagedAnswer foresight = solver::solve_staged(whole.program);
    double fixed = 0;
    for (const SizedAsset& asset : sized.assets) fixed += asset.capital_per_year + asset.fixed_per_year;
    const double foresight_cost = (foresight.objective - fixed) / whole.year;
    for (std::size_t i = 0; i < site.storages.size(); ++i) {
        const auto& levels = whole.storages[i].level;
        how.start_levels.push_back(foresight.columns[static_cast<std::size_t>(levels.back())]);
        how.end_values.emplace_back();
        for (const double price : level_prices(whole, foresight, i)) how.end_values.back().push_back(std::max(0.0, price));
    }
    how.horizon = static_cast<int>(flags.horizon), how.error = flags.error, how.seed = static_cast<std::uint64_t>(flags.seed);
    const Schedule schedule = dispatch(site, series, how);
    if (!schedule.complete) return Error{Failure::internal, "planning.dispatch_failed", "The dispatch broke off; this is a fault of the program."};
    JsonWriter json;
    std::string text;
    const auto shown = [](double value, double last_digit) { return std::abs(value) < last_digit / 2 ? 0.0 : value; }; // no -0.0
    const auto tell = [&](const char* name, const Schedule& one) {
        json.begin_object().member("method", name).member("running_cost", one.cost).member("unserved", one.unserved).member("curtailed", one.curtailed);
        json.member("level_change", one.level_change).member("over_foresight", one.cost / foresight_cost - 1).end_object();
        fmt::format_to(std::back_inserter(text),
            "{:<18} {:16.2f} ({:+.2f} % of perfect foresight), {:.1f} MWh unserved, {:.1f} curtailed, stores {:+.1f} MWh\n", name, one.cost,
            shown(100 * (one.cost / foresight_cost - 1), 0.01), shown(one.unserved, 0.1), shown(one.curtailed, 0.1), shown(one.level_change, 0.1));
    };
    json.begin_object().member("site", site.name).member("horizon", flags.horizon).member("foresight_cost", foresight_cost);
    json.member("worst_balance", schedule.worst_balance).member("worst_level_step", schedule.worst_step).key("methods").begin_list();
    tell("rolling", schedule);
    if (!flags.plain) {
        const Schedule following = dispatch_by_rule(site, series, Rule::load_following, how),
                       cycling = dispatch_by_rule(site, series, Rule::cycle_charging, how);
        if (following.complete) tell("load following", following), tell("cycle charging", cycling);
    }
    json.end_list();
    if (!flags.plain) {
        json.key("survival").begin_list();
        for (const double share : survival(site, series, schedule, flags.lost, static_cast<int>(flags.outage))) json.real(share);
        json.end_list();
    }
    json.end_object();
    const std::string report = json.take();
    if (flags.out) TRY(write_file(*flags.out, schedule_csv(schedule.columns, schedule.values)));
    if (flags.report) TRY(write_file(*flags.report, indented(report)));
    console.out(console.json ? report + "\n" : text);
    return 0;
}

} // namespace

Command dispatch_command() {
    return command("plan", "dispatch", "Run a site step by step with a window ahead, and compare with rules and perfect foresight.", run_dispatch);
}

} // namespace greenbank::planning
