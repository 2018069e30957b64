// experts.h — who knows what a need is about, in a language its people speak, and has no interest in it. Pure.
#pragma once

#include <span>

#include "match/engine/match.h"

namespace greenbank::match {

enum class ExpertRule { field, language, availability, interest };
constexpr std::size_t expert_rule_count = 4;
enum class ExpertCriterion { text, classes, language, place };
constexpr std::size_t expert_criterion_count = 4;

struct ExpertCandidate {
    std::string id; // unique; decides between equal scores
    std::vector<int> fields;
    std::vector<std::string> classes, languages;
    std::string country;
    std::optional<Date> available_from, available_until;
    std::vector<ConceptWeight> concepts;
    bool interested = false; // has an interest in whose need it is, as panels know it
};

struct ExpertWish {
    int field = 0;
    std::vector<std::string> classes;
    std::vector<std::string> languages; // that the need is written in, or that are asked for
    bool language_needed = false;       // without one of them it will not do
    std::string country;
    std::vector<ConceptWeight> concepts;
    Date day;
};

struct ExpertRuleFinding {
    ExpertRule rule = ExpertRule::field;
    bool passed = true;
    Outcome outcome = Outcome::not_asked;
};
struct ExpertCriterionFinding {
    ExpertCriterion criterion = ExpertCriterion::text;
    Outcome outcome = Outcome::graded;
    std::int32_t weight = 0, points = 0, contribution = 0;
};
struct ExpertExplanation {
    std::array<ExpertRuleFinding, expert_rule_count> rules;
    std::array<ExpertCriterionFinding, expert_criterion_count> criteria;
    std::int32_t score = 0; // the sum of the contributions
    bool excluded = false;
};

using ExpertWeights = std::array<std::int32_t, expert_criterion_count>;
constexpr ExpertWeights expert_weights = {350'000, 350'000, 200'000, 100'000};

/// `weights` of the match bring points of classes, places and texts.
ExpertExplanation explain(const ExpertCandidate& expert, const ExpertWish& wish, const ExpertWeights& shares, const Weights& weights);

} // namespace greenbank::match
