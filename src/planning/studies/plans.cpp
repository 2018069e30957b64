// plans.cpp — plans asked for, computed by a job, read, sent to monitoring.
#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "api/jobs.h"
#include "api/list.h"
#include "energy/reports/plans.h"
#include "energy/watch/operations.h"
#include "planning/engine/dispatch.h"
#include "planning/plan_json.h"
#include "planning/studies/operations.h"

namespace greenbank::planning {

Record describe(const PlanKey*) { return {"energy_plan_key", "Names a plan.", {field<&PlanKey::id>("id", "Its id.")}}; }

struct PlanHours {
    Id<EnergyPlan> id;
    std::string column;
};
Record describe(const PlanHours*) {
    return {"plan_hours", "Which column of the schedule.",
        {field<&PlanHours::id>("id", "Of which plan."), field<&PlanHours::column>("column", "Its name, as the result lists it.", {.min = 1, .max = 120})}};
}

struct PlanSending {
    Id<EnergyPlan> id;
    std::optional<Id<energy::Site>> site;
    Time from;
    std::int64_t hours = 48;
};
Record describe(const PlanSending*) {
    return {"plan_sending", "Which hours of a plan go to a monitored site.",
        {field<&PlanSending::id>("id", "Which plan."), field<&PlanSending::site>("site", "To which site; left out: that of the study."),
            field<&PlanSending::from>("from", "From when on; the plan's year is laid over that year."),
            field<&PlanSending::hours>("hours", "For so long.", {.unit = "h", .min = 1, .max = 8784, .defaulted = true})}};
}
struct PlanSent {
    Id<energy::Site> site;
    std::vector<std::string> channels;
};
Record describe(const PlanSent*) {
    return {"plan_sent", "What was sent.",
        {field<&PlanSent::site>("site", "To which site."), field<&PlanSent::channels>("channels", "For which of its channels.")}};
}

Result<EnergyPlan> plan_seen(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& id) {
    EnergyPlan plan = TRY(transaction.get(id));
    if (!plan.sample && !plans_for(caller, plan.organisation)) return not_found(record_of<EnergyPlan>(), id.text);
    return plan;
}

Result<std::vector<PlanColumn>> columns_of_plan(Transaction& transaction, const Id<EnergyPlan>& plan, const std::string& column) {
    if (column.empty()) return joined_rows(TRY(transaction.find<PlanColumn>("plan = $1 ORDER BY number", {plan.text})));
    return joined_rows(TRY(transaction.find<PlanColumn>("plan = $1 AND name = $2 ORDER BY number", {plan.text, column})));
}

Result<Done> keep_columns(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& plan, const Plan& made) {
    TRY(transaction.execute("DELETE FROM plan_column WHERE plan = $1", {plan.text}));
    std::vector<PlanColumn> columns;
    for (std::size_t i = 0; i < made.columns.size(); ++i) {
        PlanColumn column{{}, plan, static_cast<std::int64_t>(i), made.columns[i], made.schedule[i]};
        for (double& value : column.values) value = std::abs(value) < 5e-7 ? 0 : std::round(value * 1e6) / 1e6; // watts; what is finer is the solver's
        add_rows(columns, caller, std::move(column));
    }
    std::vector<const void*> rows;
    for (const PlanColumn& column : columns) rows.push_back(&column);
    return transaction.insert_many(record_of<PlanColumn>(), rows);
}

Result<EnergyPlan> plan_to_change(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& id) {
    EnergyPlan plan = TRY(plan_seen(transaction, caller, id));
    if (!plans_for(caller, plan.organisation)) return Error{Failure::forbidden, "planning.plan_not_yours", "This plan belongs to another organisation."};
    return plan;
}

Result<EnergyPlan> finished_plan(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& id) {
    EnergyPlan plan = TRY(plan_seen(transaction, caller, id));
    if (!plan.result || plan.result->columns.empty()) return Error{Failure::conflict, "planning.no_result", "There is no schedule of this plan."};
    return plan;
}

Result<std::map<std::string, std::vector<double>>> channels_of_plan(Transaction& transaction, const Study& study, const EnergyPlan& plan) {
    std::map<std::string, std::vector<double>> channels; // kW by step of the plan
    const auto add = [&](const std::string& channel, const std::vector<double>& values, double sign) {
        auto& sums = channels[channel];
        sums.resize(values.size());
        for (std::size_t t = 0; t < values.size(); ++t) sums[t] += sign * 1000 * values[t];
    };
    for (const PlanColumn& column : TRY(columns_of_plan(transaction, plan.id))) {
        const auto known = std::ranges::find_if(plan.result->columns, [&](const PlanColumnName& one) { return one.name == column.name; });
        if (known == plan.result->columns.end()) continue;
        const auto on_electricity = [&](const auto& parts) {
            return std::ranges::any_of(parts, [&](const auto& part) { return part.name == known->part && part.bus == "electricity"; });
        };
        switch (known->role) {
        case ColumnRole::source:
            if (!on_electricity(study.plant.sources)) break;
            if (known->kind == SourceKind::solar) add("pv_power", column.values, 1);
            if (known->kind == SourceKind::wind) add("wind_power", column.values, 1);
            if (known->kind == SourceKind::diesel) add("diesel_power", column.values, 1);
            if (known->kind == SourceKind::grid) add("grid_power", column.values, 1);
            break;
        case ColumnRole::charge:
        case ColumnRole::discharge:
            if (on_electricity(study.plant.storages)) add("battery_power", column.values, known->role == ColumnRole::charge ? -1 : 1);
            break;
        case ColumnRole::demand:
            if (on_electricity(study.plant.demands)) add("load_power", column.values, 1);
            break;
        default: break;
        }
    }
    return channels;
}

namespace {

Result<EnergyPlan> plan_get(Transaction& transaction, const Caller& caller, const PlanKey& key) { return plan_seen(transaction, caller, key.id); }

Result<Reply<EnergyPlan>> plan_create(Transaction& transaction, const Caller& caller, const EnergyPlan& draft) {
    const Study study = TRY(study_to_plan(transaction, caller, draft.study));
    EnergyPlan plan = draft;
    plan.id = caller.new_id<EnergyPlan>();
    plan.organisation = study.organisation;
    plan.created_at = plan.updated_at = caller.now;
    plan.job = TRY(start_job(transaction, caller, "plan_compute", to_json(PlanKey{plan.id}))).id.text;
    TRY(transaction.insert(plan));
    return Reply<EnergyPlan>{.body = std::move(plan), .status = 202};
}

Result<Done> plan_delete(Transaction& transaction, const Caller& caller, const PlanKey& key) {
    const EnergyPlan plan = TRY(plan_to_change(transaction, caller, key.id));
    TRY(transaction.execute("DELETE FROM plan_column WHERE plan = $1", {plan.id.text}));
    TRY(transaction.execute("DELETE FROM plan_exploration WHERE plan = $1", {plan.id.text}));
    return transaction.erase(plan.id);
}

Result<PlanColumn> plan_hours(Transaction& transaction, const Caller& caller, const PlanHours& asked) {
    TRY(finished_plan(transaction, caller, asked.id));
    auto columns = TRY(columns_of_plan(transaction, asked.id, asked.column));
    if (columns.empty()) return invalid({{"column", "planning.no_column", "The series has no column {column}.", {{"column", asked.column}}}});
    return std::move(columns.front());
}

Result<Raw> plan_schedule(Transaction& transaction, const Caller& caller, const PlanKey& key) {
    TRY(finished_plan(transaction, caller, key.id));
    std::vector<std::string> names;
    std::vector<std::vector<double>> values;
    for (PlanColumn& column : TRY(columns_of_plan(transaction, key.id))) names.push_back(std::move(column.name)), values.push_back(std::move(column.values));
    return Raw{"text/csv; charset=utf-8", schedule_csv(names, values),
        {{"Content-Disposition", fmt::format("attachment; filename=\"{}-schedule.csv\"", key.id.text)}}};
}

/// The plant with the plan's requirements, as `greenbank plan island --in` reads it.
Result<Site> plan_plant(Transaction& transaction, const Caller& caller, const PlanKey& key) {
    const EnergyPlan plan = TRY(plan_seen(transaction, caller, key.id));
    return plant_of(TRY(transaction.get(plan.study)), plan);
}

/// The hours that a moment of any year has in the plan's year; channels by what a part is: load_power, pv_power, wind_power, diesel_power, battery_power.
Result<PlanSent> plan_send(Transaction& transaction, const Caller& caller, const PlanSending& sending) {
    const EnergyPlan plan = TRY(finished_plan(transaction, caller, sending.id));
    TRY(plan_to_change(transaction, caller, plan.id));
    const Study study = TRY(transaction.get(plan.study));
    const auto target = sending.site ? sending.site : study.monitored;
    if (!target) return invalid({{"site", "planning.no_site", "Say to which monitored site the plan goes."}});
    const energy::Site site = TRY(energy::to_change(transaction, caller, *target));
    const double step_hours = study.plant.step_hours;
    const auto step_microseconds = static_cast<std::int64_t>(std::llround(step_hours * 3600e6));
    const auto channels = TRY(channels_of_plan(transaction, study, plan));
    PlanSent sent{site.id, {}};
    const auto count = static_cast<std::int64_t>(std::ceil(static_cast<double>(sending.hours) / step_hours - 1e-9));
    for (const auto& [channel, values] : channels) {
        if (TRY(transaction.query("SELECT 1 FROM channel WHERE site = $1 AND key = $2", {site.id.text, channel})).empty()) continue;
        energy::SitePlan one;
        one.id = caller.new_id<energy::SitePlan>();
        one.organisation = site.organisation, one.site = site.id, one.channel = channel, one.unit = "kW";
        const auto steps = static_cast<std::int64_t>(values.size());
        // the start is moved back to a step's beginning
        const std::int64_t since = sending.from.microseconds - study.starts_at.microseconds;
        const std::int64_t first = since >= 0 ? since / step_microseconds : -((-since + step_microseconds - 1) / step_microseconds);
        one.starts_at = Time{study.starts_at.microseconds + first * step_microseconds};
        one.step_seconds = step_microseconds / 1'000'000;
        for (std::int64_t k = 0; k < count; ++k) one.values.push_back(values[static_cast<std::size_t>((((first + k) % steps) + steps) % steps)]);
        one.source = "plan " + plan.id.text;
        one.created_at = one.updated_at = caller.now;
        TRY(validate(one));
        TRY(transaction.insert(one));
        sent.channels.push_back(channel);
    }
    if (sent.channels.empty())
        return Error{
            Failure::conflict, "planning.no_channel", "The site has no channel that the plan could be held against: load_power, pv_power and the like."};
    return sent;
}

/// Levels of the stores by the plan itself, as the survival of an outage needs them.
std::vector<double> survival_of(const Site& site, const Series& series, const Plan& plan, const std::vector<PlanColumnName>& names) {
    const bool has_diesel = std::ranges::any_of(site.sources, [](const Source& one) { return one.kind == SourceKind::diesel; });
    const bool one_bus = site.converters.empty() && std::ranges::all_of(site.demands, [](const Demand& one) { return one.bus == "electricity"; });
    if (!has_diesel || !one_bus || series.steps() > 20'000) return {};
    Schedule schedule;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i].role == ColumnRole::level) schedule.levels.push_back(plan.schedule[i]);
    std::vector<double> alive = survival(with_sizes(site, plan), series, schedule, SourceKind::diesel, 48);
    for (double& share : alive) share = std::round(share * 1e6) / 1e6;
    return alive;
}

Result<std::string> compute(JobRun& run) {
    const auto key = TRY(from_json<PlanKey>(run.request()));
    Study study;
    EnergyPlan plan;
    Series series;
    bool there = true;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        const auto found = TRY(transaction.find_one<EnergyPlan>("id = $1", {key.id.text}));
        there = found.has_value();
        if (!there) return Done{}; // deleted before its turn came
        plan = *found;
        study = TRY(transaction.get(plan.study));
        series = TRY(series_of(transaction, study.id));
        return Done{};
    }));
    if (!there) return std::string("{}");
    const Site site = plant_of(study, plan);
    Problems problems;
    validate(record_of<Site>(), &site, problems);
    if (problems.empty()) problems = problems_of(site, series);
    if (!problems.empty()) return invalid(std::move(problems));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(plan.seconds_max);
    std::int64_t rounds = 0;
    bool stopped = false, asked_to = false;
    // asked a few times a round of the solver; how many it will be nobody knows, so the bar creeps
    SizingOptions how;
    how.stop = [&] {
        ++rounds;
        const auto shown = static_cast<std::int64_t>(95 * (1 - std::exp(-static_cast<double>(rounds) / 60)));
        if (!run.report(shown, 100)) stopped = asked_to = true;
        if (std::chrono::steady_clock::now() > until) stopped = true;
        return stopped;
    };
    const Plan made = plan_site(site, series, how);
    // somebody cancelled it: what there is, is kept. Or the server goes down: another one begins anew
    if (asked_to && !run.cancelled()) return Error{Failure::unavailable, "planning.interrupted", "The server stopped; the plan is computed again."};
    PlanResult result = result_of(site, made, study.currency);
    if (!result.columns.empty()) result.survival = survival_of(site, series, made, result.columns);
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        const auto now = TRY(transaction.find_one<EnergyPlan>("id = $1", {key.id.text}));
        if (!now) return Done{}; // deleted while it was computed
        EnergyPlan kept = *now;
        kept.result = result;
        kept.state = result.columns.empty() ? PlanState::failed : PlanState::done;
        kept.updated_at = run.now();
        transaction.capture_changes = false;
        TRY(transaction.update(kept));
        if (!result.columns.empty()) TRY(keep_columns(transaction, run.caller(), kept.id, made));
        return Done{};
    }));
    run.report(100, 100);
    JsonWriter json;
    json.begin_object().member("energy_plan", key.id.text).member("outcome", greenbank::name_of(result.outcome)).member("gap", result.gap).end_object();
    return json.take();
}

} // namespace

