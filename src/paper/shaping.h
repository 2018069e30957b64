// shaping.h — words to glyphs, remembered: a catalogue says the same words thousands of times. All lengths in em (parts of the font size).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "paper/typefaces.h"

namespace greenbank::paper {

/// Letters that no line end cuts, shaped. One cluster is one glyph group for one group of bytes, as cairo has it.
struct Word {
    struct Glyph {
        std::uint32_t index;
        float x, y; // from the beginning of the word, on the baseline
    };
    struct Cluster {
        std::uint8_t bytes, glyphs;
    };
    struct Part { // in one face
        Face face;
        std::uint16_t bytes, glyphs, clusters;
        float width; // its advance
    };
    std::string text;
    std::vector<Part> parts;
    std::vector<Glyph> glyphs;
    std::vector<Cluster> clusters;
    float width = 0;
    float hang = 0;                                 // blank right part of a full-width closing mark at its end
    bool wide_first = false, wide_last = false;     // ideographs or full-width marks: room may be given beside them
    bool letter_first = false, letter_last = false; // not marks
};

/// Quotation marks, dashes, dots: full width in Chinese, narrow elsewhere.
bool is_ambiguous(char32_t character);

/// No ligatures: a file gives a glyph one character, so that "fi" would come back as one strange letter.
class PlainFeatures {
public:
    PlainFeatures();
    ~PlainFeatures();
    PlainFeatures(const PlainFeatures&) = delete;
    PlainFeatures& operator=(const PlainFeatures&) = delete;
    GSList* list() const { return list_; }

private:
    GSList* list_;
};

class Shaper {
public:
    explicit Shaper(const Typefaces& typefaces) : typefaces_(typefaces) {}

    /// `text`: at most 4 kB, not empty. `ambiguous_is_wide`: as beside ideographs. The word stays until `forget`.
    const Word& word(std::string_view text, bool bold, bool ambiguous_is_wide);
    float space() { return word(" ", false, false).width; }

    /// Between blocks, when nobody holds a word: keeps the memory within bounds.
    void forget_if_many();

private:
    bool has(Face face, char32_t character) const { return face == Face::missing || typefaces_.has(face, character); }
    Face face_of(char32_t character, bool bold, bool ambiguous_is_wide) const;
    Word shape(std::string_view text, bool bold, bool ambiguous_is_wide) const;
    void shape_part(Word& word, std::size_t begin, std::size_t end, Face face) const;

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Words = std::unordered_map<std::string, Word, Hash, std::equal_to<>>;

    const Typefaces& typefaces_;
    PlainFeatures features_;
    Words words_[4]; // by bold and ambiguous_is_wide
};

} // namespace greenbank::paper
