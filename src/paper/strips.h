// strips.h — what a page is made of: horizontal strips that carry their ink. Points (1/72 inch); x from the left edge of the text, y from the
// top of the strip, downwards.
#pragma once

#include <cairo.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace greenbank::paper {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;

    bool operator==(const Colour&) const = default;
};

/// `missing` draws an empty box for what no typeface has; its glyphs are numbered by character.
enum class Face : std::uint8_t { latin, latin_bold, symbols, han, han_bold, missing };
constexpr std::size_t typeface_count = 5;

/// Glyphs of one face on one baseline, with the text they stand for.
struct GlyphRun {
    Face face;
    float size;
    Colour colour;
    double x = 0, y = 0; // added to each glyph
    std::vector<cairo_glyph_t> glyphs;
    std::vector<cairo_text_cluster_t> clusters;
    std::string text;
};

struct Panel { // a rectangle, its corners rounded by `radius`
    double x, y, width, height;
    Colour colour;
    double radius = 0;
};

struct Stroke {
    std::vector<std::pair<double, double>> points;
    Colour colour;
    double width = 0.5;
    bool dotted = false;
};

/// Where a click leads: to an address, or to a heading of this document.
struct LinkArea {
    double x, y, width, height;
    std::string uri = {};
    std::size_t heading = 0; // where uri is empty
};

/// Squares of a matrix, dark ones drawn.
struct Modules {
    double x, y, module; // edge of one square
    std::size_t side;
    std::vector<bool> dark; // side × side, row by row
};

using Ink = std::variant<GlyphRun, Panel, Stroke, LinkArea, Modules>;

/// A footnote, set.
struct Note {
    double height = 0;
    std::vector<Ink> ink;
};

/// A heading that begins with a strip.
struct HeadingMark {
    int level = 1;
    std::string number = {}, title = {};

    bool operator==(const HeadingMark&) const = default;
};

struct Strip {
    double height = 0;
    double space_before = 0;
    bool keep_with_next = false;
    bool starts_page = false;
    std::vector<Ink> ink = {};
    std::vector<Note> notes = {};
    std::shared_ptr<const Strip> repeated = {}; // drawn first when this strip begins a page
    std::optional<HeadingMark> heading = {};
};

} // namespace greenbank::paper
