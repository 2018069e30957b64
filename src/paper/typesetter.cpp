// typesetter.cpp — boxes out of Pango's break opportunities; lines filled, stretched and drawn.
#include "paper/typesetter.h"

#include <algorithm>
#include <cmath>

#include "paper/clean.h"

namespace greenbank::paper {

namespace {

constexpr double raised_scale = 0.68, raised_by = 0.36; // of the size
/// Room that may be given between ideographs, in em. Readers of the file take wider gaps (from 0.1 em) for spaces, and searching would suffer.
constexpr double wide_gap_max = 0.085;
constexpr double script_gap = 0.08;   // between an ideograph and a Latin letter or figure, in em
constexpr double space_gap_max = 1.0; // a line that would need wider spaces stays short
constexpr std::size_t word_bytes_max = 200;

bool is_opening(char32_t c) { return c == 0x201C || c == 0x2018; }
bool is_closing(char32_t c) { return c == 0x201D || c == 0x2019; }

/// Whether quotation marks, dashes and dots at [begin, end) of `text` stand beside an ideograph.
bool beside_wide(std::string_view text, std::size_t begin, std::size_t end) {
    const auto wide_at = [&](const char* at) { return is_wide(g_utf8_get_char(at)); };
    const char *from = text.data() + begin, *to = text.data() + end;
    bool any = false;
    for (const char* at = from; at < to; at = g_utf8_next_char(at)) {
        if (wide_at(at)) return true;
        any = any || is_ambiguous(g_utf8_get_char(at));
    }
    if (!any) return false;
    const char* before = from;
    while (before > text.data()) {
        before = g_utf8_prev_char(before);
        if (wide_at(before)) return true;
        if (!is_ambiguous(g_utf8_get_char(before))) break;
    }
    for (const char* after = to; after < text.data() + text.size(); after = g_utf8_next_char(after)) {
        if (wide_at(after)) return true;
        if (!is_ambiguous(g_utf8_get_char(after))) break;
    }
    return false;
}

/// Figures and plain words, as most cells hold: nowhere a line may end, so nobody need be asked.
bool is_one_word(std::string_view text) {
    for (const char c : text)
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ',')) return false;
    return text.size() <= word_bytes_max;
}

} // namespace

double baseline(double line_height, double size) { return line_height / 2 + 0.37 * size; }

void Typesetter::add_word(Prepared& prepared, std::string_view text, std::uint32_t piece, bool ambiguous_is_wide) {
    const TextStyle& style = prepared.pieces[piece].style;
    const Word& word = shaper_.word(text, style.bold, ambiguous_is_wide);
    const double size = static_cast<double>(style.size) * (style.raised ? raised_scale : 1);
    if (!prepared.boxes.empty() && prepared.boxes.back().after != Break::forced && !prepared.contents.back().spaced && !style.raised) {
        // Where two scripts meet, a little room makes both easier to read. (Blank halves of neighbouring marks are not closed up: readers of the file
        // take glyphs that overlap by more than 0.1 em for another line.)
        const Word& before = *prepared.contents.back().word;
        if (before.letter_last && word.letter_first && before.wide_last != word.wide_first) prepared.boxes.back().space = script_gap * size;
    }
    prepared.boxes.push_back({.width = static_cast<double>(word.width) * size, .hang = static_cast<double>(word.hang) * size});
    prepared.contents.push_back({&word, piece});
}

