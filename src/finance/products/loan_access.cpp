// loan_access.cpp — who may see and move a loan, what it looks like today, and how a movement is kept.
#include "finance/products/loan_access.h"

#include "finance/products/running.h"
#include "finance/watch/watch.h"

namespace greenbank::finance {

Record describe(const LoanView*) {
    return {"loan_view", "A loan as of today, and what happened on it.",
        {field<&LoanView::loan>("loan", "The loan, closed up to today."),
            field<&LoanView::movements>("movements", "What happened, newest first.", {.max = 1000}),
            field<&LoanView::rate_now>("rate_now", "The rate of today, steps included.", {.unit = "%"}),
            field<&LoanView::accrued>("accrued", "Interest since the last due day."), field<&LoanView::available>("available", "What may still be drawn."),
            field<&LoanView::expected_interest>("expected_interest",
                "Interest of the due days to come, in their order, at the rates known today, where each is paid on its day; minor units.", {.max = 1500}),
            field<&LoanView::pledges>("pledges", "Tonnes that secure it.", {.max = 100}),
            field<&LoanView::pledge_values>("pledge_values", "What these are worth at the last close.", {.max = 100}),
            field<&LoanView::open_warning>("open_warning", "The warning that stands."), field<&LoanView::lends>("lends", "The caller's organisation lends."),
            field<&LoanView::borrows>("borrows", "The caller's organisation owes.")}};
}

Result<Loan> loan_seen(Transaction& transaction, const Caller& caller, const Id<Loan>& id) {
    Loan loan = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (caller.actor.may(run_finance) || (!own.empty() && (own == loan.lender.text || own == loan.borrower.text))) return loan;
    return not_found(record_of<Loan>(), id.text);
}

Result<Loan> loan_to_move(Transaction& transaction, const Caller& caller, const Id<Loan>& id, Side side) {
    Loan loan = TRY(loan_seen(transaction, caller, id));
    if (side == Side::lender && loan.lender.text != caller.actor.organisation)
        return Error{Failure::forbidden, "finance.not_lender", "This is for the organisation that lends."};
    if (side == Side::borrower && loan.borrower.text != caller.actor.organisation)
        return Error{Failure::forbidden, "finance.not_borrower", "This is for the organisation that owes."};
    TRY(check_expected(caller, loan));
    if (loan.state == LoanState::repaid || loan.state == LoanState::written_off)
        return Error{Failure::conflict, "finance.loan_over", "This loan is over; nothing moves on it any more."};
    TRY(bring_to(transaction, loan, date_of(caller.now)));
    return loan;
}
Result<Done> check_loan_runs(const Loan& loan) {
    if (loan.state == LoanState::active) return Done{};
    return Error{Failure::conflict, "finance.not_drawn", "Nothing of this loan was paid out yet."};
}
Result<LoanMovement> loan_movement_of(Transaction& transaction, const Caller& caller, const Loan& loan, MovementKind kind) {
    return new_movement(transaction, caller, loan.id, kind, loan.amount.currency);
}

Result<std::vector<market::CarbonPledge>> loan_pledges_of(Transaction& transaction, const Loan& loan) {
    return transaction.find<market::CarbonPledge>("reference = $1 ORDER BY created_at, id LIMIT 100", {loan.id.text});
}

Result<Done> follow_loan_pledges(Transaction& transaction, const Caller& caller, const Loan& loan) {
    if (loan.state == LoanState::active)
        for (market::CarbonPledge& pledge : TRY(loan_pledges_of(transaction, loan))) TRY(market::follow_debt(transaction, caller, pledge, secured_debt(loan)));
    return Done{};
}

Result<LoanView> loan_view_of(Transaction& transaction, const Caller& caller, Loan loan) {
    LoanView view{.loan = std::move(loan), .movements = {}};
    view.movements = TRY(transaction.find<LoanMovement>("loan = $1 ORDER BY created_at DESC, id DESC LIMIT 1000", {view.loan.id.text}));
    const RunningLoan running = view.loan.state == LoanState::active ? TRY(running_of(transaction, view.loan)) : running_of(view.loan);
    if (view.loan.state == LoanState::active) view.expected_interest = expected_interest(running);
    view.rate_now = static_cast<double>(rate_of(running)) / 10'000;
    view.accrued = {running.accrued_micro / 1'000'000, view.loan.amount.currency};
    view.available = {view.loan.state == LoanState::agreed || view.loan.state == LoanState::active ? view.loan.amount.minor - view.loan.drawn.minor : 0,
        view.loan.amount.currency};
    view.pledges = TRY(loan_pledges_of(transaction, view.loan));
    for (const market::CarbonPledge& pledge : view.pledges)
        if (const auto value = market::value_pledge(transaction, pledge, market::latest_day(caller.now)); value && pledge.state == market::PledgeState::active)
            view.pledge_values.push_back(value.value());
    view.lends = view.loan.lender.text == caller.actor.organisation && !caller.actor.organisation.empty();
    view.borrows = view.loan.borrower.text == caller.actor.organisation && !caller.actor.organisation.empty();
    if (!view.borrows || caller.actor.may(run_finance)) // what is thought of it is not for the borrower
        if (const auto warning = TRY(transaction.find_one<LoanWarning>("loan = $1 AND open = true", {view.loan.id.text}))) view.open_warning = warning->id;
    return view;
}

Result<LoanView> loan_kept(Transaction& transaction, const Caller& caller, Loan loan, LoanMovement movement) {
    loan.updated_at = caller.now;
    TRY(follow_loan_pledges(transaction, caller, loan));
    TRY(transaction.update(loan));
    TRY(transaction.insert(movement));
    TRY(follow_warning(transaction, caller, loan, date_of(caller.now)));
    return loan_view_of(transaction, caller, std::move(loan));
}

} // namespace greenbank::finance
