// equation.h — equations of methodologies: + - * / ^, comparisons within if(), min max sqrt exp ln abs, numbers with a unit in brackets ("3.6 [MJ/kWh]"),
// and names. Pure and safe: a formula knows the values it is given and nothing else, has no loops and no calls of its own, and its work is bounded by its
// length. Units are checked once, before any value is known; values are in base units, so kWh times tCO2/MWh is right without a conversion factor.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"
#include "kernel/units.h"

namespace greenbank::carbon {

/// a · b, a / b, a to a whole power; nothing where exponents or currencies do not go together.
std::optional<Dimension> multiplied(const Dimension& a, const Dimension& b, int power_of_b = 1);

class Equation {
public:
    static constexpr std::size_t length_max = 2'000, names_max = 64, depth_max = 40;

    /// Failure::invalid "equation.syntax", "equation.unit", "equation.too_long", each with the place where reading stopped.
    static Result<Equation> parse(std::string_view text);

    /// In the order of their first use.
    const std::vector<std::string>& names() const { return names_; }

    /// What it measures, given what its names do. Failure::invalid "equation.dimension" where it adds or compares what differs.
    Result<Dimension> dimension(std::span<const Dimension> of_names) const;

    struct Value {
        double value = 0;
        std::vector<double> slopes; // by name: exact first derivatives
        bool sound = true;          // false: somewhere on the way there was no number; never so in an answer
    };
    /// Failure::invalid "equation.value" where it divides by nothing, takes a root or logarithm below 0, or grows beyond all numbers.
    Result<Value> value(std::span<const double> of_names) const;

private:
    enum class Operation : std::uint8_t { number, name, add, subtract, multiply, divide, negate, power, less, at_most, choose, min, max, sqrt, exp, ln, abs };
    struct Step {
        Operation operation;
        double number = 0;
        std::size_t name = 0;
        Dimension dimension = {};
    };
    class Reader;

    std::vector<Step> steps_; // operands before operations
    std::vector<std::string> names_;
};

} // namespace greenbank::carbon
