// risk_records.h — how defaults hang together, as people write it: sectors with the correlation of their borrowers, and between sectors.
#pragma once

#include "finance/engine/portfolio.h"
#include "kernel/record.h"

namespace greenbank::finance {

struct SectorRow {
    std::string name;
    double correlation = 0.15; // of two borrowers of the sector
};
Record describe(const SectorRow*);
struct SectorPair {
    std::string one, other;
    double correlation = 0; // of the two sectors' factors
};
Record describe(const SectorPair*);

struct FactorFile {
    std::optional<double> correlation;     // one factor for all: of any two borrowers
    std::vector<SectorRow> sectors;        // or one factor a sector
    std::optional<double> between_sectors; // of the factors of any two sectors that are not named below
    std::vector<SectorPair> pairs;
};
Record describe(const FactorFile*);

} // namespace greenbank::finance
