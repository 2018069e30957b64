// site.cpp — the descriptions, what contradicts itself in a site, and what does not fit its series.
#include "planning/engine/site.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace greenbank::planning {

Record describe(const Asset*) {
    return {"plan_asset", "What can be built, and what a unit of it costs.",
        {field<&Asset::investment>("investment", "Once, for a unit of size (MW or MWh).", {.min = 0, .max = 1e12, .defaulted = true}),
            field<&Asset::life_years>("life_years", "After so many years it is bought again.", {.unit = "a", .min = 1, .max = 80, .defaulted = true}),
            field<&Asset::fixed_per_year>("fixed_per_year", "Every year, for a unit of size.", {.min = 0, .max = 1e12, .defaulted = true}),
            field<&Asset::size_min>("size_min", "At least so much is built.", {.min = 0, .max = 1e9, .defaulted = true}),
            field<&Asset::size_max>("size_max", "At most so much is built.", {.min = 0, .max = 1e9}),
            field<&Asset::size>("size", "So much is there; nothing is to be decided.", {.min = 0, .max = 1e9}),
            field<&Asset::unit_size>("unit_size", "Only whole numbers of this size can be bought.", {.min = 1e-6, .max = 1e9})},
        [](const void* record, Problems& problems) {
            const auto& asset = *static_cast<const Asset*>(record);
            if (asset.size_max && *asset.size_max < asset.size_min)
                problems.push_back({"size_max", "planning.sizes_crossed", "The largest size is below the smallest."});
        }};
}

Record describe(const Demand*) {
    return {"plan_demand", "What must be served at every step.",
        {field<&Demand::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Demand::bus>(
                "bus", "Where it is taken: electricity, or any other name such as heat, water or hydrogen.", {.min = 1, .max = 40, .defaulted = true}),
            field<&Demand::column>("column", "The column of the series.", {.min = 1, .max = 80}),
            field<&Demand::unit>("unit", "What the column is written in.", {}),
            field<&Demand::unserved_price>("unserved_price", "The harm of a MWh not served; left out, all must be served.", {.min = 0, .max = 1e9})}};
}

