// tree.h — reading members of a JSON tree; only for the sources of this room.
#pragma once

#include "kernel/result.h"
#include "json/value_tree.h"

namespace greenbank::pact {

/// The text behind a JSON string.
inline std::optional<std::string> text_of(const ValueTree* tree) {
    if (!tree || tree->shape != ValueTree::Shape::plain || !tree->plain.starts_with('"')) return {};
    std::string text;
    if (!read_json_value(tree->plain, type_of<std::string>(), &text)) return {};
    return text;
}
inline bool is_object(const ValueTree* tree) { return tree && tree->shape == ValueTree::Shape::object; }
inline bool is_list(const ValueTree* tree) { return tree && tree->shape == ValueTree::Shape::list; }
inline bool is_null(const ValueTree* tree) { return !tree || (tree->shape == ValueTree::Shape::plain && tree->plain == "null"); }

/// What a caller is told; the code is PACT's own.
inline Error bad_request(std::string message) { return {Failure::malformed, "BadRequest", std::move(message)}; }

} // namespace greenbank::pact
