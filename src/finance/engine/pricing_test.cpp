// pricing_test.cpp — the same numbers as QuantLib's own bonds, the same as by hand, and what always holds of a schedule.
#include <doctest/doctest.h>

#include <cmath>

#include <ql/cashflows/fixedratecoupon.hpp>
#include <ql/instruments/bonds/amortizingfixedratebond.hpp>
#include <ql/instruments/bonds/fixedratebond.hpp>
#include <ql/pricingengines/bond/bondfunctions.hpp>
#include <ql/time/calendars/china.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/calendars/target.hpp>
#include <ql/time/daycounters/actual360.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>
#include <ql/time/daycounters/actualactual.hpp>
#include <ql/time/daycounters/thirty360.hpp>

#include "finance/engine/pricing.h"
#include "kernel/random.h"

namespace ql = QuantLib;

namespace greenbank::finance {

namespace {

ql::Date quantlib(Date day) { return ql::Date(day.days + 25569); }
constexpr int frequencies[] = {1, 2, 4, 12};

Date random_day(Random& random, int from, int to) {
    if (random.chance(0.3)) { // ends of months, where rules differ; 29 February among them
        const int year = static_cast<int>(random.between(from, to)), month = static_cast<int>(random.between(1, 12));
        return {make_date(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1).days - 1};
    }
    return {static_cast<std::int32_t>(random.between(make_date(from, 1, 1).days, make_date(to, 12, 31).days))};
}

} // namespace

TEST_CASE("bonds are those of QuantLib, with stubs, ends of months, day counts, calendars and negative rates") {
    const Pricing pricing;
    const std::pair<DayCount, ql::DayCounter> counts[] = {{DayCount::actual_365, ql::Actual365Fixed()}, {DayCount::actual_360, ql::Actual360()},
        {DayCount::thirty_360, ql::Thirty360(ql::Thirty360::BondBasis)}, {DayCount::thirty_e_360, ql::Thirty360(ql::Thirty360::European)},
        {DayCount::actual_actual_isda, ql::ActualActual(ql::ActualActual::ISDA)}, {DayCount::actual_actual_isma, ql::ActualActual(ql::ActualActual::ISMA)}};
    const std::pair<BusinessCalendar, ql::Calendar> calendars[] = {
        {BusinessCalendar::none, ql::NullCalendar()}, {BusinessCalendar::target, ql::TARGET()}, {BusinessCalendar::china, ql::China(ql::China::SSE)}};
    int priced = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Random random(seed);
        Bond bond;
        bond.dates.start = random_day(random, 2015, 2024);
        bond.dates.end = random_day(random, 2026, 2045);
        bond.settle = {static_cast<std::int32_t>(random.between(bond.dates.start.days, bond.dates.end.days - 1))};
        bond.dates.frequency = frequencies[random.below(4)];
        bond.dates.end_of_month = random.chance(0.4);
        bond.dates.rule = random.chance(0.3) ? DateRule::forward : DateRule::backward;
        bond.coupon = 0.08 * random.uniform() - 0.005;
        bond.yield = 0.1 * random.uniform() - 0.01;
        const auto& [count, counter] = counts[random.below(6)];
        const auto& [calendar, business] = calendars[random.below(3)];
        bond.day_count = count;
        bond.dates.calendar = calendar;
        if (calendar != BusinessCalendar::none) bond.dates.convention = BusinessDay::modified_following;
        const ql::BusinessDayConvention convention = calendar == BusinessCalendar::none ? ql::Unadjusted : ql::ModifiedFollowing;
        BondPrice price;
        REQUIRE_MESSAGE(pricing.price(bond, price).flaw == PricingFlaw::none, "seed ", seed);
        const auto frequency = static_cast<ql::Frequency>(bond.dates.frequency);
        const ql::Schedule schedule(quantlib(bond.dates.start), quantlib(bond.dates.end), ql::Period(frequency), business, convention, convention,
            bond.dates.rule == DateRule::forward ? ql::DateGeneration::Forward : ql::DateGeneration::Backward, bond.dates.end_of_month);
        const ql::FixedRateBond peer(0, 100, schedule, {bond.coupon}, counter);
        const ql::Date settle = quantlib(bond.settle);
        if (!ql::BondFunctions::isTradable(peer, settle)) continue;
        const ql::InterestRate yield(bond.yield, counter, ql::Compounded, frequency);
        const auto near = [&](double ours, double theirs, const char* what) {
            CHECK_MESSAGE(std::abs(ours - theirs) <= 1e-10 * std::max(1.0, std::abs(theirs)), what, ", seed ", seed);
        };
        near(price.clean, ql::BondFunctions::cleanPrice(peer, yield, settle), "clean");
        near(price.dirty, ql::BondFunctions::dirtyPrice(peer, yield, settle), "dirty");
        near(price.accrued, ql::BondFunctions::accruedAmount(peer, settle), "accrued");
        near(price.modified_duration, ql::BondFunctions::duration(peer, yield, ql::Duration::Modified, settle), "modified");
        near(price.macaulay_duration, ql::BondFunctions::duration(peer, yield, ql::Duration::Macaulay, settle), "Macaulay");
        near(price.convexity, ql::BondFunctions::convexity(peer, yield, settle), "convexity");
        ++priced;
    }
    CHECK(priced > 350);
}

