// running.cpp — percent to parts of a million, minor units to money, rules out of files.
#include "finance/products/running.h"

#include <algorithm>
#include <cmath>

#include "finance/contracts/contracts.h"
#include "finance/reference.h"
#include "sheets/named_rows.h"

namespace greenbank::finance {

const std::vector<ProvisionRow>& provision_rows() {
    static const std::vector<ProvisionRow> rows = [] {
        std::vector<ProvisionRow> read;
        for (const std::vector<std::string>& row : reference_rows("loan_classes.csv")) read.push_back({std::stoll(row[1]), ppm_of(std::stod(row[2]))});
        return read;
    }();
    return rows;
}

const std::vector<WarningRule>& warning_rules() {
    static const std::vector<WarningRule> rules = [] {
        std::vector<WarningRule> read;
        for (const std::vector<std::string>& row : reference_rows("warning_rules.csv"))
            read.push_back({row[0], std::stod(row[1]), parse_choice<WarningLevel>(row[2]).value_or(WarningLevel::blue)});
        return read;
    }();
    return rules;
}

std::int64_t ppm_of(double percent) { return std::llround(percent * 10'000); }

RunningLoan running_of(const Loan& loan) {
    RunningLoan running{.principal = loan.principal.minor,
        .rate_ppm = ppm_of(loan.rate),
        .penalty_ppm = ppm_of(loan.penalty),
        .year_days = loan.year_days,
        .accrued_micro = loan.accrued_micro,
        .instalments = loan.instalments,
        .margin_steps = {},
        .verified_tonnes = loan.verified_tonnes,
        .closed_until = loan.closed_until.value_or(Date{}),
        .fixings = {},
        .level = loan.repayment == Repayment::level};
    running.fixings = agreed_rates(loan, loan.instalments);
    for (const MarginStepRow& step : loan.margin_steps) running.margin_steps.push_back({step.tonnes, ppm_of(step.change)});
    return running;
}

std::vector<RateFrom> agreed_rates(const Loan& loan, const std::vector<LoanInstalment>& instalments) {
    std::vector<RateFrom> rates;
    if (loan.rate_steps.empty() || loan.benchmark) return rates;
    rates.push_back({loan.starts_on.value_or(Date{}), 0});
    for (const AgreedRate& step : loan.rate_steps)
        if (step.after_payments <= static_cast<std::int64_t>(instalments.size()))
            rates.push_back({instalments[static_cast<std::size_t>(step.after_payments - 1)].due, ppm_of(step.rate) - ppm_of(loan.rate)});
    return rates;
}

void keep(Loan& loan, const RunningLoan& running, Date day) {
    loan.principal.minor = running.principal;
    loan.accrued_micro = running.accrued_micro;
    loan.instalments = running.instalments;
    loan.closed_until = running.closed_until;
    loan.late_principal = late_principal(running);
    loan.late.minor = late_amount(running);
    loan.next_due = loan.late_since = {};
    for (const LoanInstalment& one : running.instalments) {
        if (!one.billed && !loan.next_due) loan.next_due = one.due;
        if (one.billed && !loan.late_since && (one.paid_interest < one.interest || one.paid_principal < one.principal)) loan.late_since = one.due;
    }
    loan.days_late = days_late(running, day);
    loan.loan_class = static_cast<LoanClass>(class_of(provision_rows(), loan.days_late));
    loan.provision.minor = provision_of(provision_rows(), running, loan.days_late);
    const double late_share = loan.drawn.minor > 0 ? static_cast<double>(loan.late.minor) / static_cast<double>(loan.drawn.minor) * 100 : 0;
    std::vector<WarningSignal> signals = {{"days_late", static_cast<double>(loan.days_late)}, {"late_share", late_share}};
    for (const WatchedSignal& one : loan.watched) signals.push_back({one.signal, one.value});
    const WarningState state =
        warn({loan.warning, loan.warning_since.value_or(day), loan.calm_since.value_or(day), loan.calm_since.has_value(), {}}, warning_rules(), signals, day);
    loan.warning = state.level;
    loan.warning_since = state.level == WarningLevel::none ? std::optional<Date>() : state.since;
    loan.calm_since = state.calm ? std::optional(state.calm_since) : std::nullopt;
    loan.warning_reasons = state.reasons;
}

Result<RunningLoan> running_of(Transaction& transaction, const Loan& loan) {
    RunningLoan running = running_of(loan);
    if (loan.benchmark) running.fixings = TRY(rates_of(transaction, loan.benchmark, 0, loan.starts_on.value_or(running.closed_until)));
    return running;
}

std::int64_t secured_debt(const Loan& loan) { return loan.principal.minor + loan.late.minor - loan.late_principal; }

Result<Done> bring_to(Transaction& transaction, Loan& loan, Date day) {
    if (loan.state != LoanState::active || !loan.closed_until || *loan.closed_until >= day) return Done{};
    RunningLoan running = TRY(running_of(transaction, loan));
    close_days(running, day);
    keep(loan, running, day);
    return Done{};
}

Result<std::vector<LoanInstalment>> plan_of(const Loan& loan, std::int64_t principal, Date from, std::int64_t base_ppm) {
    if (loan.repayment == Repayment::custom) {
        std::vector<LoanInstalment> agreed;
        for (const PlannedPrincipal& one : loan.custom_schedule) agreed.push_back({.due = one.due, .principal = one.amount.minor});
        return agreed_plan(agreed, principal, from);
    }
    const std::int64_t begun = loan.starts_on && *loan.starts_on < from ? 1 : 0; // grace is counted from the first draw-down
    LoanTerms terms{.dates = {.start = from, .end = loan.ends_on.value_or(from), .frequency = static_cast<int>(loan.frequency)},
        .principal = static_cast<double>(principal),
        .rate = static_cast<double>(std::max<std::int64_t>(0, base_ppm + ppm_of(loan.rate) + margin_of(running_of(loan)))) / 1e6,
        .day_count = loan.year_days == 360 ? DayCount::actual_360 : DayCount::actual_365,
        .repayment = loan.repayment,
        .grace_periods = begun != 0 ? 0 : static_cast<int>(loan.grace_periods),
        .decimals = 0};
    static const Pricing pricing;
    std::vector<LoanRow> rows;
    if (begun != 0 && loan.grace_periods > 0) { // periods of the grace that are still to come
        const Date over = months_after(*loan.starts_on, loan.grace_periods * 12 / loan.frequency);
        while (months_after(from, (terms.grace_periods + 1) * 12 / loan.frequency) <= over) ++terms.grace_periods;
    }
    if (const PricingFault fault = pricing.schedule(terms, rows); fault.flaw != PricingFlaw::none) {
        const PricingProblem problem = problem_of(fault);
        return invalid({{"amount", problem.code, problem.sentence}});
    }
    if (!loan.rate_steps.empty()) { // level payments are set anew with each step that is still to come
        const auto passed = std::count_if(loan.instalments.begin(), loan.instalments.end(), [](const LoanInstalment& one) { return one.billed; });
        for (const AgreedRate& step : loan.rate_steps)
            if (const std::int64_t row = step.after_payments - passed; row > 0 && row < static_cast<std::int64_t>(rows.size()))
                terms.steps.push_back({rows[static_cast<std::size_t>(row - 1)].to, step.rate / 100});
        if (const PricingFault fault = pricing.schedule(terms, rows); fault.flaw != PricingFlaw::none) {
            const PricingProblem problem = problem_of(fault);
            return invalid({{"amount", problem.code, problem.sentence}});
        }
    }
    std::vector<LoanInstalment> plan;
    for (const LoanRow& row : rows) plan.push_back({.due = row.to, .principal = static_cast<std::int64_t>(std::llround(row.principal))});
    carry_negative(plan);
    return plan;
}

} // namespace greenbank::finance
