// How Chinese phrases are typed by their sound: 热泵 as "rebeng", "rb", "reb" or "rbeng". For suggestions only, since
// what sounds alike means different things.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace greenbank::search {

/// What each character of a folded phrase is typed as: a syllable of pinyin, or a letter or digit itself. As ICU has it,
/// but for words of the field in which a character is read otherwise (重金属, 重整). Nothing for a phrase without Chinese.
std::vector<std::string> syllables(std::string_view folded_phrase);

/// What a phrase is kept under: the first letters of all syllables, then the syllables and the phrase. Nothing for a
/// phrase without Chinese.
std::string sound_key(std::string_view folded_phrase);
struct SoundKey {
    std::vector<std::string_view> syllables;
    std::string_view phrase;
};
SoundKey parse_sound_key(std::string_view key);

/// The text without spaces and apostrophes if it may be pinyin of at least two letters, else nothing.
std::string typed_sound(std::string_view folded_text);
/// Beginnings of sound keys: one of them begins the key of any phrase that `sounds_so`. None begins another.
std::vector<std::string> possible_beginnings(std::string_view typed_sound);
/// Whether a phrase begins so: each syllable by at least one letter, none left over. "v" and "u" both for ü.
bool sounds_so(std::string_view typed_sound, const std::vector<std::string_view>& syllables);

} // namespace greenbank::search
