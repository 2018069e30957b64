// match.h — what a need asks, what a technology offers, what is weighed, and what comes out. Plain values.
// Points run from 0 to 1,000,000 and are integers, so that an explanation adds up to its score exactly.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/money.h"
#include "kernel/result.h"
#include "kernel/time.h"
#include "kernel/units.h"

namespace greenbank::match {

constexpr std::int32_t points_full = 1'000'000;
/// The weight of a concept that a text names outright.
constexpr std::uint32_t concept_weight_full = 1'000;

/// What excludes.
enum class Rule { field, territory, readiness, capacity, required_traits, excluded_traits, requirements, budget, evidence };
constexpr std::size_t rule_count = 9;
/// What is graded.
enum class Criterion { text, classes, performance, cost, readiness, evidence, place };
constexpr std::size_t criterion_count = 7;
/// What keeps the holder of a technology from a need, and what the holder grades: the other side's wishes (two_sided.h).
enum class HolderRule { contract, cooperation, deadline };
constexpr std::size_t holder_rule_count = 3;
enum class HolderCriterion { place, size, contract, cooperation, payment, clarity };
constexpr std::size_t holder_criterion_count = 6;

/// How a rule or a criterion came out; sentences are chosen by it.
enum class Outcome {
    met,
    failed,
    not_asked,      // the need says nothing about it
    unknown,        // the technology says nothing about it
    not_comparable, // both speak, in units or currencies that do not meet
    too_small,
    too_large,
    worldwide, // capacity, territory
    same,
    near,
    far,
    by_case,
    by_region,
    graded // classes, place, the rest
};

/// A concept of the thesaurus, by its place there, and how strongly a text is about it.
struct ConceptWeight {
    std::uint32_t concept_index = 0;
    std::uint32_t weight = 0; // up to concept_weight_full
    bool operator==(const ConceptWeight&) const = default;
};

struct Level {
    int scale = 0; // index into Weights::readiness
    std::int64_t level = 1;
};

/// What a technology promises about one indicator; one value where `high` is absent.
struct Promise {
    std::string indicator;
    double low = 0;
    std::optional<double> high;
    std::string unit;
};

struct Proof {
    int kind = 0; // index into Weights::evidence; 0 is a running case
    std::string country;
};

struct Candidate {
    std::string id; // unique; decides between equal scores
    int field = 0;
    std::vector<std::string> classes; // dotted codes
    Level readiness;
    std::vector<Promise> promises;
    std::optional<Quantity> capacity_min, capacity_max;
    std::optional<Money> capital_cost; // for one `capital_cost_per`
    std::string capital_cost_per;
    std::vector<std::string> territories; // "WORLD": everywhere
    std::vector<std::string> traits;
    std::vector<Proof> proofs;
    std::string origin;
    std::vector<ConceptWeight> concepts;
    std::vector<int> cooperation = {};      // ways in which the holder works with others
    std::optional<Money> contract_min = {}; // what is smaller the holder does not take on
};

struct Requirement {
    std::string indicator;
    bool at_most = false; // else: at least
    double limit = 0;
    std::string unit;
    bool hard = false;
};

struct Wish {
    int field = 0;
    std::vector<std::string> classes;
    std::vector<Requirement> requirements;
    std::optional<Quantity> capacity;
    std::optional<Money> budget;
    std::optional<Level> readiness_min;
    std::string country;
    std::vector<std::string> required_traits, excluded_traits;
    std::int64_t cases_min = 0;
    std::vector<ConceptWeight> concepts;
    std::vector<int> cooperation = {}; // ways that are welcome; none: any
    std::optional<Date> deadline = {};
};

constexpr int scale_count = 3;
constexpr int proof_kinds = 5;

/// An edition of the weights. What a need does not ask scores full; silence never scores more than speaking.
struct Weights {
    std::array<std::int32_t, criterion_count> weight = {250'000, 200'000, 250'000, 100'000, 70'000, 70'000, 60'000};
    std::int32_t text_share_full = 500'000;                               // the share of a need's concepts that earns full points
    std::int32_t text_not_recognised = 500'000;                           // the need has no word that the thesaurus knows
    std::array<std::int32_t, 4> classes = {0, 250'000, 500'000, 750'000}; // by levels shared, where not all are
    std::int32_t promise_missing = 200'000;                               // a figure is asked for, none is given
    std::int32_t promise_near = 900'000;                                  // the limit is just missed; falls to promise_missing at twice or none
    std::int32_t cost_share_full = 500'000;                               // up to this share of the budget: full points
    std::int32_t cost_at_budget = 400'000;                                // the whole budget
    std::int32_t cost_unknown = 400'000;                                  // no comparison is possible
    std::array<std::vector<std::int32_t>, scale_count> readiness = {
        {{100, 200, 300, 400, 500, 600, 700, 800, 900}, {100, 200, 300, 400, 500, 600, 700, 800, 900},
            {100, 200, 300, 400, 500, 600, 700, 800, 900, 900, 900}}};                             // level → hundredths of a common level, 100 to 900
    std::array<std::int32_t, proof_kinds> evidence = {250'000, 250'000, 50'000, 150'000, 100'000}; // case, verification, patent, test report, standard
    std::int32_t place_case = 900'000, place_region = 600'000, place_far = 200'000;
    std::array<std::int32_t, holder_criterion_count> holder = {250'000, 200'000, 200'000, 150'000, 150'000, 50'000};
    std::int32_t holder_unknown = 400'000;         // the need says nothing that could be compared
    std::int32_t holder_smallest = 500'000;        // a contract just large enough; full at twice that
    std::int32_t holder_elsewhere = 400'000;       // rights may be granted there, but the holder is at home neither there nor nearby
    std::vector<std::vector<std::string>> regions; // groups of neighbouring countries
    std::map<std::string, double> rates;           // currency → worth in one common currency
};

/// Weights that could break a promise of the match are refused, each by name.
Result<Done> check(const Weights& weights);

struct RuleFinding {
    Rule rule;
    bool passed = true;
    Outcome outcome = Outcome::not_asked;
};

struct CriterionFinding {
    Criterion criterion;
    Outcome outcome = Outcome::graded;
    std::int32_t weight = 0, points = 0, contribution = 0;
};

struct Explanation {
    std::array<RuleFinding, rule_count> rules;
    std::array<CriterionFinding, criterion_count> criteria;
    std::int32_t score = 0; // the sum of the contributions
    bool excluded = false;
};

struct Ranked {
    std::size_t candidate = 0; // its place in the list that was given
    std::int32_t score = 0;
    bool operator==(const Ranked&) const = default;
};

struct Ranking {
    std::size_t considered = 0, excluded = 0;
    std::array<std::size_t, rule_count> excluded_by = {}; // a technology may fail several rules
    std::vector<Ranked> best;                             // higher score first, then by id
    bool operator==(const Ranking&) const = default;
};

struct Excluded {
    std::size_t candidate = 0;
    Rule rule = Rule::field;
    bool operator==(const Excluded&) const = default;
};

} // namespace greenbank::match
