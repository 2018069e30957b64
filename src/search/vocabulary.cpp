// vocabulary.cpp — a filter by letters before any distance is measured.
#include "search/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace greenbank::search {

std::uint32_t WordList::signature(std::u32string_view letters) {
    std::uint32_t bits = 0;
    for (const char32_t letter : letters) bits |= 1U << (letter & 31U);
    return bits;
}

/// An edit takes away one letter at most and adds one at most.
bool WordList::similar(const Entry& entry, std::uint32_t wanted, std::size_t letters, std::size_t edits, bool unfinished) {
    if (letters > entry.letters + edits || (!unfinished && entry.letters > letters + edits)) return false;
    const auto missing = static_cast<std::size_t>(std::popcount(wanted & ~entry.signature)),
               more = static_cast<std::size_t>(std::popcount(entry.signature & ~wanted));
    return missing <= edits && (unfinished || more <= edits) && entry.letters > 0;
}

void WordList::add(std::string_view folded_word, std::uint32_t number) {
    const std::u32string letters = characters(folded_word);
    const bool comparable = script_of(folded_word) != Script::other && letters.size() < 256;
    entries_.push_back({.begin = static_cast<std::uint32_t>(text_.size()),
        .number = number,
        .signature = signature(letters),
        .letters = static_cast<std::uint8_t>(comparable ? letters.size() : 0),
        .bytes = static_cast<std::uint16_t>(folded_word.size())});
    text_ += folded_word;
    text_ += '\n';
}

std::size_t WordList::find(const std::string& wanted, std::size_t from) const {
    const void* found = ::memmem(text_.data() + from, text_.size() - from, wanted.data(), wanted.size()); // much faster than std::string::find
    return found == nullptr ? std::string::npos : static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
}

const WordList::Entry& WordList::entry_at(std::size_t byte) const {
    const auto after = std::upper_bound(entries_.begin(), entries_.end(), byte, [](std::size_t at, const Entry& entry) { return at < entry.begin; });
    return *(after - 1);
}

void Vocabulary::consider(Closest& closest) const {
    if (closest.edits() == 0 || closest.letters().size() > 64) return;
    const Measure typed(closest.letters());
    words.each_similar(closest.letters(), closest.edits(), closest.unfinished(), [&](std::string_view word, std::uint32_t) {
        if (typed.distance_at_most(word, closest.unfinished()) <= closest.edits()) closest.consider(word);
    });
    if (closest.stem_edits() == 0) return;
    const Measure typed_stem(closest.stem_letters());
    std::vector<std::string> beginnings; // of the words of near stems
    stems.each_similar(closest.stem_letters(), closest.stem_edits(), false, [&](std::string_view stem, std::uint32_t) {
        if (typed_stem.distance_at_most(stem, false) > closest.stem_edits()) return;
        if (const std::size_t letters = characters(stem).size(); letters >= 4) beginnings.emplace_back(first_characters(stem, letters - 1));
    });
    if (!beginnings.empty()) words.each_beginning(beginnings, [&](std::string_view word, std::uint32_t) { closest.consider(word); });
}

} // namespace greenbank::search
