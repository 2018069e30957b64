// leases_test.cpp — a stored lease as of a day: what is due, and what late rents bore.
#include <doctest/doctest.h>

#include "finance/contracts/contracts.h"

namespace greenbank::finance {

TEST_CASE("a lease as of a day: a rent that is late bears interest as a late instalment does; a lease of before it bore any bears it from now on") {
    const Date start = make_date(2026, 1, 1), due = make_date(2026, 2, 1), later = make_date(2026, 3, 1);
    FinanceLease lease{.cost = {10'000'000, "CNY"}, .rate = 12, .penalty = 6, .starts_on = start, .next_due = {}, .rents = {}, .closed_until = start};
    lease.state = ContractState::active;
    lease.rents = rents_of({.cost = 10'000'000, .rate_ppm = 120'000, .months = 12, .start = start});
    FinanceLease old = lease;
    bring_to(lease, due);
    CHECK(lease.late.minor == 888'488);
    CHECK(lease.late_interest.minor == 0);
    bring_to(lease, {due.days + 10});
    CHECK(lease.late_interest.minor == 3'888); // ten days of 18 % on 7,884.88
    CHECK(lease.late.minor == 888'488 + 3'888);
    CHECK(lease.days_late == 10);
    CHECK(lease.next_due == due);
    bring_to(lease, later); // the second rent is due
    CHECK(lease.late_interest.minor == 10'887);
    CHECK(lease.late.minor == 2 * 888'488 + 10'887);
    FinanceLease again = lease;
    bring_to(again, later);
    CHECK(again.late_interest == lease.late_interest);
    old.closed_until.reset();
    bring_to(old, later);
    CHECK(old.late_interest.minor == 0);
    CHECK(old.closed_until == later);
}

} // namespace greenbank::finance
