// naive.cpp — every search looks at every document. Slow, short, and right.
#include "search/naive.h"

#include <mutex>
#include <set>

#include "search/folding.h"
#include "search/prepared.h"
#include "search/ranking.h"
#include "search/sorting.h"
#include "search/sounds.h"
#include "search/suggesting.h"

namespace greenbank::search {

namespace {

using Kind = Condition::Kind;

bool is_run(const Condition& condition) {
    for (std::size_t i = 0; i < condition.pieces.size(); ++i)
        if (!condition.pieces[i].ideograph || (i > 0 && !condition.pieces[i].glued)) return false;
    return true;
}

/// How often the condition holds in one section.
std::size_t occurrences(const Condition& condition, const Searchable& text) {
    if (condition.kind == Kind::sequence && is_run(condition)) { // Chinese is plain substring search
        std::string run;
        for (const Piece& piece : condition.pieces) run += piece.text;
        std::size_t count = 0;
        for (std::size_t at = text.folded.find(run); at != std::string::npos; at = text.folded.find(run, at + 1)) ++count;
        return count;
    }
    std::vector<Span> spans;
    find_spans(condition, text, spans);
    return spans.size();
}

float weighted(const Condition& condition, const Prepared& document) {
    if (condition.kind == Kind::any) {
        float sum = 0;
        for (const Condition& part : condition.parts) sum += part.weight * weighted(part, document);
        return sum;
    }
    if (condition.kind == Kind::all) {
        float least = INFINITY;
        for (const Condition& part : condition.parts) least = std::min(least, weighted(part, document));
        return least;
    }
    float sum = 0;
    for (std::size_t i = 0; i < document.sections.size(); ++i) sum += section_weights[i] * static_cast<float>(occurrences(condition, document.sections[i]));
    return sum;
}

template <class List> bool holds_value(const List& list, const std::string& value) { return std::find(list.begin(), list.end(), value) != list.end(); }

/// What one asker may see.
class Seen final : public Phrases {
public:
    Seen(const std::map<std::string, Prepared>& documents, std::span<const std::string> visible) {
        for (const auto& [id, document] : documents)
            if (holds_value(visible, document.visible)) documents_.push_back(&document);
    }

    bool holds(const Condition& condition) override {
        return std::any_of(documents_.begin(), documents_.end(), [&](const Prepared* document) { return weighted(condition, *document) > 0; });
    }
    void consider(Closest& closest) override {
        for (const Prepared* document : documents_)
            for (const Searchable& section : document->sections)
                for (const std::uint32_t word : section.word_at) closest.consider(section.text(word));
    }
    std::vector<Carried> beginning(const std::string& key) override {
        return carried([&](const Phrase& phrase) { return phrase.key.starts_with(key); });
    }
    std::vector<Carried> exactly(const std::string& key) override {
        return carried([&](const Phrase& phrase) { return phrase.key == key; });
    }
    std::vector<std::string> sounding(const std::string& beginning, std::string_view typed) override {
        std::vector<std::string> keys;
        for (const Prepared* document : documents_)
            for (const Phrase& phrase : document->phrases) {
                const std::string sound = sound_key(phrase.key);
                if (sound.starts_with(beginning) && sounds_so(typed, parse_sound_key(sound).syllables)) keys.push_back(phrase.key);
            }
        return keys;
    }
    std::string title(std::uint32_t document, Language language) override { return documents_[document]->title.in(language); }

private:
    template <class Wanted> std::vector<Carried> carried(Wanted wanted) const {
        std::map<std::pair<std::string, bool>, Carried> found;
        for (std::uint32_t i = 0; i < documents_.size(); ++i)
            for (const Phrase& phrase : documents_[i]->phrases)
                if (wanted(phrase))
                    found.try_emplace({phrase.key, phrase.keyword}, Carried{phrase.key, phrase.text, phrase.keyword, {}}).first->second.documents.push_back(i);
        std::vector<Carried> out;
        for (auto& [key, one] : found) out.push_back(std::move(one));
        return out;
    }

