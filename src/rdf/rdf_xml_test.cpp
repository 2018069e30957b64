// rdf_xml_test.cpp — what RDF/XML says, what is refused, and graphs written and read again.
#include <doctest/doctest.h>

#include "rdf/graphs_under_test.h"
#include "rdf/rdf_xml.h"
#include "rdf/turtle.h"

namespace greenbank::rdf {
namespace {

std::string document(std::string_view content, std::string_view attributes = {}) {
    return "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://e.example/\" " + std::string(attributes) + ">" +
           std::string(content) + "</rdf:RDF>";
}

/// The XML says what the Turtle says.
void check(std::string_view content, std::string_view turtle, std::string_view attributes = {}) {
    INFO(content);
    const auto found = read_rdf_xml(document(content, attributes), "http://a.example/doc");
    REQUIRE_MESSAGE(found, fill_in(found.error().message, found.error().parameters));
    const auto expected = read_turtle(
        "@prefix e: <http://e.example/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n" + std::string(turtle), "http://a.example/doc");
    REQUIRE_MESSAGE(expected, fill_in(expected.error().message, expected.error().parameters));
    CHECK_MESSAGE(isomorphic(found.value(), expected.value()), write_turtle(found.value()));
}

void check_wrong(std::string_view content, std::string_view expected) {
    INFO(content);
    const auto found = read_rdf_xml(document(content), "http://a.example/doc");
    REQUIRE(!found);
    CHECK(fill_in(found.error().code + ": " + found.error().message, found.error().parameters) == expected);
}

} // namespace

TEST_CASE("nodes and properties") {
    check("", "");
    check("<rdf:Description rdf:about='s'><e:p>text</e:p><e:q rdf:resource='o'/></rdf:Description>", "<s> e:p 'text' ; e:q <o> .");
    check("<e:C rdf:about='#s'/>", "<#s> a e:C .");
    check("<e:C rdf:ID='s'/>", "<#s> a e:C .");
    check("<e:C/><e:C/>", "[] a e:C . [] a e:C .");
    check("<rdf:Description rdf:nodeID='n'><e:p rdf:nodeID='m'/><e:p rdf:nodeID='n'/></rdf:Description>", "_:n e:p _:m , _:n .");
    check("<rdf:Description rdf:about='s'><e:p><e:C rdf:about='o'><e:q>x</e:q></e:C></e:p></rdf:Description>", "<s> e:p <o> . <o> a e:C ; e:q 'x' .");
    check("<rdf:Description rdf:about='s' e:p='x' rdf:type='C'/>", "<s> e:p 'x' ; a <C> .");
    check("<rdf:Description rdf:about='s'><e:p e:q='x'/><e:r rdf:resource='o' e:q='y'/><e:t/></rdf:Description>",
        "<s> e:p [ e:q 'x' ] ; e:r <o> ; e:t '' . <o> e:q 'y' .");
    check("<rdf:Description rdf:about='s'><e:p rdf:datatype='http://e.example/t'> 5 </e:p></rdf:Description>", "<s> e:p ' 5 '^^e:t .");
    check("<rdf:Seq rdf:about='s'><rdf:li>a</rdf:li><rdf:li rdf:resource='b'/><rdf:_7>c</rdf:_7></rdf:Seq>",
        "<s> a rdf:Seq ; rdf:_1 'a' ; rdf:_2 <b> ; rdf:_7 'c' .");
    check("<rdf:Description rdf:about='s'><e:p rdf:ID='t'>x</e:p></rdf:Description>",
        "<s> e:p 'x' . <#t> a rdf:Statement ; rdf:subject <s> ; rdf:predicate e:p ; rdf:object 'x' .");
}

TEST_CASE("languages and bases") {
    check("<rdf:Description rdf:about='s' xml:lang='zh' e:q='水'><e:p>热泵</e:p><e:p xml:lang='en'>pump</e:p><e:p xml:lang=''>x</e:p></rdf:Description>",
        "<s> e:q '水'@zh ; e:p '热泵'@zh , 'pump'@en , 'x' .");
    check("<rdf:Description rdf:about='s' xml:base='http://b.example/x/'><e:p rdf:resource='o'/><e:p xml:base='y/' rdf:resource='o'/></rdf:Description>",
        "<http://b.example/x/s> e:p <http://b.example/x/o> , <http://b.example/x/y/o> .");
    check("<rdf:Description rdf:about=''/><e:C rdf:about='../c'/>", "<http://b.example/c> a e:C .", "xml:base='http://b.example/x/y'");
    check("<e:C rdf:about='s'><e:p>x</e:p></e:C>", "<s> a e:C ; e:p 'x'@ru .", "xml:lang='ru'");
}

TEST_CASE("parse types") {
    check("<rdf:Description rdf:about='s'><e:p rdf:parseType='Resource'><e:q>x</e:q><e:r rdf:resource='o'/></e:p></rdf:Description>",
        "<s> e:p [ e:q 'x' ; e:r <o> ] .");
    check("<rdf:Description rdf:about='s'><e:p rdf:parseType='Collection'><e:C rdf:about='a'/><rdf:Description rdf:about='b'/></e:p><e:q "
          "rdf:parseType='Collection'/></rdf:Description>",
        "<s> e:p ( <a> <b> ) ; e:q () . <a> a e:C .");
    check_wrong(
        "<e:C rdf:about='s'>\n<e:p rdf:parseType='Literal'><b/></e:p></e:C>", "rdf.xml: Line 2: of rdf:parseType only Resource and Collection are read.");
}

TEST_CASE("one node without rdf:RDF") {
    const auto graph = read_rdf_xml("<e:C xmlns:e='http://e.example/' e:p='x'/>");
    REQUIRE(graph);
    CHECK(graph.value().size() == 2);
}

TEST_CASE("what is refused") {
    check_wrong("text", "rdf.xml: Line 1: text stands where only elements may.");
    check_wrong("<e:C>\ntext</e:C>", "rdf.xml: Line 1: text stands where only elements may.");
    check_wrong("<e:C rdf:about='a' rdf:ID='b'/>", "rdf.xml: Line 1: a node has one of rdf:about, rdf:ID and rdf:nodeID.");
    check_wrong("<e:C rdf:resource='a'/>", "rdf.xml: Line 1: rdf:resource belongs to a property.");
    check_wrong("<e:C rdf:ID='a'/>\n<e:C rdf:ID='a'/>", "rdf.xml: Line 2: rdf:ID stands twice.");
    check_wrong("<e:C rdf:ID='1'/>", "rdf.xml: Line 1: rdf:ID is no name.");
    check_wrong("<e:C rdf:nodeID='a b'/>", "rdf.xml: Line 1: rdf:nodeID is no name.");
    check_wrong("<rdf:li/>", "rdf.xml: Line 1: rdf:li is no node.");
    check_wrong("<e:C rdf:aboutEach='a'/>", "rdf.xml: Line 1: rdf:aboutEach cannot stand here.");
    check_wrong("<e:C><rdf:Description/></e:C>", "rdf.xml: Line 1: rdf:Description is no property.");
    check_wrong("<e:C><e:p><e:C/><e:C/></e:p></e:C>", "rdf.xml: Line 1: a property holds one node.");
    check_wrong("<e:C><e:p>text<e:C/></e:p></e:C>", "rdf.xml: Line 1: text stands where only elements may.");
    check_wrong("<e:C><e:p rdf:resource='a'>x</e:p></e:C>", "rdf.xml: Line 1: a property with a resource or with attributes is empty.");
    check_wrong(
        "<e:C><e:p rdf:resource='a' rdf:nodeID='b'/></e:C>", "rdf.xml: Line 1: rdf:parseType, rdf:resource, rdf:nodeID and rdf:datatype exclude each other.");
    check_wrong("<e:C><e:p rdf:about='a'/></e:C>", "rdf.xml: Line 1: rdf:about belongs to a node.");
    check_wrong("<C/>", "rdf.xml: Line 1: C needs a namespace.");
    check_wrong("<e:C rdf:about='a b'/>", "rdf.xml: Line 1: \"a b\" is no absolute IRI.");
    CHECK(read_rdf_xml(document("<e:C rdf:about='a'/>")).error().code == "rdf.xml"); // no base
    CHECK(read_rdf_xml("<!DOCTYPE r [<!ENTITY e 'http://e.example/'>]>" + document("")).error().code == "xml.doctype");
    CHECK(read_rdf_xml(document("<e:C/><e:C/><e:C/>"), "", {.triples_max = 2}).error().code == "rdf.too_many");
    CHECK(read_rdf_xml("<a>").error().code == "xml.syntax");
}

TEST_CASE("written and read again") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Graph graph = random_graph(random);
        const auto written = write_rdf_xml(graph);
        REQUIRE(written);
        CAPTURE(written.value());
        const auto back = read_rdf_xml(written.value());
        REQUIRE_MESSAGE(back, fill_in(back.error().message, back.error().parameters));
        CHECK(isomorphic(graph, back.value()));
    }
}

