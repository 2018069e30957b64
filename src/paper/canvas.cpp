// canvas.cpp — each kind of ink in cairo's words.
#include "paper/canvas.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <cmath>

#include "paper/colours.h"

namespace greenbank::paper {

namespace {

/// Inside the quotes of a tag's attribute.
std::string quoted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

} // namespace

Canvas::Canvas(const Typefaces& typefaces, double width, double height, const Metadata& metadata, PdfWriter::Sink sink) :
    typefaces_(typefaces), sink_(std::move(sink)), metadata_language_(metadata.language) {
    surface_ = cairo_pdf_surface_create_for_stream(&Canvas::take, this, width, height);
    cairo_pdf_surface_restrict_to_version(surface_, CAIRO_PDF_VERSION_1_4); // a plain cross-reference table, which FileEnd continues
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_TITLE, metadata.title.c_str());
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_AUTHOR, metadata.author.c_str());
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATOR, "Greenbank");
    const Time second{metadata.created_at.microseconds - ((metadata.created_at.microseconds % 1'000'000) + 1'000'000) % 1'000'000};
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATE_DATE, to_text(second).c_str());
    cairo_ = cairo_create(surface_);
}

Canvas::~Canvas() {
    if (cairo_ && page_open_) cairo_show_page(cairo_); // cairo stops the program if a heading stands on a page that never was
    if (cairo_) cairo_destroy(cairo_);
    if (!refused_)
        refused_ =
            Error{Failure::internal, "paper.not_made", "The document could not be made: {reason}.", {{"reason", "left unfinished"}}}; // the sink may be gone
    cairo_surface_finish(surface_);
    cairo_surface_destroy(surface_);
    if (watermark_) cairo_surface_destroy(watermark_);
}

cairo_status_t Canvas::take(void* self, const unsigned char* data, unsigned int length) {
    Canvas& canvas = *static_cast<Canvas*>(self);
    if (canvas.refused_) return CAIRO_STATUS_WRITE_ERROR;
    const std::string_view bytes(reinterpret_cast<const char*>(data), length);
    canvas.end_.pass(bytes);
    canvas.bytes_ += bytes.size();
    Result<Done> taken = canvas.sink_(bytes);
    if (taken) return CAIRO_STATUS_SUCCESS;
    canvas.refused_ = std::move(taken.error());
    return CAIRO_STATUS_WRITE_ERROR;
}

void Canvas::begin_page() {
    if (page_open_) cairo_show_page(cairo_);
    page_open_ = true;
}

void Canvas::colour(Colour colour) { cairo_set_source_rgb(cairo_, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0); }

void Canvas::draw(const std::vector<Ink>& ink, double x, double y) {
    x_ = x, y_ = y;
    for (const Ink& each : ink) std::visit([&](const auto& one) { draw(one); }, each);
}

void Canvas::draw(const GlyphRun& run) {
    if (run.text.empty()) return;
    cairo_set_font_face(cairo_, typefaces_.cairo(run.face));
    cairo_set_font_size(cairo_, static_cast<double>(run.size));
    colour(run.colour);
    glyphs_ = run.glyphs;
    for (cairo_glyph_t& glyph : glyphs_) glyph.x += x_ + run.x, glyph.y += y_ + run.y;
    cairo_show_text_glyphs(cairo_, run.text.data(), static_cast<int>(run.text.size()), glyphs_.data(), static_cast<int>(glyphs_.size()), run.clusters.data(),
        static_cast<int>(run.clusters.size()), static_cast<cairo_text_cluster_flags_t>(0));
}

void Canvas::draw(const Panel& panel) {
    colour(panel.colour);
    const double x = x_ + panel.x, y = y_ + panel.y, r = std::min({panel.radius, panel.width / 2, panel.height / 2});
    if (r <= 0) {
        cairo_rectangle(cairo_, x, y, panel.width, panel.height);
    } else {
        const double bend = r * 0.4477; // one curve a corner, off a circle by less than a thousandth
        const double right = x + panel.width, bottom = y + panel.height;
        cairo_move_to(cairo_, x + r, y);
        cairo_line_to(cairo_, right - r, y);
        cairo_curve_to(cairo_, right - bend, y, right, y + bend, right, y + r);
        cairo_line_to(cairo_, right, bottom - r);
        cairo_curve_to(cairo_, right, bottom - bend, right - bend, bottom, right - r, bottom);
        cairo_line_to(cairo_, x + r, bottom);
        cairo_curve_to(cairo_, x + bend, bottom, x, bottom - bend, x, bottom - r);
        cairo_line_to(cairo_, x, y + r);
        cairo_curve_to(cairo_, x, y + bend, x + bend, y, x + r, y);
        cairo_close_path(cairo_);
    }
    cairo_fill(cairo_);
}

