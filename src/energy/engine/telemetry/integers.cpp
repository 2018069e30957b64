// integers.cpp — differences wrap around modulo 2^64, so that every sequence has them.
#include "energy/engine/telemetry/integers.h"

#include <algorithm>
#include <array>
#include <vector>

namespace greenbank::energy {

namespace {

constexpr std::size_t block = 128;
constexpr std::uint8_t straight = 3; // no rest at all: first and step say everything

using Unsigned = std::uint64_t;

std::int64_t less(std::int64_t one, std::int64_t other) { return static_cast<std::int64_t>(static_cast<Unsigned>(one) - static_cast<Unsigned>(other)); }

/// In place: each becomes its difference to the one before; the first becomes 0.
std::int64_t difference(std::span<std::int64_t> numbers) {
    const std::int64_t first = numbers[0];
    for (std::size_t i = numbers.size() - 1; i > 0; --i) numbers[i] = less(numbers[i], numbers[i - 1]);
    numbers[0] = 0;
    return first;
}

struct Range {
    std::int64_t least, most;
    unsigned width() const { return static_cast<unsigned>(std::bit_width(static_cast<Unsigned>(most) - static_cast<Unsigned>(least))); }
};
Range range_of(std::span<const std::int64_t> numbers) {
    Range range{numbers[0], numbers[0]};
    for (const std::int64_t number : numbers) {
        range.least = std::min(range.least, number);
        range.most = std::max(range.most, number);
    }
    return range;
}

std::size_t bits(std::span<const std::int64_t> numbers) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < numbers.size(); i += block) {
        const auto part = numbers.subspan(i, std::min(block, numbers.size() - i));
        sum += range_of(part).width() * part.size();
    }
    return sum;
}

void append_blocks(std::string& out, std::span<const std::int64_t> numbers) {
    for (std::size_t i = 0; i < numbers.size(); i += block) {
        const auto part = numbers.subspan(i, std::min(block, numbers.size() - i));
        const Range range = range_of(part);
        const unsigned width = range.width();
        out += static_cast<char>(width);
        append_varint(out, zigzag(range.least));
        const std::size_t begin = out.size();
        out.resize(begin + (part.size() * width + 7) / 8);
        char* at = out.data() + begin;
        Unsigned gathered = 0;
        unsigned held = 0;
        for (const std::int64_t number : part) {
            const Unsigned rest = static_cast<Unsigned>(number) - static_cast<Unsigned>(range.least);
            gathered |= rest << held;
            held += width;
            if (held < 64) continue;
            std::memcpy(at, &gathered, 8);
            at += 8;
            held -= 64;
            gathered = held > 0 ? rest >> (width - held) : 0;
        }
        std::memcpy(at, &gathered, (held + 7) / 8);
    }
}

/// The number that begins at that bit; eight bytes beyond it may be read.
Unsigned bits_at(const char* bytes, std::size_t bit, unsigned width) {
    Unsigned low, high;
    std::memcpy(&low, bytes + bit / 8, 8);
    const unsigned shift = bit % 8;
    low >>= shift;
    if (width + shift > 64) {
        std::memcpy(&high, bytes + bit / 8 + 8, 8);
        low |= high << (64 - shift);
    }
    return width == 64 ? low : low & ((Unsigned{1} << width) - 1);
}

bool read_blocks(ByteReader& in, std::span<std::int64_t> into) {
    std::array<char, block * 8 + 16> padded;
    for (std::size_t i = 0; i < into.size(); i += block) {
        const auto part = into.subspan(i, std::min(block, into.size() - i));
        const unsigned width = in.fixed<std::uint8_t>();
        const Unsigned least = static_cast<Unsigned>(from_zigzag(in.varint()));
        if (in.failed() || width > 64) return false;
        const std::size_t size = (part.size() * width + 7) / 8;
        const char* bytes = in.take(size);
        if (bytes == nullptr) return false;
        if (in.left() < 16) { // near the end: from a copy that may be read beyond
            std::memcpy(padded.data(), bytes, size);
            std::memset(padded.data() + size, 0, 16);
            bytes = padded.data();
        }
        if (width <= 56) {
            const Unsigned mask = (Unsigned{1} << width) - 1;
            std::size_t bit = 0;
            for (std::int64_t& number : part) {
                Unsigned eight;
                std::memcpy(&eight, bytes + bit / 8, 8);
                number = static_cast<std::int64_t>(((eight >> (bit % 8)) & mask) + least);
                bit += width;
            }
        } else {
            for (std::size_t k = 0; k < part.size(); ++k) part[k] = static_cast<std::int64_t>(bits_at(bytes, k * width, width) + least);
        }
    }
    return true;
}

/// Undoes difference(): each becomes the sum of all up to it, beginning with `first`.
void accumulate(std::span<std::int64_t> numbers, std::int64_t first) {
    Unsigned sum = static_cast<Unsigned>(first);
    for (std::int64_t& number : numbers) number = static_cast<std::int64_t>(sum += static_cast<Unsigned>(number));
}

} // namespace

void append_integers(std::string& out, std::span<const std::int64_t> numbers) {
    if (numbers.empty()) return;
    std::vector<std::int64_t> once(numbers.begin(), numbers.end());
    const std::int64_t first = difference(once);
    std::vector<std::int64_t> twice(once.begin() + (once.size() > 1), once.end());
    const std::int64_t step = difference(twice);
    if (std::all_of(twice.begin(), twice.end(), [](std::int64_t number) { return number == 0; })) {
        out += static_cast<char>(straight);
        append_varint(out, zigzag(first));
        append_varint(out, zigzag(step));
        return;
    }
    const std::span<const std::int64_t> after_first(once.begin() + 1, once.end()), after_step(twice.begin() + 1, twice.end());
    const std::size_t plain = bits(numbers), by_one = bits(after_first), by_two = bits(after_step);
    const std::uint8_t order = plain <= by_one && plain <= by_two ? 0 : by_one <= by_two ? 1 : 2;
    out += static_cast<char>(order);
    if (order > 0) append_varint(out, zigzag(first));
    if (order > 1) append_varint(out, zigzag(step));
    append_blocks(out, order == 0 ? numbers : order == 1 ? after_first : after_step);
}

bool read_integers(ByteReader& in, std::span<std::int64_t> into) {
    if (into.empty()) return true;
    const std::uint8_t order = in.fixed<std::uint8_t>();
    if (order > straight) return false;
    const std::int64_t first = order > 0 ? from_zigzag(in.varint()) : 0, step = order > 1 ? from_zigzag(in.varint()) : 0;
    if (in.failed()) return false;
    if (order == 0) return read_blocks(in, into);
    into[0] = 0;
    if (order == 1) {
        if (!read_blocks(in, into.subspan(1))) return false;
    } else {
        if (into.size() > 1) into[1] = 0;
        if (order == straight) std::fill(into.begin(), into.end(), 0);
        else if (into.size() < 2 || !read_blocks(in, into.subspan(2))) return false;
        accumulate(into.subspan(1), step);
    }
    accumulate(into, first);
    return true;
}

} // namespace greenbank::energy
