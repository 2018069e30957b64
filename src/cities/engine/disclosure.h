// disclosure.h — what may be shown of a balance so that nobody can work out a confidential line from it: which lines and which totals. Pure.
#pragma once

#include <array>

#include "cities/engine/territory_balance.h"

namespace greenbank::cities {

/// What is published of a balance beside its lines, in the order in which it matters.
enum class BalanceTotal : std::uint8_t { net, emissions, removals, basic_plus, basic, energy, scope_1, scope_2, scope_3, territorial };
inline constexpr std::size_t balance_totals = 10;

/// Is a line part of a total? Of `removals` with the other sign.
bool part_of_total(BalanceTotal total, GpcSector sector, GpcScope scope);
/// Energy and transport: what Kaya's factors explain.
bool of_energy(GpcSector sector);

struct ShownLine {
    GpcSector sector = GpcSector::residential_buildings;
    GpcScope scope = GpcScope::scope_1;
    std::int64_t kg = 0;
    bool confidential = false;
};
struct Disclosure {
    std::vector<bool> hidden;                 // by line: the confidential ones, and those without which these could be worked out
    std::array<bool, balance_totals> shown{}; // by total
    bool is_shown(BalanceTotal total) const { return shown[static_cast<std::size_t>(total)]; }
};
/// Where lines are hidden, so are the sums of their cells. A total is shown if, with all that is shown before it, no confidential line follows from it, not even
/// for somebody who knows one other line: hidden lines that all totals treat alike are at least three. What is lacking to three is hidden beside them, the
/// smallest lines that still matter (a tenth of the largest confidential one) and are counted where it is; a total for which that is not possible is withheld.
Disclosure disclose(const std::vector<ShownLine>& lines);

} // namespace greenbank::cities
