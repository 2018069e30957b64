// properties_test.cpp — what is always true, over random libraries and needs; a failure prints its seed.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "match/engine/catalogue.h"
#include "match/engine/judge.h"
#include "match/engine/naive.h"
#include "match/engine/random_library.h"

namespace greenbank::match {
namespace {

constexpr Shape small = {.fields = 2, .classes = 30, .indicators = 6, .countries = 5, .traits = 4, .concepts = 40, .concepts_per_text = 6};
constexpr Shape odd = {.fields = 2, .classes = 30, .indicators = 6, .countries = 5, .traits = 4, .concepts = 40, .concepts_per_text = 6, .odd_numbers = true};

void for_each_seed(std::uint64_t count, const Shape& shape, auto property) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        INFO("seed " << seed);
        property(RandomLibrary(Random(seed), shape));
    }
}

std::vector<Candidate> library_of(RandomLibrary& source, std::size_t most) {
    std::vector<Candidate> candidates;
    const std::size_t size = source.random().below(most + 1);
    for (std::size_t i = 0; i < size; ++i) candidates.push_back(source.candidate(i));
    return candidates;
}

bool passes(const Candidate& candidate, const Wish& wish) { return !explain(candidate, wish, weights_for_tests()).excluded; }
std::int32_t score(const Candidate& candidate, const Wish& wish) { return explain(candidate, wish, weights_for_tests()).score; }

void twins_agree(RandomLibrary source) {
    const std::vector<Candidate> candidates = library_of(source, 300);
    const auto list = pointers(candidates);
    const Weights weights = weights_for_tests();
    const Catalogue catalogue(list, weights);
    for (int i = 0; i < 2; ++i) {
        const Wish wish = source.wish();
        for (const std::size_t top : {std::size_t{0}, std::size_t{5}, std::size_t{1000}})
            CHECK(catalogue.rank(wish, top) == rank_naively(list, wish, weights, top));
        const auto excluded = excluded_naively(list, wish, weights);
        CHECK(catalogue.excluded(wish) == excluded);
        std::vector<Excluded> by_capacity;
        std::copy_if(excluded.begin(), excluded.end(), std::back_inserter(by_capacity), [](const Excluded& one) { return one.rule == Rule::capacity; });
        CHECK(catalogue.excluded(wish, Rule::capacity) == by_capacity);
    }
}

/// The promise that just meets a requirement.
Promise promise_for(const Requirement& requirement) { return {requirement.indicator, requirement.limit, {}, requirement.unit}; }

} // namespace

TEST_CASE("the catalogue agrees with the naive twin to the last point") { for_each_seed(500, small, twins_agree); }
TEST_CASE("they agree on numbers that are none, too, and nothing crashes") { for_each_seed(300, odd, twins_agree); }

TEST_CASE("an explanation sums to its score, and the score is the one that was ranked") {
    for_each_seed(200, odd, [](RandomLibrary source) {
        const std::vector<Candidate> candidates = library_of(source, 60);
        const Weights weights = weights_for_tests();
        const Wish wish = source.wish();
        for (const Ranked& ranked : Catalogue(pointers(candidates), weights).rank(wish, 20).best) {
            const Explanation explanation = explain(candidates[ranked.candidate], wish, weights);
            std::int64_t sum = 0, weight_sum = 0;
            for (const CriterionFinding& finding : explanation.criteria) {
                sum += finding.contribution;
                weight_sum += finding.weight;
                CHECK((finding.points >= 0 && finding.points <= points_full && finding.contribution <= finding.weight));
            }
            CHECK(sum == ranked.score);
            CHECK(explanation.score == ranked.score);
            CHECK(weight_sum == points_full);
            CHECK(!explanation.excluded);
            CHECK(std::all_of(explanation.rules.begin(), explanation.rules.end(), [](const RuleFinding& one) { return one.passed; }));
        }
    });
}

TEST_CASE("nothing that a hard rule fails is ever ranked") {
    for_each_seed(200, small, [](RandomLibrary source) {
        const std::vector<Candidate> candidates = library_of(source, 100);
        const Wish wish = source.wish();
        const Ranking ranking = Catalogue(pointers(candidates), weights_for_tests()).rank(wish, 1000);
        CHECK(ranking.best.size() + ranking.excluded == candidates.size());
        for (const Ranked& ranked : ranking.best) {
            const Candidate& kept = candidates[ranked.candidate];
            CHECK(kept.field == wish.field);
            CHECK((contains(kept.territories, wish.country) || contains(kept.territories, "WORLD")));
            for (const std::string& trait : wish.required_traits) CHECK(contains(kept.traits, trait));
            for (const std::string& trait : wish.excluded_traits) CHECK(!contains(kept.traits, trait));
        }
    });
}

