// turtle_read.cpp — a recursive-descent reader after the grammar of Turtle (clause 6.5).
#include <algorithm>

#include <fmt/format.h>

#include "rdf/iri.h"
#include "rdf/turtle.h"
#include "rdf/vocabulary.h"
#include "xml/characters.h"

namespace greenbank::rdf {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
int hex_digit(char c) { return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

class TurtleReader {
public:
    TurtleReader(std::string_view text, std::string_view base, const ReadLimits& limits) : text_(text), base_(base), limits_(limits) {}

    Result<Graph> read() {
        if (text_.size() > limits_.bytes_max)
            return Error{Failure::too_large, "rdf.too_large", "The file is larger than {limit} bytes.", {{"limit", std::to_string(limits_.bytes_max)}}};
        if (!is_utf8(text_)) return Error{Failure::malformed, "rdf.encoding", "The file is not in UTF-8."};
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        for (skip(); at_ < text_.size(); skip()) TRY(read_statement());
        return std::move(graph_);
    }

private:
    // Where we are, and what is wrong there.

    Error wrong(std::string expected, std::size_t at) const {
        const std::string_view before = text_.substr(0, at);
        const std::size_t line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        return {Failure::malformed, "rdf.turtle", "Line {line}, column {column}: {expected}.",
            {{"line", std::to_string(std::count(before.begin(), before.end(), '\n') + 1)},
                {"column", std::to_string(length_in_characters(before.substr(line_begin)) + 1)}, {"expected", std::move(expected)}}};
    }
    Error wrong(std::string expected) const { return wrong(std::move(expected), at_); }

    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    void skip() {
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '#') at_ = std::min(text_.find_first_of("\r\n", at_), text_.size() - 1);
            else if (text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\n' && text_[at_] != '\r') return;
        }
    }

    bool take(std::string_view token) {
        skip();
        if (!text_.substr(at_).starts_with(token)) return false;
        at_ += token.size();
        return true;
    }

    Result<Done> expect(std::string_view token) {
        if (take(token)) return Done{};
        return wrong(fmt::format("\"{}\" is expected", token));
    }

    /// The word, not as the beginning of a longer one nor of a prefixed name. A point behind it ends the statement.
    bool take_word(std::string_view word) {
        skip();
        if (!text_.substr(at_).starts_with(word)) return false;
        std::string_view rest = text_.substr(at_ + word.size());
        if (rest.starts_with(':') || (!rest.empty() && rest[0] != '.' && xml::is_name_character(xml::next_character(rest)))) return false;
        if (rest.starts_with('.') && word == "a") return false; // a prefix such as a.b
        at_ += word.size();
        return true;
    }

    /// As SPARQL writes it, in letters of either case.
    bool take_directive(std::string_view word) {
        std::string found(text_.substr(at_, word.size()));
        for (char& c : found) c = static_cast<char>(is_letter(c) ? c | 0x20 : c);
        return found == word && take_word(text_.substr(at_, word.size()));
    }

    Result<Done> deeper() {
        if (++depth_ <= limits_.depth_max) return Done{};
        return wrong(fmt::format("brackets are nested deeper than {} levels", limits_.depth_max));
    }

    Result<Done> add(const Term& subject, const Term& predicate, const Term& object) {
        graph_.add(subject, predicate, object);
        if (graph_.size() <= limits_.triples_max && graph_.bytes() <= limits_.terms_bytes_max) return Done{};
        return Error{Failure::too_large, "rdf.too_many", "The file holds more than {limit} statements, or their terms are too long.",
            {{"limit", std::to_string(limits_.triples_max)}}};
    }

    // Statements.

    Result<Done> read_statement() {
        const bool directive = peek() == '@';
        if (directive) ++at_;
        if (take_directive("prefix")) TRY(read_prefix());
        else if (take_directive("base")) base_ = TRY(read_iri_reference());
        else if (directive) return wrong("@prefix or @base is expected");
        else {
            TRY(read_triples());
            return expect(".");
        }
        return directive ? expect(".") : Done{};
    }

    Result<Done> read_prefix() {
        skip();
        const std::string prefix = TRY(read_prefix_name());
        std::string space = TRY(read_iri_reference());
        graph_.prefixes[prefix] = std::move(space);
        return Done{};
    }

    Result<Done> read_triples() {
        skip();
        if (peek() == '[') {
            bool anonymous = false;
            const Term subject = TRY(read_blank_with_properties(anonymous));
            skip();
            // A blank node with properties may stand alone; an empty one may not.
            return !anonymous && peek() == '.' ? Done{} : read_properties(subject);
        }
        const Term subject = peek() == '(' ? TRY(read_list()) : TRY(read_resource("a subject is expected"));
        return read_properties(subject);
    }

    Result<Done> read_properties(const Term& subject) {
        while (true) {
            skip();
            const Term predicate = take_word("a") ? iri(rdf("type")) : TRY(read_predicate());
            do {
                const Term object = TRY(read_object());
                TRY(add(subject, predicate, object));
            } while (take(","));
            if (!take(";")) return Done{};
            while (take(";")) {}
            skip();
            if (peek() == '.' || peek() == ']') return Done{}; // a last ; before the end
        }
    }

    Result<Term> read_predicate() {
        if (peek() == '_' && peek(1) == ':') return wrong("a predicate is no blank node");
        return read_resource("a predicate is expected");
    }

    Result<Term> read_blank_with_properties(bool& anonymous) {
        TRY(deeper());
        ++at_; // [
        const Term node = new_blank();
        anonymous = take("]");
        if (!anonymous) {
            TRY(read_properties(node));
            TRY(expect("]"));
        }
        --depth_;
        return node;
    }

    Result<Term> read_list() {
        TRY(deeper());
        ++at_; // (
        const Term first = iri(rdf("first")), rest = iri(rdf("rest")), nil = iri(rdf("nil"));
        std::optional<Term> head, last;
        while (!take(")")) {
            if (at_ >= text_.size()) return wrong("\")\" is expected");
            const Term node = new_blank();
            const Term item = TRY(read_object());
            if (last) TRY(add(*last, rest, node));
            else head = node;
            TRY(add(node, first, item));
            last = node;
        }
        if (last) TRY(add(*last, rest, nil));
        --depth_;
        return head ? *head : nil;
    }

    Result<Term> read_object() {
        skip();
        const char c = peek();
        bool anonymous = false;
        if (c == '[') return read_blank_with_properties(anonymous);
        if (c == '(') return read_list();
        if (c == '"' || c == '\'') return read_literal();
        if (is_digit(c) || c == '+' || c == '-' || (c == '.' && is_digit(peek(1)))) return read_number();
        if (take_word("true")) return typed("true", xsd("boolean"));
        if (take_word("false")) return typed("false", xsd("boolean"));
        return read_resource("an object is expected");
    }

    // Terms.

    /// Labels of the file and nodes without label never meet.
    Term new_blank() { return {Term::Kind::blank, "g" + std::to_string(anonymous_++)}; }

    Result<Term> read_resource(std::string_view expected) {
        skip();
        if (peek() == '<') return iri(TRY(read_iri_reference()));
        if (peek() == '_' && peek(1) == ':') {
            at_ += 2;
            const std::string label = TRY(read_name(true));
            if (label.empty()) return wrong("a blank node needs a label");
            return Term{Term::Kind::blank, "l" + label};
        }
        const std::size_t begin = at_;
        std::string name = read_prefix_letters();
        if (peek() != ':') return wrong(std::string(expected), begin);
        ++at_;
        const auto space = graph_.prefixes.find(name);
        if (space == graph_.prefixes.end()) return wrong(fmt::format("the prefix \"{}\" is not declared", name), begin);
        std::string whole = space->second + TRY(read_name(false));
        if (!is_iri(whole)) return wrong("this is no absolute IRI", begin);
        return iri(std::move(whole));
    }

    std::string read_prefix_letters() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && next_is_name_character(begin == at_)) advance();
        while (at_ > begin && text_[at_ - 1] == '.') --at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    Result<std::string> read_prefix_name() {
        std::string prefix = read_prefix_letters();
        if (peek() != ':') return wrong("a prefix with a colon is expected");
        ++at_;
        return prefix;
    }

