// plan_json.cpp — see plan_json.h.
#include "planning/plan_json.h"

#include <cmath>

#include <fmt/format.h>

#include "kernel/csv.h"

namespace greenbank::planning {

std::string_view name_of(RequirementKind kind) {
    switch (kind) {
    case RequirementKind::demand: return "demand served";
    case RequirementKind::carbon: return "carbon_max";
    case RequirementKind::renewable_share: return "renewable_share_min";
    case RequirementKind::energy_share: return "energy_share_max";
    case RequirementKind::reserve: return "reserve";
    case RequirementKind::autonomy: return "autonomy_days";
    case RequirementKind::largest_size: return "size_max";
    }
    return "";
}

std::string_view name_of(Plan::Outcome outcome) {
    switch (outcome) {
    case Plan::Outcome::optimal: return "optimal";
    case Plan::Outcome::best_so_far: return "best_so_far";
    case Plan::Outcome::infeasible: return "infeasible";
    case Plan::Outcome::unbounded: return "unbounded";
    case Plan::Outcome::stopped: return "stopped";
    }
    return "";
}

std::string sentence_of(const Shortfall& shortfall, bool amount) {
    std::string text(name_of(shortfall.kind));
    if (!shortfall.part.empty()) text += fmt::format(" of {}", shortfall.part);
    if (amount) return text + fmt::format(" by {:.6g} {}", shortfall.amount, shortfall.unit);
    return shortfall.kind == RequirementKind::demand ? text : text + fmt::format(" = {:.6g}", shortfall.amount);
}

void write_plan(JsonWriter& json, const Plan& plan) {
    json.member("outcome", name_of(plan.outcome)).member("cost_per_year", plan.cost_per_year).member("bound", plan.bound).member("gap", plan.gap);
    json.member("method", plan.method).member("iterations", static_cast<std::int64_t>(plan.iterations)).member("balance_error", plan.balance_error);
    json.member("load_per_year", plan.load_energy).member("carbon_per_year", plan.carbon).member("renewable_share", plan.renewable_share);
    json.member("hours_without_diesel", plan.hours_without_diesel).key("sizes").begin_list();
    for (const SizedAsset& asset : plan.assets)
        json.begin_object()
            .member("part", asset.part)
            .member("role", asset.role)
            .member("size", asset.size)
            .member("unit", asset.unit)
            .member("capital_per_year", asset.capital_per_year)
            .member("fixed_per_year", asset.fixed_per_year)
            .end_object();
    json.end_list().key("flows").begin_list();
    for (const PartFlow& flow : plan.flows) {
        json.begin_object().member("part", flow.part).member("kind", flow.kind).member("energy_per_year", flow.energy_per_year);
        json.member("running_per_year", flow.running_per_year).member("carbon_per_year", flow.carbon_per_year);
        if (flow.curtailed_per_year) json.member("curtailed_per_year", *flow.curtailed_per_year);
        json.end_object();
    }
    json.end_list().key("shadow_prices").begin_list();
    for (const ShadowPrice& price : plan.prices)
        json.begin_object()
            .member("requirement", name_of(price.kind))
            .member("part", price.part)
            .member("limit", price.limit)
            .member("price", price.price)
            .end_object();
    json.end_list();
    const auto list = [&](std::string_view key, const std::vector<Shortfall>& shortfalls, std::string_view number) {
        json.key(key).begin_list();
        for (const Shortfall& one : shortfalls)
            json.begin_object()
                .member("requirement", name_of(one.kind))
                .member("part", one.part)
                .member(number, one.amount)
                .member("unit", one.unit)
                .end_object();
        json.end_list();
    };
    if (plan.outcome == Plan::Outcome::infeasible) list("conflict", plan.conflict, "limit"), list("relaxation", plan.relaxation, "by");
}

std::string summary_of(const Plan& plan) {
    std::string text =
        fmt::format("{} ({}): {:.2f} a year, proven bound {:.2f}, gap {:.1e}\n", name_of(plan.outcome), plan.method, plan.cost_per_year, plan.bound, plan.gap);
    for (const SizedAsset& asset : plan.assets)
        fmt::format_to(std::back_inserter(text), "  {:<24} {:<11} {:14.3f} {}\n", asset.part, asset.role, asset.size, asset.unit);
    fmt::format_to(std::back_inserter(text), "  renewable {:.1f} %, {:.1f} t CO2e a year, {:.0f} hours without diesel\n", 100 * plan.renewable_share,
        plan.carbon, plan.hours_without_diesel);
    return text;
}

std::string schedule_csv(const std::vector<std::string>& names, const std::vector<std::vector<double>>& columns) {
    std::string text = "step";
    for (const std::string& name : names) {
        text += ',';
        append_csv_cell(text, name);
    }
    text += '\n';
    const std::size_t steps = columns.empty() ? 0 : columns.front().size();
    for (std::size_t t = 0; t < steps; ++t) {
        fmt::format_to(std::back_inserter(text), "{}", t + 1);
        for (const auto& column : columns) {
            const double value = t < column.size() ? column[t] : 0;
            fmt::format_to(std::back_inserter(text), ",{:.9g}", std::abs(value) < 1e-9 ? 0.0 : value);
        }
        text += '\n';
    }
    return text;
}

} // namespace greenbank::planning
