// values.h — reading plain values of JSON that strangers sent, and making them. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/value_tree.h"

namespace greenbank::energy {

/// Nothing where the value is of another shape.
std::optional<std::string> text_of(const ValueTree& value);
std::optional<double> number_of(const ValueTree& value); // of a number only, never of a text
std::optional<std::int64_t> integer_of(const ValueTree& value);
std::optional<bool> truth_of(const ValueTree& value);

ValueTree text_tree(std::string_view text);
ValueTree number_tree(double number);
ValueTree number_tree(std::int64_t number);
ValueTree truth_tree(bool truth);

} // namespace greenbank::energy