TEST_CASE("a bond on a coupon date is the sum by hand") {
    const Pricing pricing;
    BondPrice price;
    const Bond bond{.dates = {.start = make_date(2024, 2, 15), .end = make_date(2034, 2, 15)},
        .settle = make_date(2024, 2, 15),
        .coupon = 0.03,
        .yield = 0.04,
        .day_count = DayCount::thirty_360};
    REQUIRE(pricing.price(bond, price).flaw == PricingFlaw::none);
    double sum = 0;
    for (int k = 1; k <= 20; ++k) sum += (k == 20 ? 101.5 : 1.5) * std::pow(1.02, -k);
    CHECK(price.clean == doctest::Approx(sum).epsilon(1e-13));
    CHECK(price.accrued == 0);
    CHECK(price.macaulay_duration == doctest::Approx(1.02 * price.modified_duration).epsilon(1e-13));
}

TEST_CASE("a level loan is QuantLib's annuity, its rows those of its amortising bond") {
    const Pricing pricing;
    for (const double rate : {0.0435, 0.12, -0.01}) {
        std::vector<LoanRow> rows;
        const LoanTerms terms{.dates = {.start = make_date(2024, 3, 15), .end = make_date(2034, 3, 15), .frequency = 12},
            .principal = 5e6,
            .rate = rate,
            .day_count = DayCount::thirty_360};
        REQUIRE(pricing.schedule(terms, rows).flaw == PricingFlaw::none);
        const std::vector<double> notionals = ql::sinkingNotionals(ql::Period(10, ql::Years), ql::Monthly, rate, 5e6);
        REQUIRE(rows.size() == 120);
        REQUIRE(notionals.size() == 121);
        for (std::size_t i = 0; i + 1 < rows.size(); ++i) CHECK(rows[i].payment == doctest::Approx(rows[0].payment).epsilon(1e-10));
        if (rate < 0) continue; // QuantLib's notionals fall in a straight line there, as if nothing was paid for the money
        for (std::size_t i = 0; i < rows.size(); ++i) CHECK(rows[i].opening == doctest::Approx(notionals[i]).epsilon(1e-10));
        const ql::Schedule schedule = ql::sinkingSchedule(ql::Date(15, ql::March, 2024), ql::Period(10, ql::Years), ql::Monthly, ql::NullCalendar());
        const ql::AmortizingFixedRateBond peer(0, notionals, schedule, {rate}, ql::Thirty360(ql::Thirty360::BondBasis));
        std::size_t row = 0;
        for (const auto& flow : peer.cashflows())
            if (const auto coupon = ql::ext::dynamic_pointer_cast<ql::FixedRateCoupon>(flow)) {
                CHECK(std::abs(coupon->amount() - rows[row].interest) < 1e-10 * 5e6);
                CHECK(quantlib(rows[row].to) == coupon->accrualEndDate());
                ++row;
            }
        CHECK(row == 120);
    }
}

