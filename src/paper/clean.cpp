// clean.cpp — one pass over the characters.
#include "paper/clean.h"

#include <glib.h>

#include "kernel/text.h"

namespace greenbank::paper {

namespace {

constexpr int marks_max = 4;

bool is_line_end(gunichar c) { return c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029; }

/// Fixed spaces (no-break, thin, ideographic) mean something and stay.
bool is_loose_space(gunichar c) { return c == ' ' || c == '\t'; }

bool is_invisible(gunichar c) {
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT: // bidirectional controls, zero-width joiners, soft hyphens, byte-order marks, tags
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED: return true;
    default:
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 ||
               (c >= 0x17B4 && c <= 0x17B5) || (c >= 0x180B && c <= 0x180F) || c == 0x200B; // variation selectors, fillers
    }
}

void append(std::string& out, gunichar c) {
    char bytes[6];
    out.append(bytes, static_cast<std::size_t>(g_unichar_to_utf8(c, bytes)));
}

enum class Form { lines, one_line, piece };

std::string cleaned(std::string_view utf8, Form form) {
    std::string out;
    out.reserve(utf8.size());
    bool space = false, stands = false; // a space waits; a letter stands that marks can sit on
    int marks = 0;
    const char *at = utf8.data(), *end = at + utf8.size();
    while (at < end) {
        const gunichar c = g_utf8_get_char(at);
        at = g_utf8_next_char(at);
        if (is_line_end(c)) {
            if (c == '\r' && at < end && *at == '\n') continue; // its line feed follows
            stands = false;
            space = form == Form::one_line;
            if (form != Form::one_line) out += '\n';
            continue;
        }
        if (is_loose_space(c)) {
            space = true, stands = false;
            continue;
        }
        if (is_invisible(c)) continue;
        if (space && (form == Form::piece || (!out.empty() && out.back() != '\n'))) out += ' ';
        space = false;
        const GUnicodeType type = g_unichar_type(c);
        if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK || type == G_UNICODE_SPACING_MARK) {
            if (!stands) append(out, 0x25CC), marks = 0;
            stands = true;
            if (++marks > marks_max) continue;
        } else {
            stands = type != G_UNICODE_SPACE_SEPARATOR;
            marks = 0;
        }
        append(out, c);
    }
    if (form == Form::piece) {
        if (space) out += ' ';
        return out;
    }
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

} // namespace

std::string clean(std::string_view utf8) { return cleaned(utf8, Form::lines); }
std::string clean_line(std::string_view utf8) { return cleaned(utf8, Form::one_line); }
std::string clean_piece(std::string_view utf8) { return cleaned(utf8, Form::piece); }

std::string shortened(std::string_view text, std::size_t characters) {
    if (length_in_characters(text) <= characters) return std::string(text);
    const char* end = text.data();
    for (std::size_t i = 0; i + 1 < characters; ++i) end = g_utf8_next_char(end);
    return std::string(trim({text.data(), static_cast<std::size_t>(end - text.data())})) + "…";
}

} // namespace greenbank::paper
