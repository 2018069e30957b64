// The face of search: an index of documents in three languages, exact for Chinese, with facets and highlights.
// The index is a copy: whoever owns the documents can fill it again at any time, and keeps a cursor in its memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/result.h"
#include "kernel/text.h"

namespace greenbank::search {

struct Document {
    std::string id;
    std::string kind; // "technology"; also the value of the facet "kind"
    Text title, summary;
    std::string body = {};                                        // everything else that can be searched, in any language
    std::vector<std::string> keywords = {};                       // searched like the summary, and suggested while typing
    std::vector<std::pair<std::string, std::string>> facets = {}; // facet and value; several values of a facet allowed
    double boost = 1;                                             // multiplies the score
    std::int64_t updated_at = 0;                                  // any unit; newer is larger
    std::string visible = "public";                               // who may see it: a token that queries must name
};

enum class Sort { relevance, newest, title };

struct Query {
    /// Words are found by stem, the last one also as the beginning of a word; a run of Chinese characters as it stands.
    /// "…" asks for exactly this text, also within words; -word excludes. A text without any word finds everything.
    std::string text = {};
    std::map<std::string, std::vector<std::string>> filters = {}; // facet to values: any of them, for every facet
    std::vector<std::string> visible = {};                        // tokens whose documents the asker may see
    std::size_t offset = 0, limit = 20;
    Language language = Language::zh;
    std::vector<std::string> facets = {}; // to count
    Sort sort = Sort::relevance;
};

struct Hit {
    std::string id, kind;
    double score = 0;
    bool partial = false;       // holds most of the words, not all
    std::string title, summary; // in the query's language or the best there is; \x01 before and \x02 after each match
};

struct FacetCount {
    std::string value;
    std::int64_t count = 0;

    bool operator==(const FacetCount&) const = default;
};

/// A word that no document holds, and one that was looked for instead; several where several are as near.
struct Correction {
    std::string typed, read_as; // folded: in small letters

    bool operator==(const Correction&) const = default;
};

struct Found {
    std::vector<Hit> hits;
    std::int64_t total = 0; // of all pages
    /// Exact, under the text and all filters but the facet's own; most frequent first, then by value.
    std::map<std::string, std::vector<FacetCount>> facets;
    /// Nothing holds all of the words, so these hold some. Filters never change how a text is read.
    bool relaxed = false;
    /// How many of `total` are of a kind of which nothing holds all of the words, and hold most of them: they stand after all others.
    std::int64_t partial = 0;
    std::vector<Correction> corrected = {};
};

struct Suggestion {
    std::string text;           // in the asker's language where it is known there
    std::int64_t documents = 0; // that carry it, or what it stands for, as a title or a keyword
};

/// Groups of words that mean the same, in any language: a query that names one finds the others.
struct Synonyms {
    std::vector<std::vector<std::string>> groups;
};

/// What an index is built for; another setup means another index.
struct Setup {
    std::vector<std::string> facets; // at most 11 besides "kind"
    Synonyms synonyms = {};          // may differ between runs on the same index
    /// From so many documents on, what stands in very many of them is also kept in a faster way. Tests set it to a few.
    std::size_t frequent_from = 16'384;
};

/// Whether an index takes the document: `put` refuses all if one is faulty.
Result<Done> check(const Document& document, const Setup& setup);

/// Any thread may call anything. A search sees each document wholly before or wholly after a `put`.
class Index {
public:
    virtual ~Index() = default;

    /// Adds documents or replaces those of the same id.
    virtual Result<Done> put(std::span<const Document> documents) = 0;
    virtual Result<Done> erase(std::span<const std::string> ids) = 0; // unknown ids are no error
    virtual Result<Found> search(const Query& query) = 0;
    /// Titles and keywords that begin so, or sound so (Chinese by pinyin), or mean what begins so, among documents of
    /// these tokens; those of most documents first. Where there are none, as if typing errors were corrected.
    virtual Result<std::vector<Suggestion>> suggest(std::string_view text, Language language, std::span<const std::string> visible, std::size_t limit) = 0;

    /// Other synonyms from now on; a search that is under way keeps those it began with.
    virtual Result<Done> learn_synonyms(const Synonyms& synonyms) = 0;

    /// Forgets all documents and all memory.
    virtual Result<Done> clear() = 0;
    virtual std::int64_t size() = 0;

    /// Small facts that live and die with the index: the store's identity, how far its changes were followed.
    virtual Result<std::string> remembered(const std::string& name) = 0; // empty if never set
    virtual Result<Done> remember(const std::string& name, const std::string& value) = 0;
};

/// The same for every index: the title's or summary's marks around what was found.
inline constexpr char mark_begin = '\x01';
inline constexpr char mark_end = '\x02';

} // namespace greenbank::search
