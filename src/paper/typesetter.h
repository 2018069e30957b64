// typesetter.h — pieces of text to lines of glyphs: where lines may end, justification, alignment. Points.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/text.h"
#include "paper/colours.h"
#include "paper/engine/lines.h"
#include "paper/shaping.h"
#include "paper/strips.h"

namespace greenbank::paper {

struct TextStyle {
    float size = 10;
    bool bold = false;
    Colour colour = colours::text;
    bool raised = false; // the mark of a note: smaller and higher
};

struct Piece {
    std::string text; // cleaned (clean_piece)
    TextStyle style;
    std::string uri = {};
    std::optional<std::size_t> heading = {}; // a link to it
    std::optional<std::size_t> note = {};    // begins here: the caller's number for it
};

/// How lines are filled.
struct Setting {
    double width = 0;
    double line_height = 0;
    double first_indent = 0;
    bool justified = false;
    Align align = Align::left;
    double x = 0;    // of the left edge
    double hang = 0; // how far marks of notes may stand beyond the right edge
};

/// One line; its baseline lies so that capitals and ideographs are centred in the line's height.
struct Line {
    double width = 0; // of what is set
    std::vector<Ink> ink = {};
    std::vector<std::size_t> notes = {};
};

/// Where a baseline lies in a line of that height.
double baseline(double line_height, double size);

/// A text cut into boxes, ready to be set in any width.
struct Prepared {
    struct Content {
        const Word* word; // nullptr: an empty line
        std::uint32_t piece;
        bool spaced = false; // a space stands behind it in the text
    };
    std::vector<Piece> pieces;
    std::vector<Box> boxes;
    std::vector<Content> contents; // of each box

    double natural = 0; // on one line; the longest of those that line feeds make
    double least = 0;   // its longest part that no line end cuts
};

class Typesetter {
public:
    Typesetter(const Typefaces& typefaces, Language language) : shaper_(typefaces), language_(language) {}

    /// Lines without ink while a text is only measured.
    void draft(bool on) { draft_ = on; }
    bool is_draft() const { return draft_; }
    Language language() const { return language_; }

    Prepared prepare(std::vector<Piece> pieces);
    Prepared prepare(std::string_view text, TextStyle style); // cleaned here, on one or more lines
    std::vector<Line> set(Prepared& prepared, const Setting& setting);

    double width(std::string_view text, TextStyle style);
    /// One line, cut with an ellipsis where it is wider than `width`, put at `x` (left edge, middle or right edge) and on the baseline `y`.
    double put(std::vector<Ink>& ink, std::string_view text, TextStyle style, double x, double y, Align align, double width);

    /// For what is drawn as a picture. Good until `rest`.
    const Word& shaped(std::string_view text, bool bold) { return shaper_.word(text.empty() ? " " : text, bold, language_ == Language::zh); }

    /// Between blocks, when no Prepared lives.
    void rest() { shaper_.forget_if_many(); }

private:
    void cut_into_graphemes(Prepared& prepared, double width);
    void add_word(Prepared& prepared, std::string_view text, std::uint32_t piece, bool ambiguous_is_wide);
    double stretch(const Prepared& prepared, std::size_t begin, std::size_t end, double slack, std::vector<double>& extra);
    void draw(
        const Prepared& prepared, std::size_t begin, std::size_t end, const std::vector<double>& extra, double x, double line_height, std::vector<Ink>& ink);
    double space(const Piece& piece) { return shaper_.space() * static_cast<double>(piece.style.size); }

    Shaper shaper_;
    Language language_;
    bool draft_ = false;
    std::vector<PangoLogAttr> attributes_;
};

} // namespace greenbank::paper
