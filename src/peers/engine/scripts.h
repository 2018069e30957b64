// scripts.h — which of our languages a text is written in, by its letters. Pure.
#pragma once

#include <string_view>

#include "kernel/text.h"

namespace greenbank::peers {

/// Chinese where Han characters stand, Russian where more Cyrillic than Latin letters do, else English.
Language language_by_letters(std::string_view utf8);

/// The first `characters_max` characters, cut at the end of a word where one is near.
std::string shortened(std::string_view utf8, std::size_t characters_max);

} // namespace greenbank::peers
