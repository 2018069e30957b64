// green_card_test.cpp — shades, bars, rules of classes, attribution.
#include <doctest/doctest.h>

#include "finance/engine/green_card.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

const std::vector<GreenCriterion> card = {{"carbon", 40}, {"environment", 30}, {"conduct", 30}};
const std::vector<GreenThreshold> thresholds = {{GreenShade::light, 60}, {GreenShade::medium, 75}, {GreenShade::dark, 90}};

} // namespace

TEST_CASE("a score has a shade; one bar is enough for none; every criterion is answered once and within its points") {
    CHECK(judge(card, thresholds, {{"carbon", 40}, {"environment", 30}, {"conduct", 20}}, false).shade == GreenShade::dark); // 90
    CHECK(judge(card, thresholds, {{"carbon", 40}, {"environment", 30}, {"conduct", 19}}, false).shade == GreenShade::medium);
    CHECK(judge(card, thresholds, {{"carbon", 30}, {"environment", 15}, {"conduct", 15}}, false).shade == GreenShade::light);
    CHECK(judge(card, thresholds, {{"carbon", 29}, {"environment", 15}, {"conduct", 15}}, false).shade == GreenShade::none);
    const GreenVerdict barred = judge(card, thresholds, {{"carbon", 40}, {"environment", 30}, {"conduct", 30}}, true);
    CHECK(barred.score == 100);
    CHECK(barred.shade == GreenShade::none);
    CHECK(judge(card, thresholds, {{"carbon", 41}, {"environment", 30}, {"conduct", 30}}, false).flaw == GreenFlaw::out_of_range);
    CHECK(judge(card, thresholds, {{"carbon", 4}, {"carbon", 3}, {"conduct", 30}}, false).flaw == GreenFlaw::twice);
    CHECK(judge(card, thresholds, {{"colour", 4}}, false).flaw == GreenFlaw::unknown_criterion);
    const GreenVerdict missing = judge(card, thresholds, {{"carbon", 4}, {"conduct", 3}}, false);
    CHECK(missing.flaw == GreenFlaw::missing);
    CHECK(missing.place == "environment");
}

TEST_CASE("one point more never makes a thing less green") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        std::vector<GreenAnswer> answers;
        for (const GreenCriterion& one : card)
            answers.push_back({one.code, static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(one.points_max)))});
        const GreenVerdict before = judge(card, thresholds, answers, false);
        ++answers[random.below(answers.size())].points;
        const GreenVerdict after = judge(card, thresholds, answers, false);
        REQUIRE(after.score > before.score);
        REQUIRE(after.shade >= before.shade);
    }
}

TEST_CASE("the nearest class above has the rule; its grade or a better one is met") {
    const std::vector<GreenRule> rules = {{"1.1.1", "GB/T 1028", 2}, {"1.1.1.8", "GB 18613", 1}};
    CHECK(rule_for(rules, "1.1.1.8")->standard == "GB 18613");
    CHECK(rule_for(rules, "1.1.1.10")->standard == "GB/T 1028");
    CHECK(rule_for(rules, "1.1.10") == nullptr);
    CHECK(meets(rule_for(rules, "1.1.1.8"), "GB 18613-2020", 1));
    CHECK_FALSE(meets(rule_for(rules, "1.1.1.8"), "GB 18613-2020", 2));
    CHECK_FALSE(meets(rule_for(rules, "1.1.1.8"), "GB 20052", 1));
    CHECK_FALSE(meets(rule_for(rules, "1.1.1.8"), "GB 18613", 0)); // no grade is named
    CHECK(meets(nullptr, "", 0));
}

TEST_CASE("a loan answers for its part of what finances the borrower") {
    CHECK(attribution_ppm(70, 100) == 700'000);
    CHECK(attribution_ppm(170, 100) == 1'000'000);
    CHECK(attribution_ppm(0, 100) == 0);
    CHECK(attribution_ppm(70, 0) == 0);
    CHECK(attribution_ppm(9'000'000'000'000'000, 18'000'000'000'000'000) == 500'000);
}

} // namespace greenbank::finance
