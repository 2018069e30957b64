// read_number.h — decimal numbers of text, exactly as from_chars reads them, the usual short ones several times faster.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace greenbank::energy {

/// The whole of `text`: a sign, digits, a fraction, an exponent. No infinities, no names, no spaces.
inline std::optional<double> read_number(std::string_view text) {
    static constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *at = text.data(), *const end = at + text.size();
    const bool negative = at != end && *at == '-';
    if (negative || (at != end && *at == '+')) ++at;
    const char* const digits = at;
    std::uint64_t whole = 0;
    for (; at != end && *at >= '0' && *at <= '9'; ++at) whole = whole * 10 + static_cast<std::uint64_t>(*at - '0');
    std::size_t places = 0, count = static_cast<std::size_t>(at - digits);
    if (at != end && *at == '.') {
        const char* const fraction = ++at;
        for (; at != end && *at >= '0' && *at <= '9'; ++at) whole = whole * 10 + static_cast<std::uint64_t>(*at - '0');
        places = static_cast<std::size_t>(at - fraction);
        count += places;
    }
    if (count == 0) return {};
    if (at == end && count <= 15) { // both exact, so that one division rounds once
        const double value = static_cast<double>(whole) / powers[places];
        return negative ? -value : value;
    }
    double value = 0;
    const auto read = std::from_chars(digits, end, value);
    if (read.ec != std::errc() || read.ptr != end) return {};
    return negative ? -value : value;
}

} // namespace greenbank::energy
