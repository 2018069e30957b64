// json_ld_read.cpp — JSON-LD to a graph: expansion by the context at hand, straight into triples.
#include <fmt/format.h>

#include "rdf/iri.h"
#include "rdf/json_ld.h"
#include "rdf/vocabulary.h"
#include "json/value_tree.h"

namespace greenbank::rdf {

namespace {

using Shape = ValueTree::Shape;

struct Meaning {
    std::string iri = {}, type = {};
    std::optional<std::string> language = {}; // present and empty: none
    std::string container = {};
    bool reverse = false;
};

struct Context {
    std::string base, vocab, language;
    std::map<std::string, Meaning, std::less<>> terms;
};

bool is_text(const ValueTree& tree) { return tree.shape == Shape::plain && tree.plain.starts_with('"'); }

std::string text_of(const ValueTree& tree) {
    std::string text;
    const auto read = read_json_value(tree.plain, TypeOf<std::string>::type, &text);
    require(static_cast<bool>(read), "a tree holds texts that can be read");
    return text;
}

class JsonLdReader {
public:
    explicit JsonLdReader(const ReadLimits& limits) : limits_(limits) {}

    Result<Graph> read(std::string_view text, std::string_view base) {
        if (text.size() > limits_.bytes_max)
            return Error{Failure::too_large, "rdf.too_large", "The file is larger than {limit} bytes.", {{"limit", std::to_string(limits_.bytes_max)}}};
        if (!is_utf8(text)) return Error{Failure::malformed, "rdf.encoding", "The file is not in UTF-8."};
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        const ValueTree tree = TRY(read_value_tree(text));
        Context context;
        context.base = base;
        if (tree.shape == Shape::plain) return wrong("", "an object or a list of objects is expected");
        TRY(read_top(tree, context, ""));
        return std::move(graph_);
    }

private:
    static Error wrong(const std::string& place, std::string reason) {
        return {Failure::malformed, "rdf.json_ld", "{place}: {reason}.", {{"place", place.empty() ? "JSON-LD" : place}, {"reason", std::move(reason)}}};
    }

    // ---- contexts ---------------------------------------------------------------------------------------------------

    Result<Context> with_context(Context context, const ValueTree& tree, const std::string& place) {
        if (tree.shape == Shape::list) {
            for (const ValueTree& one : tree.items) context = TRY(with_context(std::move(context), one, place));
            return context;
        }
        if (is_text(tree)) return wrong(place, "a context at another address is not fetched; write it into the file");
        if (tree.plain == "null" && tree.shape == Shape::plain) return Context{context.base, "", "", {}};
        if (tree.shape != Shape::object) return wrong(place, "a context is an object");
        for (const auto& [name, value] : tree.members) {
            if (name == "@vocab" || name == "@base" || name == "@language") {
                const bool none = value.shape == Shape::plain && value.plain == "null";
                if (!is_text(value) && !none) return wrong(place + "." + name, "a text is expected");
                const std::string said = none ? "" : text_of(value);
                if (name == "@vocab") context.vocab = said;
                else if (name == "@base") context.base = none ? "" : resolve(context.base, said);
                else context.language = said;
            }
        }
        for (const auto& [name, value] : tree.members) // terms may use each other, in any order
            if (!name.starts_with('@')) TRY(define(context, tree, name, place, 0));
        return context;
    }

    Result<Done> define(Context& context, const ValueTree& tree, const std::string& name, const std::string& place, int depth) {
        if (depth > 16) return wrong(place + "." + name, "the terms are defined by each other in a circle");
        const ValueTree& value = *tree.find(name);
        Meaning meaning;
        std::string said;
        if (is_text(value)) {
            said = text_of(value);
        } else if (value.shape == Shape::object) {
            for (const auto& [key, part] : value.members) {
                const bool none = part.shape == Shape::plain && part.plain == "null";
                if (key == "@language" && none) meaning.language = "";
                else if (key == "@container" && part.shape == Shape::list) {
                    for (const ValueTree& one : part.items)
                        if (is_text(one) && text_of(one) != "@set") meaning.container = text_of(one);
                } else if (!is_text(part)) {
                    if (key == "@id" && none) return Done{};
                    if (key == "@protected" || key == "@prefix" || key == "@context" || key == "@nest") continue;
                    return wrong(place + "." + name + "." + key, "a text is expected");
                } else if (key == "@id" || key == "@reverse") {
                    said = text_of(part), meaning.reverse = key == "@reverse";
                } else if (key == "@type") {
                    meaning.type = text_of(part);
                } else if (key == "@language") {
                    meaning.language = text_of(part);
                } else if (key == "@container") {
                    meaning.container = text_of(part) == "@set" ? "" : text_of(part);
                }
            }
            if (!meaning.container.empty() && meaning.container != "@list" && meaning.container != "@language")
                return wrong(place + "." + name, "this container is not read: " + meaning.container);
        } else {
            context.terms.erase(name); // null: no meaning
            return Done{};
        }
        if (said.empty()) said = name;
        for (std::string* one : {&said, &meaning.type}) { // prefixes and terms that are defined below
            const std::string prefix = one->substr(0, one->find(':'));
            if (prefix != name && *one != name && tree.find(prefix) && !prefix.starts_with('@')) TRY(define(context, tree, prefix, place, depth + 1));
        }
        meaning.iri = said.starts_with('@') ? said : said == name ? expand_without_term(context, said) : expand(context, said, true);
        if (!meaning.type.empty() && !meaning.type.starts_with('@')) meaning.type = expand(context, meaning.type, true);
        context.terms[name] = std::move(meaning);
        return Done{};
    }

