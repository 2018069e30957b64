// history.h — an account's history: cut out of the journal between two days, each line as the account sees it.
#pragma once

#include <map>

#include "ledger/account_views.h"
#include "ledger/journal_rows.h"

namespace greenbank::ledger {

struct StatementLine {
    std::int64_t line = 0;
    Time at;
    Date booking_date, value_date;
    std::string kind;
    std::optional<std::string> transfer, refers_to, note;
    Id<LedgerAccount> counterparty;
    Text counterparty_title;
    std::optional<std::string> debit, credit, held;
    std::string balance;
};
Record describe(const StatementLine*);

/// What an account's history is cut out of.
struct Cut {
    AccountView account;
    Balances opening, closing;
    std::uint64_t before_first = 0; // the account's last line before the time; 0: none
    std::uint64_t last = 0;         // its last line in the time
    int scale() const { return static_cast<int>(account.scale); }
};

/// Whole days of UTC, both included; left out: from the beginning, up to now. Failure::invalid where they are reversed.
Result<Cut> cut(Transaction& transaction, AccountView account, const std::optional<Date>& first_day, const std::optional<Date>& last_day);
Time end_of(Date day);

/// What was on the account after one of its own lines; nothing at 0.
Result<Balances> balances_after(Transaction& transaction, std::int64_t account, std::uint64_t line);

/// At most `limit` lines backwards from `line`, none of before the time. Walks in pieces.
Result<std::vector<StoredLine>> lines_of(Transaction& transaction, const Cut& cut, std::uint64_t line, std::size_t limit);

/// Titles of the other sides, each asked for once.
class Counterparties {
public:
    explicit Counterparties(Transaction& transaction) : transaction_(transaction) {}
    Result<std::pair<Id<LedgerAccount>, Text>> of(AccountNumber number);

private:
    Transaction& transaction_;
    std::map<AccountNumber, std::pair<Id<LedgerAccount>, Text>> known_;
};

Result<StatementLine> seen(const Cut& cut, const StoredLine& stored, Counterparties& others);

} // namespace greenbank::ledger
