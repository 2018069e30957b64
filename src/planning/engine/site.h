// site.h — what a site may consist of: demands, sources, converters and stores on buses; what they cost, and what is required.
// Power in MW, energy in MWh (a bus of water counts in whatever its demand is written in), money in one currency, carbon in t.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/record.h"

namespace greenbank::planning {

enum class SeriesUnit { megawatt, kilowatt };
enum class SourceKind { solar, wind, hydro, biogas, diesel, grid, other };

/// What can be built. Either `size` says how much there is, or the plan decides between the limits.
struct Asset {
    double investment = 0, life_years = 20, fixed_per_year = 0; // a unit of size
    double size_min = 0;
    std::optional<double> size_max, size;
    std::optional<double> unit_size; // only whole numbers of them
};
Record describe(const Asset*);

struct Demand {
    std::string name, bus = "electricity", column;
    SeriesUnit unit = SeriesUnit::megawatt;
    std::optional<double> unserved_price; // per MWh not served; absent: all is served
};
Record describe(const Demand*);

struct Source {
    std::string name, bus = "electricity";
    SourceKind kind = SourceKind::other;
    std::optional<std::string> column; // what share of the size is there at each step; absent: all of it
    Asset asset;
    double running_per_mwh = 0, carbon_per_mwh = 0;
    std::optional<std::string> price_column; // added to running_per_mwh at each step
    std::optional<double> energy_share_max;  // of the load of its bus over the whole series
    double minimum_load = 0;                 // of what is running
    double idle_cost = 0;                    // per MW running and hour, whether it delivers or not
    double ramp = 1;                         // of the size in an hour
    std::int64_t up_hours_min = 1, down_hours_min = 1;
};
Record describe(const Source*);

struct Sale {
    std::string name, bus = "electricity";
    double price_per_mwh = 0;
    std::optional<std::string> price_column;
    double power_max = 0;
};
Record describe(const Sale*);

struct Converter {
    std::string name, from, to;
    double efficiency = 1; // out of in; of a heat pump above 1
    std::optional<std::string> efficiency_column;
    Asset asset;                // of what goes in
    double running_per_mwh = 0; // of what goes in
};
Record describe(const Converter*);

struct Storage {
    std::string name, bus = "electricity";
    Asset charger;                   // what goes in, seen from the bus
    std::optional<Asset> discharger; // what goes out, seen from the store; absent: the charger limits both
    Asset reservoir;                 // MWh
    double charge_efficiency = 1, discharge_efficiency = 1;
    double loss_per_hour = 0; // share of what is stored
    double wear_per_mwh = 0;  // of what is taken out
};
Record describe(const Storage*);

struct Requirements {
    std::optional<double> carbon_max;          // t a year
    std::optional<double> renewable_share_min; // of the electricity that is served
    double reserve_of_load = 0, reserve_of_variable = 0;
    std::optional<double> autonomy_days; // of the mean load, in full stores
};
Record describe(const Requirements*);

struct Site {
    std::string name;
    double discount_percent = 7, step_hours = 1;
    std::vector<Demand> demands;
    std::vector<Source> sources;
    std::vector<Sale> sales;
    std::vector<Converter> converters;
    std::vector<Storage> storages;
    Requirements requirements;
};
Record describe(const Site*);

/// What every year costs for what was invested once.
double annuity(double investment, double life_years, double discount_percent);
double yearly_cost(const Asset& asset, double discount_percent);
bool is_renewable(SourceKind kind);
/// The site where each t that its sources emit costs so much more.
Site with_carbon_price(Site site, double price);

/// Columns of numbers of equal length, by name.
struct Series {
    std::vector<std::string> names;
    std::vector<std::vector<double>> columns;
    std::size_t steps() const { return columns.empty() ? 0 : columns.front().size(); }
    const std::vector<double>* find(std::string_view name) const;
};

/// What does not fit between a site and its series: columns that are missing, shares outside 0 to 1, negative loads, units that look mixed.
Problems problems_of(const Site& site, const Series& series);
/// The columns that the site reads.
std::vector<std::string> columns_of(const Site& site);

} // namespace greenbank::planning

template <> struct greenbank::Choices<greenbank::planning::SeriesUnit> {
    static constexpr std::string_view name = "series_unit";
    static constexpr std::string_view values[] = {"MW", "kW"};
};
template <> struct greenbank::Choices<greenbank::planning::SourceKind> {
    static constexpr std::string_view name = "source_kind";
    static constexpr std::string_view values[] = {"solar", "wind", "hydro", "biogas", "diesel", "grid", "other"};
};
