// shared_strings.cpp — one pass over the part into one string.
#include "sheets/shared_strings.h"

#include <algorithm>

#include "sheets/utf8.h"

namespace greenbank::sheets {

namespace {

using Token = XmlPull::Token;

/// `<t>`: white space at its ends counts only where it says so; spreadsheets drop it otherwise.
bool read_text_element(XmlPull& xml, std::size_t most, std::string& text, TextFlaw& flaw) {
    const bool preserved = xml.attribute("xml:space") == "preserve";
    const std::size_t begin = text.size();
    for (Token token = xml.next(); token != Token::end; token = xml.next()) {
        if (token == Token::start) token = xml.skip();
        else if (token == Token::text && text.size() < most && !xml.append_text(text)) flaw = TextFlaw::character;
        if (token == Token::failed || token == Token::finished) return false;
    }
    if (preserved) return true;
    constexpr std::string_view space = " \t\r\n";
    const std::size_t last = text.find_last_not_of(space);
    text.resize(last == std::string::npos || last < begin ? begin : last + 1);
    text.erase(begin, std::min(text.find_first_not_of(space, begin), text.size()) - begin);
    return true;
}

int hexadecimal(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/// The UTF-16 unit that "_xHHHH_" at `at` stands for, or -1.
int escaped_unit(std::string_view text, std::size_t at) {
    if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return -1;
    int unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        if (hexadecimal(text[i]) < 0) return -1;
        unit = unit * 16 + hexadecimal(text[i]);
    }
    return unit;
}

bool is_high_surrogate(int unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low_surrogate(int unit) { return unit >= 0xdc00 && unit < 0xe000; }

} // namespace

bool read_string_item(XmlPull& xml, std::size_t most, std::string& text, TextFlaw& flaw) {
    const std::size_t outside = xml.depth() - 1;
    while (true) {
        const Token token = xml.next();
        if (token == Token::failed || token == Token::finished) return false;
        if (token == Token::end && xml.depth() == outside) break;
        if (token != Token::start) continue;
        if (xml.name() == "t") {
            if (!read_text_element(xml, most, text, flaw)) return false;
        } else if (xml.name() != "r") { // rPr, rPh, phoneticPr: looks and pronunciation
            if (xml.skip() == Token::failed) return false;
        }
    }
    decode_escapes(text, flaw);
    if (const std::size_t sound = sound_length(text); sound != text.size()) {
        text = replace_unsound(text);
        flaw = TextFlaw::character;
    }
    return true;
}

void decode_escapes(std::string& text, TextFlaw& flaw) {
    std::size_t at = text.find("_x");
    if (at == std::string::npos) return;
    std::string out;
    std::size_t copied = 0;
    while (at != std::string::npos) {
        const int unit = escaped_unit(text, at);
        if (unit < 0) {
            at = text.find("_x", at + 1);
            continue;
        }
        out.append(text, copied, at - copied);
        copied = at + 7;
        char32_t character = static_cast<char32_t>(unit);
        if (is_high_surrogate(unit)) {
            const int low = escaped_unit(text, copied);
            if (is_low_surrogate(low)) {
                character = 0x10000 + ((static_cast<char32_t>(unit) & 0x3ff) << 10 | (static_cast<char32_t>(low) & 0x3ff));
                copied += 7;
            }
        }
        // Control characters are what the escape is for; a lone surrogate or a NUL is no text.
        if (character == 0 || (character >= 0xd800 && character < 0xe000)) {
            character = replacement_character;
            flaw = TextFlaw::character;
        }
        append_utf8(out, character);
        at = text.find("_x", copied);
    }
    out.append(text, copied);
    text = std::move(out);
}

TextFlaw SharedStrings::flaw(std::size_t index) const {
    return std::binary_search(flawed_.begin(), flawed_.end(), static_cast<std::uint32_t>(index)) ? TextFlaw::character : TextFlaw::none;
}

Result<SharedStrings> SharedStrings::read(const Package& package, std::string_view part, const Limits& limits) {
    PartStream stream = TRY(package.stream(part));
    SharedStrings shared;
    // Texts are shorter than their XML; pages that are never touched cost nothing.
    shared.texts_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(stream.size(), limits.shared_string_bytes)));
    XmlPull xml(std::string(part), [&](char* into, std::size_t length) { return stream.read(into, length); });
    std::string text;
    while (true) {
        const Token token = xml.next();
        if (token == Token::failed) return xml.error();
        if (token == Token::finished) break;
        if (token != Token::start || xml.depth() != 2) continue;
        if (xml.name() != "si") {
            if (xml.skip() == Token::failed) return xml.error();
            continue;
        }
        text.clear();
        TextFlaw flaw = TextFlaw::none;
        // One piece over the limit is enough to see that a cell is too long.
        if (!read_string_item(xml, limits.xlsx_cell_length * std::size_t{4} + 1, text, flaw)) return xml.error();
        if (shared.ends_.size() >= limits.shared_strings || shared.texts_.size() + text.size() > limits.shared_string_bytes)
            return Error{Failure::too_large, "sheets.shared_strings", "The workbook has more different texts than are allowed; split the table."};
        if (flaw != TextFlaw::none) shared.flawed_.push_back(static_cast<std::uint32_t>(shared.ends_.size()));
        shared.texts_ += text;
        shared.ends_.push_back(static_cast<std::uint32_t>(shared.texts_.size()));
    }
    return shared;
}

} // namespace greenbank::sheets
