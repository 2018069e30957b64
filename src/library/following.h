// following.h — what the library holds outside the database, kept in step with it: the thesaurus in force, the search index, notices.
#pragma once

#include "api/api.h"
#include "library/finding/saved_searches.h"
#include "search/search.h"

namespace greenbank::library {

Following following(search::Index& index, NoticeDesk& notices);

} // namespace greenbank::library
