// plain_dates_test.cpp — the quick way gives QuantLib's days and years, ends of months, 29 February and stubs included.
#include <doctest/doctest.h>

#include "finance/engine/plain_dates.h"
#include "kernel/random.h"

namespace greenbank::finance {

TEST_CASE("civil days are there and back those of the house's own") {
    std::size_t differs = 0;
    for (std::int32_t day = make_date(1896, 1, 1).days; day < make_date(2204, 12, 31).days; ++day) {
        const CivilDay civil = civil_of(Date{day});
        differs += make_date(civil.year, civil.month, civil.day).days != day || date_of(civil).days != day;
    }
    CHECK(differs == 0);
    CHECK(last_of_month(1900, 2) == 28);
    CHECK(last_of_month(2000, 2) == 29);
}

TEST_CASE("a plain schedule has QuantLib's due days, and its years by QuantLib's day counts") {
    const Pricing pricing;
    const int frequencies[] = {1, 2, 3, 4, 6, 12};
    for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        PaymentDates dates;
        const auto day = [&](int from, int to) {
            if (!random.chance(0.5)) return Date{static_cast<std::int32_t>(random.between(make_date(from, 1, 1).days, make_date(to, 12, 31).days))};
            const auto year = static_cast<std::int32_t>(random.between(from, to)), month = static_cast<std::int32_t>(random.between(1, 12));
            return make_date(year, month, last_of_month(year, month));
        };
        dates.start = day(1902, 2090);
        dates.end = {dates.start.days + 1 + static_cast<std::int32_t>(random.below(9'000))};
        if (random.chance(0.5)) {
            CivilDay end = civil_of(dates.end);
            end.day = last_of_month(end.year, end.month);
            dates.end = date_of(end);
        }
        dates.frequency = frequencies[random.below(6)];
        dates.rule = random.chance(0.5) ? DateRule::backward : DateRule::forward;
        dates.end_of_month = random.chance(0.5);
        REQUIRE(is_plain(dates, DayCount::actual_365));
        LoanTerms terms{.dates = dates, .principal = 1e6, .rate = 0.04, .day_count = random.chance(0.5) ? DayCount::actual_365 : DayCount::actual_360};
        LoanTerms slow = terms;
        slow.day_count = DayCount::actual_actual_isda; // goes by QuantLib's schedule
        REQUIRE_FALSE(is_plain(dates, slow.day_count));
        std::vector<LoanRow> quick_rows, slow_rows;
        REQUIRE(pricing.schedule(terms, quick_rows).flaw == PricingFlaw::none);
        REQUIRE(pricing.schedule(slow, slow_rows).flaw == PricingFlaw::none);
        REQUIRE(quick_rows.size() == slow_rows.size());
        std::size_t differs = 0;
        for (std::size_t i = 0; i < quick_rows.size(); ++i) {
            const LoanRow &quick = quick_rows[i], &peer = slow_rows[i];
            differs += quick.from != peer.from || quick.to != peer.to || quick.paid_on != peer.paid_on ||
                       quick.years != pricing.years(terms.day_count, quick.from, quick.to);
        }
        REQUIRE(differs == 0);
    }
}

} // namespace greenbank::finance
