// character_pairs.cpp — pairs as numbers: two code points of at most 21 bits.
#include "library/engine/character_pairs.h"

#include <algorithm>

namespace greenbank::library {

std::vector<std::uint64_t> character_pairs(std::string_view utf8) {
    std::vector<std::uint64_t> pairs;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        std::uint64_t point = length == 1 ? lead : lead & (0x7F >> length);
        for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) point = point << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
        i += length;
        const bool says_nothing = point < 0x80 && !((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9'));
        if (says_nothing) continue;
        if (before != 0) pairs.push_back(before << 21 | point);
        before = point;
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

std::size_t shared_pairs(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    std::size_t shared = 0;
    for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
        if (a[i] == b[k]) ++shared, ++i, ++k;
        else if (a[i] < b[k]) ++i;
        else ++k;
    }
    return shared;
}

} // namespace greenbank::library
