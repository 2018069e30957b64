// How a query's text is understood: the readings that an index tries in turn, each a list of conditions.
// Nothing in a text is syntax but quotation marks and a leading minus; everything else is words or nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "search/search.h"
#include "search/units.h"
#include "search/vocabulary.h"

namespace greenbank::search {

/// One unit of a sequence: a word as written, or an ideograph.
struct Piece {
    std::string text;
    bool ideograph = false;
    bool glued = false; // must directly follow the piece before, with no punctuation between

    bool operator==(const Piece&) const = default;
};

struct Condition {
    enum class Kind : std::uint8_t {
        sequence, // pieces, one after the other
        literal,  // the text itself, also within words
        stem,     // a word with this stem
        stems,    // words with these stems, one after the other
        prefix,   // a word that begins so
        any,      // of parts
        all,      // of parts, anywhere in the document
    };
    Kind kind = Kind::sequence;
    std::vector<Piece> pieces = {}; // sequence, literal: its units; stem, stems, prefix: the texts
    std::string text = {};          // literal: folded, each white space as one blank
    std::vector<Condition> parts = {};
    float weight = 1; // within `any`: what an occurrence counts

    bool operator==(const Condition&) const = default;
};

struct Reading {
    std::vector<Condition> terms;
    bool relaxed = false; // one of the terms is enough
};

struct Understood {
    std::vector<Reading> readings; // the first that finds anything visible holds; none at all: everything is found
    std::vector<Condition> excluded;
    std::vector<Correction> corrected;
    /// Quoted texts are meant to the letter: where they are found, nothing is added that lacks them.
    bool quoted = false;

    /// What completes a reading that found something: kinds of which it found nothing show what holds most of these terms.
    const Reading* completing(const Reading& held) const;
};

/// The synonyms, prepared to be looked up by what a query says.
class Thesaurus {
public:
    explicit Thesaurus(const Synonyms& synonyms);

    /// Other words of the groups that hold this word; see `key`.
    std::vector<Condition> others(const std::string& key) const;
    std::size_t longest() const { return longest_; }
    /// Whether a single word, or one of the same stem, is part of any.
    bool knows(std::string_view word) const { return stems_.contains(stem(word)); }
    bool has(const std::string& word) const { return words_.contains(word); }
    void consider(Closest& closest) const { vocabulary_.consider(closest); }

    /// Other phrases (by `phrase_key`) of the groups with a phrase that begins so.
    std::vector<std::string> others_beginning(const std::string& key) const;
    /// The first word of that language in a group that holds this one, as it was given; empty if there is none.
    std::string in(Language language, std::string_view phrase) const;

    /// What makes two words the same: stems of words, ideographs as they are.
    static std::string key(std::string_view folded);

private:
    void learn_group(const std::vector<std::string>& group);

    std::vector<Condition> synonyms_; // each once: a word has tens of others, and most words are others of tens
    std::unordered_map<std::string, std::vector<std::uint32_t>> others_;
    std::size_t longest_ = 0; // terms of the longest word
    std::vector<std::vector<std::string>> groups_;
    std::unordered_map<std::string, std::size_t> group_of_;       // by `key`; the first one
    std::vector<std::pair<std::string, std::size_t>> beginnings_; // phrase key and group, in order
    std::unordered_set<std::string> words_, stems_;
    Vocabulary vocabulary_;
};

/// What correcting and suggesting ask of an index, on behalf of one asker.
class Lexicon {
public:
    virtual ~Lexicon() = default;
    /// Whether some document that the asker may see meets the condition.
    virtual bool holds(const Condition& condition) = 0;
    /// Considers all words that may be near, perhaps also words of documents that the asker may not see.
    virtual void consider(Closest& closest) = 0;
};

/// The words to read instead of one that no document and no synonym holds; none where it is to be read as it stands.
std::vector<std::string> corrections(const std::string& word, bool unfinished, const Thesaurus& thesaurus, Lexicon& lexicon);

Understood understand(std::string_view text, const Thesaurus& thesaurus, Lexicon& lexicon);

/// By its script: Chinese, Russian, else English.
Language language_of(std::string_view text);

} // namespace greenbank::search