TEST_CASE("meeting one more requirement never lowers a score and never excludes") {
    for_each_seed(1000, small, [](RandomLibrary source) {
        Candidate candidate = source.candidate(1);
        const Wish wish = source.wish();
        const bool passed = passes(candidate, wish);
        const std::int32_t before = score(candidate, wish);
        // the technology meets one that the need already asks
        if (!wish.requirements.empty()) {
            Candidate better = candidate;
            better.promises.push_back(promise_for(source.random().pick(wish.requirements)));
            CHECK(score(better, wish) >= before);
            CHECK((!passed || passes(better, wish)));
        }
        // the need asks one more that the technology meets
        const Promise kept = source.promise();
        candidate.promises.push_back(kept);
        const std::int32_t with_promise = score(candidate, wish);
        CHECK(with_promise >= before);
        Wish more = wish;
        more.requirements.push_back({kept.indicator, true, kept.high.value_or(kept.low), kept.unit, source.random().chance(0.5)});
        CHECK(score(candidate, more) >= with_promise);
        CHECK(passes(candidate, more) == passes(candidate, wish));
    });
}

TEST_CASE("improving a figure never lowers a score") {
    for_each_seed(1000, small, [](RandomLibrary source) {
        Candidate candidate = source.candidate(1);
        Wish wish = source.wish();
        const Promise promise = source.promise();
        candidate.promises.push_back(promise);
        const Requirement requirement{
            promise.indicator, source.random().chance(0.5), promise.low * (0.2 + 2 * source.random().uniform()), promise.unit, source.random().chance(0.3)};
        // another requirement on the same indicator might want it the other way
        std::erase_if(wish.requirements, [&](const Requirement& one) { return one.indicator == promise.indicator; });
        wish.requirements.push_back(requirement);
        for (int step = 0; step < 20; ++step) {
            Candidate better = candidate;
            Promise& improved = better.promises.back();
            const double by = (requirement.at_most ? -0.2 : 0.2) * source.random().uniform();
            improved.low *= 1 + by;
            if (improved.high) *improved.high *= 1 + by;
            CHECK(score(better, wish) >= score(candidate, wish));
            CHECK((!passes(candidate, wish) || passes(better, wish)));
            candidate = std::move(better);
        }
    });
}

TEST_CASE("a technology that gains never loses points: readiness, evidence, a lower price, a concept, a class") {
    for_each_seed(1000, small, [](RandomLibrary source) {
        const Candidate candidate = source.candidate(1);
        const Wish wish = source.wish();
        const auto gains = [&](auto change) {
            Candidate better = candidate;
            change(better);
            CHECK(score(better, wish) >= score(candidate, wish));
            CHECK((!passes(candidate, wish) || passes(better, wish)));
        };
        gains([](Candidate& one) { ++one.readiness.level; });
        gains([&](Candidate& one) { one.proofs.push_back({0, source.country()}); });
        gains([](Candidate& one) {
            if (one.capital_cost) one.capital_cost->minor = one.capital_cost->minor * 9 / 10;
        });
        gains([&](Candidate& one) { one.concepts.push_back({static_cast<std::uint32_t>(source.random().below(40)), 700}); });
        gains([&](Candidate& one) { one.classes.push_back(source.class_code()); });
        gains([](Candidate& one) { one.territories.push_back("WORLD"); });
    });
}

TEST_CASE("the order in which candidates come changes nothing") {
    for_each_seed(200, small, [](RandomLibrary source) {
        std::vector<Candidate> candidates = library_of(source, 100);
        const Wish wish = source.wish();
        const auto ids = [&] {
            std::vector<std::pair<std::string, std::int32_t>> list;
            const Catalogue catalogue(pointers(candidates), weights_for_tests());
            for (const Ranked& one : catalogue.rank(wish, 10).best) list.emplace_back(candidates[one.candidate].id, one.score);
            for (const Excluded& one : catalogue.excluded(wish)) list.emplace_back(candidates[one.candidate].id, static_cast<std::int32_t>(one.rule));
            return list;
        };
        const auto before = ids();
        for (std::size_t i = candidates.size(); i > 1; --i) std::swap(candidates[i - 1], candidates[source.random().below(i)]);
        CHECK(ids() == before);
    });
}

} // namespace greenbank::match
