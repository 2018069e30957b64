// difference.h — what differs between two values without a description, as a list that leads from the one to the other.
// Paths are JSON pointers (RFC 6901). Lists are aligned so that an entry put in the middle is one addition: in a path the
// index of a removed entry counts in the list before, every other index in the list after.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/result.h"
#include "kernel/value_tree.h"

namespace greenbank::library {

struct Difference {
    std::string path;
    std::optional<ValueTree> before, after; // one absent: added or removed

    bool operator==(const Difference&) const = default;
};

/// In the order of `after`; empty exactly where both are equal. Lists of more than `list_alignment_max` pairs of entries
/// that differ are compared place by place, so that time stays bounded.
std::vector<Difference> difference(const ValueTree& before, const ValueTree& after);
constexpr std::size_t list_alignment_max = 250'000;

/// difference(a, b) applied to a is b. Failure::conflict "difference.mismatch" where `before` is not what is there.
Result<ValueTree> apply_difference(ValueTree before, std::span<const Difference> differences);

/// Which entry of `before` became which of `after`, both rising: the pairs of the greatest likeness in sum.
std::vector<std::pair<std::size_t, std::size_t>> align(std::span<const ValueTree> before, std::span<const ValueTree> after);
/// 0 (nothing in common: never aligned) to 1000 (equal): for objects the share of equal members.
std::int64_t likeness(const ValueTree& a, const ValueTree& b);

} // namespace greenbank::library