TEST_CASE("every schedule pays back what was lent, in order, whatever its terms") {
    const Pricing pricing;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        Random random(seed);
        LoanTerms terms;
        terms.dates.start = random_day(random, 2018, 2026);
        terms.dates.end = {terms.dates.start.days + static_cast<std::int32_t>(random.between(200, 7000))};
        terms.dates.frequency = frequencies[random.below(4)];
        terms.dates.end_of_month = random.chance(0.3);
        if (random.chance(0.5)) {
            terms.dates.calendar = random.chance(0.5) ? BusinessCalendar::china : BusinessCalendar::kazakhstan;
            terms.dates.convention = BusinessDay::modified_following;
        }
        terms.principal = 1 + random.uniform() * 1e7;
        terms.rate = 0.1 * random.uniform() - 0.01;
        terms.day_count = static_cast<DayCount>(random.below(8));
        terms.repayment = static_cast<Repayment>(random.below(3));
        if (random.chance(0.4)) terms.grace_periods = static_cast<int>(random.below(3));
        terms.capitalise_grace = random.chance(0.3);
        if (random.chance(0.3)) terms.balloon = terms.principal * 0.3;
        if (random.chance(0.4)) {
            const auto step = static_cast<std::int32_t>(random.between(terms.dates.start.days + 1, terms.dates.end.days - 1));
            terms.steps.push_back({{step}, terms.rate + 0.01});
        }
        if (random.chance(0.5)) {
            terms.decimals = 2;
            terms.principal = std::round(terms.principal * 100) / 100;
            terms.balloon = std::round(terms.balloon * 100) / 100;
        }
        std::vector<LoanRow> rows;
        const PricingFault fault = pricing.schedule(terms, rows);
        if (fault.flaw == PricingFlaw::grace_too_long) continue;
        REQUIRE_MESSAGE(fault.flaw == PricingFlaw::none, "seed ", seed);
        double principal = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CHECK_MESSAGE(rows[i].opening == (i == 0 ? terms.principal : rows[i - 1].closing), "seed ", seed);
            CHECK_MESSAGE(rows[i].payment == doctest::Approx(rows[i].principal + rows[i].interest), "seed ", seed);
            CHECK_MESSAGE(rows[i].from < rows[i].to, "seed ", seed);
            CHECK_MESSAGE(rows[i].paid_on >= rows[i].to, "seed ", seed);
            principal += rows[i].principal;
        }
        CHECK_MESSAGE(principal == doctest::Approx(terms.principal).epsilon(1e-11), "seed ", seed);
        CHECK_MESSAGE(rows.back().closing == 0, "seed ", seed);
        // Without odd ends, rounding and changes a level loan pays the same each time, but for the balloon.
        if (terms.repayment == Repayment::level && terms.steps.empty() && terms.grace_periods == 0 && !terms.decimals)
            for (std::size_t i = 1; i + 1 < rows.size(); ++i) CHECK_MESSAGE(rows[i].payment == doctest::Approx(rows[0].payment).epsilon(1e-9), "seed ", seed);
    }
}

TEST_CASE("a rate step changes interest from its day on, within a period by days") {
    const Pricing pricing;
    std::vector<LoanRow> rows;
    const LoanTerms terms{.dates = {.start = make_date(2024, 1, 1), .end = make_date(2026, 1, 1), .frequency = 1},
        .principal = 1000,
        .rate = 0.03,
        .repayment = Repayment::bullet,
        .steps = {{make_date(2024, 7, 1), 0.05}}};
    REQUIRE(pricing.schedule(terms, rows).flaw == PricingFlaw::none);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].interest == doctest::Approx(1000 * (0.03 * 182 + 0.05 * 184) / 365).epsilon(1e-13));
    CHECK(rows[1].interest == doctest::Approx(1000 * 0.05).epsilon(1e-13));
    CHECK(rows[1].principal == 1000);
}

