// concept_finder.h — which concepts of a thesaurus a short text names. Pure; texts and words must be folded alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace greenbank::library {

class ConceptFinder {
public:
    void add(std::uint32_t concept_number, std::string_view word);
    /// Sorted and unique. Of words that lie within each other the longest counts ("heat pump", not "pump").
    std::vector<std::uint32_t> find(std::string_view text) const;

private:
    std::unordered_map<std::string, std::vector<std::uint32_t>> words_;
    std::size_t bytes_max_ = 0;
};

} // namespace greenbank::library
