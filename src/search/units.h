// What a folded text is made of: words (Latin, Cyrillic, digits, any other letters) and single ideographs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greenbank::search {

/// A word, or one character of a script that writes no spaces (Han, kana, Hangul). Punctuation only separates.
struct Unit {
    std::uint32_t begin, end; // bytes of the folded text
    bool ideograph = false;
    bool glued = false; // an ideograph that directly follows another one

    std::string_view of(std::string_view folded) const { return folded.substr(begin, end - begin); }
};

/// A character of a script that writes no spaces.
bool is_ideograph(char32_t character);

/// Where two ideographs are parted by anything, a position is left out between them, so that positions tell the glued.
constexpr bool leaves_gap(bool ideograph_before, bool ideograph, bool glued) { return ideograph_before && ideograph && !glued; }

/// A point between digits belongs to its word ("pm2.5"); a run of more than 64 letters is cut.
std::vector<Unit> units(std::string_view folded);

enum class Script : std::uint8_t { latin, cyrillic, other };
/// Of a folded word: `other` also where it holds a digit or mixes scripts.
Script script_of(std::string_view folded_word);

/// Porter2 for Latin words, Snowball's Russian for Cyrillic ones; anything else is its own stem.
std::string stem(std::string_view folded_word);

/// The first `characters` code points of a UTF-8 text.
std::string_view first_characters(std::string_view text, std::size_t characters);

} // namespace greenbank::search