void Canvas::draw(const Stroke& stroke) {
    colour(stroke.colour);
    cairo_set_line_width(cairo_, stroke.width);
    const double dots[] = {0, 3};
    cairo_set_dash(cairo_, dots, stroke.dotted ? 2 : 0, 0);
    cairo_set_line_cap(cairo_, stroke.dotted ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
    for (std::size_t i = 0; i < stroke.points.size(); ++i)
        (i == 0 ? cairo_move_to : cairo_line_to)(cairo_, x_ + stroke.points[i].first, y_ + stroke.points[i].second);
    cairo_stroke(cairo_);
}

void Canvas::draw(const LinkArea& link) {
    const std::string area = fmt::format("rect=[{:.3f} {:.3f} {:.3f} {:.3f}] ", x_ + link.x, y_ + link.y, link.width, link.height);
    const std::string target = link.uri.empty() ? fmt::format("dest='heading-{}'", link.heading) : fmt::format("uri='{}'", quoted(link.uri));
    cairo_tag_begin(cairo_, CAIRO_TAG_LINK, (area + target).c_str());
    cairo_tag_end(cairo_, CAIRO_TAG_LINK);
}

void Canvas::draw(const Modules& modules) {
    // Runs of dark squares are one rectangle each, so that no hair line shows between neighbours.
    colour({});
    for (std::size_t row = 0; row < modules.side; ++row)
        for (std::size_t column = 0; column < modules.side; ++column) {
            const std::size_t begin = column;
            while (column < modules.side && modules.dark[row * modules.side + column]) ++column;
            if (column > begin)
                cairo_rectangle(cairo_, x_ + modules.x + static_cast<double>(begin) * modules.module,
                    y_ + modules.y + static_cast<double>(row) * modules.module, static_cast<double>(column - begin) * modules.module, modules.module);
        }
    cairo_fill(cairo_);
}

void Canvas::watermark(const Word& word, double x, double y, double width, double height) {
    if (word.width <= 0) return;
    if (!watermark_) {
        // Recorded once: the file holds it once, and each page refers to it.
        const cairo_rectangle_t extent{0, 0, width, height};
        watermark_ = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extent);
        cairo_t* cairo = cairo_create(watermark_);
        const double angle = std::atan2(height, width), diagonal = std::hypot(width, height);
        const double size = std::min(diagonal * 0.6 / static_cast<double>(word.width), width / 4);
        cairo_translate(cairo, width / 2, height / 2);
        cairo_rotate(cairo, -angle);
        cairo_set_font_size(cairo, size);
        std::size_t at = 0;
        for (const Word::Part& part : word.parts) {
            cairo_set_font_face(cairo, typefaces_.cairo(part.face));
            glyphs_.clear();
            for (std::size_t i = 0; i < part.glyphs; ++i, ++at)
                glyphs_.push_back({word.glyphs[at].index, (static_cast<double>(word.glyphs[at].x) - static_cast<double>(word.width) / 2) * size, 0.36 * size});
            cairo_glyph_path(cairo, glyphs_.data(), static_cast<int>(glyphs_.size()));
        }
        cairo_set_source_rgb(cairo, colours::watermark.red / 255.0, colours::watermark.green / 255.0, colours::watermark.blue / 255.0);
        cairo_fill(cairo);
        cairo_destroy(cairo);
    }
    cairo_set_source_surface(cairo_, watermark_, x, y);
    cairo_paint(cairo_);
}

int Canvas::heading(std::size_t number, int outline_parent, const std::string& title, double x, double y) {
    const std::string name = fmt::format("heading-{}", number);
    cairo_tag_begin(cairo_, CAIRO_TAG_DEST, fmt::format("name='{}' x={:.3f} y={:.3f}", name, x, y).c_str());
    cairo_tag_end(cairo_, CAIRO_TAG_DEST);
    return cairo_pdf_surface_add_outline(surface_, outline_parent, title.c_str(), fmt::format("dest='{}'", name).c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

Result<std::size_t> Canvas::finish() {
    if (page_open_) cairo_show_page(cairo_);
    page_open_ = false;
    cairo_destroy(cairo_);
    cairo_ = nullptr;
    cairo_surface_finish(surface_);
    if (refused_) return std::move(*refused_);
    const auto update = end_.update(metadata_language_);
    if (cairo_surface_status(surface_) != CAIRO_STATUS_SUCCESS || !update)
        return Error{Failure::internal, "paper.not_made", "The document could not be made: {reason}.",
            {{"reason", cairo_status_to_string(cairo_surface_status(surface_))}}};
    bytes_ += update->size();
    Result<Done> taken = sink_(*update);
    if (!taken) return std::move(taken.error());
    return bytes_;
}

} // namespace greenbank::paper
