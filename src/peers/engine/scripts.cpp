// scripts.cpp — counting letters.
#include "peers/engine/scripts.h"

#include <cstdint>

namespace greenbank::peers {

Language language_by_letters(std::string_view utf8) {
    std::size_t latin = 0, cyrillic = 0;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        std::uint32_t character = length == 1 ? byte : byte & (0xFFu >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) character = character << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
        if ((character >= 0x4E00 && character <= 0x9FFF) || (character >= 0x3400 && character <= 0x4DBF)) return Language::zh;
        if (character >= 0x400 && character <= 0x52F) ++cyrillic;
        if ((character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')) ++latin;
        i += length;
    }
    return cyrillic > latin ? Language::ru : Language::en;
}

std::string shortened(std::string_view utf8, std::size_t characters_max) {
    if (length_in_characters(utf8) <= characters_max) return std::string(utf8);
    std::size_t end = 0;
    for (std::size_t characters = 0; end < utf8.size(); ++end) {
        if ((static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) continue;
        if (++characters == characters_max) break; // room for the ellipsis
    }
    std::string_view kept = utf8.substr(0, end);
    if (const std::size_t space = kept.rfind(' '); space != std::string_view::npos && space + 40 > kept.size()) kept = kept.substr(0, space);
    return std::string(kept) + "…";
}

} // namespace greenbank::peers
