// waterfall_test.cpp — what funds give back: worked by hand, against twins, and what always holds.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "finance/engine/contracts/waterfall.h"
#include "finance/engine/proportion.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

FundTerms any_terms(Random& random) {
    return {random.between(0, 150'000), random.between(0, 300'000), random.chance(0.3) ? 0 : random.between(300'001, 1'000'000)};
}

/// The twin of the whole life, a tenth of a unit after the other: first of the preferred return, then of the catch-up until the manager has its part, then by the
/// split.
double carry_naive(const FundTerms& terms, std::int64_t profit, std::int64_t preferred) {
    double manager = 0;
    for (std::int64_t tenth = 10 * preferred; tenth < 10 * profit; ++tenth) {
        const bool behind = terms.catch_up_ppm > 0 && manager * 1e7 < static_cast<double>(terms.carry_ppm) * static_cast<double>(tenth) - 1e-3;
        manager += static_cast<double>(behind ? terms.catch_up_ppm : terms.carry_ppm) / 1e7;
    }
    return manager;
}

/// The twin of a split, one unit after the other: capital, preferred return, catch-up until the manager has its part of all profit, then the split.
double manager_naive(const FundTerms& terms, const FundTotals& totals, const std::vector<FundFlow>& flows, Date day, std::int64_t amount) {
    const double open = hurdle_open_naive(terms, flows, day);
    double manager = 0, profit = static_cast<double>(totals.profit);
    for (std::int64_t unit = 0; unit < amount; ++unit) {
        if (unit < totals.paid_in - totals.capital) continue;
        const bool preferred = static_cast<double>(unit) + 0.5 < open;
        const double mine = static_cast<double>(totals.carry) + manager, part = static_cast<double>(terms.carry_ppm) / 1e6;
        if (!preferred) manager += terms.catch_up_ppm > 0 && mine < part * profit - 1e-9 ? static_cast<double>(terms.catch_up_ppm) / 1e6 : part;
        profit += 1;
    }
    return manager;
}

/// What a distribution leaves in the totals and flows that it came out of.
void give(FundTotals& totals, std::vector<FundFlow>& flows, const FundSplit& split, Date day) {
    totals.capital += split.capital;
    totals.profit += split.to_investors() + split.to_manager() - split.capital;
    totals.carry += split.to_manager();
    flows.push_back({day, -split.to_investors()});
}

struct Deal {
    FundTotals totals;
    std::vector<FundFlow> flows;
};

std::int64_t sum_of(const std::vector<std::int64_t>& parts) { return std::accumulate(parts.begin(), parts.end(), std::int64_t{0}); }

} // namespace

TEST_CASE("a fund of 100 after one year at 8 %, full catch-up, 20 % carry: of 150 the manager has 10, its part of the profit of 50") {
    const FundTerms terms{.hurdle_ppm = 80'000, .carry_ppm = 200'000, .catch_up_ppm = 1'000'000};
    const Date start = make_date(2025, 1, 1), end = make_date(2026, 1, 1);
    const std::vector<FundFlow> flows = {{start, 10'000}};
    const FundSplit split = distribute(terms, {.paid_in = 10'000}, flows, end, 15'000);
    CHECK(split.capital == 10'000);
    CHECK(split.preferred == 800);
    CHECK(split.catch_up_manager == 200);
    CHECK(split.catch_up_investors == 0);
    CHECK(split.manager == 800);
    CHECK(split.investors == 3'200);
    CHECK(split.to_manager() == 1'000);
    const FundSplit half = distribute({80'000, 200'000, 500'000}, {.paid_in = 10'000}, flows, end, 15'000); // half of what follows until it has 20 %
    CHECK(half.catch_up_manager == 266);
    CHECK(half.catch_up_investors == 267);
    CHECK(distribute({80'000, 200'000, 0}, {.paid_in = 10'000}, flows, end, 15'000).to_manager() == 840); // a hard hurdle
    CHECK(distribute(terms, {.paid_in = 10'000}, flows, end, 10'500).to_manager() == 0);
    CHECK(check(FundTerms{0, 200'000, 100'000}) == FundFlaw::catch_up);
    CHECK(check(FundTerms{-1, 0, 0}) == FundFlaw::hurdle);
    CHECK(check(FundTerms{0, 1'000'000, 0}) == FundFlaw::carry);
}

TEST_CASE("distributions add up, never run ahead of capital and hurdle, leave the manager its part at most, and the hurdle is its twin's") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        const FundTerms terms = any_terms(random);
        std::vector<FundFlow> flows;
        FundTotals totals;
        Date day = make_date(2020, 2, 29);
        std::int64_t given = 0;
        for (int step = 0; step < 15; ++step) {
            day.days += static_cast<std::int32_t>(random.below(200));
            const std::int64_t amount = random.between(1, 5'000'000);
            if (step == 0 || random.chance(0.4)) {
                flows.push_back({day, amount});
                totals.paid_in += amount;
                continue;
            }
            const double open = hurdle_open(terms, flows, day), twin = hurdle_open_naive(terms, flows, day);
            CHECK_MESSAGE(std::abs(open - twin) <= 1e-6 * (1 + std::abs(open)), "seed ", seed);
            const FundSplit split = distribute(terms, totals, flows, day, amount);
            CHECK_MESSAGE(split.to_investors() + split.to_manager() == amount, "seed ", seed);
            if (split.to_manager() > 0) CHECK_MESSAGE(static_cast<double>(split.capital + split.preferred) >= open - 1, "seed ", seed);
            totals.capital += split.capital;
            totals.profit += amount - split.capital;
            totals.carry += split.to_manager();
            given += amount;
            flows.push_back({day, -split.to_investors()});
            CHECK_MESSAGE(totals.capital <= totals.paid_in, "seed ", seed);
            CHECK_MESSAGE(
                static_cast<double>(totals.carry) <= static_cast<double>(totals.profit) * static_cast<double>(terms.carry_ppm) / 1e6 + 30, "seed ", seed);
        }
        CHECK_MESSAGE(totals.capital + totals.profit == given, "seed ", seed);
        std::vector<std::int64_t> weights;
        for (int i = 0; i < 5; ++i) weights.push_back(random.between(0, 1'000'000));
        weights.push_back(1);
        CHECK_MESSAGE(sum_of(in_proportion(given, weights)) == given, "seed ", seed);
    }
    CHECK(in_proportion(5, {}).empty());
    CHECK(in_proportion(5, {0, 0}) == std::vector<std::int64_t>{0, 0});
}

TEST_CASE("carry given early and lost later: the whole life of the fund says what the manager gives back") {
    const FundTerms terms{.hurdle_ppm = 0, .carry_ppm = 200'000, .catch_up_ppm = 1'000'000};
    const Date start = make_date(2025, 1, 1), sold = make_date(2025, 6, 1), again = make_date(2025, 7, 1), end = make_date(2026, 1, 1);
    // 100 in, 150 back: the manager has 10. Then 100 more are called, and 40 of them come back: a loss of 10 in all.
    const FundSplit early = distribute(terms, {.paid_in = 100}, {{start, 100}}, sold, 150);
    CHECK(early.to_manager() == 10);
    FundTotals totals{.paid_in = 200, .capital = 100, .profit = 50, .carry = 10};
    std::vector<FundFlow> flows = {{start, 100}, {sold, -140}, {again, 100}};
    const FundSplit late = distribute(terms, totals, flows, end, 40);
    CHECK(late.capital == 40);
    totals.capital += 40;
    flows.push_back({end, -40});
    const WholeLife life = whole_life(terms, totals, flows, end);
    CHECK(life.profit == -10);
    CHECK(life.entitled == 0);
    CHECK(life.over == 10);
    // With 70 instead a profit of 20 is left, of which 4 are the manager's.
    totals.capital = 170;
    flows.back().amount = -70;
    CHECK(whole_life(terms, totals, flows, end).over == 6);
}

TEST_CASE("after a clawback nobody has more than the whole life gives, parts add up, and there is nothing more to give back") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        const FundTerms terms = any_terms(random);
        std::vector<FundFlow> flows;
        FundTotals totals;
        Date day = make_date(2020, 2, 29);
        for (int step = 0; step < 12; ++step) {
            day.days += static_cast<std::int32_t>(random.below(200));
            const std::int64_t amount = random.between(1, 3'000);
            if (step == 0 || random.chance(0.5)) {
                flows.push_back({day, amount});
                totals.paid_in += amount;
            } else if (totals.paid_in > totals.capital && random.chance(0.2)) { // called and not needed: given back
                const std::int64_t unused = random.between(1, totals.paid_in - totals.capital);
                flows.push_back({day, -unused});
                totals.paid_in -= unused;
            } else {
                const FundSplit split = distribute(terms, totals, flows, day, amount);
                totals.capital += split.capital;
                totals.profit += amount - split.capital;
                totals.carry += split.to_manager();
                flows.push_back({day, -split.to_investors()});
            }
        }
        day.days += static_cast<std::int32_t>(random.below(400));
        const WholeLife life = whole_life(terms, totals, flows, day);
        const double naive = carry_naive(terms, life.profit, life.preferred);
        CHECK_MESSAGE(std::abs(static_cast<double>(life.entitled) - naive) < 3, // three roundings
            "seed ", seed, ": ", life.entitled, " and ", naive);
        CHECK_MESSAGE((life.over >= 0 && life.over <= totals.carry), "seed ", seed);
        const std::int64_t given = totals.capital + totals.profit, back = std::min(life.over, std::max<std::int64_t>(0, totals.paid_in - totals.capital));
        totals.capital += back;
        totals.profit -= back;
        totals.carry -= life.over;
        flows.push_back({day, -life.over});
        CHECK_MESSAGE(totals.capital + totals.profit == given, "seed ", seed);
        CHECK_MESSAGE(totals.carry <= life.entitled, "seed ", seed);
        const WholeLife after = whole_life(terms, totals, flows, day);
        CHECK_MESSAGE(after.over <= 1, "seed ", seed); // rounding of what is open
        CHECK_MESSAGE(std::abs(after.entitled - life.entitled) <= 1, "seed ", seed);
        // What investors lack of capital and preferred return is not in the manager's hands.
        if (hurdle_open(terms, flows, day) > 1) CHECK_MESSAGE(totals.carry <= 1, "seed ", seed);
    }
}

TEST_CASE("deal by deal: of two deals of 100 one doubles and one is lost; the manager has 20 at the first and gives 20 back at the end") {
    const FundTerms terms{.hurdle_ppm = 80'000, .carry_ppm = 200'000, .catch_up_ppm = 1'000'000};
    const Date start = make_date(2025, 1, 1), sold = make_date(2026, 1, 1), end = make_date(2027, 1, 1);
    Deal fund{{.paid_in = 20'000}, {{start, 20'000}}}, first{{.paid_in = 10'000}, {{start, 10'000}}};
    CHECK(distribute(terms, fund.totals, fund.flows, sold, 20'000).to_manager() == 0); // of the whole fund all is capital
    const FundSplit split = distribute(terms, first.totals, first.flows, sold, 20'000);
    CHECK(split.capital == 10'000);
    CHECK(split.preferred == 800);
    CHECK(split.to_manager() == 2'000);
    give(fund.totals, fund.flows, split, sold);
    const WholeLife life = whole_life(terms, fund.totals, fund.flows, end);
    CHECK(life.profit == 0);
    CHECK(life.over == 2'000);
}

TEST_CASE(
    "a fund of one deal gives the same deal by deal as of the whole; each deal is its twin's; after the clawback nobody has more than the whole life gives") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        const FundTerms terms = any_terms(random);
        Deal fund;
        std::vector<Deal> deals(1 + random.below(4));
        Date day = make_date(2020, 2, 29);
        for (Deal& deal : deals) {
            const std::int64_t amount = random.between(100, 4'000);
            for (Deal* one : {&deal, &fund}) {
                one->totals.paid_in += amount;
                one->flows.push_back({day, amount});
            }
            day.days += static_cast<std::int32_t>(random.below(200));
        }
        for (int step = 0; step < 10; ++step) {
            day.days += static_cast<std::int32_t>(random.below(200));
            Deal& deal = deals[random.below(deals.size())];
            const std::int64_t amount = random.between(1, 3'000);
            const FundSplit split = distribute(terms, deal.totals, deal.flows, day, amount);
            CHECK_MESSAGE(split.to_investors() + split.to_manager() == amount, "seed ", seed);
            const double naive = manager_naive(terms, deal.totals, deal.flows, day, amount);
            CHECK_MESSAGE(std::abs(static_cast<double>(split.to_manager()) - naive) < 4, "seed ", seed, ": ", split.to_manager(), " and ", naive);
            if (deals.size() == 1) {
                const FundSplit whole = distribute(terms, fund.totals, fund.flows, day, amount);
                CHECK_MESSAGE(whole.capital == split.capital, "seed ", seed);
                CHECK_MESSAGE(whole.preferred == split.preferred, "seed ", seed);
                CHECK_MESSAGE(whole.to_manager() == split.to_manager(), "seed ", seed);
            }
            give(deal.totals, deal.flows, split, day);
            give(fund.totals, fund.flows, split, day);
            CHECK_MESSAGE(deal.totals.capital <= deal.totals.paid_in, "seed ", seed);
            CHECK_MESSAGE(static_cast<double>(deal.totals.carry) <= static_cast<double>(deal.totals.profit) * static_cast<double>(terms.carry_ppm) / 1e6 + 20,
                "seed ", seed);
        }
        const WholeLife life = whole_life(terms, fund.totals, fund.flows, day);
        CHECK_MESSAGE((life.over >= 0 && life.over <= fund.totals.carry), "seed ", seed);
        CHECK_MESSAGE(fund.totals.carry - life.over <= life.entitled, "seed ", seed);
        const double naive = carry_naive(terms, life.profit, life.preferred);
        CHECK_MESSAGE(std::abs(static_cast<double>(life.entitled) - naive) < 3, "seed ", seed);
    }
}

} // namespace greenbank::finance
