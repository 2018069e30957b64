// journal_rows.cpp — the journal in SQL.
#include "ledger/journal_rows.h"

#include <charconv>

#include <fmt/format.h>

#include "ledger/decimals.h"

namespace greenbank::ledger {

namespace {

struct Column {
    enum Place : std::size_t {
        number,
        id,
        kind,
        refers_to,
        debit,
        credit,
        asset,
        amount,
        requested,
        at,
        booking_date,
        value_date,
        balancing,
        timeout_seconds,
        linked,
        purpose,
        memo,
        note,
        debit_after,
        credit_after,
        debit_previous,
        credit_previous,
        count
    };
};

std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::int64_t stored(AccountNumber account) { return static_cast<std::int64_t>(index_of(account)); }

std::optional<Kind> parse_kind(std::string_view text) {
    for (std::size_t i = 0; i < kind_count; ++i)
        if (to_text(static_cast<Kind>(i)) == text) return static_cast<Kind>(i);
    return {};
}

Error unreadable(std::int64_t line) {
    return {Failure::internal, "ledger.line_unreadable", "Line {number} of the journal cannot be read; stop, and run `greenbank verify`.",
        {{"number", std::to_string(line)}}};
}

Result<TransferId> id_of(const Value& value, std::int64_t line) {
    if (is_null(value)) return TransferId{};
    const auto read = parse_transfer_id(as_text(value));
    if (!read) return unreadable(line);
    return *read;
}

/// The text of a cell, emptied.
std::string& text_in(Value& cell) {
    auto* text = std::get_if<std::string>(&cell);
    if (!text) return cell.emplace<std::string>();
    text->clear();
    return *text;
}

void put_id(Value& cell, const TransferId& id) {
    if (id.empty()) cell = Value{};
    else append_transfer_id(text_in(cell), id);
}

} // namespace

const std::vector<std::string>& line_columns() {
    static const std::vector<std::string> columns = {"number", "id", "kind", "refers_to", "debit", "credit", "asset", "amount", "requested", "at",
        "booking_date", "value_date", "balancing", "timeout_seconds", "linked", "purpose", "memo", "note", "debit_after", "credit_after", "debit_previous",
        "credit_previous"};
    return columns;
}

const std::string& line_column_list() {
    static const std::string list = fmt::format("{}", fmt::join(line_columns(), ", "));
    return list;
}

std::vector<Value> row_of(const StoredLine& line) {
    std::vector<Value> row;
    put_row(row, line);
    return row;
}

void put_row(std::vector<Value>& row, const StoredLine& line) {
    const Transfer& did = line.entry.transfer;
    row.resize(Column::count);
    put_id(row[Column::id], did.id);
    put_id(row[Column::refers_to], did.refers_to);
    row[Column::number] = stored(line.entry.number);
    text_in(row[Column::kind]) = to_text(did.kind);
    row[Column::debit] = stored(did.debit);
    row[Column::credit] = stored(did.credit);
    row[Column::asset] = static_cast<std::int64_t>(index_of(did.asset));
    append_amount(text_in(row[Column::amount]), did.amount);
    append_amount(text_in(row[Column::requested]), line.entry.requested);
    row[Column::at] = did.at.microseconds;
    row[Column::booking_date] = to_text(did.booking_date);
    row[Column::value_date] = did.value_date == did.booking_date ? row[Column::booking_date] : Value{to_text(did.value_date)};
    row[Column::balancing] = std::int64_t{did.balancing};
    row[Column::timeout_seconds] = std::int64_t{did.timeout_seconds};
    row[Column::linked] = std::int64_t{did.linked};
    row[Column::purpose] = std::int64_t{did.purpose};
    row[Column::memo] = stored(did.memo);
    if (line.note.empty()) row[Column::note] = Value{};
    else text_in(row[Column::note]) = line.note;
    append_balances(text_in(row[Column::debit_after]), line.entry.debit_after);
    append_balances(text_in(row[Column::credit_after]), line.entry.credit_after);
    row[Column::debit_previous] = stored(line.debit_previous);
    row[Column::credit_previous] = stored(line.credit_previous);
}

Result<StoredLine> line_of(const std::vector<Value>& row) {
    StoredLine line;
    Transfer& did = line.entry.transfer;
    const std::int64_t numbered = as_integer(row[Column::number]);
    line.entry.number = static_cast<std::uint64_t>(numbered);
    did.id = TRY(id_of(row[Column::id], numbered));
    did.refers_to = TRY(id_of(row[Column::refers_to], numbered));
    const auto read_kind = parse_kind(as_text(row[Column::kind]));
    const auto moved = parse_amount(as_text(row[Column::amount])), asked = parse_amount(as_text(row[Column::requested]));
    const auto booked = parse_date(as_text(row[Column::booking_date])), valued = parse_date(as_text(row[Column::value_date]));
    const auto after_debit = parse_balances(as_text(row[Column::debit_after])), after_credit = parse_balances(as_text(row[Column::credit_after]));
    if (!read_kind || !moved || !asked || !booked || !valued || !after_debit || !after_credit) return unreadable(numbered);
    did.kind = *read_kind;
    did.debit = static_cast<AccountNumber>(as_integer(row[Column::debit]));
    did.credit = static_cast<AccountNumber>(as_integer(row[Column::credit]));
    did.asset = static_cast<AssetNumber>(as_integer(row[Column::asset]));
    did.amount = *moved;
    line.entry.requested = *asked;
    did.at = {as_integer(row[Column::at])};
    did.booking_date = *booked;
    did.value_date = *valued;
    did.balancing = static_cast<std::uint8_t>(as_integer(row[Column::balancing]));
    did.timeout_seconds = static_cast<std::uint32_t>(as_integer(row[Column::timeout_seconds]));
    did.linked = as_integer(row[Column::linked]) != 0;
    did.purpose = static_cast<std::uint32_t>(as_integer(row[Column::purpose]));
    did.memo = static_cast<std::uint64_t>(as_integer(row[Column::memo]));
    line.note = as_text(row[Column::note]);
    line.entry.debit_after = *after_debit;
    line.entry.credit_after = *after_credit;
    line.debit_previous = static_cast<std::uint64_t>(as_integer(row[Column::debit_previous]));
    line.credit_previous = static_cast<std::uint64_t>(as_integer(row[Column::credit_previous]));
    return line;
}

void append_canonical(std::string& out, const std::vector<Value>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out += '\t';
        if (const auto* text = std::get_if<std::string>(&row[i])) out += *text;
        else if (const auto* whole = std::get_if<std::int64_t>(&row[i])) {
            char digits[20];
            out.append(digits, std::to_chars(digits, digits + sizeof digits, *whole).ptr);
        }
    }
    out += '\n';
}

