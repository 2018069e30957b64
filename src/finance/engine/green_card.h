// green_card.h — how green: a score card with items that bar, and rules of (class, standard, grade). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greenbank::finance {

enum class GreenShade { none, light, medium, dark };

struct GreenCriterion {
    std::string code;
    std::int64_t points_max = 0;
};
struct GreenAnswer {
    std::string criterion;
    std::int64_t points = 0;
};
/// From this score on (parts of a hundred).
struct GreenThreshold {
    GreenShade shade = GreenShade::light;
    double from = 0;
};
/// A thing of that class, or below it, is green only at that grade or a better (smaller) one of that standard.
struct GreenRule {
    std::string class_code, standard;
    std::int64_t grade = 1;
};

enum class GreenFlaw { none, unknown_criterion, twice, out_of_range, missing };
struct GreenVerdict {
    GreenFlaw flaw = GreenFlaw::none;
    std::string place; // the criterion of a flaw
    double score = 0;  // of a hundred
    GreenShade shade = GreenShade::none;
};
/// Every criterion is answered once. One bar is enough for `none`, whatever the score.
GreenVerdict judge(
    const std::vector<GreenCriterion>& card, const std::vector<GreenThreshold>& thresholds, const std::vector<GreenAnswer>& answers, bool barred);

/// The rule of the class itself or of the nearest class above it; nothing where there is none. Codes are dotted: "1.1.1.8".
const GreenRule* rule_for(const std::vector<GreenRule>& rules, std::string_view class_code);
/// Without a rule nothing is asked; with one its standard is named and the grade is as good.
bool meets(const GreenRule* rule, std::string_view standard, std::int64_t grade);

/// What part of a borrower's emissions a loan answers for: outstanding to equity and debt, parts of a million, at most all.
std::int64_t attribution_ppm(std::int64_t outstanding, std::int64_t equity_and_debt);

} // namespace greenbank::finance
