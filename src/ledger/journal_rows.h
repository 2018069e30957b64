// journal_rows.h — lines of the journal as rows of its table and back, and the questions of the engine answered in SQL.
#pragma once

#include "ledger/engine/ledger.h"
#include "ledger/records.h"
#include "store/store.h"

namespace greenbank::ledger {

/// A line as it is stored. Each line knows the line before it on both its accounts (0: none): a statement walks along these, and no
/// index has to be kept by account.
struct StoredLine {
    Entry entry;
    std::string note;
    std::uint64_t debit_previous = 0, credit_previous = 0;
    bool operator==(const StoredLine&) const = default;
};

/// Columns of journal_line, in the order of row_of().
const std::vector<std::string>& line_columns();
std::vector<Value> row_of(const StoredLine& line);
/// The same into a row that may have held another line: its texts keep their memory, which is what thousands of lines would spend their time on.
void put_row(std::vector<Value>& row, const StoredLine& line);
/// Failure::internal "ledger.line_unreadable" names the line.
Result<StoredLine> line_of(const std::vector<Value>& row);
/// "number, id, …": for SELECT, so that the order is known.
const std::string& line_column_list();
/// What the digest of a round covers of a line: its columns with tabs between and a newline after.
void append_canonical(std::string& out, const std::vector<Value>& row);

/// What it covers besides: the round itself and the digest before it.
std::string round_head(const JournalRound& round, std::string_view digest_before);

/// The engine's memo of a note.
std::uint64_t memo_of(std::string_view note);

/// Lines `from` and after, in order, at most `limit`.
Result<std::vector<StoredLine>> read_lines(Transaction& transaction, std::uint64_t from, std::size_t limit);

/// "$1, $2, …" of a length out of a few, so that few statements have to be prepared; `parameters` is filled up with its last one.
std::string place_list(std::vector<Value>& parameters);
constexpr std::size_t place_list_max = 2048;

/// The number of the account's last line at `at` or before, 0 where there is none. From the nearest milestone along the chain.
Result<std::uint64_t> last_line_at(Transaction& transaction, std::int64_t account, Time at);
/// At most `limit` lines of an account, from `line` (one of its own) backwards.
Result<std::vector<StoredLine>> walk_back(Transaction& transaction, std::int64_t account, std::uint64_t line, std::size_t limit);
/// Every so many lines of an account one is entered into account_milestone.
constexpr std::uint64_t milestone_every = 256;

class StoredJournal : public Journal {
public:
    /// The transaction in which questions are answered, until the next one.
    void look_into(Transaction* transaction) { transaction_ = transaction; }
    Result<Done> find(std::span<const TransferId> ids, std::uint64_t through, std::vector<Recorded>& found) override;
    Result<std::optional<Balances>> balances_at(AccountNumber account, Time at) override;

private:
    Transaction* transaction_ = nullptr;
};

} // namespace greenbank::ledger
