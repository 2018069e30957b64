// questions.cpp — needs to technologies and back, out of one moment.
#include <algorithm>

#include <fmt/format.h>

#include "match/engine/judge.h"
#include "match/engine/reverse.h"
#include "match/engine/two_sided.h"
#include "match/explain.h"
#include "match/moment.h"

namespace greenbank::match {

namespace {

/// "tech_… 3": after this technology and rule.
std::string cursor_after(const Exclusion& last) { return to_base64url(fmt::format("{} {}", last.technology.text, static_cast<int>(last.rule))); }

Result<std::pair<std::string, Rule>> read_cursor(const std::string& cursor) {
    const Error unreadable{Failure::invalid, "match.cursor", "This page mark is not valid; begin again at the first page."};
    const auto text = from_base64url(cursor);
    if (!text || text->size() < 3 || (*text)[text->size() - 2] != ' ') return unreadable;
    const int rule = text->back() - '0';
    if (rule < 0 || rule >= static_cast<int>(rule_count)) return unreadable;
    return std::pair{text->substr(0, text->size() - 2), static_cast<Rule>(rule)};
}

std::vector<ExcludedCount> counts_of(const std::array<std::size_t, rule_count>& excluded_by) {
    std::vector<ExcludedCount> counts;
    for (std::size_t rule = 0; rule < rule_count; ++rule)
        if (excluded_by[rule] > 0) counts.push_back({static_cast<Rule>(rule), static_cast<std::int64_t>(excluded_by[rule])});
    return counts;
}

/// The open needs that a technology is held against: those held, one's own as they really are.
struct OpenNeeds {
    std::vector<NeedEntry> own;
    std::vector<const NeedEntry*> entries;
    std::vector<const Wish*> wishes;
};
OpenNeeds open_needs(const Moment& moment, const std::vector<library::Need>& own, Date today) {
    OpenNeeds open;
    for (const library::Need& need : own) open.own.push_back({need, moment.converter->wish(need)});
    for (const auto& held : moment.needs->entries) {
        const auto mine = std::find_if(open.own.begin(), open.own.end(), [&](const NeedEntry& one) { return one.need.id == held->need.id; });
        const NeedEntry* entry = mine == open.own.end() ? held.get() : &*mine;
        if (!is_open(entry->need, today)) continue;
        open.entries.push_back(entry);
        open.wishes.push_back(&entry->wish);
    }
    return open;
}

Explainer explainer_for(const Moment& moment, const NeedEntry& entry, Language language) {
    return {entry.need, entry.wish, moment.judging->weights, moment.judging->edition, *moment.converter, library::reference(), language};
}

void add_holder(const Explainer& explainer, const library::Technology& technology, const Candidate& candidate, Date today, auto& item) {
    item.holder_half = explainer.holder_half(technology, candidate, today);
    item.mutual_score_points = mutual_score(static_cast<std::int32_t>(item.score_points), static_cast<std::int32_t>(item.holder_half->score_points));
}

} // namespace

MatchList matches(const Moment& moment, const library::Need& need, const Wish& wish, const MatchQuestion& question) {
    const Judging& judging = *moment.judging;
    const TechnologyShelf& shelf = *moment.technologies;
    const bool mutual = question.order == MatchOrder::mutual;
    const Ranking ranking = shelf.catalogue.rank(wish, mutual ? shelf.entries.size() : question.top);
    MatchList list{.need = {{}, need.title},
        .considered = static_cast<std::int64_t>(ranking.considered),
        .excluded = static_cast<std::int64_t>(ranking.excluded),
        .weights_edition = judging.edition.edition,
        .weights_status = judging.edition.status,
        .excluded_by = counts_of(ranking.excluded_by)};
    if (!need.id.empty()) list.need.id = need.id;
    const Explainer explainer(need, wish, judging.weights, judging.edition, *moment.converter, library::reference(), question.language);
    const auto add = [&](std::size_t candidate, std::int32_t score) {
        const TechnologyEntry& entry = *shelf.entries[candidate];
        MatchItem item = explainer.item(entry.technology, entry.candidate);
        require(item.score_points == score, "an explanation must sum to the score that was ranked");
        if (question.halves || mutual) add_holder(explainer, entry.technology, entry.candidate, question.today, item);
        list.items.push_back(std::move(item));
    };
    if (!mutual) {
        for (const Ranked& ranked : ranking.best) add(ranked.candidate, ranked.score);
        return list;
    }
    const MutualRanking both = rank_mutually(ranking.best, shelf.candidates, wish, question.today, judging.weights, question.top);
    for (const MutualRanked& ranked : both.best) add(ranked.candidate, ranked.need_score);
    for (std::size_t i = 0; i < std::min(both.refused.size(), question.top); ++i) {
        const TechnologyEntry& entry = *shelf.entries[both.refused[i].candidate];
        list.refused.push_back(explainer.refusal(entry.technology, entry.candidate, question.today, both.refused[i].score));
    }
    return list;
}

NeedMatchList need_matches(const Moment& moment, const library::Technology& technology, const std::vector<library::Need>& own, const MatchQuestion& question) {
    const OpenNeeds open = open_needs(moment, own, question.today);
    const Candidate candidate = moment.converter->candidate(technology);
    const Judging& judging = *moment.judging;
    const bool mutual = question.order == MatchOrder::mutual;
    Ranking ranking = rank_wishes(candidate, open.wishes, judging.weights, mutual ? open.wishes.size() : question.top);
    NeedMatchList list{.technology = {{}, technology.title},
        .considered = static_cast<std::int64_t>(ranking.considered),
        .excluded = static_cast<std::int64_t>(ranking.excluded),
        .weights_edition = judging.edition.edition,
        .weights_status = judging.edition.status,
        .excluded_by = counts_of(ranking.excluded_by)};
    if (!technology.id.empty()) list.technology.id = technology.id;
    if (mutual) {
        std::vector<std::pair<std::int32_t, Ranked>> by_both;
        for (const Ranked& one : ranking.best) {
            const HolderView view = holder_view(candidate, *open.wishes[one.candidate], question.today, judging.weights);
            if (!view.excluded) by_both.emplace_back(mutual_score(one.score, view.score), one);
        }
        std::stable_sort(by_both.begin(), by_both.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        ranking.best.clear();
        for (std::size_t i = 0; i < std::min(question.top, by_both.size()); ++i) ranking.best.push_back(by_both[i].second);
    }
    for (const Ranked& ranked : ranking.best) {
        const NeedEntry& entry = *open.entries[ranked.candidate];
        const Explainer explainer = explainer_for(moment, entry, question.language);
        MatchItem pair = explainer.item(technology, candidate);
        require(pair.score_points == ranked.score, "an explanation must sum to the score that was ranked");
        NeedMatchItem item{.need = entry.need.id,
            .title = entry.need.title,
            .summary = entry.need.summary,
            .owner = entry.need.owner,
            .field = entry.need.field,
            .country = entry.need.country,
            .budget = entry.need.budget,
            .deadline = entry.need.deadline,
            .score_points = pair.score_points,
            .rules = std::move(pair.rules),
            .criteria = std::move(pair.criteria)};
        if (question.halves || mutual) add_holder(explainer, technology, candidate, question.today, item);
        list.items.push_back(std::move(item));
    }
    return list;
}

Page<NeedExclusion> need_exclusions(const Moment& moment, const library::Technology& technology, const std::vector<library::Need>& own,
    std::optional<Rule> rule, std::size_t limit, const MatchQuestion& question) {
    const OpenNeeds open = open_needs(moment, own, question.today);
    const Candidate candidate = moment.converter->candidate(technology);
    Page<NeedExclusion> page;
    for (const NeedEntry* entry : open.entries)
        for (std::size_t i = 0; i < rule_count; ++i) {
            const Rule one = static_cast<Rule>(i);
            if ((rule && *rule != one) || judge(one, candidate, entry->wish, moment.judging->weights).passed) continue;
            ++page.total;
            if (page.items.size() >= limit) continue;
            const Exclusion found = explainer_for(moment, *entry, question.language).exclusion(technology, candidate, one);
            page.items.push_back({entry->need.id, entry->need.title, one, found.need_value, found.technology_value, found.sentence});
        }
    return page;
}

Result<Page<Exclusion>> exclusions(
    const Moment& moment, const library::Need& need, std::optional<Rule> rule, std::size_t limit, const std::string& cursor, Language language) {
    const TechnologyShelf& shelf = *moment.technologies;
    const Wish wish = moment.converter->wish(need);
    const std::vector<Excluded> all = shelf.catalogue.excluded(wish, rule);
    Page<Exclusion> page{.items = {}, .next = {}, .total = static_cast<std::int64_t>(all.size())};
    auto at = all.begin();
    if (!cursor.empty()) {
        const auto last = TRY(read_cursor(cursor));
        at = std::partition_point(
            all.begin(), all.end(), [&](const Excluded& one) { return std::pair(shelf.entries[one.candidate]->technology.id.text, one.rule) <= last; });
    }
    const Explainer explainer(need, wish, moment.judging->weights, moment.judging->edition, *moment.converter, library::reference(), language);
    for (; at != all.end() && page.items.size() < limit; ++at) {
        const TechnologyEntry& entry = *shelf.entries[at->candidate];
        page.items.push_back(explainer.exclusion(entry.technology, entry.candidate, at->rule));
    }
    if (at != all.end() && !page.items.empty()) page.next = cursor_after(page.items.back());
    return page;
}

} // namespace greenbank::match
