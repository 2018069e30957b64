// json_ld.cpp — graphs to JSON-LD.
#include "rdf/json_ld.h"

#include "rdf/names.h"
#include "rdf/vocabulary.h"
#include "json/json.h"

namespace greenbank::rdf {

namespace {

using Members = std::map<std::string, std::vector<const Term*>, std::less<>>; // of one node, by key

/// A prefix is a prefix only if its namespace ends so (JSON-LD 1.1, 4.1.5), and must not look like the scheme of an IRI
/// that stays long.
Prefixes usable(const Prefixes& prefixes, const std::vector<Statement>& statements) {
    Prefixes kept;
    for (const auto& [prefix, space] : prefixes)
        if (!space.empty() && std::string_view(":/?#[]@").find(space.back()) != std::string_view::npos) kept.emplace(prefix, space);
    const auto keep_schemes_apart = [&](const std::string& iri) { kept.erase(iri.substr(0, iri.find(':'))); };
    for (const Statement& one : statements)
        for (const Term* term : {one.subject, one.predicate, one.object}) {
            if (term->kind == Term::Kind::iri) keep_schemes_apart(term->value);
            if (!term->datatype.empty()) keep_schemes_apart(term->datatype);
        }
    return kept;
}

class JsonLdWriter {
public:
    JsonLdWriter(const Prefixes& prefixes) : names_(prefixes) {}

    std::string write(const std::vector<Statement>& statements) {
        JsonWriter nodes;
        nodes.begin_list();
        const std::string type = rdf("type");
        for (std::size_t i = 0; i < statements.size();) {
            const Term* subject = statements[i].subject;
            Members members;
            for (; i < statements.size() && statements[i].subject == subject; ++i) {
                const auto [_, predicate, object] = statements[i];
                const bool is_type = predicate->value == type && object->kind != Term::Kind::literal;
                members[is_type ? "@type" : short_name(*predicate)].push_back(object);
            }
            write_node(*subject, members, nodes);
        }
        nodes.end_list();

        JsonWriter out;
        out.begin_object().key("@context").begin_object();
        for (const auto& [prefix, space] : names_.used()) out.member(prefix, space);
        out.end_object().key("@graph").raw(nodes.take()).end_object();
        return out.take();
    }

private:
    std::string short_name(const Term& term) {
        if (term.kind == Term::Kind::blank) return names_.blank(term);
        const auto name = names_.shorten(term.value);
        return name ? *name : term.value;
    }

    void write_node(const Term& subject, const Members& members, JsonWriter& out) {
        out.begin_object().member("@id", short_name(subject));
        for (const auto& [key, objects] : members) {
            out.key(key);
            if (objects.size() > 1) out.begin_list();
            for (const Term* object : objects) {
                if (key == "@type") out.text(short_name(*object));
                else write_object(*object, out);
            }
            if (objects.size() > 1) out.end_list();
        }
        out.end_object();
    }

    void write_object(const Term& object, JsonWriter& out) {
        if (object.kind != Term::Kind::literal) {
            out.begin_object().member("@id", short_name(object)).end_object();
        } else if (object.language.empty() && object.datatype.empty()) {
            out.text(object.value);
        } else {
            out.begin_object();
            if (!object.language.empty()) out.member("@language", object.language);
            else out.member("@type", short_name({Term::Kind::iri, object.datatype}));
            out.member("@value", object.value).end_object();
        }
    }

    Namer names_;
};

} // namespace

std::string write_json_ld(const Graph& graph) {
    const std::vector<Statement> statements = graph.statements();
    return JsonLdWriter(usable(graph.prefixes, statements)).write(statements);
}

std::string safe_in_script(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string_view rest = json.substr(i);
        if (rest[0] == '<') out += "\\u003c";
        else if (rest[0] == '>') out += "\\u003e";
        else if (rest[0] == '&') out += "\\u0026";
        else if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) out += rest[2] == '\xA8' ? "\\u2028" : "\\u2029", i += 2;
        else out += rest[0];
    }
    return out;
}

} // namespace greenbank::rdf
