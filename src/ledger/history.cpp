// history.cpp — walking back along an account's chain of lines.
#include "ledger/history.h"

#include "ledger/decimals.h"

namespace greenbank::ledger {

Record describe(const StatementLine*) {
    return {"account_statement_line", "One line of the journal, seen from the account.",
        {field<&StatementLine::line>("line", "Its number in the journal."), field<&StatementLine::at>("at", "When it happened."),
            field<&StatementLine::booking_date>("booking_date", "The day it is booked."),
            field<&StatementLine::value_date>("value_date", "The day it counts from."), field<&StatementLine::kind>("kind", "What it did."),
            field<&StatementLine::transfer>("transfer", "The transfer's id; an expiry has none."),
            field<&StatementLine::refers_to>("refers_to", "The hold or transfer it refers to."), field<&StatementLine::note>("note", "What for."),
            field<&StatementLine::counterparty>("counterparty", "The account on the other side."),
            field<&StatementLine::counterparty_title>("counterparty_title", "What that is called."),
            field<&StatementLine::debit>("debit", "What the account gave."), field<&StatementLine::credit>("credit", "What it received."),
            field<&StatementLine::held>("held", "What is held, or released."), field<&StatementLine::balance>("balance", "The balance afterwards.")}};
}

namespace {

Time begin_of(Date day) { return {std::int64_t{day.days} * days(1).microseconds}; }
constexpr Time last_moment{std::numeric_limits<std::int64_t>::max()};

} // namespace

Time end_of(Date day) { return {(std::int64_t{day.days} + 1) * days(1).microseconds - 1}; }

Result<Balances> balances_after(Transaction& transaction, std::int64_t account, std::uint64_t line) {
    if (line == 0) return Balances{};
    const auto lines = TRY(walk_back(transaction, account, line, 1));
    if (lines.empty()) return Balances{};
    const Entry& entry = lines.front().entry;
    return static_cast<std::int64_t>(index_of(entry.transfer.debit)) == account ? entry.debit_after : entry.credit_after;
}

Result<Cut> cut(Transaction& transaction, AccountView account, const std::optional<Date>& first_day, const std::optional<Date>& last_day) {
    if (first_day && last_day && *last_day < *first_day)
        return invalid({{"last_day", "ledger.days_reversed", "The last day is before the first; exchange them."}});
    Cut cut{.account = std::move(account), .opening = {}, .closing = {}};
    const std::int64_t number = cut.account.number;
    if (first_day) cut.before_first = TRY(last_line_at(transaction, number, {begin_of(*first_day).microseconds - 1}));
    cut.last = TRY(last_line_at(transaction, number, last_day ? end_of(*last_day) : last_moment));
    cut.opening = TRY(balances_after(transaction, number, cut.before_first));
    cut.closing = TRY(balances_after(transaction, number, cut.last));
    return cut;
}

Result<std::vector<StoredLine>> lines_of(Transaction& transaction, const Cut& cut, std::uint64_t line, std::size_t limit) {
    std::vector<StoredLine> all;
    while (line > cut.before_first && all.size() < limit) {
        std::vector<StoredLine> some = TRY(walk_back(transaction, cut.account.number, line, std::min<std::size_t>(limit - all.size(), 2'000)));
        if (some.empty()) break;
        for (StoredLine& one : some) {
            if (one.entry.number <= cut.before_first) return all;
            const bool gives = static_cast<std::int64_t>(index_of(one.entry.transfer.debit)) == cut.account.number;
            line = gives ? one.debit_previous : one.credit_previous;
            all.push_back(std::move(one));
        }
    }
    return all;
}

Result<std::pair<Id<LedgerAccount>, Text>> Counterparties::of(AccountNumber number) {
    if (const auto known = known_.find(number); known != known_.end()) return known->second;
    const auto account = TRY(transaction_.find_one<LedgerAccount>("number = $1", {static_cast<std::int64_t>(index_of(number))}));
    std::pair<Id<LedgerAccount>, Text> made;
    if (account) made = {account->id, account->title};
    known_[number] = made;
    return made;
}

Result<StatementLine> seen(const Cut& cut, const StoredLine& stored, Counterparties& others) {
    const Transfer& did = stored.entry.transfer;
    const bool gives = static_cast<std::int64_t>(index_of(did.debit)) == cut.account.number;
    const Balances& after = gives ? stored.entry.debit_after : stored.entry.credit_after;
    StatementLine line{.line = static_cast<std::int64_t>(stored.entry.number),
        .at = did.at,
        .booking_date = did.booking_date,
        .value_date = did.value_date,
        .kind = std::string(to_text(did.kind)),
        .transfer = {},
        .refers_to = {},
        .note = {},
        .counterparty = {},
        .counterparty_title = {},
        .debit = {},
        .credit = {},
        .held = {},
        .balance = decimal_text(posted_balance(after), cut.scale())};
    std::tie(line.counterparty, line.counterparty_title) = TRY(others.of(gives ? did.credit : did.debit));
    if (!did.id.empty()) line.transfer = to_text(did.id);
    if (!did.refers_to.empty()) line.refers_to = to_text(did.refers_to);
    if (!stored.note.empty()) line.note = stored.note;
    const std::string amount = decimal_text(did.amount, cut.scale());
    if (did.kind == Kind::posted || did.kind == Kind::post_pending || did.kind == Kind::reversal) (gives ? line.debit : line.credit) = amount;
    else line.held = (did.kind == Kind::pending ? "" : "-") + amount;
    return line;
}

} // namespace greenbank::ledger
