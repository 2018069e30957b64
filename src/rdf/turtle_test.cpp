// turtle_test.cpp — what Turtle says, where it is wrong, and graphs written and read again.
#include <doctest/doctest.h>

#include "kernel/result.h"
#include "rdf/graphs_under_test.h"
#include "rdf/turtle.h"

namespace greenbank::rdf {
namespace {

/// The triples, one a line, with "a:" for http://a.example/; or the error.
std::string lines_of(std::string_view text, std::string_view base = "http://a.example/doc") {
    const auto graph = read_turtle(text, base);
    if (!graph) return fill_in(graph.error().code + ": " + graph.error().message, graph.error().parameters);
    std::string out;
    for (const Triple& one : graph.value().triples()) out += line_of(one.subject) + " " + line_of(one.predicate) + " " + line_of(one.object) + "\n";
    for (const auto& [long_name, short_name] :
        {std::pair{"http://a.example/", "a:"}, {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"}, {"http://www.w3.org/2001/XMLSchema#", "xsd:"}})
        for (std::size_t at = out.find(long_name); at != std::string::npos; at = out.find(long_name))
            out.replace(at, std::string_view(long_name).size(), short_name);
    return out;
}

void check(std::string_view text, std::string_view expected) {
    INFO(text);
    CHECK(lines_of(text) == expected);
}

void check_wrong(std::string_view text, std::string_view place_and_reason) {
    INFO(text);
    CHECK(lines_of(text) == "rdf.turtle: Line " + std::string(place_and_reason) + ".");
}

const std::string p = "@prefix : <http://a.example/> . @prefix x: <http://a.example/x#> .\n";

} // namespace

TEST_CASE("triples, prefixes, base") {
    check("", "");
    check("# nothing", "");
    check("<http://a.example/s> <http://a.example/p> <http://a.example/o> .", "<a:s> <a:p> <a:o>\n");
    check(p + ":s a x:C ; :p :o , :q ;; :r x: ; .", "<a:s> <a:p> <a:o>\n<a:s> <a:p> <a:q>\n<a:s> <a:r> <a:x#>\n<a:s> <rdf:type> <a:x#C>\n");
    check("PREFIX a: <http://a.example/>\nprefix b: <#>\nBase <http://b.example/x/>\n<../s> a:p b:o.@base <y/>. <z> a:p <>.",
        "<http://b.example/s> <a:p> <a:doc#o>\n<http://b.example/x/y/z> <a:p> <http://b.example/x/y/>\n");
    check(p + ":s:t :1p :a.b-c , :%41\\,\\~ , :水.", "<a:s:t> <a:1p> <a:%41,~>\n<a:s:t> <a:1p> <a:a.b-c>\n<a:s:t> <a:1p> <a:水>\n");
    check("@prefix a.b: <http://a.example/> . a.b:s a a.b:o ; a.b:a a.b:a.", "<a:s> <a:a> <a:a>\n<a:s> <rdf:type> <a:o>\n");
    check("<s\\u0041> <p> <\\U0001F33F> .", "<a:sA> <a:p> <a:🌿>\n");
    check(p + ":s :p :o . # comment\n#another\r:s :q :o.", "<a:s> <a:p> <a:o>\n<a:s> <a:q> <a:o>\n");
    check("\xEF\xBB\xBF<s> <p> <o> .", "<a:s> <a:p> <a:o>\n");
}

TEST_CASE("literals") {
    check(p + R"(:s :p "a", 'b', "it's", 'say "x"' .)", "<a:s> <a:p> \"a\"\n<a:s> <a:p> \"b\"\n<a:s> <a:p> \"it's\"\n<a:s> <a:p> \"say \"x\"\"\n");
    check(p + R"(:s :p """a "b" ""c""", '''x
y''', "" .)",
        "<a:s> <a:p> \"\"\n<a:s> <a:p> \"a \"b\" \"\"c\"\n<a:s> <a:p> \"x\ny\"\n");
    check(p + R"(:s :p "\t\n\"\\\u6C34" .)", "<a:s> <a:p> \"\t\n\"\\水\"\n");
    check(p + R"(:s :p "热泵"@zh-Hans, "x"@EN, "5"^^x:t, "6"^^<t> .)",
        "<a:s> <a:p> \"5\"^^a:x#t\n<a:s> <a:p> \"6\"^^a:t\n<a:s> <a:p> \"x\"@en\n<a:s> <a:p> \"热泵\"@zh-hans\n");
    check(p + ":s :p 1, -2, +3.5, .5, 1e3, 1.5E-3, 1.e2, true, false.",
        "<a:s> <a:p> \"+3.5\"^^xsd:decimal\n<a:s> <a:p> \"-2\"^^xsd:integer\n<a:s> <a:p> \".5\"^^xsd:decimal\n"
        "<a:s> <a:p> \"1\"^^xsd:integer\n<a:s> <a:p> \"1.5E-3\"^^xsd:double\n<a:s> <a:p> \"1.e2\"^^xsd:double\n<a:s> <a:p> \"1e3\"^^xsd:double\n"
        "<a:s> <a:p> \"false\"^^xsd:boolean\n<a:s> <a:p> \"true\"^^xsd:boolean\n");
    check(p + ":s :p 1.", "<a:s> <a:p> \"1\"^^xsd:integer\n");
    check("@prefix true: <http://a.example/t#> . true:a true:b true:c, true.", "<a:t#a> <a:t#b> <a:t#c>\n<a:t#a> <a:t#b> \"true\"^^xsd:boolean\n");
}

TEST_CASE("blank nodes and lists") {
    check(p + "_:a :p _:b.c . _:a :q _:0.", "_:la <a:p> _:lb.c\n_:la <a:q> _:l0\n");
    check(p + "[] :p [ :q [] ; :r 's' ] .", "_:g0 <a:p> _:g1\n_:g1 <a:q> _:g2\n_:g1 <a:r> \"s\"\n");
    check(p + "[ :p :o ] . [ :p :o ] :q :o .", "_:g0 <a:p> <a:o>\n_:g1 <a:p> <a:o>\n_:g1 <a:q> <a:o>\n");
    check(p + ":s :p () , (1 (:o)) .",
        "<a:s> <a:p> <rdf:nil>\n<a:s> <a:p> _:g0\n_:g0 <rdf:first> \"1\"^^xsd:integer\n_:g0 <rdf:rest> _:g1\n_:g1 <rdf:first> _:g2\n"
        "_:g1 <rdf:rest> <rdf:nil>\n_:g2 <rdf:first> <a:o>\n_:g2 <rdf:rest> <rdf:nil>\n");
    check(p + "(:a) :p :o .", "_:g0 <a:p> <a:o>\n_:g0 <rdf:first> <a:a>\n_:g0 <rdf:rest> <rdf:nil>\n");
}

TEST_CASE("what is wrong, and where") {
    check_wrong("<s> <p> <o>", "1, column 12: \".\" is expected");
    check_wrong("<s> <p>\n  .", "2, column 3: an object is expected");
    check_wrong("<s> .", "1, column 5: a predicate is expected");
    check_wrong("<s> <p> <o> <q> .", "1, column 13: \".\" is expected");
    check_wrong("水", "1, column 1: a subject is expected");
    check_wrong("\n热:s 泵:p <o> .", "2, column 1: the prefix \"热\" is not declared");
    check_wrong("<s> <p> \"a\n\" .", "1, column 9: the text is not closed");
    check_wrong("<s> <p> \"\"\"a .", "1, column 9: the text is not closed");
    check_wrong("<s> <p> \"a\\q\" .", "1, column 11: there is no such escape");
    check_wrong("<s> <p> \"a\\u12\" .", "1, column 11: the escape needs more hexadecimal digits");
    check_wrong("<s> <p> \"\\uD800\" .", "1, column 10: there is no such character");
    check_wrong("<s> <p> \"a\"@ .", "1, column 13: a language is expected");
    check_wrong("<s> <p> \"a\"@e1-x .", "1, column 13: a language is expected");
    check_wrong("<s> <p> \"a\"^^\"b\" .", "1, column 14: a datatype is expected");
    check_wrong("<s> <p> \"a\"^^_:b .", "1, column 9: a datatype is no blank node");
    check_wrong("<s> \"p\" <o> .", "1, column 5: a predicate is expected");
    check_wrong("<s> _:p <o> .", "1, column 5: a predicate is no blank node");
    check_wrong("\"s\" <p> <o> .", "1, column 1: a subject is expected");
    check_wrong("<s> <p> <o o> .", "1, column 9: this is no absolute IRI");
    check_wrong("<s> <p> <o .", "1, column 9: the IRI is not closed with >");
    check_wrong("<s> <p> <o\\n> .", "1, column 11: there is no such escape");
    check_wrong("<s> <p> -a .", "1, column 9: a number is expected");
    check_wrong("<s> <p> 1e .", "1, column 11: the exponent of a number is expected");
    check_wrong("<s> <p> (1 .", "1, column 12: an object is expected");
    check_wrong("<s> <p> (1", "1, column 11: \")\" is expected");
    check_wrong("<s> <p> [ <q> 1 .", "1, column 17: \"]\" is expected");
    check_wrong("[] .", "1, column 4: a predicate is expected");
    check_wrong("@prefix a <b> .", "1, column 10: a prefix with a colon is expected");
    check_wrong("@prefix a: b .", "1, column 12: an IRI in < > is expected");
    check_wrong("@prefix a: <b>", "1, column 15: \".\" is expected");
    check_wrong("@forbid a: <b> .", "1, column 2: @prefix or @base is expected");
    check_wrong(p + ":s :p :a\\b .", "2, column 9: there is no such escape in a name");
    check_wrong(p + ":s :p :a%4 .", "2, column 9: % needs two hexadecimal digits");
    check_wrong(p + ":s => :p .", "2, column 4: a predicate is expected");
    check_wrong(p + "{ :s :p :o }", "2, column 1: a subject is expected");
    CHECK(lines_of("<s> <p> <o> .", "") == "rdf.turtle: Line 1, column 1: this is no absolute IRI.");
    CHECK(lines_of("<s> <p> \"\xff\" .") == "rdf.encoding: The file is not in UTF-8.");
}

TEST_CASE("limits") {
    std::string deep = "<s> <p> ";
    for (int i = 0; i < 100'000; ++i) deep += "(";
    check_wrong(deep, "1, column 73: brackets are nested deeper than 64 levels");
    deep = "<s> <p> ";
    for (int i = 0; i < 100'000; ++i) deep += "[<p> ";
    check_wrong(deep, "1, column 329: brackets are nested deeper than 64 levels");
    CHECK(read_turtle("<s> <p> 1, 2, 3 .", "http://a.example/", {.triples_max = 2}).error().code == "rdf.too_many");
    CHECK(read_turtle("<s> <p> 1, 2, 3 .", "http://a.example/", {.bytes_max = 10}).error().code == "rdf.too_large");
    std::string many = "@prefix a: <http://" + std::string(3000, 'a') + "> .";
    for (int i = 0; i < 1000; ++i) many += "a:" + std::to_string(i) + " a a:b .\n";
    CHECK(read_turtle(many, "", {.terms_bytes_max = 1 << 20}).error().code == "rdf.too_many");
    check_wrong("<http://" + std::string(5000, 'a') + "> a <o> .", "1, column 1: the IRI is too long");
}

TEST_CASE("written and read again") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Graph graph = random_graph(random);
        const std::string written = write_turtle(graph);
        CAPTURE(written);
        const auto back = read_turtle(written);
        REQUIRE_MESSAGE(back, fill_in(back.error().message, back.error().parameters));
        CHECK(isomorphic(graph, back.value()));
    }
}

TEST_CASE("how it looks") {
    Graph graph;
    graph.prefixes = {{"ex", "http://a.example/"}, {"no", "http://b.example/"}};
    const Term s = iri("http://a.example/s");
    graph.add(s, iri("http://a.example/p"), literal("热泵", "zh"));
    graph.add(s, iri("http://a.example/p"), literal("a \"b\"\n"));
    graph.add(s, iri("http://a.example/p"), typed("5", xsd("integer")));
    graph.add(s, iri(rdf("type")), iri("http://a.example/C"));
    graph.add(iri("http://c.example/t"), iri("http://a.example/q"), graph.blank());
    CHECK(write_turtle(graph) == R"(@prefix ex: <http://a.example/> .

ex:s a ex:C ;
    ex:p 5, "a \"b\"\n", "热泵"@zh .

<http://c.example/t> ex:q _:b0 .
)");
    CHECK(write_turtle(Graph()) == "");
}

} // namespace greenbank::rdf
