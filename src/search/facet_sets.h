// One facet's values in memory. Documents share their sets of values ("CN|KZ"), so that a match costs one number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/search.h"

namespace greenbank::search {

class FacetSets {
public:
    /// `set` is its number, `joined` its values with separators.
    void add(std::uint32_t set, std::string_view joined, char separator);

    /// By number of set: whether it holds any of the values.
    std::vector<char> holding(const std::vector<std::string>& wanted) const;
    /// From counts by number of set to counts by value.
    std::vector<FacetCount> count(const std::vector<std::uint32_t>& by_set) const;
    /// One more than the largest number of a set.
    std::size_t size() const { return sets_.size(); }

private:
    std::vector<std::string> values_;
    std::unordered_map<std::string, std::uint32_t> places_;
    std::vector<std::vector<std::uint32_t>> sets_ = {{}}; // number 0: no values
};

} // namespace greenbank::search