std::string round_head(const JournalRound& round, std::string_view digest_before) {
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", digest_before, round.sequence, round.first, round.last, round.revision, round.at.microseconds);
}

// FNV-1a: two notes of one transfer that differ must not have one memo by accident; nobody gains by making them.
std::uint64_t memo_of(std::string_view note) {
    if (note.empty()) return 0;
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : note) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

Result<std::vector<StoredLine>> read_lines(Transaction& transaction, std::uint64_t from, std::size_t limit) {
    static const std::string sql = "SELECT " + line_column_list() + " FROM journal_line WHERE number >= $1 ORDER BY number LIMIT $2";
    const Rows rows = TRY(transaction.query(sql, {stored(from), static_cast<std::int64_t>(limit)}));
    std::vector<StoredLine> lines;
    lines.reserve(rows.size());
    for (const auto& row : rows.rows) lines.push_back(TRY(line_of(row)));
    return lines;
}

std::string place_list(std::vector<Value>& parameters) {
    require(!parameters.empty() && parameters.size() <= place_list_max, "a list of placeholders has its limits");
    std::size_t size = 1;
    while (size < parameters.size()) size *= 8;
    size = std::min(size, place_list_max);
    parameters.resize(size, parameters.back());
    std::string places = "$1";
    for (std::size_t i = 2; i <= size; ++i) places += ", $" + std::to_string(i);
    return places;
}

namespace {

/// Rows of `select` … IN (ids) for any number of ids.
Result<Done> for_ids(
    Transaction& transaction, std::string_view select, std::vector<Value> ids, const std::function<Result<Done>(const std::vector<Value>&)>& take) {
    for (std::size_t first = 0; first < ids.size(); first += place_list_max) {
        std::vector<Value> some(
            ids.begin() + static_cast<std::ptrdiff_t>(first), ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), first + place_list_max)));
        const std::string sql = std::string(select) + " IN (" + place_list(some) + ")";
        const Rows rows = TRY(transaction.query(sql, some));
        for (const auto& row : rows.rows) TRY(take(row));
    }
    return Done{};
}

} // namespace

