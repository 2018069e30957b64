// json_ld_fuzz.cpp — any bytes as JSON-LD; what is read is written and read again the same.
#include "rdf/json_ld.h"
#include "rdf/skos.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto graph = rdf::read_json_ld({reinterpret_cast<const char*>(bytes), size}, "http://a.example/");
    if (!graph) return 0;
    const auto again = rdf::read_json_ld(rdf::write_json_ld(graph.value()));
    require(again && again.value().size() == graph.value().size(), "a graph changed in JSON-LD");
    (void)rdf::skos::read_concept_scheme(graph.value());
    return 0;
}
