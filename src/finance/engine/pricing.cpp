// pricing.cpp — dates, day counts and discounting by QuantLib. The one file that includes it (docs/decisions/018).
#include "finance/engine/pricing.h"

#include <array>
#include <cmath>

#include <ql/cashflows/cashflows.hpp>
#include <ql/cashflows/fixedratecoupon.hpp>
#include <ql/cashflows/simplecashflow.hpp>
#include <ql/settings.hpp>
#include <ql/time/calendars/bespokecalendar.hpp>
#include <ql/time/calendars/china.hpp>
#include <ql/time/calendars/germany.hpp>
#include <ql/time/calendars/hongkong.hpp>
#include <ql/time/calendars/india.hpp>
#include <ql/time/calendars/indonesia.hpp>
#include <ql/time/calendars/japan.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/calendars/russia.hpp>
#include <ql/time/calendars/singapore.hpp>
#include <ql/time/calendars/target.hpp>
#include <ql/time/calendars/turkey.hpp>
#include <ql/time/calendars/unitedkingdom.hpp>
#include <ql/time/calendars/unitedstates.hpp>
#include <ql/time/calendars/weekendsonly.hpp>
#include <ql/time/daycounters/actual360.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>
#include <ql/time/daycounters/actualactual.hpp>
#include <ql/time/daycounters/thirty360.hpp>
#include <ql/time/schedule.hpp>

#include "finance/engine/loan_arithmetic.h"
#include "finance/engine/plain_dates.h"

namespace ql = QuantLib;

namespace greenbank::finance {

namespace {

constexpr std::int32_t serial_of_1970 = 25569; // QuantLib counts days as Excel does
constexpr std::size_t payments_max = 1500;

ql::Date quantlib(Date day) { return ql::Date(static_cast<ql::Date::serial_type>(day.days + serial_of_1970)); }
Date ours(const ql::Date& day) { return {static_cast<std::int32_t>(day.serialNumber()) - serial_of_1970}; }
bool has_years(Date day) { return day >= make_date(1901, 1, 1) && day <= make_date(2199, 12, 31); }

ql::BusinessDayConvention quantlib(BusinessDay convention) {
    constexpr std::array<ql::BusinessDayConvention, 6> all = {
        ql::Unadjusted, ql::Following, ql::ModifiedFollowing, ql::Preceding, ql::ModifiedPreceding, ql::Nearest};
    return all[static_cast<std::size_t>(convention)];
}
ql::Compounding quantlib(Compounding compounding) {
    constexpr std::array<ql::Compounding, 3> all = {ql::Simple, ql::Compounded, ql::Continuous};
    return all[static_cast<std::size_t>(compounding)];
}
bool is_frequency(int frequency) {
    return frequency == 0 || frequency == 1 || frequency == 2 || frequency == 3 || frequency == 4 || frequency == 6 || frequency == 12;
}
ql::Period tenor_of(int frequency) { return frequency == 0 ? ql::Period(ql::Once) : ql::Period(12 / frequency, ql::Months); }
/// By which a yield is compounded where nothing is paid between: once a year.
ql::Frequency compounding_frequency(int frequency) { return frequency == 0 ? ql::Annual : static_cast<ql::Frequency>(frequency); }

/// What QuantLib's schedule and day counts give, where no calendar takes part.
void plain_periods(const LoanTerms& terms, std::vector<LoanPeriod>& periods) {
    static thread_local std::vector<Date> days;
    plain_dates(terms.dates, days);
    const double year = terms.day_count == DayCount::actual_365 ? 365 : 360;
    const auto years = [&](Date from, Date to) { return (to.days - from.days) / year; };
    periods.reserve(days.size());
    std::size_t step = 0; // steps before it hold already
    const auto rate_now = [&] { return step == 0 ? terms.rate : terms.steps[step - 1].rate; };
    for (std::size_t i = 1; i < days.size(); ++i) {
        LoanPeriod period{.from = days[i - 1], .to = days[i], .paid_on = days[i], .years = years(days[i - 1], days[i]), .parts = {}};
        while (step < terms.steps.size() && terms.steps[step].from <= period.from) ++step;
        Date from = period.from;
        for (; step < terms.steps.size() && terms.steps[step].from < period.to; ++step) {
            period.parts.push_back({years(from, terms.steps[step].from), rate_now()});
            from = terms.steps[step].from;
        }
        period.parts.push_back({years(from, period.to), rate_now()});
        periods.push_back(std::move(period));
    }
}

PricingFault check(const PaymentDates& dates) {
    if (!is_frequency(dates.frequency)) return {PricingFlaw::frequency_unknown};
    if (dates.start >= dates.end) return {PricingFlaw::dates_order};
    if (!has_years(dates.start) || !has_years(dates.end)) return {PricingFlaw::too_long};
    if ((dates.end.days - dates.start.days) / 365 * dates.frequency > static_cast<int>(payments_max)) return {PricingFlaw::too_long};
    for (const std::optional<Date>& odd : {dates.first, dates.next_to_last})
        if (odd && (*odd <= dates.start || *odd >= dates.end || dates.frequency == 0)) return {PricingFlaw::odd_period};
    if (dates.first && dates.next_to_last && *dates.first > *dates.next_to_last) return {PricingFlaw::odd_period};
    return {};
}

} // namespace

struct Pricing::Kept {
    std::vector<ql::Calendar> calendars; // by BusinessCalendar
    std::vector<ql::DayCounter> day_counts;

