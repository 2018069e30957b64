// bundle_leaf.cpp — members in their usual order, one after another.
#include "parties/log/bundle_leaf.h"

#include <charconv>

#include "kernel/text.h"

namespace greenbank::parties {

namespace {

/// The rest of a line; any step that does not fit makes it useless for good.
class Rest {
public:
    explicit Rest(std::string_view rest) : rest_(rest) {}

    bool skip(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    /// Up to a double quote, which is left out; escapes do not count as such.
    std::optional<std::string_view> bare_text() {
        const std::size_t end = rest_.find('"');
        if (end == std::string_view::npos) return {};
        const std::string_view text = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return text;
    }
    /// The same with JSON's short escapes undone (RFC 8259 §7); \u is left to the general way.
    std::optional<std::string> text() {
        std::string out;
        out.reserve(rest_.size());
        for (;;) {
            std::size_t plain = 0;
            while (plain < rest_.size() && rest_[plain] != '"' && rest_[plain] != '\\' && static_cast<unsigned char>(rest_[plain]) >= 0x20) ++plain;
            out.append(rest_.substr(0, plain));
            rest_.remove_prefix(plain);
            if (skip("\"")) return out;
            if (rest_.size() < 2 || rest_[0] != '\\') return {};
            static constexpr std::string_view escapes = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
            const std::size_t which = escapes.find(rest_[1]);
            if (which == std::string_view::npos) return {};
            out += meant[which];
            rest_.remove_prefix(2);
        }
    }
    std::optional<std::uint64_t> number() {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        const auto length = static_cast<std::size_t>(end - rest_.data());
        if (error != std::errc() || number > INT64_MAX || (rest_[0] == '0' && length > 1)) return {};
        rest_.remove_prefix(length);
        return number;
    }
    bool over() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

} // namespace

std::optional<PlainLeaf> read_plain_leaf(std::string_view line) {
    Rest rest(line);
    if (!rest.skip("{\"leaf\":")) return {};
    const auto position = rest.number();
    if (!position || !rest.skip(",\"kind\":\"")) return {};
    const auto kind = rest.bare_text();
    if (!kind || !is_leaf_kind(*kind) || !rest.skip(",\"subject\":\"")) return {};
    const auto subject = rest.bare_text();
    if (!subject || subject->find('\\') != std::string_view::npos || !is_leaf_subject(*subject) || !rest.skip(",\"at\":\"")) return {};
    const auto at = parse_time(rest.bare_text().value_or(""));
    if (!at || !rest.skip(",\"digest\":\"")) return {};
    const auto digest = hash_from_hex(rest.bare_text().value_or(""));
    if (!digest || !rest.skip(",\"leaf_hash\":\"")) return {};
    const auto hash = hash_from_hex(rest.bare_text().value_or(""));
    if (!hash) return {};
    PlainLeaf read{{*position, {std::string(*kind), std::string(*subject), *at, *digest}, true, {}}, hash};
    if (rest.skip(",\"content\":\"")) {
        read.leaf.content = rest.text();
        if (!read.leaf.content || !is_utf8(*read.leaf.content)) return {};
    }
    if (!rest.skip("}") || !rest.over()) return {};
    return read;
}

} // namespace greenbank::parties
