// characters.cpp — decoding UTF-8 and the character tables of XML.
#include "xml/characters.h"

#include <cstdint>

#include "kernel/result.h"

namespace greenbank::xml {

char32_t next_character(std::string_view& rest) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(rest[at]); };
    const std::uint8_t lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    char32_t character = length == 1 ? lead : lead & (0xFF >> (length + 1));
    bool sound = length == 1 || (lead >= 0xC2 && lead <= 0xF4 && rest.size() >= length);
    for (std::size_t i = 1; sound && i < length; ++i) {
        sound = (byte(i) & 0xC0) == 0x80;
        character = character << 6 | (byte(i) & 0x3F);
    }
    // longer than needed, a surrogate, or beyond Unicode
    if (length == 3) sound = sound && character >= 0x800 && (character < 0xD800 || character > 0xDFFF);
    if (length == 4) sound = sound && character >= 0x10000 && character <= 0x10FFFF;
    rest.remove_prefix(sound ? length : 1);
    return sound ? character : no_character;
}

void append_utf8(std::string& out, char32_t character) {
    require(character <= 0x10FFFF && (character < 0xD800 || character > 0xDFFF), "append_utf8() needs a scalar value");
    const auto put = [&](char32_t bits) { out += static_cast<char>(bits); };
    if (character < 0x80) return put(character);
    if (character < 0x800) return put(0xC0 | character >> 6), put(0x80 | (character & 0x3F));
    if (character < 0x10000) return put(0xE0 | character >> 12), put(0x80 | (character >> 6 & 0x3F)), put(0x80 | (character & 0x3F));
    put(0xF0 | character >> 18), put(0x80 | (character >> 12 & 0x3F)), put(0x80 | (character >> 6 & 0x3F)), put(0x80 | (character & 0x3F));
}

bool is_text(std::string_view bytes) {
    while (!bytes.empty())
        if (!is_character(next_character(bytes))) return false;
    return true;
}

bool is_name_start(char32_t c) {
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    static constexpr char32_t ranges[][2] = {{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F},
        {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
    for (const auto& [first, last] : ranges)
        if (c >= first && c <= last) return true;
    return false;
}

bool is_name_character(char32_t c) {
    if (c < 0x80) return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    return is_name_start(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) || (c >= 0x203F && c <= 0x2040);
}

bool is_name(std::string_view text) {
    if (text.empty() || !is_name_start(next_character(text))) return false;
    while (!text.empty())
        if (!is_name_character(next_character(text))) return false;
    return true;
}

} // namespace greenbank::xml
