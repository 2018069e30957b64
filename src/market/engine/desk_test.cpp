// desk_test.cpp — orders held, dealt and settled, beside a plain ledger that does what the movements say.
#include "market/engine/desk.h"

#include <doctest/doctest.h>

#include <map>
#include <sstream>

#include "kernel/random.h"

namespace greenbank::market {

namespace {

/// Accounts with what they have and what is held; a movement that cannot be is said.
struct PlainLedger {
    struct Has {
        std::int64_t cash = 0, units = 0, cash_held = 0, units_held = 0;
    };
    std::map<Account, Has> accounts;
    std::map<std::uint64_t, Movement> holds;
    std::uint64_t last = 0;

    std::string apply(const std::vector<Movement>& movements) {
        for (const Movement& one : movements) {
            if (one.number <= last) return "numbers do not go up";
            last = one.number;
            Has& from = accounts[one.from];
            const bool cash = one.asset == Asset::cash;
            const bool member = one.from != clearing_account && one.from != fee_account;
            if (one.amount <= 0 && one.kind != Movement::Kind::release) return "nothing moves";
            switch (one.kind) {
            case Movement::Kind::hold:
                if (one.amount > (cash ? from.cash - from.cash_held : from.units - from.units_held)) return "held more than there is";
                (cash ? from.cash_held : from.units_held) += one.amount;
                holds[one.number] = one;
                break;
            case Movement::Kind::release: {
                const auto hold = holds.find(one.hold);
                if (hold == holds.end()) return "no such hold";
                if (hold->second.amount != one.amount || hold->second.from != one.from) return "another hold";
                (cash ? from.cash_held : from.units_held) -= one.amount;
                holds.erase(hold);
                break;
            }
            case Movement::Kind::pay:
                if (member && one.amount > (cash ? from.cash - from.cash_held : from.units - from.units_held)) return "paid more than there is";
                (cash ? from.cash : from.units) -= one.amount;
                (cash ? accounts[one.to].cash : accounts[one.to].units) += one.amount;
                break;
            }
        }
        return movements.empty() || !movements.back().linked ? "" : "a chain is open";
    }
    Wallets wallets() {
        return Wallets([this](Account account) {
            const Has& has = accounts[account];
            return Wallet{has.cash - has.cash_held, has.units - has.units_held, has.units, false};
        });
    }
};

DeskRules shanghai() { // as in facts.md 5.1; the values as data of the test
    DeskRules rules;
    rules.market.book = {Allocation::listed, SelfTrade::cancel_newer, 5};
    rules.market.price_limit_basis_points = 1'000;
    rules.market.quantity_max = 99'999;
    rules.resale_days = 1;
    rules.fee_basis_points = 5;
    return rules;
}

/// Lines: "<member> <op> <side> <order> <price> <quantity> -> <code> [traded] [resting]"; "day <number>"; "<member> has <cash> <units>".
void check(const char* what, DeskRules rules, const std::string& scenario) {
    PlainLedger ledger;
    for (const Account member : {1u, 2u, 3u}) ledger.accounts[member] = {1'000'000'00, 100'000, 0, 0};
    Desk desk(rules, 5'000);
    desk.begin_day(Date{1}, rules);
    std::uint64_t sequence = 0;
    int minute = 600, day = 1;
    std::istringstream lines(scenario);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first, op, side, arrow, code;
        if (!(words >> first)) continue;
        INFO(what, ": ", line);
        if (first == "day") {
            words >> day;
            desk.begin_day(Date{day}, rules);
            continue;
        }
        const auto member = static_cast<Account>(std::stoul(first));
        words >> op;
        if (op == "has") {
            std::int64_t cash = 0, units = 0;
            words >> cash >> units;
            CHECK(ledger.accounts[member].cash == cash);
            CHECK(ledger.accounts[member].units == units);
            continue;
        }
        Instruction order{.sequence = ++sequence, .account = member};
        words >> side >> order.order >> order.price >> order.quantity;
        order.side = side == "buy" ? Side::buy : Side::sell;
        const std::map<std::string, Op> ops = {
            {"new", Op::limit}, {"market", Op::market}, {"take", Op::take}, {"cancel", Op::cancel}, {"replace", Op::replace}};
        order.op = ops.at(op);
        Quantity traded = 0, resting = 0;
        words >> arrow >> code >> traded >> resting;
        std::vector<Trade> trades;
        std::vector<Movement> movements;
        Wallets wallets = ledger.wallets();
        const Judged judged = desk.execute(order, {.at = 0, .day = Date{day}, .minute = minute}, wallets, trades, movements);
        CHECK(judged.code == code);
        CHECK(judged.traded == traded);
        CHECK(judged.resting == resting);
        CHECK(ledger.apply(movements) == "");
    }
}

} // namespace

TEST_CASE("what is not there is not offered, and what is bought today is sold tomorrow") {
    check("listed agreement with T+1 and fees", shanghai(), R"(
        1 new sell 1 5000 60 -> ok 0 60
        1 new sell 2 5000 41 -> units_short
        1 new sell 3 5501 10 -> price_outside_limits
        2 new buy 4 5000 10 -> would_cross
        2 take buy 5 5000 20 -> ok 20
        2 has 99899950 120000
        1 has 100099950 80000
        2 new sell 6 5000 100 -> ok 0 100
        2 new sell 7 5000 20 -> bought_today
        3 new buy 8 4999 20000 -> cash_short
        3 new buy 9 4999 200 -> ok 0 200
        3 cancel buy 9 0 0 -> ok
        2 cancel sell 1 0 0 -> order_unknown
        day 2
        2 new sell 10 5000 20 -> ok 0 20
    )");
    DeskRules free = {};
    free.market.price_limit_basis_points = 3'000;
    check("price and time: partial fills, replaced orders, market orders reckon with the limit", free, R"(
        1 new sell 1 5000 50 -> ok 0 50
        1 new sell 2 5100 50 -> ok 0 50
        2 new buy 3 5050 60 -> ok 50 10
        2 has 99750000 150000
        2 replace buy 3 5100 20 -> ok 20
        2 has 99648000 170000
        3 market buy 4 0 15385 -> cash_short
        3 market buy 5 0 15384 -> ok 30
        3 replace buy 5 5000 1 -> order_unknown
    )");
}

TEST_CASE("a hundred thousand orders of one client: as many rest as may, the others are told why, and a place that gets free is taken") {
    DeskRules rules;
    rules.orders_max = 1'000;
    PlainLedger ledger;
    ledger.accounts[1] = {1'000'000'000, 1'000'000'000, 0, 0};
    Desk desk(rules, 5'000);
    desk.begin_day(Date{1}, rules);
    std::map<std::string_view, int> codes;
    std::vector<Trade> trades;
    std::uint64_t sequence = 0;
    const auto send = [&](Instruction order) {
        std::vector<Movement> movements;
        Wallets wallets = ledger.wallets();
        order.sequence = ++sequence;
        order.account = 1;
        if (order.order == 0) order.order = sequence;
        const std::string_view code = desk.execute(order, {.at = 0, .day = Date{1}, .minute = 600}, wallets, trades, movements).code;
        CHECK(ledger.apply(movements) == "");
        return code;
    };
    for (int i = 0; i < 100'000; ++i) ++codes[send({.side = Side::sell, .price = 6'000 + i % 100, .quantity = 1})];
    CHECK(codes == std::map<std::string_view, int>{{"ok", 1'000}, {"too_many_orders", 99'000}});
    CHECK(send({.op = Op::cancel, .order = 7}) == "ok");
    CHECK(send({.op = Op::cancel, .order = 7}) == "order_unknown");
    CHECK(send({.side = Side::sell, .price = 6'000, .quantity = 1}) == "ok");
    CHECK(send({.side = Side::sell, .price = 6'000, .quantity = 1}) == "too_many_orders");
    std::string state;
    desk.write_state(state);
    Desk again(rules, 5'000);
    again.begin_day(Date{1}, rules);
    REQUIRE(again.read_state(state));
    Wallets wallets = ledger.wallets();
    std::int64_t needed = 0;
    CHECK(again.preview({.side = Side::sell, .account = 1, .order = 900'000, .price = 6'000, .quantity = 1}, {.day = Date{1}, .minute = 600}, wallets, needed)
              .code == "too_many_orders");
}

TEST_CASE("random days: holds are those of the book, nobody pays what he has not, all adds up, and a replay asks for the same again") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        DeskRules rules;
        rules.market.book = {random.chance(0.3) ? Allocation::listed : Allocation::price_time, static_cast<SelfTrade>(random.below(4)), 5};
        rules.clearing = random.chance(0.5) ? Clearing::novation : Clearing::bilateral;
        rules.fee_basis_points = static_cast<int>(random.below(3)) * 7;
        rules.resale_days = static_cast<int>(random.below(2));
        rules.market.price_limit_basis_points = 2'000;
        PlainLedger ledger;
        for (Account member = 1; member <= 4; ++member) ledger.accounts[member] = {random.between(0, 40'000), random.between(0, 400'000), 0, 0};
        const auto total = [&] {
            std::pair<std::int64_t, std::int64_t> sum;
            for (const auto& [account, has] : ledger.accounts) sum.first += has.cash, sum.second += has.units;
            return sum;
        };
        const auto before = total();
        Desk desk(rules, 100), replayed(rules, 100);
        for (Desk* one : {&desk, &replayed}) one->begin_day(Date{1}, rules);
        std::vector<Movement> all, all_again;
        std::vector<Trade> trades, trades_again;
        for (std::uint64_t sequence = 1; sequence <= 60; ++sequence) {
            const Date day{1 + static_cast<std::int32_t>(sequence / 20)};
            Instruction order{.sequence = sequence,
                .op = static_cast<Op>(random.below(8)),
                .side = random.chance(0.5) ? Side::buy : Side::sell,
                .account = static_cast<Account>(random.between(1, 4)),
                .order = sequence,
                .price = random.between(0, 130),
                .quantity = random.between(-1, 60),
                .display = random.chance(0.2) ? random.between(0, 20) : 0};
            if (order.op == Op::stop) order.trigger = random.between(80, 120);
            if (order.op == Op::cancel || order.op == Op::replace) order.order = random.between(1, static_cast<std::int64_t>(sequence));
            if (order.op == Op::take && random.chance(0.5)) order.quote = random.between(1, static_cast<std::int64_t>(sequence));
            if (order.op == Op::limit && random.chance(0.1)) order.good_until = static_cast<Moment>(sequence) + 5;
            std::vector<Movement> movements;
            Wallets wallets = ledger.wallets();
            desk.begin_day(day, rules);
            desk.expire(static_cast<Moment>(sequence), wallets, movements);
            const Judged judged = desk.execute(order, {static_cast<Moment>(sequence), day, -1, false}, wallets, trades, movements);
            REQUIRE(ledger.apply(movements) == "");
            all.insert(all.end(), movements.begin(), movements.end());
            REQUIRE(desk.reserves().size() == desk.book().size());
            std::int64_t held[2] = {0, 0}, wanted[2] = {0, 0};
            for (const auto& [hold, one] : ledger.holds) held[static_cast<int>(one.asset)] += one.amount;
            for (const Resting& rests : desk.book().orders()) {
                const Reserve& reserve = desk.reserves().at(rests.order);
                REQUIRE(reserve.quantity == rests.shown + rests.hidden);
                REQUIRE(reserve.account == rests.account);
                wanted[rests.side == Side::sell] += reserve.amount;
            }
            REQUIRE(held[0] == wanted[0]);
            REQUIRE(held[1] == wanted[1]);
            REQUIRE(total() == before);
            for (const auto& [account, has] : ledger.accounts)
                if (account < 5) REQUIRE((has.cash >= has.cash_held && has.units >= has.units_held));
            // Again, from the journal: what was refused is passed over.
            Wallets anybody([](Account) { return Wallet{}; });
            replayed.begin_day(day, rules);
            replayed.expire(static_cast<Moment>(sequence), anybody, all_again);
            if (!judged.refused()) replayed.execute(order, {static_cast<Moment>(sequence), day, -1, true}, anybody, trades_again, all_again);
        }
        REQUIRE(all == all_again);
        REQUIRE(trades == trades_again);
        REQUIRE(desk.book().orders() == replayed.book().orders());
    }
}

} // namespace greenbank::market
