// finding.h — search over everything in the library, and keeping its index in step with the store.
#pragma once

#include "api/api.h"
#include "library/library.h"
#include "search/search.h"

namespace greenbank::library {

/// A group of words a concept.
search::Synonyms synonyms_of(const Thesaurus& concepts);
/// The facets and synonyms of the library's index.
search::Setup search_setup(const Thesaurus& concepts);

/// Fills the index from the store unless it already follows this very store. Returns the cursor to follow on from.
Result<std::string> fill_index(Store& store, search::Index& index);
/// Brings announced changes into the index and keeps the cursor there.
Result<Done> follow_index(Store& store, search::Index& index, const std::vector<Announcement>& changes, const std::string& cursor);

/// What a search finds, as a file: the parameters of search_get, and `format`.
Result<Response> search_export(search::Index& index, Store& store, const Caller& caller, const Request& request);

std::vector<Endpoint> finding_endpoints(search::Index& index, MissLog& misses);
std::vector<JobKind> finding_jobs(search::Index& index);

} // namespace greenbank::library
