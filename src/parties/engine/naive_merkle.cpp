// naive_merkle.cpp — by recursion.
#include "parties/engine/naive_merkle.h"

namespace greenbank::parties {

namespace {

std::size_t largest_power_below(std::size_t n) {
    std::size_t power = 1;
    while (power * 2 < n) power *= 2;
    return power;
}

Proof followed_by(Proof proof, const Hash32& hash) {
    proof.push_back(hash);
    return proof;
}

Proof subproof(Digest digest, std::size_t m, std::span<const Hash32> leaves, bool complete) {
    if (m == leaves.size()) return complete ? Proof{} : Proof{naive_root(digest, leaves)};
    const std::size_t k = largest_power_below(leaves.size());
    if (m <= k) return followed_by(subproof(digest, m, leaves.first(k), complete), naive_root(digest, leaves.subspan(k)));
    return followed_by(subproof(digest, m - k, leaves.subspan(k), false), naive_root(digest, leaves.first(k)));
}

} // namespace

Hash32 naive_root(Digest digest, std::span<const Hash32> leaves) {
    if (leaves.empty()) return empty_root(digest);
    if (leaves.size() == 1) return leaves[0];
    const std::size_t k = largest_power_below(leaves.size());
    return node_hash(digest, naive_root(digest, leaves.first(k)), naive_root(digest, leaves.subspan(k)));
}

Proof naive_inclusion(Digest digest, std::span<const Hash32> leaves, std::size_t index) {
    if (leaves.size() == 1) return {};
    const std::size_t k = largest_power_below(leaves.size());
    if (index < k) return followed_by(naive_inclusion(digest, leaves.first(k), index), naive_root(digest, leaves.subspan(k)));
    return followed_by(naive_inclusion(digest, leaves.subspan(k), index - k), naive_root(digest, leaves.first(k)));
}

Proof naive_consistency(Digest digest, std::span<const Hash32> leaves, std::size_t first) { return subproof(digest, first, leaves, true); }

} // namespace greenbank::parties
