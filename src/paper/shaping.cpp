// shaping.cpp — a face for each character, then Pango shapes what shares a face.
#include "paper/shaping.h"

#include <algorithm>

namespace greenbank::paper {

namespace {

constexpr std::size_t words_max = 60'000;

/// Closing marks whose glyph is blank in its right half.
bool hangs(char32_t c) {
    switch (c) {
    case U'，':
    case U'。':
    case U'、':
    case U'；':
    case U'：':
    case U'）':
    case U'》':
    case U'」':
    case U'』':
    case U'】':
    case U'〉':
    case U'！':
    case U'？': return true;
    default: return false;
    }
}

} // namespace

bool is_ambiguous(char32_t c) { return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2014 || c == 0x2026 || c == 0x00B7; }

Face Shaper::face_of(char32_t c, bool bold, bool ambiguous_is_wide) const {
    const Face latin = bold ? Face::latin_bold : Face::latin, han = bold ? Face::han_bold : Face::han;
    if (is_wide(c) || (ambiguous_is_wide && is_ambiguous(c)))
        if (typefaces_.has(han, c)) return han;
    for (const Face face : {latin, Face::symbols, han})
        if (typefaces_.has(face, c)) return face;
    return Face::missing;
}

PlainFeatures::PlainFeatures() {
    PangoAttribute* none = pango_attr_font_features_new("liga=0, clig=0, dlig=0");
    none->start_index = 0, none->end_index = G_MAXUINT;
    list_ = g_slist_prepend(nullptr, none);
}

PlainFeatures::~PlainFeatures() {
    g_slist_free_full(list_, [](void* attribute) { pango_attribute_destroy(static_cast<PangoAttribute*>(attribute)); });
}

void Shaper::shape_part(Word& word, std::size_t begin, std::size_t end, Face face) const {
    const std::string_view text = std::string_view(word.text).substr(begin, end - begin);
    Word::Part part{face, static_cast<std::uint16_t>(end - begin), 0, 0, 0};
    if (face == Face::missing) { // one box a character
        for (const char* at = text.data(); at < text.data() + text.size(); at = g_utf8_next_char(at)) {
            const gunichar c = g_utf8_get_char(at);
            word.glyphs.push_back({c, word.width + part.width, 0});
            word.clusters.push_back({static_cast<std::uint8_t>(g_utf8_next_char(at) - at), 1});
            part.width += static_cast<float>(Typefaces::missing_width(is_wide(c)));
            ++part.glyphs, ++part.clusters;
        }
        word.width += part.width;
        word.parts.push_back(part);
        return;
    }
    PangoAnalysis analysis = {};
    analysis.font = typefaces_.pango(face);
    analysis.language = pango_language_from_string(face == Face::han || face == Face::han_bold ? "zh-cn" : "en");
    analysis.script = PANGO_SCRIPT_LATIN;
    analysis.gravity = PANGO_GRAVITY_SOUTH;
    analysis.extra_attrs = features_.list();
    for (const char* at = text.data(); at < text.data() + text.size(); at = g_utf8_next_char(at)) {
        const GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(at));
        if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED) continue;
        analysis.script = static_cast<guint8>(script);
        break;
    }
    PangoGlyphString* glyphs = pango_glyph_string_new();
    pango_shape_full(text.data(), static_cast<int>(text.size()), nullptr, 0, &analysis, glyphs);
    constexpr double unit = 1.0 / (PANGO_SCALE * Typefaces::size);
    for (int i = 0; i < glyphs->num_glyphs;) {
        int next = i + 1;
        while (next < glyphs->num_glyphs && glyphs->log_clusters[next] == glyphs->log_clusters[i]) ++next;
        const int bytes = (next < glyphs->num_glyphs ? glyphs->log_clusters[next] : static_cast<int>(text.size())) - glyphs->log_clusters[i];
        int drawn = 0;
        for (; i < next; ++i) {
            const PangoGlyphInfo& glyph = glyphs->glyphs[i];
            if (glyph.glyph != PANGO_GLYPH_EMPTY && !(glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG)) {
                word.glyphs.push_back({glyph.glyph, word.width + part.width + static_cast<float>(glyph.geometry.x_offset * unit),
                    static_cast<float>(glyph.geometry.y_offset * unit)});
                ++drawn;
            }
            part.width += static_cast<float>(glyph.geometry.width * unit);
        }
        word.clusters.push_back({static_cast<std::uint8_t>(bytes), static_cast<std::uint8_t>(drawn)});
        part.glyphs = static_cast<std::uint16_t>(part.glyphs + drawn);
        ++part.clusters;
    }
    pango_glyph_string_free(glyphs);
    word.width += part.width;
    word.parts.push_back(part);
}

Word Shaper::shape(std::string_view text, bool bold, bool ambiguous_is_wide) const {
    Word word;
    word.text = text;
    const char *begin = word.text.data(), *end = begin + word.text.size();
    Face face = Face::latin;
    std::size_t from = 0;
    char32_t last = 0;
    for (const char* at = begin; at < end; at = g_utf8_next_char(at)) {
        const char32_t c = g_utf8_get_char(at);
        const GUnicodeType type = g_unichar_type(c);
        const bool mark = at != begin && (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK || type == G_UNICODE_SPACING_MARK);
        const Face wanted = mark && has(face, c) ? face : face_of(c, bold, ambiguous_is_wide); // a mark stays with its letter where it can
        const auto here = static_cast<std::size_t>(at - begin);
        if (here > from && wanted != face) {
            shape_part(word, from, here, face);
            from = here;
        }
        face = wanted;
        if (at == begin) {
            word.wide_first = is_wide(c) || (ambiguous_is_wide && is_ambiguous(c));
            word.letter_first = g_unichar_isalnum(c);
        }
        last = c;
    }
    shape_part(word, from, word.text.size(), face);
    word.wide_last = is_wide(last) || (ambiguous_is_wide && is_ambiguous(last));
    word.letter_last = g_unichar_isalnum(last);
    if (hangs(last) || (ambiguous_is_wide && (last == 0x201D || last == 0x2019))) word.hang = 0.5f;
    return word;
}

const Word& Shaper::word(std::string_view text, bool bold, bool ambiguous_is_wide) {
    Words& words = words_[(bold ? 1 : 0) + (ambiguous_is_wide ? 2 : 0)];
    if (const auto found = words.find(text); found != words.end()) return found->second;
    return words.emplace(std::string(text), shape(text, bold, ambiguous_is_wide)).first->second;
}

void Shaper::forget_if_many() {
    for (Words& words : words_)
        if (words.size() > words_max / 4) words.clear();
}

} // namespace greenbank::paper
