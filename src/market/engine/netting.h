// netting.h — what a unit of work asks of the ledger, in as few transfers as come to the same end.
// Method: a member has at most one hold an asset, of all that his orders need together. A unit of work ends the holds that change, then lets members pay
// on balance (through the clearing account where the market novates; deal by deal where it does not), then holds anew what is needed now.
// Always true: balances and what is free end as the movements one by one would have left them; who could pay each of them can pay the sum.
#pragma once

#include <map>
#include <span>

#include "market/engine/desk.h"

namespace greenbank::market {

/// A member's one hold of an asset: the number of the movement that made it.
struct Held {
    std::uint64_t number = 0;
    std::int64_t amount = 0;
    bool operator==(const Held&) const = default;
};
using Holds = std::map<std::pair<Account, Asset>, Held>;

/// `movements` are those of one unit, `holds` as before it; they become those after it. What is asked is numbered from `first` on, all of it linked.
std::vector<Movement> net(std::span<const Movement> movements, Holds& holds, std::uint64_t first);

} // namespace greenbank::market
