// text_terms.h — the terms of a text in Chinese, English or Russian: words by their stems, pairs of ideographs, and concepts
// of a thesaurus, which are the same whatever the language. What equal means (case, script, endings) the caller brings.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace greenbank::library {

/// Makes letter case, width and traditional characters equal.
using FoldText = std::function<std::string(std::string_view)>;
/// One folded word without its ending.
using StemWord = std::function<std::string(std::string_view)>;

struct TermConcept {
    std::string code;
    std::string broader; // empty at the top
    std::vector<std::string> words;
};

struct TermWeights {
    double ideograph = 0.3; // a single one says little beside the pairs it stands in
    double concept_ = 3;    // a concept was chosen by people and is the same in all languages
    double broader = 0.5;   // of what the narrower one weighs
};

struct WeighedTerm {
    double weight = 0;
    std::string said; // as it stood in the folded text, the first time
};

/// Terms by key: a stem, one or two ideographs, or "@" and the code of a concept. In order, so that sums come out alike.
using TermBag = std::map<std::string, WeighedTerm, std::less<>>;
double total_of(const TermBag& bag);
inline bool is_concept(std::string_view key) { return key.starts_with('@'); }

/// Does not change once built; its functions must be safe to call from many threads if add() is.
class TermFinder {
public:
    TermFinder(std::span<const TermConcept> thesaurus, FoldText fold, StemWord stem, TermWeights weights = {});

    /// Adds the terms of a text, each occurrence with `weight`; a concept counts once, its broader ones less. Only the first
    /// 20,000 bytes are read.
    void add(std::string_view text, double weight, TermBag& bag) const;
    TermBag terms_of(std::string_view text) const;

private:
    struct Unit {
        std::string key; // an ideograph or a stem
        std::size_t begin = 0, end = 0;
        bool ideograph = false;
    };
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    std::vector<Unit> units_of(std::string_view folded) const;
    std::uint32_t number_of(const std::string& key) const;
    void learn(const std::string& words, std::uint32_t concept_index);
    void add_concepts(std::string_view folded, const std::vector<Unit>& units, double weight, TermBag& bag) const;

    FoldText fold_;
    StemWord stem_;
    TermWeights weights_;
    std::vector<std::string> codes_;
    std::vector<std::vector<std::pair<std::uint32_t, double>>> with_broader_; // concept and its share, itself first
    std::unordered_map<std::string, std::uint32_t> numbers_;                  // of units that thesaurus words are made of
    std::unordered_map<std::uint64_t, std::uint32_t> steps_;                  // node and unit → node
    std::vector<std::vector<std::uint32_t>> ends_{1};                         // concepts whose words end at a node
};

} // namespace greenbank::library
