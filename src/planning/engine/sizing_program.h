// sizing_program.h — a site and its series as a program in stages, and which column means what.
#pragma once

#include "planning/engine/site.h"
#include "solver/staged.h"

namespace greenbank::planning {

enum class RequirementKind { demand, carbon, renewable_share, energy_share, reserve, autonomy, largest_size };

/// What may contradict another: a demand, a cap, a limit of size.
struct Requirement {
    RequirementKind kind;
    std::string part;                     // of which demand, source …; empty: of the site
    double limit = 0;                     // as it was asked
    bool energy = false;                  // of a size: MWh, not MW
    int row = -1;                         // the shared row, where it is one
    std::vector<int> excess = {};         // elastic only: columns that say by how much it is not kept
    std::vector<double> excess_unit = {}; // elastic only: MW, MWh, t … of a unit of the column
};

struct SizingProgram {
    solver::StagedProgram program;
    std::vector<std::string> buses;
    struct Part {
        int size = -1, discharger = -1, reservoir = -1; // shared columns
        std::vector<int> flow, online, out, level;      // by step: what is delivered or taken, what runs, what leaves a store, what it holds
        std::vector<int> most, least;                   // rows by step: what runs limits what is delivered
    };
    std::vector<Part> demands, sources, sales, converters, storages; // flow of a demand: what is not served
    std::vector<std::vector<int>> keeps;                             // row by storage and step: how its level goes on
    std::vector<std::vector<int>> balances;                          // row by bus and step
    std::vector<int> reserves;                                       // row by step, where one is asked
    std::vector<Requirement> requirements;
    double year = 1;        // a year in the length of the series
    double load_energy = 0; // of electricity, MWh over the series
};

/// `elastic`: whatever may contradict gets a way out, at a cost of its own.
SizingProgram sizing_program(const Site& site, const Series& series, bool elastic = false);

/// What one MWh more in a store is worth at the end of each step, by the prices of an answer.
std::vector<double> level_prices(const SizingProgram& sizing, const solver::StagedAnswer& answer, std::size_t storage);

double load_of(const Demand& demand, const Series& series, std::size_t step);

} // namespace greenbank::planning
