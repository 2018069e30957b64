// log_tables.h — the transparency log in the database: leaves, nodes, heads, keys. Every function works inside the transaction it is given.
#pragma once

#include "parties/engine/leaf.h"
#include "parties/engine/note.h"
#include "store/transaction.h"

namespace greenbank::parties {

/// Which log this is; made once.
struct LogIdentity {
    std::string origin;          // "greenbank/<the database's identity>": stands in every head
    std::string hash = "sha256"; // or "sm3": of contents, leaves, nodes and the chain of heads
    Time begun_at;
    bool filled = false; // what was there before the log began is in it
};
Result<std::optional<LogIdentity>> read_log_identity(Transaction& transaction);
Result<Done> insert_log_identity(Transaction& transaction, const LogIdentity& identity);
Result<Done> set_log_filled(Transaction& transaction);
/// The hash function of that name; null for an unknown name.
Digest digest_named(std::string_view name);

/// A key that signs heads from `since_head` on, as note.h writes it.
struct LogKey {
    std::string key;
    std::int64_t since_head = 0;
    Time created_at;
};
Result<std::vector<LogKey>> read_log_keys(Transaction& transaction); // oldest first
Result<Done> insert_log_key(Transaction& transaction, const LogKey& key);

struct StoredLeaf {
    std::uint64_t position = 0;
    Leaf leaf;
    bool readable = true;               // false: what is stored as its digest is none
    std::optional<std::string> content; // kept with the leaf; absent where it is made again from a record
};
/// Appends after the last leaf. Every write pays for it, hence the shorter statement for those who need not know the position.
Result<Done> append_leaf(Transaction& transaction, const Leaf& leaf);
Result<std::uint64_t> append_placed_leaf(Transaction& transaction, const Leaf& leaf, const std::optional<std::string>& content);
Result<Done> append_leaves(Transaction& transaction, std::span<const StoredLeaf> leaves); // with their positions, in bulk
/// From `position` on, in order.
Result<std::vector<StoredLeaf>> read_leaves(Transaction& transaction, std::uint64_t position, std::size_t limit);
Result<std::optional<StoredLeaf>> read_leaf(Transaction& transaction, std::uint64_t position);
/// Of a subject: from `position` on in order; the newest ones first; the newest of that kind.
Result<std::vector<StoredLeaf>> leaves_of_subject(Transaction& transaction, const std::string& subject, std::uint64_t position, std::size_t limit);
Result<std::vector<StoredLeaf>> newest_leaves_of_subject(Transaction& transaction, const std::string& subject, std::size_t limit);
Result<std::optional<StoredLeaf>> newest_leaf_of_subject(Transaction& transaction, const std::string& subject);
Result<std::optional<StoredLeaf>> newest_leaf(Transaction& transaction, std::string_view kind, std::string_view subject);
Result<std::uint64_t> leaf_count(Transaction& transaction); // in the log, whether a head has them or not

/// Reads stored nodes for proofs; must not outlive the transaction.
ReadNodes nodes_in(Transaction& transaction);
/// The nodes from number `first` on, which is how many there are.
Result<Done> append_nodes(Transaction& transaction, std::uint64_t first, std::span<const Hash32> nodes);

struct StoredHead {
    std::int64_t number = 0;
    std::uint64_t size = 0;
    Time at;
    std::string note; // as signed by the log
};
Result<std::optional<StoredHead>> latest_head(Transaction& transaction);
/// The first head of at least this size.
Result<std::optional<StoredHead>> head_of_size(Transaction& transaction, std::uint64_t size);
/// From that number on, in order.
Result<std::vector<StoredHead>> read_heads(Transaction& transaction, std::int64_t number, std::size_t limit);
Result<Done> insert_head(Transaction& transaction, const StoredHead& head);

} // namespace greenbank::parties
