// rdf_xml_write.cpp — graphs to RDF/XML.
#include <algorithm>

#include "rdf/names.h"
#include "rdf/rdf_xml.h"
#include "rdf/rdf_xml_names.h"
#include "rdf/vocabulary.h"
#include "xml/characters.h"
#include "xml/read.h"
#include "xml/write.h"

namespace greenbank::rdf {

namespace {

/// Where the longest XML name at the end of an IRI begins; npos where there is none.
std::size_t local_begin(std::string_view iri) {
    std::size_t begin = std::string_view::npos;
    for (std::size_t i = iri.size(); i > 1; --i) {
        std::string_view rest = iri.substr(i - 1);
        const char32_t c = xml::next_character(rest);
        if (c == xml::no_character) continue; // inside a character
        if (!xml::is_name_character(c)) break;
        if (xml::is_name_start(c)) begin = i - 1;
    }
    return begin;
}

/// xml's own namespaces can have no other prefix.
bool is_writable(std::string_view space, std::string_view local) {
    if (space == xml::xml_space || space == "http://www.w3.org/2000/xmlns/") return false;
    return space != rdf_space || !is_no_property(local);
}

/// Prefixes for the namespaces of the predicates: the graph's own where one fits.
class Spaces {
public:
    explicit Spaces(const Prefixes& prefixes) {
        for (const auto& [prefix, space] : prefixes)
            if (xml::is_name(prefix) && !is_xmls(prefix)) known_.emplace(space, prefix);
        used_[std::string(rdf_space)] = "rdf";
    }

    const std::string& prefix_of(const std::string& space) {
        if (const auto found = used_.find(space); found != used_.end()) return found->second;
        const auto known = known_.find(space);
        std::string prefix = known == known_.end() || is_used(known->second) ? "" : known->second;
        while (prefix.empty() || is_used(prefix)) prefix = "ns" + std::to_string(++made_);
        return used_.emplace(space, std::move(prefix)).first->second;
    }

    const std::map<std::string, std::string>& used() const { return used_; } // namespace to prefix

private:
    static bool is_xmls(std::string_view prefix) {
        return prefix.size() >= 3 && (prefix[0] | 0x20) == 'x' && (prefix[1] | 0x20) == 'm' && (prefix[2] | 0x20) == 'l';
    }
    bool is_used(std::string_view prefix) const {
        return std::any_of(used_.begin(), used_.end(), [&](const auto& one) { return one.second == prefix; });
    }

    std::map<std::string, std::string> known_, used_;
    int made_ = 0;
};

std::string label(Namer& names, const Term& node) { return names.blank(node).substr(2); }

void write_object(const Term& object, Namer& names, xml::Writer& out) {
    if (object.kind == Term::Kind::iri) out.attribute("rdf:resource", object.value);
    if (object.kind == Term::Kind::blank) out.attribute("rdf:nodeID", label(names, object));
    if (object.kind != Term::Kind::literal) return;
    if (!object.language.empty()) out.attribute("xml:lang", object.language);
    else if (!object.datatype.empty()) out.attribute("rdf:datatype", object.datatype);
    out.text(object.value);
}

} // namespace

Result<std::string> write_rdf_xml(const Graph& graph) {
    const std::vector<Statement> statements = graph.statements();
    Spaces spaces(graph.prefixes);
    std::map<std::string, std::string> elements; // of the predicates
    for (const Statement& one : statements) {
        const std::string& predicate = one.predicate->value;
        if (elements.contains(predicate)) continue;
        const std::size_t begin = local_begin(predicate);
        if (begin == std::string::npos || !is_writable(predicate.substr(0, begin), predicate.substr(begin)))
            return Error{Failure::invalid, "rdf.predicate", "The property {iri} cannot be written in RDF/XML.", {{"iri", predicate}}};
        elements[predicate] = spaces.prefix_of(predicate.substr(0, begin)) + ":" + predicate.substr(begin);
    }

    Namer names({});
    xml::Writer out = xml::Writer::document();
    out.begin("rdf:RDF");
    for (const auto& [space, prefix] : spaces.used()) out.attribute("xmlns:" + prefix, space);
    const Term* subject = nullptr;
    for (const Statement& one : statements) {
        if (subject != one.subject) {
            if (subject) out.end();
            subject = one.subject;
            out.begin("rdf:Description");
            if (subject->kind == Term::Kind::iri) out.attribute("rdf:about", subject->value);
            else out.attribute("rdf:nodeID", label(names, *subject));
        }
        out.begin(elements[one.predicate->value]);
        write_object(*one.object, names, out);
        out.end();
    }
    if (subject) out.end();
    return out.end().take();
}

} // namespace greenbank::rdf