TEST_CASE("how it looks, and what cannot be written") {
    Graph graph;
    graph.prefixes = {{"e", "http://e.example/"}, {"rdf", "http://e.example/taken#"}};
    graph.add(iri("http://a.example/s"), iri("http://e.example/p"), literal("热泵 & co", "zh"));
    graph.add(iri("http://a.example/s"), iri("http://e.example/taken#q"), typed("5", xsd("integer")));
    graph.add(iri("http://a.example/s"), iri("http://e.example/p"), graph.blank());
    CHECK(write_rdf_xml(graph).value() == R"(<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:e="http://e.example/" xmlns:ns1="http://e.example/taken#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="http://a.example/s">
    <e:p rdf:nodeID="b0"/>
    <e:p xml:lang="zh">热泵 &amp; co</e:p>
    <ns1:q rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">5</ns1:q>
  </rdf:Description>
</rdf:RDF>
)");
    for (const std::string& predicate :
        {std::string("http://e.example/"), std::string("http://e.example/1"), rdf("li"), rdf("about"), std::string("http://www.w3.org/XML/1998/namespacex")}) {
        Graph other;
        other.add(iri("http://a.example/s"), iri(predicate), literal("x"));
        const bool fine = predicate.ends_with("namespacex"); // its name is "namespacex", somewhere else
        CHECK_MESSAGE(static_cast<bool>(write_rdf_xml(other)) == fine, predicate);
    }
}

} // namespace greenbank::rdf
