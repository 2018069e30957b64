// A value whose shape nobody described, as JSON has them: plain values, lists, objects. json reads and writes it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace greenbank {

struct ValueTree {
    enum class Shape { plain, list, object };
    Shape shape = Shape::plain;
    std::string plain = "null"; // JSON of a null, a boolean, a number or a text; equal texts are equal values
    std::vector<ValueTree> items;
    std::vector<std::pair<std::string, ValueTree>> members; // no name twice; their order says nothing

    const ValueTree* find(std::string_view name) const;
    bool operator==(const ValueTree& other) const;
};

ValueTree plain_tree(std::string json);
ValueTree list_tree(std::vector<ValueTree> items);
ValueTree object_tree(std::vector<std::pair<std::string, ValueTree>> members);

} // namespace greenbank
