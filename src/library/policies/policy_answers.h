// policy_answers.h — "policies for you": every policy in sight held against what is known of somebody or something, with a
// sentence for each condition. Other rooms bring the facts of their own records.
#pragma once

#include "library/policies/policies.h"

namespace greenbank::library {

struct PolicyConditionView {
    PolicyCondition condition = PolicyCondition::date;
    Truth truth = Truth::unknown;
    std::string wanted; // in the caller's language
    std::optional<std::string> known;
    std::string sentence;
};
Record describe(const PolicyConditionView*);

struct PolicyBenefitView {
    BenefitKind kind = BenefitKind::grant;
    std::string what;
    std::optional<Money> amount;
    bool capped = false;
    std::optional<double> rate;
};
Record describe(const PolicyBenefitView*);

struct PolicyAnswer {
    Id<Policy> policy;
    Text title;
    Text issuer;
    PolicyLevel level = PolicyLevel::national;
    PolicyStatus status = PolicyStatus::sample;
    std::string source;
    bool sample = false;
    Truth truth = Truth::unknown;
    std::vector<PolicyConditionView> conditions;
    std::vector<PolicyBenefitView> benefits;
};
Record describe(const PolicyAnswer*);

struct PolicyAnswers {
    std::int64_t considered = 0, applying = 0, possible = 0;
    std::vector<PolicyAnswer> items;
};
Record describe(const PolicyAnswers*);

/// What one adds about place and organisation; absent is unknown.
struct PolicyAsker {
    std::optional<std::string> territory, sector;
    std::optional<OrganisationSize> size;
    std::optional<Date> date; // else today
    bool all = false;         // also what does not apply
};

/// The same with the id of what it is asked about.
template <class T> struct PolicyQuestion {
    Id<T> id;
    std::optional<std::string> territory, sector;
    std::optional<OrganisationSize> size;
    std::optional<Date> date;
    bool all = false;

    PolicyAsker asker() const { return {territory, sector, size, date, all}; }
};
template <class T> Record describe(const PolicyQuestion<T>*) {
    static const std::string name = std::string(record_of<T>().name) + "_policy_question";
    return {name, "Which policies apply, and what one adds about place and organisation.",
        {
            field<&PolicyQuestion<T>::id>("id", "Its id."),
            field<&PolicyQuestion<T>::territory>("territory", "Where exactly: CN-33, CN-3305; else the country is all that is known.", {.min = 2, .max = 15}),
            field<&PolicyQuestion<T>::sector>("sector", "The organisation's sector by GB/T 4754.", {.min = 1, .max = 5}),
            field<&PolicyQuestion<T>::size>("size", "The organisation's size."),
            field<&PolicyQuestion<T>::date>("date", "On which day; else today."),
            field<&PolicyQuestion<T>::all>("all", "Also what does not apply.", {.defaulted = true}),
        }};
}

/// Published policies, those that apply first; Failure::invalid for a place that is none.
Result<PolicyAnswers> policy_answers(Transaction& transaction, const Caller& caller, PolicyFacts facts, const PolicyAsker& asker);
/// The facts of a technology, a need and an organisation, as far as the record tells them.
Result<PolicyFacts> policy_facts(Transaction& transaction, const Technology& technology);
Result<PolicyFacts> policy_facts(Transaction& transaction, const Need& need);
Result<PolicyFacts> policy_facts(Transaction& transaction, const Organisation& organisation);

} // namespace greenbank::library
