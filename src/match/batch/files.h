// files.h — many needs and a library out of files: `greenbank match batch --needs needs.csv --library technologies.csv --out matches.csv`.
#pragma once

#include "api/command.h"
#include "match/match.h"

namespace greenbank::match {

/// What `greenbank match batch` writes: CSV, a row for each technology of each need; or a JSON list of answers with every sentence.
/// `write` gets it piece by piece. Returns how many needs there were.
Result<std::size_t> match_batch_files(Matcher& matcher, std::string_view needs, std::string_view library, std::size_t top, unsigned threads, bool as_json,
    Language language, const std::function<void(std::string_view)>& write, const std::function<void(std::size_t done, std::size_t total)>& progress);

Command match_batch_command();

} // namespace greenbank::match
