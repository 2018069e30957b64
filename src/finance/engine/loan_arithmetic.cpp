// loan_arithmetic.cpp — level, equal, bullet and custom repayment, period by period.
#include "finance/engine/loan_arithmetic.h"

#include <cmath>

namespace greenbank::finance {

namespace {

/// The equal payment that leaves `left` after the last period, if the rate of the first of them holds to the end.
double level_payment(double owed, double left, const std::vector<LoanPeriod>& periods, std::size_t from) {
    const double rate = periods[from].parts.back().rate;
    double discount = 1, annuity = 0;
    for (std::size_t i = from; i < periods.size(); ++i) {
        discount /= 1 + rate * periods[i].years;
        annuity += discount;
    }
    return (owed - left * discount) / annuity;
}

double rounded(double amount, const std::optional<int>& decimals) {
    if (!decimals) return amount;
    const double scale = std::pow(10.0, *decimals);
    return std::round(amount * scale) / scale;
}

/// Principal of each interest date, or the payment that falls on none.
PricingFault spread_custom(const LoanTerms& terms, const std::vector<LoanPeriod>& periods, std::vector<double>& principal) {
    double sum = 0;
    std::size_t period = 0;
    for (std::size_t i = 0; i < terms.custom.size(); ++i) {
        while (period < periods.size() && periods[period].to < terms.custom[i].due) ++period;
        if (period == periods.size() || periods[period].to != terms.custom[i].due) return {PricingFlaw::custom_date, i};
        principal[period] += terms.custom[i].amount;
        sum += terms.custom[i].amount;
    }
    if (std::abs(sum - terms.principal) > 1e-9 * terms.principal) return {PricingFlaw::custom_sum};
    return {};
}

} // namespace

PricingFault repay(const LoanTerms& terms, const std::vector<LoanPeriod>& periods, std::vector<LoanRow>& rows) {
    const std::size_t count = periods.size(), grace = static_cast<std::size_t>(terms.grace_periods);
    std::vector<double> custom(terms.repayment == Repayment::custom ? count : 0);
    if (terms.repayment == Repayment::custom)
        if (const PricingFault fault = spread_custom(terms, periods, custom); fault.flaw != PricingFlaw::none) return fault;
    rows.clear();
    rows.reserve(count);
    double owed = terms.principal, level = 0, equal = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const LoanPeriod& period = periods[i];
        LoanRow row{.from = period.from, .to = period.to, .paid_on = period.paid_on, .years = period.years, .opening = owed, .rate = period.parts.back().rate};
        for (const RatePart& part : period.parts) row.interest += owed * part.rate * part.years;
        row.interest = rounded(row.interest, terms.decimals);
        const bool last = i + 1 == count;
        if (i < grace && !last) {
            row.principal = terms.capitalise_grace ? -row.interest : 0;
        } else if (terms.repayment == Repayment::level) {
            const bool rate_moved = i > 0 && (period.parts.size() > 1 || period.parts.back().rate != rows.back().rate);
            if (i == grace || rate_moved) level = rounded(level_payment(owed, terms.balloon, periods, i), terms.decimals);
            row.principal = level - row.interest;
        } else if (terms.repayment == Repayment::equal_principal) {
            if (i == grace) equal = rounded((owed - terms.balloon) / static_cast<double>(count - grace), terms.decimals);
            row.principal = equal;
        } else if (terms.repayment == Repayment::custom) {
            row.principal = custom[i];
        }
        row.principal = last ? owed : rounded(row.principal, terms.decimals);
        owed = last ? 0 : rounded(owed - row.principal, terms.decimals);
        row.payment = rounded(row.principal + row.interest, terms.decimals);
        row.closing = owed;
        if (!std::isfinite(row.payment)) return {PricingFlaw::not_a_number};
        rows.push_back(row);
    }
    return {};
}

std::optional<double> effective_rate(std::span<const Date> days, std::span<const double> amounts) {
    const auto worth = [&](double rate) {
        double sum = 0;
        for (std::size_t i = 0; i < days.size(); ++i) sum += amounts[i] * std::pow(1 + rate, -(days[i].days - days[0].days) / 365.0);
        return sum;
    };
    double low = -0.99, high = 10;
    if (days.empty()) return {};
    const double at_low = worth(low), at_high = worth(high);
    if (!(at_low * at_high < 0)) return {};
    for (int step = 0; step < 200 && high - low > 1e-15; ++step) {
        const double middle = (low + high) / 2;
        (worth(middle) * at_low > 0 ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace greenbank::finance
