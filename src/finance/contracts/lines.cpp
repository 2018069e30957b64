// lines.cpp — a revolving line: offered by a lender, taken by the borrower, who draws and pays back by the ledger.
#include "finance/contracts/contracts.h"
#include "finance/products/running.h"

namespace greenbank::finance {

Record describe(const ById<RevolvingLine>*) { return {"revolving_line_key", "Names a line.", {field<&ById<RevolvingLine>::id>("id", "Its id.")}}; }
struct LineDraw {
    Id<RevolvingLine> id;
    Money amount;
    std::optional<std::string> note;
};
Record describe(const LineDraw*) {
    return {"revolving_line_draw", "Draws on a line.",
        {field<&LineDraw::id>("id", "The line."), field<&LineDraw::amount>("amount", "How much.", {.min = 0}),
            field<&LineDraw::note>("note", "What for.", {.min = 1, .max = 300})}};
}
struct LinePayment {
    Id<RevolvingLine> id;
    std::optional<Money> amount;
};
Record describe(const LinePayment*) {
    return {"revolving_line_payment", "Pays back.",
        {field<&LinePayment::id>("id", "The line."),
            field<&LinePayment::amount>("amount", "How much; absent: all that is owed, with interest and fee of today.", {.min = 0})}};
}

namespace {

RunningLine running_of(const RevolvingLine& line, std::vector<RateFrom> rates) {
    return {.limit = line.limit.minor,
        .drawn = line.drawn.minor,
        .rates = std::move(rates),
        .fee_ppm = ppm_of(line.commitment_fee),
        .year_days = line.year_days,
        .frequency = line.frequency,
        .accrued_interest_micro = line.accrued_interest_micro,
        .accrued_fee_micro = line.accrued_fee_micro,
        .billed_interest = line.billed_interest.minor,
        .billed_fee = line.billed_fee.minor,
        .starts_on = line.starts_on.value_or(Date{}),
        .ends_on = line.ends_on.value_or(Date{}),
        .closed_until = line.closed_until.value_or(Date{}),
        .bills = line.bills,
        .late_since = line.late_since};
}

void keep(RevolvingLine& line, const RunningLine& running, Date day) {
    line.drawn.minor = running.drawn;
    line.accrued_interest_micro = running.accrued_interest_micro;
    line.accrued_fee_micro = running.accrued_fee_micro;
    line.billed_interest.minor = running.billed_interest;
    line.billed_fee.minor = running.billed_fee;
    line.closed_until = running.closed_until;
    line.bills = running.bills;
    line.late_since = running.late_since;
    if (!line.late_since && running.ends_on <= day && running.drawn > 0) line.late_since = running.ends_on; // all is due on the last day
    line.next_bill = running.closed_until < running.ends_on ? std::optional(next_bill(running)) : std::nullopt;
    line.days_late = line.late_since ? std::max(0, day.days - line.late_since->days) : 0;
    line.rate_now = static_cast<double>(rate_on(running.rates, day)) / 10'000;
}

Result<RunningLine> running_of(Transaction& transaction, const RevolvingLine& line) {
    return running_of(line, TRY(rates_of(transaction, line.benchmark, line.rate, *line.starts_on)));
}

Result<RevolvingLine> line_seen(Transaction& transaction, const Caller& caller, const Id<RevolvingLine>& id) {
    RevolvingLine line = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (!caller.actor.may(run_finance) && (own.empty() || (own != line.lender.text && own != line.borrower.text)))
        return not_found(record_of<RevolvingLine>(), id.text);
    TRY(bring_to(transaction, line, date_of(caller.now)));
    return line;
}
Result<RevolvingLine> line_of_borrower(Transaction& transaction, const Caller& caller, const Id<RevolvingLine>& id, ContractState state) {
    return in_step(caller, TRY(line_seen(transaction, caller, id)), &RevolvingLine::borrower,
        not_yours("finance.not_borrower", "This is for the organisation that owes."), state);
}

Result<Page<RevolvingLine>> line_list(Transaction& transaction, const Caller& caller, const ListOf<RevolvingLine>& list) {
    auto page = caller.actor.may(run_finance)
                    ? TRY(list_page<RevolvingLine>(transaction, caller, list))
                    : TRY(list_page<RevolvingLine>(transaction, caller, list, "$1 <> '' AND (lender = $1 OR borrower = $1)", {caller.actor.organisation}));
    for (RevolvingLine& line : page.items) TRY(bring_to(transaction, line, date_of(caller.now)));
    return page;
}
Result<RevolvingLine> line_get(Transaction& transaction, const Caller& caller, const ById<RevolvingLine>& key) {
    return line_seen(transaction, caller, key.id);
}

Result<Reply<RevolvingLine>> line_create(Transaction& transaction, const Caller& caller, const RevolvingLine& draft) {
    RevolvingLine line = draft;
    line.id = caller.new_id<RevolvingLine>();
    line.number = contract_number("CL", line.id.text);
    line.lender = TRY(acting_organisation(caller));
    if (line.lender == line.borrower) return invalid({{"borrower", "financing.oneself", "A contract is made with another organisation."}});
    line.lender_name = TRY(name_of_organisation(transaction, line.lender));
    line.borrower_name = TRY(named_organisation(transaction, line.borrower, "borrower")).name;
    TRY(rates_of(transaction, line.benchmark, line.rate, date_of(caller.now)));
    line.drawn = line.billed_interest = line.billed_fee = {0, line.limit.currency};
    line.created_at = line.updated_at = caller.now;
    TRY(transaction.insert(line));
    return Reply<RevolvingLine>{.body = std::move(line), .status = 201};
}

Result<RevolvingLine> line_accept(ledger::Book& book, Transaction& transaction, const Caller& caller, const ById<RevolvingLine>& key) {
    RevolvingLine line = TRY(line_of_borrower(transaction, caller, key.id, ContractState::offered));
    line.state = ContractState::active;
    line.starts_on = line.closed_until = date_of(caller.now);
    line.ends_on = months_after(*line.starts_on, line.months);
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const auto open = [&](const Text& called, ledger::AccountPurpose purpose) {
            return open_account_of(turn, transaction, caller, line.lender, line.limit.currency, called, line.number, purpose);
        };
        line.owed_account = TRY(open({"循环贷", "Line", "Линия"}, ledger::AccountPurpose::loan));
        line.funds_account = TRY(open({"循环贷资金", "Funds of the line", "Средства линии"}, ledger::AccountPurpose::clearing));
    }
    keep(line, TRY(running_of(transaction, line)), *line.starts_on);
    TRY(transaction.update(line));
    return line;
}

Result<RevolvingLine> line_withdraw(Transaction& transaction, const Caller& caller, const ById<RevolvingLine>& key) {
    return withdrawn(transaction, TRY(in_step(caller, TRY(line_seen(transaction, caller, key.id)), &RevolvingLine::lender,
                                      not_yours("finance.not_lender", "This is for the organisation that lends."), ContractState::offered)));
}

Result<RevolvingLine> line_draw(ledger::Book& book, Transaction& transaction, const Caller& caller, const LineDraw& asked) {
    RevolvingLine line = TRY(line_of_borrower(transaction, caller, asked.id, ContractState::active));
    TRY(check_positive(asked.amount, line.limit.currency));
    const Money left{line.limit.minor - line.drawn.minor, line.limit.currency};
    if (asked.amount.minor > left.minor)
        return Error{
            Failure::conflict, "financing.above_limit", "Of this line {left} may still be drawn.", {{"left", amount_text(left) + " " + left.currency}}};
    if (*line.ends_on <= date_of(caller.now)) return Error{Failure::conflict, "financing.ended", "This line has ended; nothing is drawn any more."};
    if (line.late_since && line.days_late > 0) return Error{Failure::conflict, "financing.late", "Interest or a fee is late; pay that first."};
    RunningLine running = TRY(running_of(transaction, line));
    running.drawn += asked.amount.minor;
    keep(line, running, date_of(caller.now));
    {
        const auto lender = TRY(deposit_of(transaction, line.lender, line.limit.currency)),
                   borrower = TRY(deposit_of(transaction, line.borrower, line.limit.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(move_money(turn, transaction, caller,
            {line.id.text, ContractMovementKind::draw, line.lender, line.borrower, asked.amount, 0, asked.amount.minor, 0, asked.note},
            {{lender, *line.funds_account, asked.amount.minor, line.number + " · funds"},
                {*line.owed_account, borrower, asked.amount.minor, line.number + " · draw-down"}}));
    }
    TRY(transaction.update(line));
    return line;
}

Result<RevolvingLine> line_repay(ledger::Book& book, Transaction& transaction, const Caller& caller, const LinePayment& asked) {
    RevolvingLine line = TRY(line_of_borrower(transaction, caller, asked.id, ContractState::active));
    if (asked.amount) TRY(check_positive(*asked.amount, line.limit.currency));
    RunningLine running = TRY(running_of(transaction, line));
    const Money amount{asked.amount ? asked.amount->minor : call_in(running), line.limit.currency};
    if (amount.minor == 0) return Error{Failure::conflict, "financing.nothing_owed", "Nothing is owed on this line."};
    const LineParts parts = pay(running, amount.minor);
    if (parts.over > 0)
        return Error{Failure::conflict, "finance.above_owed", "This is more than is owed; leave the amount out to pay all, with the interest of today."};
    keep(line, running, date_of(caller.now));
    if (*line.ends_on <= date_of(caller.now) && line.drawn.minor == 0 && line.billed_interest.minor + line.billed_fee.minor == 0)
        line.state = ContractState::over;
    {
        const auto lender = TRY(deposit_of(transaction, line.lender, line.limit.currency)),
                   borrower = TRY(deposit_of(transaction, line.borrower, line.limit.currency));
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(move_money(turn, transaction, caller,
            {line.id.text, ContractMovementKind::repay, line.borrower, line.lender, amount, parts.interest, parts.principal, parts.fee, {}},
            {{borrower, lender, parts.fee, line.number + " · commitment fee"}, {borrower, lender, parts.interest, line.number + " · interest"},
                {borrower, *line.owed_account, parts.principal, line.number + " · principal"},
                {*line.funds_account, lender, parts.principal, line.number + " · funds"}}));
    }
    TRY(transaction.update(line));
    return line;
}

} // namespace

Result<Done> bring_to(Transaction& transaction, RevolvingLine& line, Date day) {
    if (line.state != ContractState::active || !line.closed_until) return Done{};
    RunningLine running = TRY(running_of(transaction, line));
    close_days(running, day);
    keep(line, running, std::max(day, running.closed_until));
    return Done{};
}

std::vector<Endpoint> line_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"revolving_line_list", Method::get, "/revolving-lines", "Revolving lines by one's organisation, and to it.", Mode::read, signed_in, call(line_list)},
        {"revolving_line_get", Method::get, "/revolving-lines/{id}", "A revolving line as of today.", Mode::read, signed_in, call(line_get)},
        {"revolving_line_create", Method::post, "/revolving-lines", "Offer a revolving line.", Mode::write, sign_finance, call(line_create)},
        {"revolving_line_withdraw", Method::post, "/revolving-lines/{id}/withdraw", "Withdraw a line that nobody has taken.", Mode::write, sign_finance, call(line_withdraw)},
        {"revolving_line_accept", Method::post, "/revolving-lines/{id}/accept", "Take a line: it may be drawn from today on.", Mode::write, sign_finance, call(book, line_accept)},
        {"revolving_line_draw", Method::post, "/revolving-lines/{id}/draw", "Draw on a line, by the ledger.", Mode::write, sign_finance, call(book, line_draw)},
        {"revolving_line_repay", Method::post, "/revolving-lines/{id}/repay", "Pay back: fee, interest, then what is drawn.", Mode::write, sign_finance, call(book, line_repay)},
        // clang-format on
    };
}

} // namespace greenbank::finance
