// calculate.h — a product system to its footprint: solved, taken apart, drawn.
#pragma once

#include "carbon/products/convert.h"

namespace greenbank::carbon {

struct CalculateOptions {
    std::string scenario; // empty: none
    std::uint32_t samples = 0;
    std::uint64_t seed = 1;
    unsigned threads = 1;
    std::function<bool(std::uint32_t done)> going = {}; // asked between draws; false ends them
};

/// Everything of a Footprint but its id, owner, person and time. Failure::conflict "job.stopped" where `going` said so.
Result<Footprint> calculate(const ProductSystem& system, const FactorSource& factors, const CalculateOptions& options);

/// The column that makes a product. Failure::invalid "footprint.no_product" where none does.
Result<std::uint32_t> column_making(const Inventory& inventory, const Matrix& matrix, const std::string& product);
/// Why a matrix has no answer.
Error unsolved(const Fault& fault, const Inventory& inventory, const Matrix& matrix);
/// The least and the greatest of the numbers, then how many lie in each of 30 even parts between them.
std::vector<double> histogram_of(const std::vector<double>& numbers);

/// The factors that a footprint used and no others: with them it gives the same figures again.
FactorSource kept_factors(const Footprint& footprint);

} // namespace greenbank::carbon