JobKind plan_job() {
    return {"plan_compute", "Computes a plan: least-cost sizes and every hour, with a proof.", write_plans, compute, end_waiting<EnergyPlan>};
}

std::vector<Endpoint> plan_endpoints() {
    return {
        // clang-format off
        {"plan_list", Method::get, "/energy-plans", "Plans: one's own and the samples.", Mode::read, signed_in, call(own_page<EnergyPlan>)},
        {"plan_get", Method::get, "/energy-plans/{id}", "One plan with its result.", Mode::read, signed_in, call(plan_get)},
        {"plan_create", Method::post, "/energy-plans", "Plan a study: a job.", Mode::write, write_plans, call(plan_create)},
        {"plan_delete", Method::remove, "/energy-plans/{id}", "Delete a plan.", Mode::write, write_plans, call(plan_delete)},
        {"plan_hours", Method::get, "/energy-plans/{id}/hours", "One column of a plan's schedule.", Mode::read, signed_in, call(plan_hours)},
        {"plan_schedule", Method::get, "/energy-plans/{id}/schedule", "The whole schedule as CSV.", Mode::read, signed_in, as_file("text/csv", call(plan_schedule))},
        {"plan_site", Method::get, "/energy-plans/{id}/site", "What was planned, as greenbank plan island reads it.", Mode::read, signed_in, call(plan_plant)},
        {"plan_send", Method::post, "/energy-plans/{id}/send", "Send hours of a plan to a monitored site, to be compared with what is measured.", Mode::write, energy::write_watch, call(plan_send)},
        // clang-format on
    };
}

} // namespace greenbank::planning
