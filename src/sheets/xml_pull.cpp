// xml_pull.cpp — one buffer, moved along; a piece of markup must fit into it, text need not.
#include "sheets/xml_pull.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include "sheets/utf8.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t buffer_size = 128 << 10;
constexpr std::size_t depth_max = 100, attributes_max = 64;
constexpr std::size_t reference_max = 12; // "&#x10FFFF;" and a little more

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || (c & 0x80); }
bool ends_name(char c) { return is_space(c) || c == '=' || c == '/' || c == '>' || c == '<' || c == '"' || c == '\''; }

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

/// The character that "amp" or "#x41" stands for; nothing for other entities, U+FFFD for characters that no text may have.
std::optional<char32_t> character_of(std::string_view reference) {
    if (reference == "amp") return U'&';
    if (reference == "lt") return U'<';
    if (reference == "gt") return U'>';
    if (reference == "quot") return U'"';
    if (reference == "apos") return U'\'';
    if (!reference.starts_with('#')) return {};
    const bool hexadecimal = reference.starts_with("#x");
    const std::string_view digits = reference.substr(hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    if (digits.empty() || read.ptr != digits.data() + digits.size()) return {};
    if (read.ec != std::errc() || !is_xml_character(code)) return replacement_character;
    return static_cast<char32_t>(code);
}

/// Bytes that text cannot simply be copied past.
constexpr auto special_bytes = [] {
    std::array<bool, 256> special{};
    for (int c = 0; c < 0x20; ++c) special[static_cast<std::size_t>(c)] = c != '\t' && c != '\n';
    special['&'] = true;
    return special;
}();

} // namespace

XmlPull::XmlPull(std::string part, Fill fill) :
    part_(std::move(part)), fill_(std::move(fill)), buffer_(std::make_unique_for_overwrite<char[]>(buffer_size)), at_(buffer_.get()), end_(buffer_.get()) {}

bool XmlPull::more() {
    if (ended_) return false;
    const auto held = static_cast<std::size_t>(end_ - at_);
    if (held == buffer_size) return false;
    std::memmove(buffer_.get(), at_, held);
    at_ = buffer_.get();
    end_ = at_ + held;
    const Result<std::size_t> got = fill_(end_, buffer_size - held);
    if (!got) {
        error_ = std::make_unique<Error>(got.error());
        ended_ = true;
        return false;
    }
    end_ += got.value();
    ended_ = got.value() == 0;
    return !ended_;
}

bool XmlPull::have(std::size_t count) {
    while (static_cast<std::size_t>(end_ - at_) < count)
        if (!more()) return false;
    return true;
}

XmlPull::Token XmlPull::fail(Error error) {
    if (!error_) error_ = std::make_unique<Error>(std::move(error)); // a failed read came first
    return Token::failed;
}

XmlPull::Token XmlPull::malformed() {
    return fail({Failure::malformed, "sheets.malformed_xml",
        "The part {part} of the workbook is not well-formed; open the file in a spreadsheet and save it again.", {{"part", part_}}});
}

std::string_view XmlPull::attribute(std::string_view name) const {
    for (const auto& [key, value] : attributes_)
        if (key == name) return value;
    return {};
}

XmlPull::Token XmlPull::next() {
    if (error_) return Token::failed;
    if (at_begin_ && !read_declaration()) return Token::failed;
    if (self_closed_) {
        self_closed_ = false;
        return close_element();
    }
    if (in_cdata_) return text_piece();
    while (true) {
        if (at_ == end_ && !more()) return error_ || !starts_.empty() || open_.empty() ? malformed() : Token::finished;
        const Token token = *at_ == '<' ? markup() : text_piece();
        if (token != Token::text || !text_.empty()) return token;
    }
}

XmlPull::Token XmlPull::skip() {
    const std::size_t outside = starts_.size() - 1;
    while (true) {
        const Token token = next();
        if (token == Token::failed || token == Token::finished) return Token::failed;
        if (token == Token::end && starts_.size() == outside) return token;
    }
}

XmlPull::Token XmlPull::skip_unread() {
    if (self_closed_) return next();
    const std::string mark = "</" + open_.substr(starts_.back());
    if (!skip_past(mark)) return malformed();
    // Back to the begin of the end tag; it is still in the buffer.
    at_ -= mark.size();
    return next();
}