    std::vector<const Prepared*> documents_;
};

struct Scored {
    const Prepared* document;
    double score;
    bool partial;
};

class Naive final : public Index {
public:
    Naive(std::vector<std::string> names, const Synonyms& synonyms) : facet_names_(std::move(names)), thesaurus_(synonyms) {}

    Result<Done> put(std::span<const Document> documents) override {
        TRY(load_folding()); // only now: an index that nobody fills costs nothing
        std::vector<Prepared> prepared;
        for (const Document& document : documents) prepared.push_back(TRY(prepare(document, facet_names_)));
        const std::lock_guard lock(mutex_);
        for (Prepared& document : prepared) documents_.insert_or_assign(document.id, std::move(document));
        return Done{};
    }

    Result<Done> erase(std::span<const std::string> ids) override {
        const std::lock_guard lock(mutex_);
        for (const std::string& id : ids) documents_.erase(id);
        return Done{};
    }

    Result<Found> search(const Query& query) override;
    Result<std::vector<Suggestion>> suggest(std::string_view text, Language language, std::span<const std::string> visible, std::size_t limit) override;

    Result<Done> learn_synonyms(const Synonyms& synonyms) override {
        const std::lock_guard lock(mutex_);
        thesaurus_ = Thesaurus(synonyms);
        return Done{};
    }

    Result<Done> clear() override {
        const std::lock_guard lock(mutex_);
        documents_.clear();
        memory_.clear();
        return Done{};
    }

    std::int64_t size() override {
        const std::lock_guard lock(mutex_);
        return static_cast<std::int64_t>(documents_.size());
    }

    Result<std::string> remembered(const std::string& name) override {
        const std::lock_guard lock(mutex_);
        const auto found = memory_.find(name);
        return found == memory_.end() ? std::string() : found->second;
    }

    Result<Done> remember(const std::string& name, const std::string& value) override {
        const std::lock_guard lock(mutex_);
        memory_[name] = value;
        return Done{};
    }

private:
    enum class Wanted { all, some, most };
    std::vector<Scored> read(const Reading& reading, Wanted wanted, const std::vector<Condition>& excluded, const std::vector<std::string>& visible) const;
    void sort(std::vector<Scored>& hits, const Query& query) const;

