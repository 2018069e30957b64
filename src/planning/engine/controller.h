// controller.h — a whole year of a site in the columns of its program, run by a controller that looks no step ahead: quickly a plan that keeps what is asked.
#pragma once

#include "planning/engine/sizing_program.h"

namespace greenbank::planning {

struct UnitOfSize { // one size that comes in whole units
    int column;
    double unit;
};

/// Several buses where converters lead from one to the next; a bus that only feeds back what it got (electrolyser, store, fuel cell) is run as one store.
class Controller {
public:
    /// `feeds`: what goes into each converter at each step where that is not too much; the rest of what its bus asks for comes on top.
    Controller(const Site& site, const Series& series, const SizingProgram& sizing, std::vector<UnitOfSize> units, std::vector<std::vector<double>> feeds);
    /// Not where converters run in rings of another kind.
    bool able() const { return able_; }
    /// `columns` comes with the sizes. Their flows are filled in; sizes that are open become what the flows ask for. False where load would stay unserved
    /// that must be served. Caps of the year are kept by leaving load unserved where it has a price, else the caller sees whether they are.
    bool run(std::vector<double>& columns) const;

private:
    struct Ring { // what is stored on a bus of its own
        std::size_t storage, in, out;
    };
    struct Year;

    void order_buses();
    std::vector<std::vector<double>> needs_of(
        const Year& year, std::size_t bus, const std::vector<double>& columns, const std::vector<std::vector<double>>& loads) const;
    bool run_bus(std::size_t bus, std::vector<double>& columns, std::vector<std::vector<double>>& loads) const;
    bool keep_caps(std::vector<double>& columns) const;
    void fit_sizes(std::vector<double>& columns) const;
    double limit_of(const Asset& asset, double size) const;

    const Site& site_;
    const Series& series_;
    const SizingProgram& sizing_;
    const std::vector<UnitOfSize> units_;
    std::vector<std::vector<double>> feeds_;
    std::size_t steps_;
    std::vector<std::size_t> order_; // of buses: what feeds another comes after it
    std::vector<Ring> rings_;
    std::vector<bool> in_ring_; // by converter
    bool able_ = true;
};

} // namespace greenbank::planning
