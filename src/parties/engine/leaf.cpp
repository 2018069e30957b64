// leaf.cpp — a leaf's bytes, and its name on paper.
#include "parties/engine/leaf.h"

#include <algorithm>
#include <charconv>

#include "kernel/text.h"

namespace greenbank::parties {

namespace {

constexpr std::size_t code_digits = 16;

int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

} // namespace

bool is_leaf_kind(std::string_view kind) {
    return !kind.empty() && kind.size() <= 40 && std::all_of(kind.begin(), kind.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool is_leaf_subject(std::string_view subject) {
    return !subject.empty() && subject.size() <= leaf_subject_bytes_max && std::all_of(subject.begin(), subject.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string leaf_text(const Leaf& leaf) {
    require(is_leaf_kind(leaf.kind) && is_leaf_subject(leaf.subject), "a leaf's kind and subject are words of our own");
    return "greenbank leaf 1\n" + leaf.kind + "\n" + leaf.subject + "\n" + to_text(leaf.at) + "\n" + to_hex(bytes_of(leaf.digest)) + "\n";
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

std::optional<Hash32> hash_from_hex(std::string_view hex) {
    Hash32 hash{};
    if (hex.size() != 2 * hash.size()) return {};
    for (std::size_t i = 0; i < hash.size(); ++i) {
        const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return {};
        hash[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return hash;
}

} // namespace greenbank::parties
