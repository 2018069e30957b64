// loan_life_test.cpp — days, bills, payments and warnings; closing in pieces is closing once.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "finance/engine/loan_arithmetic.h"
#include "finance/engine/loan_life.h"
#include "finance/engine/warning.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

const Date first = make_date(2026, 1, 1);

RunningLoan year_loan() {
    RunningLoan loan{.rate_ppm = 36'500, .penalty_ppm = 18'250, .instalments = {}, .margin_steps = {}, .closed_until = first};
    draw(loan, 1'000'000'00, {{.due = make_date(2026, 7, 1), .principal = 400'000'00}, {.due = make_date(2027, 1, 1), .principal = 600'000'00}});
    return loan;
}

RunningLoan random_loan(Random& random) {
    RunningLoan loan{.rate_ppm = static_cast<std::int64_t>(random.below(100'000)),
        .penalty_ppm = static_cast<std::int64_t>(random.below(50'000)),
        .year_days = random.chance(0.5) ? 365 : 360,
        .instalments = {},
        .margin_steps = {},
        .closed_until = first};
    std::vector<LoanInstalment> plan;
    std::int64_t sum = 0;
    Date due = first;
    for (std::size_t i = 0; i < 1 + random.below(12); ++i) {
        due.days += 1 + static_cast<std::int32_t>(random.below(120));
        plan.push_back({.due = due, .principal = static_cast<std::int64_t>(random.below(1'000'000'00))});
        sum += plan.back().principal;
    }
    draw(loan, sum, plan);
    return loan;
}

/// Day by day: the twin.
void close_naive(RunningLoan& loan, Date until) {
    while (loan.closed_until < until) close_days(loan, {loan.closed_until.days + 1});
}

bool same(const RunningLoan& a, const RunningLoan& b) {
    if (a.principal != b.principal || a.accrued_micro != b.accrued_micro || a.closed_until != b.closed_until || a.instalments.size() != b.instalments.size())
        return false;
    for (std::size_t i = 0; i < a.instalments.size(); ++i)
        if (a.instalments[i].interest != b.instalments[i].interest || a.instalments[i].billed != b.instalments[i].billed) return false;
    return true;
}

} // namespace

TEST_CASE("a year: interest by the day, a bill, a part paid late, what is paid ahead") {
    RunningLoan loan = year_loan();
    close_days(loan, make_date(2026, 6, 30));
    CHECK(late_amount(loan) == 0);
    close_days(loan, make_date(2026, 7, 1));
    // 1,000,000 at 3.65 %: 100 a day, 181 days.
    CHECK(loan.instalments[0].interest == 18'100'00);
    CHECK(late_amount(loan) == 418'100'00);
    CHECK(days_late(loan, make_date(2026, 7, 11)) == 10);
    PaymentParts parts = pay(loan, 100'000'00);
    CHECK(parts.interest == 18'100'00);
    CHECK(parts.principal == 81'900'00);
    close_days(loan, make_date(2026, 7, 11)); // the unpaid 318,100 bears 1.825 % more
    CHECK(loan.accrued_micro / 1'000'000 == (10 * 918'100'00LL * 36'500 / 365 + 10 * 318'100'00LL * 18'250 / 365) / 1'000'000);
    parts = pay(loan, 518'100'00);
    CHECK(parts.principal == 318'100'00);
    CHECK(parts.ahead == 200'000'00);
    CHECK(loan.instalments[1].principal == 400'000'00);
    CHECK(days_late(loan, make_date(2026, 8, 1)) == 0);
    parts = pay(loan, 500'000'00);
    CHECK(parts.over == 100'000'00);
    CHECK(loan.principal == 0);
}

TEST_CASE("the margin steps down with verified tonnes, from the next day on") {
    RunningLoan loan = year_loan();
    loan.margin_steps = {{0, 0}, {10'000, -2'500}, {20'000, -5'000}};
    CHECK(rate_of(loan) == 36'500);
    loan.verified_tonnes = 15'000;
    CHECK(rate_of(loan) == 34'000);
    loan.verified_tonnes = 20'000;
    CHECK(rate_of(loan) == 31'500);
}

TEST_CASE("closing in pieces, twice, or day by day comes to the same; principal is never lost") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Random random(seed);
        RunningLoan once = random_loan(random);
        RunningLoan pieces = once, naive = once;
        const std::int64_t lent = once.principal;
        std::int64_t paid = 0;
        Date day = first;
        for (int step = 0; step < 8; ++step) {
            day.days += static_cast<std::int32_t>(random.below(200));
            close_days(once, day);
            close_naive(naive, day);
            for (int piece = 0; piece < 3; ++piece)
                close_days(pieces,
                    {pieces.closed_until.days + static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(day.days - pieces.closed_until.days) + 1))});
            close_days(pieces, day);
            close_days(pieces, day);
            CHECK_MESSAGE(same(once, pieces), "seed ", seed);
            CHECK_MESSAGE(same(once, naive), "seed ", seed);
            const std::int64_t amount = static_cast<std::int64_t>(random.below(1'000'000'00));
            const PaymentParts parts = pay(once, amount);
            pay(pieces, amount);
            pay(naive, amount);
            CHECK_MESSAGE(parts.interest + parts.principal + parts.ahead + parts.over == amount, "seed ", seed);
            paid += parts.principal + parts.ahead;
            CHECK_MESSAGE(once.principal == lent - paid, "seed ", seed);
            CHECK_MESSAGE(once.principal >= 0, "seed ", seed);
        }
    }
}

TEST_CASE("above a benchmark each period bears the rate that was published at its start; the margin steps on top; never below zero") {
    RunningLoan loan{.rate_ppm = 5'000, .instalments = {}, .margin_steps = {}, .closed_until = first};
    loan.fixings = {{make_date(2025, 7, 1), 32'000}, {first, 31'000}, {make_date(2026, 3, 10), 30'000}, {make_date(2026, 7, 2), 20'000}};
    draw(loan, 1'000'000'00, {{.due = make_date(2026, 4, 1)}, {.due = make_date(2026, 7, 1)}, {.due = make_date(2026, 10, 1), .principal = 1'000'000'00}});
    close_days(loan, make_date(2026, 6, 1));
    CHECK(loan.instalments[0].interest == 90 * 1'000'000'00LL * 36'000 / 365 / 1'000'000); // the rate of 10 March waits for the next period
    CHECK(loan.instalments[0].fixing == first);
    CHECK(loan.instalments[1].base_ppm == 30'000);
    draw(loan, 0, {{.due = make_date(2026, 7, 1)}, {.due = make_date(2026, 10, 1), .principal = 1'000'000'00}}); // within the period: its rate stands
    loan.margin_steps = {{1'000, -2'000}};
    loan.verified_tonnes = 1'000;
    CHECK(rate_of(loan) == 33'000);
    close_days(loan, make_date(2026, 8, 1));
    CHECK(loan.instalments[2].fixing == make_date(2026, 3, 10)); // of 2 July is a day late
    loan.margin_steps = {{0, -90'000}};
    CHECK(rate_of(loan) == 0);
    loan.margin_steps.clear();
    call_in(loan);
    CHECK(rate_of(loan) == 35'000); // what is late goes on bearing it
}

TEST_CASE("a loan above a benchmark: closed in pieces, at once, or period by period by hand is the same") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        RunningLoan once = random_loan(random);
        Date from{first.days - 400};
        for (int i = 0; i < 12; ++i) {
            once.fixings.push_back({from, static_cast<std::int64_t>(random.below(60'000))});
            from.days += 1 + static_cast<std::int32_t>(random.below(150));
        }
        fix_rate(once);
        RunningLoan pieces = once;
        const Date end = once.instalments.back().due;
        close_days(once, end);
        while (pieces.closed_until < end) close_days(pieces, std::min(end, Date{pieces.closed_until.days + 1 + static_cast<std::int32_t>(random.below(40))}));
        CHECK_MESSAGE(same(once, pieces), "seed ", seed);
        // By hand: nothing is paid, so late principal bears the penalty from its day on.
        std::int64_t late = 0, micro = 0;
        Date start = first;
        for (const LoanInstalment& one : once.instalments) {
            std::int64_t base = once.fixings.front().rate_ppm;
            for (const RateFrom& row : once.fixings)
                if (row.from <= start) base = row.rate_ppm;
            for (Date day{start.days + 1}; day <= one.due; ++day.days)
                micro += accrued_over(once.principal, late, base + once.rate_ppm, once.penalty_ppm, once.year_days, 1);
            const std::int64_t billed = (micro + 500'000) / 1'000'000;
            CHECK_MESSAGE(one.interest == billed, "seed ", seed);
            micro -= billed * 1'000'000;
            late += one.principal;
            start = one.due;
        }
    }
}

namespace {

/// A level loan above a benchmark that is fixed on the first day, as the bank draws one: its plan by the arithmetic of loan schedules.
struct LevelLoan {
    LevelLoan(std::int64_t principal, std::size_t periods, std::size_t grace, std::int64_t base_ppm, std::int64_t above_ppm) :
        terms{.dates = {},
            .principal = static_cast<double>(principal),
            .repayment = Repayment::level,
            .grace_periods = static_cast<int>(grace),
            .steps = {},
            .custom = {},
            .decimals = 0} {
        terms.rate = static_cast<double>(base_ppm + above_ppm) / 1e6;
        Date from = first;
        for (std::size_t i = 1; i <= periods; ++i) {
            const Date due = months_after(first, static_cast<std::int64_t>(i));
            const double years = static_cast<double>(due.days - from.days) / 365;
            parts.push_back({from, due, due, years, {{years, terms.rate}}});
            from = due;
        }
        std::vector<LoanRow> rows;
        REQUIRE(repay(terms, parts, rows).flaw == PricingFlaw::none);
        std::vector<LoanInstalment> plan;
        for (const LoanRow& row : rows) plan.push_back({.due = row.to, .principal = static_cast<std::int64_t>(std::llround(row.principal))});
        loan = {.rate_ppm = above_ppm, .instalments = {}, .margin_steps = {}, .closed_until = first, .fixings = {{first, base_ppm}}, .level = true};
        draw(loan, principal, plan);
    }
    LoanTerms terms;
    std::vector<LoanPeriod> parts;
    RunningLoan loan;
};

std::int64_t planned(const RunningLoan& loan) {
    return std::accumulate(
        loan.instalments.begin(), loan.instalments.end(), std::int64_t{0}, [](std::int64_t sum, const LoanInstalment& one) { return sum + one.principal; });
}

} // namespace

TEST_CASE("a level loan of 100,000 over a year above LPR: the payment is set anew when a period begins with another published rate") {
    LevelLoan level(10'000'000, 12, 0, 31'000, 5'000);
    RunningLoan& loan = level.loan;
    const std::vector<std::int64_t> at_first = expected_interest(loan);
    for (std::size_t i = 0; i + 1 < 12; ++i) // 3.6 %: equal but for the rounding of interest
        CHECK(std::abs(loan.instalments[i].principal + at_first[i] - loan.instalments[0].principal - at_first[0]) <= 1);
    CHECK(loan.instalments[0].principal + at_first[0] == doctest::Approx(849'676).epsilon(0.001)); // the annuity of twelve equal months
    loan.fixings.push_back({make_date(2026, 6, 20), 60'000});
    close_days(loan, make_date(2026, 6, 30));
    const std::int64_t before = loan.instalments[6].principal;
    CHECK(late_amount(loan) > 0); // five are late: of what is not billed alone payments are made
    pay(loan, late_amount(loan));
    close_days(loan, make_date(2026, 7, 1));
    CHECK(loan.instalments[6].base_ppm == 60'000);
    CHECK(loan.instalments[6].principal < before); // dearer: more of the payment is interest
    CHECK(planned(loan) == 10'000'000);
    pay(loan, late_amount(loan));
    const std::vector<std::int64_t> expected = expected_interest(loan);
    REQUIRE(expected.size() == 6);
    for (std::size_t i = 0; i + 1 < 6; ++i) CHECK(std::abs(loan.instalments[6 + i].principal + expected[i] - loan.instalments[6].principal - expected[0]) <= 1);
}

TEST_CASE("a level loan above a benchmark has the principal of the loan schedule whose rate steps on the same days, whatever is paid late; it adds up; one "
          "constant rate changes nothing") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        const std::int64_t principal = random.between(1'000'000, 900'000'000), above = random.between(0, 30'000);
        const std::size_t periods = 2 + random.below(60), grace = random.chance(0.3) ? random.below(periods) : 0;
        LevelLoan level(principal, periods, grace, random.between(0, 60'000), above);
        RunningLoan& loan = level.loan;
        const std::vector<LoanInstalment> once = loan.instalments;
        const bool constant = random.chance(0.3);
        for (Date from = first; !constant && loan.fixings.size() < 8;) {
            from.days += 1 + static_cast<std::int32_t>(random.below(300));
            loan.fixings.push_back({from, random.between(0, 60'000)});
        }
        if (constant) loan.fixings.push_back({{first.days + 40}, loan.fixings.front().rate_ppm}); // published anew, and the same
        for (LoanPeriod& part : level.parts) part.parts.front().rate = static_cast<double>(rate_on(loan.fixings, part.from) + above) / 1e6;
        std::vector<LoanRow> rows;
        REQUIRE(repay(level.terms, level.parts, rows).flaw == PricingFlaw::none);
        while (loan.closed_until < loan.instalments.back().due) {
            close_days(loan, {loan.closed_until.days + 1 + static_cast<std::int32_t>(random.below(90))});
            if (random.chance(0.5)) pay(loan, random.between(0, late_amount(loan))); // never ahead
            REQUIRE_MESSAGE(planned(loan) == principal, "seed ", seed);
        }
        for (std::size_t i = 0; i < periods; ++i) {
            CHECK_MESSAGE(loan.instalments[i].principal >= 0, "seed ", seed);
            CHECK_MESSAGE(std::abs(static_cast<double>(loan.instalments[i].principal) - rows[i].principal) < 0.5, "seed ", seed, " row ", i);
            if (constant) CHECK_MESSAGE(loan.instalments[i].principal == once[i].principal, "seed ", seed);
        }
    }
}

TEST_CASE("no principal of a plan is below zero, and none is lost") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        std::vector<LoanInstalment> plan(1 + random.below(8));
        std::int64_t sum = 0;
        for (LoanInstalment& one : plan) sum += one.principal = random.between(-20, 30);
        if (sum < 0) plan.back().principal -= sum;
        carry_negative(plan);
        for (const LoanInstalment& one : plan) CHECK_MESSAGE(one.principal >= 0, "seed ", seed);
        CHECK_MESSAGE(planned({.instalments = plan, .margin_steps = {}, .closed_until = first}) == std::max<std::int64_t>(0, sum), "seed ", seed);
    }
}

TEST_CASE("what was paid ahead of a level loan stays paid ahead when its payments are set anew") {
    LevelLoan level(10'000'000, 12, 2, 31'000, 5'000);
    RunningLoan& loan = level.loan;
    loan.fixings.push_back({make_date(2026, 1, 15), 20'000});
    const std::int64_t ahead = loan.instalments[11].principal + 5;
    pay(loan, ahead);
    close_days(loan, make_date(2026, 2, 1));
    CHECK(loan.instalments[1].principal == 0); // of the grace
    CHECK(loan.instalments[11].principal == 0);
    CHECK(loan.instalments[10].principal > 0);
    CHECK(planned(loan) == 10'000'000 - ahead);
}

TEST_CASE("a plan agreed by day is followed; of a part, or once days have passed, in proportion to what is still to come; it adds up") {
    const std::vector<LoanInstalment> agreed = {
        {.due = make_date(2026, 3, 1), .principal = 200}, {.due = make_date(2026, 6, 1)}, {.due = make_date(2027, 1, 1), .principal = 800}};
    const auto principals = [](const std::vector<LoanInstalment>& plan) {
        std::vector<std::int64_t> all;
        for (const LoanInstalment& one : plan) all.push_back(one.principal);
        return all;
    };
    CHECK(principals(agreed_plan(agreed, 1'000, first)) == std::vector<std::int64_t>{200, 0, 800});
    CHECK(principals(agreed_plan(agreed, 501, first)) == std::vector<std::int64_t>{100, 0, 401});
    CHECK(principals(agreed_plan(agreed, 700, make_date(2026, 3, 1))) == std::vector<std::int64_t>{0, 700});
    CHECK(agreed_plan(agreed, 700, make_date(2027, 1, 1)).empty());
}

TEST_CASE("classes and what is kept against them") {
    const std::vector<ProvisionRow> rows = {{0, 10'000}, {31, 20'000}, {91, 250'000}, {271, 500'000}, {361, 1'000'000}};
    RunningLoan loan = year_loan();
    CHECK(class_of(rows, 30) == 0);
    CHECK(class_of(rows, 31) == 1);
    CHECK(provision_of(rows, loan, 0) == 10'000'00);
    CHECK(provision_of(rows, loan, 400) == 1'000'000'00);
    CHECK(provision_of({}, loan, 0) == 0);
}

TEST_CASE("a warning rises at once, names its reasons, and falls a step after thirty calm days") {
    const std::vector<WarningRule> rules = {
        {"days_late", 1, WarningLevel::blue}, {"days_late", 30, WarningLevel::orange}, {"milestone_late", 60, WarningLevel::yellow}};
    WarningState state;
    state = warn(state, rules, {{"days_late", 0}, {"milestone_late", 59}}, first);
    CHECK(state.level == WarningLevel::none);
    state = warn(state, rules, {{"days_late", 35}, {"milestone_late", 70}}, {first.days + 1});
    CHECK(state.level == WarningLevel::orange);
    REQUIRE(state.reasons.size() == 2);
    CHECK(state.reasons[0].signal == "days_late");
    state = warn(state, rules, {{"days_late", 2}}, {first.days + 2});
    CHECK(state.level == WarningLevel::orange);
    state = warn(state, rules, {{"days_late", 0}}, {first.days + 31});
    CHECK(state.level == WarningLevel::orange);
    state = warn(state, rules, {{"days_late", 0}}, {first.days + 32});
    CHECK(state.level == WarningLevel::yellow);
    state = warn(state, rules, {{"days_late", 40}}, {first.days + 33});
    CHECK(state.level == WarningLevel::orange);
}

} // namespace greenbank::finance
