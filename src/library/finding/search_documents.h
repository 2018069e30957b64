// search_documents.h — what of an entry can be found: its texts, its words, its facets, and who may see it.
#pragma once

#include "library/assessment/experts.h"
#include "library/policies/policies.h"
#include "search/search.h"

namespace greenbank::library {

search::Document document_of(const Technology& technology);
search::Document document_of(const Need& need);
search::Document document_of(const CapitalOffer& offer);
search::Document document_of(const Organisation& organisation);
search::Document document_of(const Expert& expert);
search::Document document_of(const Policy& policy);

/// Readiness on a scale of 1 to 9; the IEA's eleven levels are scaled down.
std::int64_t common_level(const Readiness& readiness);

} // namespace greenbank::library