TEST_CASE("what cannot be priced is refused by its reason") {
    const Pricing pricing;
    BondPrice price;
    std::vector<LoanRow> rows;
    const Bond sound{.dates = {.start = make_date(2024, 1, 1), .end = make_date(2030, 1, 1)}, .settle = make_date(2025, 1, 1), .coupon = 0.03, .yield = 0.03};
    CHECK(pricing.price(sound, price).flaw == PricingFlaw::none);
    Bond wrong = sound;
    wrong.dates.end = wrong.dates.start;
    CHECK(pricing.price(wrong, price).flaw == PricingFlaw::dates_order);
    wrong = sound;
    wrong.settle = sound.dates.end;
    CHECK(pricing.price(wrong, price).flaw == PricingFlaw::settled_late);
    wrong = sound;
    wrong.dates.frequency = 5;
    CHECK(pricing.price(wrong, price).flaw == PricingFlaw::frequency_unknown);
    wrong = sound;
    wrong.dates.first = make_date(2031, 1, 1);
    CHECK(pricing.price(wrong, price).flaw == PricingFlaw::odd_period);
    wrong = sound;
    wrong.yield = -2.5;
    CHECK(pricing.price(wrong, price).flaw == PricingFlaw::rate_range);

    const LoanTerms loan{.dates = {.start = make_date(2024, 1, 31), .end = make_date(2025, 1, 31), .frequency = 4}, .principal = 100, .rate = 0.04};
    LoanTerms bad = loan;
    bad.grace_periods = 4;
    CHECK(pricing.schedule(bad, rows).flaw == PricingFlaw::grace_too_long);
    bad = loan;
    bad.repayment = Repayment::custom;
    bad.custom = {{make_date(2024, 7, 31), 60}, {make_date(2025, 1, 31), 39}};
    CHECK(pricing.schedule(bad, rows).flaw == PricingFlaw::custom_sum);
    bad.custom = {{make_date(2024, 8, 1), 60}, {make_date(2025, 1, 31), 40}};
    CHECK(pricing.schedule(bad, rows).flaw == PricingFlaw::custom_date);
    bad.custom = {{make_date(2024, 7, 31), 60}, {make_date(2025, 1, 31), 40}};
    CHECK(pricing.schedule(bad, rows).flaw == PricingFlaw::none);
    bad = loan;
    bad.steps = {{make_date(2023, 1, 1), 0.05}};
    CHECK(pricing.schedule(bad, rows).flaw == PricingFlaw::steps_order);
}

TEST_CASE("calendars: China's spring festival, days off given from outside, and a rate out of payments") {
    const std::vector<Date> off = {make_date(2026, 3, 23)};
    const Pricing pricing(off);
    CHECK(!pricing.is_business_day(BusinessCalendar::china, make_date(2023, 1, 24)));
    CHECK(!pricing.is_business_day(BusinessCalendar::kazakhstan, make_date(2026, 3, 23)));
    CHECK(pricing.is_business_day(BusinessCalendar::china, make_date(2026, 3, 23)));
    CHECK(pricing.adjust(BusinessCalendar::kazakhstan, make_date(2026, 3, 21), BusinessDay::following) == make_date(2026, 3, 24));
    const std::vector<Date> days = {make_date(2023, 1, 1), make_date(2024, 1, 1)};
    const std::vector<double> amounts = {100, -105};
    CHECK(effective_rate(days, amounts).value() == doctest::Approx(0.05).epsilon(1e-12));
    CHECK(!effective_rate(days, std::vector<double>{100, 5}));
}

} // namespace greenbank::finance
