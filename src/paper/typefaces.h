// typefaces.h — the five faces of a document, from their own files: neither the machine's fonts nor its font settings have a say.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <array>
#include <memory>

#include "kernel/result.h"
#include "paper/paper.h"
#include "paper/strips.h"

namespace greenbank::paper {

/// Ideographs, Hangul, full-width forms and marks, and pictures: one em wide.
bool is_wide(char32_t character);

/// Loaded at `size`, without hinting, so that advances scale to any other size. One per writer: a font map of Pango serves one thread.
class Typefaces {
public:
    static constexpr double size = 1000;

    static Result<std::unique_ptr<Typefaces>> load(const FontFiles& files);
    ~Typefaces();
    Typefaces(const Typefaces&) = delete;
    Typefaces& operator=(const Typefaces&) = delete;

    bool has(Face face, char32_t character) const { return pango_font_has_char(fonts_[static_cast<std::size_t>(face)], character); }
    PangoFont* pango(Face face) const { return fonts_[static_cast<std::size_t>(face)]; }
    cairo_font_face_t* cairo(Face face) const;

    static constexpr double missing_width(bool wide) { return wide ? 1 : 0.6; } // in em

private:
    Typefaces() = default;

    PangoFontMap* map_ = nullptr;
    PangoContext* context_ = nullptr;
    std::array<PangoFont*, typeface_count> fonts_ = {};
    cairo_font_face_t* boxes_ = nullptr;
};

} // namespace greenbank::paper