/// The byte-order mark and the XML declaration: only UTF-8 is spoken here, as by every spreadsheet.
bool XmlPull::read_declaration() {
    at_begin_ = false;
    have(3);
    const auto starts_with = [&](std::string_view mark) { return std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(mark); };
    if (starts_with("\xEF\xBB\xBF")) at_ += 3;
    if (have(6) && starts_with("<?xml ")) {
        char* mark = nullptr;
        while (!(mark = static_cast<char*>(memchr(at_, '>', static_cast<std::size_t>(end_ - at_)))) && more()) {}
        const std::string_view declaration(at_, mark ? static_cast<std::size_t>(mark - at_) : 0);
        if (const std::size_t at = declaration.find("encoding"); at != std::string_view::npos) {
            std::string encoding;
            for (const char c : declaration.substr(at + 8))
                if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') encoding += c;
                else if (c >= 'A' && c <= 'Z') encoding += static_cast<char>(c - 'A' + 'a');
                else if (is_space(c) && !encoding.empty()) break;
                else if ((c == '"' || c == '\'') && !encoding.empty()) break;
            if (encoding != "utf-8" && encoding != "utf8" && encoding != "us-ascii") return malformed(), false;
        }
    }
    return !error_;
}

bool XmlPull::skip_past(std::string_view mark) {
    while (true) {
        const auto found = std::string_view(at_, static_cast<std::size_t>(end_ - at_)).find(mark);
        if (found != std::string_view::npos) {
            at_ += found + mark.size();
            return true;
        }
        const std::size_t kept = std::min(mark.size() - 1, static_cast<std::size_t>(end_ - at_));
        at_ = end_ - kept;
        if (!more()) return false;
    }
}

XmlPull::Token XmlPull::markup() {
    have(9);
    const std::string_view ahead(at_, static_cast<std::size_t>(end_ - at_));
    text_ = {};
    if (ahead.starts_with("</")) return end_tag();
    if (ahead.starts_with("<?")) return skip_past("?>") ? Token::text : malformed();
    if (ahead.starts_with("<!--")) {
        at_ += 4;
        return skip_past("-->") ? Token::text : malformed();
    }
    if (ahead.starts_with("<![CDATA[")) {
        if (starts_.empty()) return malformed();
        at_ += 9;
        in_cdata_ = true;
        return text_piece();
    }
    if (ahead.starts_with("<!"))
        return fail({Failure::malformed, "sheets.dtd",
            "The part {part} of the workbook declares a document type, which no workbook needs; the file is refused.", {{"part", part_}}});
    return start_tag();
}

XmlPull::Token XmlPull::start_tag() {
    while (true) { // again from the begin when the tag goes on past the buffer
        attributes_.clear();
        const char *p = at_ + 1, *const end = end_;
        while (p < end && !ends_name(*p)) ++p;
        const std::string_view qualified(at_ + 1, static_cast<std::size_t>(p - at_ - 1));
        while (true) {
            const char* const gap = p;
            while (p < end && is_space(*p)) ++p;
            if (p == end) break;
            const bool closed = *p == '/';
            if (closed && ++p == end) break;
            if (*p == '>') {
                if (qualified.empty() || !is_name_start(qualified[0]) || starts_.size() >= depth_max || (starts_.empty() && !open_.empty())) return malformed();
                name_ = local_name(qualified);
                starts_.push_back(starts_.empty() ? 0 : open_.size());
                open_ += qualified;
                self_closed_ = closed;
                at_ += p + 1 - at_;
                return Token::start;
            }
            if (closed || p == gap || !is_name_start(*p) || attributes_.size() == attributes_max) return malformed();
            const char* const key = p;
            while (p < end && !ends_name(*p)) ++p;
            const std::string_view key_name(key, static_cast<std::size_t>(p - key));
            while (p < end && is_space(*p)) ++p;
            if (p == end) break;
            if (*p != '=') return malformed();
            ++p;
            while (p < end && is_space(*p)) ++p;
            if (p == end) break;
            if (*p != '"' && *p != '\'') return malformed();
            const char* const value = p + 1;
            const char* const close = static_cast<const char*>(memchr(value, *p, static_cast<std::size_t>(end - value)));
            if (!close) {
                p = end;
                break;
            }
            attributes_.emplace_back(key_name, std::string_view(value, static_cast<std::size_t>(close - value)));
            p = close + 1;
        }
        if (!more()) return malformed();
    }
}

