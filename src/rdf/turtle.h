// turtle.h — RDF 1.1 Turtle (W3C recommendation of 2014).
#pragma once

#include "kernel/result.h"
#include "rdf/graph.h"

namespace greenbank::rdf {

/// The prefixes that are used, then one paragraph a subject, in the order of terms.
std::string write_turtle(const Graph& graph);

/// Prefixes and base (in both spellings), `a ; ,`, blank nodes as labels and in [ ], lists in ( ), literals short and long with
/// language or datatype, numbers and booleans, escapes, comments. Anything else is an Error that names line and column; so is an IRI
/// that stays relative. The prefixes of the file become those of the graph.
Result<Graph> read_turtle(std::string_view text, std::string_view base = {}, const ReadLimits& limits = {});

} // namespace greenbank::rdf
