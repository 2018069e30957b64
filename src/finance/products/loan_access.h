// loan_access.h — a loan as its parties see it, and what every operation that moves one begins and ends with.
#pragma once

#include "finance/operations.h"
#include "finance/products/money.h"
#include "finance/watch/records.h"
#include "market/pledges/pledges.h"

namespace greenbank::finance {

struct LoanView {
    Loan loan;
    std::vector<LoanMovement> movements;
    double rate_now = 0;
    Money accrued, available;                    // interest of today; what may still be drawn
    std::vector<std::int64_t> expected_interest; // of the due days to come, at the rates known today
    std::vector<market::CarbonPledge> pledges;
    std::vector<market::PledgeValue> pledge_values; // of those that stand and have a price
    std::optional<Id<LoanWarning>> open_warning;
    bool lends = false, borrows = false;
};
Record describe(const LoanView*);

enum class Side { lender, borrower };
Result<Loan> loan_seen(Transaction& transaction, const Caller& caller, const Id<Loan>& id);
/// Seen, of the version expected, the caller's to move, closed up to today.
Result<Loan> loan_to_move(Transaction& transaction, const Caller& caller, const Id<Loan>& id, Side side);
Result<Done> check_loan_runs(const Loan& loan);
Result<LoanMovement> loan_movement_of(Transaction& transaction, const Caller& caller, const Loan& loan, MovementKind kind);
Result<std::vector<market::CarbonPledge>> loan_pledges_of(Transaction& transaction, const Loan& loan);
/// What secures it follows what is owed; given up or paid back, it stands as it was.
Result<Done> follow_loan_pledges(Transaction& transaction, const Caller& caller, const Loan& loan);
Result<LoanView> loan_view_of(Transaction& transaction, const Caller& caller, Loan loan);
/// The loan and its movement are stored, and its warning follows.
Result<LoanView> loan_kept(Transaction& transaction, const Caller& caller, Loan loan, LoanMovement movement);

} // namespace greenbank::finance
