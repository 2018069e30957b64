// A document made ready to be indexed, the same for every index.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "search/matching.h"
#include "search/search.h"

namespace greenbank::search {

/// A title or keyword to suggest: what is typed, folded, and what is shown.
struct Phrase {
    std::string key, text;
    bool keyword = false; // of the document's keywords; otherwise a title
};

struct Prepared {
    std::string id, kind;
    Text title, summary;                          // without the characters that mark highlights
    std::vector<Searchable> sections;             // by Section
    std::vector<Phrase> phrases;                  // distinct keys
    std::vector<std::vector<std::string>> facets; // by place in `facet_names`; values sorted, distinct
    double boost = 1;
    std::int64_t updated_at = 0;
    std::string visible;

    float length() const; // units of all sections
};

/// "kind" and then the facets of the setup.
Result<std::vector<std::string>> facet_names(const Setup& setup);

Result<Done> check(const Document& document, const std::vector<std::string>& facet_names);
Result<Prepared> prepare(const Document& document, const std::vector<std::string>& facet_names);

/// What a suggestion must begin with.
std::string phrase_key(std::string_view text);

/// The place of a facet, or an error that names it.
Result<std::size_t> facet_place(const std::string& facet, const std::vector<std::string>& facet_names);

/// Most frequent first, then by value.
void sort_counts(std::vector<FacetCount>& counts);
/// Suggestions of most documents first, then short ones; at most `limit`.
void sort_suggestions(std::vector<Suggestion>& suggestions, std::size_t limit);

} // namespace greenbank::search
