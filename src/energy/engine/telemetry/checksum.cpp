// checksum.cpp — the tables and the walk.
#include "energy/engine/telemetry/checksum.h"

#include <array>
#include <cstring>

namespace greenbank::energy {

namespace {

constexpr auto tables = [] {
    std::array<std::array<std::uint32_t, 256>, 8> made{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1) ^ (rest & 1 ? 0x82F63B78U : 0);
        made[0][byte] = rest;
    }
    for (std::size_t table = 1; table < 8; ++table)
        for (std::size_t byte = 0; byte < 256; ++byte) made[table][byte] = (made[table - 1][byte] >> 8) ^ made[0][made[table - 1][byte] & 255];
    return made;
}();

} // namespace

std::uint32_t checksum(std::string_view bytes) {
    std::uint32_t rest = ~0U;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t eight;
        std::memcpy(&eight, at, 8);
        eight ^= rest;
        rest = 0;
        for (unsigned i = 0; i < 8; ++i) rest ^= tables[7 - i][(eight >> (8 * i)) & 255];
    }
    for (; left > 0; --left, ++at) rest = (rest >> 8) ^ tables[0][(rest ^ static_cast<std::uint8_t>(*at)) & 255];
    return ~rest;
}

} // namespace greenbank::energy
