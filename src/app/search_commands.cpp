// search_commands.cpp — `greenbank library index` and `greenbank library search`: the library's work over files, on Groonga's index.
#include "app/search_commands.h"

#include "library/finding/finding.h"
#include "library/finding/search_files.h"
#include "search/groonga.h"

namespace greenbank::app {

namespace {

search::Synonyms own_synonyms() { return library::synonyms_of(library::reference().thesaurus); }

Result<int> run_index(const library::SearchIndexOptions& options, Console& console) {
    return library::search_index(options, own_synonyms(), search::open_groonga_index, console);
}
Result<int> run_search(const library::SearchRunOptions& options, Console& console) {
    return library::search_run(options, own_synonyms(), search::open_groonga_index, console);
}

} // namespace

Slice with_search_commands(Slice library) {
    library.commands.push_back(command("library", "index", "Make a search index from a CSV file.", run_index));
    library.commands.push_back(command("library", "search", "Rank an index's documents for each query of a file.", run_search));
    return library;
}

} // namespace greenbank::app
