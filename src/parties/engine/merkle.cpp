// merkle.cpp — hashing, numbering, appending.
#include "parties/engine/merkle.h"

#include <bit>

namespace greenbank::parties {

namespace {

using namespace std::string_view_literals;

Hash32 hash_parts(Digest digest, std::initializer_list<std::string_view> parts) { return digest({parts.begin(), parts.size()}); }

/// The root over neighbouring perfect subtrees, the largest first: the smaller join first.
Hash32 joined(Digest digest, std::span<const Hash32> peaks) {
    Hash32 root = peaks.back();
    for (std::size_t i = peaks.size() - 1; i-- > 0;) root = node_hash(digest, peaks[i], root);
    return root;
}

/// Leaves [begin, end) under one node of the tree.
struct Range {
    std::uint64_t begin, end;
};

/// Where a tree of `size` > 1 leaves divides: the largest power of two below size.
std::uint64_t left_half(std::uint64_t size) { return std::bit_floor(size - 1); }

/// The hashes of ranges, reading every stored node they need at once.
Result<Proof> hashes_of(Digest digest, const ReadNodes& read, std::span<const Range> ranges) {
    std::vector<std::uint64_t> numbers;
    std::vector<std::size_t> ends;
    for (const Range& range : ranges) {
        for (const std::uint64_t number : nodes_of(range.begin, range.end)) numbers.push_back(number);
        ends.push_back(numbers.size());
    }
    std::vector<Hash32> nodes(numbers.size());
    if (!numbers.empty()) TRY(read(numbers, nodes));
    Proof proof;
    std::size_t first = 0;
    for (const std::size_t end : ends) {
        proof.push_back(joined(digest, std::span(nodes).subspan(first, end - first)));
        first = end;
    }
    return proof;
}

} // namespace

Hash32 leaf_hash(Digest digest, std::string_view leaf) { return hash_parts(digest, {"\0"sv, leaf}); }
Hash32 node_hash(Digest digest, const Hash32& left, const Hash32& right) { return hash_parts(digest, {"\1"sv, bytes_of(left), bytes_of(right)}); }
Hash32 empty_root(Digest digest) { return digest({}); }

Hash32 root_of(Digest digest, std::span<const Hash32> leaf_hashes) {
    MerkleEdge edge(digest);
    std::vector<Hash32> nodes;
    for (const Hash32& leaf : leaf_hashes) {
        nodes.clear();
        edge.append(leaf, nodes);
    }
    return edge.root();
}

std::uint64_t node_number(unsigned level, std::uint64_t index) {
    // Complete once leaf `last` is there; before that leaf came node_count(last) nodes, with it this node's left edge.
    const std::uint64_t last = ((index + 1) << level) - 1;
    return node_count(last) + level;
}

std::uint64_t node_count(std::uint64_t size) { return 2 * size - static_cast<std::uint64_t>(std::popcount(size)); }

std::vector<std::uint64_t> nodes_of(std::uint64_t begin, std::uint64_t end) {
    std::vector<std::uint64_t> numbers;
    while (begin < end) {
        const std::uint64_t width = std::bit_floor(end - begin);
        const auto level = static_cast<unsigned>(std::countr_zero(width));
        numbers.push_back(node_number(level, begin >> level));
        begin += width;
    }
    return numbers;
}

MerkleEdge::MerkleEdge(Digest digest, std::uint64_t size, std::vector<Hash32> peaks) : digest_(digest), size_(size), peaks_(std::move(peaks)) {
    require(peaks_.size() == static_cast<std::size_t>(std::popcount(size)), "one peak for each bit of the size");
}

void MerkleEdge::append(const Hash32& leaf, std::vector<Hash32>& nodes) {
    nodes.push_back(leaf);
    peaks_.push_back(leaf);
    // Two perfect subtrees of the same width become one, as ones are carried in a sum.
    for (std::uint64_t carry = size_; carry & 1; carry >>= 1) {
        const Hash32 right = peaks_.back();
        peaks_.pop_back();
        peaks_.back() = node_hash(digest_, peaks_.back(), right);
        nodes.push_back(peaks_.back());
    }
    ++size_;
}

Hash32 MerkleEdge::root() const { return peaks_.empty() ? empty_root(digest_) : joined(digest_, peaks_); }

Result<Proof> inclusion_proof(Digest digest, const ReadNodes& read, std::uint64_t index, std::uint64_t size) {
    if (index >= size)
        return Error{Failure::not_found, "log.no_such_leaf", "The log has no record {index} at size {size}.",
            {{"index", std::to_string(index)}, {"size", std::to_string(size)}}};
    std::vector<Range> siblings; // from the root downwards
    for (Range node{0, size}; node.end - node.begin > 1;) {
        const std::uint64_t middle = node.begin + left_half(node.end - node.begin);
        if (index < middle) {
            siblings.push_back({middle, node.end});
            node.end = middle;
        } else {
            siblings.push_back({node.begin, middle});
            node.begin = middle;
        }
    }
    return hashes_of(digest, read, std::vector<Range>(siblings.rbegin(), siblings.rend()));
}

Result<Proof> consistency_proof(Digest digest, const ReadNodes& read, std::uint64_t first, std::uint64_t second) {
    if (first == 0 || first > second)
        return Error{Failure::invalid, "log.sizes_reversed", "Consistency is proved from a smaller tree, of at least one record, to a larger one."};
    if (first == second) return Proof{};
    std::vector<Range> nodes; // from the root downwards
    Range node{0, second};
    while (node.end != first) {
        const std::uint64_t middle = node.begin + left_half(node.end - node.begin);
        if (first <= middle) {
            nodes.push_back({middle, node.end});
            node.end = middle;
        } else {
            nodes.push_back({node.begin, middle});
            node.begin = middle;
        }
    }
    if (node.begin != 0) nodes.push_back(node); // else it is the first tree as a whole, whose root is known
    return hashes_of(digest, read, std::vector<Range>(nodes.rbegin(), nodes.rend()));
}

} // namespace greenbank::parties
