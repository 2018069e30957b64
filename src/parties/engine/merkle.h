// merkle.h — an append-only Merkle tree after RFC 6962 §2.1 (= RFC 9162 §2.1): hashes, the numbering of stored nodes, appending.
// The hash function is an argument: SHA-256 as the RFC has it, or SM3 where an installation must.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace greenbank::parties {

using Hash32 = std::array<unsigned char, 32>;

/// The hash of all parts one after another.
using Digest = Hash32 (*)(std::span<const std::string_view> parts);

inline std::string_view bytes_of(const Hash32& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

Hash32 leaf_hash(Digest digest, std::string_view leaf);                   // H(0x00 ‖ leaf)
Hash32 node_hash(Digest digest, const Hash32& left, const Hash32& right); // H(0x01 ‖ left ‖ right)
Hash32 empty_root(Digest digest);                                         // H()
Hash32 root_of(Digest digest, std::span<const Hash32> leaf_hashes);

// ---- stored nodes ------------------------------------------------------------------------------------------------------
// Every perfect subtree's hash is stored once and never changes. Nodes are numbered in the order in which they become
// complete: leaf 0, leaf 1, their parent, leaf 2, … So a tree only ever grows at the end of one sequence of 32-byte hashes,
// and a row of SQL can hold any run of it: with `nodes_per_row` = 64, row r has the nodes 64 r to 64 r + 63, 2.8 kB as
// base64, and a batch of leaves completes the last row and adds new ones. No node depends on the tree's size.

constexpr std::uint64_t nodes_per_row = 64;

/// The number of the node over leaves [index · 2^level, (index + 1) · 2^level).
std::uint64_t node_number(unsigned level, std::uint64_t index);
/// How many nodes a tree of `size` leaves has stored.
std::uint64_t node_count(std::uint64_t size);
/// The numbers of the perfect subtrees that leaves [begin, end) fall into, from left to right; begin must be a multiple of
/// the smallest power of two that is not below end − begin.
std::vector<std::uint64_t> nodes_of(std::uint64_t begin, std::uint64_t end);

/// The right edge of a tree, all that is needed to append and to know the root.
class MerkleEdge {
public:
    explicit MerkleEdge(Digest digest) : digest_(digest) {}
    /// After a restart: `peaks` are the nodes nodes_of(0, size).
    MerkleEdge(Digest digest, std::uint64_t size, std::vector<Hash32> peaks);

    std::uint64_t size() const { return size_; }
    /// Appends to `nodes` the new nodes in order of their numbers, from node_count(size()) on.
    void append(const Hash32& leaf, std::vector<Hash32>& nodes);
    Hash32 root() const;

private:
    Digest digest_;
    std::uint64_t size_ = 0;
    std::vector<Hash32> peaks_; // of perfect subtrees, the largest first
};

// ---- proofs ------------------------------------------------------------------------------------------------------------

/// Fills hashes[i] with the stored node numbers[i]; asked once a proof, for about 2 · log2(size) nodes at most.
using ReadNodes = std::function<Result<Done>(std::span<const std::uint64_t> numbers, std::span<Hash32> hashes)>;
using Proof = std::vector<Hash32>; // from the leaf upwards

/// RFC 9162 §2.1.3.1; index < size.
Result<Proof> inclusion_proof(Digest digest, const ReadNodes& read, std::uint64_t index, std::uint64_t size);
/// RFC 9162 §2.1.4.1; 0 < first ≤ second. Empty where they are equal.
Result<Proof> consistency_proof(Digest digest, const ReadNodes& read, std::uint64_t first, std::uint64_t second);

/// RFC 9162 §2.1.3.2: is the leaf at `index` of the tree with this size and root?
bool verify_inclusion(Digest digest, std::uint64_t index, std::uint64_t size, const Hash32& leaf, const Proof& proof, const Hash32& root);
/// RFC 9162 §2.1.4.2: is the second tree the first one with leaves appended? A first tree of size 0 says nothing: false.
bool verify_consistency(Digest digest, std::uint64_t first, std::uint64_t second, const Proof& proof, const Hash32& first_root, const Hash32& second_root);

} // namespace greenbank::parties