Prepared Typesetter::prepare(std::vector<Piece> pieces) {
    Prepared prepared;
    prepared.pieces = std::move(pieces);
    std::string text;
    std::vector<std::size_t> ends; // of each piece in the text
    for (const Piece& piece : prepared.pieces) ends.push_back((text += piece.text).size());
    if (text.empty()) return prepared;
    if (prepared.pieces.size() == 1 && is_one_word(text)) {
        add_word(prepared, text, 0, false);
        prepared.natural = prepared.least = prepared.boxes[0].width;
        return prepared;
    }
    const std::size_t characters = length_in_characters(text);
    attributes_.assign(characters + 1, PangoLogAttr{});
    pango_get_log_attrs(text.data(), static_cast<int>(text.size()), 0,
        pango_language_from_string(language_ == Language::zh   ? "zh-cn"
                                   : language_ == Language::ru ? "ru"
                                                               : "en"),
        attributes_.data(), static_cast<int>(attributes_.size()));

    const bool chinese = language_ == Language::zh;
    std::uint32_t piece = 0;
    std::size_t begin = 0, character = 0; // of the word; of the text
    char32_t previous = 0;
    bool glued = true; // the word before and this one belong together
    const auto finish_word = [&](std::size_t end) {
        if (end == begin) return;
        if (!prepared.boxes.empty() && prepared.boxes.back().after == Break::never && !glued) prepared.boxes.back().after = Break::allowed;
        add_word(prepared, std::string_view(text).substr(begin, end - begin), piece, chinese && beside_wide(text, begin, end));
        glued = true;
    };
    for (std::size_t at = 0; at < text.size();) {
        const char* here = text.data() + at;
        const char32_t c = g_utf8_get_char(here);
        const std::size_t next = at + static_cast<std::size_t>(g_utf8_next_char(here) - here);
        const PangoLogAttr& attribute = attributes_[character];
        if (at == ends[piece] && piece + 1 < ends.size()) {
            finish_word(at);
            begin = at;
            while (at == ends[piece] && piece + 1 < ends.size()) ++piece;
        }
        // Chinese quotation marks open and close without spaces, which the standard's classes do not know (UAX 14, LB19).
        const bool quoted = chinese && at > 0 &&
                            ((is_opening(c) && is_wide(previous) && g_unichar_type(previous) != G_UNICODE_OPEN_PUNCTUATION) ||
                                (is_closing(previous) && is_wide(c) && !g_unichar_ispunct(c)));
        const bool mark = prepared.pieces[piece].style.raised && begin == at; // of a note: never begins a line
        if ((attribute.is_line_break || quoted) && at > 0 && !mark) {
            finish_word(at);
            begin = at;
            glued = false;
        } else if (at - begin >= word_bytes_max && attribute.is_cursor_position) {
            finish_word(at);
            begin = at;
        }
        if (c == ' ' || c == '\n') {
            finish_word(at);
            begin = next;
            if (c == '\n') {
                if (prepared.boxes.empty() || prepared.boxes.back().after == Break::forced) { // an empty line
                    prepared.boxes.push_back({});
                    prepared.contents.push_back({nullptr, piece});
                }
                prepared.boxes.back().after = Break::forced;
            } else if (!prepared.boxes.empty() && prepared.boxes.back().after != Break::forced) {
                prepared.boxes.back().space = space(prepared.pieces[piece]);
                prepared.contents.back().spaced = true;
                glued = true; // the opportunity comes with the next letter
            }
        }
        previous = c;
        at = next;
        ++character;
    }
    finish_word(text.size());

    double line = 0, part = 0;
    for (const Box& box : prepared.boxes) {
        prepared.natural = std::max(prepared.natural, line + box.width);
        prepared.least = std::max(prepared.least, part + box.width);
        line = box.after == Break::forced ? 0 : line + box.width + box.space;
        part = box.after == Break::never ? part + box.width + box.space : 0;
    }
    return prepared;
}

Prepared Typesetter::prepare(std::string_view text, TextStyle style) { return prepare({Piece{.text = clean(text), .style = style}}); }

/// What is longer than a line and has no place to end it may be cut between any two letters.
void Typesetter::cut_into_graphemes(Prepared& prepared, double width) {
    Prepared cut;
    cut.pieces = std::move(prepared.pieces);
    for (std::size_t begin = 0, end = 0; begin < prepared.boxes.size(); begin = end) {
        double part = 0;
        for (end = begin; end < prepared.boxes.size(); ++end) {
            part += prepared.boxes[end].width + prepared.boxes[end].space;
            if (prepared.boxes[end].after != Break::never) break;
        }
        end = std::min(end + 1, prepared.boxes.size());
        for (std::size_t i = begin; i < end; ++i) {
            const Word* word = prepared.contents[i].word;
            if (part <= width || !word) {
                cut.boxes.push_back(prepared.boxes[i]);
                cut.contents.push_back(prepared.contents[i]);
                continue;
            }
            std::size_t from = 0;
            const std::string text = word->text; // the cache may grow below
            const bool wide = word->wide_first;
            for (std::size_t at = 0; at <= text.size();) {
                const gunichar c = at < text.size() ? g_utf8_get_char(text.data() + at) : 'x';
                const GUnicodeType type = g_unichar_type(c);
                const bool mark = type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
                if (at > from && !mark) {
                    add_word(cut, std::string_view(text).substr(from, at - from), prepared.contents[i].piece, wide);
                    cut.boxes.back().after = Break::allowed;
                    from = at;
                }
                at += at < text.size() ? static_cast<std::size_t>(g_utf8_next_char(text.data() + at) - (text.data() + at)) : 1;
            }
            cut.boxes.back().space = prepared.boxes[i].space;
            cut.contents.back().spaced = prepared.contents[i].spaced;
            if (prepared.boxes[i].after == Break::forced) cut.boxes.back().after = Break::forced;
        }
    }
    cut.natural = prepared.natural;
    cut.least = width;
    prepared = std::move(cut);
}