    static std::string expand_without_term(const Context& context, const std::string& name) {
        const std::size_t colon = name.find(':');
        if (colon == std::string::npos) return context.vocab.empty() ? "" : context.vocab + name;
        if (name.starts_with("_:") || name.substr(colon).starts_with("://")) return name;
        const auto prefix = context.terms.find(name.substr(0, colon));
        return prefix == context.terms.end() ? name : prefix->second.iri + name.substr(colon + 1);
    }
    static std::string expand(const Context& context, const std::string& name, bool as_term) {
        if (name.starts_with('@')) return name;
        if (as_term)
            if (const auto term = context.terms.find(name); term != context.terms.end()) return term->second.iri;
        if (name.find(':') != std::string::npos || as_term) return expand_without_term(context, name);
        return resolve(context.base, name);
    }

    // ---- nodes ------------------------------------------------------------------------------------------------------

    Result<Done> read_top(const ValueTree& tree, const Context& context, const std::string& place) {
        if (tree.shape == Shape::list) {
            for (std::size_t i = 0; i < tree.items.size(); ++i) TRY(read_top(tree.items[i], context, fmt::format("{}[{}]", place, i)));
            return Done{};
        }
        if (tree.shape != Shape::object) return wrong(place, "an object is expected");
        TRY(read_node(tree, context, place));
        return Done{};
    }

    Result<Term> name_term(const std::string& name, const std::string& place) {
        if (name.starts_with("_:")) {
            const auto [found, fresh] = blanks_.try_emplace(name.substr(2));
            if (fresh) found->second = graph_.blank();
            return found->second;
        }
        if (!is_iri(name))
            return Error{Failure::malformed, "rdf.json_ld", "{place}: {reason}.", {{"place", place}, {"reason", fmt::format("“{}” is no absolute IRI", name)}}};
        return iri(name);
    }

    Result<Done> add(const Term& subject, const Term& predicate, const Term& object) {
        graph_.add(subject, predicate, object);
        if (graph_.size() > limits_.triples_max || graph_.bytes() > limits_.terms_bytes_max)
            return Error{Failure::too_large, "rdf.too_many", "The file holds more than {limit} statements, or their terms are too long.",
                {{"limit", std::to_string(limits_.triples_max)}}};
        return Done{};
    }

    Result<std::optional<Term>> read_node(const ValueTree& tree, const Context& outer, const std::string& place) {
        Context own;
        const ValueTree* changed = tree.find("@context");
        if (changed) own = TRY(with_context(outer, *changed, place.empty() ? "@context" : place + ".@context"));
        const Context& context = changed ? own : outer;
        std::optional<Term> subject;
        const auto the_subject = [&]() -> const Term& {
            if (!subject) subject = graph_.blank();
            return *subject;
        };
        std::vector<std::pair<std::string, const ValueTree*>> members; // by their keyword or IRI
        for (const auto& [name, value] : tree.members) {
            const auto term = context.terms.find(name);
            if (term != context.terms.end() && term->second.iri == "@id") {
                if (!is_text(value)) return wrong(place + "." + name, "a text is expected");
                subject = TRY(name_term(expand(context, text_of(value), false), place + "." + name));
            } else if (name == "@id") {
                if (!is_text(value)) return wrong(place + "." + name, "a text is expected");
                subject = TRY(name_term(expand(context, text_of(value), false), place + "." + name));
            }
        }
        for (const auto& [name, value] : tree.members) {
            const auto term = context.terms.find(name);
            const std::string key = term == context.terms.end() ? expand(context, name, true) : term->second.iri;
            const std::string here = place.empty() ? name : place + "." + name;
            if (key == "@id" || key == "@context" || key == "@index" || key.empty()) continue;
            if (key == "@graph") {
                TRY(read_top(value, context, here));
            } else if (key == "@type") {
                const auto take = [&](const ValueTree& one) -> Result<Done> {
                    if (!is_text(one)) return wrong(here, "a text is expected");
                    return add(the_subject(), iri(rdf("type")), TRY(name_term(expand(context, text_of(one), true), here)));
                };
                if (value.shape != Shape::list) TRY(take(value));
                for (const ValueTree& one : value.items) TRY(take(one));
            } else if (key.starts_with('@')) {
                return wrong(here, "this keyword is not read here");
            } else if (is_iri(key)) {
                static const Meaning plain;
                const Meaning& meaning = term == context.terms.end() ? plain : term->second;
                TRY(read_values(the_subject(), iri(key), value, meaning, context, here));
            }
        }
        return subject ? subject : tree.members.empty() || tree.find("@graph") ? std::optional<Term>{} : std::optional(graph_.blank());
    }

