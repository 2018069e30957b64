// typefaces.cpp — a private fontconfig configuration of five files, and Pango's fonts out of it.
#include "paper/typefaces.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <map>
#include <mutex>

namespace greenbank::paper {

namespace {

constexpr std::array<const char*, face_count> families = {"Noto Sans", "Noto Sans", "Noto Sans Math", "Noto Sans CJK SC", "Noto Sans CJK SC"};
constexpr std::array<bool, face_count> bold = {false, true, false, false, true};

std::array<std::string, face_count> in_order(const FontFiles& files) { return {files.latin, files.latin_bold, files.symbols, files.han, files.han_bold}; }

/// Reading the collections takes tens of milliseconds, so the process keeps what it has read; fontconfig allows many threads to read it.
Result<FcConfig*> configuration(const std::array<std::string, face_count>& files) {
    static std::mutex mutex;
    static std::map<std::array<std::string, face_count>, std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)>> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(files); found != known.end()) return found->second.get();
    FcConfig* config = FcConfigCreate();
    for (const std::string& file : files)
        if (!FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(file.c_str()))) {
            FcConfigDestroy(config);
            return Error{Failure::unavailable, "paper.font_missing", "The font file {file} cannot be read; install fonts-noto-core and fonts-noto-cjk.", {{"file", file}}};
        }
    known.emplace(files, std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)>(config, &FcConfigDestroy));
    return config;
}

} // namespace

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
    for (std::size_t i = 0; i < face_count; ++i) {
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
            return Error{Failure::unavailable, "paper.font_other", "The font file {file} does not hold the typeface {family}.", {{"file", paths[i]}, {"family", families[i]}}};
    }
    return loaded;
}

cairo_font_face_t* Typefaces::cairo(Face face) const {
    return cairo_scaled_font_get_font_face(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(pango(face))));
}

Typefaces::~Typefaces() {
    for (PangoFont* font : fonts_)
        if (font) g_object_unref(font);
    if (context_) g_object_unref(context_);
    if (map_) g_object_unref(map_);
}

} // namespace greenbank::paper
