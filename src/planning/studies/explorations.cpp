// explorations.cpp — plans over a range of a requirement, and plans near the cheapest, computed by a job point by point; a year of sizes that are given.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "api/jobs.h"
#include "api/list.h"
#include "planning/engine/dispatch.h"
#include "planning/studies/operations.h"
#include "json/json.h"

namespace greenbank::planning {

struct ExplorationKey {
    Id<PlanExploration> id;
};
Record describe(const ExplorationKey*) { return {"plan_exploration_key", "Names an exploration.", {field<&ExplorationKey::id>("id", "Its id.")}}; }

struct GivenSize {
    std::string part, role;
    double size = 0;
};
Record describe(const GivenSize*) {
    using One = GivenSize;
    return {"given_size", "How much of a part there is.",
        {field<&One::part>("part", "Which part.", {.min = 1, .max = 80}),
            field<&One::role>("role", "Source, converter, charger, discharger or reservoir.", {.min = 1, .max = 20}),
            field<&One::size>("size", "MW, of a reservoir MWh.", {.min = 0, .max = 1e6})}};
}
struct StudyEstimate {
    Id<Study> id;
    std::vector<GivenSize> sizes;
};
Record describe(const StudyEstimate*) {
    return {"study_estimate", "Sizes of which a year is looked at.",
        {field<&StudyEstimate::id>("id", "Of which study."),
            field<&StudyEstimate::sizes>("sizes", "Those of all parts that the plant leaves open.", {.min = 0, .max = 200, .defaulted = true})}};
}
struct Estimated {
    PlanResult result;
    double unserved = 0, served_share = 1;
};
Record describe(const Estimated*) {
    using One = Estimated;
    return {"study_estimated", "What a year of given sizes comes to.",
        {field<&One::result>("result", "Cost, carbon and flows; there is no proof that nothing is cheaper."),
            field<&One::unserved>("unserved", "Not served in a year, of all demands.", {.unit = "MWh"}),
            field<&One::served_share>("served_share", "Of the electricity asked for, 0 to 1.")}};
}

namespace {

constexpr std::size_t values_max = 25;

Result<PlanExploration> exploration_seen(Transaction& transaction, const Caller& caller, const Id<PlanExploration>& id) {
    PlanExploration one = TRY(transaction.get(id));
    if (!one.sample && !plans_for(caller, one.organisation)) return not_found(record_of<PlanExploration>(), id.text);
    return one;
}

Result<PlanExploration> exploration_get(Transaction& transaction, const Caller& caller, const ExplorationKey& key) {
    return exploration_seen(transaction, caller, key.id);
}

Result<Reply<PlanExploration>> exploration_create(Transaction& transaction, const Caller& caller, const PlanExploration& draft) {
    const Study study = TRY(study_to_plan(transaction, caller, draft.study));
    if (draft.plan) {
        const EnergyPlan plan = TRY(plan_seen(transaction, caller, *draft.plan));
        if (plan.study != study.id) return invalid({{"plan", "planning.plan_elsewhere", "This plan is one of another study."}});
    }
    PlanExploration one = draft;
    one.id = caller.new_id<PlanExploration>();
    one.organisation = study.organisation;
    one.created_at = one.updated_at = caller.now;
    one.job = TRY(start_job(transaction, caller, "plan_explore", to_json(ExplorationKey{one.id}))).id.text;
    TRY(transaction.insert(one));
    return Reply<PlanExploration>{.body = std::move(one), .status = 202};
}

Result<Done> exploration_delete(Transaction& transaction, const Caller& caller, const ExplorationKey& key) {
    const PlanExploration one = TRY(exploration_seen(transaction, caller, key.id));
    if (!plans_for(caller, one.organisation)) return Error{Failure::forbidden, "planning.plan_not_yours", "This plan belongs to another organisation."};
    return transaction.erase(one.id);
}

std::vector<SizeRange> ranges_of(const Plan& cheapest, const std::vector<Alternative>& alternatives, double slack) {
    std::vector<SizeRange> ranges;
    const auto size_in = [](const Plan& plan, const std::string& part, const std::string& role) -> const SizedAsset* {
        for (const SizedAsset& one : plan.assets)
            if (one.part == part && one.role == role) return &one;
        return nullptr;
    };
    for (const Alternative& one : alternatives) {
        const SizedAsset *now = size_in(one.plan, one.part, one.role), *best = size_in(cheapest, one.part, one.role);
        if (!now || !best) continue;
        auto found = std::ranges::find_if(ranges, [&](const SizeRange& range) { return range.part == one.part && range.role == one.role; });
        if (found == ranges.end()) found = ranges.insert(ranges.end(), {slack, one.part, one.role, best->unit, best->size, best->size, best->size});
        found->least = std::min(found->least, now->size), found->most = std::max(found->most, now->size);
    }
    return ranges;
}

/// What is computed, value by value, and kept as it comes: a job that is stopped or begun again loses nothing.
class Exploring {
public:
    Exploring(JobRun& run, PlanExploration one, Study study, Site site, Series series) :
        run_(run), one_(std::move(one)), study_(std::move(study)), site_(std::move(site)), series_(std::move(series)) {
        how_.stop = [this] {
            ++rounds_;
            const double within = 1 - std::exp(-static_cast<double>(rounds_) / 60);
            if (!run_.report(static_cast<std::int64_t>(100 * (static_cast<double>(done_) + 0.95 * within)), 100 * total())) stopped_ = true;
            return stopped_;
        };
    }

