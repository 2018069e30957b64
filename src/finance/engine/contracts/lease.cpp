// lease.cpp — the equal rent by its annuity, then whole units one rent after another.
#include "finance/engine/contracts/lease.h"

#include <algorithm>
#include <cmath>

#include "finance/engine/loan_life.h"

namespace greenbank::finance {

LeaseFlaw check(const LeaseTerms& terms) {
    if (terms.cost <= 0) return LeaseFlaw::cost;
    if (terms.residual < 0 || terms.residual >= terms.cost) return LeaseFlaw::residual;
    if (terms.rate_ppm < 0 || terms.rate_ppm > 1'000'000) return LeaseFlaw::rate;
    if (terms.frequency < 1 || 12 % terms.frequency != 0 || terms.months < 1 || terms.months > 600 || terms.months % (12 / terms.frequency) != 0)
        return LeaseFlaw::months;
    return LeaseFlaw::none;
}

std::vector<LeaseRent> rents_of(const LeaseTerms& terms) {
    if (check(terms) != LeaseFlaw::none) return {};
    const std::int64_t months = 12 / terms.frequency, count = terms.months / months;
    const long double rate = static_cast<long double>(terms.rate_ppm) / 1e6L / static_cast<long double>(terms.frequency);
    const long double discount = std::pow(1 + rate, -static_cast<long double>(count));
    const auto cost = static_cast<long double>(terms.cost), residual = static_cast<long double>(terms.residual);
    const long double earlier = terms.in_advance ? 1 + rate : 1; // a period sooner, each rent is worth that much more
    const long double rent = (rate > 0 ? (cost - residual * discount) * rate / (1 - discount) : (cost - residual) / static_cast<long double>(count)) / earlier;
    const std::int64_t rest = std::llround(residual / earlier);
    std::vector<LeaseRent> rents;
    std::int64_t left = terms.cost;
    for (std::int64_t i = 1; i <= count; ++i) {
        const std::int64_t periods = terms.in_advance ? i - 1 : i;
        LeaseRent one{.due = months_after(terms.start, periods * months), .interest = periods == 0 ? 0 : std::llround(static_cast<long double>(left) * rate)};
        one.rent = i == count ? left - rest + one.interest : std::llround(rent);
        left -= one.rent - one.interest;
        one.left = left;
        rents.push_back(one);
    }
    return rents;
}

namespace {

/// Principal of a rent that is not paid: its interest is paid first.
std::int64_t unpaid_principal(const LeaseRent& one) { return one.rent - one.interest - std::max<std::int64_t>(0, one.paid - one.interest); }

/// Whole minor units are due.
void make_due(LateInterest& late) {
    late.due += late.accrued_micro / 1'000'000;
    late.accrued_micro %= 1'000'000;
}

} // namespace

void close_days(const std::vector<LeaseRent>& rents, LateInterest& late, Date until) {
    while (late.closed_until < until) {
        // As far as the next rent falls due every day is alike.
        Date stop = until;
        std::int64_t principal = 0;
        for (const LeaseRent& one : rents)
            if (one.due <= late.closed_until) principal += unpaid_principal(one);
            else stop = std::min(stop, one.due);
        const std::int32_t days = stop.days - late.closed_until.days;
        late.accrued_micro += accrued_over(principal, principal, late.rate_ppm, late.penalty_ppm, late.year_days, days);
        late.closed_until = stop;
    }
    make_due(late);
}

void close_days_naive(const std::vector<LeaseRent>& rents, LateInterest& late, Date until) {
    for (; late.closed_until < until; ++late.closed_until.days) {
        std::int64_t principal = 0;
        for (const LeaseRent& one : rents)
            if (one.due <= late.closed_until && one.paid < one.rent) principal += one.rent - std::max(one.interest, one.paid);
        late.accrued_micro += accrued_over(principal, principal, late.rate_ppm, late.penalty_ppm, late.year_days, 1);
        make_due(late);
    }
}

RentParts pay(std::vector<LeaseRent>& rents, LateInterest& late, std::int64_t amount) {
    RentParts parts{.late_interest = std::min(amount, late.due)};
    late.due -= parts.late_interest;
    parts.over = amount - parts.late_interest;
    for (LeaseRent& one : rents) {
        const std::int64_t part = std::min(parts.over, one.rent - one.paid);
        const std::int64_t interest = std::min(part, std::max<std::int64_t>(0, one.interest - one.paid));
        parts.interest += interest;
        parts.principal += part - interest;
        one.paid += part;
        parts.over -= part;
    }
    return parts;
}

std::int64_t due_on(const std::vector<LeaseRent>& rents, Date day) {
    std::int64_t sum = 0;
    for (const LeaseRent& one : rents)
        if (one.due <= day) sum += one.rent - one.paid;
    return sum;
}

std::int64_t days_late(const std::vector<LeaseRent>& rents, Date day) {
    for (const LeaseRent& one : rents)
        if (one.paid < one.rent) return std::max(0, day.days - one.due.days);
    return 0;
}

std::int64_t unpaid(const std::vector<LeaseRent>& rents) {
    std::int64_t sum = 0;
    for (const LeaseRent& one : rents) sum += one.rent - one.paid;
    return sum;
}

} // namespace greenbank::finance
