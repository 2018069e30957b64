// two_sides_test.cpp — over the sample bank: both directions agree, both halves are explained, and the weights may change under way.
#include <doctest/doctest.h>

#include "match/test_bank.h"

namespace greenbank::match {
namespace {

const Date today = make_date(2026, 11, 29);

void check_half(const HolderHalf& half) {
    std::int64_t sum = 0;
    for (const HolderCriterionView& one : half.criteria) {
        INFO(one.sentence);
        sum += one.contribution_points;
        CHECK(is_whole(one.sentence));
    }
    for (const HolderRuleView& one : half.rules) {
        INFO(one.sentence);
        CHECK(is_whole(one.sentence));
    }
    CHECK(sum == half.score_points);
}

} // namespace

TEST_CASE("every pair of the sample bank has one score, from whichever side it is asked") {
    const auto moment = sample_bank()->moment();
    std::map<std::pair<std::string, std::string>, std::int64_t> from_needs, from_technologies;
    for (const library::Need& need : sample_needs())
        for (const MatchItem& item : matches(*moment, need, {.top = 100, .today = today}).items)
            from_needs[{need.id.text, item.technology.text}] = item.score_points;
    for (const library::Technology& technology : sample_technologies()) {
        const NeedMatchList list = need_matches(*moment, technology, {}, {.top = 100, .today = today});
        CHECK(list.considered == static_cast<std::int64_t>(sample_needs().size()));
        for (const NeedMatchItem& item : list.items) from_technologies[{item.need.text, technology.id.text}] = item.score_points;
        std::int64_t named = 0;
        for (const ExcludedCount& count : list.excluded_by) named += count.count;
        const auto kept_off = need_exclusions(*moment, technology, {}, {}, 500, {.today = today, .language = Language::ru});
        CHECK(kept_off.total == named);
        for (const NeedExclusion& one : kept_off.items) CHECK(is_whole(one.sentence));
    }
    CHECK(from_needs == from_technologies);
    CHECK(from_needs.size() > 40);
}

TEST_CASE("both halves are explained in three languages, and the language changes words only") {
    const auto moment = sample_bank()->moment();
    std::size_t refused = 0;
    for (const library::Need& need : sample_needs()) {
        INFO(need.id.text);
        std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> ranking;
        for (const Language language : all_languages) {
            const MatchList list = matches(*moment, need, {.top = 50, .order = MatchOrder::mutual, .today = today, .language = language});
            std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> found;
            std::int64_t above = points_full;
            for (const MatchItem& item : list.items) {
                REQUIRE(item.holder_half);
                check_half(*item.holder_half);
                CHECK(*item.mutual_score_points <= above);
                above = *item.mutual_score_points;
                found.emplace_back(item.technology.text, item.score_points, *item.mutual_score_points);
            }
            for (const MatchRefusal& one : list.refused) {
                ++refused;
                REQUIRE(!one.rules.empty());
                CHECK(is_whole(one.rules[0].sentence));
            }
            if (language == Language::zh) ranking = found;
            CHECK(found == ranking);
        }
    }
    CHECK(refused > 0); // the wind company takes on no small hydro village
}

TEST_CASE("a need that has closed is held against no technology") {
    const auto moment = sample_bank()->moment();
    const library::Technology& wind =
        *std::find_if(sample_technologies().begin(), sample_technologies().end(), [](const auto& one) { return one.id.text == "tech_sample_island_wind"; });
    CHECK(need_matches(*moment, wind, {}, {.today = make_date(2040, 1, 1)}).considered == 0);
    CHECK(need_matches(*moment, wind, {}, {.today = today}).items.at(0).need.text == "need_sample_island_power");
}

TEST_CASE("another edition of the weights is in force at once, and a moment keeps its own") {
    const auto matcher = sample_bank();
    const auto before = matcher->moment();
    const library::Need need = sample_need("need_sample_island_power");
    WeightsEdition edition = compiled_in_weights();
    edition.edition = "2026-9";
    for (CriterionWeight& row : edition.criteria) row.weight_points = row.criterion == Criterion::evidence ? points_full : 0;
    matcher->use(edition);
    CHECK(matcher->edition().edition == "2026-9");
    const MatchList now = matcher->matches(need, 20, Language::en), then = matches(*before, need, {.today = today});
    CHECK(now.weights_edition == "2026-9");
    CHECK(then.weights_edition == compiled_in_weights().edition);
    for (const MatchItem& item : now.items)
        for (const MatchedCriterion& one : item.criteria)
            CHECK((one.criterion == Criterion::evidence ? one.contribution_points == item.score_points : one.contribution_points == 0));
    CHECK(then.items.size() == now.items.size());
}

} // namespace greenbank::match