    void advance() {
        std::string_view rest = text_.substr(at_);
        xml::next_character(rest);
        at_ = text_.size() - rest.size();
    }

    /// Letters of any script, and behind the first place also digits, - . and marks; _ is a matter of the place.
    bool next_is_name_character(bool first) const {
        std::string_view rest = text_.substr(at_);
        const char32_t c = xml::next_character(rest);
        return first ? c != '_' && xml::is_name_start(c) : xml::is_name_character(c);
    }

    /// The local part of a prefixed name, or the label of a blank node, which has no colons and escapes. Points end no name.
    Result<std::string> read_name(bool label) {
        std::string name;
        std::size_t points = 0;
        const auto put = [&](std::string_view piece) {
            name.append(points, '.') += piece;
            points = 0;
        };
        while (at_ < text_.size()) {
            const char c = peek();
            const bool first = name.empty() && points == 0;
            if (c == '.') {
                if (first) break;
                ++points, ++at_;
            } else if (!label && c == '%') {
                if (hex_digit(peek(1)) < 0 || hex_digit(peek(2)) < 0) return wrong("% needs two hexadecimal digits");
                put(text_.substr(at_, 3));
                at_ += 3;
            } else if (!label && c == '\\') {
                if (peek(1) == '\0' || std::string_view("_~.-!$&'()*+,;=/?#@%").find(peek(1)) == std::string_view::npos)
                    return wrong("there is no such escape in a name");
                put(text_.substr(at_ + 1, 1));
                at_ += 2;
            } else if (is_digit(c) || c == '_' || (!label && c == ':') || next_is_name_character(first)) {
                const std::size_t begin = at_;
                advance();
                put(text_.substr(begin, at_ - begin));
            } else {
                break;
            }
        }
        at_ -= points; // they end the statement
        return name;
    }

