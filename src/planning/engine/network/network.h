// network.h — a system of buses with what generates, stores, carries and takes energy there; as PyPSA writes it to a folder of CSV files.
// Power in MW, energy in MWh, one currency; a snapshot stands for as many hours as its weightings say.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace greenbank::planning::network {

constexpr double endless = std::numeric_limits<double>::infinity();

/// One value for all snapshots, or one each.
struct Varying {
    double value = 0;
    std::vector<double> series = {};
    double at(std::size_t snapshot) const { return series.empty() ? value : series[snapshot]; }
};

/// What is there, or what may be built at which cost a unit.
struct Size {
    double given = 0, least = 0, most = endless, capital_cost = 0;
    bool extendable = false;
};

struct Bus {
    std::string name, carrier = "AC";
    double v_nom = 1; // kV
};

struct Carrier {
    std::string name;
    double co2_emissions = 0; // t for each MWh of what goes in
};

/// Runs or does not run, whole.
struct Commitment {
    bool wanted = false;
    double start_up_cost = 0, shut_down_cost = 0, stand_by_cost = 0;
    int min_up_time = 0, min_down_time = 0; // snapshots
    bool on_before = true;
};

struct Generator {
    std::string name, carrier;
    std::size_t bus = 0;
    Size size;
    Varying p_min, p_max, marginal_cost, efficiency;
    double sign = 1, energy_min = -endless, energy_max = endless;
    double ramp_up = endless, ramp_down = endless; // of the size, in a snapshot
    Commitment commitment;
};

struct Load {
    std::string name;
    std::size_t bus = 0;
    Varying p;
    double sign = -1;
};

/// Takes from the first bus, gives to the others.
struct Link {
    std::string name, carrier;
    std::size_t from = 0;
    struct Output {
        std::size_t bus;
        Varying efficiency;
    };
    std::vector<Output> outputs;
    Size size;
    Varying p_min, p_max, marginal_cost;
};

/// A line or a transformer: what flows follows the reactances of its loops.
struct Branch {
    std::string name;
    bool transformer = false;
    std::size_t from = 0, to = 0;
    double impedance = 0;   // per unit: reactance, on direct current resistance
    double phase_shift = 0; // radians
    Size size;
    Varying limit; // of the size
};

struct StorageUnit {
    std::string name, carrier;
    std::size_t bus = 0;
    Size size;
    double max_hours = 1, standing_loss = 0, initial = 0;
    Varying efficiency_store, efficiency_dispatch, inflow, p_min, p_max, marginal_cost;
    double spill_cost = 0;
    bool cyclic = false;
};

struct Store {
    std::string name, carrier;
    std::size_t bus = 0;
    Size size;
    Varying e_min, e_max, marginal_cost;
    double standing_loss = 0, initial = 0;
    bool cyclic = false;
};

enum class Sense { at_most, equal, at_least };
/// On what carriers emit.
struct EmissionLimit {
    std::string name;
    Sense sense = Sense::at_most;
    double limit = 0;
};

struct Network {
    std::string name;
    std::vector<std::string> snapshots;
    std::vector<double> objective_hours, store_hours, generator_hours;
    std::vector<Bus> buses;
    std::vector<Carrier> carriers;
    std::vector<Generator> generators;
    std::vector<Load> loads;
    std::vector<Link> links;
    std::vector<Branch> branches;
    std::vector<StorageUnit> storage_units;
    std::vector<Store> stores;
    std::vector<EmissionLimit> emission_limits;
    std::vector<std::string> ignored; // files that were there and say nothing to us

    double emissions_of(const std::string& carrier) const;
};

/// The texts of a folder by name of file ("generators.csv", "loads-p_set.csv"); columns that are missing have PyPSA's defaults. Every fault by file,
/// line and column.
Result<Network> read_network(const std::map<std::string, std::string>& files);

constexpr std::size_t snapshots_max = 100'000, components_max = 20'000;
constexpr std::size_t cells_max = 20'000'000; // components times snapshots

} // namespace greenbank::planning::network
