// characters.h — code points of UTF-8, and which of them XML 1.0 (fifth edition) allows in a document and in a name.
#pragma once

#include <string>
#include <string_view>

#include "kernel/utf8.h"

namespace greenbank::xml {

/// What next_character gives for bytes that are no UTF-8.
constexpr char32_t no_character = 0xFFFFFFFF;

/// Takes the first code point off `rest`, which must not be empty; of bytes that are no UTF-8 it takes one.
char32_t next_character(std::string_view& rest);

/// Production 2, Char: no control characters but tab and line ends, no surrogates, not U+FFFE nor U+FFFF.
constexpr bool is_character(char32_t c) {
    return c >= 0x20 ? c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF) : c == '\t' || c == '\n' || c == '\r';
}
/// Valid UTF-8 of such characters only.
bool is_text(std::string_view bytes);

bool is_name_start(char32_t c); // production 4 without the colon
bool is_name_character(char32_t c);
/// Namespaces in XML 1.0, production 4, NCName: a name without a colon.
bool is_name(std::string_view text);

} // namespace greenbank::xml