XmlPull::Token XmlPull::end_tag() {
    char* close = nullptr;
    while (!(close = static_cast<char*>(memchr(at_, '>', static_cast<std::size_t>(end_ - at_)))))
        if (!more()) return malformed();
    std::string_view qualified(at_ + 2, static_cast<std::size_t>(close - at_ - 2));
    while (!qualified.empty() && is_space(qualified.back())) qualified.remove_suffix(1);
    if (starts_.empty() || std::string_view(open_).substr(starts_.back()) != qualified) return malformed();
    at_ = close + 1;
    return close_element();
}

XmlPull::Token XmlPull::close_element() {
    attributes_.clear();
    closed_name_.assign(open_, starts_.back());
    name_ = local_name(closed_name_);
    if (starts_.size() > 1) open_.resize(starts_.back()); // the root's name stays: a second root is refused
    starts_.pop_back();
    return Token::end;
}

XmlPull::Token XmlPull::text_piece() {
    verbatim_ = in_cdata_;
    const std::string_view stop = in_cdata_ ? "]]>" : "<";
    while (true) {
        const std::string_view ahead(at_, static_cast<std::size_t>(end_ - at_));
        const std::size_t found = ahead.find(stop);
        if (found != std::string_view::npos) {
            text_ = ahead.substr(0, found);
            at_ += found + (in_cdata_ ? stop.size() : 0);
            in_cdata_ = false;
            break;
        }
        if (more()) continue;
        if (ended_) { // white space may follow the root
            text_ = ahead;
            at_ = end_;
            return starts_.empty() && !in_cdata_ && !error_ && is_blank() ? (text_ = {}, Token::text) : malformed();
        }
        // The buffer is full of text: give it out but for what may go on behind it, a reference, a line end, the stop.
        std::size_t whole = ahead.size() - reference_max;
        const std::size_t reference = ahead.find('&', whole);
        if (reference != std::string_view::npos) whole = reference;
        while (whole > 0 && (ahead[whole - 1] == '\r' || ahead[whole - 1] == ']')) --whole;
        if (const std::size_t open = ahead.rfind('&', whole - 1); !in_cdata_ && open != std::string_view::npos && whole - open < reference_max &&
                                                                  ahead.substr(open, whole - open).find(';') == std::string_view::npos)
            whole = open;
        if (whole == 0) return malformed();
        text_ = ahead.substr(0, whole);
        at_ += whole;
        break;
    }
    if (starts_.empty()) return is_blank() ? (text_ = {}, Token::text) : malformed();
    return Token::text;
}

bool XmlPull::is_blank() const { return std::all_of(text_.begin(), text_.end(), is_space); }

bool XmlPull::append_text(std::string& out) {
    bool sound = true;
    for (std::size_t at = 0; at < text_.size();) {
        std::size_t plain = at;
        while (plain < text_.size() && !special_bytes[static_cast<unsigned char>(text_[plain])]) ++plain;
        out.append(text_, at, plain - at);
        if (plain == text_.size()) break;
        at = plain + 1;
        if (text_[plain] == '\r') { // line ends become \n (XML 1.0, 2.11)
            out += '\n';
            at += at < text_.size() && text_[at] == '\n';
        } else if (text_[plain] == '&' && verbatim_) {
            out += '&';
        } else if (text_[plain] == '&') {
            const std::size_t end = text_.substr(0, plain + reference_max).find(';', plain);
            const auto character = end == std::string_view::npos ? std::nullopt : character_of(text_.substr(plain + 1, end - plain - 1));
            if (!character) { // an entity that only a DTD could have declared
                malformed();
                return false;
            }
            sound = sound && *character != replacement_character;
            append_utf8(out, *character);
            at = end + 1;
        } else {
            append_utf8(out, replacement_character);
            sound = false;
        }
    }
    return sound;
}

} // namespace greenbank::sheets
