// concepts.h — finds concepts of a thesaurus in text of any language, so that 热泵, heat pumps and теплового насоса meet.
// Chinese words are found anywhere in the text, the longest winning over what it contains; words of Latin and Cyrillic
// letters are found whole, by their stems.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/engine/match.h"

namespace greenbank::match {

/// A whole text with letter case, width and traditional characters made equal.
using Fold = std::function<std::string(std::string_view)>;
/// One folded word without its ending.
using Stem = std::function<std::string(std::string_view)>;

struct ThesaurusEntry {
    std::string code;
    std::string broader; // empty at the top
    std::vector<std::string> words;
};

/// A piece of a document and how much a concept in it counts.
struct Passage {
    std::string_view text;
    std::uint32_t weight = concept_weight_full;
};

/// Does not change once built; its functions must be safe to call from many threads if find() is.
class ConceptFinder {
public:
    ConceptFinder(std::span<const ThesaurusEntry> thesaurus, Fold fold, Stem stem);

    /// The concepts named in a text, in thesaurus order.
    std::vector<std::uint32_t> find(std::string_view text) const;
    /// What a document is about: each concept with its greatest weight; a broader one gets half of its narrower one's.
    std::vector<ConceptWeight> weigh(std::span<const Passage> passages) const;

    std::size_t size() const { return codes_.size(); }
    const std::string& code(std::uint32_t concept_index) const { return codes_[concept_index]; }

private:
    using Node = std::uint32_t;
    /// A tree of sequences of numbers: code points of Chinese, or numbers of stems.
    struct Tree {
        std::unordered_map<std::uint64_t, Node> children; // node and number → node
        std::vector<std::vector<std::uint32_t>> found{1}; // concepts that end at a node
        std::vector<bool> begins;                         // by number: does any sequence begin with it?

        void add(std::span<const std::uint32_t> sequence, std::uint32_t concept_index);
        /// Every match that no other match contains.
        void find(std::span<const std::uint32_t> sequence, std::vector<bool>& seen) const;
    };

    void add_word(const std::string& word, std::uint32_t concept_index);
    /// Numbers of the stems of the words in folded text; `learn` gives new stems a number, else they get 0.
    std::vector<std::uint32_t> stems_of(std::span<const char32_t> folded);
    std::vector<std::uint32_t> stems_of(std::span<const char32_t> folded) const;
    template <class Number> static std::vector<std::uint32_t> words_of(std::span<const char32_t> folded, Number number);

    Fold fold_;
    Stem stem_;
    std::vector<std::string> codes_;
    std::vector<std::vector<ConceptWeight>> with_broader_; // of each concept: itself and those above it
    Tree characters_, words_;
    std::unordered_map<std::string, std::uint32_t> stems_;
};

} // namespace greenbank::match
