// Where a condition holds in one text: the exact spans for highlights, and the truth for the naive twin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/reading.h"

namespace greenbank::search {

/// A folded text with its units and the stems of its words.
struct Searchable {
    std::string folded;
    std::vector<Unit> units;
    std::vector<std::string> stems;     // of the words, in order
    std::vector<std::uint32_t> word_at; // the unit each stem belongs to

    explicit Searchable(std::string folded_text);
    std::string_view text(std::size_t unit) const { return units[unit].of(folded); }
};

struct Span {
    std::size_t begin, end; // bytes of the folded text

    bool operator==(const Span&) const = default;
};

/// Between texts that a section joins: no literal reaches across.
inline constexpr char text_separator = '\x1e';

/// Visits the places of a folded text, from its beginning, where a literal stands; a blank in it is any white space.
template <class Visit> void each_literal(std::string_view literal, std::string_view text, Visit visit);

/// Appends every place where the condition, or a part of it, is found.
void find_spans(const Condition& condition, const Searchable& text, std::vector<Span>& spans);

/// The title with marks around every match. `terms` are those of the reading that found it.
std::string highlight(std::string_view original, const std::vector<Condition>& terms);
/// The same for about 200 characters of a text, chosen around its matches, with an ellipsis where it is cut.
std::string excerpt(std::string_view original, const std::vector<Condition>& terms);

/// Where the literal ends that begins at `at`; npos if it does not stand there.
std::size_t literal_end(std::string_view literal, std::string_view text, std::size_t at);

template <class Visit> void each_literal(std::string_view literal, std::string_view text, Visit visit) {
    const std::string_view first_word = literal.substr(0, literal.find(' '));
    for (std::size_t at = text.find(first_word); at != std::string_view::npos; at = text.find(first_word, at + 1))
        if (const std::size_t end = literal_end(literal, text, at); end != std::string_view::npos) visit(at, end);
}

} // namespace greenbank::search
