// convert.h — the library's records into what the engine compares.
#pragma once

#include "library/reference.h"
#include "match/engine/concepts.h"
#include "match/weights.h"

namespace greenbank::match {

/// Does not change once built.
class Converter {
public:
    Converter(const library::Thesaurus& thesaurus, TextWeights text, Fold fold, Stem stem);

    Candidate candidate(const library::Technology& technology) const;
    Wish wish(const library::Need& need) const;
    /// The preferred word of a concept; `concept_index` as in ConceptWeight.
    const Text& concept_name(std::uint32_t concept_index) const { return names_[concept_index]; }

private:
    template <class Entry> std::vector<ConceptWeight> concepts_of(const Entry& entry) const;

    TextWeights text_;
    std::vector<Text> names_;
    ConceptFinder finder_;
};

Level to_level(const library::Readiness& readiness);

} // namespace greenbank::match