Result<Done> StoredJournal::find(std::span<const TransferId> ids, std::uint64_t through, std::vector<Recorded>& found) {
    require(transaction_ != nullptr, "the journal is asked within a transaction");
    std::vector<Value> wanted;
    for (const TransferId& one : ids) wanted.emplace_back(to_text(one));
    std::vector<Value> known;
    const std::size_t first = found.size();
    TRY(for_ids(*transaction_, "SELECT " + line_column_list() + " FROM journal_line WHERE id", std::move(wanted), [&](const auto& row) -> Result<Done> {
        const StoredLine line = TRY(line_of(row));
        if (line.entry.number > through) return Done{};
        found.push_back({line.entry.number, line.entry.requested, line.entry.transfer, {}, 0});
        if (line.entry.transfer.kind <= Kind::post_pending) known.push_back(row[Column::id]); // others are never referred to
        return Done{};
    }));
    if (known.empty()) return Done{};
    std::map<TransferId, std::vector<std::pair<Kind, Amount>>> later;
    TRY(for_ids(*transaction_, "SELECT " + line_column_list() + " FROM journal_line WHERE refers_to IS NOT NULL AND refers_to", std::move(known),
        [&](const auto& row) -> Result<Done> {
            const StoredLine line = TRY(line_of(row));
            if (line.entry.number <= through) later[line.entry.transfer.refers_to].emplace_back(line.entry.transfer.kind, line.entry.transfer.amount);
            return Done{};
        }));
    for (std::size_t i = first; i < found.size(); ++i)
        for (const auto& [what, moved] : later[found[i].transfer.id]) {
            if (what == Kind::reversal) found[i].reversed += moved;
            else found[i].resolved = what;
        }
    return Done{};
}

Result<std::optional<Balances>> StoredJournal::balances_at(AccountNumber account, Time at) {
    require(transaction_ != nullptr, "the journal is asked within a transaction");
    const std::uint64_t line = TRY(last_line_at(*transaction_, stored(account), at));
    if (line == 0) return std::optional<Balances>{};
    const std::vector<StoredLine> lines = TRY(walk_back(*transaction_, stored(account), line, 1));
    if (lines.empty()) return unreadable(stored(line));
    const Entry& entry = lines.front().entry;
    return std::optional<Balances>{entry.transfer.debit == account ? entry.debit_after : entry.credit_after};
}

Result<std::uint64_t> last_line_at(Transaction& transaction, std::int64_t account, Time at) {
    // The first milestone later than `at` is at most milestone_every lines beyond what is looked for.
    const Rows later =
        TRY(transaction.query("SELECT number FROM account_milestone WHERE account = $1 AND at > $2 ORDER BY at, number LIMIT 1", {account, at.microseconds}));
    Value start;
    if (!later.empty()) start = later.single();
    else start = TRY(transaction.query("SELECT last_line FROM account_balance WHERE account = $1", {account})).single();
    const Rows found = TRY(transaction.query("WITH RECURSIVE chain(line) AS (SELECT CAST($1 AS BIGINT) UNION ALL "
                                             "SELECT CASE WHEN l.debit = $2 THEN l.debit_previous ELSE l.credit_previous END "
                                             "FROM chain JOIN journal_line l ON l.number = chain.line WHERE l.at > $3) "
                                             "SELECT min(line) FROM chain",
        {start, account, at.microseconds}));
    return static_cast<std::uint64_t>(as_integer(found.single()));
}

Result<std::vector<StoredLine>> walk_back(Transaction& transaction, std::int64_t account, std::uint64_t line, std::size_t limit) {
    std::vector<StoredLine> lines;
    if (line == 0 || limit == 0) return lines;
    static const std::string sql = "WITH RECURSIVE chain(line, place) AS (SELECT CAST($1 AS BIGINT), CAST(1 AS BIGINT) UNION ALL "
                                   "SELECT CASE WHEN l.debit = $2 THEN l.debit_previous ELSE l.credit_previous END, place + 1 "
                                   "FROM chain JOIN journal_line l ON l.number = chain.line WHERE place < $3) "
                                   "SELECT " +
                                   line_column_list() + " FROM chain JOIN journal_line ON number = line ORDER BY number DESC";
    const Rows rows = TRY(transaction.query(sql, {stored(line), account, static_cast<std::int64_t>(limit)}));
    for (const auto& row : rows.rows) lines.push_back(TRY(line_of(row)));
    return lines;
}

} // namespace greenbank::ledger
