// stable_test.cpp — no blocking pair, and the twin that looks at every matching of small markets.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "kernel/random.h"
#include "match/engine/stable.h"

namespace greenbank::match {
namespace {

/// Sparse: with quotas of nobody, and many who do not accept each other.
StableMarket random_market(Random& random, std::size_t most, std::size_t quota_most, std::uint64_t worths, bool sparse) {
    StableMarket market;
    for (auto* side : {&market.proposing, &market.receiving}) {
        const std::size_t size = sparse ? random.below(most) + 1 : most;
        for (std::size_t i = 0; i < size; ++i)
            side->push_back(
                {fmt::format("{}{}", side == &market.proposing ? 'p' : 'r', i), sparse ? random.below(quota_most + 1) : random.below(quota_most) + 1, {}});
    }
    const auto fill = [&](auto& side, std::size_t other) {
        for (StableParticipant& one : side)
            for (std::size_t j = 0; j < other; ++j)
                if (random.chance(sparse ? 0.75 : 0.97)) one.choices.push_back({j, static_cast<std::int64_t>(random.below(worths))});
    };
    fill(market.proposing, market.receiving.size());
    fill(market.receiving, market.proposing.size());
    return market;
}

void for_each_market(std::uint64_t count, std::size_t most, std::size_t quota_most, std::uint64_t worths, auto property) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const StableMarket market = random_market(random, most, quota_most, worths, seed % 2 == 0);
        REQUIRE(check(market));
        property(market, seed);
    }
}

bool finds(const std::vector<StableChoice>& choices, std::size_t with) {
    return std::any_of(choices.begin(), choices.end(), [&](const StableChoice& one) { return one.with == with; });
}

/// Every set of pairs that both accept, within the quotas, that nobody would leave.
std::vector<std::vector<StablePair>> all_stable(const StableMarket& market) {
    std::vector<StablePair> possible;
    for (std::size_t i = 0; i < market.proposing.size(); ++i)
        for (const StableChoice& choice : market.proposing[i].choices)
            if (finds(market.receiving[choice.with].choices, i)) possible.emplace_back(i, choice.with);
    std::vector<std::vector<StablePair>> found;
    for (std::uint64_t mask = 0; mask < std::uint64_t{1} << possible.size(); ++mask) {
        std::vector<StablePair> pairs;
        std::vector<std::size_t> left(market.proposing.size()), right(market.receiving.size());
        for (std::size_t k = 0; k < possible.size(); ++k)
            if (mask >> k & 1) pairs.push_back(possible[k]), ++left[possible[k].first], ++right[possible[k].second];
        bool fits = true;
        for (std::size_t i = 0; i < left.size(); ++i) fits = fits && left[i] <= market.proposing[i].quota;
        for (std::size_t j = 0; j < right.size(); ++j) fits = fits && right[j] <= market.receiving[j].quota;
        if (fits && blocking_pairs(market, pairs).empty()) found.push_back(std::move(pairs));
    }
    return found;
}

std::set<std::size_t> of_proposing(const std::vector<StablePair>& pairs, std::size_t i) {
    std::set<std::size_t> has;
    for (const auto& [a, b] : pairs)
        if (a == i) has.insert(b);
    return has;
}
std::set<std::size_t> of_receiving(const std::vector<StablePair>& pairs, std::size_t j) {
    std::set<std::size_t> has;
    for (const auto& [a, b] : pairs)
        if (b == j) has.insert(a);
    return has;
}

/// What one would keep of two sets: the best within the quota.
std::set<std::size_t> kept(const StableParticipant& one, std::set<std::size_t> offered) {
    std::vector<StableChoice> choices;
    for (const StableChoice& choice : one.choices)
        if (offered.contains(choice.with)) choices.push_back(choice);
    std::sort(choices.begin(), choices.end(), [](const StableChoice& a, const StableChoice& b) { return a.worth > b.worth; });
    std::set<std::size_t> best;
    for (std::size_t k = 0; k < std::min(choices.size(), one.quota); ++k) best.insert(choices[k].with);
    return best;
}

} // namespace

