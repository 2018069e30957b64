// turtle_fuzz.cpp — any bytes as Turtle; what is read is written in every syntax, and read again the same.
#include "rdf/json_ld.h"
#include "rdf/rdf_xml.h"
#include "rdf/skos.h"
#include "rdf/turtle.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto graph = rdf::read_turtle({reinterpret_cast<const char*>(bytes), size}, "http://a.example/");
    if (!graph) return 0;
    const auto again = rdf::read_turtle(rdf::write_turtle(graph.value()));
    require(again && again.value().size() == graph.value().size(), "a graph changed in Turtle");
    (void)rdf::write_json_ld(graph.value());
    if (const auto xml = rdf::write_rdf_xml(graph.value())) {
        const auto read = rdf::read_rdf_xml(xml.value());
        require(read && read.value().size() <= graph.value().size(), "a graph changed in RDF/XML"); // fewer where texts lost control characters
    }
    if (const auto scheme = rdf::skos::read_concept_scheme(graph.value()); scheme && !scheme.value().iri.empty()) {
        const auto made = rdf::skos::graph_of(scheme.value());
        require(made && rdf::skos::read_concept_scheme(made.value()).value() == scheme.value(), "a concept scheme changed");
    }
    return 0;
}
