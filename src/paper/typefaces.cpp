// typefaces.cpp — a private fontconfig configuration of five files, and Pango's fonts out of it.
#include "paper/typefaces.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <map>
#include <memory>
#include <mutex>

namespace greenbank::paper {

namespace {

constexpr std::array<const char*, typeface_count> families = {"Noto Sans", "Noto Sans", "Noto Sans Math", "Noto Sans CJK SC", "Noto Sans CJK SC"};
constexpr std::array<bool, typeface_count> bold = {false, true, false, false, true};

std::array<std::string, typeface_count> in_order(const FontFiles& files) { return {files.latin, files.latin_bold, files.symbols, files.han, files.han_bold}; }

/// Reading the collections takes tens of milliseconds, so the process keeps what it has read; fontconfig allows many threads to read it.
Result<FcConfig*> configuration(const std::array<std::string, typeface_count>& files) {
    static std::mutex mutex;
    static std::map<std::array<std::string, typeface_count>, std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)>> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(files); found != known.end()) return found->second.get();
    FcConfig* config = FcConfigCreate();
    for (const std::string& file : files)
        if (!FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(file.c_str()))) {
            FcConfigDestroy(config);
            return Error{Failure::unavailable, "paper.font_missing", "The font file {file} cannot be read; install fonts-noto-core and fonts-noto-cjk.",
                {{"file", file}}};
        }
    known.emplace(files, std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)>(config, &FcConfigDestroy));
    return config;
}

/// A box as wide as its character would be. One glyph a character, for a file can give each glyph one meaning only.
cairo_status_t draw_box(cairo_scaled_font_t*, unsigned long glyph, cairo_t* cairo, cairo_text_extents_t* extents) {
    const double width = Typefaces::missing_width(is_wide(static_cast<char32_t>(glyph)));
    extents->x_advance = width;
    cairo_set_line_width(cairo, 0.05);
    cairo_rectangle(cairo, 0.1, -0.72, width - 0.2, 0.72);
    cairo_stroke(cairo);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

bool is_wide(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF01 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x20000 && c <= 0x3FFFD) || (c >= 0x1F000 && c <= 0x1FAFF);
}

Result<std::unique_ptr<Typefaces>> Typefaces::load(const FontFiles& files) {
    const auto paths = in_order(files);
    FcConfig* config = TRY(configuration(paths));
    std::unique_ptr<Typefaces> loaded(new Typefaces);
    loaded->map_ = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(loaded->map_), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(loaded->map_), 72);
    loaded->context_ = pango_font_map_create_context(loaded->map_);
    pango_context_set_round_glyph_positions(loaded->context_, FALSE);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(loaded->context_, options);
    cairo_font_options_destroy(options);
    for (std::size_t i = 0; i < typeface_count; ++i) {
        PangoFontDescription* description = pango_font_description_new();
        pango_font_description_set_family_static(description, families[i]);
        pango_font_description_set_weight(description, bold[i] ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(description, size * PANGO_SCALE);
        PangoFont* font = loaded->fonts_[i] = pango_font_map_load_font(loaded->map_, loaded->context_, description);
        pango_font_description_free(description);
        // A file that holds another family would be taken without a word.
        PangoFontDescription* found = font ? pango_font_describe(font) : nullptr;
        const char* family = found ? pango_font_description_get_family(found) : nullptr;
        const bool right = family && std::string_view(family) == families[i];
        if (found) pango_font_description_free(found);
        if (!right)
            return Error{Failure::unavailable, "paper.font_other", "The font file {file} does not hold the typeface {family}.",
                {{"file", paths[i]}, {"family", families[i]}}};
    }
    loaded->boxes_ = cairo_user_font_face_create();
    cairo_user_font_face_set_render_glyph_func(loaded->boxes_, draw_box);
    return loaded;
}

cairo_font_face_t* Typefaces::cairo(Face face) const {
    if (face == Face::missing) return boxes_;
    return cairo_scaled_font_get_font_face(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(pango(face))));
}

Typefaces::~Typefaces() {
    if (boxes_) cairo_font_face_destroy(boxes_);
    for (PangoFont* font : fonts_)
        if (font) g_object_unref(font);
    if (context_) g_object_unref(context_);
    if (map_) g_object_unref(map_);
}

} // namespace greenbank::paper
