// json_parts.h — members of a JSON tree that strangers wrote: absent and of another kind are the same.
#pragma once

#include <charconv>
#include <limits>
#include <optional>

#include "json/value_tree.h"

namespace greenbank::carbon {

inline std::string text_of(const ValueTree* tree) {
    std::string text;
    if (!tree || tree->shape != ValueTree::Shape::plain || !tree->plain.starts_with('"')) return text;
    (void)static_cast<bool>(read_json_value(tree->plain, TypeOf<std::string>::type, &text));
    return text;
}
inline std::string text_at(const ValueTree& tree, std::string_view name) { return text_of(tree.find(name)); }
inline std::optional<double> real_at(const ValueTree& tree, std::string_view name) {
    const ValueTree* const found = tree.find(name);
    if (!found || found->shape != ValueTree::Shape::plain) return {};
    double value = 0;
    const auto [end, problem] = std::from_chars(found->plain.data(), found->plain.data() + found->plain.size(), value);
    if (problem != std::errc() || end != found->plain.data() + found->plain.size()) return {};
    return value;
}
/// An amount that is written must be one: what cannot be read is no number, which is refused later with its place.
inline double amount_at(const ValueTree& tree, std::string_view name) {
    const ValueTree* const found = tree.find(name);
    if (!found || (found->shape == ValueTree::Shape::plain && found->plain == "null")) return 0;
    return real_at(tree, name).value_or(std::numeric_limits<double>::quiet_NaN());
}
inline bool flag_at(const ValueTree& tree, std::string_view name) {
    const ValueTree* const found = tree.find(name);
    return found && found->plain == "true";
}
inline const std::vector<ValueTree>& list_at(const ValueTree& tree, std::string_view name) {
    static const std::vector<ValueTree> none;
    const ValueTree* const found = tree.find(name);
    return found && found->shape == ValueTree::Shape::list ? found->items : none;
}
inline const ValueTree& object_at(const ValueTree& tree, std::string_view name) {
    static const ValueTree none = object_tree({});
    const ValueTree* const found = tree.find(name);
    return found && found->shape == ValueTree::Shape::object ? *found : none;
}

} // namespace greenbank::carbon
