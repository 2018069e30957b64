// rdf_xml_read.cpp — node elements and property elements after clauses 2 and 7 of RDF/XML.
#include <set>

#include "rdf/iri.h"
#include "rdf/rdf_xml.h"
#include "rdf/rdf_xml_names.h"
#include "rdf/vocabulary.h"
#include "xml/characters.h"
#include "xml/read.h"

namespace greenbank::rdf {

namespace {

/// What an element inherits.
struct Scope {
    std::string base, language;
};

class RdfXmlReader {
public:
    RdfXmlReader(std::string_view base, const ReadLimits& limits) : base_(base), limits_(limits) {}

    Result<Graph> read(const xml::Element& root) {
        const Scope scope = inner(root, {base_, ""});
        if (!root.is(rdf_space, "RDF")) {
            TRY(read_node(root, {base_, ""}));
            return std::move(graph_);
        }
        TRY(only_blanks(root));
        for (const xml::Element& child : root.children) TRY(read_node(child, scope));
        return std::move(graph_);
    }

private:
    static Error wrong(std::string what, const xml::Element& at) {
        return {Failure::malformed, "rdf.xml", "Line {line}: {reason}.", {{"line", std::to_string(at.line)}, {"reason", std::move(what)}}};
    }

    static Result<Done> only_blanks(const xml::Element& element) {
        return trim(element.text).empty() ? Result<Done>(Done{}) : wrong("text stands where only elements may", element);
    }

    static Scope inner(const xml::Element& element, Scope scope) {
        if (const std::string* base = element.attribute("base", xml::xml_space)) scope.base = resolve(scope.base, *base);
        if (const std::string* language = element.attribute("lang", xml::xml_space)) scope.language = *language;
        return scope;
    }

    Result<Done> add(const Term& subject, const Term& predicate, const Term& object) {
        graph_.add(subject, predicate, object);
        if (graph_.size() <= limits_.triples_max && graph_.bytes() <= limits_.terms_bytes_max) return Done{};
        return Error{Failure::too_large, "rdf.too_many", "The file holds more than {limit} statements, or their terms are too long.",
            {{"limit", std::to_string(limits_.triples_max)}}};
    }

    static Result<Term> resource(const std::string& reference, const Scope& scope, const xml::Element& at) {
        std::string whole = resolve(scope.base, reference);
        if (!is_iri(whole)) return wrong("\"" + reference.substr(0, 200) + "\" is no absolute IRI", at);
        return iri(std::move(whole));
    }

    Result<Term> by_id(const std::string& id, const Scope& scope, const xml::Element& at) {
        if (!xml::is_name(id)) return wrong("rdf:ID is no name", at);
        Term term = TRY(resource("#" + id, scope, at));
        if (!ids_.insert(term.value).second) return wrong("rdf:ID stands twice", at);
        return term;
    }

    static Result<Term> by_node_id(const std::string& id, const xml::Element& at) {
        if (!xml::is_name(id)) return wrong("rdf:nodeID is no name", at);
        return Term{Term::Kind::blank, "l" + id};
    }

    Term new_blank() { return {Term::Kind::blank, "g" + std::to_string(anonymous_++)}; }

    static const std::string* syntax(const xml::Element& element, std::string_view name) { return element.attribute(name, rdf_space); }

    static Result<Term> name_of(std::string_view space, const std::string& name, const xml::Element& at) {
        std::string whole = std::string(space) + name;
        if (space.empty() || !is_iri(whole)) return wrong(name + " needs a namespace", at);
        return iri(std::move(whole));
    }

    /// Attributes that are properties (production 7.2.21); xml's own and those without namespace are not.
    Result<Done> read_property_attributes(const xml::Element& element, const Term& subject, const Scope& scope, bool& found) {
        for (const xml::Attribute& attribute : element.attributes) {
            if (attribute.space.empty() || attribute.space == xml::xml_space) continue;
            if (attribute.space == rdf_space) {
                if (is_syntax_attribute(attribute.name)) continue;
                if (is_no_property(attribute.name)) return wrong("rdf:" + attribute.name + " cannot stand here", element);
            }
            found = true;
            const Term predicate = TRY(name_of(attribute.space, attribute.name, element));
            const Term object = predicate.value == rdf("type") ? TRY(resource(attribute.value, scope, element)) : literal(attribute.value, scope.language);
            TRY(add(subject, predicate, object));
        }
        return Done{};
    }

