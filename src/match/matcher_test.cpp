// matcher_test.cpp — the story's second chapter, and what holds for every need of the sample bank.
#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "match/test_bank.h"

namespace greenbank::match {
namespace {

void check_explanations(const MatchList& list) {
    for (const MatchItem& item : list.items) {
        INFO(item.technology.text);
        CHECK(item.rules.size() == rule_count);
        CHECK(item.criteria.size() == criterion_count);
        std::int64_t sum = 0, weights = 0;
        for (const MatchedRule& rule : item.rules) {
            INFO(rule.sentence);
            CHECK(rule.passed);
            CHECK(is_whole(rule.sentence));
        }
        for (const MatchedCriterion& criterion : item.criteria) {
            INFO(criterion.sentence);
            sum += criterion.contribution_points;
            weights += criterion.weight_points;
            CHECK(is_whole(criterion.sentence));
        }
        CHECK(sum == item.score_points);
        CHECK(weights == points_full);
    }
}

std::vector<Exclusion> all_exclusions(const Matcher& matcher, const library::Need& need, std::optional<Rule> rule, std::size_t limit) {
    std::vector<Exclusion> all;
    std::string cursor;
    for (int pages = 0; pages < 1000; ++pages) {
        auto page = matcher.exclusions(need, rule, limit, cursor, Language::en);
        REQUIRE(page);
        for (Exclusion& one : page.value().items) all.push_back(std::move(one));
        if (!page.value().next) {
            CHECK(page.value().total == static_cast<std::int64_t>(all.size()));
            return all;
        }
        cursor = *page.value().next;
    }
    FAIL("the pages have no end");
    return all;
}

} // namespace

TEST_CASE("story, chapter 2: the island finds wind, sun, storage and control from three countries") {
    const auto matcher = sample_matcher();
    const library::Need need = sample_need("need_sample_island_power");
    const MatchList list = matcher->matches(need, 20, Language::en);
    check_explanations(list);

    REQUIRE(list.items.size() >= 4);
    std::set<std::string> first, origins;
    for (std::size_t i = 0; i < 4; ++i) {
        first.insert(list.items[i].technology.text);
        origins.insert(list.items[i].origin);
    }
    CHECK(first == std::set<std::string>{"tech_sample_island_pv", "tech_sample_island_wind", "tech_sample_lfp_grid_forming_storage",
                       "tech_sample_zero_diesel_microgrid_controller"});
    CHECK(origins.size() >= 3);

    std::set<std::string> by_trait, by_capacity;
    for (const Exclusion& one : all_exclusions(*matcher, need, Rule::excluded_traits, 10)) by_trait.insert(one.technology.text);
    for (const Exclusion& one : all_exclusions(*matcher, need, Rule::capacity, 10)) by_capacity.insert(one.technology.text);
    CHECK(by_trait.contains("tech_sample_diesel_hybrid_retrofit"));
    CHECK(by_capacity.contains("tech_sample_offshore_wind_farm"));
}

TEST_CASE("every need of the sample bank is answered in three languages") {
    const auto matcher = sample_matcher();
    for (const library::Need& need : sample_needs()) {
        INFO(need.id.text);
        std::vector<std::pair<std::string, std::int64_t>> ranking;
        for (const Language language : all_languages) {
            const MatchList list = matcher->matches(need, 100, language);
            check_explanations(list);
            CHECK(list.considered == static_cast<std::int64_t>(sample_technologies().size()));
            CHECK(list.considered == list.excluded + static_cast<std::int64_t>(list.items.size()));
            std::vector<std::pair<std::string, std::int64_t>> found;
            for (const MatchItem& item : list.items) found.emplace_back(item.technology.text, item.score_points);
            if (language == Language::zh) ranking = found;
            CHECK(found == ranking); // the language changes words, never the answer
        }
        for (const Exclusion& one : all_exclusions(*matcher, need, {}, 500)) {
            INFO(one.sentence);
            CHECK(is_whole(one.sentence));
        }
    }
}

TEST_CASE("exclusions come in pages that neither repeat nor lose any, and count as the list says") {
    const auto matcher = sample_matcher();
    const library::Need need = sample_need("need_sample_island_power");
    const auto whole = all_exclusions(*matcher, need, {}, 500), small = all_exclusions(*matcher, need, {}, 7);
    REQUIRE(whole.size() == small.size());
    for (std::size_t i = 0; i < whole.size(); ++i) CHECK((whole[i].technology == small[i].technology && whole[i].rule == small[i].rule));
    for (const ExcludedCount& count : matcher->matches(need, 1, Language::en).excluded_by)
        CHECK(all_exclusions(*matcher, need, count.rule, 50).size() == static_cast<std::size_t>(count.count));
    for (const char* junk : {"junk", "!!", "dGVjaF94IDk", "", "IA"}) {
        const auto page = matcher->exclusions(need, {}, 5, junk, Language::en);
        CHECK((page || page.error().code == "match.cursor"));
    }
}

TEST_CASE("what is put, changed, withdrawn and erased is seen at once") {
    const auto matcher = empty_matcher();
    const library::Need need = sample_need("need_sample_island_power");
    library::Technology wind = sample_technologies()[0];
    for (const library::Technology& one : sample_technologies())
        if (one.id.text == "tech_sample_island_wind") wind = one;
    CHECK(matcher->matches(need, 20, Language::en).considered == 0);
    matcher->put(wind);
    const MatchList one = matcher->matches(need, 20, Language::en);
    REQUIRE(one.items.size() == 1);
    wind.traits.emplace_back("fossil_fuel");
    matcher->put(wind);
    CHECK(matcher->matches(need, 20, Language::en).excluded == 1);
    wind.state = library::State::withdrawn;
    matcher->put(wind);
    CHECK(matcher->matches(need, 20, Language::en).considered == 0);
    wind.state = library::State::published;
    matcher->put(wind);
    matcher->erase(wind.id.text);
    matcher->erase("tech_never_there");
    CHECK(matcher->size() == 0);
}

TEST_CASE("questions and changes may come from many threads") {
    const auto matcher = sample_matcher();
    const library::Need need = sample_need("need_sample_island_power");
    std::vector<std::thread> threads;
    std::atomic<int> answers = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            for (int k = 0; k < 25; ++k) {
                if (i == 0) matcher->put(sample_technologies()[static_cast<std::size_t>(k) % sample_technologies().size()]);
                else answers += matcher->matches(need, 5, Language::en).items.empty() ? 0 : 1;
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(answers == 75);
}

TEST_CASE("the weights in the program are sound, and faults of an edition are named") {
    CHECK(to_weights(compiled_in_weights()));
    CHECK(read_weights(to_json(compiled_in_weights())));
    WeightsEdition edition = compiled_in_weights();
    edition.criteria[0].weight_points -= 1;
    CHECK(!to_weights(edition));
    edition = compiled_in_weights();
    edition.evidence[1] = edition.evidence[0];
    CHECK(!to_weights(edition));
    edition = compiled_in_weights();
    edition.class_points[0] = 5'000'000'000'000;
    CHECK(!to_weights(edition));
    CHECK(!read_weights("{}"));
}

} // namespace greenbank::match
