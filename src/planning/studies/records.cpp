// records.cpp — descriptions of studies and plans, and a result out of an engine's plan.
#include "planning/studies/records.h"

#include <cmath>

namespace greenbank::planning {

namespace {

void check_study(const void* value, Problems& problems) {
    const auto& study = *static_cast<const Study*>(value);
    if (study.title.empty()) problems.push_back({"title", "planning.title", "Say in a few words what is planned."});
    if (!decimals_of(study.currency))
        problems.push_back({"currency", "planning.currency", "There is no currency {currency}.", {{"currency", study.currency.substr(0, 10)}}});
}

} // namespace

Record describe(const Study*) {
    using One = Study;
    return {"study", "A site that is to be planned, with its series.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::organisation>("organisation", "Whose.", {.read_only = true, .filter = true}),
            field<&One::title>("title", "What is planned.", {.sort = true}),
            field<&One::about>("about", "Where the figures come from, and what is left open.", {.defaulted = true}),
            field<&One::project>("project", "The project it belongs to.", {.filter = true}),
            field<&One::monitored>("monitored", "The monitored site that plans are sent to."),
            field<&One::currency>("currency", "Of all prices.", {.min = 3, .max = 3, .defaulted = true}),
            field<&One::plant>("plant", "Demands, sources, converters, storages and requirements; prices and sizes in MW, MWh and the currency."),
            field<&One::starts_at>("starts_at", "When the first step of the series begins."),
            field<&One::steps>("steps", "Steps of the series; 0 where there is none yet.", {.read_only = true}),
            field<&One::series_source>("series_source", "Where the series comes from.", {.max = 300, .read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        },
        check_study};
}

Record describe(const StudyColumn*) {
    using One = StudyColumn;
    return {"study_column", "A column of a study's series.",
        {field<&One::id>("id", "Id.", {.read_only = true}), field<&One::study>("study", "Of which study.", {.read_only = true}),
            field<&One::number>("number", "Its place.", {.read_only = true}), field<&One::name>("name", "Its name.", {.read_only = true}),
            field<&One::values>("values", "A value each step.", {.read_only = true})}};
}

Record describe(const PlanColumnName*) {
    using One = PlanColumnName;
    return {"plan_column_name", "A column of the schedule.",
        {field<&One::name>("name", "What it is called in the schedule."), field<&One::part>("part", "The part of the plant, or the bus of a price."),
            field<&One::role>("role", "What it tells of the part."), field<&One::kind>("kind", "Of a source: which."),
            field<&One::unit>("unit", "Of the values.")}};
}

Record describe(const PlanSize*) {
    using One = PlanSize;
    return {"plan_size", "How much of a part is built.",
        {field<&One::part>("part", "The part."), field<&One::role>("role", "Source, converter, charger, discharger or reservoir."),
            field<&One::unit>("unit", "MW or MWh."), field<&One::size>("size", "How much."), field<&One::investment>("investment", "Paid once."),
            field<&One::capital>("capital", "The yearly part of that."), field<&One::fixed>("fixed", "Every year besides.")}};
}

Record describe(const PlanPartFlow*) {
    using One = PlanPartFlow;
    return {"plan_flow", "What a part delivers in a year.",
        {field<&One::part>("part", "The part."), field<&One::kind>("kind", "Source, sale, converter, storage or demand (not served)."),
            field<&One::energy>("energy", "Delivered in a year.", {.unit = "MWh"}), field<&One::carbon>("carbon", "Emitted in a year.", {.unit = "tCO2e"}),
            field<&One::running>("running", "Fuel and the like, a year."), field<&One::curtailed>("curtailed", "Left unused in a year.", {.unit = "MWh"})}};
}

Record describe(const PlanPrice*) {
    using One = PlanPrice;
    return {"plan_price", "What a requirement costs.",
        {field<&One::requirement>("requirement", "Which."), field<&One::part>("part", "Of which part."), field<&One::limit>("limit", "As it was asked."),
            field<&One::price>("price", "A year's cost falls by this when the limit is one unit (t, MWh) wider.")}};
}

Record describe(const PlanShortfall*) {
    using One = PlanShortfall;
    return {"plan_shortfall", "A requirement that stands against others.",
        {field<&One::requirement>("requirement", "Which."), field<&One::part>("part", "Of which part."), field<&One::unit>("unit", "Of the amount."),
            field<&One::amount>("amount", "As it was asked, or by how much it must give way.")}};
}

Record describe(const PlanResult*) {
    using One = PlanResult;
    return {"plan_result", "Sizes, costs and proof of a plan.",
        {
            field<&One::outcome>("outcome", "How it ended."),
            field<&One::cost>("cost", "Of a year: capital, fixed and running."),
            field<&One::bound>("bound", "Nothing is cheaper, as the prices prove."),
            field<&One::investment>("investment", "Paid once for all that is built."),
            field<&One::cost_per_mwh>("cost_per_mwh", "The cost for each MWh of load."),
            field<&One::gap>("gap", "Between cost and bound, relative."),
            field<&One::load>("load", "Electricity asked for in a year.", {.unit = "MWh"}),
            field<&One::carbon>("carbon", "Emitted in a year.", {.unit = "tCO2e"}),
            field<&One::renewable_share>("renewable_share", "Of the electricity served, 0 to 1."),
            field<&One::curtailed>("curtailed", "Sun and wind left unused in a year.", {.unit = "MWh"}),
            field<&One::hours_without_diesel>("hours_without_diesel", "Hours of a year without diesel.", {.unit = "h"}),
            field<&One::balance_error>("balance_error", "The largest imbalance of any step.", {.unit = "MW"}),
            field<&One::method>("method", "How it was solved."),
            field<&One::iterations>("iterations", "In so many rounds."),
            field<&One::sizes>("sizes", "What is built."),
            field<&One::flows>("flows", "What each part delivers."),
            field<&One::prices>("prices", "What each requirement costs."),
            field<&One::columns>("columns", "The columns of the schedule."),
            field<&One::survival>("survival", "The chance to serve all load for 1, 2 … hours when the diesel fails at any hour, 0 to 1."),
            field<&One::conflict>("conflict", "Requirements that cannot all be kept."),
            field<&One::relaxation>("relaxation", "The smallest way out."),
        }};
}

Record describe(const EnergyPlan*) {
    using One = EnergyPlan;
    return {"energy_plan", "A study planned to some requirements.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::study>("study", "Of which study.", {.filter = true}),
            field<&One::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&One::title>("title", "What is asked, in a few words.", {.sort = true}),
            field<&One::renewable_share_min>(
                "renewable_share_min", "At least this share of the electricity served is renewable, 0 to 1.", {.min = 0, .max = 1}),
            field<&One::carbon_max>("carbon_max", "CO2e a year at most.", {.unit = "tCO2e", .min = 0, .max = 1e12}),
            field<&One::autonomy_days>("autonomy_days", "Full stores last so many days of the mean load.", {.unit = "d", .min = 0, .max = 366}),
            field<&One::seconds_max>(
                "seconds_max", "After so long the best plan so far is kept, with its gap.", {.unit = "s", .min = 1, .max = 3600, .defaulted = true}),
            field<&One::state>("state", "How far it is.", {.read_only = true, .filter = true}),
            field<&One::job>("job", "The job that computes it.", {.max = 60, .read_only = true}),
            field<&One::result>("result", "What came out.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was asked for.", {.read_only = true, .sort = true}),
            field<&One::updated_at>("updated_at", "When it was done.", {.read_only = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        }};
}

Record describe(const PlanColumn*) {
    using One = PlanColumn;
    return {"plan_column", "A column of a plan's schedule.",
        {field<&One::id>("id", "Id.", {.read_only = true}), field<&One::plan>("plan", "Of which plan.", {.read_only = true}),
            field<&One::number>("number", "Its place.", {.read_only = true}), field<&One::name>("name", "Its name.", {.read_only = true}),
            field<&One::values>("values", "A value each step.", {.read_only = true})}};
}

Site plant_of(const Study& study, const EnergyPlan& plan) {
    Site site = study.plant;
    if (plan.renewable_share_min) site.requirements.renewable_share_min = plan.renewable_share_min;
    if (plan.carbon_max) site.requirements.carbon_max = plan.carbon_max;
    if (plan.autonomy_days) site.requirements.autonomy_days = plan.autonomy_days;
    return site;
}

namespace {

/// What a unit of a sized asset costs once.
double investment_of(const Site& site, const SizedAsset& asset) {
    for (const auto& source : site.sources)
        if (source.name == asset.part) return source.asset.investment;
    for (const auto& converter : site.converters)
        if (converter.name == asset.part) return converter.asset.investment;
    for (const auto& storage : site.storages) {
        if (storage.name != asset.part) continue;
        if (asset.role == "reservoir") return storage.reservoir.investment;
        return (asset.role == "discharger" && storage.discharger ? *storage.discharger : storage.charger).investment;
    }
    return 0;
}

std::vector<PlanColumnName> column_names(const Site& site, const Plan& plan) {
    std::vector<PlanColumnName> names; // in the order of read_plan
    const auto add = [&](const std::string& part, ColumnRole role, SourceKind kind = SourceKind::other) {
        names.push_back({plan.columns.at(names.size()), part, role, kind, role == ColumnRole::level ? "MWh" : role == ColumnRole::price ? "" : "MW"});
    };
    for (const auto& source : site.sources) add(source.name, ColumnRole::source, source.kind);
    for (const auto& sale : site.sales) add(sale.name, ColumnRole::sale);
    for (const auto& converter : site.converters) add(converter.name, ColumnRole::converter);
    for (const auto& storage : site.storages)
        for (const ColumnRole role : {ColumnRole::charge, ColumnRole::discharge, ColumnRole::level}) add(storage.name, role);
    for (const auto& demand : site.demands) {
        add(demand.name, ColumnRole::demand);
        if (names.size() < plan.columns.size() && plan.columns[names.size()] == demand.name + " unserved") add(demand.name, ColumnRole::unserved);
    }
    while (names.size() < plan.columns.size()) {
        const std::string& name = plan.columns[names.size()];
        add(name.substr(0, name.size() - std::string_view(" price").size()), ColumnRole::price);
    }
    return names;
}

} // namespace

PlanResult result_of(const Site& site, const Plan& plan, const std::string& currency) {
    PlanResult result;
    const double minor = std::pow(10, decimals_of(currency).value_or(2));
    const auto money = [&](double amount) { return Money{std::isfinite(amount) && std::abs(amount) < 1e15 ? std::llround(amount * minor) : 0, currency}; };
    result.outcome = plan.outcome, result.cost = money(plan.cost_per_year), result.bound = money(plan.bound);
    result.cost_per_mwh = money(plan.load_energy > 0 ? plan.cost_per_year / plan.load_energy : 0);
    result.gap = std::isfinite(plan.gap) ? plan.gap : 1;
    result.load = plan.load_energy, result.carbon = plan.carbon, result.renewable_share = plan.renewable_share;
    result.hours_without_diesel = plan.hours_without_diesel, result.balance_error = plan.balance_error;
    result.method = plan.method, result.iterations = plan.iterations;
    result.investment = money(0);
    for (const SizedAsset& asset : plan.assets) {
        result.sizes.push_back({asset.part, asset.role, asset.unit, asset.size, money(investment_of(site, asset) * asset.size), money(asset.capital_per_year),
            money(asset.fixed_per_year)});
        result.investment.minor += result.sizes.back().investment.minor;
    }
    for (const PartFlow& flow : plan.flows) {
        result.flows.push_back({flow.part, flow.kind, flow.energy_per_year, flow.carbon_per_year, money(flow.running_per_year), flow.curtailed_per_year});
        result.curtailed += flow.curtailed_per_year.value_or(0);
    }
    for (const ShadowPrice& price : plan.prices) result.prices.push_back({price.kind, price.part, price.limit, money(price.price)});
    if (!plan.columns.empty()) result.columns = column_names(site, plan);
    for (const Shortfall& one : plan.conflict) result.conflict.push_back({one.kind, one.part, one.unit, one.amount});
    for (const Shortfall& one : plan.relaxation) result.relaxation.push_back({one.kind, one.part, one.unit, one.amount});
    return result;
}

} // namespace greenbank::planning
