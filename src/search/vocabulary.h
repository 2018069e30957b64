// Words in memory, to be looked up by what they nearly are or what they hold: one after the other in one text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/correcting.h"

namespace greenbank::search {

class WordList {
public:
    /// `number` is the caller's. No word twice.
    void add(std::string_view folded_word, std::uint32_t number);
    std::size_t size() const { return entries_.size(); }

    /// Visits words (text, number) whose number of letters and choice of letters allow so few edits; about one in a hundred.
    template <class Visit> void each_similar(std::u32string_view letters, std::size_t edits, bool unfinished, Visit visit) const {
        const std::uint32_t wanted = signature(letters);
        for (const Entry& entry : entries_)
            if (similar(entry, wanted, letters.size(), edits, unfinished)) visit(word(entry), entry.number);
    }

    /// Visits words that begin with one of these, which have at least three bytes each; in one pass.
    template <class Visit> void each_beginning(const std::vector<std::string>& beginnings, Visit visit) const {
        std::vector<char> begun(4096);
        for (const std::string& beginning : beginnings) begun[first_bytes(beginning)] = 1;
        for (const Entry& entry : entries_) {
            const std::string_view text = word(entry);
            if (entry.bytes < 3 || begun[first_bytes(text)] == 0) continue;
            const auto begins = [&](const std::string& beginning) { return text.starts_with(beginning); };
            if (std::any_of(beginnings.begin(), beginnings.end(), begins)) visit(text, entry.number);
        }
    }

    /// Visits words that hold the part anywhere, or at their beginning or end.
    template <class Visit> void each_holding(std::string_view part, bool at_beginning, bool at_end, Visit visit) const {
        const std::string wanted = (at_beginning ? "\n" : "") + std::string(part) + (at_end ? "\n" : "");
        for (std::size_t at = find(wanted, 0); at != std::string::npos;) {
            const Entry& entry = entry_at(at + (at_beginning ? 1 : 0));
            visit(word(entry), entry.number);
            at = find(wanted, entry.begin + entry.bytes); // its end is the beginning of the next
        }
    }

private:
    struct Entry {
        std::uint32_t begin, number;
        std::uint32_t signature; // which letters it has, by their last five bits
        std::uint8_t letters;    // 0: never similar to anything
        std::uint16_t bytes;
    };
    static std::size_t first_bytes(std::string_view text) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
        return (byte(0) * 289U + byte(1) * 17U + byte(2)) & 4095U;
    }
    static std::uint32_t signature(std::u32string_view letters);
    static bool similar(const Entry& entry, std::uint32_t wanted, std::size_t letters, std::size_t edits, bool unfinished);
    std::string_view word(const Entry& entry) const { return std::string_view(text_).substr(entry.begin, entry.bytes); }
    std::size_t find(const std::string& wanted, std::size_t from) const;
    const Entry& entry_at(std::size_t byte) const;

    std::string text_ = "\n"; // "\nheat\npump\n"
    std::vector<Entry> entries_;
};

/// The words and stems of an index or a thesaurus.
struct Vocabulary {
    WordList words, stems;

    void consider(Closest& closest) const;
};

} // namespace greenbank::search
