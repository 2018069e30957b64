// log_tables.cpp — rows there and back.
#include "parties/log/log_tables.h"

#include <algorithm>

#include "kernel/text.h"
#include "parties/secrets.h"

namespace greenbank::parties {

namespace {

/// As insert_many wants them.
struct LeafRow {
    std::int64_t position = 0;
    std::string kind, subject;
    std::int64_t at = 0;
    std::string digest;
    std::optional<std::string> content;
};
Record describe(const LeafRow*) {
    return {"log_leaf", "A leaf.",
        {field<&LeafRow::position>("position", "Its place."), field<&LeafRow::kind>("kind", "What it is."),
            field<&LeafRow::subject>("subject", "What it tells of."), field<&LeafRow::at>("at", "When, in microseconds."),
            field<&LeafRow::digest>("digest", "Of its content, in hex."), field<&LeafRow::content>("content", "The content, where it is kept here.")}};
}
struct NodesRow {
    std::int64_t number = 0;
    std::string hashes;
};
Record describe(const NodesRow*) {
    return {
        "log_nodes", "A run of nodes.", {field<&NodesRow::number>("number", "Its place."), field<&NodesRow::hashes>("hashes", "Base64, one after another.")}};
}

template <class Row> Result<Done> insert_rows(Transaction& transaction, const std::vector<Row>& rows) {
    std::vector<const void*> pointers;
    for (const Row& row : rows) pointers.push_back(&row);
    return transaction.insert_many(record_of<Row>(), pointers);
}

std::uint64_t natural(const Value& value) { return static_cast<std::uint64_t>(as_integer(value)); }
std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }

// Positions are 32-bit columns, so that SQLite has them as its row ids; a caller may ask for more, hence the casts.
constexpr std::string_view leaf_columns = "position, kind, subject, at, digest, content";

std::string taken(Value& value) {
    auto* text = std::get_if<std::string>(&value);
    return text ? std::move(*text) : std::string();
}

std::vector<StoredLeaf> leaves_from(Rows rows) {
    std::vector<StoredLeaf> leaves;
    leaves.reserve(rows.size());
    for (auto& row : rows.rows) {
        StoredLeaf& leaf = leaves.emplace_back();
        leaf.position = natural(row[0]);
        leaf.leaf = {taken(row[1]), taken(row[2]), Time{as_integer(row[3])}, {}};
        const auto digest = hash_from_hex(as_text(row[4]));
        leaf.readable = digest && is_leaf_kind(leaf.leaf.kind) && is_leaf_subject(leaf.leaf.subject);
        if (digest) leaf.leaf.digest = *digest;
        if (!is_null(row[5])) leaf.content = taken(row[5]);
    }
    return leaves;
}

constexpr std::string_view head_columns = "number, size, at, note";

StoredHead head_from(const std::vector<Value>& row) { return {as_integer(row[0]), natural(row[1]), Time{as_integer(row[2])}, as_text(row[3])}; }

std::optional<StoredHead> first_head(const Rows& rows) { return rows.empty() ? std::nullopt : std::optional(head_from(rows.rows[0])); }

Error nodes_missing(std::uint64_t number) {
    return {Failure::internal, "log.node_missing", "Node {number} of the log's tree is not stored or not readable; run `greenbank verify`.",
        {{"number", std::to_string(number)}}};
}

} // namespace

Digest digest_named(std::string_view name) { return name == "sha256" ? sha256 : name == "sm3" ? sm3 : nullptr; }

Result<std::optional<LogIdentity>> read_log_identity(Transaction& transaction) {
    const Rows rows = TRY(transaction.query("SELECT origin, hash, begun_at, filled FROM log_identity LIMIT 1"));
    if (rows.empty()) return std::optional<LogIdentity>{};
    const auto& row = rows.rows[0];
    return std::optional(LogIdentity{as_text(row[0]), as_text(row[1]), Time{as_integer(row[2])}, as_integer(row[3]) != 0});
}

Result<Done> insert_log_identity(Transaction& transaction, const LogIdentity& identity) {
    TRY(transaction.execute("INSERT INTO log_identity (origin, hash, begun_at, filled) VALUES ($1, $2, $3, $4)",
        {identity.origin, identity.hash, identity.begun_at.microseconds, std::int64_t{identity.filled}}));
    return Done{};
}

Result<Done> set_log_filled(Transaction& transaction) {
    TRY(transaction.execute("UPDATE log_identity SET filled = true"));
    return Done{};
}

