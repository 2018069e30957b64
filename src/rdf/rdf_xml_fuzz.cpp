// rdf_xml_fuzz.cpp — any bytes as RDF/XML; what is read is written and read again the same.
#include "rdf/rdf_xml.h"
#include "rdf/turtle.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto graph = rdf::read_rdf_xml({reinterpret_cast<const char*>(bytes), size}, "http://a.example/");
    if (!graph) return 0;
    const auto turtle = rdf::read_turtle(rdf::write_turtle(graph.value()));
    require(turtle && turtle.value().size() == graph.value().size(), "a graph changed in Turtle");
    if (const auto written = rdf::write_rdf_xml(graph.value())) {
        const auto again = rdf::read_rdf_xml(written.value());
        require(again && again.value().size() == graph.value().size(), "a graph changed in RDF/XML");
    }
    return 0;
}
