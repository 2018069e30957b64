// rdf_xml.h — RDF 1.1 XML Syntax (W3C recommendation of 2014).
#pragma once

#include "kernel/result.h"
#include "rdf/graph.h"

namespace greenbank::rdf {

/// One rdf:Description a subject, in the order of terms. A predicate that does not end in an XML name cannot be written: an Error.
/// Texts lose what XML cannot hold (control characters).
Result<std::string> write_rdf_xml(const Graph& graph);

/// Typed nodes, property attributes, rdf:about, ID, nodeID, resource, datatype and li, xml:lang and xml:base, parseType Resource and
/// Collection, statements about statements (rdf:ID of a property). parseType Literal, a document type and IRIs that stay relative
/// are refused; errors name the line.
Result<Graph> read_rdf_xml(std::string_view text, std::string_view base = {}, const ReadLimits& limits = {});

} // namespace greenbank::rdf
