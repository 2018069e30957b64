// One search in the Groonga index: the first reading that finds something, filters and counts in one pass, the best page.
#pragma once

#include <vector>

#include "search/facet_sets.h"
#include "search/groonga_database.h"
#include "search/groonga_words.h"
#include "search/reading.h"
#include "search/search.h"

namespace greenbank::search {

/// What the index knows besides its tables; the same during a search.
struct Knowledge {
    std::vector<std::string> facet_names;
    std::vector<FacetSets> facets; // by place in `facet_names`
    std::size_t documents = 0;
    double units = 0; // of all documents
    grn_id last_document = 0;
    std::unique_ptr<GroongaWords> words = std::make_unique<GroongaWords>();
};

/// What a search works on, for as long as nobody writes.
struct Opened {
    grn_ctx* context;
    const Tables& tables;
    const Rows& rows;
    const FrequentUnits& frequent;
    const Knowledge& knowledge;
    const Thesaurus& thesaurus;
};

Result<Found> search(const Opened& opened, const Query& query);
Result<std::vector<Suggestion>> suggest(
    const Opened& opened, std::string_view text, Language language, std::span<const std::string> visible, std::size_t limit);

/// The parts of the column "stored".
struct Stored {
    std::string kind;
    Text title, summary;
};
std::string to_stored(const Stored& stored);
Stored parse_stored(std::string_view text);

} // namespace greenbank::search
