// balances.cpp — splitting, closing, and looking up what was in force.
#include "energy/engine/formula/balances.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenbank::energy {

Result<std::vector<std::int64_t>> disaggregate(std::int64_t total, const std::vector<PurposeShare>& shares) {
    double sum = 0;
    for (const PurposeShare& one : shares) {
        if (!std::isfinite(one.share) || one.share < 0)
            return invalid({{"shares", "formula.share", "Shares are numbers from zero on, and not all of them zero."}});
        sum += one.share;
    }
    if (!(sum > 0) || !std::isfinite(sum)) return invalid({{"shares", "formula.share", "Shares are numbers from zero on, and not all of them zero."}});
    std::vector<std::int64_t> parts;
    std::vector<double> remainders;
    std::int64_t given = 0;
    for (const PurposeShare& one : shares) {
        const double exact = static_cast<double>(total) * (one.share / sum), whole = std::floor(exact);
        parts.push_back(static_cast<std::int64_t>(whole));
        remainders.push_back(exact - whole);
        given += parts.back();
    }
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    std::int64_t left = total - given;
    for (std::size_t i = 0; left > 0; i = (i + 1) % order.size())
        if (shares[order[i]].share > 0) ++parts[order[i]], --left;
    for (std::size_t i = 0; left < 0; i = (i + 1) % order.size()) { // a product that was rounded up gave one too many
        const std::size_t last = order[order.size() - 1 - i];
        if (parts[last] > 0 || total < 0) --parts[last], ++left;
    }
    return parts;
}

Result<MassBalance> mass_balance(const WasteStream& stream, double tolerance_percent) {
    for (const double one : {stream.collected, stream.recycled, stream.rejected})
        if (!std::isfinite(one) || one < 0) return invalid({{"collected", "formula.mass", "Masses are finite numbers from zero on."}});
    if (!std::isfinite(stream.stored_change)) return invalid({{"stored_change", "formula.mass", "Masses are finite numbers from zero on."}});
    MassBalance balance;
    balance.missing = stream.collected - stream.recycled - stream.rejected - stream.stored_change;
    if (stream.collected > 0) {
        balance.missing_percent = balance.missing / stream.collected * 100;
        balance.recycled_percent = stream.recycled / stream.collected * 100;
        balance.closed = std::abs(balance.missing_percent) <= tolerance_percent;
    } else balance.closed = balance.missing == 0;
    return balance;
}

std::optional<double> factor_at(const std::vector<FactorStep>& steps, Moment at) {
    const auto after = std::upper_bound(steps.begin(), steps.end(), at, [](Moment moment, const FactorStep& step) { return moment < step.from; });
    if (after == steps.begin()) return {};
    return std::prev(after)->value;
}

} // namespace greenbank::energy
