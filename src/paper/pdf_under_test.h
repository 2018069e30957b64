// pdf_under_test.h — a PDF read back by Poppler: texts, outline, fonts, ink. For tests only; Poppler is GPL and never linked into the program.
#pragma once

#include <doctest/doctest.h>
#include <poppler/cpp/poppler-destination.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-font.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>
#include <poppler/cpp/poppler-toc.h>

#include <memory>
#include <string>
#include <vector>

#include "paper/layout.h"
#include "paper/paper.h"

namespace greenbank::paper {

inline std::string utf8(const poppler::ustring& text) {
    const poppler::byte_array bytes = text.to_utf8();
    return {bytes.begin(), bytes.end()};
}

inline std::string must_make(const Document& document, const Settings& settings = {}) {
    Result<std::string> made = to_pdf(document, settings);
    REQUIRE_MESSAGE(made, (made ? "" : fill_in(made.error().message, made.error().parameters)));
    return std::move(made).value();
}

/// White space of every kind left out.
std::string without_spaces(std::string_view text);

/// Whether `read` is `given` but for the ends of lines, which stand where `given` has a space or nothing.
bool same_but_for_lines(std::string_view given, std::string_view read);

class Pdf {
public:
    explicit Pdf(const std::string& bytes, Orientation orientation = Orientation::portrait) : bytes_(bytes.begin(), bytes.end()), geometry_(orientation) {
        document_.reset(poppler::document::load_from_data(&bytes_));
        REQUIRE(document_);
    }

    int pages() const { return document_->pages(); }
    poppler::document& document() { return *document_; }
    /// What stands between header and footer of a page (from 1), in the order of drawing.
    std::string text(int page) const { return words(page, geometry_.top - 4, geometry_.top + geometry_.height + 4); }
    std::string header(int page) const { return words(page, 0, geometry_.top - 4); }
    std::string footer(int page) const { return words(page, geometry_.top + geometry_.height + 4, geometry_.page_height); }
    std::string text() const {
        std::string all;
        for (int page = 1; page <= pages(); ++page) all += text(page);
        return all;
    }

    struct Entry {
        int depth;
        std::string title;
    };
    std::vector<Entry> outline() const {
        std::vector<Entry> entries;
        const std::unique_ptr<poppler::toc> toc(document_->create_toc());
        if (toc) collect(*toc->root(), 0, entries);
        return entries;
    }

    struct Extent {
        double left = 1e9, top = 1e9, right = -1, bottom = -1;
        bool any() const { return right >= 0; }
    };
    /// What is not white on a page, in points.
    Extent ink(int page) const {
        constexpr double scale = 1; // pixels a point
        poppler::page_renderer renderer;
        renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
        renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
        const std::unique_ptr<poppler::page> one(document_->create_page(page - 1));
        const poppler::image image = renderer.render_page(one.get(), 72 * scale, 72 * scale);
        Extent extent;
        for (int y = 0; y < image.height(); ++y) {
            const auto* row = reinterpret_cast<const unsigned char*>(image.const_data()) + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
            for (int x = 0; x < image.width(); ++x) {
                if (row[4 * x] > 250 && row[4 * x + 1] > 250 && row[4 * x + 2] > 250) continue;
                extent.left = std::min(extent.left, x / scale), extent.right = std::max(extent.right, (x + 1) / scale);
                extent.top = std::min(extent.top, y / scale), extent.bottom = std::max(extent.bottom, (y + 1) / scale);
            }
        }
        return extent;
    }
    const Geometry& geometry() const { return geometry_; }

private:
    std::string words(int page, double top, double bottom) const {
        const std::unique_ptr<poppler::page> one(document_->create_page(page - 1));
        REQUIRE(one);
        return utf8(one->text(poppler::rectf(0, top, geometry_.page_width, bottom - top), poppler::page::raw_order_layout));
    }
    static void collect(const poppler::toc_item& item, int depth, std::vector<Entry>& entries) {
        for (const poppler::toc_item* child : item.children()) {
            entries.push_back({depth, utf8(child->title())});
            collect(*child, depth + 1, entries);
        }
    }

    poppler::byte_array bytes_;
    Geometry geometry_;
    std::unique_ptr<poppler::document> document_;
};

} // namespace greenbank::paper
