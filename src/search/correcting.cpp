// correcting.cpp — edit distances by rows, and the order among near words.
#include "search/correcting.h"

#include <algorithm>
#include <array>
#include <set>

#include "kernel/result.h"
#include "kernel/utf8.h"

namespace greenbank::search {

namespace {

constexpr std::size_t letters_max = 64; // of a word, see `units`
constexpr std::size_t alternatives_max = 3;
constexpr std::size_t letters_least = 3; // of a word that something may be read as

using Row = std::array<std::size_t, letters_max + 2>;

/// Calls `row_done(typed letters so far, row)` after each row; row[j] is the distance to the first j letters of the word.
template <class RowDone> void distance_rows(std::u32string_view typed, std::u32string_view word, RowDone row_done) {
    Row rows[3];
    for (std::size_t j = 0; j <= word.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        const Row &above = rows[(i - 1) % 3], &before = rows[(i + 1) % 3]; // before: two rows above
        Row& row = rows[i % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= word.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        if (!row_done(i, row)) return;
    }
}

std::size_t common_beginning(std::u32string_view a, std::u32string_view b) {
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

} // namespace

std::u32string characters(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) out += next_character(text, at);
    return out;
}

std::size_t edit_distance(std::u32string_view typed, std::u32string_view word, std::size_t most) {
    const std::size_t difference = typed.size() > word.size() ? typed.size() - word.size() : word.size() - typed.size();
    if (difference > most || typed.size() > letters_max || word.size() > letters_max) return most + 1;
    std::size_t distance = word.size();
    distance_rows(typed, word, [&](std::size_t, const Row& row) {
        distance = row[word.size()];
        // Two rows must be too far: an exchange of neighbours skips one.
        return *std::min_element(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(word.size()) + 1) <= most + 1;
    });
    return std::min(distance, most + 1);
}

std::size_t edit_distance_to_beginning(std::u32string_view typed, std::u32string_view word, std::size_t most) {
    if (word.size() + most < typed.size() || typed.size() > letters_max) return most + 1;
    std::u32string_view reach = word.substr(0, std::min(typed.size() + most, letters_max));
    std::size_t least = typed.empty() ? 0 : most + 1;
    distance_rows(typed, reach, [&](std::size_t i, const Row& row) {
        const std::size_t nearest = *std::min_element(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(reach.size()) + 1);
        if (i == typed.size()) least = nearest;
        return nearest <= most + 1;
    });
    return std::min(least, most + 1);
}

Measure::Measure(std::u32string_view typed) : letters_(typed.size()) {
    require(letters_ > 0 && letters_ <= letters_max);
    for (std::size_t i = 0; i < letters_; ++i) places_[typed[i] & 1023U] |= std::uint64_t{1} << i;
}

std::size_t Measure::distance_at_most(std::string_view word, bool to_beginning) const {
    std::uint64_t more = ~std::uint64_t{0}, less = 0, diagonal = 0, same_before = 0; // where the column rises, falls, keeps the diagonal
    const std::uint64_t last = std::uint64_t{1} << (letters_ - 1);
    std::size_t distance = letters_, least = letters_;
    for (std::size_t at = 0; at < word.size();) {
        const std::uint64_t same = places_[next_character(word, at) & 1023U];
        const std::uint64_t exchanged = ((~diagonal & same) << 1) & same_before;
        diagonal = (((same & more) + more) ^ more) | same | less | exchanged;
        const std::uint64_t row_more = less | ~(diagonal | more), row_less = diagonal & more;
        distance += (row_more & last) != 0 ? 1 : 0;
        distance -= (row_less & last) != 0 ? 1 : 0;
        least = std::min(least, distance);
        const std::uint64_t shifted_more = row_more << 1 | 1, shifted_less = row_less << 1;
        more = shifted_less | ~(diagonal | shifted_more);
        less = shifted_more & diagonal;
        same_before = same;
    }
    return to_beginning ? least : distance;
}

bool is_correctable(std::string_view folded_word) { return script_of(folded_word) != Script::other && edits_forgiven(characters(folded_word).size()) > 0; }

Closest::Closest(std::string_view typed, bool unfinished) :
    unfinished_(unfinished), script_(script_of(typed)), letters_(characters(typed)), stem_letters_(characters(stem(typed))) {}

std::size_t Closest::distance_to(std::string_view word, const std::u32string& letters) const {
    if (unfinished_) return edit_distance_to_beginning(letters_, letters, edits());
    std::size_t distance = edit_distance(letters_, letters, edits());
    if (distance <= 1 || stem_edits() == 0) return distance;
    const std::string word_stem = stem(word);
    const std::u32string stem_letters = characters(word_stem);
    // Irregular stems ("dying": "die") do not count, so that the words of a stem can be looked up by its beginning.
    if (stem_letters.size() < 4 || !word.starts_with(first_characters(word_stem, stem_letters.size() - 1))) return distance;
    const std::size_t by_stem = edit_distance(stem_letters_, stem_letters, stem_edits());
    return by_stem <= stem_edits() ? std::min(distance, by_stem) : distance;
}

void Closest::consider(std::string_view word) {
    if (edits() == 0 || script_of(word) != script_) return;
    const std::u32string letters = characters(word);
    if (letters.size() < letters_least) return;
    const std::size_t distance = distance_to(word, letters);
    if (distance > std::max(edits(), stem_edits())) return;
    candidates_.push_back({distance, letters[0] != letters_[0], common_beginning(letters, letters_), letters.size(), std::string(word)});
}

std::vector<std::string> Closest::take(const std::function<bool(const std::string&)>& known) {
    std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
        if (a.distance != b.distance) return a.distance < b.distance;
        if (a.other_beginning != b.other_beginning) return b.other_beginning;
        if (a.common != b.common) return a.common > b.common;
        return a.letters != b.letters ? a.letters < b.letters : a.word < b.word;
    });
    std::vector<std::string> words;
    std::set<std::string> stems;
    const Candidate* first = nullptr;
    for (const Candidate& candidate : candidates_) {
        if (first != nullptr && (candidate.distance != first->distance || candidate.other_beginning != first->other_beginning)) break;
        const std::string word_stem = stem(candidate.word);
        if (stems.contains(word_stem) || !known(candidate.word)) continue;
        stems.insert(word_stem);
        words.push_back(candidate.word);
        first = &candidate;
        if (words.size() == alternatives_max) break;
    }
    return words;
}

} // namespace greenbank::search
