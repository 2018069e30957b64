// doubles.cpp — how many places, what is no decimal, and the whole numbers to integers.h.
#include "energy/engine/telemetry/doubles.h"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "energy/engine/telemetry/integers.h"

namespace greenbank::energy {

namespace {

using Bits = std::uint64_t;
constexpr std::array<double, 16> powers = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}; // exact
constexpr std::uint8_t as_patterns = 255;

/// Exact up to 2^51: adding pushes the fraction out, half to even.
double rounded(double value) {
    constexpr double push = 6755399441055744.0;
    return (value + push) - push;
}

/// The whole number that is this value at that many places, if it comes back the same; minus zero, infinities and NaN never do.
bool decimal(double value, double power, double& whole) {
    whole = rounded(value * power);
    return std::bit_cast<Bits>(whole / power) == std::bit_cast<Bits>(value) && whole < 0x1p51 && whole > -0x1p51;
}

/// The fewest places at which most of a sample are decimals.
std::size_t places_of(std::span<const double> values) {
    constexpr std::size_t sample = 64;
    const std::size_t step = std::max<std::size_t>(1, values.size() / sample);
    std::array<std::size_t, powers.size()> fits{};
    for (std::size_t i = 0; i < values.size(); i += step) {
        double whole;
        for (std::size_t places = 0; places < powers.size(); ++places)
            if (decimal(values[i], powers[places], whole)) ++fits[places];
    }
    return static_cast<std::size_t>(std::max_element(fits.begin(), fits.end()) - fits.begin());
}

void append_patterns(std::string& out, std::span<const double> values) {
    Bits any = 0;
    for (const double value : values) any |= std::bit_cast<Bits>(value);
    const unsigned shift = any == 0 ? 0 : static_cast<unsigned>(std::countr_zero(any)); // what was a float has 29 empty bits
    std::vector<std::int64_t> patterns(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) patterns[i] = static_cast<std::int64_t>(std::bit_cast<Bits>(values[i]) >> shift);
    out += static_cast<char>(as_patterns);
    out += static_cast<char>(shift);
    append_integers(out, patterns);
}

} // namespace

void append_doubles(std::string& out, std::span<const double> values) {
    const std::size_t places = places_of(values);
    const double power = powers[places];
    std::vector<std::int64_t> wholes(values.size());
    std::vector<std::size_t> aside;
    std::int64_t previous = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        double whole;
        if (decimal(values[i], power, whole)) previous = static_cast<std::int64_t>(whole);
        else aside.push_back(i);
        wholes[i] = previous;
    }
    if (aside.size() > values.size() / 8) return append_patterns(out, values);
    out += static_cast<char>(places);
    append_varint(out, aside.size());
    std::size_t before = 0;
    for (const std::size_t i : aside) {
        append_varint(out, i - before);
        append_fixed(out, std::bit_cast<Bits>(values[i]));
        before = i;
    }
    append_integers(out, wholes);
}

bool read_doubles(ByteReader& in, std::span<double> into) {
    if (into.empty()) return true;
    const std::uint8_t mode = in.fixed<std::uint8_t>();
    std::vector<std::int64_t> numbers(into.size());
    if (mode == as_patterns) {
        const std::uint8_t shift = in.fixed<std::uint8_t>();
        if (shift > 63 || !read_integers(in, numbers)) return false;
        for (std::size_t i = 0; i < into.size(); ++i) into[i] = std::bit_cast<double>(static_cast<Bits>(numbers[i]) << shift);
        return true;
    }
    if (mode >= powers.size()) return false;
    const std::uint64_t count = in.varint();
    if (in.failed() || count > into.size()) return false;
    std::vector<std::pair<std::size_t, Bits>> aside(count);
    std::size_t at = 0;
    for (auto& [place, bits] : aside) {
        const std::uint64_t step = in.varint();
        if (step >= into.size() - at) return false;
        place = at += step;
        bits = in.fixed<Bits>();
    }
    if (in.failed() || !read_integers(in, numbers)) return false;
    const double power = powers[mode];
    for (std::size_t i = 0; i < into.size(); ++i) into[i] = static_cast<double>(numbers[i]) / power;
    for (const auto& [place, bits] : aside) into[place] = std::bit_cast<double>(bits);
    return true;
}

} // namespace greenbank::energy