    Result<PlanExploration> all() {
        if (one_.kind == ExplorationKind::near_optimal) TRY(near());
        else
            for (const double value : one_.values) {
                rounds_ = 0;
                if (std::ranges::none_of(one_.points, [&](const ExplorationPoint& point) { return point.value == value; })) TRY(point(value));
                if (stopped_) break;
                ++done_;
            }
        if (stopped_) TRY(refuse_unless_cancelled());
        one_.state = one_.points.empty() && one_.ranges.empty() ? PlanState::failed : PlanState::done;
        TRY(keep());
        return one_;
    }

private:
    std::int64_t total() const { return static_cast<std::int64_t>(one_.values.size()) + (one_.kind == ExplorationKind::near_optimal ? 1 : 0); }

    Result<Done> point(double value) {
        const bool share = one_.kind == ExplorationKind::renewable_share;
        Site site = share ? site_ : with_carbon_price(site_, value);
        if (share) site.requirements.renewable_share_min = value;
        Plan plan = plan_site(site, series_, how_);
        if (stopped_) return Done{};
        if (!share) plan.cost_per_year -= value * plan.carbon;
        const PlanResult result = result_of(site, plan, study_.currency);
        one_.points.push_back({value, result.outcome, result.cost, result.investment, result.gap, result.carbon, result.renewable_share, result.sizes});
        return keep();
    }

    Result<Done> near() {
        const Plan cheapest = plan_site(site_, series_, how_);
        if (stopped_ || cheapest.assets.empty()) return Done{};
        ++done_;
        for (const double slack : one_.values) {
            rounds_ = 0;
            if (std::ranges::any_of(one_.ranges, [&](const SizeRange& range) { return range.slack == slack; })) continue;
            const auto ranges = ranges_of(cheapest, near_optimal(site_, series_, cheapest.cost_per_year, slack, how_), slack);
            if (stopped_) return Done{};
            one_.ranges.insert(one_.ranges.end(), ranges.begin(), ranges.end());
            TRY(keep());
            ++done_;
        }
        return Done{};
    }

    /// Somebody cancelled it: what there is, is kept. Or the server goes down: another one goes on.
    Result<Done> refuse_unless_cancelled() {
        if (!run_.cancelled()) return Error{Failure::unavailable, "planning.interrupted", "The server stopped; the plan is computed again."};
        return Done{};
    }

