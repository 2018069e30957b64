// compare.h — two products held against each other: one system of both, in which the factors that both use are the same thing and vary together.
// Method: dependent sampling (Henriksson et al. 2015): of the difference only what is not common makes it uncertain.
#pragma once

#include "carbon/engine/footprint.h"
#include "carbon/products/convert.h"

namespace greenbank::carbon {

struct Comparison {
    double first = 0, second = 0; // kgCO2e for the functional unit of the first
    double amount = 1;            // that unit
    std::string unit;
    std::vector<std::string> common; // factors of both, by name
    std::int64_t samples = 0;
    double first_lower = 0;                                                // share of the samples in which the first is lower
    double difference_low = 0, difference_median = 0, difference_high = 0; // second less first: the middle 95 %
    std::vector<double> histogram;                                         // of the difference, as Footprint::histogram
};
Record describe(const Comparison*);

/// Both as they were computed, with the factors kept then. Failure::invalid where they do not count the same thing or not in the same edition of warming potentials.
Result<Comparison> compare(const Footprint& first, const Footprint& second, const MonteCarlo& settings);

} // namespace greenbank::carbon