/// Shares `slack` among the gaps of a line: `extra[i]` after box i. Returns what could not be given.
double Typesetter::stretch(const Prepared& prepared, std::size_t begin, std::size_t end, double slack, std::vector<double>& extra) {
    std::vector<double> room(end - begin, 0);
    std::size_t spaces = 0;
    for (std::size_t i = begin; i + 1 < end; ++i) {
        const Word *left = prepared.contents[i].word, *right = prepared.contents[i + 1].word;
        const double size = static_cast<double>(prepared.pieces[prepared.contents[i].piece].style.size);
        if (prepared.contents[i].spaced) room[i - begin] = space_gap_max * size, ++spaces;
        else if (prepared.boxes[i].space != 0) continue; // these stay as they are
        else if (left && right && (left->wide_last || right->wide_first)) room[i - begin] = wide_gap_max * size;
    }
    // Gaps between ideographs and spaces grow alike until the former are full.
    std::size_t gaps = 0;
    for (const double each : room) gaps += each > 0;
    if (gaps == 0) return slack;
    const double even = slack / static_cast<double>(gaps);
    double given = 0;
    for (std::size_t i = begin; i + 1 < end; ++i)
        if (!prepared.contents[i].spaced && room[i - begin] > 0) given += extra[i - begin] = std::min(even, room[i - begin]);
    if (spaces == 0) return slack - given;
    for (std::size_t i = begin; i + 1 < end; ++i)
        if (prepared.contents[i].spaced) given += extra[i - begin] = std::min((slack - given) / static_cast<double>(spaces--), room[i - begin]);
    return slack - given;
}

std::vector<Line> Typesetter::set(Prepared& prepared, const Setting& setting) {
    const double narrowest = setting.width - std::max(0.0, setting.first_indent);
    if (prepared.least > narrowest) cut_into_graphemes(prepared, narrowest);
    const Measure measure{setting.width - setting.first_indent, setting.width};
    const bool even = setting.justified && language_ != Language::zh;
    const std::vector<std::size_t> starts = break_lines(prepared.boxes, measure, even ? Fit::even : Fit::first);
    std::vector<Line> lines;
    lines.reserve(starts.size());
    std::vector<double> extra;
    for (std::size_t number = 0; number < starts.size(); ++number) {
        const std::size_t begin = starts[number], end = number + 1 < starts.size() ? starts[number + 1] : prepared.boxes.size();
        Line& line = lines.emplace_back();
        for (std::size_t i = begin; i < end; ++i) line.width += prepared.boxes[i].width + (i + 1 < end ? prepared.boxes[i].space : 0);
        std::uint32_t last_piece = begin == 0 ? UINT32_MAX : prepared.contents[begin - 1].piece;
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t piece = prepared.contents[i].piece;
            if (piece != last_piece && prepared.pieces[piece].note) line.notes.push_back(*prepared.pieces[piece].note);
            last_piece = piece;
        }
        if (draft_) continue;
        extra.assign(end - begin, 0);
        const double room = number == 0 ? measure.first : measure.rest;
        if (setting.justified && number + 1 < starts.size() && prepared.boxes[end - 1].after != Break::forced) {
            const double slack = room - line.width + prepared.boxes[end - 1].hang;
            if (slack > 0 && slack < room / 3) {
                if (const double left = stretch(prepared, begin, end, slack, extra); left > 0.01 && language_ != Language::zh) extra.assign(end - begin, 0);
            }
        }
        double x = setting.x + (number == 0 ? setting.first_indent : 0);
        if (setting.align == Align::right) {
            // A note's mark behind a figure hangs, so that the figures stay in their column.
            double hanging = 0;
            for (std::size_t i = end; i-- > begin && prepared.pieces[prepared.contents[i].piece].style.raised;) hanging += prepared.boxes[i].width;
            x += room - line.width + std::min(hanging, setting.hang);
        }
        if (setting.align == Align::centre) x += (room - line.width) / 2;
        draw(prepared, begin, end, extra, x, setting.line_height, line.ink);
    }
    return lines;
}

