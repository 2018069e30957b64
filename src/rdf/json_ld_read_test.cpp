// json_ld_read_test.cpp — what is written is read back; contexts as vocabularies write them; mistakes at their place.
#include <doctest/doctest.h>

#include "rdf/graphs_under_test.h"
#include "rdf/json_ld.h"
#include "rdf/turtle.h"

namespace greenbank::rdf {

namespace {

void check(const char* sentence, const char* json, const char* turtle) {
    CAPTURE(sentence);
    const auto read = read_json_ld(json, "http://a.example/doc");
    REQUIRE_MESSAGE(read, (read ? "" : fill_in(read.error().message, read.error().parameters)));
    const auto expected = read_turtle(turtle, "http://a.example/doc");
    REQUIRE(expected);
    CHECK_MESSAGE(isomorphic(read.value(), expected.value()), write_turtle(read.value()));
}

std::string fault(std::string_view json) {
    const auto read = read_json_ld(json);
    return read ? "" : fill_in(read.error().message, read.error().parameters);
}

} // namespace

TEST_CASE("any graph is read back from its JSON-LD") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Graph graph = random_graph(random);
        const auto read = read_json_ld(write_json_ld(graph));
        REQUIRE_MESSAGE(read, (read ? "" : fill_in(read.error().message, read.error().parameters)));
        CHECK_MESSAGE(isomorphic(graph, read.value()), write_json_ld(graph));
    }
}

TEST_CASE("contexts as vocabularies write them") {
    check("terms with types, languages and containers", R"({"@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "id": "@id", "type": "@type",
        "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"}, "broader": {"@id": "skos:broader", "@type": "@id"}, "notation": "skos:notation",
        "note": {"@id": "skos:scopeNote", "@language": "ru"}},
        "@graph": [{"id": "http://b.example/1", "type": "skos:Concept", "prefLabel": {"en": "heat pump", "zh": ["热泵", "熱泵"]}, "broader": "top", "notation": 7, "note": "Насос"}]})",
        R"(@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <http://b.example/1> a skos:Concept ; skos:prefLabel "heat pump"@en, "热泵"@zh, "熱泵"@zh ;
        skos:broader <http://a.example/top> ; skos:notation 7 ; skos:scopeNote "Насос"@ru .)");
    check("a vocabulary and a language for all, a term that is null, a name without meaning",
        R"({"@context": [{"@vocab": "http://v.example/"}, {"@language": "en", "ignored": null}],
        "@id": "http://b.example/1", "name": "x", "ignored": "y", "plain": {"@value": "z"}, "not:known": "w", "@type": ["T", "http://c.example/U"]})",
        R"(<http://b.example/1> <http://v.example/name> "x"@en ; <http://v.example/ignored> "y"@en ; <http://v.example/plain> "z" ; <not:known> "w"@en ; a <http://v.example/T>, <http://c.example/U> .)");
    check("nodes in nodes, lists, and a property that points the other way",
        R"({"@context": {"p": "http://p.example/", "l": {"@id": "p:l", "@container": "@list"}, "of": {"@reverse": "p:has", "@type": "@id"}},
        "@id": "_:a", "p:knows": {"p:name": "b", "p:true": true, "p:half": 0.5}, "l": ["1", {"@id": "p:2"}], "of": "http://b.example/whole"})",
        R"(@prefix p: <http://p.example/> . <http://b.example/whole> p:has _:a . _:a p:knows [ p:name "b" ; p:true true ; p:half "0.5"^^<http://www.w3.org/2001/XMLSchema#double> ] ; p:l ( "1" p:2 ) .)");
    check("datatypes, and values that are null",
        R"({"@context": {"p": "http://p.example/", "day": {"@id": "p:day", "@type": "http://www.w3.org/2001/XMLSchema#date"}},
        "@id": "http://b.example/1", "day": "2026-01-01", "p:no": null, "p:yes": [null, {"@value": "x", "@type": "p:t"}]})",
        R"(@prefix p: <http://p.example/> . <http://b.example/1> p:day "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ; p:yes "x"^^p:t .)");
    check("nothing", "[]", "");
}

TEST_CASE("mistakes are named at their place, and nothing is fetched") {
    CHECK(fault("{").find("JSON") != std::string::npos);
    CHECK(fault("7") == "JSON-LD: an object or a list of objects is expected.");
    CHECK(fault(R"({"@context": "https://schema.org/"})") == "@context: a context at another address is not fetched; write it into the file.");
    CHECK(fault(R"({"@graph": [{}, {"@id": 7}]})") == "@graph[1].@id: a text is expected.");
    CHECK(fault(R"({"@graph": [{"@id": "no iri"}]})").starts_with("@graph[0].@id: "));
    CHECK(fault(R"({"@context": {"a": "b:x", "b": "c:x", "c": "a:x"}, "a": 1})").find("circle") != std::string::npos);
    CHECK(fault(R"({"http://p.example/": {"@value": "x", "@id": "http://a.example"}})").find("this keyword is not read here") != std::string::npos);
    const auto large = read_json_ld(std::string(200, ' '), "", {.bytes_max = 100});
    REQUIRE(!large);
    CHECK(large.error().kind == Failure::too_large);
    std::string many = "[";
    for (int i = 0; i < 50; ++i) many += (i ? "," : "") + std::string(R"({"@id":"http://a.example/)") + std::to_string(i) + R"(","http://p.example/":"x"})";
    const auto refused = read_json_ld(many + "]", "", {.triples_max = 10});
    REQUIRE(!refused);
    CHECK(refused.error().code == "rdf.too_many");
}

} // namespace greenbank::rdf
