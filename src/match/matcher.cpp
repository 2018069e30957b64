// matcher.cpp — entries under a lock, questions on moments.
#include <algorithm>

#include "match/match.h"
#include "search/folding.h"
#include "search/units.h"

namespace greenbank::match {

std::shared_ptr<const Judging> make_judging(WeightsEdition edition) {
    auto weights = to_weights(edition);
    auto capital = to_capital_weights(edition);
    auto experts = to_expert_weights(edition);
    require(weights && capital && experts, "a matcher needs weights that were checked");
    return std::make_shared<const Judging>(Judging{std::move(edition), std::move(weights).value(), std::move(capital).value(), std::move(experts).value()});
}

namespace {

template <class Entry> const Entry* found(const std::vector<std::shared_ptr<const Entry>>& entries, const std::string& id, auto id_of) {
    const auto at = std::lower_bound(entries.begin(), entries.end(), id, [&](const auto& entry, const std::string& text) { return id_of(*entry) < text; });
    return at != entries.end() && id_of(**at) == id ? at->get() : nullptr;
}

} // namespace

const TechnologyEntry* Moment::technology(const std::string& id) const {
    return found(technologies->entries, id, [](const TechnologyEntry& one) -> const std::string& { return one.technology.id.text; });
}
const NeedEntry* Moment::need(const std::string& id) const {
    return found(needs->entries, id, [](const NeedEntry& one) -> const std::string& { return one.need.id.text; });
}

Matcher::Matcher(WeightsEdition edition) : Matcher(std::move(edition), search::fold, search::stem) {}
Matcher::Matcher(WeightsEdition edition, Fold fold, Stem stem) : fold_(std::move(fold)), stem_(std::move(stem)), judging_(make_judging(std::move(edition))) {}

std::shared_ptr<const Judging> Matcher::moment_of_weights() const {
    const std::lock_guard lock(mutex_);
    return judging_;
}

void Matcher::use(WeightsEdition edition) {
    auto judging = make_judging(std::move(edition));
    const std::lock_guard lock(mutex_);
    const bool same_texts = judging_->edition.text.title == judging->edition.text.title && judging_->edition.text.keywords == judging->edition.text.keywords &&
                            judging_->edition.text.summary == judging->edition.text.summary &&
                            judging_->edition.text.description == judging->edition.text.description;
    require(same_texts, "an edition that weighs texts otherwise needs every text to be read again");
    judging_ = std::move(judging);
    technologies_.reset(); // its columns hold points
}

std::shared_ptr<const Converter> Matcher::make_converter() const {
    return std::make_shared<const Converter>(*library::thesaurus(), edition().text, fold_, stem_);
}

std::shared_ptr<const Converter> Matcher::converter_for_putting() {
    {
        const std::lock_guard lock(mutex_);
        if (next_converter_) return next_converter_;
        if (converter_) return converter_;
    }
    auto made = make_converter();
    const std::lock_guard lock(mutex_);
    if (!converter_) converter_ = std::move(made);
    return converter_;
}

void Matcher::put(const library::Technology& technology) {
    if (technology.state != library::State::published) return erase(technology.id.text);
    auto entry = std::make_shared<TechnologyEntry>(TechnologyEntry{technology, converter_for_putting()->candidate(technology)});
    entry->technology.description = {}; // the largest part, and no explanation needs it
    const std::lock_guard lock(mutex_);
    (next_converter_ ? next_entries_ : entries_).technologies[technology.id.text] = std::move(entry);
    if (!next_converter_) technologies_.reset();
}

void Matcher::put(const library::Need& need) {
    if (need.state != library::State::published) return erase(need.id.text);
    auto entry = std::make_shared<NeedEntry>(NeedEntry{need, converter_for_putting()->wish(need)});
    entry->need.description = {};
    const std::lock_guard lock(mutex_);
    (next_converter_ ? next_entries_ : entries_).needs[need.id.text] = std::move(entry);
    if (!next_converter_) needs_.reset();
}

void Matcher::erase(const std::string& id) {
    const std::lock_guard lock(mutex_);
    Entries& entries = next_converter_ ? next_entries_ : entries_;
    const bool technology = entries.technologies.erase(id) > 0, need = entries.needs.erase(id) > 0;
    if (next_converter_) return;
    if (technology) technologies_.reset();
    if (need) needs_.reset();
}

Result<Done> Matcher::relearn(const std::function<Result<Done>()>& refill) {
    auto made = make_converter();
    {
        const std::lock_guard lock(mutex_);
        next_converter_ = std::move(made);
        next_entries_ = {};
    }
    auto filled = refill();
    const std::lock_guard lock(mutex_);
    if (filled) {
        std::swap(entries_, next_entries_);
        converter_ = next_converter_;
        technologies_.reset();
        needs_.reset();
    }
    next_converter_.reset();
    next_entries_ = {};
    return filled;
}

std::size_t Matcher::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.technologies.size();
}

std::shared_ptr<const Moment> Matcher::moment() const {
    std::shared_ptr<const Converter> first; // made outside the lock
    {
        const std::lock_guard lock(mutex_);
        first = converter_;
    }
    if (!first) first = make_converter();
    const std::lock_guard lock(mutex_);
    if (!converter_) converter_ = first;
    if (!technologies_) {
        std::vector<std::shared_ptr<const TechnologyEntry>> entries;
        std::vector<const Candidate*> candidates;
        for (const auto& [id, entry] : entries_.technologies) {
            entries.push_back(entry);
            candidates.push_back(&entry->candidate);
        }
        Catalogue catalogue(candidates, judging_->weights);
        technologies_ = std::make_shared<const TechnologyShelf>(TechnologyShelf{std::move(entries), std::move(candidates), std::move(catalogue)});
    }
    if (!needs_) {
        NeedShelf shelf;
        for (const auto& [id, entry] : entries_.needs) {
            shelf.entries.push_back(entry);
            shelf.wishes.push_back(&entry->wish);
        }
        needs_ = std::make_shared<const NeedShelf>(std::move(shelf));
    }
    return std::make_shared<const Moment>(Moment{judging_, converter_, technologies_, needs_});
}

MatchList Matcher::matches(const library::Need& need, std::size_t top, Language language) const {
    return match::matches(*moment(), need, {.top = top, .today = {}, .language = language});
}

Result<Page<Exclusion>> Matcher::exclusions(
    const library::Need& need, std::optional<Rule> rule, std::size_t limit, const std::string& cursor, Language language) const {
    return match::exclusions(*moment(), need, rule, limit, cursor, language);
}

} // namespace greenbank::match
