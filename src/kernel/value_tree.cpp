// value_tree.cpp — equality of values without a description.
#include "kernel/value_tree.h"

#include <utility>

namespace greenbank {

const ValueTree* ValueTree::find(std::string_view name) const {
    for (const auto& [key, value] : members)
        if (key == name) return &value;
    return nullptr;
}

bool ValueTree::operator==(const ValueTree& other) const {
    if (shape != other.shape) return false;
    switch (shape) {
    case Shape::plain: return plain == other.plain;
    case Shape::list: return items == other.items;
    case Shape::object:
        if (members.size() != other.members.size()) return false;
        for (std::size_t i = 0; i < members.size(); ++i) {
            const auto& [name, value] = members[i];
            // Most objects are written in one order, so that the same place is the first guess.
            const ValueTree* same = other.members[i].first == name ? &other.members[i].second : other.find(name);
            if (!same || !(value == *same)) return false;
        }
        return true;
    }
    return false;
}

ValueTree plain_tree(std::string json) { return {.plain = std::move(json), .items = {}, .members = {}}; }
ValueTree list_tree(std::vector<ValueTree> items) { return {.shape = ValueTree::Shape::list, .plain = {}, .items = std::move(items), .members = {}}; }
ValueTree object_tree(std::vector<ValueMember> members) { return {.shape = ValueTree::Shape::object, .plain = {}, .items = {}, .members = std::move(members)}; }

} // namespace greenbank
