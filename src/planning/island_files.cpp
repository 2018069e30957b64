// island_files.cpp — `greenbank plan island`: a site and its series in, the cheapest sizes with their proof out.
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "api/files.h"
#include "planning/engine/sizing.h"
#include "planning/plan_files.h"
#include "planning/plan_json.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning {

struct IslandOptions {
    std::string in, series;
    std::optional<std::string> out, schedule, write_mps, sweep;
    std::vector<double> values;
    double alternatives = 0, seconds = 0;
    bool simplex = false;
};
Record describe(const IslandOptions*) {
    return {"island_options", "Which site, and what is asked of the plan.",
        {field<&IslandOptions::in>("in", "The site, JSON: demands, sources, sales, converters, storages, requirements.", {.min = 1}),
            field<&IslandOptions::series>("series", "The series, CSV or xlsx: a line a step, the columns that the site names.", {.min = 1}),
            field<&IslandOptions::out>("out", "The plan to write, JSON; - writes standard output.", {.min = 1}),
            field<&IslandOptions::schedule>("schedule", "What each part does at each step, CSV.", {.min = 1}),
            field<&IslandOptions::write_mps>("write_mps", "The program itself for any other solver, MPS.", {.min = 1}),
            field<&IslandOptions::sweep>("sweep",
                "Plan again with this requirement at each of --values: carbon_max, renewable_share_min, autonomy_days, carbon_price (of a t), or the name of "
                "a source, for its energy_share_max.",
                {.min = 1}),
            field<&IslandOptions::values>("values", "What the swept requirement takes.", {.max = 100, .defaulted = true}),
            field<&IslandOptions::alternatives>("alternatives", "Show the least and the most of each size in plans that cost at most this share more: 0.03.",
                {.min = 0, .max = 1, .defaulted = true}),
            field<&IslandOptions::seconds>(
                "seconds", "Stop after so long with the best plan so far and its gap; 0: when done.", {.unit = "s", .min = 0, .max = 1e6, .defaulted = true}),
            field<&IslandOptions::simplex>("simplex", "CLP's dual simplex instead of the interior point.", {.defaulted = true})}};
}

namespace {

Error error_of(const Plan& plan) {
    if (plan.outcome == Plan::Outcome::stopped)
        return {Failure::invalid, "planning.stopped", "No plan was found in the time given; allow more with --seconds."};
    std::string conflict, relaxation;
    for (const Shortfall& one : plan.conflict) conflict += (conflict.empty() ? "" : "; ") + sentence_of(one, false);
    for (const Shortfall& one : plan.relaxation) relaxation += (relaxation.empty() ? "" : "; ") + sentence_of(one, true);
    return {Failure::invalid, "planning.infeasible", "No plan keeps all of this at once: {conflict}. The smallest way out gives up: {relaxation}.",
        {{"conflict", conflict}, {"relaxation", relaxation}}};
}

Result<Site> with_requirement(Site site, const std::string& name, double value) {
    if (name == "carbon_max") site.requirements.carbon_max = value;
    else if (name == "renewable_share_min") site.requirements.renewable_share_min = value;
    else if (name == "autonomy_days") site.requirements.autonomy_days = value;
    else if (name == "carbon_price") site = with_carbon_price(std::move(site), value);
    else {
        bool found = false;
        for (Source& source : site.sources)
            if (source.name == name) source.energy_share_max = value, found = true;
        if (!found) return Error{Failure::invalid, "planning.sweep_unknown", "{name} is neither a requirement nor a source.", {{"name", name}}};
    }
    Problems problems;
    validate(record_of<Site>(), &site, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    return site;
}

Result<int> run_island(const IslandOptions& options, Console& console) {
    const Site site = TRY(read_site(options.in));
    const Series series = TRY(read_series_table(options.series, columns_of(site)));
    if (Problems problems = problems_of(site, series); !problems.empty()) return invalid(std::move(problems));
    if (options.write_mps) TRY(write_file(*options.write_mps, solver::to_mps(sizing_program(site, series).program, "site")));
    SizingOptions how;
    how.simplex = options.simplex;
    if (options.seconds > 0)
        how.stop = [until = std::chrono::steady_clock::now() + std::chrono::duration<double>(options.seconds)] {
            return std::chrono::steady_clock::now() > until;
        };
    const Plan plan = plan_site(site, series, how);
    if (plan.outcome == Plan::Outcome::unbounded)
        return Error{Failure::invalid, "planning.unbounded", "The more is built, the more is earned, without end; give the sizes a largest value."};
    if (plan.assets.empty()) return error_of(plan);
    JsonWriter json;
    json.begin_object().member("site", site.name).member("steps", static_cast<std::int64_t>(series.steps()));
    write_plan(json, plan);
    std::string text = summary_of(plan);
    if (options.sweep) {
        json.key("sweep").begin_list();
        std::optional<std::pair<double, double>> before; // cost and carbon of the neighbour
        for (const double value : options.values) {
            const Site other = TRY(with_requirement(site, *options.sweep, value));
            const Plan swept = plan_site(other, series, how);
            json.begin_object().member("requirement", *options.sweep).member("value", value);
            write_plan(json, swept);
            if (before && std::abs(before->second - swept.carbon) > 1e-6 && !swept.assets.empty()) // what a tonne less has cost
                json.member("abatement_cost_per_t", (swept.cost_per_year - before->first) / (before->second - swept.carbon));
            json.end_object();
            if (!swept.assets.empty()) before = {swept.cost_per_year, swept.carbon};
            fmt::format_to(std::back_inserter(text), "{} {}: {} {:.2f} a year, {:.1f} t, renewable {:.1f} %\n", *options.sweep, value, name_of(swept.outcome),
                swept.cost_per_year, swept.carbon, 100 * swept.renewable_share);
        }
        json.end_list();
    }
    if (options.alternatives > 0) {
        json.key("alternatives").begin_list();
        for (const Alternative& one : near_optimal(site, series, plan.cost_per_year, options.alternatives, how)) {
            json.begin_object().member("part", one.part).member("role", one.role).member("direction", one.most ? "most" : "least");
            write_plan(json, one.plan);
            json.end_object();
            for (const SizedAsset& asset : one.plan.assets)
                if (asset.part == one.part && asset.role == one.role)
                    fmt::format_to(std::back_inserter(text), "{} of {}: {:.3f} {}, {:.2f} a year\n", one.most ? "most" : "least", one.part, asset.size,
                        asset.unit, one.plan.cost_per_year);
        }
        json.end_list();
    }
    json.end_object();
    const std::string whole = json.take();
    if (options.out) TRY(write_file(*options.out, indented(whole)));
    if (options.schedule) TRY(write_file(*options.schedule, schedule_csv(plan.columns, plan.schedule)));
    console.out(console.json ? whole + "\n" : text);
    return 0;
}

} // namespace

Command island_command() { return command("plan", "island", "Size a microgrid or an island at least cost, with an hourly plan and a proof.", run_island); }

} // namespace greenbank::planning
