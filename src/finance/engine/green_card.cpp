// green_card.cpp — sums and thresholds.
#include "finance/engine/green_card.h"

#include <algorithm>

#include "finance/engine/wide.h"

namespace greenbank::finance {

GreenVerdict judge(
    const std::vector<GreenCriterion>& card, const std::vector<GreenThreshold>& thresholds, const std::vector<GreenAnswer>& answers, bool barred) {
    GreenVerdict verdict;
    std::vector<char> seen(card.size(), 0);
    std::int64_t points = 0, points_max = 0;
    for (const GreenAnswer& answer : answers) {
        const auto found = std::find_if(card.begin(), card.end(), [&](const GreenCriterion& one) { return one.code == answer.criterion; });
        verdict.place = answer.criterion;
        if (found == card.end()) return verdict.flaw = GreenFlaw::unknown_criterion, verdict;
        char& once = seen[static_cast<std::size_t>(found - card.begin())];
        if (once != 0) return verdict.flaw = GreenFlaw::twice, verdict;
        once = 1;
        if (answer.points < 0 || answer.points > found->points_max) return verdict.flaw = GreenFlaw::out_of_range, verdict;
        points += answer.points;
    }
    for (std::size_t i = 0; i < card.size(); ++i) {
        verdict.place = card[i].code;
        if (seen[i] == 0) return verdict.flaw = GreenFlaw::missing, verdict;
        points_max += card[i].points_max;
    }
    verdict.place.clear();
    verdict.score = points_max > 0 ? static_cast<double>(points * 100) / static_cast<double>(points_max) : 0;
    if (barred) return verdict;
    for (const GreenThreshold& one : thresholds)
        if (verdict.score >= one.from) verdict.shade = std::max(verdict.shade, one.shade);
    return verdict;
}

const GreenRule* rule_for(const std::vector<GreenRule>& rules, std::string_view class_code) {
    const GreenRule* best = nullptr;
    for (const GreenRule& rule : rules) {
        const std::string_view of = rule.class_code;
        const bool above = class_code == of || (class_code.starts_with(of) && class_code.size() > of.size() && class_code[of.size()] == '.');
        if (above && (best == nullptr || best->class_code.size() < of.size())) best = &rule;
    }
    return best;
}

bool meets(const GreenRule* rule, std::string_view standard, std::int64_t grade) {
    return rule == nullptr || (standard.starts_with(rule->standard) && grade >= 1 && grade <= rule->grade);
}

std::int64_t attribution_ppm(std::int64_t outstanding, std::int64_t equity_and_debt) {
    if (outstanding <= 0 || equity_and_debt <= 0) return 0;
    return static_cast<std::int64_t>(std::min<Wide>(1'000'000, static_cast<Wide>(outstanding) * 1'000'000 / equity_and_debt));
}

} // namespace greenbank::finance