Record describe(const Source*) {
    return {"plan_source", "What delivers to a bus.",
        {field<&Source::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Source::bus>("bus", "Where it delivers.", {.min = 1, .max = 40, .defaulted = true}),
            field<&Source::kind>("kind", "What it is; solar, wind, hydro and biogas count as renewable.", {.defaulted = true}),
            field<&Source::column>("column", "The column with the share of the size that is there at each step, 0 to 1.", {.min = 1, .max = 80}),
            field<&Source::asset>("asset", "Its size in MW.", {}),
            field<&Source::running_per_mwh>("running_per_mwh", "For each MWh delivered.", {.min = -1e6, .max = 1e6, .defaulted = true}),
            field<&Source::carbon_per_mwh>("carbon_per_mwh", "CO2e for each MWh delivered.", {.unit = "t", .min = 0, .max = 100, .defaulted = true}),
            field<&Source::price_column>("price_column", "A column of prices per MWh that are added at each step.", {.min = 1, .max = 80}),
            field<&Source::energy_share_max>("energy_share_max", "At most this share of the bus's load over the series, 0 to 1.", {.min = 0, .max = 1}),
            field<&Source::minimum_load>("minimum_load", "What runs delivers at least this share of its size.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Source::idle_cost>(
                "idle_cost", "For each MW that runs and hour, delivering or not: fuel at no load.", {.min = 0, .max = 1e6, .defaulted = true}),
            field<&Source::ramp>("ramp", "Change in an hour at most, as a share of the size.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Source::up_hours_min>("up_hours_min", "Once started it runs so long (dispatch).", {.unit = "h", .min = 1, .max = 168, .defaulted = true}),
            field<&Source::down_hours_min>(
                "down_hours_min", "Once stopped it rests so long (dispatch).", {.unit = "h", .min = 1, .max = 168, .defaulted = true})}};
}

Record describe(const Sale*) {
    return {"plan_sale", "What is sold beyond the site.",
        {field<&Sale::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Sale::bus>("bus", "Where it is taken.", {.min = 1, .max = 40, .defaulted = true}),
            field<&Sale::price_per_mwh>("price_per_mwh", "What a MWh earns.", {.min = -1e6, .max = 1e6, .defaulted = true}),
            field<&Sale::price_column>("price_column", "A column of prices per MWh that are added at each step.", {.min = 1, .max = 80}),
            field<&Sale::power_max>("power_max", "At most so much at a time.", {.unit = "MW", .min = 0, .max = 1e9})}};
}

Record describe(const Converter*) {
    return {"plan_converter", "What takes from one bus and gives to another: heat pump, electrolyser, desalination, charger.",
        {field<&Converter::name>("name", "Its name.", {.min = 1, .max = 80}), field<&Converter::from>("from", "The bus it takes from.", {.min = 1, .max = 40}),
            field<&Converter::to>("to", "The bus it gives to.", {.min = 1, .max = 40}),
            field<&Converter::efficiency>("efficiency", "Out of one in.", {.min = 1e-6, .max = 1e6, .defaulted = true}),
            field<&Converter::efficiency_column>("efficiency_column", "A column that multiplies it at each step.", {.min = 1, .max = 80}),
            field<&Converter::asset>("asset", "Its size, of what goes in.", {}),
            field<&Converter::running_per_mwh>("running_per_mwh", "For each MWh that goes in.", {.min = 0, .max = 1e6, .defaulted = true})}};
}

Record describe(const Storage*) {
    return {"plan_storage", "What keeps energy of a bus: battery, hydrogen with electrolyser and fuel cell, tank of heat or water.",
        {field<&Storage::name>("name", "Its name.", {.min = 1, .max = 80}),
            field<&Storage::bus>("bus", "Where it takes and gives.", {.min = 1, .max = 40, .defaulted = true}),
            field<&Storage::charger>("charger", "What goes in, in MW at the bus.", {}),
            field<&Storage::discharger>("discharger", "What goes out, in MW at the store; left out, the charger's size limits both.", {}),
            field<&Storage::reservoir>("reservoir", "What it holds, in MWh.", {}),
            field<&Storage::charge_efficiency>("charge_efficiency", "Stored of what is taken.", {.min = 1e-3, .max = 1, .defaulted = true}),
            field<&Storage::discharge_efficiency>("discharge_efficiency", "Given of what leaves the store.", {.min = 1e-3, .max = 1, .defaulted = true}),
            field<&Storage::loss_per_hour>("loss_per_hour", "Share of what is stored that is lost in an hour.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Storage::wear_per_mwh>("wear_per_mwh", "Ageing: for each MWh that leaves the store.", {.min = 0, .max = 1e6, .defaulted = true})}};
}

Record describe(const Requirements*) {
    return {"plan_requirements", "What a plan must keep.",
        {field<&Requirements::carbon_max>("carbon_max", "CO2e a year at most.", {.unit = "t", .min = 0, .max = 1e12}),
            field<&Requirements::renewable_share_min>(
                "renewable_share_min", "At least this share of the electricity served, 0 to 1, is not from other sources.", {.min = 0, .max = 1}),
            field<&Requirements::reserve_of_load>(
                "reserve_of_load", "Power that stands ready, as a share of the load.", {.min = 0, .max = 10, .defaulted = true}),
            field<&Requirements::reserve_of_variable>(
                "reserve_of_variable", "Besides, as a share of what sources with a series deliver.", {.min = 0, .max = 10, .defaulted = true}),
            field<&Requirements::autonomy_days>(
                "autonomy_days", "Full stores of electricity last so many days of the mean load.", {.unit = "d", .min = 0, .max = 366})}};
}

Record describe(const Site*) {
    return {"plan_site", "A microgrid, an island or a park that is to be planned.",
        {field<&Site::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&Site::discount_percent>("discount_percent", "Discount rate.", {.unit = "%", .min = 0, .max = 50, .defaulted = true}),
            field<&Site::step_hours>("step_hours", "Length of a step of the series.", {.unit = "h", .min = 0.01, .max = 24, .defaulted = true}),
            field<&Site::demands>("demands", "What must be served.", {.min = 1, .max = 50}),
            field<&Site::sources>("sources", "What delivers.", {.min = 0, .max = 100, .defaulted = true}),
            field<&Site::sales>("sales", "What is sold.", {.min = 0, .max = 20, .defaulted = true}),
            field<&Site::converters>("converters", "What joins buses.", {.min = 0, .max = 50, .defaulted = true}),
            field<&Site::storages>("storages", "What keeps energy.", {.min = 0, .max = 30, .defaulted = true}),
            field<&Site::requirements>("requirements", "What a plan must keep.", {.defaulted = true})},
        [](const void* record, Problems& problems) {
            const auto& site = *static_cast<const Site*>(record);
            std::set<std::string> names;
            const auto once = [&](std::string_view list, std::size_t i, const std::string& name) {
                if (!names.insert(name).second)
                    problems.push_back({fmt::format("{}[{}].name", list, i), "planning.name_twice", "The name {name} stands twice; each part needs its own.",
                        {{"name", name}}});
            };
            for (std::size_t i = 0; i < site.demands.size(); ++i) once("demands", i, site.demands[i].name);
            for (std::size_t i = 0; i < site.sources.size(); ++i) once("sources", i, site.sources[i].name);
            for (std::size_t i = 0; i < site.sales.size(); ++i) once("sales", i, site.sales[i].name);
            for (std::size_t i = 0; i < site.converters.size(); ++i) once("converters", i, site.converters[i].name);
            for (std::size_t i = 0; i < site.storages.size(); ++i) once("storages", i, site.storages[i].name);
            std::set<std::string> buses;
            for (const auto& demand : site.demands) buses.insert(demand.bus);
            for (const auto& sale : site.sales) buses.insert(sale.bus);
            for (const auto& converter : site.converters) buses.insert(converter.from);
            for (std::size_t i = 0; i < site.converters.size(); ++i)
                if (!buses.contains(site.converters[i].to))
                    problems.push_back({fmt::format("converters[{}].to", i), "planning.bus_unused", "Nothing takes from the bus {bus}; check its name.",
                        {{"bus", site.converters[i].to}}});
            for (std::size_t i = 0; i < site.sources.size(); ++i) {
                const Source& source = site.sources[i];
                if (!buses.contains(source.bus))
                    problems.push_back(
                        {fmt::format("sources[{}].bus", i), "planning.bus_unused", "Nothing takes from the bus {bus}; check its name.", {{"bus", source.bus}}});
                const bool free = source.running_per_mwh < 0 && !source.price_column && !source.asset.size_max && !source.asset.size;
                if (free)
                    problems.push_back({fmt::format("sources[{}].asset.size_max", i), "planning.free_energy",
                        "{name} earns money by running and has no largest size, so the best plan would be infinite; say how much there is.",
                        {{"name", source.name}}});
            }
        }};
}

double annuity(double investment, double life_years, double discount_percent) {
    const double rate = discount_percent / 100;
    return rate == 0 ? investment / life_years : investment * rate / (1 - std::pow(1 + rate, -life_years));
}
double yearly_cost(const Asset& asset, double discount_percent) { return annuity(asset.investment, asset.life_years, discount_percent) + asset.fixed_per_year; }
Site with_carbon_price(Site site, double price) {
    for (Source& source : site.sources) source.running_per_mwh += price * source.carbon_per_mwh;
    return site;
}

bool is_renewable(SourceKind kind) { return kind == SourceKind::solar || kind == SourceKind::wind || kind == SourceKind::hydro || kind == SourceKind::biogas; }

const std::vector<double>* Series::find(std::string_view name) const {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return &columns[i];
    return nullptr;
}

std::vector<std::string> columns_of(const Site& site) {
    std::set<std::string> all;
    const auto take = [&](const std::optional<std::string>& column) {
        if (column) all.insert(*column);
    };
    for (const auto& demand : site.demands) all.insert(demand.column);
    for (const auto& source : site.sources) take(source.column), take(source.price_column);
    for (const auto& sale : site.sales) take(sale.price_column);
    for (const auto& converter : site.converters) take(converter.efficiency_column);
    return {all.begin(), all.end()};
}

Problems problems_of(const Site& site, const Series& series) {
    Problems problems;
    const auto column = [&](const std::string& field, const std::string& name) -> const std::vector<double>* {
        const auto* found = series.find(name);
        if (!found) problems.push_back({field, "planning.no_column", "The series has no column {column}.", {{"column", name}}});
        return found;
    };
    const auto first_outside = [&](const std::vector<double>& values, double low, double high) {
        return static_cast<std::size_t>(std::find_if(values.begin(), values.end(), [&](double v) { return !(v >= low && v <= high); }) - values.begin());
    };
    double peak = 0;
    for (std::size_t i = 0; i < site.demands.size(); ++i) {
        const std::string field = fmt::format("demands[{}].column", i);
        const auto* values = column(field, site.demands[i].column);
        if (!values) continue;
        if (const std::size_t at = first_outside(*values, 0, 1e12); at < values->size())
            problems.push_back({field, "planning.load_negative", "A demand cannot be {value} (step {step} of column {column}).",
                {{"value", fmt::format("{}", (*values)[at])}, {"step", std::to_string(at + 1)}, {"column", site.demands[i].column}}});
        else if (!values->empty())
            peak = std::max(peak, *std::max_element(values->begin(), values->end()) * (site.demands[i].unit == SeriesUnit::kilowatt ? 1e-3 : 1));
    }
    if (peak > 200'000) // more than most countries
        problems.push_back({"demands", "planning.units_mixed", "The largest demand would be {peak} MW; is its column written in kW?",
            {{"peak", fmt::format("{:.0f}", peak)}}});
    for (std::size_t i = 0; i < site.sources.size(); ++i) {
        const Source& source = site.sources[i];
        const std::string field = fmt::format("sources[{}].column", i);
        if (source.price_column) column(fmt::format("sources[{}].price_column", i), *source.price_column);
        if (!source.column) continue;
        const auto* values = column(field, *source.column);
        if (!values) continue;
        if (const std::size_t at = first_outside(*values, 0, 1 + 1e-9); at < values->size())
            problems.push_back(
                {field, "planning.share_outside", "{name} has {value} at step {step} of column {column}; it must be a share of its size, 0 to 1, not kW or MW.",
                    {{"name", source.name}, {"value", fmt::format("{}", (*values)[at])}, {"step", std::to_string(at + 1)}, {"column", *source.column}}});
    }
    for (std::size_t i = 0; i < site.sales.size(); ++i)
        if (site.sales[i].price_column) column(fmt::format("sales[{}].price_column", i), *site.sales[i].price_column);
    for (std::size_t i = 0; i < site.converters.size(); ++i)
        if (site.converters[i].efficiency_column) {
            const std::string field = fmt::format("converters[{}].efficiency_column", i);
            const auto* values = column(field, *site.converters[i].efficiency_column);
            if (values && first_outside(*values, 0, 1e6) < values->size())
                problems.push_back({field, "planning.efficiency_negative", "An efficiency in column {column} is negative.",
                    {{"column", *site.converters[i].efficiency_column}}});
        }
    return problems;
}

} // namespace greenbank::planning
