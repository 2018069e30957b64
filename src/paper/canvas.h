// canvas.h — ink to PDF: the only file that asks cairo for a surface. Bytes go to a sink while pages are made.
#pragma once

#include <cairo.h>

#include <string>
#include <vector>

#include "paper/file_end.h"
#include "paper/paper.h"
#include "paper/shaping.h"
#include "paper/strips.h"
#include "paper/typefaces.h"

namespace greenbank::paper {

struct Metadata {
    std::string title, author, language; // language: "zh-Hans"
    Time created_at;
};

class Canvas {
public:
    Canvas(const Typefaces& typefaces, double width, double height, const Metadata& metadata, PdfWriter::Sink sink);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void begin_page();
    void draw(const std::vector<Ink>& ink, double x, double y);
    /// A light text across the page, as shapes: it is seen, and neither found nor copied.
    void watermark(const Word& word, double x, double y, double width, double height);
    /// A heading stands at (x, y) of this page: links and the outline lead there. Returns its place in the outline, whose root is 0.
    int heading(std::size_t number, int outline_parent, const std::string& title, double x, double y);
    Result<std::size_t> finish(); // bytes

private:
    static cairo_status_t take(void* self, const unsigned char* data, unsigned int length);
    void draw(const GlyphRun& run);
    void draw(const Panel& panel);
    void draw(const Stroke& stroke);
    void draw(const LinkArea& link);
    void draw(const Modules& modules);
    void colour(Colour colour);

    const Typefaces& typefaces_;
    PdfWriter::Sink sink_;
    std::string metadata_language_;
    FileEnd end_;
    std::optional<Error> refused_; // by the sink
    std::size_t bytes_ = 0;
    cairo_surface_t* surface_ = nullptr;
    cairo_surface_t* watermark_ = nullptr;
    cairo_t* cairo_ = nullptr;
    double x_ = 0, y_ = 0; // of the strip being drawn
    bool page_open_ = false;
    std::vector<cairo_glyph_t> glyphs_;
};

} // namespace greenbank::paper
