// loan_life.cpp — days, bills and payments.
#include "finance/engine/loan_life.h"

#include <algorithm>
#include <cmath>

#include "finance/engine/loan_arithmetic.h"
#include "finance/engine/proportion.h"
#include "finance/engine/wide.h"

namespace greenbank::finance {

namespace {

constexpr std::int64_t million = 1'000'000;

void bill(RunningLoan& loan, LoanInstalment& instalment) {
    const std::int64_t whole = (loan.accrued_micro + (loan.accrued_micro >= 0 ? million / 2 : -million / 2)) / million;
    instalment.interest = std::max<std::int64_t>(0, whole);
    loan.accrued_micro -= instalment.interest * million;
    instalment.billed = true;
}

/// The period that is running; none once all are billed.
template <class Loan> auto running_period(Loan& loan) {
    return std::find_if(loan.instalments.begin(), loan.instalments.end(), [](const LoanInstalment& one) { return !one.billed; });
}

} // namespace

Date months_after(Date day, std::int64_t months) {
    const std::string text = to_text(day); // yyyy-mm-dd
    const int year = std::stoi(text.substr(0, 4)), month = std::stoi(text.substr(5, 2)), of_month = std::stoi(text.substr(8, 2));
    const std::int64_t all = year * 12 + month - 1 + months;
    const auto first_of = [](std::int64_t count) { return make_date(static_cast<int>(count / 12), static_cast<int>(count % 12) + 1, 1); };
    const std::int32_t last = first_of(all + 1).days - 1;
    return {std::min(last, first_of(all).days + of_month - 1)};
}

std::int64_t late_principal(const RunningLoan& loan) {
    std::int64_t sum = 0;
    for (const LoanInstalment& one : loan.instalments)
        if (one.billed) sum += one.principal - one.paid_principal;
    return sum;
}

std::int64_t accrued_over(
    std::int64_t principal, std::int64_t late_principal, std::int64_t rate_ppm, std::int64_t penalty_ppm, std::int64_t year_days, std::int64_t days) {
    const Wide product = static_cast<Wide>(principal) * rate_ppm + static_cast<Wide>(late_principal) * penalty_ppm; // the late part bears the penalty too
    return static_cast<std::int64_t>(product / year_days) * days;
}

std::int64_t call_in(RunningLoan& loan) {
    std::int64_t rest = 0;
    for (const LoanInstalment& one : loan.instalments)
        if (!one.billed) rest += one.principal;
    LoanInstalment called{.due = loan.closed_until, .principal = rest};
    if (const auto period = running_period(loan); period != loan.instalments.end()) {
        called.fixing = period->fixing;
        called.base_ppm = period->base_ppm;
    }
    std::erase_if(loan.instalments, [](const LoanInstalment& one) { return !one.billed; });
    loan.instalments.push_back(called);
    bill(loan, loan.instalments.back());
    return late_amount(loan);
}

std::int64_t margin_of(const RunningLoan& loan) {
    std::int64_t margin = 0;
    for (const MarginStep& step : loan.margin_steps)
        if (loan.verified_tonnes >= step.tonnes) margin = step.margin_ppm;
    return margin;
}

std::int64_t rate_of(const RunningLoan& loan) {
    const auto period = running_period(loan);
    const std::int64_t base = loan.instalments.empty() ? 0 : period == loan.instalments.end() ? loan.instalments.back().base_ppm : period->base_ppm;
    return std::max<std::int64_t>(0, base + loan.rate_ppm + margin_of(loan));
}

void fix_rate(RunningLoan& loan) {
    const auto period = running_period(loan);
    const RateFrom* row = row_on(loan.fixings, loan.closed_until);
    if (!row || period == loan.instalments.end() || period->fixing) return;
    period->fixing = row->from;
    period->base_ppm = row->rate_ppm;
}

void close_days(RunningLoan& loan, Date until) {
    while (loan.closed_until < until) {
        // As far as the next bill every day is alike.
        const auto next = running_period(loan);
        const Date stop = next == loan.instalments.end() ? until : std::min(until, std::max(next->due, Date{loan.closed_until.days + 1}));
        loan.accrued_micro +=
            accrued_over(loan.principal, late_principal(loan), rate_of(loan), loan.penalty_ppm, loan.year_days, stop.days - loan.closed_until.days);
        loan.closed_until = stop;
        if (next == loan.instalments.end() || stop < next->due) continue;
        bill(loan, *next);
        fix_rate(loan); // the next period begins
        const auto begun = running_period(loan);
        if (loan.level && begun != loan.instalments.end() && begun->base_ppm != next->base_ppm) set_payments_anew(loan);
    }
}

void set_payments_anew(RunningLoan& loan) {
    const auto begin = running_period(loan);
    auto last = loan.instalments.end(), first = last;
    std::int64_t owed = 0;
    for (auto one = begin; one != loan.instalments.end(); ++one) {
        owed += one->principal;
        if (one->principal == 0) continue; // of the grace, or paid ahead
        if (first == loan.instalments.end()) first = one;
        last = one;
    }
    if (owed == 0) return;
    const double rate = static_cast<double>(rate_of(loan)) / million;
    std::vector<LoanPeriod> periods;
    Date from = loan.closed_until;
    for (auto one = begin; one <= last; from = one->due, ++one) {
        const double years = static_cast<double>(one->due.days - from.days) / static_cast<double>(loan.year_days);
        periods.push_back({from, one->due, one->due, years, {{years, rate}}});
    }
    const LoanTerms terms{.dates = {},
        .principal = static_cast<double>(owed),
        .rate = rate,
        .repayment = Repayment::level,
        .grace_periods = static_cast<int>(first - begin),
        .steps = {},
        .custom = {},
        .decimals = 0};
    std::vector<LoanRow> rows;
    if (repay(terms, periods, rows).flaw != PricingFlaw::none) return;
    std::vector<LoanInstalment> plan(begin, last + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) plan[i].principal = std::llround(rows[i].principal);
    carry_negative(plan);
    std::copy(plan.begin(), plan.end(), begin);
}

void carry_negative(std::vector<LoanInstalment>& plan) {
    const auto carry = [](LoanInstalment& from, LoanInstalment& to) {
        if (from.principal >= 0) return;
        to.principal += from.principal;
        from.principal = 0;
    };
    for (std::size_t i = 1; i < plan.size(); ++i) carry(plan[i - 1], plan[i]);
    for (std::size_t i = plan.size(); i-- > 1;) carry(plan[i], plan[i - 1]);
}

std::vector<std::int64_t> expected_interest(RunningLoan loan) {
    std::vector<std::int64_t> expected;
    pay(loan, late_amount(loan));
    for (auto period = running_period(loan); period != loan.instalments.end(); period = running_period(loan)) {
        close_days(loan, std::max(period->due, Date{loan.closed_until.days + 1}));
        expected.push_back(period->interest);
        pay(loan, late_amount(loan));
    }
    return expected;
}

void draw(RunningLoan& loan, std::int64_t amount, std::vector<LoanInstalment> plan) {
    loan.principal += amount;
    if (const auto period = running_period(loan); period != loan.instalments.end() && !plan.empty()) {
        plan.front().fixing = period->fixing;
        plan.front().base_ppm = period->base_ppm;
    }
    std::erase_if(loan.instalments, [](const LoanInstalment& one) { return !one.billed; });
    for (LoanInstalment& one : plan) loan.instalments.push_back(one);
    fix_rate(loan);
}

std::vector<LoanInstalment> agreed_plan(std::span<const LoanInstalment> agreed, std::int64_t principal, Date from) {
    std::vector<LoanInstalment> plan;
    std::vector<std::int64_t> weights;
    for (const LoanInstalment& one : agreed) {
        if (one.due <= from) continue;
        plan.push_back({.due = one.due});
        weights.push_back(one.principal);
    }
    const std::vector<std::int64_t> parts = in_proportion(principal, weights);
    for (std::size_t i = 0; i < plan.size(); ++i) plan[i].principal = parts[i];
    return plan;
}

PaymentParts pay(RunningLoan& loan, std::int64_t amount) {
    PaymentParts parts;
    std::int64_t left = amount;
    for (const bool interest : {true, false})
        for (LoanInstalment& one : loan.instalments) {
            if (!one.billed) continue;
            std::int64_t& paid = interest ? one.paid_interest : one.paid_principal;
            const std::int64_t part = std::min(left, (interest ? one.interest : one.principal) - paid);
            paid += part;
            left -= part;
            (interest ? parts.interest : parts.principal) += part;
        }
    for (auto one = loan.instalments.rbegin(); one != loan.instalments.rend() && left > 0; ++one) {
        if (one->billed) continue;
        const std::int64_t part = std::min(left, one->principal);
        one->principal -= part;
        left -= part;
        parts.ahead += part;
    }
    // A last instalment of nothing still bills the interest that has accrued; those before it that are empty stay, too: interest is due on their days.
    loan.principal -= parts.principal + parts.ahead;
    parts.over = left;
    return parts;
}

std::int64_t late_amount(const RunningLoan& loan) {
    std::int64_t sum = late_principal(loan);
    for (const LoanInstalment& one : loan.instalments)
        if (one.billed) sum += one.interest - one.paid_interest;
    return sum;
}

std::int64_t days_late(const RunningLoan& loan, Date day) {
    for (const LoanInstalment& one : loan.instalments)
        if (one.billed && (one.paid_interest < one.interest || one.paid_principal < one.principal)) return std::max(0, day.days - one.due.days);
    return 0;
}

std::size_t class_of(std::span<const ProvisionRow> rows, std::int64_t days_late) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (days_late >= rows[i].days_late) found = i;
    return found;
}

std::int64_t provision_of(std::span<const ProvisionRow> rows, const RunningLoan& loan, std::int64_t days_late) {
    if (rows.empty()) return 0;
    return static_cast<std::int64_t>(static_cast<Wide>(loan.principal) * rows[class_of(rows, days_late)].parts_ppm / million);
}

} // namespace greenbank::finance
