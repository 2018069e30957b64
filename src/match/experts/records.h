// records.h — experts for a need: ranked with every reason, and who is kept off by what.
#pragma once

#include "library/assessment/experts.h"
#include "match/engine/experts.h"
#include "match/weights.h"

namespace greenbank::match {

struct ExpertRuleView {
    ExpertRule rule = ExpertRule::field;
    bool passed = true;
    std::optional<std::string> need_value, expert_value;
    std::string sentence;
};
Record describe(const ExpertRuleView*);

struct ExpertCriterionView {
    ExpertCriterion criterion = ExpertCriterion::text;
    std::int64_t weight_points = 0, score_points = 0, contribution_points = 0;
    std::optional<std::string> need_value, expert_value;
    std::string sentence;
};
Record describe(const ExpertCriterionView*);

struct ExpertMatchItem {
    Id<library::Expert> expert;
    Text name, post;
    std::string country;
    std::vector<std::string> languages;
    std::int64_t score_points = 0; // the sum of all contribution_points
    std::vector<ExpertRuleView> rules;
    std::vector<ExpertCriterionView> criteria;
};
Record describe(const ExpertMatchItem*);

struct ExpertExclusion {
    Id<library::Expert> expert;
    Text name;
    std::vector<ExpertRuleView> rules; // those that are broken
};
Record describe(const ExpertExclusion*);

struct ExpertExcludedCount {
    ExpertRule rule = ExpertRule::field;
    std::int64_t count = 0;
};
Record describe(const ExpertExcludedCount*);

struct ExpertMatchList {
    MatchedNeed need;
    std::int64_t considered = 0, excluded = 0;
    std::vector<ExpertExcludedCount> excluded_by;
    std::vector<ExpertMatchItem> items;
    std::vector<ExpertExclusion> exclusions; // for staff who assess; others learn the numbers
};
Record describe(const ExpertMatchList*);

struct ExpertQuestion {
    Id<library::Need> id;
    std::optional<std::string> language;
    std::int64_t top = 10;
};
Record describe(const ExpertQuestion*);

} // namespace greenbank::match

namespace greenbank {
template <> struct Choices<match::ExpertRule> {
    static constexpr std::string_view name = "expert_rule";
    static constexpr std::string_view values[] = {"field", "language", "availability", "interest"};
};
} // namespace greenbank
