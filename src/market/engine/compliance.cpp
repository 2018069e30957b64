// compliance.cpp — products in 128 bits, rounded once.
#include "market/engine/compliance.h"

#include <algorithm>

namespace greenbank::market {

namespace {
__extension__ typedef __int128 Wide;
}

std::int64_t free_allocation(const UnitOutput& output) {
    // Everything in hundred-millionths of a tonne.
    const Wide power = static_cast<Wide>(output.supply_mwh) * output.benchmark * output.correction;
    const Wide heat = static_cast<Wide>(output.heat_gj) * output.heat_benchmark * 10'000;
    return static_cast<std::int64_t>((power + heat + 50'000'000) / 100'000'000);
}

SurrenderFault surrender_fault(const Obligation& obligation, std::int64_t tonnes, bool offsets) {
    if (tonnes <= 0) return SurrenderFault::not_positive;
    if (tonnes > obligation.owed()) return SurrenderFault::above_obligation;
    if (offsets && tonnes > obligation.offsets_most() - obligation.offsets_given) return SurrenderFault::offsets_exhausted;
    return SurrenderFault::none;
}

std::int64_t carried_over(std::int64_t left, std::int64_t sold, std::int64_t base, std::int64_t multiple) {
    const Wide most = base + static_cast<Wide>(std::max<std::int64_t>(sold, 0)) * multiple / 100;
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::min<Wide>(left, most)));
}

} // namespace greenbank::market
