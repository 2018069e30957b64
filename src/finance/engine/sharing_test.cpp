// sharing_test.cpp — who bears what: scenarios, the twin, and what always holds.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "finance/engine/sharing.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

enum Party : std::size_t { guarantor, re_guarantor, fund, bank };

/// The sample rule of the story: 40/20/20/20, the bank bears what caps cut off.
SharingRules four_two_two_two() {
    SharingRules rules;
    rules.parties = 4;
    rules.residual = bank;
    rules.fund = fund;
    rules.layers = {{0, {400'000, 200'000, 200'000, 200'000}}};
    rules.caps = {-1, -1, -1, -1};
    return rules;
}

SharingRules random_rules(Random& random) {
    SharingRules rules;
    rules.parties = 2 + random.below(4);
    rules.residual = rules.parties - 1;
    rules.fund = 0;
    std::int64_t until = 0;
    for (std::size_t i = 0; i < 1 + random.below(4); ++i) {
        LossLayer layer{until += 1 + static_cast<std::int64_t>(random.below(3000)), std::vector<std::int64_t>(rules.parties, 0)};
        std::int64_t left = 1'000'000;
        for (std::size_t party = 0; party + 1 < rules.parties; ++party)
            left -= layer.shares[party] = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(left) + 1));
        layer.shares.back() = left;
        rules.layers.push_back(layer);
    }
    for (std::size_t party = 0; party < rules.parties; ++party)
        rules.caps.push_back(party != rules.residual && random.chance(0.5) ? static_cast<std::int64_t>(random.below(2000)) : -1);
    return rules;
}

std::int64_t sum_of(const std::vector<std::int64_t>& parts) { return std::accumulate(parts.begin(), parts.end(), std::int64_t{0}); }

} // namespace

