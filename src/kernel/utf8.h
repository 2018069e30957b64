// utf8.h — Unicode characters to and from UTF-8, one after the other (the Unicode Standard, table 3-7).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace greenbank {

/// U+FFFD: what stands for bytes that are no character.
constexpr char32_t replacement_character = 0xfffd;

/// The character at `at` (before the end), which moves behind it. Of bytes that are no UTF-8 (longer than needed, surrogates and what is
/// beyond Unicode included) it takes one and gives U+FFFD.
inline char32_t next_character(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0}; };
    const std::uint8_t lead = byte(at++);
    if (lead < 0x80) return lead;
    if (lead < 0xc2 || lead > 0xf4) return replacement_character;
    const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    char32_t character = lead & (0x3fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xc0) != 0x80) return replacement_character;
        character = character << 6 | (byte(at + i) & 0x3f);
    }
    if (more == 2 && (character < 0x800 || (character >= 0xd800 && character < 0xe000))) return replacement_character;
    if (more == 3 && (character < 0x10000 || character > 0x10ffff)) return replacement_character;
    at += more;
    return character;
}

/// Bytes of the character at `at` (before the end); 0 where none begins.
inline std::size_t character_length(std::string_view text, std::size_t at) {
    std::size_t end = at;
    const char32_t character = next_character(text, end);
    return character == replacement_character && end == at + 1 ? 0 : end - at;
}

/// `character` must be a Unicode scalar value: no surrogate, at most U+10FFFF.
inline void append_utf8(std::string& out, char32_t character) {
    const auto put = [&](char32_t bits) { out += static_cast<char>(bits); };
    const auto put_more = [&](unsigned shift) { put(0x80 | (character >> shift & 0x3f)); };
    if (character < 0x80) return put(character);
    if (character < 0x800) return put(0xc0 | character >> 6), put_more(0);
    if (character < 0x10000) return put(0xe0 | character >> 12), put_more(6), put_more(0);
    put(0xf0 | character >> 18), put_more(12), put_more(6), put_more(0);
}

} // namespace greenbank
