// value_tree.h — JSON text to a tree of values without a description, and back.
#pragma once

#include "kernel/value_tree.h"
#include "json/json.h"

namespace greenbank {

/// Failure::malformed where the text is no JSON, is nested deeper than json_depth_max, or names a member twice.
/// Numbers are kept in their shortest form, so that 1 and 1.0 are equal.
Result<ValueTree> read_value_tree(std::string_view json);

void write_value_tree(std::string& out, const ValueTree& tree);
std::string to_json(const ValueTree& tree);

} // namespace greenbank
