// records.h — what the match answers: ranked technologies with every rule and criterion, and what was excluded.
#pragma once

#include "library/records.h"
#include "match/engine/match.h"

namespace greenbank::match {

/// A rule or what it was judged by; the values are written in the caller's language, with their units.
struct MatchedRule {
    Rule rule = Rule::field;
    bool passed = true;
    std::optional<std::string> need_value, technology_value;
    std::string sentence;
};
Record describe(const MatchedRule*);

struct MatchedCriterion {
    Criterion criterion = Criterion::text;
    std::int64_t weight_points = 0, score_points = 0, contribution_points = 0;
    std::optional<std::string> need_value, technology_value;
    std::string sentence;
};
Record describe(const MatchedCriterion*);

struct MatchItem {
    Id<library::Technology> technology;
    Text title, summary;
    std::optional<Id<library::Organisation>> holder;
    std::optional<Text> holder_name;
    library::TechnologyField field = library::TechnologyField::water;
    std::string origin;
    library::Readiness readiness;
    std::int64_t score_points = 0; // the sum of all contribution_points
    std::vector<MatchedRule> rules;
    std::vector<MatchedCriterion> criteria;
};
Record describe(const MatchItem*);

struct ExcludedCount {
    Rule rule = Rule::field;
    std::int64_t count = 0;
};
Record describe(const ExcludedCount*);

struct MatchedNeed {
    std::optional<Id<library::Need>> id; // absent for a draft that was never stored
    Text title;
};
Record describe(const MatchedNeed*);

struct MatchList {
    MatchedNeed need;
    std::int64_t considered = 0, excluded = 0;
    std::string weights_edition, weights_status;
    std::vector<ExcludedCount> excluded_by; // a technology may fail several rules
    std::vector<MatchItem> items;
};
Record describe(const MatchList*);

struct Exclusion {
    Id<library::Technology> technology;
    Text title;
    Rule rule = Rule::field;
    std::optional<std::string> need_value, technology_value;
    std::string sentence;
};
Record describe(const Exclusion*);

// ---- requests ----------------------------------------------------------------------------------------------------

struct MatchesRequest {
    Id<library::Need> id;
    std::int64_t top = 20;
};
Record describe(const MatchesRequest*);

struct ExclusionsRequest {
    Id<library::Need> id;
    std::optional<Rule> rule;
    std::int64_t limit = 50;
    std::string cursor;
};
Record describe(const ExclusionsRequest*);

struct PreviewRequest {
    library::Need need;
    std::int64_t top = 5;
};
Record describe(const PreviewRequest*);

} // namespace greenbank::match

namespace greenbank {
template <> struct Choices<match::Rule> {
    static constexpr std::string_view name = "match_rule";
    static constexpr std::string_view values[] = {
        "field", "territory", "readiness", "capacity", "required_traits", "excluded_traits", "requirements", "budget", "evidence"};
};
template <> struct Choices<match::Criterion> {
    static constexpr std::string_view name = "match_criterion";
    static constexpr std::string_view values[] = {"text", "classes", "performance", "cost", "readiness", "evidence", "place"};
};
} // namespace greenbank
