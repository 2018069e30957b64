// Search over plain files: an index made from CSV, and ranked runs for lists of queries, without a server or a database.
#pragma once

#include "api/command.h"
#include "library/library.h"
#include "search/search.h"

namespace greenbank::library {

/// Opens the search index in a folder, or makes one there: whoever introduces the rooms knows of which make.
using OpenIndex = std::function<Result<std::unique_ptr<search::Index>>(const std::string& folder, const search::Setup& setup)>;

struct SearchIndexOptions {
    std::string in; // CSV with the columns id, title, text, and optionally lang, field, country, year; "-" is standard input
    std::string out;
};
Record describe(const SearchIndexOptions*);

struct SearchRunOptions {
    std::string index;
    std::string queries; // a line each: query id, tab, text; "-" is standard input
    std::int64_t top = 10;
    std::string out; // a line each: query id, rank from 1, document id, score, with tabs
};
Record describe(const SearchRunOptions*);

/// Makes an index in a folder that is new, empty, or holds an index of this command. Rows are read one by one, so that memory
/// stays small; faulty ones are named by line on `console.aside` and left out, and the command then ends as refused.
/// Of rows with the same id the last one holds.
Result<int> search_index(const SearchIndexOptions& options, const search::Synonyms& synonyms, const OpenIndex& open, Console& console);
Result<int> search_run(const SearchRunOptions& options, const search::Synonyms& synonyms, const OpenIndex& open, Console& console);

} // namespace greenbank::library
