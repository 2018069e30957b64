// formula.h — a channel computed from others: "grid_import * step * grid_factor". Units are checked before anything is computed. Pure.
//
// Numbers, names, + - * / and parentheses, `12 [kWh]` for a number with a unit; abs(x), min(x, y, …), max(x, y, …), positive(x) (what is above zero).
// The name `step` is the length of one step of time, so that power * step is energy.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"
#include "kernel/units.h"

namespace greenbank::energy {

constexpr std::size_t formula_bytes_max = 2000, formula_depth_max = 64, formula_steps_max = 1000;

struct FormulaStep {
    enum class Kind { number, name, add, subtract, multiply, divide, negate, absolute, least, greatest, positive };
    Kind kind;
    double number = 0; // in base units
    Dimension dimension = {};
    std::size_t name = 0;      // in Formula::names
    std::size_t arguments = 0; // of least, greatest
};

/// In the order of a stack machine: arguments, then what is done with them.
struct Formula {
    std::vector<FormulaStep> steps;
    std::vector<std::string> names; // each once, in the order of their mention
};

/// Faults are said with their place: "at character 7".
Result<Formula> parse_formula(std::string_view text);

/// The unit of each name, as written in its description.
using NamedUnits = std::map<std::string, std::string, std::less<>>;
/// The dimension of the result; sums and comparisons of unlike dimensions are refused.
Result<Dimension> dimension_of(const Formula& formula, const NamedUnits& units);
/// Fails where the result is not of the dimension of `unit`.
Result<Done> check_formula(const Formula& formula, const NamedUnits& units, std::string_view unit);

/// A formula for many moments: values come in the units of their names, results leave in `unit`.
class Evaluator {
public:
    /// The formula must have passed check_formula with the same units.
    Evaluator(Formula formula, const NamedUnits& units, std::string_view unit);
    /// `values` in the order of formula.names. No number where something is unknown, or divided by zero.
    double at(const std::vector<double>& values) const;
    const std::vector<std::string>& names() const { return formula_.names; }

private:
    Formula formula_;
    std::vector<Unit> units_;
    Unit unit_;
};

} // namespace greenbank::energy
