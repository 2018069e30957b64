// formula.h — formulas over parameters: + - * / ^, comparisons, if(…;…;…), the usual functions. A parameter may be a formula of others; one that goes
// back to itself is a fault with its way round.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace greenbank::carbon {

/// Names and their formulas; values are formulas of one number. Names differ by more than case.
class Formulas {
public:
    /// A later one of that name takes the place of the earlier.
    void set(std::string_view name, std::string formula);
    void set(std::string_view name, double value);

    /// Failure::invalid "formula.unreadable", "formula.unknown", "formula.recursion", "formula.not_finite" with the formula named.
    Result<double> value_of(std::string_view name) const;
    Result<double> evaluate(std::string_view formula) const;

private:
    struct Entry {
        std::string formula;
        std::optional<double> value;
        mutable bool open = false;
    };
    friend class FormulaReader;
    std::map<std::string, Entry, std::less<>> entries_; // lower case
};

} // namespace greenbank::carbon
