// skos.h — a thesaurus as SKOS (W3C recommendation of 2009), to a graph and back with the mistakes of real files named.
#pragma once

#include "rdf/graph.h"

namespace greenbank::rdf::skos {

struct Label {
    std::string text;
    std::string language = {}; // lower case: "zh", "zh-hans", "en"; empty where none is said

    auto operator<=>(const Label&) const = default;
};
using Labels = std::vector<Label>;

struct Concept {
    std::string iri;
    std::vector<std::string> notations = {}; // codes
    Labels preferred = {};                   // one a language
    Labels alternative = {};
    Labels hidden = {}; // found by search, never shown: misspellings
    Labels definitions = {};
    Labels scope_notes = {};               // what is meant, and what is not
    std::vector<std::string> broader = {}; // IRIs of concepts of the same scheme; narrower is its inverse
    std::vector<std::string> related = {};
    std::vector<std::string> exact_match = {}, close_match = {}; // concepts of other schemes

    bool operator==(const Concept&) const = default;
};

struct ConceptScheme {
    std::string iri;
    Labels titles = {};
    std::optional<Time> modified = {};
    std::vector<Concept> concepts = {};

    bool operator==(const ConceptScheme&) const = default;
};

/// With narrower, top concepts and inScheme beside what the concepts say. IRIs that are none are problems at their concept.
Result<Graph> graph_of(const ConceptScheme& scheme);

/// The scheme of that IRI, or the only one where it is empty; a graph of concepts without any scheme gives one without IRI. Lists are
/// in order and without repeats; `broader` holds what narrower says too. Problems name the concept: no preferred label or two in one
/// language, a broader concept that is not there, broader in a circle; at most 100 are told. Where `problems` is given they go there,
/// and the scheme is returned with its faulty concepts.
Result<ConceptScheme> read_concept_scheme(const Graph& graph, std::string_view scheme_iri = {}, Problems* problems = nullptr);
constexpr std::size_t problems_max = 100;

} // namespace greenbank::rdf::skos
