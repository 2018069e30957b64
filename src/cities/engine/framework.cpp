// framework.cpp — a list of nodes becomes a hierarchy, or all that keeps it from being one is told.
#include <algorithm>
#include <charconv>

#include "cities/engine/index_data.h"

namespace greenbank::cities {

namespace {

std::optional<double> as_number(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// Going up from each node ends; where it does not, the nodes of the round are named once.
void find_cycles(const std::vector<Node>& nodes, const std::map<std::string_view, std::size_t>& places, Problems& problems) {
    std::vector<char> told(nodes.size());
    for (std::size_t start = 0; start < nodes.size(); ++start) {
        std::size_t at = start;
        std::vector<std::size_t> way;
        while (std::find(way.begin(), way.end(), at) == way.end()) {
            way.push_back(at);
            const auto up = places.find(nodes[at].parent);
            if (nodes[at].parent.empty() || up == places.end()) break;
            at = up->second;
        }
        const auto up = places.find(nodes[way.back()].parent);
        if (nodes[way.back()].parent.empty() || up == places.end() || told[up->second]) continue;
        std::string round;
        for (auto one = std::find(way.begin(), way.end(), up->second); one != way.end(); ++one) {
            told[*one] = 1;
            round += nodes[*one].code + " → ";
        }
        problems.push_back({nodes[up->second].code, "cities.index_cycle", "The hierarchy goes in a circle: {round}. Give one of them another parent.",
            {{"round", round + nodes[up->second].code}}});
    }
}

} // namespace

std::optional<std::size_t> Framework::find(std::string_view code) const {
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].code == code) return i;
    return {};
}

Result<Framework> make_framework(std::vector<Node> nodes) {
    Problems problems;
    std::stable_sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return a.level < b.level; });
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (!places.emplace(nodes[i].code, i).second)
            problems.push_back({nodes[i].code, "cities.index_code_twice", "This code is given to two indicators or aggregates; each has its own."});
    Framework made;
    made.children.resize(nodes.size());
    find_cycles(nodes, places, problems);
    const bool circular = !problems.empty();
    std::vector<std::size_t> tops;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        if (node.level == 1) ++made.indicators;
        if (node.parent.empty()) {
            tops.push_back(i);
            continue;
        }
        const auto up = places.find(node.parent);
        if (up == places.end()) {
            problems.push_back(
                {node.code, "cities.index_parent_unknown", "The parent {parent} is no code of the table of indicators.", {{"parent", node.parent}}});
        } else {
            made.children[up->second].push_back(i);
            if (nodes[up->second].level <= node.level && !circular)
                problems.push_back({node.code, "cities.index_parent_level", "The parent {parent} is not of a higher level.", {{"parent", node.parent}}});
        }
    }
    if (made.indicators == 0) problems.push_back({"Level", "cities.index_no_indicator", "There is no indicator; those of level 1 are the indicators."});
    if (tops.size() > 1 || (tops.empty() && !circular)) {
        std::string codes;
        for (const std::size_t top : tops) codes += (codes.empty() ? "" : ", ") + nodes[top].code;
        problems.push_back({"Parent", "cities.index_tops", "One aggregate alone has no parent, the index itself; here it is: {codes}.", {{"codes", codes}}});
    }
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].level > 1 && made.children[i].empty())
            problems.push_back({nodes[i].code, "cities.index_aggregate_empty", "Nothing has this aggregate as its parent."});
    if (tops.size() == 1 && nodes[tops[0]].level == 1)
        problems.push_back({nodes[tops[0]].code, "cities.index_top_level", "The index itself is an aggregate, so its level is above 1."});
    if (!problems.empty()) return Error{Failure::invalid, "cities.index_hierarchy", "The hierarchy of indicators is not right.", {}, std::move(problems)};
    made.nodes = std::move(nodes); // the one top has the highest level, or it would not be above all
    return made;
}

std::vector<std::string> Dataset::times() const {
    std::vector<std::string> all;
    for (const Unit& unit : units)
        if (std::find(all.begin(), all.end(), unit.time) == all.end()) all.push_back(unit.time);
    const bool numbers = std::all_of(all.begin(), all.end(), [](const std::string& time) { return as_number(time).has_value(); });
    std::sort(all.begin(), all.end(), [&](const std::string& a, const std::string& b) { return numbers ? *as_number(a) < *as_number(b) : a < b; });
    return all;
}

Dataset Dataset::at(std::string_view time) const {
    Dataset part;
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units[i].time == time) rows.push_back(i);
    const auto taken = [&](const auto& column) {
        std::decay_t<decltype(column)> some;
        for (const std::size_t row : rows) some.push_back(column[row]);
        return some;
    };
    part.units = taken(units);
    for (const Column& column : indicators) part.indicators.push_back(taken(column));
    for (const auto& [code, column] : denominators) part.denominators[code] = taken(column);
    for (const auto& [code, column] : groups) part.groups[code] = taken(column);
    return part;
}

} // namespace greenbank::cities