TEST_CASE("40/20/20/20: a claim, an odd cent, an empty pool, a recovery") {
    const SharingRules rules = four_two_two_two();
    REQUIRE(check(rules) == SharingFlaw::none);
    SharingState state{.pool = 1'000'000, .borne = {}};
    const std::vector<std::int64_t> claim = split_loss(rules, state, 1'000'000);
    CHECK(claim == std::vector<std::int64_t>{400'000, 200'000, 200'000, 200'000});
    CHECK(state.pool == 800'000);
    CHECK(split_loss(rules, state, 3) == std::vector<std::int64_t>{1, 1, 1, 0});
    CHECK(split_recovery(rules, state, claim, 100'000) == std::vector<std::int64_t>{40'000, 20'000, 20'000, 20'000});
    CHECK(state.pool == 819'999);
    CHECK(sum_of(split_recovery(rules, state, claim, 5'000'000)) == 1'000'000); // no more than was borne
    state.pool = 10;
    CHECK(split_loss(rules, state, 1000) == std::vector<std::int64_t>{400, 200, 10, 390});
    CHECK(state.pool == 0);
}

TEST_CASE("first loss, then a quota, then the bank alone") {
    SharingRules rules = four_two_two_two();
    rules.layers = {{100, {0, 0, 1'000'000, 0}}, {1100, {500'000, 0, 0, 500'000}}, {0, {0, 0, 0, 1'000'000}}};
    REQUIRE(check(rules) == SharingFlaw::none);
    SharingState state{.pool = 1000, .borne = {}};
    CHECK(split_loss(rules, state, 60) == std::vector<std::int64_t>{0, 0, 60, 0});
    CHECK(split_loss(rules, state, 140) == std::vector<std::int64_t>{50, 0, 40, 50});
    CHECK(split_loss(rules, state, 1900) == std::vector<std::int64_t>{450, 0, 0, 1450});
}

TEST_CASE("leverage lets 0.4 bn cover 8 bn; above 3 % bad it stops, below 2 % it goes on; the pool is filled up") {
    SharingRules rules = four_two_two_two();
    rules.leverage = 20;
    rules.stop_at = 30'000;
    rules.resume_at = 20'000;
    rules.refill_to = 400'000'000;
    rules.refill_most = 50'000'000;
    SharingState state{.pool = 400'000'000, .borne = {}};
    CHECK(may_cover(rules, state, 8'000'000'000) == CoverAnswer::open);
    CHECK(may_cover(rules, state, 8'000'000'001) == CoverAnswer::leverage);
    cover(state, 1'000'000);
    mark_bad(rules, state, 30'000);
    CHECK(may_cover(rules, state, 1) == CoverAnswer::open);
    mark_bad(rules, state, 1);
    CHECK(may_cover(rules, state, 1) == CoverAnswer::suspended);
    mark_bad(rules, state, -5'000);
    CHECK(may_cover(rules, state, 1) == CoverAnswer::suspended);
    mark_bad(rules, state, -5'001);
    CHECK(may_cover(rules, state, 1) == CoverAnswer::open);
    state.pool = 320'000'000;
    CHECK(refill(rules, state) == 50'000'000);
    CHECK(refill(rules, state) == 30'000'000);
    CHECK(refill(rules, state) == 0);
}

TEST_CASE("shares add up to the loss, nobody is beyond a cap, and the twin agrees within a unit a layer") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Random random(seed);
        const SharingRules rules = random_rules(random);
        REQUIRE_MESSAGE(check(rules) == SharingFlaw::none, "seed ", seed);
        SharingState state{.pool = static_cast<std::int64_t>(random.below(3000)), .borne = std::vector<std::int64_t>(rules.parties, 0)};
        std::int64_t lost = 0;
        for (int claim = 0; claim < 6; ++claim) {
            const std::int64_t loss = static_cast<std::int64_t>(random.below(1500));
            const std::vector<double> twin = split_loss_naive(rules, state, loss);
            const std::vector<std::int64_t> parts = split_loss(rules, state, loss);
            lost += loss;
            CHECK_MESSAGE(sum_of(parts) == loss, "seed ", seed);
            for (std::size_t party = 0; party < rules.parties; ++party) {
                CHECK_MESSAGE(parts[party] >= 0, "seed ", seed);
                CHECK_MESSAGE(
                    std::abs(static_cast<double>(parts[party]) - twin[party]) <= static_cast<double>(rules.layers.size() * rules.parties), "seed ", seed);
                if (rules.caps[party] >= 0) CHECK_MESSAGE(state.borne[party] <= rules.caps[party], "seed ", seed);
            }
        }
        CHECK_MESSAGE(state.pool >= 0, "seed ", seed);
        CHECK_MESSAGE(sum_of(state.borne) == lost, "seed ", seed);
    }
}

TEST_CASE("before the fact: the parties' means add up to the mean loss") {
    Random random(7);
    std::vector<double> losses;
    double mean = 0;
    for (int i = 0; i < 1000; ++i) {
        losses.push_back(static_cast<double>(random.below(100'000)));
        mean += losses.back() / 1000;
    }
    const std::vector<PartyLoss> parties = party_losses(four_two_two_two(), {.pool = 5000, .borne = {}}, losses, 0.99);
    double sum = 0;
    for (const PartyLoss& party : parties) {
        sum += party.mean;
        CHECK(party.expected_shortfall >= party.value_at_risk);
        CHECK(party.largest >= party.value_at_risk);
    }
    CHECK(sum == doctest::Approx(mean).epsilon(1e-12));
    CHECK(parties[fund].largest == 5000);
}

TEST_CASE("rules that do not hold together are refused") {
    SharingRules rules = four_two_two_two();
    rules.layers[0].shares[0] = 400'001;
    CHECK(check(rules) == SharingFlaw::shares_sum);
    rules = four_two_two_two();
    rules.layers.push_back(rules.layers[0]);
    CHECK(check(rules) == SharingFlaw::layers_order);
    rules = four_two_two_two();
    rules.caps[bank] = 5;
    CHECK(check(rules) == SharingFlaw::party_unknown);
    rules = four_two_two_two();
    rules.resume_at = 1;
    CHECK(check(rules) == SharingFlaw::stop_order);
    CHECK(check({}) == SharingFlaw::no_layers);
}

} // namespace greenbank::finance
