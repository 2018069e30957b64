// rdf_xml_names.h — names of the rdf namespace that are syntax of RDF/XML and no properties (clause 5.1).
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace greenbank::rdf {

/// Attributes of the syntax.
inline bool is_syntax_attribute(std::string_view local) {
    static constexpr std::string_view names[] = {"about", "ID", "nodeID", "resource", "datatype", "parseType"};
    return std::find(std::begin(names), std::end(names), local) != std::end(names);
}

/// Withdrawn from the language: always an error.
inline bool is_withdrawn(std::string_view local) { return local == "aboutEach" || local == "aboutEachPrefix" || local == "bagID"; }

/// Nothing that a statement could have as its property; rdf:li stands for rdf:_1, rdf:_2 and so on.
inline bool is_no_property(std::string_view local) {
    return is_syntax_attribute(local) || is_withdrawn(local) || local == "RDF" || local == "Description" || local == "li";
}

} // namespace greenbank::rdf
