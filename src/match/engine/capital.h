// capital.h — which money a project or a need may ask for. Rules decide who is eligible at all, each with the figure that broke it;
// what passes is graded. Pure: rates and points are data.
#pragma once

#include <span>

#include "match/engine/match.h"

namespace greenbank::match {

enum class CapitalRule { kind, field, classes, amount, tenor, collateral, territory, stage };
constexpr std::size_t capital_rule_count = 8;
enum class CapitalCriterion { classes, amount, tenor, collateral, currency, stage, territory };
constexpr std::size_t capital_criterion_count = 7;

/// Kinds, stages and collateral are places in the library's lists; `unsecured` is the collateral that asks for none.
struct CapitalCandidate {
    std::string id; // unique; decides between equal scores
    int kind = 0;
    std::optional<Money> amount_min, amount_max;
    std::optional<std::int64_t> tenor_min, tenor_max; // months
    std::vector<std::string> countries, classes;
    std::vector<int> fields, stages, collateral;
};

/// What looks for money; absent: not said.
struct CapitalWish {
    std::vector<int> kinds; // only these; none: any
    std::vector<int> fields;
    std::vector<std::string> classes;
    std::optional<Money> amount;
    bool part_welcome = false; // an offer of less than the amount is welcome, too
    std::optional<std::int64_t> tenor;
    std::optional<std::vector<int>> collateral; // what can be given; an empty list: nothing
    std::string country;
    std::optional<int> stage;
};

/// Points of what is only partly answered, or not said.
struct CapitalWeights {
    std::array<std::int32_t, capital_criterion_count> weight = {250'000, 250'000, 150'000, 150'000, 50'000, 100'000, 50'000};
    std::int32_t unsaid = 500'000; // the project does not say, or nothing can be compared
    std::int32_t any = 700'000;    // the offer is for all of them, and so not made for this one
    std::int32_t other_currency = 400'000;
    int unsecured = 6;
};
Result<Done> check(const CapitalWeights& weights);

struct CapitalRuleFinding {
    CapitalRule rule = CapitalRule::kind;
    bool passed = true;
    Outcome outcome = Outcome::not_asked;
};
struct CapitalCriterionFinding {
    CapitalCriterion criterion = CapitalCriterion::classes;
    Outcome outcome = Outcome::graded;
    std::int32_t weight = 0, points = 0, contribution = 0;
};
struct CapitalExplanation {
    std::array<CapitalRuleFinding, capital_rule_count> rules;
    std::array<CapitalCriterionFinding, capital_criterion_count> criteria;
    std::int32_t score = 0; // the sum of the contributions
    bool excluded = false;
};

/// `weights` of the match bring rates of exchange and points of classes.
CapitalExplanation explain(const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital, const Weights& weights);

struct CapitalRanking {
    std::vector<Ranked> best;          // higher score first, then by id
    std::vector<std::size_t> excluded; // by id
    std::array<std::size_t, capital_rule_count> excluded_by = {};
    bool operator==(const CapitalRanking&) const = default;
};
CapitalRanking rank_capital(std::span<const CapitalCandidate> offers, const CapitalWish& wish, const CapitalWeights& capital, const Weights& weights);

/// An offer for 3.2.2 is for 3.2.2.1, too.
bool lies_in_class(std::string_view code, std::string_view offered);
/// `amount` in the currency of `other`, in its minor units, rounded down; nothing where a rate is missing.
std::optional<Money> in_currency(const Money& amount, const std::string& currency, const Weights& weights);

} // namespace greenbank::match
