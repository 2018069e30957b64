// skos_test.cpp — thesauri of others with their habits and mistakes, and our own there and back.
#include <doctest/doctest.h>

#include "rdf/graphs_under_test.h"
#include "rdf/rdf_xml.h"
#include "rdf/skos.h"
#include "rdf/turtle.h"

namespace greenbank::rdf::skos {
namespace {

const std::string head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix : <http://t.example/> .\n";

Result<ConceptScheme> read(std::string_view turtle, std::string_view scheme = {}) {
    const auto graph = read_turtle(head + std::string(turtle));
    REQUIRE_MESSAGE(graph, fill_in(graph.error().message, graph.error().parameters));
    return read_concept_scheme(graph.value(), scheme);
}

/// The problems, one a line: concept, code, what fills the sentence.
void check_problems(std::string_view turtle, std::string_view expected) {
    INFO(turtle);
    const auto scheme = read(turtle);
    REQUIRE(!scheme);
    std::string found;
    for (const Problem& one : scheme.error().problems)
        found += one.field.substr(17) + " " + one.code + (one.parameters.empty() ? "" : " " + one.parameters[0].value) + "\n";
    CHECK(found == expected);
}

} // namespace

TEST_CASE("a thesaurus as others write it") {
    const auto scheme = read(R"(
        :s a skos:ConceptScheme ; dct:title "Энергия"@ru , "Energy"@en ; dct:modified "2026-11-20"^^<http://www.w3.org/2001/XMLSchema#date> ; skos:hasTopConcept :energy .
        :energy a skos:Concept ; skos:inScheme :s ; skos:prefLabel "energy"@en , "能源"@zh-Hans ; skos:narrower :heat_pump .
        :heat_pump a skos:Concept ; skos:inScheme :s ; skos:notation "E.1" ; skos:prefLabel "heat pump"@en ; skos:altLabel "HP"@en , "热泵"@zh ;
            skos:hiddenLabel "heatpump"@en ; skos:definition "Moves heat."@en ; skos:related :energy ; skos:exactMatch <http://other.example/hp> ;
            skos:closeMatch <http://other.example/ac> ; skos:note "not ours"@en .
        :elsewhere a skos:Concept ; skos:inScheme :other ; skos:prefLabel "x" .)");
    REQUIRE(scheme);
    const ConceptScheme expected{"http://t.example/s", {{"Energy", "en"}, {"Энергия", "ru"}}, parse_time("2026-11-20T00:00:00Z"),
        {{.iri = "http://t.example/energy", .preferred = {{"energy", "en"}, {"能源", "zh-hans"}}}, {.iri = "http://t.example/heat_pump",
                                                                                                       .notations = {"E.1"},
                                                                                                       .preferred = {{"heat pump", "en"}},
                                                                                                       .alternative = {{"HP", "en"}, {"热泵", "zh"}},
                                                                                                       .hidden = {{"heatpump", "en"}},
                                                                                                       .definitions = {{"Moves heat.", "en"}},
                                                                                                       .broader = {"http://t.example/energy"},
                                                                                                       .related = {"http://t.example/energy"},
                                                                                                       .exact_match = {"http://other.example/hp"},
                                                                                                       .close_match = {"http://other.example/ac"}}}};
    CHECK(scheme.value() == expected);
}

TEST_CASE("the same in RDF/XML") {
    const auto graph = read_rdf_xml(
        R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#" xml:base="http://t.example/">
        <skos:ConceptScheme rdf:about="s"><skos:prefLabel xml:lang="en">Thesaurus</skos:prefLabel></skos:ConceptScheme>
        <skos:Concept rdf:about="a" xml:lang="zh"><skos:inScheme rdf:resource="s"/><skos:prefLabel>热泵</skos:prefLabel></skos:Concept></rdf:RDF>)");
    REQUIRE(graph);
    const auto scheme = read_concept_scheme(graph.value());
    REQUIRE(scheme);
    CHECK(scheme.value() == ConceptScheme{"http://t.example/s", {{"Thesaurus", "en"}}, {}, {{.iri = "http://t.example/a", .preferred = {{"热泵", "zh"}}}}});
}

TEST_CASE("which scheme") {
    CHECK(read(":a a skos:Concept ; skos:prefLabel 'a' .").value().iri.empty());
    CHECK(read(":s a skos:ConceptScheme . :a a skos:Concept ; skos:prefLabel 'a' .").value().concepts.size() == 1); // nobody says to which scheme
    CHECK(read(":s a skos:ConceptScheme . :a skos:topConceptOf :s ; skos:prefLabel 'a' .").value().concepts.size() == 1);
    const std::string two = ":s a skos:ConceptScheme . :t a skos:ConceptScheme . :a a skos:Concept ; skos:inScheme :s ; skos:prefLabel 'a' . :b a skos:Concept "
                            "; skos:inScheme :t ; skos:prefLabel 'b' .";
    CHECK(read(two).error().code == "skos.schemes");
    CHECK(read(two, "http://t.example/t").value().concepts.at(0).iri == "http://t.example/b");
    CHECK(read(two, "http://t.example/u").error().code == "skos.no_scheme");
    CHECK(read(":s a skos:ConceptScheme .").error().code == "skos.empty");
}

TEST_CASE("mistakes are named") {
    check_problems(":a a skos:Concept . :b a skos:Concept ; skos:altLabel 'b' .", "a skos.label_missing\nb skos.label_missing\n");
    check_problems(":a a skos:Concept ; skos:prefLabel 'x'@en , 'y'@EN , 'z'@zh .", "a skos.label_repeated en\n");
    check_problems(":a a skos:Concept ; skos:prefLabel 'x' , 'y' .", "a skos.label_repeated und\n");
    check_problems(":a a skos:Concept ; skos:prefLabel 'x' ; skos:broader :b .", "a skos.broader_unknown http://t.example/b\n");
    check_problems(":a a skos:Concept ; skos:prefLabel 'x' ; skos:broader :a .", "a skos.circle http://t.example/a\n");
    check_problems(":a a skos:Concept ; skos:prefLabel 'x' ; skos:broader :b . :b a skos:Concept ; skos:prefLabel 'y' ; skos:broader :c ; skos:narrower :d . "
                   ":c a skos:Concept ; skos:prefLabel 'z' ; skos:narrower :a , :b ; skos:broader :a . :d a skos:Concept ; skos:prefLabel 'd' .",
        "c skos.circle http://t.example/a\n");
    std::string many;
    for (int i = 0; i < 1000; ++i) many += ":c" + std::to_string(i) + " a skos:Concept .\n";
    CHECK(read(many).error().problems.size() == 100);
}

TEST_CASE("a long chain of broader concepts is no circle") {
    ConceptScheme scheme{"http://t.example/s", {{"Chain", "en"}}};
    for (int i = 0; i < 5000; ++i) {
        const auto name = [](int n) { return "http://t.example/c" + std::to_string(n); };
        scheme.concepts.push_back({.iri = name(i), .preferred = {{"c" + std::to_string(i), "en"}}});
        for (const int above : {i / 2, i - 1})
            if (i > 0 && (scheme.concepts.back().broader.empty() || scheme.concepts.back().broader[0] != name(above)))
                scheme.concepts.back().broader.push_back(name(above));
    }
    const auto graph = graph_of(scheme);
    REQUIRE(graph);
    CHECK(read_concept_scheme(graph.value()));
}

TEST_CASE("our own thesaurus there and back, in both syntaxes") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        static const std::vector<std::string> texts = {"热泵", "heat \"pump\"", "тепловой насос", " x ", "<b>&"}, languages = {"zh", "en", "ru", "zh-hant", ""};
        const auto labels = [&](bool one_a_language) {
            Labels made;
            for (const std::string& language : languages)
                for (std::uint64_t i = random.below(one_a_language ? 2 : 3); i > 0; --i) made.push_back({random.pick(texts), language});
            std::sort(made.begin(), made.end());
            made.erase(std::unique(made.begin(), made.end()), made.end());
            return made;
        };
        const auto name = [](std::uint64_t n) { return "http://t.example/c" + std::to_string(n); };
        ConceptScheme scheme{"http://t.example/s", labels(true), random.chance(0.5) ? parse_time("2026-11-20T08:00:00.5Z") : std::nullopt};
        for (std::uint64_t i = 0; i < 1 + random.below(9); ++i) {
            Concept made{.iri = name(i), .preferred = labels(true), .alternative = labels(false), .hidden = labels(false), .definitions = labels(true)};
            if (made.preferred.empty()) made.preferred = {{"x", "en"}};
            if (random.chance(0.5)) made.notations = {"A", "B"};
            for (std::uint64_t above = 0; above < i; ++above)
                if (random.chance(0.3)) made.broader.push_back(name(above));
            if (random.chance(0.3)) made.related = {name(random.below(9))};
            if (random.chance(0.3)) made.exact_match = {"http://other.example/x", "http://other.example/y"};
            if (random.chance(0.3)) made.close_match = {"urn:isbn:1"};
            scheme.concepts.push_back(std::move(made));
        }
        const auto graph = graph_of(scheme);
        REQUIRE(graph);
        const auto from_turtle = read_turtle(write_turtle(graph.value()));
        const auto from_xml = read_rdf_xml(write_rdf_xml(graph.value()).value());
        REQUIRE((from_turtle && from_xml));
        CHECK(read_concept_scheme(from_turtle.value()).value() == scheme);
        CHECK(read_concept_scheme(from_xml.value()).value() == scheme);
    }
}

TEST_CASE("names that are no IRIs are problems, not crashes") {
    CHECK(graph_of({"no iri", {}, {}, {}}).error().problems.at(0).code == "rdf.iri");
    const auto graph = graph_of({"http://t.example/s", {}, {},
        {{.iri = "a", .preferred = {{"x", "en"}}}, {.iri = "http://t.example/b", .preferred = {{"x", "not a language"}}, .exact_match = {"www.x.example"}}}});
    REQUIRE(!graph);
    REQUIRE(graph.error().problems.size() == 2);
    CHECK(graph.error().problems[1].field == "http://t.example/b");
}

} // namespace greenbank::rdf::skos
