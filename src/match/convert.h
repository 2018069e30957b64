// convert.h — the library's records into what the engine compares.
#pragma once

#include "library/assessment/experts.h"
#include "library/reference.h"
#include "match/engine/concepts.h"
#include "match/engine/experts.h"
#include "match/weights.h"

namespace greenbank::match {

/// Does not change once built.
class Converter {
public:
    Converter(const library::Thesaurus& thesaurus, TextWeights text, Fold fold, Stem stem);

    Candidate candidate(const library::Technology& technology) const;
    Wish wish(const library::Need& need) const;
    /// Without what the store alone can tell: whether there is an interest.
    ExpertCandidate expert(const library::Expert& expert) const;
    /// The preferred word of a concept; `concept_index` as in ConceptWeight.
    const Text& concept_name(std::uint32_t concept_index) const { return names_[concept_index]; }

private:
    std::vector<ConceptWeight> weigh(std::initializer_list<std::pair<const Text*, std::int64_t>> texts, const library::Keywords& keywords) const;
    template <class Entry> std::vector<ConceptWeight> concepts_of(const Entry& entry) const;

    TextWeights text_;
    std::vector<Text> names_;
    ConceptFinder finder_;
};

Level to_level(const library::Readiness& readiness);

} // namespace greenbank::match
