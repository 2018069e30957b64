// workout.cpp — a loan in trouble: what a sold pledge brought is put against it, and new terms are agreed by both sides.
#include "finance/products/loan_access.h"
#include "finance/products/pools.h"
#include "finance/products/running.h"

namespace greenbank::finance {

struct LoanDisposal {
    Id<Loan> id;
    Id<market::CarbonPledge> pledge;
};
Record describe(const LoanDisposal*) {
    return {"loan_disposal", "Puts what a sold pledge brought against the loan.",
        {field<&LoanDisposal::id>("id", "The loan."), field<&LoanDisposal::pledge>("pledge", "The pledge whose tonnes were sold by auction.")}};
}
struct LoanRestructuring {
    Id<Loan> id;
    std::optional<std::int64_t> months;
    double rate = 0;
    std::int64_t grace_periods = 0;
    Repayment repayment = Repayment::level;
    std::vector<PlannedPrincipal> custom_schedule;
    std::string reason;
};
Record describe(const LoanRestructuring*) {
    using One = LoanRestructuring;
    return {"loan_restructuring", "New terms for what is owed.",
        {field<&One::id>("id", "The loan."),
            field<&One::months>("months", "From today on, for how long; a schedule of one's own says that itself.", {.unit = "month", .min = 1, .max = 600}),
            field<&One::rate>("rate", "Interest a year, before steps.", {.unit = "%", .min = 0, .max = 100}),
            field<&One::grace_periods>("grace_periods", "Periods at the beginning without principal.", {.min = 0, .max = 120, .defaulted = true}),
            field<&One::repayment>("repayment", "How principal comes back.", {.defaulted = true}),
            field<&One::custom_schedule>("custom_schedule", "Of custom repayment: which day, how much principal.", {.max = 600, .defaulted = true}),
            field<&One::reason>("reason", "Why; the borrower has agreed to it on paper.", {.min = 1, .max = 300})}};
}

namespace {

/// What can be said before it is known what is owed.
Result<Done> check_terms(const LoanRestructuring& asked, const Loan& loan) {
    Problems problems;
    if (asked.repayment == Repayment::custom) {
        if (asked.months)
            problems.push_back({"months", "finance.custom_months", "A schedule of one's own says itself how long it runs; leave the months out."});
        if (asked.grace_periods != 0)
            problems.push_back({"grace_periods", "finance.custom_grace", "A schedule of one's own says itself when principal begins."});
    } else {
        if (!asked.months || *asked.months % (12 / loan.frequency) != 0)
            problems.push_back({"months", "financing.lease_months", "The months make whole periods between payments."});
        if (!asked.custom_schedule.empty())
            problems.push_back(
                {"custom_schedule", "finance.custom_unused", "A schedule of one's own goes with custom repayment; choose that, or leave it out."});
    }
    if (!problems.empty()) return invalid(problems);
    return Done{};
}

/// What auctions gave the lender, less what was counted before.
Result<std::int64_t> brought(Transaction& transaction, const Loan& loan, const market::CarbonPledge& pledge) {
    const auto made = TRY(transaction.find_one<LoanMovement>("loan = $1 AND kind = 'pledge' AND note = $2", {loan.id.text, pledge.id.text}));
    if (!made || pledge.reference != loan.id.text) return invalid({{"pledge", "finance.no_pledge", "This pledge does not secure the loan."}});
    if (!pledge.auction || pledge.state == market::PledgeState::selling)
        return Error{Failure::conflict, "finance.not_sold", "The pledged tonnes are not sold; the lender sells them on the market's page first."};
    std::int64_t left = pledge.brought.minor;
    for (const LoanMovement& one : TRY(transaction.find<LoanMovement>("loan = $1 AND kind = 'disposal' AND note = $2", {loan.id.text, pledge.id.text})))
        left -= one.amount.minor;
    if (left <= 0) return Error{Failure::conflict, "finance.disposed", "What this sale brought is put against the loan already."};
    return left;
}

Result<LoanView> loan_dispose(ledger::Book& book, Transaction& transaction, const Caller& caller, const LoanDisposal& asked) {
    Loan loan = TRY(loan_to_move(transaction, caller, asked.id, Side::lender));
    TRY(check_loan_runs(loan));
    const auto pledge = TRY(transaction.find_one<market::CarbonPledge>("id = $1", {asked.pledge.text}));
    if (!pledge) return invalid({{"pledge", "finance.no_pledge", "This pledge does not secure the loan."}});
    const std::int64_t proceeds = TRY(brought(transaction, loan, *pledge));
    RunningLoan running = TRY(running_of(transaction, loan));
    call_in(running); // who sells what secures a loan has called it in
    const PaymentParts parts = pay(running, proceeds);
    LoanMovement movement = TRY(loan_movement_of(transaction, caller, loan, MovementKind::disposal));
    movement.amount.minor = proceeds;
    movement.interest.minor = parts.interest;
    movement.principal.minor = parts.principal + parts.ahead;
    movement.note = pledge->id.text;
    keep(loan, running, date_of(caller.now));
    if (loan.principal.minor == 0 && loan.late.minor == 0) loan.state = LoanState::repaid;
    if (loan.pool) TRY(uncover(transaction, caller, *loan.pool, movement.principal.minor));
    {
        const auto lender = TRY(deposit_of(transaction, loan.lender, loan.amount.currency)),
                   borrower = TRY(deposit_of(transaction, loan.borrower, loan.amount.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(open_accounts(turn, transaction, caller, loan));
        // The auction has paid the lender; the loan's own accounts follow, and what is more than was owed goes to the borrower.
        movement.transfers = TRY(post_steps(turn, caller, loan.amount.currency,
            {{*loan.funds_account, *loan.loan_account, movement.principal.minor, loan.number + " · disposal"},
                {lender, borrower, parts.over, loan.number + " · surplus of the disposal"}}));
    }
    return loan_kept(transaction, caller, std::move(loan), std::move(movement));
}

Result<LoanView> loan_restructure(Transaction& transaction, const Caller& caller, const LoanRestructuring& asked) {
    Loan loan = TRY(loan_to_move(transaction, caller, asked.id, Side::lender));
    TRY(check_loan_runs(loan));
    TRY(check_terms(asked, loan));
    const Date today = date_of(caller.now);
    RunningLoan running = TRY(running_of(transaction, loan));
    call_in(running);
    std::int64_t interest = 0, principal = 0; // late interest stays due as it is, late principal goes into the new plan
    for (LoanInstalment& one : running.instalments) {
        interest += one.interest - one.paid_interest;
        principal += one.principal - one.paid_principal;
        one.principal = one.paid_principal;
    }
    if (principal != running.principal) return Error{Failure::conflict, "finance.plan_differs", "The due days of a loan do not come to what is owed."};
    if (asked.repayment == Repayment::custom) {
        Problems problems;
        check_schedule(asked.custom_schedule, {principal, loan.amount.currency}, today, problems);
        if (!problems.empty()) return invalid(problems);
    }
    loan.rate = asked.rate;
    loan.grace_periods = asked.grace_periods;
    loan.repayment = asked.repayment;
    loan.custom_schedule = asked.custom_schedule;
    loan.rate_steps.clear();
    if (!loan.benchmark) running.fixings.clear();
    loan.ends_on = asked.months ? months_after(today, *asked.months) : asked.custom_schedule.back().due;
    running.rate_ppm = ppm_of(asked.rate);
    Loan anew = loan; // its grace is counted from today, not from the first draw-down
    anew.starts_on = today;
    for (const LoanInstalment& one : TRY(plan_of(anew, principal, today, rate_on(running.fixings, today)))) running.instalments.push_back(one);
    fix_rate(running);
    keep(loan, running, today);
    LoanMovement movement = TRY(loan_movement_of(transaction, caller, loan, MovementKind::restructure));
    movement.amount.minor = principal;
    movement.principal.minor = principal;
    movement.interest.minor = interest;
    movement.note = asked.reason;
    return loan_kept(transaction, caller, std::move(loan), std::move(movement));
}

} // namespace

std::vector<Endpoint> workout_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"loan_dispose", Method::post, "/loans/{id}/disposal", "Put what a sold pledge brought against the loan; what is more goes to the borrower.", Mode::write, sign_finance, call(book, loan_dispose)},
        {"loan_restructure", Method::post, "/loans/{id}/restructure", "New terms for what is owed; late principal goes into the new plan.", Mode::write, sign_finance, call(loan_restructure)},
        // clang-format on
    };
}

} // namespace greenbank::finance
