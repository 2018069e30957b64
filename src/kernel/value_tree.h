// A value whose shape nobody described, as JSON has them: plain values, lists, objects. json reads and writes it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace greenbank {

struct ValueMember;

struct ValueTree {
    enum class Shape { plain, list, object };
    Shape shape = Shape::plain;
    std::string plain = "null"; // JSON of a null, a boolean, a number or a text; equal texts are equal values
    std::vector<ValueTree> items;
    std::vector<ValueMember> members; // no name twice; their order says nothing

    const ValueTree* find(std::string_view name) const;
    bool operator==(const ValueTree& other) const;
};

/// A member of an object. Not a std::pair, which clang's reading of the library refuses within its own second half.
struct ValueMember {
    std::string first; // its name
    ValueTree second;
};

ValueTree plain_tree(std::string json);
ValueTree list_tree(std::vector<ValueTree> items);
ValueTree object_tree(std::vector<ValueMember> members);

} // namespace greenbank
