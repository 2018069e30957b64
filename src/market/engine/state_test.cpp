// state_test.cpp — a desk written down in the middle of its days and read again goes on as the one that was never written down.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "market/engine/desk.h"

namespace greenbank::market {

namespace {

std::string state_of(const Desk& desk) {
    std::string text;
    desk.write_state(text);
    return text;
}

} // namespace

TEST_CASE("a desk out of its text does what the desk itself does: deals, movements, states") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        DeskRules rules;
        rules.market.book = {random.chance(0.3) ? Allocation::listed : Allocation::price_time, static_cast<SelfTrade>(random.below(4)), 5};
        rules.fee_basis_points = static_cast<int>(random.below(3)) * 7;
        rules.resale_days = static_cast<int>(random.below(2));
        rules.market.price_limit_basis_points = 2'000;
        Desk desk(rules, 100);
        std::optional<Desk> other;
        const std::uint64_t written_at = random.below(60);
        std::vector<Movement> movements[2];
        std::vector<Trade> trades[2];
        for (std::uint64_t sequence = 1; sequence <= 80; ++sequence) {
            const When when{static_cast<Moment>(sequence), Date{1 + static_cast<std::int32_t>(sequence / 20)}, -1, false};
            Instruction order{.sequence = sequence,
                .op = static_cast<Op>(random.below(8)),
                .side = random.chance(0.5) ? Side::buy : Side::sell,
                .account = static_cast<Account>(random.between(1, 4)),
                .order = sequence,
                .price = random.between(80, 125),
                .quantity = random.between(1, 60),
                .display = random.chance(0.3) ? random.between(1, 20) : 0};
            if (order.op == Op::stop) order.trigger = random.between(80, 120);
            if (order.op == Op::stop && random.chance(0.3)) order.price = 0;
            if (order.op == Op::cancel || order.op == Op::replace)
                order.order = static_cast<OrderNumber>(random.between(1, static_cast<std::int64_t>(sequence)));
            if (random.chance(0.2)) order.good_until = static_cast<Moment>(sequence) + 5;
            const bool halted = random.chance(0.05);
            Judged judged[2];
            for (int i = 0; i < (other ? 2 : 1); ++i) {
                Desk& one = i == 0 ? desk : *other;
                Wallets rich([](Account) { return Wallet{1'000'000, 1'000'000, 1'000'000, false}; });
                one.begin_day(when.day, rules);
                one.set_halted(halted);
                one.expire(when.at, rich, movements[i]);
                judged[i] = one.execute(order, when, rich, trades[i], movements[i]);
            }
            if (other) {
                REQUIRE(judged[0].code == judged[1].code);
                REQUIRE(judged[0].traded == judged[1].traded);
                REQUIRE(judged[0].resting == judged[1].resting);
                REQUIRE(state_of(desk) == state_of(*other));
                continue;
            }
            if (sequence < written_at) continue;
            other.emplace(rules, 100);
            REQUIRE(other->read_state(state_of(desk)));
            REQUIRE(state_of(desk) == state_of(*other));
            REQUIRE(desk.book().orders() == other->book().orders());
            movements[1] = movements[0];
            trades[1] = trades[0];
        }
        REQUIRE(movements[0] == movements[1]);
        REQUIRE(trades[0] == trades[1]);
    }
}

TEST_CASE("a text that was cut or changed is no state") {
    DeskRules rules;
    Desk desk(rules, 100);
    Wallets rich([](Account) { return Wallet{1'000'000, 1'000'000, 1'000'000, false}; });
    std::vector<Movement> movements;
    std::vector<Trade> trades;
    desk.begin_day(Date{1}, rules);
    for (std::uint64_t i = 1; i <= 5; ++i)
        desk.execute({.sequence = i, .side = i % 2 ? Side::buy : Side::sell, .account = 1, .order = i, .price = i % 2 ? 90 : 110, .quantity = 5},
            {0, Date{1}, -1, false}, rich, trades, movements);
    const std::string text = state_of(desk);
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        Desk other(rules, 100);
        CHECK_FALSE(other.read_state(std::string_view(text).substr(0, cut)));
    }
    for (std::size_t at = 0; at < text.size(); ++at) { // never stops the program, whatever stands there
        std::string changed = text;
        for (const char c : {'x', '-', '9', ' '}) {
            changed[at] = c;
            Desk other(rules, 100);
            other.read_state(changed);
        }
    }
}

} // namespace greenbank::market
