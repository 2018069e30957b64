// batch.cpp — many needs over one catalogue, which any number of threads may ask.
#include "match/batch/batch.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "match/engine/judge.h"

namespace greenbank::match {

void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    const auto loop = [&] {
        for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads && i < count; ++i) others.emplace_back(loop);
    loop();
    for (std::thread& one : others) one.join();
}

std::vector<const NeedEntry*> open_needs_after(const Moment& moment, const std::string& after, std::size_t count, Date today) {
    std::vector<const NeedEntry*> found;
    const auto& entries = moment.needs->entries;
    auto at = std::upper_bound(entries.begin(), entries.end(), after, [](const std::string& id, const auto& entry) { return id < entry->need.id.text; });
    for (; at != entries.end() && found.size() < count; ++at)
        if (is_open((*at)->need, today)) found.push_back(at->get());
    return found;
}

std::vector<MatchResult> match_all(const Moment& moment, const std::vector<const NeedEntry*>& needs, std::size_t top, unsigned threads) {
    std::vector<MatchResult> results(needs.size());
    const TechnologyShelf& shelf = *moment.technologies;
    in_parallel(needs.size(), threads, [&](std::size_t i) {
        const NeedEntry& entry = *needs[i];
        const Ranking ranking = shelf.catalogue.rank(entry.wish, top);
        MatchResult& result = results[i];
        result.need = entry.need.id;
        result.title = entry.need.title;
        result.owner = entry.need.owner;
        result.field = entry.need.field;
        result.country = entry.need.country;
        result.considered = static_cast<std::int64_t>(ranking.considered);
        result.excluded = static_cast<std::int64_t>(ranking.excluded);
        for (const Ranked& ranked : ranking.best) {
            const TechnologyEntry& technology = *shelf.entries[ranked.candidate];
            MatchFound found{
                .technology = technology.technology.id, .title = technology.technology.title, .score_points = ranked.score, .contribution_points = {}};
            for (std::size_t k = 0; k < criterion_count; ++k)
                found.contribution_points.push_back(judge(static_cast<Criterion>(k), technology.candidate, entry.wish, moment.judging->weights).contribution);
            result.items.push_back(std::move(found));
        }
        if (result.items.empty()) return;
        result.best = result.items[0].technology;
        result.best_title = result.items[0].title;
        result.best_score_points = result.items[0].score_points;
    });
    return results;
}

std::vector<MatchList> explain_all(
    const Moment& moment, const std::vector<const NeedEntry*>& needs, std::size_t top, unsigned threads, Date today, Language language) {
    std::vector<MatchList> lists(needs.size());
    in_parallel(needs.size(), threads,
        [&](std::size_t i) { lists[i] = matches(moment, needs[i]->need, needs[i]->wish, {.top = top, .today = today, .language = language}); });
    return lists;
}

void compare(MatchResult& result, const MatchResult* before) {
    result.fresh = result.gone = 0;
    if (!before) return;
    for (MatchFound& found : result.items) {
        const auto same = [&](const MatchFound& one) { return one.technology == found.technology; };
        const auto at = std::find_if(before->items.begin(), before->items.end(), same);
        found.fresh = at == before->items.end();
        if (found.fresh) ++result.fresh;
        else found.rank_before = at - before->items.begin() + 1;
    }
    result.gone = static_cast<std::int64_t>(before->items.size()) - (static_cast<std::int64_t>(result.items.size()) - result.fresh);
}

std::vector<MatchLine> lines_of(const MatchResult& result) {
    std::vector<MatchLine> lines;
    for (const MatchFound& found : result.items) {
        MatchLine line{.need = result.need,
            .need_title = result.title,
            .rank = static_cast<std::int64_t>(lines.size() + 1),
            .technology = found.technology,
            .technology_title = found.title,
            .score_points = found.score_points,
            .fresh = found.fresh,
            .rank_before = found.rank_before};
        std::int64_t* const parts[criterion_count] = {&line.text_points, &line.classes_points, &line.performance_points, &line.cost_points,
            &line.readiness_points, &line.evidence_points, &line.place_points};
        for (std::size_t k = 0; k < std::min(criterion_count, found.contribution_points.size()); ++k) *parts[k] = found.contribution_points[k];
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace greenbank::match
