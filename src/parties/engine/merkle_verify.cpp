// merkle_verify.cpp — the two algorithms of RFC 9162, as written there.
#include <bit>

#include "parties/engine/merkle.h"

namespace greenbank::parties {

namespace {

/// Up from a right edge's node to the next level at which it is a right child, or to the left edge.
void climb(std::uint64_t& node, std::uint64_t& last) {
    while (node != 0 && !(node & 1)) {
        node >>= 1;
        last >>= 1;
    }
}

} // namespace

bool verify_inclusion(Digest digest, std::uint64_t index, std::uint64_t size, const Hash32& leaf, const Proof& proof, const Hash32& root) {
    if (index >= size) return false;
    std::uint64_t node = index, last = size - 1;
    Hash32 hash = leaf;
    for (const Hash32& sibling : proof) {
        if (last == 0) return false;
        if (node & 1 || node == last) {
            hash = node_hash(digest, sibling, hash);
            climb(node, last);
        } else hash = node_hash(digest, hash, sibling);
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

bool verify_consistency(Digest digest, std::uint64_t first, std::uint64_t second, const Proof& proof, const Hash32& first_root, const Hash32& second_root) {
    if (first == 0 || first > second) return false;
    if (first == second) return proof.empty() && first_root == second_root;
    if (proof.empty()) return false;
    std::uint64_t node = first - 1, last = second - 1;
    while (node & 1) {
        node >>= 1;
        last >>= 1;
    }
    const bool perfect = std::has_single_bit(first); // then the first tree is itself a node of the second
    Hash32 old_hash = perfect ? first_root : proof[0], new_hash = old_hash;
    for (std::size_t i = perfect ? 0 : 1; i < proof.size(); ++i) {
        if (last == 0) return false;
        if (node & 1 || node == last) {
            old_hash = node_hash(digest, proof[i], old_hash);
            new_hash = node_hash(digest, proof[i], new_hash);
            climb(node, last);
        } else new_hash = node_hash(digest, new_hash, proof[i]);
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && old_hash == first_root && new_hash == second_root;
}

} // namespace greenbank::parties