    std::mutex mutex_;
    std::vector<std::string> facet_names_;
    Thesaurus thesaurus_;
    std::map<std::string, Prepared> documents_;
    std::map<std::string, std::string> memory_;
};

std::vector<Scored> Naive::read(const Reading& reading, Wanted wanted, const std::vector<Condition>& excluded, const std::vector<std::string>& visible) const {
    double units = 0;
    std::vector<std::size_t> frequencies(reading.terms.size());
    for (const auto& [id, document] : documents_) {
        units += document.length();
        for (std::size_t i = 0; i < reading.terms.size(); ++i) frequencies[i] += weighted(reading.terms[i], document) > 0 ? 1 : 0;
    }
    const auto average = static_cast<float>(units / static_cast<double>(std::max<std::size_t>(documents_.size(), 1)));
    std::vector<Scored> hits;
    for (const auto& entry : documents_) {
        const Prepared& document = entry.second;
        if (!holds_value(visible, document.visible)) continue;
        if (std::any_of(excluded.begin(), excluded.end(), [&](const Condition& c) { return weighted(c, document) > 0; })) continue;
        Share said, met;
        float score = reading.terms.empty() ? 1 : 0;
        for (std::size_t i = 0; i < reading.terms.size(); ++i) {
            const float found = weighted(reading.terms[i], document), of_term = rarity(frequencies[i], documents_.size());
            said.add(of_term);
            if (found <= 0) continue;
            met.add(of_term);
            score += of_term * relevance(found, document.length(), average);
        }
        if (wanted == Wanted::most ? met.is_most_of(said) : met.terms == said.terms || (wanted == Wanted::some && met.terms > 0))
            hits.push_back({&document, score * document.boost, wanted == Wanted::most});
    }
    return hits;
}

void Naive::sort(std::vector<Scored>& hits, const Query& query) const {
    const auto by_title = [&](const Scored& hit) { return sort_key(hit.document->title.best(query.language), query.language); };
    std::stable_sort(hits.begin(), hits.end(), [&](const Scored& a, const Scored& b) {
        if (a.partial != b.partial) return b.partial;
        if (query.sort == Sort::relevance && a.score != b.score) return a.score > b.score;
        if (query.sort == Sort::title)
            if (const int order = by_title(a).compare(by_title(b)); order != 0) return order < 0;
        return a.document->updated_at > b.document->updated_at;
    });
}

Result<Found> Naive::search(const Query& query) {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<std::size_t, std::vector<std::string>>> filters;
    for (const auto& [facet, values] : query.filters)
        if (const std::size_t place = TRY(facet_place(facet, facet_names_)); !values.empty()) filters.emplace_back(place, values);
    std::map<std::size_t, std::map<std::string, std::int64_t>> counts;
    for (const std::string& facet : query.facets) counts[TRY(facet_place(facet, facet_names_))];

    Seen seen(documents_, query.visible);
    const Understood understood = understand(query.text, thesaurus_, seen);
    Reading reading, most_of;
    std::vector<Scored> candidates;
    if (understood.readings.empty()) candidates = read(reading, Wanted::all, understood.excluded, query.visible);
    for (const Reading& next : understood.readings) {
        candidates = read(next, next.relaxed ? Wanted::some : Wanted::all, understood.excluded, query.visible);
        reading = next;
        if (!candidates.empty()) break;
    }
    if (const Reading* const some = candidates.empty() || reading.terms.empty() ? nullptr : understood.completing(reading)) {
        most_of = *some;
        std::set<std::string> kinds;
        for (const Scored& candidate : candidates) kinds.insert(candidate.document->kind);
        for (const Scored& candidate : read(most_of, Wanted::most, understood.excluded, query.visible))
            if (const std::string& kind = candidate.document->kind; !kind.empty() && !kinds.contains(kind)) candidates.push_back(candidate);
    }

    Found found;
    found.relaxed = reading.relaxed && !candidates.empty();
    found.corrected = understood.corrected;
    std::vector<Scored> hits;
    for (const Scored& candidate : candidates) {
        std::vector<std::size_t> failed;
        for (const auto& filter : filters) {
            const auto wanted = [&](const std::string& value) { return holds_value(filter.second, value); };
            const std::vector<std::string>& own = candidate.document->facets[filter.first];
            if (std::none_of(own.begin(), own.end(), wanted)) failed.push_back(filter.first);
        }
        if (failed.empty()) hits.push_back(candidate), found.partial += candidate.partial ? 1 : 0;
        for (auto& [place, values] : counts)
            if (failed.empty() || (failed.size() == 1 && failed.front() == place))
                for (const std::string& value : candidate.document->facets[place]) ++values[value];
    }
    found.total = static_cast<std::int64_t>(hits.size());
    sort(hits, query);
    for (std::size_t i = query.offset; i < hits.size() && i - query.offset < query.limit; ++i) {
        const Prepared& document = *hits[i].document;
        const std::vector<Condition>& marked = hits[i].partial ? most_of.terms : reading.terms;
        found.hits.push_back({document.id, document.kind, hits[i].score, hits[i].partial, highlight(document.title.best(query.language), marked),
            excerpt(document.summary.best(query.language), marked)});
    }
    for (const auto& [place, values] : counts) {
        auto& list = found.facets[facet_names_[place]];
        for (const auto& [value, count] : values) list.push_back({value, count});
        sort_counts(list);
    }
    return found;
}

Result<std::vector<Suggestion>> Naive::suggest(std::string_view text, Language language, std::span<const std::string> visible, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    Seen seen(documents_, visible);
    return suggestions(text, language, limit, thesaurus_, seen);
}

} // namespace

Result<std::unique_ptr<Index>> make_naive_index(const Setup& setup) {
    return std::unique_ptr<Index>(std::make_unique<Naive>(TRY(facet_names(setup)), setup.synonyms));
}

} // namespace greenbank::search
