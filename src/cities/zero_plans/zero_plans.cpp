// zero_plans.cpp — plans to zero: entered by who keeps the territory, refused while their steps do not reach zero, seen by everybody once the territory is published.
#include "cities/zero_plans/zero_plans.h"

#include <algorithm>

#include <fmt/format.h>

#include "cities/carbons/owned.h"

namespace greenbank::cities {

Record describe(const ZeroStep*) {
    using S = ZeroStep;
    return {"zero_step", "What lowers the balance from a year on.",
        {field<&S::year>("year", "From which year on.", {.min = 1991, .max = 2100}),
            field<&S::kg>("kg", "By so much a year.", {.unit = "kgCO2e", .min = -9e15, .max = 9e15}),
            field<&S::measure>("measure", "What is done.", {.min = 1, .max = 300}),
            field<&S::energy_plan>("energy_plan", "The energy plan that says how.", {.max = 60})}};
}
Record describe(const ZeroPlan*) {
    using P = ZeroPlan;
    return {"zero_plan", "A plan to zero net emissions, step by step.",
        {
            field<&P::id>("id", "Id.", {.read_only = true}),
            field<&P::territory>("territory", "For which territory.", {.filter = true}),
            field<&P::owner>("owner", "Who keeps it.", {.max = 60, .read_only = true, .filter = true}),
            field<&P::title>("title", "Its name.", {.min = 1, .max = 200, .sort = true}),
            field<&P::base_year>("base_year", "The year it starts from.", {.min = 1990, .max = 2099}),
            field<&P::base_kg>("base_kg", "The net balance of that year.", {.unit = "kgCO2e", .min = -9e15, .max = 9e15}),
            field<&P::zero_year>("zero_year", "The year in which nothing is left.", {.min = 1991, .max = 2100, .filter = true, .sort = true}),
            field<&P::steps>("steps", "Its steps.", {.min = 1, .max = 100}),
            field<&P::source>("source", "Where it was decided.", {.min = 1, .max = 500}),
            field<&P::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&P::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&P::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&P::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}
Record describe(const ZeroYear*) {
    using Y = ZeroYear;
    return {"zero_year", "A year of a plan to zero.",
        {field<&Y::year>("year", "The year."), field<&Y::cut_kg>("cut_kg", "What its steps take away.", {.unit = "kgCO2e"}),
            field<&Y::planned_kg>("planned_kg", "What is left.", {.unit = "kgCO2e"}),
            field<&Y::measured_kg>("measured_kg", "The balance of that year, where it is final.", {.unit = "kgCO2e"})}};
}
Record describe(const ZeroSummary*) {
    using S = ZeroSummary;
    return {"zero_summary", "A plan to zero among others.",
        {field<&S::id>("id", "Which."), field<&S::title>("title", "Its name."), field<&S::zero_year>("zero_year", "When nothing is left."),
            field<&S::years>("years", "Year by year."), field<&S::measured_year>("measured_year", "The last year with a final balance."),
            field<&S::behind_kg>("behind_kg", "Above zero: that year gave off more than planned.", {.unit = "kgCO2e"}),
            field<&S::energy>("energy", "What the energy plans of its steps say.")}};
}
Record describe(const StepEnergy*) {
    using S = StepEnergy;
    return {"step_energy", "What the energy plan of a step comes to in a year.",
        {field<&S::year>("year", "From which year on."), field<&S::energy_plan>("energy_plan", "Which energy plan."), field<&S::title>("title", "Its name."),
            field<&S::load>("load", "Electricity asked for in a year.", {.unit = "MWh"}),
            field<&S::renewable_share>("renewable_share", "Of the electricity served, 0 to 1."),
            field<&S::carbon>("carbon", "Emitted in a year.", {.unit = "tCO2e"}),
            field<&S::hours_without_diesel>("hours_without_diesel", "Hours of a year without diesel.", {.unit = "h"}),
            field<&S::cost>("cost", "Of a year: capital, fixed and running."), field<&S::investment>("investment", "Paid once for all that is built."),
            field<&S::sizes>("sizes", "What is built.")}};
}
struct ZeroView {
    ZeroPlan plan;
    Text territory_title;
    std::vector<ZeroYear> years;
    std::vector<std::int64_t> idle_years;
    std::optional<std::int64_t> zero_reached, measured_year, behind_kg;
    std::vector<StepEnergy> energy;
    bool may_change = false;
};
Record describe(const ZeroView*) {
    using V = ZeroView;
    return {"zero_plan_view", "A plan to zero with what was measured on the way.",
        {field<&V::plan>("zero_plan", "It."), field<&V::territory_title>("territory_title", "For which territory."), field<&V::years>("years", "Year by year."),
            field<&V::idle_years>("idle_years", "Years without a step, while something is left."),
            field<&V::zero_reached>("zero_reached", "The first year with nothing left."),
            field<&V::measured_year>("measured_year", "The last year with a final balance."),
            field<&V::behind_kg>("behind_kg", "Above zero: that year gave off more than planned.", {.unit = "kgCO2e"}),
            field<&V::energy>("energy", "What the energy plans of its steps say."), field<&V::may_change>("may_change", "It may be changed.")}};
}
Record describe(const CarbonKey<ZeroPlan>*) { return {"zero_plan_key", "Names a plan to zero.", {field<&CarbonKey<ZeroPlan>::id>("id", "Its id.")}}; }

namespace {

std::vector<ZeroCut> cuts_of(const ZeroPlan& plan) {
    std::vector<ZeroCut> cuts;
    for (const ZeroStep& step : plan.steps) cuts.push_back({step.year, step.kg});
    return cuts;
}

Result<Done> check_plan(const ZeroPlan& plan) {
    if (plan.zero_year <= plan.base_year) return invalid({{"zero_year", "zero_plan.no_years", "The year of zero comes after the year the plan starts from."}});
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < plan.steps.size(); ++i)
        if (plan.steps[i].year <= plan.base_year || plan.steps[i].year > plan.zero_year)
            problems.push_back(
                {fmt::format("steps[{}].year", i), "zero_plan.outside", "A step lies between the year the plan starts from and the year of zero."});
    if (!problems.empty()) return invalid(std::move(problems));
    const ZeroPath path = zero_path(plan.base_year, plan.base_kg, plan.zero_year, cuts_of(plan), {});
    if (path.left_kg > 0)
        return invalid({{"steps", "zero_plan.not_zero", "With these steps {tonnes} t are still left in {year}.",
            {{"tonnes", std::to_string((path.left_kg + 999) / 1000)}, {"year", std::to_string(plan.zero_year)}}}});
    return Done{};
}

/// Everybody sees the figures of an energy plan that a step names: so it is the island's own, or a sample.
bool may_name(const ZeroPlan& plan, const planning::EnergyPlan& energy) { return energy.sample || energy.organisation.text == plan.owner; }

Result<Done> check_energy_plans(Transaction& transaction, const ZeroPlan& plan) {
    Problems problems;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (!plan.steps[i].energy_plan) continue;
        const auto energy = TRY(transaction.find_one<planning::EnergyPlan>("id = $1", {*plan.steps[i].energy_plan}));
        if (!energy || !may_name(plan, *energy))
            problems.push_back({fmt::format("steps[{}].energy_plan", i), "zero_plan.no_energy_plan",
                "Name an energy plan of the organisation that keeps the island; there is no such plan of it."});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<std::vector<StepEnergy>> energy_of(Transaction& transaction, const ZeroPlan& plan) {
    std::vector<StepEnergy> all;
    for (const ZeroStep& step : plan.steps) {
        if (!step.energy_plan) continue;
        auto energy = TRY(transaction.find_one<planning::EnergyPlan>("id = $1", {*step.energy_plan}));
        if (!energy || !may_name(plan, *energy) || !energy->result || energy->result->sizes.empty()) continue; // deleted, or not computed yet
        planning::PlanResult& result = *energy->result;
        all.push_back({step.year, energy->id, energy->title, result.load, result.renewable_share, result.carbon, result.hours_without_diesel, result.cost,
            result.investment, std::move(result.sizes)});
    }
    std::ranges::stable_sort(all, {}, &StepEnergy::year);
    return all;
}

Result<ZeroView> view_of(Transaction& transaction, const Caller& caller, ZeroPlan plan) {
    ZeroPath path = path_of(plan, TRY(final_years(transaction, plan.territory, plan.base_year)));
    ZeroView view{.plan = std::move(plan), .territory_title = {}, .years = std::move(path.years), .idle_years = std::move(path.idle_years)};
    view.zero_reached = path.zero_year;
    view.measured_year = path.measured_year;
    view.behind_kg = path.behind_kg;
    view.energy = TRY(energy_of(transaction, view.plan));
    if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {view.plan.territory.text}))) view.territory_title = territory->title;
    view.may_change = owns(caller, view.plan.owner) && caller.actor.may(write_cities);
    return view;
}

auto check_with(Transaction& transaction) {
    return [&transaction](const ZeroPlan& plan) -> Result<Done> {
        TRY(check_plan(plan));
        return check_energy_plans(transaction, plan);
    };
}

Result<Page<ZeroPlan>> zero_plan_list(Transaction& transaction, const Caller& caller, const ListOf<ZeroPlan>& list) {
    return owned_page<ZeroPlan>(transaction, caller, list);
}
Result<ZeroView> zero_plan_get(Transaction& transaction, const Caller& caller, const CarbonKey<ZeroPlan>& key) {
    return view_of(transaction, caller, TRY(owned_seen(transaction, caller, key.id)));
}
Result<Reply<ZeroPlan>> zero_plan_create(Transaction& transaction, const Caller& caller, const ZeroPlan& draft) {
    return owned_create(transaction, caller, draft, check_with(transaction));
}
Result<ZeroPlan> zero_plan_update(Transaction& transaction, const Caller& caller, const Patch<ZeroPlan>& patch) {
    return owned_update(transaction, caller, patch, check_with(transaction));
}
Result<Done> zero_plan_delete(Transaction& transaction, const Caller& caller, const CarbonKey<ZeroPlan>& key) {
    TRY(owned_to_change(transaction, caller, key.id));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM island_certificate WHERE zero_plan = $1 AND state NOT IN ('draft', 'withdrawn')", {key.id.text}))
                       .single()) > 0)
        return Error{Failure::conflict, "zero_plan.certified", "A certificate rests on this plan; enter a newer plan beside it."};
    return owned_delete(transaction, caller, key);
}

} // namespace

