// pricing.h — bonds and loan schedules on real calendars and day counts. QuantLib is behind; nothing of it shows here.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "kernel/time.h"

namespace greenbank::finance {

enum class DayCount { actual_365, actual_360, thirty_360, thirty_e_360, thirty_360_us, actual_actual_isda, actual_actual_isma, actual_actual_afb };
enum class BusinessCalendar {
    none,
    weekends,
    target,
    china,
    china_interbank,
    hong_kong,
    kazakhstan,
    russia,
    turkey,
    japan,
    singapore,
    india,
    indonesia,
    germany,
    united_kingdom,
    united_states
};
enum class BusinessDay { unadjusted, following, modified_following, preceding, modified_preceding, nearest };
enum class DateRule { backward, forward };
enum class Compounding { simple, compounded, continuous };

/// Between which days a contract runs, and when it pays.
struct PaymentDates {
    Date start, end;
    int frequency = 2; // payments a year: 1, 2, 3, 4, 6, 12; 0: once, at the end
    BusinessCalendar calendar = BusinessCalendar::none;
    BusinessDay convention = BusinessDay::unadjusted; // of accrual dates
    DateRule rule = DateRule::backward;
    bool end_of_month = false;
    std::optional<Date> first, next_to_last; // where an odd period is wanted at either end
};

struct Bond {
    PaymentDates dates;
    Date settle;
    double coupon = 0, yield = 0; // parts of one, a year
    DayCount day_count = DayCount::actual_365;
    Compounding compounding = Compounding::compounded;
    BusinessDay payment_convention = BusinessDay::following;
    double redemption = 100;
};
/// Prices for a nominal of 100.
struct BondPrice {
    double clean = 0, dirty = 0, accrued = 0, modified_duration = 0, macaulay_duration = 0, convexity = 0;
};

enum class Repayment { level, equal_principal, bullet, custom };
struct RateStep {
    Date from;
    double rate = 0;
};
struct PrincipalPayment {
    Date due;
    double amount = 0;
};
struct LoanTerms {
    PaymentDates dates;
    double principal = 0, rate = 0;
    DayCount day_count = DayCount::actual_365;
    BusinessDay payment_convention = BusinessDay::following;
    Repayment repayment = Repayment::level;
    int grace_periods = 0;                // the first ones pay no principal
    bool capitalise_grace = false;        // nor interest, which is added to the principal
    double balloon = 0;                   // left for the last day beside the regular payment
    std::vector<RateStep> steps;          // later rates, in order
    std::vector<PrincipalPayment> custom; // principal by accrual date, in order; adds up to the principal
    std::optional<int> decimals;          // every payment is rounded so; absent: exact
};
struct LoanRow {
    Date from, to, paid_on; // interest runs from..to and is paid on the business day
    double years = 0, opening = 0, rate = 0, interest = 0, principal = 0, payment = 0, closing = 0;
};

enum class PricingFlaw {
    none,
    dates_order,       // the end is not after the start
    settled_late,      // settlement is not before the end
    odd_period,        // first or next_to_last lies outside
    frequency_unknown, // not one of the list
    too_long,          // more payments than anybody has (1500), or years outside 1901..2199
    rate_range,        // the yield leaves nothing to discount by
    steps_order,       // steps are not in order or lie outside
    grace_too_long,    // no period is left to repay
    custom_date,       // no interest date of the loan
    custom_sum,        // the parts are not the principal
    nothing_owed,      // the principal is not positive, or the balloon is more than it
    not_a_number       // the result is none
};
struct PricingFault {
    PricingFlaw flaw = PricingFlaw::none;
    std::size_t index = 0; // of the step or the payment
};

class Pricing {
public:
    /// Days off of Kazakhstan beside weekends; other calendars are QuantLib's.
    explicit Pricing(std::span<const Date> holidays_kazakhstan = {});
    ~Pricing();

    PricingFault price(const Bond& bond, BondPrice& price) const;
    PricingFault schedule(const LoanTerms& terms, std::vector<LoanRow>& rows) const;
    bool is_business_day(BusinessCalendar calendar, Date day) const;
    Date adjust(BusinessCalendar calendar, Date day, BusinessDay convention) const;
    double years(DayCount day_count, Date from, Date to) const;

private:
    struct Kept;
    std::unique_ptr<Kept> kept_;
};

/// The yearly rate at which what is received (negative: paid) by day is worth nothing on the first day, actual days over 365; nothing where there is no one
/// such rate between -99 % and 1000 %.
std::optional<double> effective_rate(std::span<const Date> days, std::span<const double> amounts);

} // namespace greenbank::finance
