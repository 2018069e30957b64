// graphs_under_test.h — random graphs, graphs as lines of text, and whether two graphs are one but for labels of blank nodes.
#pragma once

#include <algorithm>
#include <functional>

#include "kernel/random.h"
#include "rdf/graph.h"
#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace greenbank::rdf {

inline std::string line_of(const Term& term) {
    if (term.kind == Term::Kind::iri) return "<" + term.value + ">";
    if (term.kind == Term::Kind::blank) return "_:" + term.value;
    return "\"" + term.value + "\"" + (term.language.empty() ? "" : "@" + term.language) + (term.datatype.empty() ? "" : "^^" + term.datatype);
}

/// Every way to match the blank nodes is tried, those first that stand alike in their triples.
inline bool isomorphic(const Graph& a, const Graph& b) {
    const std::vector<Triple> left = a.triples(), right = b.triples();
    if (left.size() != right.size()) return false;

    using Colours = std::map<std::string, std::string>; // of blank nodes
    const auto colour = [](const std::vector<Triple>& triples) {
        Colours colours;
        const auto seen = [&](const Term& term, const Term& self) {
            return term.kind != Term::Kind::blank ? line_of(term) : term == self ? "self" : "blank " + colours[term.value];
        };
        for (int round = 0; round < 4; ++round) {
            std::map<std::string, std::vector<std::string>> lines;
            for (const Triple& t : triples)
                for (const Term* term : {&t.subject, &t.object})
                    if (term->kind == Term::Kind::blank) lines[term->value].push_back(seen(t.subject, *term) + line_of(t.predicate) + seen(t.object, *term));
            Colours next;
            for (auto& [label, list] : lines) {
                std::sort(list.begin(), list.end());
                std::string all;
                for (const std::string& line : list) all += line + "\n";
                next[label] = std::to_string(std::hash<std::string>{}(all));
            }
            colours = std::move(next);
        }
        return colours;
    };
    const Colours left_colours = colour(left), right_colours = colour(right);
    if (left_colours.size() != right_colours.size()) return false;
    std::map<std::string, std::string> matched;
    std::set<std::string> taken;
    const std::function<bool(Colours::const_iterator)> match = [&](Colours::const_iterator at) {
        if (at == left_colours.end()) {
            return std::all_of(left.begin(), left.end(), [&](Triple t) {
                for (Term* term : {&t.subject, &t.object})
                    if (term->kind == Term::Kind::blank) term->value = matched[term->value];
                return b.contains(t.subject, t.predicate, t.object);
            });
        }
        for (const auto& [label, same] : right_colours) {
            if (same != at->second || !taken.insert(label).second) continue;
            matched[at->first] = label;
            if (match(std::next(at))) return true;
            taken.erase(label);
        }
        return false;
    };
    return match(left_colours.begin());
}

inline Graph random_graph(Random& random) {
    static const std::vector<std::string> iris = {"http://a.example/x", "http://a.example/x#y", "http://a.example/ns#", "http://a.example/ns#名",
        "http://a.example/ns#a.b", "http://a.example/ns#a.", "http://a.example/ns#-a", "http://a.example/ns#1", "urn:x:y", "mailto:a@b.example",
        "http://a.example/?q=(1)&r='2'~*!$,;@%20", "ex:odd"};
    static const std::vector<std::string> predicates = {
        rdf("type"), "http://a.example/ns#p", "http://a.example/ns#q-1.é", "http://b.example/p", "urn:x:p", "http://www.w3.org/2000/01/rdf-schema#label"};
    static const std::vector<std::string> texts = {"", " ", "a", "水 <b> & \"c\" 'd'", "line\nline", "\ttab\r\n", "\\", "\\u0041", "\"\"\"", "'''", "a\"",
        "]]>", "\U0001F33F", "@en", "1", "-1.50", "true"};
    static const std::vector<std::string> datatypes = {
        xsd("integer"), xsd("decimal"), xsd("double"), xsd("boolean"), xsd("date"), xsd("string"), "http://a.example/ns#type"};
    static const std::vector<std::string> languages = {"en", "zh-Hans", "ru", "x-a-1"};
    Graph graph;
    graph.prefixes = {{"ex", "http://a.example/ns#"}, {"exx", "http://a.example/ns#a"}, {"b", "http://b.example/"}, {"u", "urn:x:"},
        {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"}, {"xsd", std::string(xsd_space)}, {"xmlish", "http://c.example/"}, {"1st", "http://d.example/"},
        {"unused", "http://e.example/"}};
    const auto node = [&] { return random.chance(0.4) ? Term{Term::Kind::blank, "n" + std::to_string(random.below(4))} : iri(random.pick(iris)); };
    for (std::uint64_t i = random.below(15); i > 0; --i) {
        const Term subject = node(), predicate = iri(random.pick(predicates));
        if (random.chance(0.5)) graph.add(subject, predicate, node());
        else if (random.chance(0.5)) graph.add(subject, predicate, literal(random.pick(texts), random.chance(0.5) ? random.pick(languages) : ""));
        else graph.add(subject, predicate, typed(random.pick(texts), random.pick(datatypes)));
    }
    return graph;
}

} // namespace greenbank::rdf
