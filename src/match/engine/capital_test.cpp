// capital_test.cpp — what excludes an offer, what grades it, and what is always true.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "kernel/random.h"
#include "match/engine/capital.h"
#include "match/engine/random_library.h"

namespace greenbank::match {
namespace {

const Weights weights = weights_for_tests();
const CapitalWeights capital;

CapitalCandidate loan() {
    return {.id = "loan",
        .kind = 0,
        .amount_min = Money{20'000'000'00, "CNY"},
        .amount_max = Money{300'000'000'00, "CNY"},
        .tenor_min = 60,
        .tenor_max = 180,
        .countries = {"CN"},
        .classes = {"3.2.2.1", "3.2.3"},
        .fields = {5},
        .stages = {2, 3},
        .collateral = {1, 5}};
}
CapitalWish plant() {
    return {.kinds = {},
        .fields = {5},
        .classes = {"3.2.3.1"},
        .amount = Money{135'000'000'00, "CNY"},
        .part_welcome = false,
        .tenor = 120,
        .collateral = {{1, 5}},
        .country = "CN",
        .stage = 3};
}
Outcome outcome(const CapitalCandidate& offer, const CapitalWish& wish, CapitalRule rule) {
    return explain(offer, wish, capital, weights).rules[static_cast<std::size_t>(rule)].outcome;
}
std::int32_t points(const CapitalCandidate& offer, const CapitalWish& wish, CapitalCriterion criterion) {
    return explain(offer, wish, capital, weights).criteria[static_cast<std::size_t>(criterion)].points;
}

CapitalCandidate random_offer(Random& random, std::size_t number) {
    CapitalCandidate made{.id = fmt::format("cap_{:04}", number * 7919 % 10'007), .kind = static_cast<int>(random.below(8))};
    const auto money = [&] { return Money{random.between(0, 500'000'000), random.chance(0.7) ? "CNY" : random.chance(0.5) ? "USD" : "XXX"}; };
    if (random.chance(0.8)) made.amount_min = money();
    if (random.chance(0.8)) made.amount_max = money();
    if (random.chance(0.8)) made.tenor_min = random.between(0, 120);
    if (random.chance(0.8)) made.tenor_max = random.between(0, 240);
    for (int i = 0; i < 4; ++i) {
        if (random.chance(0.4)) made.countries.push_back(fmt::format("C{}", i));
        if (random.chance(0.4)) made.classes.push_back(fmt::format("{}.{}", random.below(3), random.below(3)));
        if (random.chance(0.4)) made.fields.push_back(i);
        if (random.chance(0.4)) made.stages.push_back(i);
        if (random.chance(0.3)) made.collateral.push_back(i == 3 ? capital.unsecured : i);
    }
    if (random.chance(0.1)) made.countries.emplace_back("WORLD");
    return made;
}
CapitalWish random_wish(Random& random) {
    CapitalWish made;
    if (random.chance(0.2)) made.kinds = {static_cast<int>(random.below(8))};
    if (random.chance(0.8)) made.fields = {static_cast<int>(random.below(4))};
    if (random.chance(0.8)) made.classes = {fmt::format("{}.{}.{}", random.below(3), random.below(3), random.below(3))};
    if (random.chance(0.8)) made.amount = Money{random.between(0, 500'000'000), random.chance(0.8) ? "CNY" : "USD"};
    made.part_welcome = random.chance(0.3);
    if (random.chance(0.7)) made.tenor = random.between(0, 200);
    if (random.chance(0.7)) made.collateral = std::vector<int>{static_cast<int>(random.below(3))};
    made.country = fmt::format("C{}", random.below(4));
    if (random.chance(0.7)) made.stage = static_cast<int>(random.below(4));
    return made;
}

} // namespace

TEST_CASE("a loan that fits") {
    const CapitalExplanation fits = explain(loan(), plant(), capital, weights);
    CHECK(!fits.excluded);
    for (const CapitalRuleFinding& one : fits.rules) CHECK(one.passed);
    CHECK(points(loan(), plant(), CapitalCriterion::classes) == points_full); // 3.2.3 is for 3.2.3.1
    CHECK(points(loan(), plant(), CapitalCriterion::amount) == points_full);
    CHECK(points(loan(), plant(), CapitalCriterion::collateral) == points_full);
}

TEST_CASE("each rule breaks where its figure does") {
    CapitalWish wish = plant();
    wish.amount = Money{300'000'000'00, "CNY"};
    CHECK(outcome(loan(), wish, CapitalRule::amount) == Outcome::met);
    wish.amount->minor += 10'00;
    CHECK(outcome(loan(), wish, CapitalRule::amount) == Outcome::too_large);
    wish.part_welcome = true;
    wish.amount = Money{600'000'000'00, "CNY"};
    CHECK(outcome(loan(), wish, CapitalRule::amount) == Outcome::near);
    CHECK(points(loan(), wish, CapitalCriterion::amount) == 500'000);
    wish.amount = Money{1'000'000'00, "USD"}; // seven million yuan
    CHECK(outcome(loan(), wish, CapitalRule::amount) == Outcome::too_small);
    wish.amount = Money{1, "EUR"};
    CHECK(outcome(loan(), wish, CapitalRule::amount) == Outcome::not_comparable);
    wish.amount.reset();
    CHECK(outcome(loan(), wish, CapitalRule::amount) == Outcome::not_asked);

    wish = plant();
    for (const auto& [months, expected] : {std::pair{59, Outcome::too_small}, {60, Outcome::met}, {180, Outcome::met}, {181, Outcome::too_large}}) {
        wish.tenor = months;
        CHECK(outcome(loan(), wish, CapitalRule::tenor) == expected);
    }
    wish = plant();
    wish.collateral = std::vector<int>{0};
    CHECK(outcome(loan(), wish, CapitalRule::collateral) == Outcome::failed);
    wish.collateral.reset();
    CHECK(outcome(loan(), wish, CapitalRule::collateral) == Outcome::unknown);
    CapitalCandidate unsecured = loan();
    unsecured.collateral = {capital.unsecured};
    wish.collateral = std::vector<int>{};
    CHECK(outcome(unsecured, wish, CapitalRule::collateral) == Outcome::worldwide);
    CHECK(outcome(loan(), wish, CapitalRule::collateral) == Outcome::failed);

    wish = plant();
    wish.country = "KZ", wish.stage = 1, wish.classes = {"3.2.4.1", "3.2.33"}, wish.fields = {0}, wish.kinds = {2};
    CHECK(outcome(loan(), wish, CapitalRule::territory) == Outcome::failed);
    CHECK(outcome(loan(), wish, CapitalRule::stage) == Outcome::failed);
    CHECK(outcome(loan(), wish, CapitalRule::classes) == Outcome::failed);
    CHECK(outcome(loan(), wish, CapitalRule::field) == Outcome::failed);
    CHECK(outcome(loan(), wish, CapitalRule::kind) == Outcome::failed);
}

TEST_CASE("scores sum up, order changes nothing, a failed rule excludes, and what passes is ranked") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        std::vector<CapitalCandidate> offers;
        for (std::size_t i = 0, n = random.below(40); i < n; ++i) offers.push_back(random_offer(random, i));
        const CapitalWish wish = random_wish(random);
        const CapitalRanking ranking = rank_capital(offers, wish, capital, weights);
        CHECK(ranking.best.size() + ranking.excluded.size() == offers.size());
        for (std::size_t i = 0; i < offers.size(); ++i) {
            const CapitalExplanation found = explain(offers[i], wish, capital, weights);
            const auto sum = std::accumulate(found.criteria.begin(), found.criteria.end(), std::int64_t{0},
                [](std::int64_t all, const CapitalCriterionFinding& one) { return all + one.contribution; });
            CHECK(sum == found.score);
            CHECK((found.score >= 0 && found.score <= points_full));
            const bool ranked =
                std::any_of(ranking.best.begin(), ranking.best.end(), [&](const Ranked& one) { return one.candidate == i && one.score == found.score; });
            CHECK(ranked == !found.excluded);
        }
        for (std::size_t k = 1; k < ranking.best.size(); ++k) {
            const Ranked &a = ranking.best[k - 1], &b = ranking.best[k];
            CHECK((a.score > b.score || (a.score == b.score && offers[a.candidate].id < offers[b.candidate].id)));
        }
        std::vector<CapitalCandidate> turned(offers.rbegin(), offers.rend());
        const CapitalRanking other = rank_capital(turned, wish, capital, weights);
        REQUIRE(other.best.size() == ranking.best.size());
        for (std::size_t k = 0; k < other.best.size(); ++k) CHECK(turned[other.best[k].candidate].id == offers[ranking.best[k].candidate].id);
    }
}

TEST_CASE("who accepts parts, is told more or takes more collateral is never excluded for it") {
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const CapitalCandidate offer = random_offer(random, 1);
        CapitalWish wish = random_wish(random);
        const CapitalExplanation before = explain(offer, wish, capital, weights);
        CapitalWish parts = wish;
        parts.part_welcome = true;
        CHECK((before.excluded || !explain(offer, parts, capital, weights).excluded));
        CapitalCandidate wider = offer;
        wider.amount_min.reset(), wider.countries = {"WORLD"}, wider.stages.clear(), wider.fields.clear(), wider.classes.clear(), wider.collateral.clear();
        CHECK((before.excluded || !explain(wider, wish, capital, weights).excluded));
        if (wish.collateral) {
            wish.collateral->push_back(static_cast<int>(random.below(6)));
            const CapitalExplanation more = explain(offer, wish, capital, weights);
            CHECK((before.excluded || !more.excluded));
            CHECK(more.score >= before.score);
        }
    }
}

} // namespace greenbank::match
