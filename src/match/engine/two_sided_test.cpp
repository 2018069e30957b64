// two_sided_test.cpp — both directions say the same of a pair, and both halves count.
#include <doctest/doctest.h>

#include <algorithm>

#include "match/engine/catalogue.h"
#include "match/engine/judge.h"
#include "match/engine/random_library.h"
#include "match/engine/reverse.h"
#include "match/engine/two_sided.h"

namespace greenbank::match {
namespace {

constexpr Shape small = {.fields = 2, .classes = 30, .indicators = 6, .countries = 5, .traits = 4, .concepts = 40, .concepts_per_text = 6};
constexpr Shape odd = {.fields = 2, .classes = 30, .indicators = 6, .countries = 5, .traits = 4, .concepts = 40, .concepts_per_text = 6, .odd_numbers = true};
constexpr Date today{20'700};

struct Bank {
    std::vector<Candidate> candidates;
    std::vector<Wish> wishes;
    Weights weights = weights_for_tests();

    std::vector<const Candidate*> candidate_list() const { return pointers(candidates); }
    std::vector<const Wish*> wish_list() const {
        std::vector<const Wish*> list;
        for (const Wish& wish : wishes) list.push_back(&wish);
        return list;
    }
};

void for_each_bank(std::uint64_t count, const Shape& shape, auto property) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        INFO("seed " << seed);
        RandomLibrary source(Random(seed), shape);
        Bank bank;
        for (std::size_t i = 0, n = source.random().below(40) + 1; i < n; ++i) bank.candidates.push_back(source.candidate(i));
        for (std::size_t i = 0, n = source.random().below(15) + 1; i < n; ++i) bank.wishes.push_back(source.wish());
        property(bank, source);
    }
}

} // namespace

TEST_CASE("a pair has the same score and the same rules from both sides") {
    for (const Shape& shape : {small, odd})
        for_each_bank(150, shape, [](const Bank& bank, RandomLibrary&) {
            const Catalogue catalogue(bank.candidate_list(), bank.weights);
            const auto wishes = bank.wish_list();
            std::vector<Ranking> of_need, of_technology;
            for (const Wish& wish : bank.wishes) of_need.push_back(catalogue.rank(wish, 1000));
            for (const Candidate& candidate : bank.candidates) of_technology.push_back(rank_wishes(candidate, wishes, bank.weights, 1000));
            std::array<std::size_t, rule_count> by_needs = {}, by_technologies = {};
            std::vector<std::tuple<std::size_t, std::size_t, std::int32_t>> from_needs, from_technologies;
            for (std::size_t i = 0; i < of_need.size(); ++i) {
                for (const Ranked& one : of_need[i].best) from_needs.emplace_back(i, one.candidate, one.score);
                for (std::size_t rule = 0; rule < rule_count; ++rule) by_needs[rule] += of_need[i].excluded_by[rule];
            }
            for (std::size_t k = 0; k < of_technology.size(); ++k) {
                CHECK(of_technology[k].considered == bank.wishes.size());
                CHECK(of_technology[k].best.size() + of_technology[k].excluded == bank.wishes.size());
                for (const Ranked& one : of_technology[k].best) from_technologies.emplace_back(one.candidate, k, one.score);
                for (std::size_t rule = 0; rule < rule_count; ++rule) by_technologies[rule] += of_technology[k].excluded_by[rule];
            }
            std::sort(from_needs.begin(), from_needs.end());
            std::sort(from_technologies.begin(), from_technologies.end());
            CHECK(from_needs == from_technologies);
            CHECK(by_needs == by_technologies);
        });
}

TEST_CASE("the best needs are the best of all") {
    for_each_bank(100, small, [](const Bank& bank, RandomLibrary&) {
        const auto wishes = bank.wish_list();
        const Ranking all = rank_wishes(bank.candidates[0], wishes, bank.weights, 1000), few = rank_wishes(bank.candidates[0], wishes, bank.weights, 3);
        REQUIRE(few.best.size() == std::min<std::size_t>(3, all.best.size()));
        CHECK(std::equal(few.best.begin(), few.best.end(), all.best.begin()));
    });
}

TEST_CASE("the holder's half sums to its score, and its rules exclude") {
    for (const Shape& shape : {small, odd})
        for_each_bank(150, shape, [](const Bank& bank, RandomLibrary&) {
            for (const Candidate& candidate : bank.candidates)
                for (const Wish& wish : bank.wishes) {
                    const HolderView view = holder_view(candidate, wish, today, bank.weights);
                    std::int64_t sum = 0, weights = 0;
                    for (const HolderCriterionFinding& one : view.criteria) {
                        sum += one.contribution;
                        weights += one.weight;
                        CHECK((one.points >= 0 && one.points <= points_full));
                    }
                    CHECK(sum == view.score);
                    CHECK(weights == points_full);
                    CHECK(view.excluded == std::any_of(view.rules.begin(), view.rules.end(), [](const HolderRuleFinding& one) { return !one.passed; }));
                }
        });
}

