// skos.cpp — concept schemes to graphs and back.
#include "rdf/skos.h"

#include <algorithm>

#include "rdf/vocabulary.h"

namespace greenbank::rdf::skos {

namespace {

Term name(std::string_view local) { return iri(name_in(skos_space, local)); }
Term dct(std::string_view local) { return iri(name_in(dct_space, local)); }

struct LabelRow {
    std::string_view property;
    Labels Concept::*labels;
};
constexpr LabelRow label_rows[] = {{"prefLabel", &Concept::preferred}, {"altLabel", &Concept::alternative}, {"hiddenLabel", &Concept::hidden},
    {"definition", &Concept::definitions}, {"scopeNote", &Concept::scope_notes}};

struct LinkRow {
    std::string_view property;
    std::vector<std::string> Concept::*links;
};
constexpr LinkRow link_rows[] = {
    {"broader", &Concept::broader}, {"related", &Concept::related}, {"exactMatch", &Concept::exact_match}, {"closeMatch", &Concept::close_match}};

template <class T> void sort_and_deduplicate(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

Labels labels_of(const Graph& graph, const Term& subject, const Term& property) {
    Labels labels;
    for (const Term& object : graph.objects(subject, property))
        if (object.kind == Term::Kind::literal && !object.value.empty()) labels.push_back({object.value, object.language});
    sort_and_deduplicate(labels);
    return labels;
}

std::vector<std::string> iris_of(const std::vector<Term>& terms) {
    std::vector<std::string> iris;
    for (const Term& term : terms)
        if (term.kind == Term::Kind::iri) iris.push_back(term.value);
    return iris;
}

/// What is wrong with the concepts that were read.
class Check {
public:
    explicit Check(const ConceptScheme& scheme) : concepts_(scheme.concepts) {
        for (std::size_t i = 0; i < concepts_.size(); ++i) numbers_.emplace(concepts_[i].iri, i);
    }

    Problems run() {
        for (const Concept& concept_ : concepts_) {
            check_labels(concept_);
            for (const std::string& broader : concept_.broader)
                if (!numbers_.contains(broader))
                    add(concept_, "skos.broader_unknown", "The broader concept {broader} is not in the scheme.", {{"broader", broader}});
        }
        check_circles();
        return std::move(problems_);
    }

private:
    void add(const Concept& at, std::string code, std::string message, std::vector<Parameter> parameters = {}) {
        if (problems_.size() < problems_max) problems_.push_back({at.iri, std::move(code), std::move(message), std::move(parameters)});
    }

    void check_labels(const Concept& at) {
        if (at.preferred.empty()) add(at, "skos.label_missing", "The concept has no preferred label.");
        std::vector<std::string> languages;
        for (const Label& label : at.preferred) languages.push_back(label.language);
        std::sort(languages.begin(), languages.end());
        if (const auto twice = std::adjacent_find(languages.begin(), languages.end()); twice != languages.end())
            add(at, "skos.label_repeated", "The concept has two preferred labels in the language \"{language}\".",
                {{"language", twice->empty() ? "und" : *twice}});
    }

    /// A walk upwards without recursion: a way that comes back to a concept that is still being walked closes a circle.
    void check_circles() {
        enum State : char { unseen, open, done };
        std::vector<State> states(concepts_.size(), unseen);
        std::vector<std::pair<std::size_t, std::size_t>> way; // concept, next of its broader ones
        for (std::size_t start = 0; start < concepts_.size(); ++start) {
            if (states[start] == unseen) way.emplace_back(start, 0), states[start] = open;
            while (!way.empty()) {
                auto& [at, next] = way.back();
                const std::vector<std::string>& broader = concepts_[at].broader;
                if (next == broader.size()) {
                    states[at] = done;
                    way.pop_back();
                    continue;
                }
                const auto above = numbers_.find(broader[next++]);
                if (above == numbers_.end()) continue;
                if (states[above->second] == open)
                    add(concepts_[at], "skos.circle", "The concept {broader} is both above and below this one.", {{"broader", above->first}});
                if (states[above->second] != unseen) continue;
                states[above->second] = open;
                way.emplace_back(above->second, 0);
            }
        }
    }

    const std::vector<Concept>& concepts_;
    std::map<std::string, std::size_t> numbers_;
    Problems problems_;
};

/// The scheme asked for, or the only one; nothing where there is none at all.
Result<std::optional<Term>> find_scheme(const Graph& graph, std::string_view scheme_iri) {
    std::vector<std::string> schemes = iris_of(graph.subjects(iri(rdf("type")), name("ConceptScheme")));
    if (scheme_iri.empty() && schemes.size() > 1)
        return Error{Failure::invalid, "skos.schemes", "The file holds several concept schemes; name one of: {schemes}.",
            {{"schemes", join({schemes.begin(), schemes.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(schemes.size(), 10))}, ", ")}}};
    if (!scheme_iri.empty() && std::find(schemes.begin(), schemes.end(), scheme_iri) == schemes.end())
        return Error{Failure::not_found, "skos.no_scheme", "The file holds no concept scheme {scheme}.", {{"scheme", std::string(scheme_iri)}}};
    if (schemes.empty()) return std::optional<Term>{};
    return std::optional(iri(scheme_iri.empty() ? schemes[0] : std::string(scheme_iri)));
}

/// Those of the scheme; all where no concept says to which scheme it belongs.
std::vector<std::string> concepts_of(const Graph& graph, const std::optional<Term>& scheme) {
    std::vector<std::string> all = iris_of(graph.subjects(iri(rdf("type")), name("Concept")));
    if (scheme) {
        std::vector<std::string> members = iris_of(graph.subjects(name("inScheme"), *scheme));
        for (const auto& terms : {graph.subjects(name("topConceptOf"), *scheme), graph.objects(*scheme, name("hasTopConcept"))})
            for (const std::string& one : iris_of(terms)) members.push_back(one);
        const bool nobody_says = std::all_of(all.begin(), all.end(), [&](const std::string& one) { return graph.objects(iri(one), name("inScheme")).empty(); });
        if (!nobody_says) all = std::move(members);
        else all.insert(all.end(), members.begin(), members.end());
    }
    sort_and_deduplicate(all);
    return all;
}

std::optional<Time> modified_of(const Graph& graph, const Term& subject) {
    std::optional<Time> latest;
    for (const Term& object : graph.objects(subject, dct("modified"))) {
        auto time = parse_time(object.value);
        if (const auto date = parse_date(object.value); date && !time) time = Time{} + days(date->days);
        if (time && (!latest || *time > *latest)) latest = time;
    }
    return latest;
}

} // namespace

Result<Graph> graph_of(const ConceptScheme& scheme) {
    Graph graph;
    graph.prefixes = {{"skos", std::string(skos_space)}, {"dct", std::string(dct_space)}, {"xsd", std::string(xsd_space)}};
    Problems problems;
    const auto scheme_term = checked_iri(scheme.iri, "scheme", problems);
    if (!scheme_term) return invalid(std::move(problems));
    const Term type = iri(rdf("type"));
    graph.add(*scheme_term, type, name("ConceptScheme"));
    for (const Label& title : scheme.titles) graph.add(*scheme_term, dct("title"), literal(title.text, title.language));
    if (scheme.modified) graph.add(*scheme_term, dct("modified"), typed(*scheme.modified));
    for (const Concept& one : scheme.concepts) {
        const auto subject = checked_iri(one.iri, one.iri, problems);
        if (!subject) continue;
        graph.add(*subject, type, name("Concept"));
        graph.add(*subject, name("inScheme"), *scheme_term);
        if (one.broader.empty()) {
            graph.add(*subject, name("topConceptOf"), *scheme_term);
            graph.add(*scheme_term, name("hasTopConcept"), *subject);
        }
        for (const std::string& notation : one.notations) graph.add(*subject, name("notation"), literal(notation));
        for (const auto& [property, labels] : label_rows)
            for (const Label& label : one.*labels) graph.add(*subject, name(property), literal(label.text, label.language));
        for (const auto& [property, links] : link_rows)
            for (const std::string& link : one.*links) {
                const auto object = checked_iri(link, one.iri, problems);
                if (!object) continue;
                graph.add(*subject, name(property), *object);
                if (property == "broader") graph.add(*object, name("narrower"), *subject);
            }
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return graph;
}

Result<ConceptScheme> read_concept_scheme(const Graph& graph, std::string_view scheme_iri, Problems* told) {
    const auto term = TRY(find_scheme(graph, scheme_iri));
    ConceptScheme scheme;
    if (term) {
        scheme.iri = term->value;
        // Schemes are titled in many ways; the first that is there holds.
        for (const std::string& property : {name_in(dct_space, "title"), std::string("http://purl.org/dc/elements/1.1/title"), name_in(skos_space, "prefLabel"),
                 std::string("http://www.w3.org/2000/01/rdf-schema#label")})
            if (scheme.titles.empty()) scheme.titles = labels_of(graph, *term, iri(property));
        scheme.modified = modified_of(graph, *term);
    }
    for (std::string& one : concepts_of(graph, term)) {
        const Term subject = iri(one);
        Concept read{.iri = std::move(one)};
        for (const Term& notation : graph.objects(subject, name("notation")))
            if (notation.kind == Term::Kind::literal) read.notations.push_back(notation.value);
        for (const auto& [property, labels] : label_rows) read.*labels = labels_of(graph, subject, name(property));
        for (const auto& [property, links] : link_rows) read.*links = iris_of(graph.objects(subject, name(property)));
        for (const std::string& above : iris_of(graph.subjects(name("narrower"), subject))) read.broader.push_back(above);
        for (std::vector<std::string>* list : {&read.notations, &read.broader}) sort_and_deduplicate(*list);
        scheme.concepts.push_back(std::move(read));
    }
    if (scheme.concepts.empty()) return Error{Failure::invalid, "skos.empty", "The file holds no concepts."};
    Problems problems = Check(scheme).run();
    if (told) *told = std::move(problems);
    else if (!problems.empty()) return invalid(std::move(problems));
    return scheme;
}

} // namespace greenbank::rdf::skos
