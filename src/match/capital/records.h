// records.h — money for a project or a need: the question, and the answer with every rule and the figure that broke it.
#pragma once

#include "match/engine/capital.h"
#include "match/weights.h"
#include "projects/records.h"

namespace greenbank::match {

struct CapitalRuleView {
    CapitalRule rule = CapitalRule::kind;
    bool passed = true;
    std::optional<std::string> asked, offered; // in the caller's language, with their units
    std::string sentence;
};
Record describe(const CapitalRuleView*);

struct CapitalCriterionView {
    CapitalCriterion criterion = CapitalCriterion::classes;
    std::int64_t weight_points = 0, score_points = 0, contribution_points = 0;
    std::optional<std::string> asked, offered;
    std::string sentence;
};
Record describe(const CapitalCriterionView*);

struct CapitalMatchItem {
    Id<library::CapitalOffer> offer;
    Text title, summary;
    std::optional<Id<library::Organisation>> provider;
    std::optional<Text> provider_name;
    library::CapitalKind kind = library::CapitalKind::loan;
    std::int64_t score_points = 0; // the sum of all contribution_points
    std::vector<CapitalRuleView> rules;
    std::vector<CapitalCriterionView> criteria;
};
Record describe(const CapitalMatchItem*);

/// An offer that is not for this one, with the rules that say so.
struct CapitalExclusion {
    Id<library::CapitalOffer> offer;
    Text title;
    library::CapitalKind kind = library::CapitalKind::loan;
    std::vector<CapitalRuleView> rules;
};
Record describe(const CapitalExclusion*);

struct CapitalExcludedCount {
    CapitalRule rule = CapitalRule::kind;
    std::int64_t count = 0;
};
Record describe(const CapitalExcludedCount*);

/// What was looked for, as far as it is known.
struct CapitalAsked {
    Text title;
    std::optional<Money> amount;
    bool part_welcome = false;
    std::optional<std::int64_t> tenor; // months
    std::vector<library::Collateral> collateral;
    std::optional<library::Stage> stage;
    std::string country;
};
Record describe(const CapitalAsked*);

struct CapitalMatchList {
    CapitalAsked asked;
    std::int64_t considered = 0, excluded = 0;
    std::string weights_edition, weights_status;
    std::vector<CapitalExcludedCount> excluded_by;
    std::vector<CapitalMatchItem> items;
    std::vector<CapitalExclusion> exclusions;
};
Record describe(const CapitalMatchList*);

/// What one adds to what the record says; lists are written with commas.
struct CapitalTerms {
    std::optional<std::string> amount, currency;
    bool part_welcome = false;
    std::optional<std::int64_t> tenor;
    std::optional<std::string> collateral, kinds;
    std::optional<library::Stage> stage;
};

template <class T> struct CapitalQuestion {
    Id<T> id;
    std::optional<std::string> amount, currency;
    bool part_welcome = false;
    std::optional<std::int64_t> tenor;
    std::optional<std::string> collateral, kinds;
    std::optional<library::Stage> stage;

    CapitalTerms terms() const { return {amount, currency, part_welcome, tenor, collateral, kinds, stage}; }
};
template <class T> Record describe(const CapitalQuestion<T>*) {
    using Question = CapitalQuestion<T>;
    static const std::string name = std::string(record_of<T>().name) + "_capital_question";
    return {name, "Which money fits, and what one adds to what the record says.",
        {
            field<&Question::id>("id", "Its id."),
            field<&Question::amount>("amount", "How much is looked for; else what the record's budget leaves open.", {.min = 1, .max = 24}),
            field<&Question::currency>("currency", "In which currency; else the budget's.", {.min = 3, .max = 3}),
            field<&Question::part_welcome>("part_welcome", "A part of the amount is welcome, too.", {.defaulted = true}),
            field<&Question::tenor>("tenor", "For how many months.", {.unit = "month", .min = 1, .max = 1200}),
            field<&Question::collateral>("collateral", "What can be given, with commas: equipment,receivables; none: nothing.", {.min = 1, .max = 200}),
            field<&Question::kinds>("kinds", "Only these kinds of money, with commas: loan,lease.", {.min = 1, .max = 200}),
            field<&Question::stage>("stage", "The stage; of a project it is known."),
        }};
}

} // namespace greenbank::match

namespace greenbank {
template <> struct Choices<match::CapitalRule> {
    static constexpr std::string_view name = "capital_rule";
    static constexpr std::string_view values[] = {"kind", "field", "classes", "amount", "tenor", "collateral", "territory", "stage"};
};
} // namespace greenbank
