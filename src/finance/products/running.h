// running.h — a stored loan and the engine's: there and back, closed up to a day.
#pragma once

#include "finance/products/records.h"

namespace greenbank::finance {

/// Dated rules out of data/reference: what is kept against late loans, and which signals warn.
const std::vector<ProvisionRow>& provision_rows();
const std::vector<WarningRule>& warning_rules();

std::int64_t ppm_of(double percent);
/// Periods that have begun know their rate: without the benchmark it is right up to the next due day.
RunningLoan running_of(const Loan& loan);
/// Rates that step as agreed, by the due days of these instalments: what is on the loan's rate from when on. None where none were agreed.
std::vector<RateFrom> agreed_rates(const Loan& loan, const std::vector<LoanInstalment>& instalments);
/// Instalments, amounts, age, class, provision and warning of that day.
void keep(Loan& loan, const RunningLoan& running, Date day);
/// With the published rates of its benchmark, which periods that are to begin take.
Result<RunningLoan> running_of(Transaction& transaction, const Loan& loan);
/// What pledges of a loan that runs secure: principal, and interest that is late.
std::int64_t secured_debt(const Loan& loan);
/// Interest and bills up to that day; nothing of a loan that does not run.
Result<Done> bring_to(Transaction& transaction, Loan& loan, Date day);
/// Due days of what is owed and not yet billed, from that day to the end; `base_ppm`: the published rate of that day.
Result<std::vector<LoanInstalment>> plan_of(const Loan& loan, std::int64_t principal, Date from, std::int64_t base_ppm);

} // namespace greenbank::finance
