// graph_test.cpp — IRIs, graphs against a plain list of triples, and the matcher that other tests rely on.
#include <doctest/doctest.h>

#include "rdf/graphs_under_test.h"

namespace greenbank::rdf {

TEST_CASE("relative references, the examples of RFC 3986, 5.4") {
    const std::pair<const char*, const char*> examples[] = {{"g:h", "g:h"}, {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"}, {"//g", "http://g"}, {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"}, {"g?y#s", "http://a/b/c/g?y#s"}, {";x", "http://a/b/c/;x"}, {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"}, {"", "http://a/b/c/d;p?q"}, {".", "http://a/b/c/"}, {"./", "http://a/b/c/"}, {"..", "http://a/b/"},
        {"../", "http://a/b/"}, {"../g", "http://a/b/g"}, {"../..", "http://a/"}, {"../../", "http://a/"}, {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"}, {"../../../../g", "http://a/g"}, {"/./g", "http://a/g"}, {"/../g", "http://a/g"}, {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"}, {"g..", "http://a/b/c/g.."}, {"..g", "http://a/b/c/..g"}, {"./../g", "http://a/b/g"}, {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"}, {"g/../h", "http://a/b/c/h"}, {"g;x=1/./y", "http://a/b/c/g;x=1/y"}, {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"}, {"g?y/../x", "http://a/b/c/g?y/../x"}, {"g#s/./x", "http://a/b/c/g#s/./x"}, {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"http:g", "http:g"}};
    for (const auto& [reference, expected] : examples) CHECK_MESSAGE(resolve("http://a/b/c/d;p?q", reference) == expected, reference);
    CHECK(resolve("http://a", "g") == "http://a/g");
    CHECK(resolve("", "g") == "g");
}

TEST_CASE("what an IRI is") {
    for (const char* good : {"http://a.example/", "urn:x", "mailto:a@b", "http://a.example/水?q=1#f", "a+b-c.1:x"}) CHECK_MESSAGE(is_iri(good), good);
    for (const char* bad : {"", "a", "/a", ":a", "1a:b", "http:", "http://a b", "http://a<b>", "http://a\"", "http://a\\b", "http://a{b}", "http://a|b",
             "http://a^b", "http://a`b", "http://a\nb", "http://a\xff"})
        CHECK_MESSAGE(!is_iri(bad), bad);
    CHECK(!is_iri("http://" + std::string(5000, 'a')));
    CHECK(escape_iri("https://a.example/水 泵<1>\xff") == "https://a.example/水%20泵%3C1%3E%FF");
}

TEST_CASE("a graph says what a list of triples says") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Graph graph;
        std::vector<Triple> list;
        const auto term = [&](std::string_view kind) { return iri("http://a.example/" + std::string(kind) + std::to_string(random.below(3))); };
        for (std::uint64_t i = random.below(40); i > 0; --i) {
            const Triple triple{
                term("s"), term("p"), random.chance(0.5) ? term("s") : literal("t" + std::to_string(random.below(3)), random.chance(0.5) ? "EN" : "")};
            const bool fresh = std::find(list.begin(), list.end(), triple) == list.end();
            CHECK(graph.add(triple.subject, triple.predicate, triple.object) == fresh);
            if (fresh) list.push_back(triple);
        }
        std::sort(list.begin(), list.end());
        Graph moved = std::move(graph);
        CHECK(moved.triples() == list);
        CHECK(moved.size() == list.size());
        for (int i = 0; i < 10; ++i) {
            const Term s = term("s"), p = term("p"), o = term("s");
            std::vector<Term> objects, subjects;
            for (const Triple& one : list) {
                if (one.subject == s && one.predicate == p) objects.push_back(one.object);
                if (one.predicate == p && one.object == o) subjects.push_back(one.subject);
            }
            CHECK(moved.objects(s, p) == objects);
            CHECK(moved.subjects(p, o) == subjects);
            CHECK(moved.contains(s, p, o) == (std::find(list.begin(), list.end(), Triple{s, p, o}) != list.end()));
        }
        CHECK(moved.blank() != moved.blank());
    }
}

TEST_CASE("two graphs are the same but for the labels of their blank nodes") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Graph graph = random_graph(random);
        Graph renamed, changed;
        std::vector<Triple> triples = graph.triples();
        for (Triple& triple : triples) {
            for (Term* term : {&triple.subject, &triple.object})
                if (term->kind == Term::Kind::blank) term->value = "x" + std::string(1, static_cast<char>('z' - term->value.back() + '0'));
            renamed.add(triple.subject, triple.predicate, triple.object);
        }
        CHECK(isomorphic(graph, renamed));
        if (triples.empty()) continue;
        triples[random.below(triples.size())].object = literal("something else");
        for (const Triple& triple : triples) changed.add(triple.subject, triple.predicate, triple.object);
        CHECK(!isomorphic(graph, changed));
    }
}

TEST_CASE("literals") {
    CHECK(literal("a", "ZH-Hans") == literal("a", "zh-hans"));
    CHECK(typed("a", xsd("string")) == literal("a"));
    CHECK(typed(*parse_date("2026-11-20")).value == "2026-11-20");
    CHECK(typed(*parse_time("2026-11-20T08:00:00Z")).datatype == xsd("dateTime"));
}

} // namespace greenbank::rdf
