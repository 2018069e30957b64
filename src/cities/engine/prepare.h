// prepare.h — the steps before normalisation: denominate, impute, screen, treat. Each says all that it cannot do, by unit and indicator.
#pragma once

#include "cities/engine/distribution.h"
#include "cities/engine/recipe.h"

namespace greenbank::cities {

/// A table on its way: which rows of the data are still in it, and its columns by indicator.
struct Table {
    std::vector<std::size_t> rows;
    Columns columns;
};

/// What the steps are told beside the table.
struct Context {
    const Framework& framework;
    const Dataset& data;

    const std::string& code(std::size_t indicator) const { return framework.nodes[indicator].code; }
    /// "AUS, LPI", with its period where there are several.
    std::string place(const Table& table, std::size_t row, std::size_t indicator) const;
};

struct Treatment {
    std::size_t indicator;
    double skewness_before, kurtosis_before, skewness_after, kurtosis_after;
    std::size_t winsorised = 0;
    Transform transform = Transform::none;
    bool settled = true; // within the limits now
};

void denominate(const Context& context, const Denominate& how, Table& table, Problems& problems);
void impute(const Context& context, const Impute& how, Table& table, Problems& problems);
void screen(const Context& context, const Screen& how, Table& table, Problems& problems);
std::vector<Treatment> treat(const Context& context, const Treat& how, Table& table, Problems& problems);

/// Missing numbers by expectation and maximisation under a normal distribution of these columns together (Dempster, Laird and Rubin 1977).
/// A row that has none of them gets the means.
void impute_em(Columns& columns);

} // namespace greenbank::cities