    Result<std::string> read_iri_reference() {
        skip();
        const std::size_t begin = at_;
        if (peek() != '<') return wrong("an IRI in < > is expected");
        ++at_;
        std::string reference;
        while (peek() != '>') {
            if (at_ >= text_.size() || peek() == '\n') return wrong("the IRI is not closed with >", begin);
            if (peek() == '\\') {
                TRY(read_escape(reference, false));
            } else {
                reference += text_[at_++];
            }
            if (reference.size() > iri_bytes_max) return wrong("the IRI is too long", begin);
        }
        ++at_;
        std::string whole = resolve(base_, reference);
        if (!is_iri(whole)) return wrong("this is no absolute IRI", begin);
        return whole;
    }

    /// At a backslash; of the short escapes only texts have any.
    Result<Done> read_escape(std::string& out, bool text) {
        const std::size_t begin = at_;
        const char kind = peek(1);
        at_ += 2;
        static constexpr std::string_view letters = "tbnrf\"'\\", meanings = "\t\b\n\r\f\"'\\";
        if (const std::size_t found = letters.find(kind); text && kind != '\0' && found != std::string_view::npos) {
            out += meanings[found];
            return Done{};
        }
        if (kind != 'u' && kind != 'U') return wrong("there is no such escape", begin);
        char32_t c = 0;
        for (int i = kind == 'u' ? 4 : 8; i > 0; --i, ++at_) {
            const int digit = hex_digit(peek());
            if (digit < 0) return wrong("the escape needs more hexadecimal digits", begin);
            c = c << 4 | static_cast<char32_t>(digit);
        }
        if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return wrong("there is no such character", begin);
        append_utf8(out, c);
        return Done{};
    }

    Result<Term> read_literal() {
        const std::size_t begin = at_;
        const char quote = peek();
        const bool is_long = peek(1) == quote && peek(2) == quote;
        at_ += is_long ? 3 : 1;
        std::string text;
        while (!(peek() == quote && (!is_long || (peek(1) == quote && peek(2) == quote)))) {
            if (at_ >= text_.size() || (!is_long && (peek() == '\n' || peek() == '\r'))) return wrong("the text is not closed", begin);
            if (peek() == '\\') TRY(read_escape(text, true));
            else text += text_[at_++];
        }
        at_ += is_long ? 3 : 1;
        if (peek() == '@') {
            ++at_;
            const std::size_t tag_begin = at_;
            while (is_letter(peek()) || (at_ > tag_begin && (is_digit(peek()) || peek() == '-'))) ++at_;
            const std::string_view tag = text_.substr(tag_begin, at_ - tag_begin);
            const std::string_view primary = tag.substr(0, tag.find('-'));
            if (primary.empty() || !std::all_of(primary.begin(), primary.end(), is_letter) || tag.back() == '-' || tag.find("--") != std::string_view::npos)
                return wrong("a language is expected", tag_begin);
            return literal(std::move(text), tag);
        }
        if (peek() != '^' || peek(1) != '^') return literal(std::move(text));
        at_ += 2;
        Term datatype = TRY(read_resource("a datatype is expected"));
        if (datatype.kind != Term::Kind::iri) return wrong("a datatype is no blank node", begin);
        return typed(std::move(text), std::move(datatype.value));
    }

    Result<Term> read_number() {
        const std::size_t begin = at_;
        if (peek() == '+' || peek() == '-') ++at_;
        const auto digits = [&] {
            const std::size_t from = at_;
            while (is_digit(peek())) ++at_;
            return at_ - from;
        };
        std::size_t count = digits();
        std::string_view type = "integer";
        const bool exponent_follows = (peek(1) | 0x20) == 'e' && (is_digit(peek(2)) || ((peek(2) == '+' || peek(2) == '-') && is_digit(peek(3))));
        if (peek() == '.' && (is_digit(peek(1)) || (count > 0 && exponent_follows))) {
            type = "decimal";
            ++at_;
            count += digits();
        }
        if (count == 0) return wrong("a number is expected", begin);
        if ((peek() | 0x20) == 'e') {
            type = "double";
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            if (digits() == 0) return wrong("the exponent of a number is expected");
        }
        return typed(std::string(text_.substr(begin, at_ - begin)), xsd(type));
    }

    std::string_view text_;
    std::string base_;
    const ReadLimits& limits_;
    Graph graph_;
    std::size_t at_ = 0, depth_ = 0;
    std::uint64_t anonymous_ = 0;
};

} // namespace

Result<Graph> read_turtle(std::string_view text, std::string_view base, const ReadLimits& limits) { return TurtleReader(text, base, limits).read(); }

} // namespace greenbank::rdf
