// explain.h — the engine's findings in sentences: every rule and criterion with the two values it compared.
#pragma once

#include "match/convert.h"
#include "match/records.h"
#include "match/speech.h"

namespace greenbank::match {

/// As it stands in the keys of sentences.
std::string_view name_of_outcome(Outcome outcome);

class Explainer {
public:
    /// All references must outlive the explainer.
    Explainer(const library::Need& need, const Wish& wish, const Weights& weights, const WeightsEdition& edition, const Converter& converter,
        const library::Reference& reference, Language language);

    MatchItem item(const library::Technology& technology, const Candidate& candidate) const;
    Exclusion exclusion(const library::Technology& technology, const Candidate& candidate, Rule rule) const;
    HolderHalf holder_half(const library::Technology& technology, const Candidate& candidate, Date today) const;
    MatchRefusal refusal(const library::Technology& technology, const Candidate& candidate, Date today, std::int32_t need_score) const;

private:
    struct Values {
        std::optional<std::string> need, technology;
        std::string sentence = {}; // where it is more than a template
    };
    struct Pair {
        const library::Technology& technology;
        const Candidate& candidate;
    };
    MatchedRule rule(const RuleFinding& finding, const Pair& pair) const;
    MatchedCriterion criterion(const CriterionFinding& finding, const Pair& pair) const;

    Values field(const Pair& pair) const;
    Values territory(const Pair& pair) const;
    Values readiness(const Pair& pair) const;
    Values capacity(const Pair& pair) const;
    Values traits(const std::vector<std::string>& asked, const Pair& pair) const;
    Values requirements(const Pair& pair, bool hard_only) const;
    Values cases(const Pair& pair) const;
    Values text(const Pair& pair) const;
    Values classes(const Pair& pair) const;
    Values cost(std::string_view name, const Pair& pair) const;
    Values proofs(const Pair& pair) const;
    Values place(const Pair& pair) const;
    Values contract(const Pair& pair) const;
    Values cooperation(const Pair& pair) const;
    Values clarity() const;
    std::string promised(const Promise& promise, const Requirement& requirement) const;
    std::string sentence(std::string_view name, Outcome outcome, const Values& values) const;

    const library::Need& need_;
    const Wish& wish_;
    const Weights& weights_;
    const WeightsEdition& edition_;
    const Converter& converter_;
    Speech speech_;
};

} // namespace greenbank::match
