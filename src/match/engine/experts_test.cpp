// experts_test.cpp — who is asked, who is not, and why.
#include <doctest/doctest.h>

#include <numeric>

#include "kernel/random.h"
#include "match/engine/experts.h"
#include "match/engine/random_library.h"

namespace greenbank::match {
namespace {

const Weights weights = weights_for_tests();
constexpr Date day{20'700};

ExpertCandidate expert() { return {"expert_a", {5}, {"3.2.3.2"}, {"zh", "en"}, "CN", {}, {}, {{1, 1000}, {2, 500}}, false}; }
ExpertWish wish() { return {5, {"3.2.3.2"}, {"zh", "ru"}, false, "CN", {{1, 1000}}, day}; }

} // namespace

TEST_CASE("each rule keeps off whom it should") {
    const auto failed = [](const ExpertCandidate& one, const ExpertWish& asked, ExpertRule rule) {
        const ExpertExplanation found = explain(one, asked, expert_weights, weights);
        CHECK(found.excluded == !found.rules[static_cast<std::size_t>(rule)].passed);
        return found.excluded;
    };
    ExpertCandidate one = expert();
    ExpertWish asked = wish();
    CHECK(!failed(one, asked, ExpertRule::field));
    asked.field = 1;
    CHECK(failed(one, asked, ExpertRule::field));
    asked = wish(), asked.languages = {"ru"};
    CHECK(!failed(one, asked, ExpertRule::language));
    asked.language_needed = true;
    CHECK(failed(one, asked, ExpertRule::language));
    asked = wish();
    one.available_until = day;
    CHECK(!failed(one, asked, ExpertRule::availability));
    one.available_until = Date{day.days - 1};
    CHECK(failed(one, asked, ExpertRule::availability));
    one = expert(), one.available_from = Date{day.days + 1};
    CHECK(failed(one, asked, ExpertRule::availability));
    one = expert(), one.interested = true;
    CHECK(failed(one, asked, ExpertRule::interest));
}

TEST_CASE("knowledge, class, language and place are graded and sum up") {
    const ExpertExplanation found = explain(expert(), wish(), expert_weights, weights);
    CHECK(found.criteria[0].points == points_full);
    CHECK(found.criteria[1].points == points_full);
    CHECK(found.criteria[2].points == 500'000); // one of two languages
    CHECK(found.criteria[3].points == points_full);
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        INFO("seed " << seed);
        RandomLibrary source(Random(seed), {.fields = 2, .classes = 30, .countries = 5, .concepts = 40, .concepts_per_text = 6});
        const Candidate like = source.candidate(1);
        const Wish need = source.wish();
        ExpertCandidate one{like.id, {like.field}, like.classes, {"zh"}, like.origin, {}, {}, like.concepts, source.random().chance(0.2)};
        const ExpertWish asked{need.field, need.classes, {"zh", "en"}, source.random().chance(0.5), need.country, need.concepts, day};
        const ExpertExplanation judged = explain(one, asked, expert_weights, weights);
        const auto sum = std::accumulate(judged.criteria.begin(), judged.criteria.end(), std::int64_t{0},
            [](std::int64_t all, const ExpertCriterionFinding& each) { return all + each.contribution; });
        CHECK(sum == judged.score);
        one.languages.emplace_back("en"); // knowing more never lowers a score and never excludes
        for (const std::string& code : need.classes) one.classes.push_back(code);
        const ExpertExplanation better = explain(one, asked, expert_weights, weights);
        CHECK(better.score >= judged.score);
        CHECK((judged.excluded || !better.excluded));
    }
}

} // namespace greenbank::match
