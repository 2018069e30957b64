// balances.h — a load by purposes, waste as a mass balance, energy as carbon by the factor of its hour. Pure; parts always add up to the whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "energy/engine/telemetry/points.h"
#include "kernel/result.h"

namespace greenbank::energy {

struct PurposeShare {
    std::string purpose; // "lighting"
    double share = 0;    // weights; they need not add up to one
};
/// A whole number split by shares, to the last unit (largest remainder, ties to the first). Shares are finite, not negative, not all zero.
Result<std::vector<std::int64_t>> disaggregate(std::int64_t total, const std::vector<PurposeShare>& shares);

/// What was collected must be recycled, rejected or still there.
struct WasteStream {
    double collected = 0, recycled = 0, rejected = 0, stored_change = 0; // of one unit of mass
};
struct MassBalance {
    double missing = 0;         // collected, but found nowhere; negative: more came out than in
    double missing_percent = 0; // of what was collected
    double recycled_percent = 0;
    bool closed = false; // within the tolerance
};
Result<MassBalance> mass_balance(const WasteStream& stream, double tolerance_percent);

/// A factor that holds from a moment until the next one of its list.
struct FactorStep {
    Moment from = 0;
    double value = 0;
};
/// The factor in force at `at`; nothing before the first. `steps` in the order of time.
std::optional<double> factor_at(const std::vector<FactorStep>& steps, Moment at);

} // namespace greenbank::energy