    Result<Term> read_node(const xml::Element& element, const Scope& outer) {
        const Scope scope = inner(element, outer);
        const std::string *about = syntax(element, "about"), *id = syntax(element, "ID"), *node_id = syntax(element, "nodeID");
        if (!!about + !!id + !!node_id > 1) return wrong("a node has one of rdf:about, rdf:ID and rdf:nodeID", element);
        for (const std::string_view name : {"resource", "datatype", "parseType"})
            if (syntax(element, name)) return wrong("rdf:" + std::string(name) + " belongs to a property", element);
        const Term subject = about     ? TRY(resource(*about, scope, element))
                             : id      ? TRY(by_id(*id, scope, element))
                             : node_id ? TRY(by_node_id(*node_id, element))
                                       : new_blank();
        if (!element.is(rdf_space, "Description")) {
            if (element.space == rdf_space && is_no_property(element.name)) return wrong("rdf:" + element.name + " is no node", element);
            const Term type = TRY(name_of(element.space, element.name, element));
            TRY(add(subject, iri(rdf("type")), type));
        }
        bool found = false;
        TRY(read_property_attributes(element, subject, scope, found));
        TRY(read_properties(element, subject, scope));
        return subject;
    }

    Result<Done> read_properties(const xml::Element& element, const Term& subject, const Scope& scope) {
        TRY(only_blanks(element));
        std::size_t items = 0;
        for (const xml::Element& child : element.children) {
            const bool item = child.is(rdf_space, "li");
            if (child.space == rdf_space && !item && is_no_property(child.name)) return wrong("rdf:" + child.name + " is no property", child);
            const Term predicate = item ? iri(rdf("_" + std::to_string(++items))) : TRY(name_of(child.space, child.name, child));
            const Term object = TRY(read_property(child, inner(child, scope)));
            TRY(add(subject, predicate, object));
            if (const std::string* id = syntax(child, "ID")) {
                const Term statement = TRY(by_id(*id, inner(child, scope), child));
                TRY(add(statement, iri(rdf("type")), iri(rdf("Statement"))));
                TRY(add(statement, iri(rdf("subject")), subject));
                TRY(add(statement, iri(rdf("predicate")), predicate));
                TRY(add(statement, iri(rdf("object")), object));
            }
        }
        return Done{};
    }

    Result<Term> read_property(const xml::Element& element, const Scope& scope) {
        const std::string *type = syntax(element, "parseType"), *target = syntax(element, "resource"), *node_id = syntax(element, "nodeID"),
                          *datatype = syntax(element, "datatype");
        if (syntax(element, "about")) return wrong("rdf:about belongs to a node", element);
        if (!!type + !!target + !!node_id + !!datatype > 1)
            return wrong("rdf:parseType, rdf:resource, rdf:nodeID and rdf:datatype exclude each other", element);
        if (type && *type == "Resource") {
            const Term node = new_blank();
            TRY(read_properties(element, node, scope));
            return node;
        }
        if (type && *type == "Collection") return read_collection(element, scope);
        if (type) return wrong("of rdf:parseType only Resource and Collection are read", element);

        const Term node = target ? TRY(resource(*target, scope, element)) : node_id ? TRY(by_node_id(*node_id, element)) : new_blank();
        bool attributes = false;
        TRY(read_property_attributes(element, node, scope, attributes));
        if (target || node_id || attributes) {
            if (datatype || !element.children.empty() || !trim(element.text).empty())
                return wrong("a property with a resource or with attributes is empty", element);
            return node;
        }
        if (element.children.empty()) {
            if (!datatype) return literal(element.text, scope.language);
            Term of = TRY(resource(*datatype, scope, element));
            return typed(element.text, std::move(of.value));
        }
        TRY(only_blanks(element));
        if (element.children.size() > 1 || datatype) return wrong("a property holds one node", element);
        return read_node(element.children[0], scope);
    }

    Result<Term> read_collection(const xml::Element& element, const Scope& scope) {
        TRY(only_blanks(element));
        Term rest = iri(rdf("nil"));
        std::vector<Term> nodes;
        for (const xml::Element& child : element.children) nodes.push_back(TRY(read_node(child, scope)));
        for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
            const Term cell = new_blank();
            TRY(add(cell, iri(rdf("first")), *node));
            TRY(add(cell, iri(rdf("rest")), rest));
            rest = cell;
        }
        return rest;
    }

    std::string base_;
    const ReadLimits& limits_;
    Graph graph_;
    std::set<std::string> ids_;
    std::uint64_t anonymous_ = 0;
};

} // namespace

Result<Graph> read_rdf_xml(std::string_view text, std::string_view base, const ReadLimits& limits) {
    const xml::Document document =
        TRY(xml::read(text, {.bytes_max = limits.bytes_max, .depth_max = 2 * limits.depth_max, .nodes_max = 4 * limits.triples_max}));
    return RdfXmlReader(base, limits).read(document.root);
}

} // namespace greenbank::rdf