    Result<Done> read_values(
        const Term& subject, const Term& predicate, const ValueTree& value, const Meaning& meaning, const Context& context, const std::string& place) {
        if (meaning.container == "@list" && value.shape == Shape::list) return add(subject, predicate, TRY(list_of(value.items, meaning, context, place)));
        if (meaning.container == "@language" && value.shape == Shape::object) {
            for (const auto& [language, texts] : value.members) {
                const auto take = [&, &said = language](const ValueTree& one) -> Result<Done> {
                    if (one.shape == Shape::plain && one.plain == "null") return Done{};
                    if (!is_text(one)) return wrong(place + "." + said, "a text is expected");
                    return add(subject, predicate, literal(text_of(one), said == "@none" ? "" : said));
                };
                if (texts.shape != Shape::list) TRY(take(texts));
                for (const ValueTree& one : texts.items) TRY(take(one));
            }
            return Done{};
        }
        if (value.shape == Shape::list) {
            for (std::size_t i = 0; i < value.items.size(); ++i)
                TRY(read_values(subject, predicate, value.items[i], meaning, context, fmt::format("{}[{}]", place, i)));
            return Done{};
        }
        if (value.shape == Shape::object)
            if (const ValueTree* set = value.find("@set")) return read_values(subject, predicate, *set, meaning, context, place + ".@set");
        const auto object = TRY(object_of(value, meaning, context, place));
        if (!object) return Done{};
        if (!meaning.reverse) return add(subject, predicate, *object);
        if (object->kind == Term::Kind::literal) return wrong(place, "a text cannot be the subject of a statement");
        return add(*object, predicate, subject);
    }

    Result<Term> list_of(const std::vector<ValueTree>& items, const Meaning& meaning, const Context& context, const std::string& place) {
        Term rest = iri(rdf("nil"));
        for (std::size_t i = items.size(); i-- > 0;) {
            const auto object = TRY(object_of(items[i], meaning, context, fmt::format("{}[{}]", place, i)));
            if (!object) continue;
            const Term cell = graph_.blank();
            TRY(add(cell, iri(rdf("first")), *object));
            TRY(add(cell, iri(rdf("rest")), rest));
            rest = cell;
        }
        return rest;
    }

    /// One value that is no list; nothing for null.
    Result<std::optional<Term>> object_of(const ValueTree& value, const Meaning& meaning, const Context& context, const std::string& place) {
        using Answer = std::optional<Term>;
        if (value.shape == Shape::list) return wrong(place, "a list in a list is not read");
        if (value.shape == Shape::object) {
            if (const ValueTree* list = value.find("@list")) {
                if (list->shape != Shape::list) return wrong(place + ".@list", "a list is expected");
                return Answer(TRY(list_of(list->items, meaning, context, place + ".@list")));
            }
            if (!value.find("@value")) return read_node(value, context, place);
            Meaning said;
            said.language = "";
            for (const auto& [name, part] : value.members)
                if (name == "@type" || name == "@language") {
                    if (!is_text(part)) return wrong(place + "." + name, "a text is expected");
                    (name == "@type" ? said.type : *said.language) = name == "@type" ? expand(context, text_of(part), true) : text_of(part);
                } else if (name != "@value" && name != "@index" && name != "@direction") {
                    return wrong(place + "." + name, "this keyword is not read here");
                }
            if (said.type.starts_with('@')) return wrong(place + ".@type", "this type is not read");
            return plain_term(*value.find("@value"), said, context, place);
        }
        return plain_term(value, meaning, context, place);
    }

    Result<std::optional<Term>> plain_term(const ValueTree& value, const Meaning& meaning, const Context& context, const std::string& place) {
        using Answer = std::optional<Term>;
        if (value.shape != Shape::plain) return wrong(place, "a plain value is expected");
        if (value.plain == "null") return Answer{};
        if (!is_text(value)) {
            const bool boolean = value.plain == "true" || value.plain == "false";
            const bool whole = value.plain.find_first_of(".eE") == std::string::npos;
            const std::string type = !meaning.type.empty() && !meaning.type.starts_with('@') ? meaning.type
                                                                                             : xsd(boolean ? "boolean"
                                                                                                   : whole ? "integer"
                                                                                                           : "double");
            return Answer(rdf::typed(value.plain, type));
        }
        const std::string text = text_of(value);
        if (meaning.type == "@id" || meaning.type == "@vocab") return Answer(TRY(name_term(expand(context, text, meaning.type == "@vocab"), place)));
        if (!meaning.type.empty() && !meaning.type.starts_with('@')) {
            if (!is_iri(meaning.type)) return wrong(place, "the datatype is no absolute IRI");
            return Answer(rdf::typed(text, meaning.type));
        }
        return Answer(literal(text, meaning.language ? *meaning.language : context.language));
    }

    const ReadLimits limits_;
    Graph graph_;
    std::map<std::string, Term> blanks_;
};

} // namespace

Result<Graph> read_json_ld(std::string_view text, std::string_view base, const ReadLimits& limits) { return JsonLdReader(limits).read(text, base); }

} // namespace greenbank::rdf
