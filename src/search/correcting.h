// Typing errors: which words an index holds that are nearest to one that it does not hold.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/units.h"

namespace greenbank::search {

/// The characters of a UTF-8 text.
std::u32string characters(std::string_view text);

/// How many edits a word of so many letters forgives.
constexpr std::size_t edits_forgiven(std::size_t letters) { return letters >= 8 ? 2 : letters >= 4 ? 1 : 0; }

/// Letters left out, added, replaced, or exchanged with their neighbour (Damerau 1964; each place once: optimal string
/// alignment). `most` + 1 where there are more.
std::size_t edit_distance(std::u32string_view typed, std::u32string_view word, std::size_t most);
/// The least distance to any beginning of the word.
std::size_t edit_distance_to_beginning(std::u32string_view typed, std::u32string_view word, std::size_t most);

/// A word of at most 64 letters to measure many others against, some nanoseconds a letter: a column of differences is one
/// number (Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"). Letters a thousand
/// apart count as the same, which makes distances too small, never too large: the distance itself is `edit_distance`.
class Measure {
public:
    explicit Measure(std::u32string_view typed);

    std::size_t distance_at_most(std::string_view word, bool to_beginning) const;

private:
    std::size_t letters_;
    std::array<std::uint64_t, 1024> places_ = {}; // by the last ten bits of a letter
};

/// Words of one alphabet with at least four letters; neither numbers nor Chinese.
bool is_correctable(std::string_view folded_word);

/// Gathers the words near to a typed one, as written or by their stems.
class Closest {
public:
    /// `unfinished`: the beginning of a word is enough.
    Closest(std::string_view typed, bool unfinished);

    /// Keeps the word if it is near. Any word may be considered, in any order, also twice.
    void consider(std::string_view word);

    /// The nearest that are `known`: of equals those with the typed first letter, one a stem, three at most.
    std::vector<std::string> take(const std::function<bool(const std::string&)>& known);

    // For those who look words up: what can be near has so many letters more or less, as written or by its stem.
    const std::u32string& letters() const { return letters_; }
    const std::u32string& stem_letters() const { return stem_letters_; }
    std::size_t edits() const { return edits_forgiven(letters_.size()); }
    std::size_t stem_edits() const { return unfinished_ ? 0 : edits_forgiven(stem_letters_.size()); }
    bool unfinished() const { return unfinished_; }

private:
    struct Candidate {
        std::size_t distance;
        bool other_beginning;
        std::size_t common, letters; // characters of the common beginning, of the word
        std::string word;
    };
    std::size_t distance_to(std::string_view word, const std::u32string& letters) const;

    bool unfinished_;
    Script script_;
    std::u32string letters_, stem_letters_;
    std::vector<Candidate> candidates_;
};

} // namespace greenbank::search
