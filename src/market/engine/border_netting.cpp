// border_netting.cpp — sums, and a deal less as long as somebody is short.
#include "market/engine/border_netting.h"

#include <algorithm>
#include <limits>

namespace greenbank::market {

namespace {

__extension__ typedef __int128 Wide;

constexpr Wide wide_max = std::numeric_limits<std::int64_t>::max() / 4;

std::optional<std::int64_t> half_to_even(Wide top, Wide bottom) {
    const bool negative = top < 0;
    if (negative) top = -top;
    Wide whole = top / bottom;
    const Wide twice = 2 * (top % bottom);
    if (twice > bottom || (twice == bottom && whole % 2 == 1)) ++whole;
    if (whole > wide_max) return {};
    return static_cast<std::int64_t>(negative ? -whole : whole);
}

/// All deals without a fault; false where an amount does not fit.
bool net(const std::vector<BorderParty>& parties, const std::vector<BorderDeal>& deals, const BorderRate& rate, BorderPlan& plan) {
    plan.positions.assign(parties.size(), {});
    plan.exchange = plan.gross = {0, 0};
    for (std::size_t i = 0; i < deals.size(); ++i) {
        if (plan.faults[i] != BorderFault::none) continue;
        const BorderDeal& deal = deals[i];
        BorderPosition &seller = plan.positions[deal.seller], &buyer = plan.positions[deal.buyer];
        seller.net[deal.currency] += deal.amount;
        buyer.net[deal.currency] -= deal.amount;
        seller.tonnes[deal.product] -= deal.tonnes;
        buyer.tonnes[deal.product] += deal.tonnes;
        plan.gross[deal.currency] += deal.amount;
    }
    for (std::size_t p = 0; p < parties.size(); ++p) {
        BorderPosition& position = plan.positions[p];
        std::erase_if(position.tonnes, [](const auto& one) { return one.second == 0; });
        const std::size_t own = parties[p].currency;
        const auto foreign = exchanged(position.net[1 - own], 1 - own, rate);
        if (!foreign) return false;
        position.settled = position.net[own] + *foreign;
        plan.exchange[own] -= position.settled;
    }
    return true;
}

/// The latest deal in which the party pays, or gives the product.
template <class Picks> std::optional<std::size_t> latest(const std::vector<BorderDeal>& deals, const BorderPlan& plan, const Picks& picks) {
    for (std::size_t i = deals.size(); i-- > 0;)
        if (plan.faults[i] == BorderFault::none && picks(deals[i])) return i;
    return {};
}

/// One deal that cannot be, and why; nothing where all can.
std::optional<std::pair<std::size_t, BorderFault>> shortage(
    const std::vector<BorderParty>& parties, const std::vector<BorderDeal>& deals, const BorderPlan& plan) {
    for (std::size_t p = 0; p < parties.size(); ++p) {
        const BorderPosition& position = plan.positions[p];
        for (const auto& [product, tonnes] : position.tonnes) {
            const auto has = parties[p].tonnes.find(product);
            if (-tonnes <= (has == parties[p].tonnes.end() ? 0 : has->second)) continue;
            const auto deal = latest(deals, plan, [&, product = product](const BorderDeal& one) { return one.seller == p && one.product == product; });
            if (deal) return std::pair{*deal, BorderFault::units_short};
        }
        if (-position.settled <= parties[p].cash) continue;
        const auto deal = latest(deals, plan, [&](const BorderDeal& one) { return one.buyer == p; });
        if (deal) return std::pair{*deal, BorderFault::cash_short};
    }
    return {};
}

} // namespace

std::optional<std::int64_t> exchanged(std::int64_t minor, std::size_t from, const BorderRate& rate) {
    // From 1 into 0: minor × rate, in the scale of 0; the other way divided by it.
    int places = from == 1 ? rate.scales[0] - rate.scales[1] - rate.places : rate.scales[1] - rate.scales[0] + rate.places;
    Wide top = minor, bottom = 1;
    (from == 1 ? top : bottom) *= rate.value;
    for (; places > 0; --places) {
        if (top > wide_max * 1'000'000 || top < -wide_max * 1'000'000) return {};
        top *= 10;
    }
    for (; places < 0; ++places) {
        if (bottom > wide_max * 1'000'000) return 0;
        bottom *= 10;
    }
    return half_to_even(top, bottom);
}

BorderPlan net_border_deals(const std::vector<BorderParty>& parties, const std::vector<BorderDeal>& deals, const BorderRate& rate) {
    BorderPlan plan;
    plan.faults.assign(deals.size(), BorderFault::none);
    while (true) {
        if (!net(parties, deals, rate, plan)) { // beyond all money: nothing settles
            std::fill(plan.faults.begin(), plan.faults.end(), BorderFault::too_large);
            net(parties, deals, rate, plan);
            return plan;
        }
        const auto short_of = shortage(parties, deals, plan);
        if (!short_of) return plan;
        plan.faults[short_of->first] = short_of->second;
    }
}

} // namespace greenbank::market
