// plans.cpp — entering plans and looking up what was meant for a moment.
#include "energy/reports/plans.h"

#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "energy/watch/operations.h"

namespace greenbank::energy {

namespace {

void check_plan(const void* value, Problems& problems) {
    const auto& plan = *static_cast<const SitePlan*>(value);
    if (!parse_unit(plan.unit)) problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", plan.unit}}});
    for (std::size_t i = 0; i < plan.values.size(); ++i)
        if (!std::isfinite(plan.values[i])) problems.push_back({fmt::format("values[{}]", i), "plan.value", "A plan has a finite number for every step."});
}

Time end_of(const SitePlan& plan) { return plan.starts_at + seconds(plan.step_seconds * static_cast<std::int64_t>(plan.values.size())); }

} // namespace

Record describe(const SitePlan*) {
    using R = SitePlan;
    return {"site_plan", "What a site means to do.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::site>("site", "The site.", {.filter = true}),
            field<&R::channel>("channel", "The key of the channel.", {.min = 1, .max = 120, .filter = true}),
            field<&R::unit>("unit", "Of the values.", {.min = 1, .max = 40}), field<&R::starts_at>("starts_at", "When the first step begins.", {.sort = true}),
            field<&R::step_seconds>("step_seconds", "How long a step is.", {.unit = "s", .min = 60, .max = 86'400, .defaulted = true}),
            field<&R::values>("values", "A value each step.", {.min = 1, .max = 10'000}),
            field<&R::source>("source", "Where it comes from.", {.max = 300, .defaulted = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::updated_at>("updated_at", "When changed.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        check_plan};
}

Result<std::optional<PlanSeries>> read_plan(Transaction& transaction, const Id<Site>& site, const std::string& channel) {
    PlanSeries series;
    series.plans = TRY(transaction.find<SitePlan>("site = $1 AND channel = $2 ORDER BY created_at DESC, id DESC LIMIT 400", {site.text, channel}));
    if (series.plans.empty()) return std::optional<PlanSeries>{};
    series.unit = series.plans.front().unit;
    return std::optional(std::move(series));
}

std::optional<double> planned_at(const PlanSeries& series, Time at) {
    for (const SitePlan& plan : series.plans)
        if (at >= plan.starts_at && at < end_of(plan))
            return plan.values[static_cast<std::size_t>((at - plan.starts_at).microseconds / (plan.step_seconds * 1'000'000))];
    return {};
}

std::vector<std::pair<Time, double>> planned_values(const PlanSeries& series, Time from, Time to) {
    std::set<Time> begins;
    for (const SitePlan& plan : series.plans) {
        const Duration step = seconds(plan.step_seconds);
        const std::int64_t skipped = from <= plan.starts_at ? 0 : ((from - plan.starts_at).microseconds + step.microseconds - 1) / step.microseconds;
        for (auto i = skipped; i < static_cast<std::int64_t>(plan.values.size()); ++i) {
            const Time at = plan.starts_at + Duration{step.microseconds * i};
            if (at >= to) break;
            begins.insert(at);
        }
    }
    std::vector<std::pair<Time, double>> values;
    for (const Time at : begins) values.emplace_back(at, *planned_at(series, at));
    return values;
}

std::optional<double> planned_sum(const PlanSeries& series, Time from, Time to) {
    // Edges of all steps within the range; between two of them one value holds.
    std::set<Time> edges{from, to};
    for (const SitePlan& plan : series.plans) {
        if (end_of(plan) <= from || plan.starts_at >= to) continue;
        for (std::size_t i = 0; i <= plan.values.size(); ++i) {
            const Time at = plan.starts_at + seconds(plan.step_seconds * static_cast<std::int64_t>(i));
            if (at > from && at < to) edges.insert(at);
        }
    }
    std::optional<double> sum;
    for (auto begin = edges.begin(), end = std::next(begin); end != edges.end(); ++begin, ++end)
        if (const auto value = planned_at(series, *begin)) sum = sum.value_or(0) + *value * static_cast<double>((*end - *begin).microseconds) / 3600e6;
    return sum;
}

namespace {

Result<Reply<SitePlan>> site_plan_create(Transaction& transaction, const Caller& caller, const SitePlan& draft) {
    SitePlan plan = draft;
    const Site site = TRY(to_change(transaction, caller, plan.site));
    plan.id = caller.new_id<SitePlan>();
    plan.organisation = site.organisation;
    plan.created_at = plan.updated_at = caller.now;
    TRY(transaction.insert(plan));
    return Reply<SitePlan>{.body = std::move(plan), .status = 201};
}
Result<Done> site_plan_delete(Transaction& transaction, const Caller& caller, const KeyOf<SitePlan>& key) {
    return transaction.erase(TRY(to_change(transaction, caller, key.id)).id);
}
Result<SitePlan> site_plan_get(Transaction& transaction, const Caller& caller, const KeyOf<SitePlan>& key) { return seen(transaction, caller, key.id); }
Result<Page<SitePlan>> site_plan_list(Transaction& transaction, const Caller& caller, const ListOf<SitePlan>& list) {
    return listed(transaction, caller, list);
}

} // namespace

std::vector<Endpoint> plan_endpoints() {
    return {
        // clang-format off
        {"site_plan_list", Method::get, "/site-plans", "Plans of one's sites.", Mode::read, signed_in, call(site_plan_list)},
        {"site_plan_get", Method::get, "/site-plans/{id}", "One plan.", Mode::read, signed_in, call(site_plan_get)},
        {"site_plan_create", Method::post, "/site-plans", "Enter a plan; where plans overlap, the later one holds.", Mode::write, write_watch, call(site_plan_create)},
        {"site_plan_delete", Method::remove, "/site-plans/{id}", "Delete a plan.", Mode::write, write_watch, call(site_plan_delete)},
        // clang-format on
    };
}

} // namespace greenbank::energy
