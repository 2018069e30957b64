// judge.h — one candidate against one wish, rule by rule and criterion by criterion. The catalogue, the naive twin and the
// explanation all rest on these few small functions, so they cannot disagree about what a number means.
#pragma once

#include <span>
#include <string_view>

#include "match/engine/match.h"

namespace greenbank::match {

RuleFinding judge(Rule rule, const Candidate& candidate, const Wish& wish, const Weights& weights);
CriterionFinding judge(Criterion criterion, const Candidate& candidate, const Wish& wish, const Weights& weights);
Explanation explain(const Candidate& candidate, const Wish& wish, const Weights& weights);

// ---- one requirement ---------------------------------------------------------------------------------------------

/// The best that a technology promises about one requirement.
struct Kept {
    const Promise* promise = nullptr; // null: nothing comparable is promised
    bool reachable = false;           // the better end of some promise meets the limit: enough for a hard requirement
    bool certain = false;             // both ends do
    std::int32_t points = 0;
};
Kept judge(const Requirement& requirement, std::span<const Promise> promises, const Weights& weights);

/// Both ends in the requirement's own unit.
struct Ends {
    double worse = 0, better = 0;
};
Ends ends_of(bool at_most, double low, double high);
bool meets(bool at_most, double limit, double value);
/// The mean of the points of both ends: full where met, then falling with the shortfall relative to the limit.
std::int32_t promise_points(bool at_most, double limit, Ends ends, const Weights& weights);

/// In base units, or nothing where the number is not finite or the unit is unknown.
struct Base {
    double value = 0;
    Unit unit;
};
std::optional<Base> to_base(double value, std::string_view unit);
inline double from_base(double base, const Unit& unit) { return (base - unit.offset) / unit.factor; }

// ---- capacity ----------------------------------------------------------------------------------------------------

inline bool is_too_small(double wished, double least) { return wished < least - 1e-9 * (least < 0 ? -least : least); }
inline bool is_too_large(double wished, double most) { return wished > most + 1e-9 * (most < 0 ? -most : most); }

// ---- cost --------------------------------------------------------------------------------------------------------

/// Amounts here are estimates for comparing, never booked; hence real numbers. Nothing where the currency is unknown.
std::optional<double> in_major_units(const Money& money);
/// One unit of `from` in units of `to`: 1 for equal currencies, else by the rates; nothing where a rate is missing.
std::optional<double> exchange(const std::string& from, const std::string& to, const Weights& weights);
/// The share of the budget that the wished capacity costs.
inline double budget_share(double cost_per_base, double capacity_base, double rate, double budget) { return cost_per_base * capacity_base * rate / budget; }
inline bool within_budget(double share) { return share <= 1 + 1e-9; }
std::int32_t cost_points(double share, const Weights& weights);

struct Cost {
    Outcome outcome = Outcome::not_asked; // met, failed, unknown, not_comparable
    double share = 0;                     // of the budget
    double total = 0;                     // in the budget's currency
    bool exchanged = false;
};
Cost judge_cost(const Candidate& candidate, const Wish& wish, const Weights& weights);

// ---- the rest ----------------------------------------------------------------------------------------------------

/// Hundredths of a common readiness level; 0 for a level that the scale does not have.
std::int32_t grade_of(const Level& level, const Weights& weights);
std::int32_t readiness_points(std::int32_t grade);
std::int32_t class_points(std::string_view wished, std::string_view offered, const Weights& weights);
std::int32_t evidence_points(std::span<const Proof> proofs, const Weights& weights);
/// How near `country` is to where the technology shall stand, as origin or as the place of a case.
bool same_region(std::string_view a, std::string_view b, const Weights& weights);
std::int32_t place_points(std::string_view wished, std::string_view country, bool is_case, const Weights& weights);

/// Sorted, each concept once with its greatest weight.
std::vector<ConceptWeight> sorted(std::vector<ConceptWeight> concepts);
/// What the products of wished and offered weights must sum to for full points.
std::uint64_t text_sum_full(std::span<const ConceptWeight> wished, const Weights& weights);
std::int32_t text_points(std::uint64_t sum, std::uint64_t sum_full);

/// How one criterion came out by itself.
struct Grade {
    Outcome outcome;
    std::int32_t points;
};
/// By the concepts that both texts speak of.
Grade grade_text(const std::vector<ConceptWeight>& wish, const std::vector<ConceptWeight>& offer, const Weights& weights);

inline std::int32_t contribution(std::int32_t weight, std::int32_t points) { return static_cast<std::int32_t>(std::int64_t{weight} * points / points_full); }

bool contains(const std::vector<std::string>& list, std::string_view code);
constexpr std::string_view everywhere = "WORLD";

} // namespace greenbank::match
