// utf8.cpp — ASCII is looked at eight bytes at a time, the rest one character after the other.
#include "sheets/utf8.h"

#include <cstring>

namespace greenbank::sheets {

namespace {

std::size_t ascii_length(std::string_view text) {
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        if (word & 0x8080808080808080ULL) break;
    }
    while (at < text.size() && !(text[at] & 0x80)) ++at;
    return at;
}

} // namespace

bool is_ascii(std::string_view text) { return ascii_length(text) == text.size(); }

std::size_t sound_length(std::string_view text) {
    std::size_t at = ascii_length(text);
    while (at < text.size()) {
        const std::size_t length = character_length(text, at);
        if (length == 0) return at;
        at += length;
    }
    return at;
}

std::string replace_unsound(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = text[at] ? character_length(text, at) : 0;
        if (length) out.append(text, at, length);
        else append_utf8(out, replacement_character);
        at += length ? length : 1;
    }
    return out;
}

std::size_t utf16_length(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) units += ((c & 0xc0) != 0x80) + (static_cast<unsigned char>(c) >= 0xf0);
    return units;
}

} // namespace greenbank::sheets
