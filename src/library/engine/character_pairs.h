// character_pairs.h — a text as the set of its neighbouring characters: what near-equal texts share. Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace greenbank::library {

/// Sorted and unique; white space and ASCII punctuation are passed over, so that "heat-pump" is "heatpump".
std::vector<std::uint64_t> character_pairs(std::string_view utf8);
std::size_t shared_pairs(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

} // namespace greenbank::library
