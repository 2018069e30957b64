// stable.cpp — strict orders out of worths and the lottery, then proposals until nobody has one left.
#include "match/engine/stable.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <queue>

#include <fmt/format.h>

namespace greenbank::match {

namespace {

using Side = std::vector<StableParticipant>;

/// Finalizer of splitmix64 over FNV-1a: the same number for the same id and seed on every machine.
std::uint64_t lottery_number(const std::string& id, std::uint64_t seed) {
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed;
    for (const char byte : id) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    return hash ^ (hash >> 31);
}

/// The place of each participant in the lottery of its side.
std::vector<std::size_t> lots(const Side& side, std::uint64_t seed) {
    std::vector<std::size_t> order(side.size()), place(side.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) { return std::pair(seed == 0 ? 0 : lottery_number(side[i].id, seed), side[i].id); };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    return place;
}

/// Choices that are acceptable to both, best first.
std::vector<std::vector<std::size_t>> orders(const Side& side, const Side& other, const std::vector<std::size_t>& lot_of_other) {
    std::vector<std::map<std::size_t, bool>> welcome(other.size());
    for (std::size_t j = 0; j < other.size(); ++j)
        for (const StableChoice& choice : other[j].choices) welcome[j][choice.with] = true;
    std::vector<std::vector<std::size_t>> made(side.size());
    for (std::size_t i = 0; i < side.size(); ++i) {
        std::vector<StableChoice> choices = side[i].choices;
        std::erase_if(choices, [&](const StableChoice& choice) { return !welcome[choice.with].contains(i); });
        std::sort(choices.begin(), choices.end(),
            [&](const StableChoice& a, const StableChoice& b) { return a.worth != b.worth ? a.worth > b.worth : lot_of_other[a.with] < lot_of_other[b.with]; });
        for (const StableChoice& choice : choices) made[i].push_back(choice.with);
    }
    return made;
}

} // namespace

Result<Done> check(const StableMarket& market) {
    Problems problems;
    const auto look = [&](const Side& side, const Side& other, const char* name) {
        std::map<std::string, std::size_t> ids;
        for (std::size_t i = 0; i < side.size(); ++i) {
            const std::string place = fmt::format("{}[{}]", name, i);
            if (!ids.emplace(side[i].id, i).second) problems.push_back({place + ".id", "stable.twice", "This id stands here twice."});
            std::map<std::size_t, bool> seen;
            for (const StableChoice& choice : side[i].choices)
                if (choice.with >= other.size()) problems.push_back({place + ".prefers", "stable.unknown", "Nobody on the other side has this id."});
                else if (!seen.emplace(choice.with, true).second)
                    problems.push_back({place + ".prefers", "stable.chosen_twice", "The same choice stands here twice."});
        }
    };
    look(market.proposing, market.receiving, "proposing");
    look(market.receiving, market.proposing, "receiving");
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

StableMatching match_stably(const StableMarket& market, std::uint64_t seed) {
    const auto wanted = orders(market.proposing, market.receiving, lots(market.receiving, seed));
    const auto liked = orders(market.receiving, market.proposing, lots(market.proposing, seed));
    std::vector<std::map<std::size_t, std::size_t>> rank(liked.size()); // receiving → proposing → place among those it likes
    for (std::size_t j = 0; j < liked.size(); ++j)
        for (std::size_t k = 0; k < liked[j].size(); ++k) rank[j][liked[j][k]] = k;

    StableMatching matching;
    using Held = std::priority_queue<std::pair<std::size_t, std::size_t>>; // the least liked on top
    std::vector<Held> held(market.receiving.size());
    std::vector<std::size_t> next(market.proposing.size()), has(market.proposing.size());
    std::queue<std::size_t> waiting;
    for (std::size_t i = 0; i < market.proposing.size(); ++i) waiting.push(i);
    while (!waiting.empty()) {
        const std::size_t i = waiting.front();
        waiting.pop();
        while (has[i] < market.proposing[i].quota && next[i] < wanted[i].size()) {
            const std::size_t j = wanted[i][next[i]++];
            ++matching.proposals;
            if (market.receiving[j].quota == 0) continue;
            held[j].emplace(rank[j].at(i), i);
            ++has[i];
            if (held[j].size() <= market.receiving[j].quota) continue;
            const std::size_t refused = held[j].top().second;
            held[j].pop();
            --has[refused];
            if (refused != i) waiting.push(refused);
        }
    }
    for (std::size_t j = 0; j < held.size(); ++j)
        for (; !held[j].empty(); held[j].pop()) matching.pairs.emplace_back(held[j].top().second, j);
    std::sort(matching.pairs.begin(), matching.pairs.end());
    return matching;
}

std::vector<StablePair> blocking_pairs(const StableMarket& market, const std::vector<StablePair>& pairs) {
    const auto worths = [](const Side& side) {
        std::vector<std::map<std::size_t, std::int64_t>> made(side.size());
        for (std::size_t i = 0; i < side.size(); ++i)
            for (const StableChoice& choice : side[i].choices) made[i][choice.with] = choice.worth;
        return made;
    };
    const auto of_proposing = worths(market.proposing), of_receiving = worths(market.receiving);
    std::vector<std::vector<std::size_t>> has_proposing(market.proposing.size()), has_receiving(market.receiving.size());
    for (const auto& [i, j] : pairs) has_proposing[i].push_back(j), has_receiving[j].push_back(i);
    /// Room left, or somebody it has is worth less.
    const auto would = [](std::size_t quota, const std::vector<std::size_t>& has, const std::map<std::size_t, std::int64_t>& worth, std::int64_t offered) {
        if (has.size() < quota) return true;
        return std::any_of(has.begin(), has.end(), [&](std::size_t one) { return worth.at(one) < offered; });
    };
    std::vector<StablePair> blocking;
    for (std::size_t i = 0; i < market.proposing.size(); ++i)
        for (const auto& [j, worth] : of_proposing[i]) {
            const auto back = of_receiving[j].find(i);
            if (back == of_receiving[j].end() || std::find(has_proposing[i].begin(), has_proposing[i].end(), j) != has_proposing[i].end()) continue;
            if (would(market.proposing[i].quota, has_proposing[i], of_proposing[i], worth) &&
                would(market.receiving[j].quota, has_receiving[j], of_receiving[j], back->second))
                blocking.emplace_back(i, j);
        }
    return blocking;
}

} // namespace greenbank::match
