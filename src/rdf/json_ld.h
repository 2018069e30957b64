// json_ld.h — JSON-LD 1.1 (W3C recommendation of 2020): written compacted by prefixes, read with contexts of its own.
#pragma once

#include "kernel/result.h"
#include "rdf/graph.h"

namespace greenbank::rdf {

/// An object with the prefixes that are used as "@context" and one node a subject in "@graph", all in the order of terms.
std::string write_json_ld(const Graph& graph);

/// What files of vocabularies and data portals use: contexts within the file (prefixes; terms with "@id", "@type", "@language",
/// "@reverse", "@container" of "@set", "@list" or "@language"; "@vocab", "@base", "@language"), nodes in nodes, "@graph", "@id", "@type",
/// "@value", "@list", "@set". A context at another address is refused: nothing is fetched. Errors name the place
/// ("@graph[3].skos:broader"). Names without a meaning in the context are passed over, as the recommendation says.
Result<Graph> read_json_ld(std::string_view text, std::string_view base = {}, const ReadLimits& limits = {});

/// The same JSON without <, > and &, nor the line ends that JavaScript knows and JSON does not: it can stand between
/// <script type="application/ld+json"> and </script>, whatever its texts say.
std::string safe_in_script(std::string_view json);

} // namespace greenbank::rdf
