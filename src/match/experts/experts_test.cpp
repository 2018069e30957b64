// experts_test.cpp — experts for the sample bank's needs.
#include <doctest/doctest.h>

#include "match/experts/experts.h"
#include "match/test_bank.h"

namespace greenbank::match {

TEST_CASE("experts are ranked with reasons in three languages, and an interest keeps off") {
    const auto moment = sample_bank()->moment();
    const Date today = make_date(2026, 11, 29);
    std::vector<ExpertFacts> experts;
    for (const library::Expert& one : sample_of<library::Expert>("experts")) experts.push_back({one, false});
    for (const library::Need& need : sample_needs()) {
        INFO(need.id.text);
        for (const Language language : all_languages) {
            const ExpertMatchList list = expert_matches(*moment, need, experts, {}, 100, true, today, language);
            CHECK(list.considered == static_cast<std::int64_t>(list.items.size() + list.exclusions.size()));
            std::int64_t above = points_full;
            for (const ExpertMatchItem& item : list.items) {
                std::int64_t sum = 0;
                for (const ExpertCriterionView& one : item.criteria) {
                    INFO(one.sentence);
                    sum += one.contribution_points;
                    CHECK(is_whole(one.sentence));
                }
                for (const ExpertRuleView& one : item.rules) {
                    INFO(one.sentence);
                    CHECK(is_whole(one.sentence));
                }
                CHECK(sum == item.score_points);
                CHECK(item.score_points <= above);
                above = item.score_points;
            }
            for (const ExpertExclusion& one : list.exclusions) CHECK(is_whole(one.rules.at(0).sentence));
        }
    }
    const library::Need island = sample_need("need_sample_island_power");
    const ExpertMatchList free = expert_matches(*moment, island, experts, {}, 100, false, today, Language::en);
    REQUIRE(!free.items.empty());
    CHECK(free.exclusions.empty()); // names are for staff
    for (ExpertFacts& one : experts) one.interested = one.expert.id == free.items[0].expert;
    const ExpertMatchList kept = expert_matches(*moment, island, experts, {}, 100, true, today, Language::en);
    CHECK(kept.items.size() + 1 == free.items.size());
    CHECK(kept.items.at(0).expert != free.items[0].expert);
    CHECK(expert_matches(*moment, island, experts, "ru", 100, true, today, Language::en).items.size() < kept.items.size());
}

} // namespace greenbank::match