    Result<Done> keep() {
        return run_.store().write([&](Transaction& transaction) -> Result<Done> {
            auto now = TRY(transaction.find_one<PlanExploration>("id = $1", {one_.id.text}));
            if (!now) return Done{}; // deleted while it was computed
            now->points = one_.points, now->ranges = one_.ranges, now->state = one_.state;
            now->updated_at = run_.now();
            transaction.capture_changes = false;
            return transaction.update(*now);
        });
    }

    JobRun& run_;
    PlanExploration one_;
    Study study_;
    Site site_;
    Series series_;
    SizingOptions how_;
    std::int64_t rounds_ = 0, done_ = 0;
    bool stopped_ = false;
};

Result<std::string> explore(JobRun& run) {
    const auto key = TRY(from_json<ExplorationKey>(run.request()));
    std::optional<PlanExploration> one;
    Study study;
    Site site;
    Series series;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        one = TRY(transaction.find_one<PlanExploration>("id = $1", {key.id.text}));
        if (!one) return Done{}; // deleted before its turn came
        study = TRY(transaction.get(one->study));
        series = TRY(series_of(transaction, study.id));
        site = one->plan ? plant_of(study, TRY(transaction.get(*one->plan))) : study.plant;
        return Done{};
    }));
    if (!one) return std::string("{}");
    Problems problems;
    validate(record_of<Site>(), &site, problems);
    if (problems.empty()) problems = problems_of(site, series);
    if (!problems.empty()) return invalid(std::move(problems));
    const PlanExploration made = TRY(Exploring(run, *one, study, site, series).all());
    run.report(100, 100);
    JsonWriter json;
    json.begin_object().member("plan_exploration", key.id.text).member("values", static_cast<std::int64_t>(made.points.size())).end_object();
    return json.take();
}

Result<Site> sized(Site site, const std::vector<GivenSize>& sizes) {
    Problems problems;
    const auto asset_of = [&](const GivenSize& given) -> Asset* {
        for (Source& one : site.sources)
            if (one.name == given.part && given.role == "source") return &one.asset;
        for (Converter& one : site.converters)
            if (one.name == given.part && given.role == "converter") return &one.asset;
        for (Storage& one : site.storages) {
            if (one.name != given.part) continue;
            if (given.role == "charger") return &one.charger;
            if (given.role == "reservoir") return &one.reservoir;
            if (given.role == "discharger" && one.discharger) return &*one.discharger;
        }
        return nullptr;
    };
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (Asset* asset = asset_of(sizes[i])) asset->size = sizes[i].size;
        else problems.push_back({fmt::format("sizes[{}].part", i), "planning.no_part", "The plant has no {part} of that role.", {{"part", sizes[i].part}}});
    }
    if (problems.empty() && !sizes_known(site))
        problems.push_back({"sizes", "planning.size_missing", "Give the size of every part that the plant leaves open."});
    if (!problems.empty()) return invalid(std::move(problems));
    return site;
}

/// Read and computed, never stored: whoever drags a size asks this at every move.
Result<Estimated> study_estimate(Store& store, const Caller& caller, const StudyEstimate& asked) {
    Study study;
    Series series;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        study = TRY(study_seen(transaction, caller, asked.id));
        series = TRY(series_of(transaction, study.id));
        return Done{};
    }));
    if (study.steps == 0) return Error{Failure::conflict, "planning.no_series", "The study has no series yet; send it first."};
    const Site site = TRY(sized(study.plant, asked.sizes));
    const Plan plan = estimate(site, series);
    Estimated made{result_of(site, plan, study.currency)};
    made.result.columns.clear();
    double electricity = 0;
    for (const PartFlow& flow : plan.flows) {
        if (flow.kind != "demand") continue;
        made.unserved += flow.energy_per_year;
        for (const Demand& demand : site.demands)
            if (demand.name == flow.part && demand.bus == "electricity") electricity += flow.energy_per_year;
    }
    if (plan.load_energy > 0) made.served_share = 1 - electricity / plan.load_energy;
    return made;
}

} // namespace

