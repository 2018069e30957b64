// contracts_test.cpp — lines, leases and guarantees: worked by hand, against twins, and what always holds.
#include <doctest/doctest.h>

#include <cmath>

#include "finance/engine/contracts/guarantee.h"
#include "finance/engine/contracts/lease.h"
#include "finance/engine/contracts/line.h"
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

} // namespace greenbank::finance
