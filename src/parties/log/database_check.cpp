// database_check.cpp — page by page through leaves, audit entries, nodes and heads.
#include "parties/log/database_check.h"

#include <algorithm>
#include <unordered_map>

#include "parties/log/check_aside.h"
#include "parties/log/transparency_log.h"

namespace greenbank::parties {

namespace {

constexpr std::size_t page = 500; // few enough to stay in the processor's cache until they are hashed
constexpr std::int64_t not_logged_told_max = 1'000;

/// Stored nodes in order of their numbers, a page of rows at a time. What cannot be read is not known.
class NodesInOrder {
public:
    explicit NodesInOrder(Transaction& transaction) : transaction_(transaction) {}

    Result<std::optional<Hash32>> at(std::uint64_t number) {
        const std::uint64_t row = number / nodes_per_row;
        if (row < first_row_ || row >= first_row_ + rows_.size()) {
            first_row_ = row;
            rows_.assign(rows_at_once, "");
            const Rows found = TRY(transaction_.query("SELECT number, hashes FROM log_nodes WHERE number >= $1 AND number < $2",
                {static_cast<std::int64_t>(row), static_cast<std::int64_t>(row + rows_at_once)}));
            for (const auto& each : found.rows) rows_[static_cast<std::uint64_t>(as_integer(each[0])) - row] = as_text(each[1]);
        }
        const std::string_view all = rows_[row - first_row_];
        const std::size_t at = number % nodes_per_row * hash_base64_characters;
        return hash_from_base64(all.substr(std::min(at, all.size()), hash_base64_characters));
    }

private:
    static constexpr std::uint64_t rows_at_once = 64;
    Transaction& transaction_;
    std::uint64_t first_row_ = 0;
    std::vector<std::string> rows_;
};

Result<Done> report_not_logged(Transaction& transaction, CheckRun& run) {
    const Rows rows = TRY(transaction.query("SELECT id FROM audit_entry a WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = a.id AND l.kind = "
                                            "'audit') ORDER BY id LIMIT $1",
        {not_logged_told_max}));
    for (const auto& row : rows.rows)
        run.found({"audit_entry/" + as_text(row[0]), "log.not_logged", "{kind} {subject} is not in the log: it was not written by this program.",
            {{"kind", "audit"}, {"subject", as_text(row[0])}}});
    return Done{};
}

/// Heads in order, one looked at before it is taken.
class HeadsInOrder {
public:
    explicit HeadsInOrder(Transaction& transaction) : transaction_(transaction) {}