    const ql::Calendar& calendar(BusinessCalendar one) const { return calendars[static_cast<std::size_t>(one)]; }
    const ql::DayCounter& day_count(DayCount one) const { return day_counts[static_cast<std::size_t>(one)]; }

    ql::Schedule schedule(const PaymentDates& dates) const {
        const auto odd = [](const std::optional<Date>& day) { return day ? quantlib(*day) : ql::Date(); };
        const ql::BusinessDayConvention convention = quantlib(dates.convention);
        return {quantlib(dates.start), quantlib(dates.end), tenor_of(dates.frequency), calendar(dates.calendar), convention, convention,
            dates.rule == DateRule::backward ? ql::DateGeneration::Backward : ql::DateGeneration::Forward, dates.end_of_month, odd(dates.first),
            odd(dates.next_to_last)};
    }
    ql::Leg coupons(const PaymentDates& dates, double rate, DayCount count, BusinessDay payment_convention, double nominal) const {
        return ql::FixedRateLeg(schedule(dates))
            .withNotionals(nominal)
            .withCouponRates(rate, day_count(count))
            .withPaymentCalendar(calendar(dates.calendar))
            .withPaymentAdjustment(quantlib(payment_convention));
    }
};

Pricing::Pricing(std::span<const Date> holidays_kazakhstan) : kept_(std::make_unique<Kept>()) {
    // Nothing may depend on today; where it is not set, QuantLib reads the clock.
    ql::Settings::instance().evaluationDate() = ql::Date(1, ql::January, 1970);
    ql::BespokeCalendar kazakhstan("Kazakhstan");
    kazakhstan.addWeekend(ql::Saturday);
    kazakhstan.addWeekend(ql::Sunday);
    for (const Date day : holidays_kazakhstan)
        if (has_years(day)) kazakhstan.addHoliday(quantlib(day));
    kept_->calendars = {ql::NullCalendar(), ql::WeekendsOnly(), ql::TARGET(), ql::China(ql::China::SSE), ql::China(ql::China::IB), ql::HongKong(), kazakhstan,
        ql::Russia(), ql::Turkey(), ql::Japan(), ql::Singapore(), ql::India(), ql::Indonesia(), ql::Germany(), ql::UnitedKingdom(),
        ql::UnitedStates(ql::UnitedStates::Settlement)};
    kept_->day_counts = {ql::Actual365Fixed(), ql::Actual360(), ql::Thirty360(ql::Thirty360::BondBasis), ql::Thirty360(ql::Thirty360::European),
        ql::Thirty360(ql::Thirty360::USA), ql::ActualActual(ql::ActualActual::ISDA), ql::ActualActual(ql::ActualActual::ISMA),
        ql::ActualActual(ql::ActualActual::AFB)};
}
Pricing::~Pricing() = default;

PricingFault Pricing::price(const Bond& bond, BondPrice& price) const {
    if (const PricingFault fault = check(bond.dates); fault.flaw != PricingFlaw::none) return fault;
    if (bond.settle >= bond.dates.end || !has_years(bond.settle)) return {PricingFlaw::settled_late};
    const int times = bond.dates.frequency == 0 ? 1 : bond.dates.frequency;
    if (bond.compounding == Compounding::compounded && !(1 + bond.yield / times > 0)) return {PricingFlaw::rate_range};
    try {
        ql::Leg leg = kept_->coupons(bond.dates, bond.coupon, bond.day_count, bond.payment_convention, 100);
        if (leg.empty()) return {PricingFlaw::dates_order};
        leg.push_back(ql::ext::make_shared<ql::Redemption>(bond.redemption, leg.back()->date()));
        const ql::Date settle = quantlib(bond.settle);
        const ql::InterestRate yield(bond.yield, kept_->day_count(bond.day_count), quantlib(bond.compounding), compounding_frequency(bond.dates.frequency));
        price.dirty = ql::CashFlows::npv(leg, yield, false, settle);
        price.accrued = ql::CashFlows::accruedAmount(leg, false, settle);
        price.clean = price.dirty - price.accrued;
        price.modified_duration = ql::CashFlows::duration(leg, yield, ql::Duration::Modified, false, settle);
        price.macaulay_duration = bond.compounding == Compounding::compounded   ? (1 + bond.yield / times) * price.modified_duration
                                  : bond.compounding == Compounding::continuous ? price.modified_duration
                                                                                : ql::CashFlows::duration(leg, yield, ql::Duration::Simple, false, settle);
        price.convexity = ql::CashFlows::convexity(leg, yield, false, settle);
    } catch (const std::exception&) { // of QuantLib: dates that make no schedule, rates that make no factor
        return {PricingFlaw::odd_period};
    }
    for (const double number : {price.dirty, price.accrued, price.modified_duration, price.convexity})
        if (!std::isfinite(number)) return {PricingFlaw::not_a_number};
    return {};
}

PricingFault Pricing::schedule(const LoanTerms& terms, std::vector<LoanRow>& rows) const {
    if (const PricingFault fault = check(terms.dates); fault.flaw != PricingFlaw::none) return fault;
    if (!(terms.principal > 0) || !(terms.balloon >= 0) || terms.balloon > terms.principal) return {PricingFlaw::nothing_owed};
    for (std::size_t i = 0; i < terms.steps.size(); ++i)
        if (terms.steps[i].from <= (i == 0 ? terms.dates.start : terms.steps[i - 1].from) || terms.steps[i].from >= terms.dates.end)
            return {PricingFlaw::steps_order, i};
    std::vector<LoanPeriod> periods;
    if (is_plain(terms.dates, terms.day_count)) {
        plain_periods(terms, periods);
    } else try {
            const ql::Leg leg = kept_->coupons(terms.dates, terms.rate, terms.day_count, terms.payment_convention, 1);
            const ql::DayCounter& count = kept_->day_count(terms.day_count);
            std::size_t step = 0; // steps before it hold already
            const auto rate_now = [&] { return step == 0 ? terms.rate : terms.steps[step - 1].rate; };
            for (const auto& flow : leg) {
                const auto& coupon = static_cast<const ql::FixedRateCoupon&>(*flow);
                const ql::Date start = coupon.accrualStartDate(), end = coupon.accrualEndDate();
                LoanPeriod period{.from = ours(start), .to = ours(end), .paid_on = ours(coupon.date()), .years = coupon.accrualPeriod(), .parts = {}};
                while (step < terms.steps.size() && terms.steps[step].from <= period.from) ++step;
                ql::Date from = start;
                for (; step < terms.steps.size() && terms.steps[step].from < period.to; ++step) {
                    const ql::Date until = quantlib(terms.steps[step].from);
                    period.parts.push_back({count.yearFraction(from, until, coupon.referencePeriodStart(), coupon.referencePeriodEnd()), rate_now()});
                    from = until;
                }
                period.parts.push_back(
                    {from == start ? period.years : count.yearFraction(from, end, coupon.referencePeriodStart(), coupon.referencePeriodEnd()), rate_now()});
                periods.push_back(std::move(period));
            }
        } catch (const std::exception&) {
            return {PricingFlaw::odd_period};
        }
    if (periods.empty()) return {PricingFlaw::dates_order};
    if (terms.grace_periods < 0 || static_cast<std::size_t>(terms.grace_periods) >= periods.size()) return {PricingFlaw::grace_too_long};
    return repay(terms, periods, rows);
}

bool Pricing::is_business_day(BusinessCalendar calendar, Date day) const { return kept_->calendar(calendar).isBusinessDay(quantlib(day)); }
Date Pricing::adjust(BusinessCalendar calendar, Date day, BusinessDay convention) const {
    return ours(kept_->calendar(calendar).adjust(quantlib(day), quantlib(convention)));
}
double Pricing::years(DayCount day_count, Date from, Date to) const { return kept_->day_count(day_count).yearFraction(quantlib(from), quantlib(to)); }

} // namespace greenbank::finance
