// border_netting.h — deals across a border netted per party: one amount in its own currency, one of each product. Pure; rates and what parties have are
// arguments. Method: each party's balance in both currencies; the foreign one becomes its own at the rate, half to even; what currencies then lack or have
// over goes through the bank's exchange accounts. Who cannot pay or deliver loses his latest deal of that kind, and all is netted anew.
// Always true: in each currency parties and exchange add up to nothing; of each product too; nobody pays or gives more than he has.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace greenbank::market {

struct BorderDeal {
    std::size_t seller = 0, buyer = 0; // parties
    std::size_t product = 0;
    std::size_t currency = 0; // 0: of the home market, 1: of the other
    std::int64_t tonnes = 0, amount = 0;
};
struct BorderParty {
    std::size_t currency = 0;                        // in which it settles
    std::int64_t cash = 0;                           // that it may spend
    std::map<std::size_t, std::int64_t> tonnes = {}; // that it may give, by product
};
/// What one unit of currency 1 is worth in currency 0: whole steps of 10^-places of the smallest units.
struct BorderRate {
    std::int64_t value = 1;
    int places = 0;
    std::array<int, 2> scales = {2, 2};
};
/// Half to even; nothing where it does not fit.
std::optional<std::int64_t> exchanged(std::int64_t minor, std::size_t from, const BorderRate& rate);

enum class BorderFault : std::uint8_t { none, cash_short, units_short, too_large };

struct BorderPosition {
    std::array<std::int64_t, 2> net = {0, 0};        // by currency of the deals; above 0 it receives
    std::int64_t settled = 0;                        // in its own currency
    std::map<std::size_t, std::int64_t> tonnes = {}; // by product; none is 0
};
struct BorderPlan {
    std::vector<BorderPosition> positions;         // as the parties
    std::array<std::int64_t, 2> exchange = {0, 0}; // what the bank's exchange accounts receive
    std::array<std::int64_t, 2> gross = {0, 0};    // of the deals that settle
    std::vector<BorderFault> faults;               // as the deals; none: it settles
};
BorderPlan net_border_deals(const std::vector<BorderParty>& parties, const std::vector<BorderDeal>& deals, const BorderRate& rate);

} // namespace greenbank::market
