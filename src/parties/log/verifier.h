// verifier.h — goes through a log from its first record to its last head and says what does not hold. Knows neither database nor file.
#pragma once

#include <functional>

#include "parties/log/log_tables.h"

namespace greenbank::parties {

/// A problem's `field` says where: "log_leaf/17", "audit_entry/audit_…", "log_head/3".
using Found = std::function<void(Problem problem)>;

struct LogVerifierSettings {
    std::string origin;
    Digest digest = nullptr;
    std::vector<LogKey> keys;           // oldest first
    std::vector<std::string> witnesses; // keys; cosignatures of others say nothing
};

class LogVerifier {
public:
    /// Keys that cannot be read are found too.
    LogVerifier(LogVerifierSettings settings, Found found);

    /// The hashes that are known of the nodes that a leaf completes, its own first; none where nothing is known.
    using KnownNodes = std::span<const std::optional<Hash32>>;
    /// The next leaf; its content is compared where it is there.
    void leaf(const StoredLeaf& leaf, KnownNodes known = {});
    /// The next head, of all leaves so far.
    void head(const StoredHead& head);
    /// A record that a leaf tells of is not there any more.
    void content_missing(const StoredLeaf& leaf);

    std::uint64_t size() const { return edge_.size(); }
    std::int64_t heads() const { return heads_; }
    std::uint64_t size_signed() const { return size_signed_; }
    std::int64_t cosignatures() const { return cosignatures_; }

private:
    void report(std::string field, Problem problem);
    void check_signers(const StoredHead& head, const Note& note);

    LogVerifierSettings settings_;
    Found found_;
    std::vector<NoteKey> keys_, witnesses_; // keys_[i] is settings_.keys[i]
    MerkleEdge edge_;
    std::vector<Hash32> made_; // nodes of the last leaf
    std::string previous_text_;
    std::int64_t heads_ = 0, cosignatures_ = 0;
    std::uint64_t size_signed_ = 0;
    bool whole_ = true; // no gap so far: roots can be compared
};

} // namespace greenbank::parties
