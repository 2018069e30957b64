// compliance.h — what a firm is given, owes, and may carry over. Pure; tonnes are whole, factors whole ten-thousandths, all of them dated data.
// Method: benchmark allocation of the power sector, free allowances = benchmark × net supply × correction + heat benchmark × heat (facts.md 5.2).
#pragma once

#include <cstdint>

namespace greenbank::market {

struct UnitOutput {
    std::int64_t supply_mwh = 0;
    std::int64_t benchmark = 0;       // ten-thousandths of a tonne a MWh
    std::int64_t correction = 10'000; // ten-thousandths
    std::int64_t heat_gj = 0;
    std::int64_t heat_benchmark = 0; // ten-thousandths of a tonne a GJ
};
/// To the nearest tonne, half up.
std::int64_t free_allocation(const UnitOutput& output);

struct Obligation {
    std::int64_t emissions = 0;                           // verified tonnes
    std::int64_t allowances_given = 0, offsets_given = 0; // surrendered so far
    std::int64_t offset_limit_basis_points = 0;           // of the verified emissions
    std::int64_t owed() const { return emissions - allowances_given - offsets_given; }
    /// Down to whole tonnes.
    std::int64_t offsets_most() const { return emissions * offset_limit_basis_points / 10'000; }
};
enum class SurrenderFault { none, not_positive, above_obligation, offsets_exhausted };
SurrenderFault surrender_fault(const Obligation& obligation, std::int64_t tonnes, bool offsets);

/// How much of what is left may be used in the next period: `base` and `multiple` hundredths of what was sold, at most all of it.
std::int64_t carried_over(std::int64_t left, std::int64_t sold, std::int64_t base, std::int64_t multiple);

} // namespace greenbank::market