Record describe(const ExplorationPoint*) {
    using One = ExplorationPoint;
    return {"exploration_point", "The plan at one value.",
        {field<&One::value>("value", "The share, or the price of a t."), field<&One::outcome>("outcome", "How it ended."),
            field<&One::cost>("cost", "Of a year, without what a price of carbon takes."), field<&One::investment>("investment", "Paid once."),
            field<&One::gap>("gap", "Between cost and bound, relative."), field<&One::carbon>("carbon", "Emitted in a year.", {.unit = "tCO2e"}),
            field<&One::renewable_share>("renewable_share", "Of the electricity served, 0 to 1."), field<&One::sizes>("sizes", "What is built.")}};
}

Record describe(const SizeRange*) {
    using One = SizeRange;
    return {"size_range", "How far a size may go near the cheapest plan.",
        {field<&One::slack>("slack", "What a year may cost more, as a share."), field<&One::part>("part", "The part."),
            field<&One::role>("role", "Source, converter or reservoir."), field<&One::unit>("unit", "MW or MWh."),
            field<&One::least>("least", "As little of it as the cost allows."), field<&One::cheapest>("cheapest", "In the cheapest plan."),
            field<&One::most>("most", "As much of it as the cost allows.")}};
}

Record describe(const PlanExploration*) {
    using One = PlanExploration;
    return {"plan_exploration", "A study seen from several sides.",
        {field<&One::id>("id", "Id.", {.read_only = true}), field<&One::study>("study", "Of which study.", {.filter = true}),
            field<&One::plan>("plan", "The plan whose requirements hold; left out: the study's.", {.filter = true}),
            field<&One::organisation>("organisation", "Whose.", {.read_only = true, .filter = true}),
            field<&One::kind>("kind", "What is varied.", {.filter = true}),
            field<&One::values>("values", "Shares (0 to 1), prices of a t, or what a year may cost more (0.03).", {.min = 1, .max = values_max}),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::job>("job", "The job that computes it.", {.max = 60, .read_only = true}),
            field<&One::points>("points", "The plans, as they come.", {.read_only = true}),
            field<&One::ranges>("ranges", "The least and the most of each size.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was asked for.", {.read_only = true, .sort = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true}),
            field<&One::version>("version", "Version.", {.read_only = true})},
        [](const void* value, Problems& problems) {
            const auto& one = *static_cast<const One*>(value);
            const double least = one.kind == ExplorationKind::near_optimal ? 0.001 : 0, most = one.kind == ExplorationKind::carbon_price ? 100'000 : 1;
            for (std::size_t i = 0; i < one.values.size(); ++i)
                if (!(one.values[i] >= least && one.values[i] <= most))
                    problems.push_back({fmt::format("values[{}]", i), "planning.value_outside", "Between {least} and {most}.",
                        {{"least", fmt::format("{}", least)}, {"most", fmt::format("{}", most)}}});
        }};
}

JobKind exploration_job() {
    return {"plan_explore", "Plans a study over a range of a requirement, or near the cheapest plan.", write_plans, explore, end_waiting<PlanExploration>};
}

std::vector<Endpoint> exploration_endpoints() {
    return {
        // clang-format off
        {"plan_exploration_list", Method::get, "/plan-explorations", "Ranges of plans: one's own and the samples.", Mode::read, signed_in, call(own_page<PlanExploration>)},
        {"plan_exploration_get", Method::get, "/plan-explorations/{id}", "One range of plans, as far as it is computed.", Mode::read, signed_in, call(exploration_get)},
        {"plan_exploration_create", Method::post, "/plan-explorations", "Plan a study at several values of a requirement, or near the cheapest: a job.", Mode::write, write_plans, call(exploration_create)},
        {"plan_exploration_delete", Method::remove, "/plan-explorations/{id}", "Delete a range of plans.", Mode::write, write_plans, call(exploration_delete)},
        {"study_estimate", Method::post, "/studies/{id}/estimate", "What a year with given sizes costs, emits and serves: at once, stored nowhere.", Mode::compute, signed_in, call(study_estimate)},
        // clang-format on
    };
}

} // namespace greenbank::planning
