// loan_life.h — a loan that runs: interest by the day, bills when due, payments put where they belong, age, provision, margin. Whole minor units.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "finance/engine/rate_from.h"

namespace greenbank::finance {

/// One due day: principal that is planned, interest that is known once it is due, and what was paid of both.
struct LoanInstalment {
    Date due;
    std::int64_t principal = 0, interest = 0, paid_principal = 0, paid_interest = 0;
    bool billed = false;
    std::optional<Date> fixing = {}; // of a rate over a benchmark: the published rate that its period bears, set when the period begins
    std::int64_t base_ppm = 0;       // that rate, parts of a million a year
};

/// So much verified, so much less margin.
struct MarginStep {
    std::int64_t tonnes = 0;
    std::int64_t margin_ppm = 0; // parts of a million a year, added to the rate; less than zero: cheaper
};

struct RunningLoan {
    std::int64_t principal = 0;              // owed, billed or not
    std::int64_t rate_ppm = 0;               // a year, without the margin's steps; above the benchmark where there is one
    std::int64_t penalty_ppm = 0;            // a year more on principal that is late
    std::int64_t year_days = 365;            // or 360
    std::int64_t accrued_micro = 0;          // interest since the last bill, millionths of a minor unit
    std::vector<LoanInstalment> instalments; // in order
    std::vector<MarginStep> margin_steps;    // in order of tonnes
    std::int64_t verified_tonnes = 0;
    Date closed_until;                  // the last day that has been closed
    std::vector<RateFrom> fixings = {}; // of the benchmark, in order; none: the rate is fixed
    bool level = false;                 // equal payments: set anew when a period begins with another published rate
};

/// The same day so many months on, or the last one of that month.
Date months_after(Date day, std::int64_t months);

/// The rate of today: the published rate of the period, the margin, and the last of its steps that is reached; never below zero.
std::int64_t rate_of(const RunningLoan& loan);
/// The last step of the margin that is reached.
std::int64_t margin_of(const RunningLoan& loan);
/// Every day after closed_until up to `until`: interest, and bills on their days. Closing twice, or in pieces, is the same as once.
void close_days(RunningLoan& loan, Date until);

/// A change of what is owed: more by a draw-down, the plan of the future set anew. A period that has begun keeps its published rate.
void draw(RunningLoan& loan, std::int64_t amount, std::vector<LoanInstalment> plan);
/// The plan of the future as agreed by day: what is owed in proportion to the amounts that are still to come. Nothing where none is.
std::vector<LoanInstalment> agreed_plan(std::span<const LoanInstalment> agreed, std::int64_t principal, Date from);
/// The period that is running takes the published rate of its first day, which is the last day closed, where it has none.
void fix_rate(RunningLoan& loan);
/// Equal payments of what is not billed at the rate of today, from the last day closed to the last due day that still has principal; days of a grace that are
/// still to come stay without.
void set_payments_anew(RunningLoan& loan);
/// No principal below zero: a long month at a high rate takes it off the next one, and the rounding of a tiny loan off the one before.
void carry_negative(std::vector<LoanInstalment>& plan);
/// Interest of the due days to come, in their order, if what is late is paid today, each other one on its day, and the last published rate stands.
std::vector<std::int64_t> expected_interest(RunningLoan loan);

/// Everything becomes due on that day, which is closed: what accrued and all principal. What is owed then.
std::int64_t call_in(RunningLoan& loan);

struct PaymentParts {
    std::int64_t interest = 0, principal = 0, ahead = 0, over = 0; // ahead: principal before it is due; over: more than is owed, not taken
};
/// Late interest first, then late principal, oldest first; what is left goes ahead, from the last instalment backwards.
PaymentParts pay(RunningLoan& loan, std::int64_t amount);

std::int64_t late_amount(const RunningLoan& loan); // billed and unpaid
std::int64_t late_principal(const RunningLoan& loan);
/// Interest of so many days in which nothing changes; for closing many loans without their instalments.
std::int64_t accrued_over(
    std::int64_t principal, std::int64_t late_principal, std::int64_t rate_ppm, std::int64_t penalty_ppm, std::int64_t year_days, std::int64_t days);
/// Days since the oldest bill that is not paid whole.
std::int64_t days_late(const RunningLoan& loan, Date day);

/// Five classes, each from so many days late on, and the part of the principal kept against it. Regulated: rows are data.
struct ProvisionRow {
    std::int64_t days_late = 0, parts_ppm = 0;
};
std::size_t class_of(std::span<const ProvisionRow> rows, std::int64_t days_late);
std::int64_t provision_of(std::span<const ProvisionRow> rows, const RunningLoan& loan, std::int64_t days_late);

} // namespace greenbank::finance
