// leaf.h — what one record of the transparency log is, as bytes that anybody can make again.
//   greenbank leaf 1
//   audit                                  kind: a lower-case word
//   audit_01940f…                          the id of what it tells of
//   2026-11-28T23:00:00.123456Z
//   9f86d081884c7d65…                      the hash of the content, in hex: whoever may read the content can compare, others see no more
#pragma once

#include "kernel/time.h"
#include "parties/engine/merkle.h"

namespace greenbank::parties {

struct Leaf {
    std::string kind, subject;
    Time at;
    Hash32 digest{};
    bool operator==(const Leaf&) const = default;
};

constexpr std::size_t leaf_subject_bytes_max = 200;

/// A kind is [a-z_]+ and a subject is printable ASCII without blanks, both within limits: so no two leaves share a text.
bool is_leaf_kind(std::string_view kind);
bool is_leaf_subject(std::string_view subject);

std::string leaf_text(const Leaf& leaf);

/// Names a leaf on paper and in links: its position and the beginning of its hash, "17-9f86d081884c7d65". One read is no other's by mistake.
std::string leaf_code(std::uint64_t position, const Hash32& leaf_hash);
struct LeafCode {
    std::uint64_t position = 0;
    std::string beginning; // of the hash, 16 hex digits
};
std::optional<LeafCode> parse_leaf_code(std::string_view code);

std::optional<Hash32> hash_from_hex(std::string_view hex); // lower case only

} // namespace greenbank::parties
