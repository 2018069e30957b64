// characters.cpp — the character tables of XML.
#include "xml/characters.h"

#include "kernel/utf8.h"

namespace greenbank::xml {

char32_t next_character(std::string_view& rest) {
    std::size_t taken = 0;
    const char32_t character = greenbank::next_character(rest, taken);
    rest.remove_prefix(taken);
    return character == replacement_character && taken == 1 ? no_character : character;
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
