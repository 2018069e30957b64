// read_number.h — decimal numbers of text, exactly as from_chars reads them, the usual short ones several times faster.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace greenbank::energy {

/// The number that begins at `at`, which is then behind it: a sign, digits, a fraction, an exponent. No infinities, no names, no spaces.
inline std::optional<double> read_number(const char*& at, const char* const end) {
    static constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char* here = at;
    const bool negative = here != end && *here == '-';
    if (negative || (here != end && *here == '+')) ++here;
    const char* const digits = here;
    std::uint64_t whole = 0;
    for (; here != end && *here >= '0' && *here <= '9'; ++here) whole = whole * 10 + static_cast<std::uint64_t>(*here - '0');
    std::size_t places = 0, count = static_cast<std::size_t>(here - digits);
    if (here != end && *here == '.') {
        const char* const fraction = ++here;
        for (; here != end && *here >= '0' && *here <= '9'; ++here) whole = whole * 10 + static_cast<std::uint64_t>(*here - '0');
        places = static_cast<std::size_t>(here - fraction);
        count += places;
    }
    if (count == 0) return {};
    if (count <= 15 && (here == end || (*here != 'e' && *here != 'E'))) { // both exact, so that one division rounds once
        at = here;
        const double value = static_cast<double>(whole) / powers[places];
        return negative ? -value : value;
    }
    double value = 0;
    const auto read = std::from_chars(digits, end, value);
    if (read.ec != std::errc()) return {};
    at = read.ptr;
    return negative ? -value : value;
}

/// The whole of `text`.
inline std::optional<double> read_number(std::string_view text) {
    const char *at = text.data(), *const end = at + text.size();
    const auto value = read_number(at, end);
    return at == end ? value : std::nullopt;
}

} // namespace greenbank::energy
