// How a query's text is understood: the readings that an index tries in turn, each a list of conditions.
// Nothing in a text is syntax but quotation marks and a leading minus; everything else is words or nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/search.h"
#include "search/units.h"

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
        stem,     // a word with this stem
        stems,    // words with these stems, one after the other
        prefix,   // a word that begins so
        any,      // of parts
        all,      // of parts, anywhere in the document
    };
    Kind kind = Kind::sequence;
    std::vector<Piece> pieces = {}; // sequence: what to find; stem, stems, prefix: the texts
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
};

/// The synonyms, prepared to be looked up by what a query says.
class Thesaurus {
public:
    explicit Thesaurus(const Synonyms& synonyms);

    /// Other words of the groups that hold this word; see `key`.
    const std::vector<Condition>* others(const std::string& key) const;
    std::size_t longest() const { return longest_; }

    /// What makes two words the same: stems of words, ideographs as they are.
    static std::string key(std::string_view folded);

private:
    std::unordered_map<std::string, std::vector<Condition>> others_;
    std::size_t longest_ = 0; // terms of the longest word
};

Understood understand(std::string_view text, const Thesaurus& thesaurus);

} // namespace greenbank::search
