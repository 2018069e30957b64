// utf8.h — where a text stops being UTF-8 or XML, and how long Excel takes it to be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/utf8.h"

namespace greenbank::sheets {

/// XML 1.0, production 2: no control characters but tab, line feed and carriage return, no surrogates, not U+FFFE and U+FFFF.
constexpr bool is_xml_character(std::uint32_t code) {
    return code == 0x9 || code == 0xa || code == 0xd || (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) ||
           (code >= 0x10000 && code < 0x110000);
}

bool is_ascii(std::string_view text);
/// Bytes before the first that is no UTF-8; the whole length where there is none.
std::size_t sound_length(std::string_view text);
/// U+FFFD for each byte that belongs to no character, and for NUL.
std::string replace_unsound(std::string_view text);
/// Of a sound text: code units in UTF-16, as Excel counts characters.
std::size_t utf16_length(std::string_view text);

} // namespace greenbank::sheets
