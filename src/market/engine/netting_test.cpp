// netting_test.cpp — units of random orders settled twice: movement by movement, and netted. Everybody ends with the same.
#include "market/engine/netting.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::market {

namespace {

/// Accounts with what they have and what is held; a movement that cannot be is said.
struct PlainLedger {
    struct Has {
        std::int64_t has[2] = {0, 0}, held[2] = {0, 0};
        bool operator==(const Has&) const = default;
    };
    std::map<Account, Has> accounts;
    std::map<std::uint64_t, Movement> holds;

    std::string apply(const std::vector<Movement>& movements) {
        for (const Movement& one : movements) {
            Has& from = accounts[one.from];
            const auto asset = static_cast<std::size_t>(one.asset);
            if (one.amount <= 0) return "nothing moves";
            if (one.kind == Movement::Kind::release) {
                const auto hold = holds.find(one.hold);
                if (hold == holds.end() || hold->second.amount != one.amount || hold->second.from != one.from || hold->second.asset != one.asset)
                    return "no such hold";
                from.held[asset] -= one.amount;
                holds.erase(hold);
                continue;
            }
            if (one.from != fee_account && one.amount > from.has[asset] - from.held[asset]) return "more than there is";
            if (one.kind == Movement::Kind::hold) {
                from.held[asset] += one.amount;
                if (!holds.emplace(one.number, one).second) return "a number twice";
            } else {
                from.has[asset] -= one.amount;
                accounts[one.to].has[asset] += one.amount;
            }
        }
        return movements.empty() || !movements.back().linked ? "" : "a chain is open";
    }
    Wallets wallets() {
        return Wallets([this](Account account) {
            const Has& one = accounts[account];
            return Wallet{one.has[0] - one.held[0], one.has[1] - one.held[1], one.has[1], false};
        });
    }
};

} // namespace

TEST_CASE("netted or one by one: the same balances, the same held, never more than there is, and no more transfers than six a member and its fee") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        DeskRules rules;
        rules.market.book = {random.chance(0.3) ? Allocation::listed : Allocation::price_time, static_cast<SelfTrade>(random.below(4)), 5};
        rules.clearing = random.chance(0.6) ? Clearing::novation : Clearing::bilateral;
        rules.fee_basis_points = static_cast<int>(random.below(3)) * 7;
        rules.market.price_limit_basis_points = 2'000;
        PlainLedger plain;
        for (Account member = 1; member <= 4; ++member)
            plain.accounts[member].has[0] = random.between(0, 40'000), plain.accounts[member].has[1] = random.between(0, 400'000);
        PlainLedger netted = plain;
        Desk desk(rules, 100);
        desk.begin_day(Date{1}, rules);
        Holds holds;
        std::uint64_t sequence = 0, number = 1;
        for (int unit = 0; unit < 12; ++unit) {
            std::vector<Movement> movements;
            std::vector<Trade> trades;
            Wallets wallets = netted.wallets(); // as the exchange does: asked once a unit
            for (std::int64_t i = random.between(1, 12); i > 0; --i) {
                ++sequence;
                Instruction order{.sequence = sequence,
                    .op = static_cast<Op>(random.below(8)),
                    .side = random.chance(0.5) ? Side::buy : Side::sell,
                    .account = static_cast<Account>(random.between(1, 4)),
                    .order = sequence,
                    .price = random.between(80, 125),
                    .quantity = random.between(1, 60)};
                if (order.op == Op::stop) order.trigger = random.between(80, 120);
                if (order.op == Op::cancel || order.op == Op::replace)
                    order.order = static_cast<OrderNumber>(random.between(1, static_cast<std::int64_t>(sequence)));
                desk.execute(order, {0, Date{1}, -1, false}, wallets, trades, movements);
            }
            REQUIRE(plain.apply(movements) == "");
            const std::vector<Movement> fewer = net(movements, holds, number);
            number += fewer.size();
            REQUIRE(netted.apply(fewer) == "");
            for (Account member = 1; member <= 4; ++member) REQUIRE(plain.accounts[member] == netted.accounts[member]);
            REQUIRE(plain.accounts[fee_account].has[0] == netted.accounts[fee_account].has[0]);
            REQUIRE(netted.accounts[clearing_account].has[0] == 0);
            REQUIRE(netted.accounts[clearing_account].has[1] == 0);
            if (rules.clearing == Clearing::novation) REQUIRE(fewer.size() <= 4 * 7);
            REQUIRE(netted.holds.size() == holds.size());
            for (const auto& [key, held] : holds) REQUIRE(netted.holds.at(held.number).amount == held.amount);
        }
    }
}

} // namespace greenbank::market
