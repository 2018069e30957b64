// pedigree.h — five scores of an exchange's data to the spread that they stand for.
// Method: pedigree matrix of Weidema and Wesnæs (1996) with the uncertainty factors of ecoinvent 2: the squares of the logarithms add up.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace greenbank::carbon {

/// Scores 1 (best) to 5: reliability, completeness, time, place, technology; 0: not known.
using Pedigree = std::array<int, 5>;
/// "(1;3;2;5;1)", "1,3,2,5,1"; nothing for another text.
std::optional<Pedigree> parse_pedigree(std::string_view text);
/// Standard deviation of the logarithm; `basic` is the factor of the kind of exchange by itself.
double deviation_of(const Pedigree& pedigree, double basic = 1.05);

} // namespace greenbank::carbon
