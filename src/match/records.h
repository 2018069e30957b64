// records.h — what the match answers: ranked technologies with every rule and criterion, and what was excluded.
#pragma once

#include "library/records.h"
#include "match/engine/match.h"

namespace greenbank::match {

/// By the need's score alone, or by both sides' wishes.
enum class MatchOrder { need, mutual };

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

/// How the holder of the technology sees the need: its own rules and criteria.
struct HolderRuleView {
    HolderRule rule = HolderRule::contract;
    bool passed = true;
    std::optional<std::string> need_value, technology_value;
    std::string sentence;
};
Record describe(const HolderRuleView*);
struct HolderCriterionView {
    HolderCriterion criterion = HolderCriterion::place;
    std::int64_t weight_points = 0, score_points = 0, contribution_points = 0;
    std::optional<std::string> need_value, technology_value;
    std::string sentence;
};
Record describe(const HolderCriterionView*);
struct HolderHalf {
    std::int64_t score_points = 0; // the sum of all contribution_points
    std::vector<HolderRuleView> rules;
    std::vector<HolderCriterionView> criteria;
};
Record describe(const HolderHalf*);

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
    std::optional<HolderHalf> holder_half;           // where it was asked for
    std::optional<std::int64_t> mutual_score_points; // the harmonic mean of both scores
};
Record describe(const MatchItem*);

/// A technology that fits but whose holder's own rules keep it from this need.
struct MatchRefusal {
    Id<library::Technology> technology;
    Text title;
    std::int64_t score_points = 0;     // of the need's half
    std::vector<HolderRuleView> rules; // those that are broken
};
Record describe(const MatchRefusal*);

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
    std::vector<MatchRefusal> refused; // only where both sides are ranked
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

// ---- technology to needs -------------------------------------------------------------------------------------------

struct NeedMatchItem {
    Id<library::Need> need;
    Text title, summary;
    std::optional<Id<library::Organisation>> owner;
    std::optional<Text> owner_name;
    library::TechnologyField field = library::TechnologyField::water;
    std::string country;
    std::optional<Money> budget;
    std::optional<Date> deadline;
    std::int64_t score_points = 0; // the same as from the need's side
    std::vector<MatchedRule> rules;
    std::vector<MatchedCriterion> criteria;
    std::optional<HolderHalf> holder_half;
    std::optional<std::int64_t> mutual_score_points;
};
Record describe(const NeedMatchItem*);

struct MatchedTechnology {
    std::optional<Id<library::Technology>> id;
    Text title;
};
Record describe(const MatchedTechnology*);

struct NeedMatchList {
    MatchedTechnology technology;
    std::int64_t considered = 0, excluded = 0;
    std::string weights_edition, weights_status;
    std::vector<ExcludedCount> excluded_by; // a need may be kept off by several rules
    std::vector<NeedMatchItem> items;
};
Record describe(const NeedMatchList*);

struct NeedExclusion {
    Id<library::Need> need;
    Text title;
    Rule rule = Rule::field;
    std::optional<std::string> need_value, technology_value;
    std::string sentence;
};
Record describe(const NeedExclusion*);

// ---- requests ----------------------------------------------------------------------------------------------------

struct MatchesRequest {
    Id<library::Need> id;
    std::int64_t top = 20;
    MatchOrder order = MatchOrder::need;
    bool halves = false;
};
Record describe(const MatchesRequest*);

struct NeedMatchesRequest {
    Id<library::Technology> id;
    std::int64_t top = 20;
    MatchOrder order = MatchOrder::need;
    bool halves = false;
};
Record describe(const NeedMatchesRequest*);

struct NeedExclusionsRequest {
    Id<library::Technology> id;
    std::optional<Rule> rule;
    std::int64_t limit = 50;
};
Record describe(const NeedExclusionsRequest*);

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
template <> struct Choices<match::MatchOrder> {
    static constexpr std::string_view name = "match_order";
    static constexpr std::string_view values[] = {"need", "mutual"};
};
template <> struct Choices<match::HolderRule> {
    static constexpr std::string_view name = "holder_rule";
    static constexpr std::string_view values[] = {"contract", "cooperation", "deadline"};
};
template <> struct Choices<match::HolderCriterion> {
    static constexpr std::string_view name = "holder_criterion";
    static constexpr std::string_view values[] = {"place", "size", "contract", "cooperation", "payment", "clarity"};
};
template <> struct Choices<match::Criterion> {
    static constexpr std::string_view name = "match_criterion";
    static constexpr std::string_view values[] = {"text", "classes", "performance", "cost", "readiness", "evidence", "place"};
};
} // namespace greenbank
