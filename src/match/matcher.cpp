// matcher.cpp — entries under a lock, questions on snapshots.
#include <algorithm>

#include <fmt/format.h>

#include "match/explain.h"
#include "match/match.h"
#include "search/folding.h"
#include "search/units.h"

namespace greenbank::match {

struct Matcher::Snapshot {
    std::shared_ptr<const Converter> converter;        // that made the candidates
    std::vector<std::shared_ptr<const Entry>> entries; // in order of id
    Catalogue catalogue;
};

namespace {

Weights sound(const WeightsEdition& edition) {
    auto weights = to_weights(edition);
    require(static_cast<bool>(weights), "a matcher needs weights that were checked");
    return std::move(weights).value();
}

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

} // namespace

Matcher::Matcher(WeightsEdition edition) : Matcher(std::move(edition), search::fold, search::stem) {}
Matcher::Matcher(WeightsEdition edition, Fold fold, Stem stem) :
    edition_(std::move(edition)), weights_(sound(edition_)), fold_(std::move(fold)), stem_(std::move(stem)) {}

std::shared_ptr<const Converter> Matcher::make_converter() const {
    return std::make_shared<const Converter>(*library::thesaurus(), edition_.text, fold_, stem_);
}

void Matcher::put(const library::Technology& technology) {
    if (technology.state != library::State::published) return erase(technology.id.text);
    std::shared_ptr<const Converter> converter;
    {
        const std::lock_guard lock(mutex_);
        if (!converter_) converter_ = make_converter();
        converter = next_converter_ ? next_converter_ : converter_;
    }
    auto entry = std::make_shared<Entry>(Entry{technology, converter->candidate(technology)});
    entry->technology.description = {}; // the largest part, and no explanation needs it
    const std::lock_guard lock(mutex_);
    if (next_converter_) {
        next_entries_[technology.id.text] = std::move(entry);
        return;
    }
    entries_[technology.id.text] = std::move(entry);
    snapshot_.reset();
}

void Matcher::erase(const std::string& id) {
    const std::lock_guard lock(mutex_);
    if (next_converter_) next_entries_.erase(id);
    else if (entries_.erase(id) > 0) snapshot_.reset();
}

Result<Done> Matcher::relearn(const std::function<Result<Done>()>& refill) {
    auto made = make_converter();
    {
        const std::lock_guard lock(mutex_);
        next_converter_ = std::move(made);
        next_entries_.clear();
    }
    auto filled = refill();
    const std::lock_guard lock(mutex_);
    if (filled) {
        entries_.swap(next_entries_);
        converter_ = next_converter_;
        snapshot_.reset();
    }
    next_converter_.reset();
    next_entries_.clear();
    return filled;
}

std::size_t Matcher::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

std::shared_ptr<const Matcher::Snapshot> Matcher::snapshot() const {
    const std::lock_guard lock(mutex_);
    if (!snapshot_) {
        if (!converter_) converter_ = make_converter();
        std::vector<std::shared_ptr<const Entry>> entries;
        std::vector<const Candidate*> candidates;
        for (const auto& [id, entry] : entries_) {
            entries.push_back(entry);
            candidates.push_back(&entry->candidate);
        }
        snapshot_ = std::make_shared<const Snapshot>(Snapshot{converter_, std::move(entries), Catalogue(candidates, weights_)});
    }
    return snapshot_;
}

MatchList Matcher::matches(const library::Need& need, std::size_t top, Language language) const {
    const auto now = snapshot();
    const Wish wish = now->converter->wish(need);
    const Ranking ranking = now->catalogue.rank(wish, top);
    MatchList list{.need = {{}, need.title},
        .considered = static_cast<std::int64_t>(ranking.considered),
        .excluded = static_cast<std::int64_t>(ranking.excluded),
        .weights_edition = edition_.edition,
        .weights_status = edition_.status};
    if (!need.id.empty()) list.need.id = need.id;
    for (std::size_t rule = 0; rule < rule_count; ++rule)
        if (ranking.excluded_by[rule] > 0) list.excluded_by.push_back({static_cast<Rule>(rule), static_cast<std::int64_t>(ranking.excluded_by[rule])});
    const Explainer explainer(need, wish, weights_, edition_, *now->converter, library::reference(), language);
    for (const Ranked& ranked : ranking.best) {
        const Entry& entry = *now->entries[ranked.candidate];
        list.items.push_back(explainer.item(entry.technology, entry.candidate));
        require(list.items.back().score_points == ranked.score, "an explanation must sum to the score that was ranked");
    }
    return list;
}

Result<Page<Exclusion>> Matcher::exclusions(
    const library::Need& need, std::optional<Rule> rule, std::size_t limit, const std::string& cursor, Language language) const {
    const auto now = snapshot();
    const Wish wish = now->converter->wish(need);
    const std::vector<Excluded> all = now->catalogue.excluded(wish, rule);
    Page<Exclusion> page{.items = {}, .next = {}, .total = static_cast<std::int64_t>(all.size())};
    auto at = all.begin();
    if (!cursor.empty()) {
        const auto last = TRY(read_cursor(cursor));
        at = std::partition_point(
            all.begin(), all.end(), [&](const Excluded& one) { return std::pair(now->entries[one.candidate]->technology.id.text, one.rule) <= last; });
    }
    const Explainer explainer(need, wish, weights_, edition_, *now->converter, library::reference(), language);
    for (; at != all.end() && page.items.size() < limit; ++at) {
        const Entry& entry = *now->entries[at->candidate];
        page.items.push_back(explainer.exclusion(entry.technology, entry.candidate, at->rule));
    }
    if (at != all.end() && !page.items.empty()) page.next = cursor_after(page.items.back());
    return page;
}

} // namespace greenbank::match
