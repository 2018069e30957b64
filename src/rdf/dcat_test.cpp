// dcat_test.cpp — the catalogue that tests/exchange/shacl.mjs validates is what we write; what is missing or wrong is named.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "rdf/catalogue_under_test.h"
#include "rdf/graphs_under_test.h"
#include "rdf/turtle.h"

namespace greenbank::rdf::dcat {
namespace {

/// "field code", one a line.
void check_problems(const Catalogue& catalogue, std::string_view expected) {
    const auto graph = graph_of(catalogue);
    REQUIRE(!graph);
    std::string found;
    for (const Problem& one : graph.error().problems) found += one.field + " " + one.code + "\n";
    CHECK(found == expected);
}

} // namespace

TEST_CASE("the catalogue that the shapes have seen") {
    const auto graph = graph_of(catalogue_under_test());
    REQUIRE(graph);
    std::stringstream golden;
    golden << std::ifstream("tests/exchange/catalogue.ttl").rdbuf();
    CHECK(write_turtle(graph.value()) == golden.str());
}

TEST_CASE("an empty catalogue names what DCAT-AP demands") {
    check_problems({}, "iri rdf.iri\n");
    Catalogue bare;
    bare.iri = "https://bank.example/catalogue";
    check_problems(bare, "title rdf.missing\ndescription rdf.missing\npublisher.iri rdf.iri\nlicence.iri rdf.iri\n");
}

TEST_CASE("what is wrong deep inside is named by its place") {
    Catalogue catalogue = catalogue_under_test();
    Dataset& dataset = catalogue.datasets[0];
    dataset.title = {};
    dataset.themes.push_back("WATER");
    dataset.landing_page = "www.bank.example";
    dataset.contact->email = "a b@bank.example";
    dataset.distributions[0].access_url.clear();
    dataset.distributions[1].format = "DOCX";
    dataset.distributions[1].media_type = "text csv";
    catalogue.publisher.type = "Bank";
    check_problems(catalogue,
        "publisher.type rdf.code_unknown\ndatasets[0].title rdf.missing\ndatasets[0].themes rdf.code_unknown\ndatasets[0].contact.email rdf.iri\n"
        "datasets[0].landing_page rdf.iri\ndatasets[0].distributions[0].access_url rdf.iri\ndatasets[0].distributions[1].media_type rdf.iri\n"
        "datasets[0].distributions[1].format rdf.code_unknown\n");
}

TEST_CASE("codes are known once") {
    for (const Authority authority : {Authority::theme, Authority::file_type, Authority::availability, Authority::licence_type, Authority::publisher_type}) {
        std::set<std::string_view> seen;
        for (const Code& one : codes(authority)) CHECK_MESSAGE((seen.insert(one.code).second && !one.label.empty()), one.code);
        CHECK(!seen.empty());
    }
}

} // namespace greenbank::rdf::dcat
