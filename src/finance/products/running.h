// running.h — a stored loan and the engine's: there and back, closed up to a day.
#pragma once

#include "finance/products/records.h"

namespace greenbank::finance {

/// Dated rules out of data/reference: what is kept against late loans, and which signals warn.
const std::vector<ProvisionRow>& provision_rows();
const std::vector<WarningRule>& warning_rules();

std::int64_t ppm_of(double percent);
RunningLoan running_of(const Loan& loan);
/// Instalments, amounts, age, class, provision and warning of that day.
void keep(Loan& loan, const RunningLoan& running, Date day);
/// Interest and bills up to that day; nothing of a loan that does not run.
void bring_to(Loan& loan, Date day);
/// Due days of what is owed and not yet billed, from that day to the end.
Result<std::vector<LoanInstalment>> plan_of(const Loan& loan, std::int64_t principal, Date from);

} // namespace greenbank::finance
