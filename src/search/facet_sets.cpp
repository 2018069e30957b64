// facet_sets.cpp — sets of values by number, and back to values for counting.
#include "search/facet_sets.h"

#include "kernel/text.h"
#include "search/prepared.h"

namespace greenbank::search {

void FacetSets::add(std::uint32_t set, std::string_view joined, char separator) {
    if (set >= sets_.size()) sets_.resize(set + 1);
    if (!sets_[set].empty()) return;
    for (const std::string_view value : split(joined, separator)) {
        const auto [place, fresh] = places_.try_emplace(std::string(value), static_cast<std::uint32_t>(values_.size()));
        if (fresh) values_.emplace_back(value);
        sets_[set].push_back(place->second);
    }
}

std::vector<char> FacetSets::holding(const std::vector<std::string>& wanted) const {
    std::vector<char> values(values_.size()), out(sets_.size());
    for (const std::string& value : wanted)
        if (const auto found = places_.find(value); found != places_.end()) values[found->second] = 1;
    for (std::size_t set = 0; set < sets_.size(); ++set)
        out[set] = std::any_of(sets_[set].begin(), sets_[set].end(), [&](std::uint32_t value) { return values[value] != 0; });
    return out;
}

std::vector<FacetCount> FacetSets::count(const std::vector<std::uint32_t>& by_set) const {
    std::vector<std::int64_t> by_value(values_.size());
    for (std::size_t set = 0; set < by_set.size(); ++set)
        if (by_set[set] > 0)
            for (const std::uint32_t value : sets_[set]) by_value[value] += by_set[set];
    std::vector<FacetCount> counts;
    for (std::size_t value = 0; value < by_value.size(); ++value)
        if (by_value[value] > 0) counts.push_back({values_[value], by_value[value]});
    sort_counts(counts);
    return counts;
}

} // namespace greenbank::search
