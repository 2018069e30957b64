// Titles in the order of their language: pinyin for Chinese, the alphabet for English and Russian (ICU collation).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/text.h"

namespace greenbank::search {

/// Compares like the titles do, byte by byte.
std::string sort_key(std::string_view title, Language language);
/// Its first eight bytes as a number, to sort most titles without reading them.
std::uint64_t short_sort_key(std::string_view title, Language language);

} // namespace greenbank::search