Result<std::vector<LogKey>> read_log_keys(Transaction& transaction) {
    const Rows rows = TRY(transaction.query("SELECT key, since_head, created_at FROM log_key ORDER BY number"));
    std::vector<LogKey> keys;
    for (const auto& row : rows.rows) keys.push_back({as_text(row[0]), as_integer(row[1]), Time{as_integer(row[2])}});
    return keys;
}

Result<Done> insert_log_key(Transaction& transaction, const LogKey& key) {
    TRY(transaction.execute("INSERT INTO log_key (number, key, since_head, created_at) VALUES ((SELECT COUNT(*) FROM log_key), $1, $2, $3)",
        {key.key, key.since_head, key.created_at.microseconds}));
    return Done{};
}

// One writer at a time (docs/decisions/003): the next position is free and there is no gap.
Result<Done> append_leaf(Transaction& transaction, const Leaf& leaf) {
    TRY(transaction.execute("INSERT INTO log_leaf (position, kind, subject, at, digest) VALUES "
                            "((SELECT COALESCE(MAX(position) + 1, 0) FROM log_leaf), $1, $2, $3, $4)",
        {leaf.kind, leaf.subject, leaf.at.microseconds, to_hex(bytes_of(leaf.digest))}));
    return Done{};
}

Result<std::uint64_t> append_placed_leaf(Transaction& transaction, const Leaf& leaf, const std::optional<std::string>& content) {
    const Rows placed = TRY(transaction.query("INSERT INTO log_leaf (position, kind, subject, at, digest, content) VALUES "
                                              "((SELECT COALESCE(MAX(position) + 1, 0) FROM log_leaf), $1, $2, $3, $4, $5) RETURNING position",
        {leaf.kind, leaf.subject, leaf.at.microseconds, to_hex(bytes_of(leaf.digest)), content ? Value(*content) : Value()}));
    return natural(placed.single());
}

Result<Done> append_leaves(Transaction& transaction, std::span<const StoredLeaf> leaves) {
    std::vector<LeafRow> rows;
    for (const StoredLeaf& leaf : leaves)
        rows.push_back({stored(leaf.position), leaf.leaf.kind, leaf.leaf.subject, leaf.leaf.at.microseconds, to_hex(bytes_of(leaf.leaf.digest)), leaf.content});
    return insert_rows(transaction, rows);
}

Result<std::vector<StoredLeaf>> read_leaves(Transaction& transaction, std::uint64_t position, std::size_t limit) {
    return leaves_from(
        TRY(transaction.query("SELECT " + std::string(leaf_columns) + " FROM log_leaf WHERE position >= CAST($1 AS BIGINT) ORDER BY position LIMIT $2",
            {stored(position), stored(limit)})));
}

Result<std::optional<StoredLeaf>> read_leaf(Transaction& transaction, std::uint64_t position) {
    auto leaves =
        leaves_from(TRY(transaction.query("SELECT " + std::string(leaf_columns) + " FROM log_leaf WHERE position = CAST($1 AS BIGINT)", {stored(position)})));
    return leaves.empty() ? std::nullopt : std::optional(std::move(leaves.front()));
}

Result<std::vector<StoredLeaf>> leaves_of_subject(Transaction& transaction, const std::string& subject, std::uint64_t position, std::size_t limit) {
    return leaves_from(TRY(transaction.query(
        "SELECT " + std::string(leaf_columns) + " FROM log_leaf WHERE subject = $1 AND position >= CAST($2 AS BIGINT) ORDER BY position LIMIT $3",
        {subject, stored(position), stored(limit)})));
}

Result<std::vector<StoredLeaf>> newest_leaves_of_subject(Transaction& transaction, const std::string& subject, std::size_t limit) {
    return leaves_from(TRY(transaction.query(
        "SELECT " + std::string(leaf_columns) + " FROM log_leaf WHERE subject = $1 ORDER BY position DESC LIMIT $2", {subject, stored(limit)})));
}

Result<std::optional<StoredLeaf>> newest_leaf_of_subject(Transaction& transaction, const std::string& subject) {
    auto leaves = TRY(newest_leaves_of_subject(transaction, subject, 1));
    return leaves.empty() ? std::nullopt : std::optional(std::move(leaves.front()));
}

