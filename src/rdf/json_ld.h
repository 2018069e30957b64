// json_ld.h — JSON-LD 1.1 (W3C recommendation of 2020), compacted by prefixes.
#pragma once

#include "rdf/graph.h"

namespace greenbank::rdf {

/// An object with the prefixes that are used as "@context" and one node a subject in "@graph", all in the order of terms.
std::string write_json_ld(const Graph& graph);

/// The same JSON without <, > and &, nor the line ends that JavaScript knows and JSON does not: it can stand between
/// <script type="application/ld+json"> and </script>, whatever its texts say.
std::string safe_in_script(std::string_view json);

} // namespace greenbank::rdf
