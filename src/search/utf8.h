// One character after the other. Broken bytes come out as U+FFFD, one by one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace greenbank::search {

/// The character at `at`, which moves behind it.
inline char32_t next_character(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(at++);
    if (first < 0x80) return first;
    const std::size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4) return 0xfffd;
    char32_t c = first & (0x3fU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80) return 0xfffd;
        c = c << 6 | (byte(at + i) & 0x3fU);
    }
    at += more;
    return c;
}

inline void append_character(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    const auto put_more = [&](unsigned shift) { put(0x80 | ((c >> shift) & 0x3f)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xc0 | c >> 6), put_more(0);
    if (c < 0x10000) return put(0xe0 | c >> 12), put_more(6), put_more(0);
    put(0xf0 | c >> 18), put_more(12), put_more(6), put_more(0);
}

} // namespace greenbank::search