TEST_CASE("both sides together: between the halves, the same from both, never lowered by more of either") {
    for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const auto a = static_cast<std::int32_t>(random.below(points_full + 1)), b = static_cast<std::int32_t>(random.below(points_full + 1));
        const std::int32_t both = mutual_score(a, b);
        CHECK(both == mutual_score(b, a));
        CHECK(both >= std::min(a, b) - 1);
        CHECK(both <= std::max(a, b));
        CHECK(mutual_score(std::min(points_full, a + 1000), b) >= both);
        CHECK(mutual_score(a, a) == a);
    }
    CHECK(mutual_score(0, points_full) == 0);
    CHECK(mutual_score(0, 0) == 0);
}

TEST_CASE("the mutual ranking is that of all pairs") {
    for (const Shape& shape : {small, odd})
        for_each_bank(150, shape, [](Bank& bank, RandomLibrary& source) {
            for (Candidate& one : bank.candidates) {
                if (source.random().chance(0.5)) one.contract_min = Money{source.random().between(0, 1'000'000'000), source.currency()};
                for (int way = 0; way < 6; ++way)
                    if (source.random().chance(0.3)) one.cooperation.push_back(way);
            }
            for (Wish& wish : bank.wishes) {
                for (int way = 0; way < 6; ++way)
                    if (source.random().chance(0.2)) wish.cooperation.push_back(way);
                if (source.random().chance(0.5)) wish.deadline = Date{today.days + static_cast<std::int32_t>(source.random().between(-50, 200))};
            }
            const auto list = bank.candidate_list();
            const Catalogue catalogue(list, bank.weights);
            for (const Wish& wish : bank.wishes) {
                const Ranking whole = catalogue.rank(wish, 1000);
                std::vector<MutualRanked> naive;
                for (const Ranked& one : whole.best) {
                    const HolderView view = holder_view(*list[one.candidate], wish, today, bank.weights);
                    if (!view.excluded) naive.push_back({one.candidate, one.score, view.score, mutual_score(one.score, view.score)});
                }
                std::stable_sort(naive.begin(), naive.end(), [](const MutualRanked& a, const MutualRanked& b) { return a.score > b.score; });
                for (const std::size_t top : {std::size_t{0}, std::size_t{3}, std::size_t{1000}}) {
                    const MutualRanking found = rank_mutually(whole.best, list, wish, today, bank.weights, top);
                    auto expected = naive;
                    expected.resize(std::min(top, expected.size()));
                    CHECK(found.best == expected);
                }
            }
        });
}

TEST_CASE("what the holder asks for") {
    Candidate candidate;
    candidate.origin = "DK";
    candidate.cooperation = {0, 1};
    candidate.contract_min = Money{100'000'00, "CNY"};
    Wish wish;
    wish.country = "DK";
    wish.budget = Money{150'000'00, "CNY"};
    const Weights weights = weights_for_tests();
    const auto outcome = [&](HolderRule rule) { return holder_view(candidate, wish, today, weights).rules[static_cast<std::size_t>(rule)].outcome; };
    const auto points = [&](HolderCriterion one) { return holder_view(candidate, wish, today, weights).criteria[static_cast<std::size_t>(one)].points; };
    CHECK(outcome(HolderRule::contract) == Outcome::met);
    CHECK(points(HolderCriterion::contract) == 750'000); // half the way to twice the least
    CHECK(points(HolderCriterion::place) == points_full);
    CHECK(points(HolderCriterion::clarity) == 250'000);
    wish.budget = Money{10'000'00, "USD"}; // 70,000 yuan
    CHECK(outcome(HolderRule::contract) == Outcome::failed);
    CHECK(points(HolderCriterion::contract) == 0);
    wish.budget->currency = "XXX";
    CHECK(outcome(HolderRule::contract) == Outcome::not_comparable);
    wish.cooperation = {5};
    CHECK(outcome(HolderRule::cooperation) == Outcome::failed);
    wish.cooperation = {1, 5};
    CHECK(points(HolderCriterion::cooperation) == 500'000);
    wish.deadline = Date{today.days - 1};
    CHECK(outcome(HolderRule::deadline) == Outcome::failed);
    wish.deadline = today;
    CHECK(outcome(HolderRule::deadline) == Outcome::met);
}

} // namespace greenbank::match
