// thesaurus_exchange.h — the thesaurus as SKOS: out as it is in force, in as a difference that is shown before it is taken.
#pragma once

#include "api/api.h"
#include "library/publishing/publication.h"
#include "library/thesaurus/thesaurus.h"
#include "library/versions.h"
#include "rdf/graph.h"

namespace greenbank::library {

enum class ThesaurusAction { added, changed, unchanged };

/// What taking a file would do to one concept.
struct ThesaurusChange {
    std::string code;
    Text name;
    ThesaurusAction action = ThesaurusAction::added;
    std::vector<DifferenceItem> changes;
};
Record describe(const ThesaurusChange*);

/// What is wrong with one concept of the file; it is left out, the others are not.
struct ThesaurusProblem {
    std::string entry; // IRI or code
    std::string sentence;
};
Record describe(const ThesaurusProblem*);

struct ThesaurusDifference {
    std::int64_t added = 0, changed = 0, unchanged = 0, faulty = 0, labels_passed_over = 0;
    std::vector<ThesaurusChange> items; // the first ones that are not unchanged
    std::vector<ThesaurusProblem> problems;
    std::string fingerprint; // of file and thesaurus: taking the file is refused if either has changed since
};
Record describe(const ThesaurusDifference*);

/// What is in force, with hidden labels and notes.
Result<rdf::Graph> thesaurus_graph(Store& store, const PublicAddress& address);

/// Turtle, RDF/XML or JSON-LD by the name's end, else by what it looks like.
Result<rdf::Graph> read_graph_file(std::string_view bytes, std::string_view name);

std::vector<Endpoint> thesaurus_exchange_endpoints(const PublicAddress& address);
std::vector<JobKind> thesaurus_exchange_jobs(const PublicAddress& address);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::ThesaurusAction> {
    static constexpr std::string_view name = "thesaurus_action";
    static constexpr std::string_view values[] = {"added", "changed", "unchanged"};
};
} // namespace greenbank