ZeroPath path_of(const ZeroPlan& plan, const std::vector<FinalYear>& years) {
    std::map<std::int64_t, std::int64_t> measured;
    for (const FinalYear& one : years)
        if (one.inventory.year >= plan.base_year && one.inventory.year <= plan.zero_year && one.summary.net_kg)
            measured.emplace(one.inventory.year, *one.summary.net_kg);
    return zero_path(plan.base_year, plan.base_kg, plan.zero_year, cuts_of(plan), measured);
}

Result<std::optional<ZeroPlan>> newest_zero_plan(Transaction& transaction, const Id<Territory>& territory) {
    return transaction.find_one<ZeroPlan>("territory = $1 ORDER BY updated_at DESC, id DESC LIMIT 1", {territory.text});
}

Result<ZeroSummary> zero_summary_of(Transaction& transaction, const ZeroPlan& plan, const std::vector<FinalYear>& years) {
    ZeroPath path = path_of(plan, years);
    auto energy = TRY(energy_of(transaction, plan));
    return ZeroSummary{
        plan.id, plan.title, path.zero_year.value_or(plan.zero_year), std::move(path.years), path.measured_year, path.behind_kg, std::move(energy)};
}

std::vector<Endpoint> zero_plan_endpoints() {
    return {
        // clang-format off
        {"zero_plan_list", Method::get, "/zero-plans", "Plans to zero net emissions.", Mode::read, open_to_all, call(zero_plan_list)},
        {"zero_plan_get", Method::get, "/zero-plans/{id}", "One plan with what was measured on the way.", Mode::read, open_to_all, call(zero_plan_get)},
        {"zero_plan_create", Method::post, "/zero-plans", "Enter a plan to zero.", Mode::write, write_cities, call(zero_plan_create)},
        {"zero_plan_update", Method::patch, "/zero-plans/{id}", "Change a plan to zero.", Mode::write, write_cities, call(zero_plan_update)},
        {"zero_plan_delete", Method::remove, "/zero-plans/{id}", "Delete a plan to zero.", Mode::write, write_cities, call(zero_plan_delete)},
        // clang-format on
    };
}

} // namespace greenbank::cities
