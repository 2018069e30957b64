// loans.cpp — paying out, paying back, calling in, writing off, and reductions that move the margin.
#include "carbon/carbon.h"
#include "finance/products/loan_access.h"
#include "finance/products/pools.h"
#include "finance/products/running.h"

namespace greenbank::finance {

Record describe(const ById<Loan>*) { return {"loan_key", "Names a loan.", {field<&ById<Loan>::id>("id", "Its id.")}}; }

struct LoanDraw {
    Id<Loan> id;
    Money amount;
    std::optional<std::string> note;
};
Record describe(const LoanDraw*) {
    return {"loan_draw", "Pays out a part of a loan.",
        {field<&LoanDraw::id>("id", "The loan."), field<&LoanDraw::amount>("amount", "How much.", {.min = 0}),
            field<&LoanDraw::note>("note", "What for.", {.min = 1, .max = 300})}};
}
struct LoanPayment {
    Id<Loan> id;
    std::optional<Money> amount;
};
Record describe(const LoanPayment*) {
    return {"loan_payment", "Pays back.",
        {field<&LoanPayment::id>("id", "The loan."),
            field<&LoanPayment::amount>("amount", "How much; absent: all that is owed, with the interest of today.", {.min = 0})}};
}
struct LoanWriteOff {
    Id<Loan> id;
    std::string reason;
};
Record describe(const LoanWriteOff*) {
    return {"loan_write_off", "Gives up what is owed.",
        {field<&LoanWriteOff::id>("id", "The loan."), field<&LoanWriteOff::reason>("reason", "Why.", {.min = 1, .max = 300})}};
}
struct LoanVerification {
    Id<Loan> id;
    std::optional<std::int64_t> tonnes;
    std::optional<std::string> source;
};
Record describe(const LoanVerification*) {
    return {"loan_verification", "Says how much was verified so far.",
        {field<&LoanVerification::id>("id", "The loan."),
            field<&LoanVerification::tonnes>(
                "tonnes", "In all, so far; absent: what the bank's verified reductions of the project say.", {.unit = "tCO2e", .min = 0, .max = 1e12}),
            field<&LoanVerification::source>("source", "The statement that says so.", {.min = 1, .max = 300})}};
}
struct LoanValueDate {
    Id<Loan> id;
    Date day;
    std::string source;
};
Record describe(const LoanValueDate*) {
    return {"loan_value_date", "Says from which earlier day on a loan runs.",
        {field<&LoanValueDate::id>("id", "The loan."), field<&LoanValueDate::day>("day", "The day on which the money was paid out."),
            field<&LoanValueDate::source>("source", "The paper that says so.", {.min = 1, .max = 300})}};
}
struct LoanPledge {
    Id<Loan> id;
    Id<market::CarbonProduct> product;
    std::int64_t tonnes = 0;
    std::int64_t advance_basis_points = 5'000, call_basis_points = 13'000;
};
Record describe(const LoanPledge*) {
    return {"loan_pledge", "Pledges tonnes for a loan.",
        {field<&LoanPledge::id>("id", "The loan."), field<&LoanPledge::product>("product", "Which tonnes."),
            field<&LoanPledge::tonnes>("tonnes", "How many.", {.unit = "t", .min = 1, .max = 1e10}),
            field<&LoanPledge::advance_basis_points>(
                "advance_basis_points", "How much of their value is lent at most, in hundredths of a percent.", {.min = 1, .max = 10'000, .defaulted = true}),
            field<&LoanPledge::call_basis_points>("call_basis_points", "Below which value to debt more is called, in hundredths of a percent.",
                {.min = 10'000, .max = 100'000, .defaulted = true})}};
}

namespace {

constexpr std::int32_t value_days_max = 400;

Result<LoanView> loan_draw(ledger::Book& book, Transaction& transaction, const Caller& caller, const LoanDraw& asked) {
    Loan loan = TRY(loan_to_move(transaction, caller, asked.id, Side::lender));
    TRY(check_positive(asked.amount, loan.amount.currency));
    const Money left{loan.amount.minor - loan.drawn.minor, loan.amount.currency};
    if (asked.amount.minor > left.minor)
        return Error{
            Failure::conflict, "finance.above_promise", "Of this loan {left} may still be paid out.", {{"left", amount_text(left) + " " + left.currency}}};
    const bool first = loan.state == LoanState::agreed;
    const Date today = date_of(caller.now);
    if (first) {
        loan.starts_on = loan.closed_until = loan.starts_on.value_or(today); // earlier, where the desk has seen that it was
        loan.ends_on = loan.repayment == Repayment::custom ? loan.custom_schedule.back().due : months_after(*loan.starts_on, loan.months);
        loan.state = LoanState::active;
    }
    if (*loan.ends_on <= today) return Error{Failure::conflict, "finance.ended", "The last payment of this loan was due; no more is paid out."};
    RunningLoan running = TRY(running_of(transaction, loan));
    const Date from = first ? *loan.starts_on : today;
    draw(running, asked.amount.minor,
        TRY(plan_of(loan, running.principal - late_principal(running) + asked.amount.minor, from, rate_on(running.fixings, from))));
    if (!loan.benchmark) running.fixings = agreed_rates(loan, running.instalments); // by due days that are known only now
    close_days(running, today);                                                     // due days that have passed since the value date
    loan.drawn.minor += asked.amount.minor;
    keep(loan, running, today);
    LoanMovement movement = TRY(loan_movement_of(transaction, caller, loan, MovementKind::draw));
    movement.amount = movement.principal = asked.amount;
    movement.fee.minor = first ? loan.fee.minor : 0;
    movement.note = asked.note;
    {
        const auto lender = TRY(deposit_of(transaction, loan.lender, loan.amount.currency)),
                   borrower = TRY(deposit_of(transaction, loan.borrower, loan.amount.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(open_accounts(turn, transaction, caller, loan));
        movement.transfers = TRY(post_steps(turn, caller, loan.amount.currency,
            {{lender, *loan.funds_account, asked.amount.minor, loan.number + " · funds"},
                {*loan.loan_account, borrower, asked.amount.minor, loan.number + " · draw-down"},
                {borrower, lender, movement.fee.minor, loan.number + " · fee"}}));
    }
    return loan_kept(transaction, caller, std::move(loan), std::move(movement));
}

Result<LoanView> loan_repay(ledger::Book& book, Transaction& transaction, const Caller& caller, const LoanPayment& asked) {
    Loan loan = TRY(loan_to_move(transaction, caller, asked.id, Side::borrower));
    TRY(check_loan_runs(loan));
    if (asked.amount) TRY(check_positive(*asked.amount, loan.amount.currency));
    RunningLoan running = running_of(loan);
    const std::int64_t amount = asked.amount ? asked.amount->minor : call_in(running);
    const PaymentParts parts = pay(running, amount);
    if (parts.over > 0)
        return Error{Failure::conflict, "finance.above_owed", "This is more than is owed; leave the amount out to pay all, with the interest of today."};
    LoanMovement movement = TRY(loan_movement_of(transaction, caller, loan, parts.ahead > 0 ? MovementKind::prepay : MovementKind::repay));
    movement.amount.minor = amount;
    movement.interest.minor = parts.interest;
    movement.principal.minor = parts.principal + parts.ahead;
    keep(loan, running, date_of(caller.now));
    if (loan.principal.minor == 0 && loan.late.minor == 0 && loan.accrued_micro < 1'000'000) loan.state = LoanState::repaid;
    if (loan.state == LoanState::repaid) // what secured it goes back
        for (market::CarbonPledge& pledge : TRY(loan_pledges_of(transaction, loan)))
            if (pledge.state == market::PledgeState::active) TRY(market::release_pledge(book, transaction, caller, pledge, pledge.tonnes));
    if (loan.pool) TRY(uncover(transaction, caller, *loan.pool, movement.principal.minor));
    {
        const auto lender = TRY(deposit_of(transaction, loan.lender, loan.amount.currency)),
                   borrower = TRY(deposit_of(transaction, loan.borrower, loan.amount.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        std::vector<MoneyStep> steps = {{borrower, lender, parts.interest, loan.number + " · interest"},
            {borrower, loan.loan_account ? *loan.loan_account : lender, movement.principal.minor, loan.number + " · principal"}};
        if (loan.funds_account) steps.push_back({*loan.funds_account, lender, movement.principal.minor, loan.number + " · funds"});
        movement.transfers = TRY(post_steps(turn, caller, loan.amount.currency, steps));
    }
    return loan_kept(transaction, caller, std::move(loan), std::move(movement));
}

Result<LoanView> loan_write_off(ledger::Book& book, Transaction& transaction, const Caller& caller, const LoanWriteOff& asked) {
    Loan loan = TRY(loan_to_move(transaction, caller, asked.id, Side::lender));
    TRY(check_loan_runs(loan));
    if (loan.days_late == 0) return Error{Failure::conflict, "finance.not_late", "Nothing is late on this loan; it is not given up."};
    LoanMovement movement = TRY(loan_movement_of(transaction, caller, loan, MovementKind::write_off));
    movement.amount = movement.principal = loan.principal;
    movement.note = asked.reason;
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(open_accounts(turn, transaction, caller, loan));
        movement.transfers = TRY(
            post_steps(turn, caller, loan.amount.currency, {{*loan.funds_account, *loan.loan_account, loan.principal.minor, loan.number + " · write-off"}}));
    }
    loan.principal.minor = loan.provision.minor = 0;
    loan.state = LoanState::written_off;
    return loan_kept(transaction, caller, std::move(loan), std::move(movement));
}

Result<LoanView> loan_verify(Transaction& transaction, const Caller& caller, const LoanVerification& asked) {
    Loan loan = TRY(loan_seen(transaction, caller, asked.id));
    TRY(check_expected(caller, loan));
    TRY(bring_to(transaction, loan, date_of(caller.now)));
    std::int64_t tonnes = asked.tonnes.value_or(0);
    std::string source = asked.source.value_or("");
    if (!asked.tonnes) {
        if (!loan.project || !loan.starts_on)
            return invalid(
                {{"tonnes", "finance.no_reductions", "This loan has no project whose verified reductions could be looked up; say how many tonnes."}});
        std::int64_t kilograms = 0;
        auto verified = TRY(carbon::verified_reductions(transaction, *loan.project, Date{0}, date_of(caller.now)));
        std::erase_if(verified, [&](const carbon::VerifiedReduction& one) { return one.until < *loan.starts_on; });
        for (const carbon::VerifiedReduction& one : verified) {
            kilograms += one.verified_kg;
            source += (source.empty() ? "" : ", ") + one.id.text;
        }
        tonnes = kilograms / 1000;
        if (source.size() > 300) source = std::to_string(verified.size()) + " verified reductions";
    } else if (source.empty()) return invalid({{"source", "finance.no_source", "Name the statement that says so."}});
    if (tonnes < loan.verified_tonnes) return invalid({{"tonnes", "finance.fewer_tonnes", "More than this was verified before; say how much it is in all."}});
    loan.verified_tonnes = tonnes;
    LoanMovement movement = TRY(loan_movement_of(transaction, caller, loan, MovementKind::verify));
    movement.tonnes = tonnes;
    if (!source.empty()) movement.note = source;
    return loan_kept(transaction, caller, std::move(loan), std::move(movement));
}

/// Neither side alone says that money was paid out earlier: the desk has seen the paper.
Result<LoanView> loan_value(Transaction& transaction, const Caller& caller, const LoanValueDate& asked) {
    Loan loan = TRY(loan_seen(transaction, caller, asked.id));
    TRY(check_expected(caller, loan));
    if (loan.state != LoanState::agreed) return Error{Failure::conflict, "finance.drawn", "This loan runs already; its first day stands."};
    const Date today = date_of(caller.now);
    if (asked.day > today || asked.day.days < today.days - value_days_max)
        return invalid(
            {{"day", "finance.value_day", "The day lies at most {days} days back, and not after today.", {{"days", std::to_string(value_days_max)}}}});
    loan.starts_on = asked.day;
    loan.updated_at = caller.now;
    TRY(transaction.update(loan)); // the source stands in the audit trail
    return loan_view_of(transaction, caller, std::move(loan));
}

Result<LoanView> loan_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, const LoanPledge& asked) {
    Loan loan = TRY(loan_to_move(transaction, caller, asked.id, Side::borrower));
    const Money debt{loan.state == LoanState::agreed ? loan.amount.minor : secured_debt(loan), loan.amount.currency};
    const market::CarbonPledge pledge = TRY(market::make_pledge(book, transaction, caller,
        {asked.product, loan.borrower, loan.lender, asked.tonnes, debt, loan.id.text, asked.advance_basis_points, asked.call_basis_points}));
    LoanMovement movement = TRY(loan_movement_of(transaction, caller, loan, MovementKind::pledge));
    movement.amount = debt; // what the pledge stood for when it was made: a disposal counts from there
    movement.note = pledge.id.text;
    TRY(transaction.insert(movement));
    return loan_view_of(transaction, caller, std::move(loan));
}

Result<Page<Loan>> loan_list(Transaction& transaction, const Caller& caller, const ListOf<Loan>& list) {
    if (caller.actor.may(run_finance)) return list_page<Loan>(transaction, caller, list);
    return list_page<Loan>(transaction, caller, list, "$1 <> '' AND (lender = $1 OR borrower = $1)", {caller.actor.organisation});
}
Result<LoanView> loan_get(Transaction& transaction, const Caller& caller, const ById<Loan>& key) {
    Loan loan = TRY(loan_seen(transaction, caller, key.id));
    TRY(bring_to(transaction, loan, date_of(caller.now))); // shown, not stored
    return loan_view_of(transaction, caller, std::move(loan));
}

} // namespace

std::vector<Endpoint> loan_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"loan_list", Method::get, "/loans", "Loans of one's organisation, by it or to it; the watch list by ?warning=.", Mode::read, signed_in, call(loan_list)},
        {"loan_get", Method::get, "/loans/{id}", "A loan as of today, its due days and what happened on it.", Mode::read, signed_in, call(loan_get)},
        {"loan_draw", Method::post, "/loans/{id}/draw", "Pay out a part: the lender's money goes to the borrower, by the ledger.", Mode::write, sign_finance, call(book, loan_draw)},
        {"loan_repay", Method::post, "/loans/{id}/repay", "Pay back: late interest, late principal, then ahead.", Mode::write, sign_finance, call(book, loan_repay)},
        {"loan_write_off", Method::post, "/loans/{id}/write-off", "Give up what is owed.", Mode::write, sign_finance, call(book, loan_write_off)},
        {"loan_verify", Method::post, "/loans/{id}/verify", "Say how much was verified, or look it up: the margin follows.", Mode::write, run_finance, call(loan_verify)},
        {"loan_value", Method::post, "/loans/{id}/value-date", "Before the first draw-down: the day on which the money was paid out, by its paper.", Mode::write, run_finance, call(loan_value)},
        {"loan_pledge", Method::post, "/loans/{id}/pledge", "Pledge one's own tonnes for a loan; the ledger freezes them until it is paid back.", Mode::write, sign_finance, call(book, loan_pledge)},
        // clang-format on
    };
}

} // namespace greenbank::finance
