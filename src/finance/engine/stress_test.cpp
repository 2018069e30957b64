// stress_test.cpp — the story's shock by hand, and what holds of every book.
#include <doctest/doctest.h>

#include <numeric>

#include "finance/engine/stress.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

StressScenario shock() {
    return {.price_path = {-3'000},
        .days_without_output = 7,
        .sector = "",
        .loss_given_default = 450'000,
        .defaults = {10'000, 20'000, 50'000, 150'000, 400'000},
        .rules = {{"pledge_short", 0.01, WarningLevel::yellow}, {"output_fall", 10, WarningLevel::blue}, {"cash_short", 25, WarningLevel::orange}}};
}

SharingRules four_two_two_two() {
    SharingRules rules;
    rules.parties = 4;
    rules.residual = 3;
    rules.fund = 2;
    rules.layers = {{0, {400'000, 200'000, 200'000, 200'000}}};
    rules.caps = {-1, -1, -1, -1};
    return rules;
}

/// The island of the story: 2,000 t at 68.00 behind 68,000.00, a put on 6,000 t, wind of 400 MWh a month, a loan of 126 million.
StressBook island() {
    StressBook book;
    StressBorrower borrower{
        .id = "island", .sector = "energy", .cash = 900'000'000, .holdings = {{6'000, 6'800}}, .pledges = {}, .carbon_covers = {}, .plants = {}, .loans = {}};
    borrower.pledges = {{"pledge", 2'000, 6'800, 6'800'000, 15'000}};
    borrower.carbon_covers = {
        {"put", "insurer", 6'800, {.kind = CarbonCoverKind::put, .strike = 6'200, .tonnes = 6'000, .share = 0.8, .deductible = 200, .limit = 6'000'000}}};
    borrower.plants = {{"wind", "insurer", 30, 80'000, {.promised = 400, .trigger = 0.95, .pay_a_point = 320'000, .limit = 20'000'000}}};
    borrower.loans = {{"loan", "bank", 12'600'000'000, 497'700'000, 0, WarningLevel::none}};
    book.borrowers = {borrower};
    book.pools = {{{"guarantor", "re-guarantor", "fund", ""}, four_two_two_two(), {.pool = 2'000'000'000, .borne = {0, 0, 0, 0}}}};
    return book;
}

std::int64_t sum(const std::vector<StressPart>& parts) {
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0}, [](std::int64_t so_far, const StressPart& one) { return so_far + one.amount; });
}
std::int64_t of(const std::vector<StressPart>& parts, const std::string& party) {
    for (const StressPart& one : parts)
        if (one.party == party) return one.amount;
    return 0;
}

StressBook random_book(Random& random) {
    StressBook book = island();
    book.borrowers.clear();
    const std::size_t count = 1 + random.below(5);
    for (std::size_t i = 0; i < count; ++i) {
        StressBorrower one = island().borrowers.front();
        one.id = "borrower " + std::to_string(i);
        one.cash = static_cast<std::int64_t>(random.below(2'000'000'000));
        one.pledges.front().tonnes = 1 + static_cast<std::int64_t>(random.below(5'000));
        one.holdings.front().tonnes = one.pledges.front().tonnes + static_cast<std::int64_t>(random.below(9'000));
        one.carbon_covers.front().terms.tonnes = static_cast<double>(random.below(9'000));
        one.plants.front().terms.promised = 1 + static_cast<double>(random.below(1'000));
        if (random.below(2) == 0) one.plants.front().insurer.clear();
        one.loans.front().principal = static_cast<std::int64_t>(random.below(20'000'000'000));
        one.loans.front().pool = random.below(2) == 0 ? 0 : -1;
        one.loans.front().level = static_cast<WarningLevel>(random.below(5));
        book.borrowers.push_back(std::move(one));
    }
    book.pools.front().state.pool = static_cast<std::int64_t>(random.below(100'000'000));
    return book;
}

} // namespace

TEST_CASE("the story's shock by hand: margin call, insurance, warning, shares of the pool") {
    const StressResult result = stress(island(), shock());
    REQUIRE(result.calls.size() == 1);
    CHECK(result.calls[0].price == 4'760);               // 68.00 less 30 %
    CHECK(result.calls[0].cover_basis_points == 14'000); // 95,200 to 68,000
    CHECK(result.calls[0].tonnes_wanted == 143);         // 6,800.00 / 47.60, rounded up
    CHECK(result.carbon_loss == 6'000 * 2'040);
    CHECK(result.output_loss == 7'466'667); // 400 MWh × 7/30 × 800.00
    REQUIRE(result.payouts.size() == 2);
    CHECK(result.payouts[0].paid == 5'952'000); // (62 − 2 − 47.60) × 6,000 × 80 %
    CHECK(result.payouts[1].paid == 5'866'667); // 18.33 points below 95 % at 3,200.00
    REQUIRE(result.loans.size() == 1);
    CHECK(result.loans[0].after == WarningLevel::yellow);
    CHECK(result.loans[0].expected_before == 56'700'000); // 126 million × 45 % × 1 %
    CHECK(result.loans[0].expected_after == 283'500'000); // × 5 %
    CHECK(of(result.losses, "guarantor") == 113'400'000);
    CHECK(of(result.losses, "fund") == 56'700'000);
    CHECK(of(result.losses, "bank") == 56'700'000);
    CHECK(of(result.losses, "insurer") == 5'952'000 + 5'866'667);
    CHECK(of(result.losses, "island") == 6'000 * 2'040 + 7'466'667 - 5'952'000 - 5'866'667);
    CHECK(sum(result.losses) == result.total());
}

TEST_CASE("losses by party add up to the losses, a quiet scenario takes nothing but what was expected, a deeper fall takes no less of tonnes and output") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        const StressBook book = random_book(random);
        REQUIRE(check(book, shock()) == StressFlaw::none);
        StressScenario quiet = shock();
        quiet.price_path.clear();
        quiet.days_without_output = 0;
        const StressResult calm = stress(book, quiet);
        REQUIRE(calm.carbon_loss == 0);
        REQUIRE(calm.output_loss == 0);
        REQUIRE(calm.payouts.empty());
        REQUIRE(sum(calm.losses) == calm.total());
        std::int64_t before = 0; // cover pays in cash, so that loans may do better after a deeper fall: their loss need not rise
        for (const std::int64_t fall : {-1'000, -3'000, -7'000, -10'000}) {
            StressScenario scenario = shock();
            scenario.price_path = {fall / 2, fall};
            scenario.days_without_output = -fall / 1'000;
            const StressResult result = stress(book, scenario);
            REQUIRE(sum(result.losses) == result.total());
            REQUIRE(result.carbon_loss + result.output_loss >= before);
            before = result.carbon_loss + result.output_loss;
            for (const StressLoanLoss& loan : result.loans) {
                REQUIRE(sum(loan.parts) == loan.expected_after);
                REQUIRE(loan.after >= loan.before);
            }
            for (const StressPayout& payout : result.payouts)
                if (payout.lost > 0) REQUIRE(payout.paid <= payout.lost);
        }
    }
}

TEST_CASE("what no stress can be made of is named") {
    StressBook book = island();
    StressScenario scenario = shock();
    scenario.defaults.pop_back();
    CHECK(check(book, scenario) == StressFlaw::defaults);
    book.borrowers.front().loans.front().pool = 1;
    CHECK(check(book, shock()) == StressFlaw::pool_unknown);
    book.pools.front().rules.layers.front().shares.front() = 1;
    CHECK(check(book, shock()) == StressFlaw::pool_rules);
}

} // namespace greenbank::finance
