// tree_head.cpp — lines there and back.
#include "parties/engine/tree_head.h"

#include <algorithm>
#include <charconv>

#include "kernel/text.h"

namespace greenbank::parties {

namespace {

constexpr std::string_view previous_word = "previous ";

Error malformed(std::string_view what) {
    return {Failure::malformed, "log.head_malformed", "This is not a signed head of a log: {what}.", {{"what", std::string(what)}}};
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (error != std::errc() || end != text.data() + text.size() || (text.size() > 1 && text[0] == '0')) return {};
    return size;
}

std::string previous_line(Digest digest, std::string_view text) { return std::string(previous_word) + to_base64(bytes_of(digest({&text, 1}))); }

} // namespace

std::string note_text(const TreeHead& head) {
    std::string text = head.origin + "\n" + std::to_string(head.size) + "\n" + to_base64(bytes_of(head.root)) + "\n";
    for (const std::string& line : head.extensions) text += line + "\n";
    return text;
}

Result<TreeHead> parse_tree_head(std::string_view text) {
    if (text.size() > note_bytes_max) return malformed("it is longer than 64 KiB");
    if (!is_utf8(text)) return malformed("it is not UTF-8");
    if (!text.ends_with('\n')) return malformed("its last line does not end");
    text.remove_suffix(1);
    const std::vector<std::string_view> lines = split(text, '\n');
    if (lines.size() < 3) return malformed("it needs three lines: the log's name, its size and its root");
    if (std::any_of(lines.begin(), lines.end(), [](std::string_view line) { return line.empty(); })) return malformed("it has an empty line");
    const auto size = parse_size(lines[1]);
    if (!size) return malformed("its second line is not a size");
    const auto root = from_base64(lines[2]);
    if (!root || root->size() != 32) return malformed("its third line is not a hash of 32 bytes in base64");
    TreeHead head{std::string(lines[0]), *size, {}, {lines.begin() + 3, lines.end()}};
    std::copy(root->begin(), root->end(), head.root.begin());
    return head;
}

TreeHead next_head(Digest digest, std::string_view previous_text, std::string origin, std::uint64_t size, const Hash32& root) {
    return {std::move(origin), size, root, {previous_line(digest, previous_text)}};
}

bool follows(Digest digest, const TreeHead& head, std::string_view previous_text) {
    const auto previous = parse_tree_head(previous_text);
    if (!previous || previous.value().origin != head.origin || previous.value().size > head.size) return false;
    return std::count(head.extensions.begin(), head.extensions.end(), previous_line(digest, previous_text)) == 1;
}

} // namespace greenbank::parties
