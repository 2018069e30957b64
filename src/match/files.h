// files.h — a need and a library out of files, without a server: `greenbank match --need need.json --library technologies.csv`.
#pragma once

#include "api/command.h"
#include "match/match.h"

namespace greenbank::match {

/// The need is one JSON object, the library a CSV file or a JSON list, all as the API has them; fields that the bank sets
/// (id, owner, state) may be left out, and every technology counts as published. Returns JSON as /needs/{id}/matches sends
/// it, or aligned text. Every faulty row and field is named; nothing in a file can crash it.
Result<std::string> match_files(
    std::string_view need_json, std::string_view library_text, bool library_is_csv, std::int64_t top, bool as_json, Language language);
/// The same with a matcher of one's own that holds nothing yet.
Result<std::string> match_files(
    Matcher& matcher, std::string_view need_json, std::string_view library_text, bool library_is_csv, std::int64_t top, bool as_json, Language language);

/// A library or needs out of a file: CSV or a JSON list; every entry counts as published, an id that is missing is made of the row.
Result<std::vector<library::Technology>> read_technologies(std::string_view text);
Result<std::vector<library::Need>> read_needs(std::string_view text);

/// `greenbank match`, which must stand behind those with a verb.
Command match_command();

} // namespace greenbank::match