TEST_CASE("nobody and nobody would rather have each other") {
    for_each_market(600, 12, 3, 6, [](const StableMarket& market, std::uint64_t seed) {
        for (const std::uint64_t lottery : {std::uint64_t{0}, seed}) {
            const StableMatching matching = match_stably(market, lottery);
            CHECK(blocking_pairs(market, matching.pairs).empty());
            std::vector<std::size_t> left(market.proposing.size()), right(market.receiving.size());
            for (const auto& [i, j] : matching.pairs) {
                ++left[i], ++right[j];
                CHECK((finds(market.proposing[i].choices, j) && finds(market.receiving[j].choices, i)));
            }
            for (std::size_t i = 0; i < left.size(); ++i) CHECK(left[i] <= market.proposing[i].quota);
            for (std::size_t j = 0; j < right.size(); ++j) CHECK(right[j] <= market.receiving[j].quota);
            CHECK(matching == match_stably(market, lottery));
        }
    });
}

TEST_CASE("of all stable matchings it is the best for every proposer and the worst for every receiver") {
    std::size_t several = 0;
    for_each_market(600, 3, 2, 1'000'000, [&](const StableMarket& market, std::uint64_t) { // so many worths: hardly a tie
        const StableMatching matching = match_stably(market);
        const auto all = all_stable(market);
        several += all.size() > 1;
        CHECK(std::find(all.begin(), all.end(), matching.pairs) != all.end());
        for (const auto& other : all) {
            for (std::size_t i = 0; i < market.proposing.size(); ++i) {
                auto both = of_proposing(matching.pairs, i);
                CHECK(both.size() == of_proposing(other, i).size()); // who stays alone, and how far, is the same in all
                both.merge(of_proposing(other, i));
                CHECK(kept(market.proposing[i], both) == of_proposing(matching.pairs, i));
            }
            for (std::size_t j = 0; j < market.receiving.size(); ++j) {
                auto both = of_receiving(matching.pairs, j);
                both.merge(of_receiving(other, j));
                CHECK(kept(market.receiving[j], both) == of_receiving(other, j));
            }
        }
    });
    CHECK(several > 10); // else the test has seen nothing
}

TEST_CASE("the order in which the participants are named changes nothing") {
    for_each_market(200, 8, 2, 4, [](const StableMarket& market, std::uint64_t seed) {
        StableMarket turned; // both sides in reverse
        const auto turn = [](const std::vector<StableParticipant>& side, std::size_t other) {
            std::vector<StableParticipant> made(side.rbegin(), side.rend());
            for (StableParticipant& one : made)
                for (StableChoice& choice : one.choices) choice.with = other - 1 - choice.with;
            return made;
        };
        turned.proposing = turn(market.proposing, market.receiving.size());
        turned.receiving = turn(market.receiving, market.proposing.size());
        auto pairs = match_stably(turned, seed).pairs;
        for (auto& [i, j] : pairs) i = market.proposing.size() - 1 - i, j = market.receiving.size() - 1 - j;
        std::sort(pairs.begin(), pairs.end());
        CHECK(pairs == match_stably(market, seed).pairs);
    });
}

TEST_CASE("the sides take what they can get, by hand") {
    // Two of each, everybody's first choice differs: who proposes gets it.
    const StableMarket market{{{"a", 1, {{0, 2}, {1, 1}}}, {"b", 1, {{1, 2}, {0, 1}}}}, {{"x", 1, {{1, 2}, {0, 1}}}, {"y", 1, {{0, 2}, {1, 1}}}}};
    CHECK(match_stably(market).pairs == std::vector<StablePair>{{0, 0}, {1, 1}});
    CHECK(match_stably({market.receiving, market.proposing}).pairs == std::vector<StablePair>{{0, 1}, {1, 0}});
    CHECK(match_stably({{}, {}}).pairs.empty());
    CHECK(!check({{{"a", 1, {{7, 1}}}}, {{"x", 1, {}}}}));
    CHECK(!check({{{"a", 1, {{0, 1}, {0, 2}}}, {"a", 1, {}}}, {{"x", 1, {}}}}));
}

} // namespace greenbank::match
