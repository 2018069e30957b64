// contracts_test.cpp — lines, leases, guarantees and funds: worked by hand, against twins, and what always holds.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "finance/engine/contracts/guarantee.h"
#include "finance/engine/contracts/lease.h"
#include "finance/engine/contracts/line.h"
#include "finance/engine/contracts/waterfall.h"
#include "finance/engine/proportion.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

RunningLine quarter_line() {
    const Date start = make_date(2026, 1, 1);
    return {.limit = 10'000'000,
        .rates = {{start, 40'000}, {make_date(2026, 3, 1), 36'500}},
        .fee_ppm = 5'000,
        .starts_on = start,
        .ends_on = make_date(2027, 1, 1),
        .closed_until = start};
}

/// Present value of the rents and the residual at the lease's own rate.
double value_of(const LeaseTerms& terms, const std::vector<LeaseRent>& rents) {
    const double rate = static_cast<double>(terms.rate_ppm) / 1e6 / static_cast<double>(terms.frequency);
    double value = 0, discount = 1;
    for (const LeaseRent& one : rents) {
        if (!terms.in_advance) discount /= 1 + rate;
        value += static_cast<double>(one.rent) * discount;
        if (terms.in_advance) discount /= 1 + rate;
    }
    return value + static_cast<double>(terms.residual) * discount;
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

TEST_CASE("a line: interest on what is drawn by the rate of the day, a fee on the rest, a bill a quarter") {
    RunningLine line = quarter_line();
    line.drawn = 3'650'000;
    close_days(line, make_date(2026, 3, 31));
    CHECK(line.billed_interest == 0);
    close_days(line, make_date(2026, 4, 1));
    // 58 days (2 January to 28 February) of 400 and 32 of 365 a day; 90 days of a 10 a day of 6.35 m: 86.986301.
    CHECK(line.billed_interest == 58 * 400 + 32 * 365);
    CHECK(line.billed_fee == 7829);
    CHECK(line.late_since == make_date(2026, 4, 1));
    const LineParts parts = pay(line, 1'000'000);
    CHECK(parts.fee == 7829);
    CHECK(parts.interest == 34'880);
    CHECK(parts.principal == 1'000'000 - 7829 - 34'880);
    CHECK(!line.late_since);
    CHECK(pay(line, 10'000'000).over > 0);
    CHECK(line.drawn == 0);
    close_days(line, make_date(2027, 6, 1));
    CHECK(line.billed_interest == 0);
    CHECK(line.bills == 4); // the last one on the day of the end, none after it
}

TEST_CASE("a line closed in pieces, at once and day by day is the same") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        RunningLine line = quarter_line();
        line.frequency = std::int64_t{1} << random.below(3);
        line.year_days = random.chance(0.5) ? 360 : 365;
        line.rates.push_back({Date{line.starts_on.days + 90 + static_cast<std::int32_t>(random.below(300))}, random.between(0, 100'000)});
        RunningLine twin = line;
        Date day = line.starts_on;
        for (int step = 0; step < 12; ++step) {
            day.days += static_cast<std::int32_t>(random.below(60));
            const Date between{(line.closed_until.days + day.days) / 2};
            close_days(line, between);
            close_days(line, day);
            close_days_naive(twin, day);
            REQUIRE_MESSAGE(line.accrued_interest_micro == twin.accrued_interest_micro, "seed ", seed);
            REQUIRE_MESSAGE(line.accrued_fee_micro == twin.accrued_fee_micro, "seed ", seed);
            REQUIRE_MESSAGE(line.billed_interest == twin.billed_interest, "seed ", seed);
            REQUIRE_MESSAGE(line.billed_fee == twin.billed_fee, "seed ", seed);
            REQUIRE_MESSAGE(line.late_since == twin.late_since, "seed ", seed);
            if (random.chance(0.5)) {
                const std::int64_t more = random.between(0, line.limit - line.drawn);
                line.drawn += more;
                twin.drawn += more;
            } else {
                const std::int64_t amount = random.between(0, 12'000'000);
                const LineParts parts = pay(line, amount);
                pay(twin, amount);
                REQUIRE_MESSAGE(parts.fee + parts.interest + parts.principal + parts.over == amount, "seed ", seed);
            }
            REQUIRE_MESSAGE((line.drawn >= 0 && line.drawn <= line.limit), "seed ", seed);
        }
    }
}

TEST_CASE("a lease of 100,000 over a year at 12 %: twelve rents of 8,884.88; with a residual of 20,000 less") {
    const LeaseTerms terms{.cost = 10'000'000, .rate_ppm = 120'000, .months = 12, .start = make_date(2026, 1, 31)};
    const std::vector<LeaseRent> rents = rents_of(terms);
    REQUIRE(rents.size() == 12);
    CHECK(rents[0].rent == 888'488);
    CHECK(rents[0].interest == 100'000);
    CHECK(rents[0].due == make_date(2026, 2, 28));
    CHECK(rents[11].due == make_date(2027, 1, 31));
    CHECK(rents[11].left == 0);
    LeaseTerms kept = terms;
    kept.residual = 2'000'000;
    CHECK(rents_of(kept)[0].rent == 730'790); // (100,000 − 20,000 / 1.01^12) of the annuity
    CHECK(rents_of(kept)[11].left == 2'000'000);
    for (LeaseTerms bad :
        {LeaseTerms{}, LeaseTerms{.cost = 5, .residual = 5}, LeaseTerms{.cost = 5, .rate_ppm = -1}, LeaseTerms{.cost = 5, .months = 7, .frequency = 4}})
        CHECK(rents_of(bad).empty());
}

TEST_CASE("rents in advance: twelve of 8,796.91 for 100,000 at 12 %, the first on the first day; an annuity due; with a residual value") {
    const LeaseTerms terms{.cost = 10'000'000, .rate_ppm = 120'000, .months = 12, .in_advance = true, .start = make_date(2026, 1, 31)};
    const std::vector<LeaseRent> rents = rents_of(terms);
    REQUIRE(rents.size() == 12);
    CHECK(rents[0].due == terms.start);
    CHECK(rents[0].interest == 0);
    CHECK(rents[0].rent == 879'691); // 8,884.88 / 1.01
    CHECK(rents[1].interest == 91'203);
    CHECK(rents[11].due == make_date(2026, 12, 31));
    CHECK(rents[11].left == 0);
    LeaseTerms kept = terms;
    kept.residual = 2'020'000;
    CHECK(rents_of(kept)[11].left == 2'000'000); // a month later, with that month's interest, it is the residual value
    kept.months = 1;
    CHECK(rents_of(kept)[0].rent == 8'000'000);
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        LeaseTerms one{
            .cost = random.between(100'000, 1'000'000'000), .rate_ppm = random.between(0, 200'000), .months = 3 * random.between(1, 60), .frequency = 4};
        one.residual = random.between(0, one.cost / 2);
        one.start = make_date(2024, 2, 29);
        const double arrears = static_cast<double>(rents_of(one)[0].rent);
        one.in_advance = true;
        std::vector<LeaseRent> due = rents_of(one);
        if (one.months > 3) // one payment alone takes the rounding
            CHECK_MESSAGE(std::abs(static_cast<double>(due[0].rent) * (1 + static_cast<double>(one.rate_ppm) / 4e6) - arrears) < 2, "seed ", seed);
        CHECK_MESSAGE(std::abs(value_of(one, due) - static_cast<double>(one.cost)) < static_cast<double>(due.size()) + 1, "seed ", seed);
        std::int64_t principal = 0;
        for (const LeaseRent& row : due) principal += row.rent - row.interest;
        CHECK_MESSAGE(principal == one.cost - due.back().left, "seed ", seed);
        CHECK_MESSAGE(std::abs(static_cast<double>(due.back().left) * (1 + static_cast<double>(one.rate_ppm) / 4e6) - static_cast<double>(one.residual)) < 1,
            "seed ", seed);
    }
}

TEST_CASE("rents pay the thing down to its residual, are worth its cost, and are paid oldest first") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Random random(seed);
        const std::int64_t cost = random.between(100'000, 1'000'000'000), frequencies[] = {1, 2, 4, 12};
        LeaseTerms terms{.cost = cost, .residual = random.between(0, cost / 2), .rate_ppm = random.chance(0.1) ? 0 : random.between(1, 200'000)};
        terms.frequency = frequencies[random.below(4)];
        terms.months = 12 / terms.frequency * random.between(1, 50);
        terms.start = make_date(2024, 2, 29);
        std::vector<LeaseRent> rents = rents_of(terms);
        std::int64_t principal = 0, all = 0, interest = 0;
        for (const LeaseRent& one : rents) {
            principal += one.rent - one.interest;
            interest += one.interest;
            all += one.rent;
            CHECK_MESSAGE(one.rent >= 0, "seed ", seed);
        }
        CHECK_MESSAGE(principal == terms.cost - terms.residual, "seed ", seed);
        CHECK_MESSAGE(std::abs(value_of(terms, rents) - static_cast<double>(terms.cost)) < static_cast<double>(rents.size()), "seed ", seed);
        std::int64_t paid_interest = 0, paid_principal = 0;
        LateInterest none;
        while (unpaid(rents) > 0) {
            const RentParts parts = pay(rents, none, random.between(1, all));
            paid_interest += parts.interest;
            paid_principal += parts.principal;
        }
        CHECK_MESSAGE(paid_interest == interest, "seed ", seed);
        CHECK_MESSAGE(paid_principal == principal, "seed ", seed);
        CHECK(days_late(rents, make_date(2100, 1, 1)) == 0);
    }
}

TEST_CASE("a rent that is late bears the rate and half of it more on its principal, by the day, until it is paid") {
    const LeaseTerms terms{.cost = 10'000'000, .rate_ppm = 120'000, .months = 12, .start = make_date(2026, 1, 1)};
    std::vector<LeaseRent> rents = rents_of(terms);
    LateInterest late{.rate_ppm = 120'000, .penalty_ppm = 60'000, .closed_until = terms.start};
    close_days(rents, late, make_date(2026, 2, 1));
    CHECK(late.due == 0); // due today
    close_days(rents, late, make_date(2026, 2, 11));
    CHECK(late.due == 788'488 * 180 / 1000 * 10 / 365); // 8,884.88 less 1,000.00 of interest; ten days
    const std::int64_t bore = late.due;
    const RentParts parts = pay(rents, late, bore + 888'488);
    CHECK(parts.late_interest == bore);
    CHECK(parts.interest == 100'000);
    CHECK(parts.principal == 788'488);
    CHECK(parts.over == 0);
    close_days(rents, late, make_date(2026, 3, 1));
    CHECK(late.due == 0);
}

TEST_CASE("late rents closed in pieces, at once and day by day bear the same; what is paid in time bears nothing; parts of a payment add up") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        LeaseTerms terms{
            .cost = random.between(100'000, 1'000'000'000), .rate_ppm = random.between(0, 200'000), .months = 3 * random.between(1, 12), .frequency = 4};
        terms.in_advance = random.chance(0.5);
        terms.start = make_date(2024, 2, 29);
        std::vector<LeaseRent> rents = rents_of(terms), twins = rents, good = rents;
        LateInterest late{
            .rate_ppm = terms.rate_ppm, .penalty_ppm = terms.rate_ppm / 2, .year_days = random.chance(0.5) ? 360 : 365, .closed_until = terms.start};
        LateInterest twin = late, nothing = late;
        Date day = terms.start;
        for (int step = 0; step < 12; ++step) {
            day.days += static_cast<std::int32_t>(random.below(120));
            close_days(rents, late, Date{(late.closed_until.days + day.days) / 2});
            close_days(rents, late, day);
            close_days(rents, late, day);
            close_days_naive(twins, twin, day);
            CHECK_MESSAGE(late.due == twin.due, "seed ", seed);
            CHECK_MESSAGE(late.accrued_micro == twin.accrued_micro, "seed ", seed);
            while (nothing.closed_until < day) { // all that is due is paid on its day
                close_days(good, nothing, Date{nothing.closed_until.days + 1});
                pay(good, nothing, due_on(good, nothing.closed_until));
            }
            const std::int64_t amount = random.between(0, 2 * (due_on(rents, day) + late.due) + 1);
            const RentParts parts = pay(rents, late, amount);
            pay(twins, twin, amount);
            CHECK_MESSAGE(parts.late_interest + parts.interest + parts.principal + parts.over == amount, "seed ", seed);
            if (parts.interest + parts.principal > 0) CHECK_MESSAGE(late.due == 0, "seed ", seed);
        }
        if (!terms.in_advance) CHECK_MESSAGE(nothing.due + nothing.accrued_micro == 0, "seed ", seed);
    }
}

TEST_CASE("a guarantee pays its share up to its limit; what comes back goes back in proportion") {
    CHECK(guaranteed_part(1'000'000, 400'000, 10'000'000, 0) == 400'000);
    CHECK(guaranteed_part(1'000'000, 400'000, 500'000, 200'000) == 300'000);
    CHECK(guaranteed_part(1'000'000, 400'000, 500'000, 600'000) == 0);
    CHECK(recovered_part(100'000, 1'000'000, 400'000, 0) == 40'000);
    CHECK(recovered_part(2'000'000, 1'000'000, 400'000, 390'000) == 10'000);
    CHECK(recovered_part(5, 0, 0, 0) == 0);
    CHECK(guarantee_fee(1'000'000'00, 15'000) == 1'500'000);
}

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
        const FundTerms terms{random.between(0, 150'000), random.between(0, 300'000), random.chance(0.3) ? 0 : random.between(300'001, 1'000'000)};
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
        const FundTerms terms{random.between(0, 150'000), random.between(0, 300'000), random.chance(0.3) ? 0 : random.between(300'001, 1'000'000)};
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
        const FundTerms terms{random.between(0, 150'000), random.between(0, 300'000), random.chance(0.3) ? 0 : random.between(300'001, 1'000'000)};
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