void Typesetter::draw(
    const Prepared& prepared, std::size_t begin, std::size_t end, const std::vector<double>& extra, double x, double line_height, std::vector<Ink>& ink) {
    const Piece* open = nullptr; // of the run being filled
    GlyphRun run;
    std::vector<LinkArea> links;
    const auto close = [&] {
        if (!run.text.empty()) ink.emplace_back(std::move(run));
        run = {};
        open = nullptr;
    };
    const auto append = [&](const Word& word, const Piece& piece) {
        const double size = static_cast<double>(piece.style.size) * (piece.style.raised ? raised_scale : 1);
        std::size_t byte = 0, glyph = 0, cluster = 0;
        for (const Word::Part& part : word.parts) {
            if (open != &piece || run.face != part.face) {
                close();
                run.face = part.face, run.size = static_cast<float>(size), run.colour = piece.style.colour;
                run.y =
                    baseline(line_height, static_cast<double>(piece.style.size)) - (piece.style.raised ? raised_by * static_cast<double>(piece.style.size) : 0);
                open = &piece;
            }
            run.text.append(word.text, byte, part.bytes);
            for (std::size_t i = 0; i < part.glyphs; ++i, ++glyph)
                run.glyphs.push_back(
                    {word.glyphs[glyph].index, x + static_cast<double>(word.glyphs[glyph].x) * size, static_cast<double>(word.glyphs[glyph].y) * size});
            for (std::size_t i = 0; i < part.clusters; ++i, ++cluster) run.clusters.push_back({word.clusters[cluster].bytes, word.clusters[cluster].glyphs});
            byte += part.bytes;
        }
    };
    for (std::size_t i = begin; i < end; ++i) {
        const Word* word = prepared.contents[i].word;
        if (!word) continue;
        const Piece& piece = prepared.pieces[prepared.contents[i].piece];
        append(*word, piece);
        const bool linked = !piece.uri.empty() || piece.heading;
        const double from = x;
        x += prepared.boxes[i].width;
        if (i + 1 < end && prepared.contents[i].spaced) append(shaper_.word(" ", piece.style.bold, false), piece);
        if (i + 1 < end) x += prepared.boxes[i].space + extra[i - begin];
        if (!linked) continue;
        const double height = static_cast<double>(piece.style.size) * 1.3, top = baseline(line_height, static_cast<double>(piece.style.size)) - height * 0.8;
        if (!links.empty() && i > begin && prepared.contents[i - 1].piece == prepared.contents[i].piece) links.back().width = x - links.back().x;
        else links.push_back({from, top, x - from, height, piece.uri, piece.heading.value_or(0)});
    }
    close();
    for (LinkArea& link : links) ink.emplace_back(std::move(link));
}

double Typesetter::width(std::string_view text, TextStyle style) { return prepare({Piece{.text = clean_line(text), .style = style}}).natural; }

double Typesetter::put(std::vector<Ink>& ink, std::string_view text, TextStyle style, double x, double y, Align align, double width) {
    std::string line = clean_line(text);
    Prepared prepared = prepare({Piece{.text = line, .style = style}});
    if (prepared.natural > width + 0.01) {
        std::size_t low = 0, high = length_in_characters(line); // the most characters that fit, with the ellipsis
        while (low + 1 < high) {
            const std::size_t middle = (low + high) / 2;
            (this->width(shortened(line, middle), style) <= width ? low : high) = middle;
        }
        prepared = prepare({Piece{.text = shortened(line, std::max<std::size_t>(low, 1)), .style = style}});
    }
    if (draft_ || prepared.boxes.empty()) return prepared.natural;
    const double left = align == Align::left ? x : align == Align::right ? x - prepared.natural : x - prepared.natural / 2;
    std::vector<Ink> drawn;
    draw(prepared, 0, prepared.boxes.size(), std::vector<double>(prepared.boxes.size(), 0), left, 0, drawn);
    const double shift = y - baseline(0, static_cast<double>(style.size));
    for (Ink& each : drawn) {
        if (auto* run = std::get_if<GlyphRun>(&each)) run->y += shift;
        ink.emplace_back(std::move(each));
    }
    return prepared.natural;
}

} // namespace greenbank::paper