    Result<const StoredHead*> next() {
        if (at_ == heads_.size()) {
            heads_ = TRY(read_cosigned_heads(transaction_, from_, page));
            if (!heads_.empty()) from_ = heads_.back().number + 1;
            at_ = 0;
        }
        return at_ < heads_.size() ? &heads_[at_] : static_cast<const StoredHead*>(nullptr);
    }
    void take() { ++at_; }

private:
    Transaction& transaction_;
    std::vector<StoredHead> heads_;
    std::size_t at_ = 0;
    std::int64_t from_ = 0;
};

} // namespace

Result<std::vector<std::string>> read_witness_keys(Transaction& transaction) {
    std::vector<std::string> keys;
    for (const auto& row : TRY(transaction.query("SELECT key FROM log_witness ORDER BY id")).rows) keys.push_back(as_text(row[0]));
    return keys;
}

Result<std::vector<StoredHead>> read_cosigned_heads(Transaction& transaction, std::int64_t number, std::size_t limit) {
    auto heads = TRY(read_heads(transaction, number, limit));
    if (heads.empty()) return heads;
    const Rows lines = TRY(transaction.query(
        "SELECT head, line FROM log_cosignature WHERE head >= $1 AND head <= $2 ORDER BY head, at, witness", {heads.front().number, heads.back().number}));
    std::size_t at = 0;
    for (const auto& row : lines.rows) {
        while (heads[at].number < as_integer(row[0]) && at + 1 < heads.size()) ++at;
        if (heads[at].number == as_integer(row[0])) heads[at].note += as_text(row[1]);
    }
    return heads;
}

Result<LeavesWithContents> read_leaves_with_contents(Transaction& transaction, std::uint64_t position, std::size_t limit) {
    LeavesWithContents read{TRY(read_leaves(transaction, position, limit)), {}};
    if (std::none_of(read.leaves.begin(), read.leaves.end(), [](const StoredLeaf& leaf) { return leaf.leaf.kind == "audit"; })) return read;
    const auto entries = TRY(transaction.find<AuditEntry>("id IN (SELECT subject FROM log_leaf WHERE kind = 'audit' AND position >= $1 AND position <= $2)",
        {static_cast<std::int64_t>(read.leaves.front().position), static_cast<std::int64_t>(read.leaves.back().position)}));
    std::unordered_map<std::string_view, const AuditEntry*> by_id;
    for (const AuditEntry& entry : entries) by_id.emplace(entry.id.text, &entry);
    for (StoredLeaf& leaf : read.leaves) {
        if (leaf.leaf.kind != "audit") continue;
        if (const auto entry = by_id.find(leaf.leaf.subject); entry != by_id.end()) leaf.content = audit_content(*entry->second);
        else read.missing.push_back(leaf.position);
    }
    return read;
}

Result<LogSummary> verify_database_log(Transaction& transaction, CheckRun& run) {
    const auto identity = TRY(read_log_identity(transaction));
    const std::uint64_t total = TRY(leaf_count(transaction));
    if (!identity || !digest_named(identity->hash)) {
        if (total > 0 || TRY(latest_head(transaction)))
            run.found({"log_identity", "log.identity_missing", "The log has records, but not its name or its hash: they were removed."});
        return LogSummary{};
    }
    auto keys = TRY(read_log_keys(transaction));
    auto witnesses = TRY(read_witness_keys(transaction));
    LogVerifierSettings settings{identity->origin, digest_named(identity->hash), std::move(keys), std::move(witnesses)};
    LogSummary summary{.records = total, .origin = identity->origin, .key = settings.keys.empty() ? "" : settings.keys.back().key};
    LogVerifier verifier(std::move(settings), run.found);
    LogCheckAside aside(verifier);
    NodesInOrder nodes(transaction);
    HeadsInOrder heads(transaction);
    const auto newest = TRY(latest_head(transaction));
    const std::uint64_t in_tree = newest ? newest->size : 0;

    LogStretch stretch;
    std::uint64_t size = 0;
    const auto take_heads = [&](std::uint64_t size_max) -> Result<Done> {
        for (const StoredHead* head = TRY(heads.next()); head && head->size <= size_max; head = TRY(heads.next())) {
            stretch.head(*head);
            heads.take();
            if (stretch.full()) aside.check(std::exchange(stretch, {}));
        }
        return Done{};
    };
    std::vector<std::optional<Hash32>> known;
    for (std::uint64_t position = 0;;) {
        LeavesWithContents read = TRY(read_leaves_with_contents(transaction, position, page));
        if (read.leaves.empty()) break;
        position = read.leaves.back().position + 1;
        auto missing = read.missing.begin();
        for (StoredLeaf& leaf : read.leaves) {
            known.clear();
            if (leaf.position < in_tree)
                for (std::uint64_t number = node_count(leaf.position); number < node_count(leaf.position + 1); ++number) known.push_back(TRY(nodes.at(number)));
            const bool content_missing = missing != read.missing.end() && *missing == leaf.position;
            if (content_missing) ++missing;
            stretch.leaf(std::move(leaf), content_missing, known);
            TRY(take_heads(++size));
            if (stretch.full()) aside.check(std::exchange(stretch, {}));
        }
        run.progress(static_cast<std::int64_t>(position), static_cast<std::int64_t>(total));
    }
    TRY(take_heads(UINT64_MAX));
    aside.finish(stretch);
    if (identity->filled) TRY(report_not_logged(transaction, run));
    summary.signed_records = verifier.size_signed();
    summary.heads = verifier.heads();
    summary.cosignatures = verifier.cosignatures();
    return summary;
}

Check log_check_of_database() {
    return {"log", "The audit trail is what the transparency log says, and every head of the log holds.",
        [](Transaction& transaction, CheckRun& run) -> Result<std::int64_t> {
            return static_cast<std::int64_t>(TRY(verify_database_log(transaction, run)).records);
        }};
}

} // namespace greenbank::parties
