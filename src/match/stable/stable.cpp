// stable.cpp — the bank's own needs and technologies as a market: each side's worths are the scores of its half.
#include "match/stable/stable.h"

#include <algorithm>

#include "api/call.h"
#include "match/engine/stable.h"
#include "match/engine/two_sided.h"

namespace greenbank::match {

namespace {

constexpr std::size_t needs_max = 500;
constexpr std::size_t choices_max = 200; // of one need

Result<std::vector<const NeedEntry*>> needs_of(const Moment& moment, const StableRequest& request, Date today) {
    std::vector<const NeedEntry*> needs;
    Problems problems;
    for (std::size_t i = 0; i < request.needs.size(); ++i) {
        const NeedEntry* entry = moment.need(request.needs[i].text);
        if (entry && is_open(entry->need, today)) needs.push_back(entry);
        else problems.push_back({"needs[" + std::to_string(i) + "]", "stable.need", "There is no open need with this id."});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    if (request.needs.empty())
        for (const auto& entry : moment.needs->entries)
            if (is_open(entry->need, today) && (!request.field || entry->need.field == *request.field) && needs.size() < needs_max)
                needs.push_back(entry.get());
    std::sort(needs.begin(), needs.end(), [](const NeedEntry* a, const NeedEntry* b) { return a->need.id < b->need.id; });
    needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    return needs;
}

/// 1 for the best; equal worths share a rank.
std::int64_t rank_of(const StableParticipant& one, std::size_t with) {
    std::int64_t worth = 0;
    for (const StableChoice& choice : one.choices)
        if (choice.with == with) worth = choice.worth;
    return 1 + std::count_if(one.choices.begin(), one.choices.end(), [&](const StableChoice& choice) { return choice.worth > worth; });
}

} // namespace

Result<StableView> match_stably(const Moment& moment, const StableRequest& request, Date today) {
    const auto needs = TRY(needs_of(moment, request, today));
    const TechnologyShelf& shelf = *moment.technologies;
    const Weights& weights = moment.judging->weights;
    std::vector<StableParticipant> need_side, technology_side;
    std::map<std::size_t, std::size_t> place; // candidate → place in the technology side
    std::vector<std::size_t> candidates;
    std::vector<std::map<std::size_t, std::pair<std::int32_t, std::int32_t>>> scores(needs.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
        StableParticipant need{needs[i]->need.id.text, static_cast<std::size_t>(request.need_quota), {}};
        for (const Ranked& ranked : shelf.catalogue.rank(needs[i]->wish, choices_max).best) {
            const HolderView view = holder_view(*shelf.candidates[ranked.candidate], needs[i]->wish, today, weights);
            if (view.excluded || ranked.score < request.score_points_min || view.score < request.score_points_min) continue;
            const auto [at, fresh] = place.emplace(ranked.candidate, technology_side.size());
            if (fresh) {
                technology_side.push_back({shelf.entries[ranked.candidate]->technology.id.text, static_cast<std::size_t>(request.technology_quota), {}});
                candidates.push_back(ranked.candidate);
            }
            need.choices.push_back({at->second, ranked.score});
            technology_side[at->second].choices.push_back({i, view.score});
            scores[i][at->second] = {ranked.score, view.score};
        }
        need_side.push_back(std::move(need));
    }
    const bool needs_propose = request.proposing == ProposingSide::needs;
    const StableMarket market = needs_propose ? StableMarket{need_side, technology_side} : StableMarket{technology_side, need_side};
    const StableMatching matching = match_stably(market, static_cast<std::uint64_t>(request.seed));
    StableView view{.proposing = request.proposing,
        .needs = std::count_if(need_side.begin(), need_side.end(), [](const StableParticipant& one) { return !one.choices.empty(); }),
        .technologies = static_cast<std::int64_t>(technology_side.size()),
        .proposals = static_cast<std::int64_t>(matching.proposals),
        .blocking_pairs = static_cast<std::int64_t>(blocking_pairs(market, matching.pairs).size()),
        .seed = request.seed,
        .weights_edition = moment.judging->edition.edition,
        .weights_status = moment.judging->edition.status};
    std::vector<bool> has(needs.size());
    for (const auto& [proposing, receiving] : matching.pairs) {
        const std::size_t i = needs_propose ? proposing : receiving, j = needs_propose ? receiving : proposing;
        has[i] = true;
        const TechnologyEntry& technology = *shelf.entries[candidates[j]];
        const auto& [of_need, of_holder] = scores[i].at(j);
        view.pairs.push_back({needs[i]->need.id, needs[i]->need.title, technology.technology.id, technology.technology.title, of_need, of_holder,
            rank_of(need_side[i], j), rank_of(technology_side[j], i)});
    }
    std::sort(view.pairs.begin(), view.pairs.end(),
        [](const StablePairView& a, const StablePairView& b) { return a.need != b.need ? a.need < b.need : a.need_rank < b.need_rank; });
    for (std::size_t i = 0; i < needs.size(); ++i)
        if (!has[i]) view.needs_alone.push_back({needs[i]->need.id, needs[i]->need.title});
    return view;
}

std::vector<Endpoint> stable_endpoints(Matcher& matcher) {
    const auto match_stable = [&matcher](Store&, const Caller& caller, const StableRequest& request) -> Result<StableView> {
        return match_stably(*matcher.moment(), request, date_of(caller.now));
    };
    return {
        // clang-format off
        {"match_stable", Method::post, "/match/stable", "Match open needs and technologies so that no two would rather have each other; nothing is stored.", Mode::compute, signed_in, call(match_stable)},
        // clang-format on
    };
}

} // namespace greenbank::match
