// lease.h — a finance lease: equal rents, in arrears or in advance, that pay for a thing down to its residual value. Whole minor units.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/time.h"

namespace greenbank::finance {

struct LeaseTerms {
    std::int64_t cost = 0, residual = 0; // financed; left at the end
    std::int64_t rate_ppm = 0;           // a year, within the rents
    std::int64_t months = 36, frequency = 12;
    bool in_advance = false; // rents are due at the beginning of each period, the first on the first day
    Date start = {};
};
enum class LeaseFlaw { none, cost, residual, rate, months };
LeaseFlaw check(const LeaseTerms& terms);

struct LeaseRent {
    Date due;
    std::int64_t rent = 0, interest = 0, left = 0; // left: of what was financed, after it
    std::int64_t paid = 0;
};
/// Rents are equal but for the last one, which takes up what rounding left. Terms that check() refuses give none. In advance the last rent is a period
/// before the end: what is left after it earns that period's interest and is then the residual value.
std::vector<LeaseRent> rents_of(const LeaseTerms& terms);

/// What late rents bear, as late instalments of loans do: their principal the rate and the penalty by the day, due as it accrues. Their interest bears none.
struct LateInterest {
    std::int64_t rate_ppm = 0, penalty_ppm = 0;
    std::int64_t year_days = 365;
    std::int64_t accrued_micro = 0; // less than a minor unit, in millionths
    std::int64_t due = 0;           // and unpaid, minor units
    Date closed_until = {};
};
/// Every day after closed_until up to `until`. In pieces it is the same as at once.
void close_days(const std::vector<LeaseRent>& rents, LateInterest& late, Date until);
/// The twin: one day after another, each late rent for itself.
void close_days_naive(const std::vector<LeaseRent>& rents, LateInterest& late, Date until);

struct RentParts {
    std::int64_t late_interest = 0, interest = 0, principal = 0, over = 0;
};
/// What late rents bore first, then the oldest rents, of each its interest first; also before they are due.
RentParts pay(std::vector<LeaseRent>& rents, LateInterest& late, std::int64_t amount);
/// Due on that day or before, and not paid.
std::int64_t due_on(const std::vector<LeaseRent>& rents, Date day);
std::int64_t days_late(const std::vector<LeaseRent>& rents, Date day);
std::int64_t unpaid(const std::vector<LeaseRent>& rents);

} // namespace greenbank::finance
