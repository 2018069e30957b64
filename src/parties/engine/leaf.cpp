// leaf.cpp — a leaf's bytes, and its name on paper.
#include "parties/engine/leaf.h"

#include <algorithm>
#include <charconv>

#include "kernel/text.h"

namespace greenbank::parties {

namespace {

constexpr std::size_t code_digits = 16;

using Digits = std::array<signed char, 256>;

/// What each character counts as; -1: it is none.
constexpr Digits values_of(std::string_view digits) {
    Digits values{};
    values.fill(-1);
    for (std::size_t i = 0; i < digits.size(); ++i) values[static_cast<unsigned char>(digits[i])] = static_cast<signed char>(i);
    return values;
}
constexpr Digits hex_values = values_of("0123456789abcdef");
constexpr Digits base64_values = values_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

int digit(char c) { return hex_values[static_cast<unsigned char>(c)]; }

} // namespace

bool is_leaf_kind(std::string_view kind) {
    return !kind.empty() && kind.size() <= 40 && std::all_of(kind.begin(), kind.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool is_leaf_subject(std::string_view subject) {
    return !subject.empty() && subject.size() <= leaf_subject_bytes_max &&
           std::all_of(subject.begin(), subject.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string leaf_text(const Leaf& leaf) {
    require(is_leaf_kind(leaf.kind) && is_leaf_subject(leaf.subject), "a leaf's kind and subject are words of our own");
    std::string text;
    text.reserve(128 + leaf.kind.size() + leaf.subject.size());
    text += "greenbank leaf 1\n";
    for (const std::string_view line : {std::string_view(leaf.kind), std::string_view(leaf.subject)}) (text += line) += '\n';
    (text += to_text(leaf.at)) += '\n';
    return (text += to_hex(bytes_of(leaf.digest))) += '\n';
}

std::string leaf_code(std::uint64_t position, const Hash32& leaf_hash) {
    return std::to_string(position) + "-" + to_hex(bytes_of(leaf_hash).substr(0, code_digits / 2));
}

std::optional<LeafCode> parse_leaf_code(std::string_view code) {
    LeafCode read;
    const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), read.position);
    if (error != std::errc() || (code[0] == '0' && end != code.data() + 1)) return {};
    code.remove_prefix(static_cast<std::size_t>(end - code.data()));
    if (code.size() != code_digits + 1 || code[0] != '-') return {};
    read.beginning = code.substr(1);
    if (std::any_of(read.beginning.begin(), read.beginning.end(), [](char c) { return digit(c) < 0; })) return {};
    return read;
}

std::optional<Hash32> hash_from_base64(std::string_view text) {
    if (text.size() != hash_base64_characters || text.back() != '=') return {};
    Hash32 hash{};
    std::uint32_t held = 0;
    int bits = 0, wrong = 0;
    std::size_t at = 0;
    for (const char c : text.substr(0, hash_base64_characters - 1)) {
        const int value = base64_values[static_cast<unsigned char>(c)];
        wrong |= value;
        held = held << 6 | static_cast<std::uint32_t>(value & 63);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        hash[at++] = static_cast<unsigned char>(held >> bits & 255);
    }
    if (wrong < 0 || (held & 3) != 0) return {}; // the last two bits say nothing, and must be zero
    return hash;
}

std::optional<Hash32> hash_from_hex(std::string_view hex) {
    Hash32 hash{};
    if (hex.size() != 2 * hash.size()) return {};
    int wrong = 0; // looked at once: a million hashes are read when a log is verified
    for (std::size_t i = 0; i < hash.size(); ++i) {
        const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        wrong |= high | low;
        hash[i] = static_cast<unsigned char>((high & 15) << 4 | (low & 15));
    }
    if (wrong < 0) return {};
    return hash;
}

} // namespace greenbank::parties