Result<std::optional<StoredLeaf>> newest_leaf(Transaction& transaction, std::string_view kind, std::string_view subject) {
    auto leaves = leaves_from(
        TRY(transaction.query("SELECT " + std::string(leaf_columns) + " FROM log_leaf WHERE subject = $1 AND kind = $2 ORDER BY position DESC LIMIT 1",
            {std::string(subject), std::string(kind)})));
    return leaves.empty() ? std::nullopt : std::optional(std::move(leaves.front()));
}

Result<std::uint64_t> leaf_count(Transaction& transaction) {
    return natural(TRY(transaction.query("SELECT COALESCE(MAX(position) + 1, 0) FROM log_leaf")).single());
}

ReadNodes nodes_in(Transaction& transaction) {
    return [&transaction](std::span<const std::uint64_t> numbers, std::span<Hash32> hashes) -> Result<Done> {
        std::vector<std::uint64_t> wanted;
        for (const std::uint64_t number : numbers) wanted.push_back(number / nodes_per_row);
        std::sort(wanted.begin(), wanted.end());
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        std::string sql = "SELECT number, hashes FROM log_nodes WHERE number IN (";
        std::vector<Value> values;
        for (const std::uint64_t row : wanted) {
            values.push_back(stored(row));
            sql += (values.size() > 1 ? ", $" : "$") + std::to_string(values.size());
        }
        const Rows found = TRY(transaction.query(sql + ") ORDER BY number", values));
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const auto row = std::lower_bound(found.rows.begin(), found.rows.end(), numbers[i] / nodes_per_row,
                [](const std::vector<Value>& each, std::uint64_t number) { return natural(each[0]) < number; });
            if (row == found.rows.end() || natural((*row)[0]) != numbers[i] / nodes_per_row) return nodes_missing(numbers[i]);
            const std::string_view all = as_text((*row)[1]);
            const std::size_t at = numbers[i] % nodes_per_row * hash_base64_characters;
            const auto hash = hash_from_base64(all.substr(std::min(at, all.size()), hash_base64_characters));
            if (!hash) return nodes_missing(numbers[i]);
            hashes[i] = *hash;
        }
        return Done{};
    };
}

Result<Done> append_nodes(Transaction& transaction, std::uint64_t first, std::span<const Hash32> nodes) {
    std::vector<NodesRow> rows;
    std::string begun; // the rest of a row that is there
    std::uint64_t number = first;
    for (const Hash32& node : nodes) {
        const bool in_begun_row = first % nodes_per_row != 0 && number / nodes_per_row == first / nodes_per_row;
        if (!in_begun_row && number % nodes_per_row == 0) {
            rows.push_back({stored(number / nodes_per_row), {}});
            rows.back().hashes.reserve(nodes_per_row * hash_base64_characters);
        }
        (in_begun_row ? begun : rows.back().hashes) += to_base64(bytes_of(node));
        ++number;
    }
    if (!begun.empty()) TRY(transaction.execute("UPDATE log_nodes SET hashes = hashes || $1 WHERE number = $2", {begun, stored(first / nodes_per_row)}));
    return insert_rows(transaction, rows);
}

Result<std::optional<StoredHead>> latest_head(Transaction& transaction) {
    return first_head(TRY(transaction.query("SELECT " + std::string(head_columns) + " FROM log_head ORDER BY number DESC LIMIT 1")));
}

Result<std::optional<StoredHead>> head_of_size(Transaction& transaction, std::uint64_t size) {
    return first_head(TRY(transaction.query("SELECT " + std::string(head_columns) + " FROM log_head WHERE size >= $1 ORDER BY size LIMIT 1", {stored(size)})));
}

Result<std::vector<StoredHead>> read_heads(Transaction& transaction, std::int64_t number, std::size_t limit) {
    const Rows rows = TRY(transaction.query(
        "SELECT " + std::string(head_columns) + " FROM log_head WHERE number >= CAST($1 AS BIGINT) ORDER BY number LIMIT $2", {number, stored(limit)}));
    std::vector<StoredHead> heads;
    for (const auto& row : rows.rows) heads.push_back(head_from(row));
    return heads;
}

Result<Done> insert_head(Transaction& transaction, const StoredHead& head) {
    TRY(transaction.execute(
        "INSERT INTO log_head (number, size, at, note) VALUES ($1, $2, $3, $4)", {head.number, stored(head.size), head.at.microseconds, head.note}));
    return Done{};
}

} // namespace greenbank::parties
