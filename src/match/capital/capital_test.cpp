// capital_test.cpp — money for the sample bank's needs and for a project, in three languages.
#include <doctest/doctest.h>

#include "match/capital/capital.h"
#include "match/test_bank.h"

namespace greenbank::match {
namespace {

const std::vector<library::CapitalOffer>& sample_offers() {
    static const auto all = sample_of<library::CapitalOffer>("capital");
    return all;
}
CapitalMatchList answer(const CapitalSeeker& seeker, Language language = Language::en) {
    load_bank_data();
    return capital_matches(*make_judging(compiled_in_weights()), seeker, sample_offers(), language);
}
bool names(const CapitalMatchList& list, std::string_view offer) {
    return std::any_of(list.items.begin(), list.items.end(), [&](const CapitalMatchItem& one) { return one.offer.text == offer; });
}
const CapitalExclusion& excluded(const CapitalMatchList& list, std::string_view offer) {
    for (const CapitalExclusion& one : list.exclusions)
        if (one.offer.text == offer) return one;
    FAIL("not excluded: " << offer);
    return list.exclusions.front();
}

} // namespace

TEST_CASE("the island's own loan comes first, and each other offer says by which figure it fails") {
    const CapitalTerms terms{.tenor = 120, .collateral = "equipment, receivables", .stage = library::Stage::industrial};
    auto seeker = seeker_of(sample_need("need_sample_island_power"), terms);
    REQUIRE(seeker);
    const CapitalMatchList list = answer(seeker.value());
    REQUIRE(!list.items.empty());
    CHECK(list.items[0].offer.text == "cap_sample_island_energy_loan");
    CHECK(list.considered == static_cast<std::int64_t>(list.items.size() + list.exclusions.size()));
    const CapitalExclusion& lease = excluded(list, "cap_sample_battery_lease");
    REQUIRE(lease.rules.size() == 1);
    CHECK(lease.rules[0].rule == CapitalRule::amount);
    CHECK(lease.rules[0].sentence.find("30,000,000") != std::string::npos); // 180 million against 150
    CapitalTerms parts = terms;
    parts.part_welcome = true;
    CHECK(names(answer(seeker_of(sample_need("need_sample_island_power"), parts).value()), "cap_sample_battery_lease"));
}

TEST_CASE("every need is answered in three languages, sums are exact, and words do not change the answer") {
    for (const library::Need& need : sample_needs()) {
        INFO(need.id.text);
        std::vector<std::pair<std::string, std::int64_t>> first;
        for (const Language language : all_languages) {
            const CapitalMatchList list = answer(seeker_of(need, {.part_welcome = true, .tenor = 60}).value(), language);
            std::vector<std::pair<std::string, std::int64_t>> found;
            for (const CapitalMatchItem& item : list.items) {
                std::int64_t sum = 0;
                for (const CapitalCriterionView& one : item.criteria) {
                    INFO(one.sentence);
                    sum += one.contribution_points;
                    CHECK(is_whole(one.sentence));
                }
                for (const CapitalRuleView& one : item.rules) {
                    INFO(one.sentence);
                    CHECK((one.passed && is_whole(one.sentence)));
                }
                CHECK(sum == item.score_points);
                found.emplace_back(item.offer.text, item.score_points);
            }
            for (const CapitalExclusion& one : list.exclusions) {
                REQUIRE(!one.rules.empty());
                for (const CapitalRuleView& rule : one.rules) {
                    INFO(rule.sentence);
                    CHECK((!rule.passed && is_whole(rule.sentence)));
                }
            }
            if (language == Language::zh) first = found;
            CHECK(found == first);
        }
    }
}

TEST_CASE("a project asks for what its owner does not bring") {
    load_bank_data();
    projects::Project project;
    project.title.en = "Island microgrid";
    project.field = library::TechnologyField::energy_carbon;
    project.classes = {"3.2.3.1"};
    project.stage = library::Stage::industrial;
    project.country = "CN";
    project.budget = Money{180'000'000'00, "CNY"};
    project.budget_lines = {{.kind = projects::BudgetKind::capital, .amount = Money{45'000'000'00, "CNY"}, .source = projects::FundSource::own},
        {.kind = projects::BudgetKind::capital, .amount = Money{135'000'000'00, "CNY"}, .source = projects::FundSource::loan}};
    auto seeker = seeker_of(project, {});
    REQUIRE(seeker);
    CHECK(seeker.value().asked.amount == Money{135'000'000'00, "CNY"});
    CHECK(names(answer(seeker.value()), "cap_sample_island_energy_loan"));
    project.stage = library::Stage::research;
    CHECK(excluded(answer(seeker_of(project, {}).value()), "cap_sample_island_energy_loan").rules.at(0).rule == CapitalRule::stage);
}

TEST_CASE("wrong words are all named at once") {
    load_bank_data();
    const auto wrong = seeker_of(sample_need("need_sample_island_power"), {.amount = "many", .collateral = "gold,land", .kinds = "gift"});
    REQUIRE(!wrong);
    CHECK(wrong.error().problems.size() == 3);
    CHECK(!seeker_of(sample_need("need_sample_island_power"), {.amount = "-5"}));
    CHECK(seeker_of(sample_need("need_sample_island_power"), {.collateral = "none"}).value().wish.collateral == std::vector<int>{});
}

} // namespace greenbank::match
