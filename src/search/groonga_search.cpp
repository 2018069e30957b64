// groonga_search.cpp — readings in turn, one pass over what they find, a page of hits.
#include "search/groonga_search.h"

#include "search/groonga_matches.h"
#include "search/groonga_phrases.h"
#include "search/matching.h"
#include "search/prepared.h"
#include "search/ranking.h"
#include "search/sorting.h"

namespace greenbank::search {

namespace {

constexpr std::size_t kind_place = 0; // "kind" is the first facet

struct Filter {
    std::size_t place;
    std::vector<char> holding; // by number of set
};

struct Count {
    std::size_t place;
    std::vector<std::uint32_t> by_set;
};

struct Candidate {
    grn_id document;
    double score;
    bool partial;
};

/// What a reading found: the documents, and what to score them by.
struct FoundBy {
    std::vector<grn_id> documents;
    struct Term {
        float rarity;
        std::vector<float> occurrences; // by place in `documents`
    };
    std::vector<Term> terms;   // where all were met
    std::vector<float> scores; // where some were: by place in `documents`
    bool partial = false;

    /// Keeps the places for which `holds(place)`.
    template <class Holds> void keep(Holds holds) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < documents.size(); ++i) {
            if (!holds(i)) continue;
            documents[kept] = documents[i];
            for (Term& term : terms) term.occurrences[kept] = term.occurrences[i];
            if (!scores.empty()) scores[kept] = scores[i];
            ++kept;
        }
        documents.resize(kept);
        for (Term& term : terms) term.occurrences.resize(kept);
        if (!scores.empty()) scores.resize(kept);
    }
};

class Search {
public:
    Search(const Opened& opened, const Query& query) :
        opened_(opened),
        query_(query),
        matcher_(opened.context, opened.tables, opened.frequent, *opened.knowledge.words, opened.knowledge.last_document),
        average_length_(static_cast<float>(opened.knowledge.units / static_cast<double>(std::max<std::size_t>(opened.knowledge.documents, 1)))),
        allowed_(opened, query.visible) {}

    Result<Found> run();

private:
    FoundBy everything();
    using Terms = std::vector<std::pair<std::size_t, const Condition*>>; // rarest first
    Terms rarest_first(const Reading& reading) const;
    FoundBy read(const Reading& reading);
    FoundBy read_all(const Terms& terms) const;
    FoundBy read_some(const Terms& terms);
    std::vector<char> kinds_of(const std::vector<grn_id>& documents) const;
    FoundBy read_most(const Reading& reading, const FoundBy& held);
    void remove(const std::vector<Condition>& excluded, FoundBy& found) const;
    bool any_allowed(const std::vector<grn_id>& documents);
    template <class Best>
    void filter_and_count(const FoundBy& found_by, const std::vector<Filter>& filters, std::vector<Count>& counts, Found& found, Best& best);
    bool before(const Candidate& a, const Candidate& b);
    std::string full_title_key(grn_id document);
    Stored stored(grn_id document);

    const Opened& opened_;
    const Query& query_;
    Matcher matcher_;
    float average_length_;
    Allowed allowed_;
    std::unordered_map<grn_id, std::string> title_keys_; // where short ones are equal
};

FoundBy Search::everything() {
    FoundBy all;
    for (grn_id document = 1; document <= opened_.knowledge.last_document; ++document)
        if (opened_.rows.row(document).visible != GRN_ID_NIL) all.documents.push_back(document);
    return all;
}

Search::Terms Search::rarest_first(const Reading& reading) const {
    Terms terms;
    for (const Condition& term : reading.terms) terms.emplace_back(matcher_.estimate(term), &term);
    std::stable_sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return terms;
}

FoundBy Search::read(const Reading& reading) {
    const Terms terms = rarest_first(reading);
    return reading.relaxed ? read_some(terms) : read_all(terms);
}

/// Rarest first. A frequent unit is only looked up for the documents that are left.
FoundBy Search::read_all(const Terms& terms) const {
    FoundBy out;
    for (const auto& [size, term] : terms) {
        std::vector<float> occurrences;
        std::size_t documents_with = 0;
        if (const FrequentUnit* frequent = out.terms.empty() ? nullptr : matcher_.frequent(*term)) {
            documents_with = frequent->documents();
            for (const grn_id document : out.documents) occurrences.push_back(frequent->of(document));
        } else {
            Matches matches = matcher_.find(*term);
            documents_with = matches.size();
            if (out.terms.empty()) {
                out.documents = std::move(matches.documents);
                occurrences = std::move(matches.occurrences);
            } else {
                std::size_t at = 0;
                for (const grn_id document : out.documents) {
                    while (at < matches.size() && matches.documents[at] < document) ++at;
                    occurrences.push_back(at < matches.size() && matches.documents[at] == document ? matches.occurrences[at] : 0);
                }
            }
        }
        out.terms.push_back({rarity(documents_with, opened_.knowledge.documents), std::move(occurrences)});
        if (out.terms.size() > 1) {
            const std::vector<float>& found = out.terms.back().occurrences;
            out.keep([&](std::size_t place) { return found[place] > 0; });
        }
        if (out.documents.empty()) return {};
    }
    return out;
}

/// Many terms with many matches: scored at once, one term at a time, so that no more than one list is held.
FoundBy Search::read_some(const Terms& terms) {
    FoundBy out;
    std::vector<float> scores(opened_.knowledge.last_document + 1);
    for (const auto& [size, term] : terms) {
        const Matches matches = matcher_.find(*term);
        const float rare = rarity(matches.size(), opened_.knowledge.documents);
        for (std::size_t i = 0; i < matches.size(); ++i) {
            const grn_id document = matches.documents[i];
            scores[document] += rare * relevance(matches.occurrences[i], static_cast<float>(opened_.rows.row(document).length), average_length_);
        }
    }
    for (grn_id document = 1; document < scores.size(); ++document)
        if (scores[document] > 0) out.documents.push_back(document), out.scores.push_back(scores[document]);
    return out;
}

/// Of kinds that `held` found nothing of: what holds most of the terms. Rarest first: once what is left of the terms would not be
/// enough, no new document is begun, and a frequent unit is only looked up for those begun.
FoundBy Search::read_most(const Reading& reading, const FoundBy& held) {
    const std::vector<char> kinds_held = kinds_of(held.documents);
    const auto wanted = [&](grn_id document) {
        const Row& row = opened_.rows.row(document);
        const grn_id kind = opened_.rows.facets(document)[kind_place];
        return kind != GRN_ID_NIL && kinds_held[kind] == 0 && allowed_.token(row.visible);
    };
    if (std::find(kinds_held.begin() + 1, kinds_held.end(), 0) == kinds_held.end()) return {};

    struct Term {
        const FrequentUnit* frequent;
        Matches matches;
        float rare;
    };
    std::vector<Term> terms;
    Share all;
    for (const auto& [size, condition] : rarest_first(reading)) {
        Term term{matcher_.frequent(*condition), {}, 0};
        if (!term.frequent) term.matches = matcher_.find(*condition);
        term.rare = rarity(term.frequent ? term.frequent->documents() : term.matches.size(), opened_.knowledge.documents);
        all.add(term.rare);
        terms.push_back(std::move(term));
    }
    struct Sum {
        Share met;
        float score = 0;
    };
    Share left = all;
    std::unordered_map<grn_id, Sum> sums;
    for (const Term& term : terms) {
        const auto add = [&](grn_id document, float occurrences, Sum& sum) {
            sum.met.add(term.rare);
            sum.score += term.rare * relevance(occurrences, static_cast<float>(opened_.rows.row(document).length), average_length_);
        };
        const bool begins = left.is_most_of(all);
        --left.terms, left.rarity -= double{term.rare};
        if (term.frequent && !begins) {
            for (auto& [document, sum] : sums)
                if (const std::uint8_t occurrences = term.frequent->of(document)) add(document, occurrences, sum);
            continue;
        }
        const auto each = [&](grn_id document, float occurrences) {
            if (begins ? !wanted(document) : !sums.contains(document)) return;
            add(document, occurrences, sums[document]);
        };
        if (term.frequent) term.frequent->each(opened_.knowledge.last_document, each);
        for (std::size_t i = 0; i < term.matches.size(); ++i) each(term.matches.documents[i], term.matches.occurrences[i]);
    }
    FoundBy out;
    out.partial = true;
    for (const auto& [document, sum] : sums)
        if (sum.met.is_most_of(all)) out.documents.push_back(document);
    std::sort(out.documents.begin(), out.documents.end());
    for (const grn_id document : out.documents) out.scores.push_back(sums[document].score);
    return out;
}

/// By number of the kind's set: whether the asker may see one of these documents that is of it.
std::vector<char> Search::kinds_of(const std::vector<grn_id>& documents) const {
    std::vector<char> kinds(opened_.knowledge.facets[kind_place].size());
    for (const grn_id document : documents)
        if (allowed_.token(opened_.rows.row(document).visible)) kinds[opened_.rows.facets(document)[kind_place]] = 1;
    return kinds;
}

void Search::remove(const std::vector<Condition>& excluded, FoundBy& found) const {
    for (const Condition& condition : excluded) {
        const Matches matches = matcher_.find(condition);
        std::size_t at = 0;
        found.keep([&](std::size_t place) {
            while (at < matches.size() && matches.documents[at] < found.documents[place]) ++at;
            return at == matches.size() || matches.documents[at] != found.documents[place];
        });
    }
}

bool Search::any_allowed(const std::vector<grn_id>& documents) {
    return std::any_of(documents.begin(), documents.end(), [&](grn_id document) { return allowed_(document); });
}

/// Keeps the best `most` of what is added, in no order until `take`.
template <class Before> class Best {
public:
    Best(std::size_t most, Before before) : most_(most), before_(before) {}

    void add(const Candidate& candidate) {
        if (most_ == 0 || (worst_ && !before_(candidate, *worst_))) return;
        kept_.push_back(candidate);
        if (kept_.size() / 2 >= most_ + 64) cut();
    }
    std::vector<Candidate> take() {
        if (kept_.size() > most_) cut();
        std::sort(kept_.begin(), kept_.end(), before_);
        return std::move(kept_);
    }

private:
    void cut() {
        std::nth_element(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(most_ - 1), kept_.end(), before_);
        kept_.resize(most_);
        worst_ = kept_.back(); // what comes after it will not be kept
    }

    std::size_t most_;
    Before before_;
    std::vector<Candidate> kept_;
    std::optional<Candidate> worst_;
};

bool Search::before(const Candidate& a, const Candidate& b) {
    if (a.partial != b.partial) return b.partial;
    if (query_.sort == Sort::relevance && a.score != b.score) return a.score > b.score;
    const Order &first = opened_.rows.order(a.document), &second = opened_.rows.order(b.document);
    if (query_.sort == Sort::title) {
        const auto language = static_cast<std::size_t>(query_.language);
        if (first.title_keys[language] != second.title_keys[language]) return first.title_keys[language] < second.title_keys[language];
        if (a.document != b.document)
            if (const int order = full_title_key(a.document).compare(full_title_key(b.document)); order != 0) return order < 0;
    }
    return first.updated_at != second.updated_at ? first.updated_at > second.updated_at : a.document < b.document;
}

/// A document that misses one filter only still counts for that filter's own facet.
template <class Best>
void Search::filter_and_count(const FoundBy& found_by, const std::vector<Filter>& filters, std::vector<Count>& counts, Found& found, Best& best) {
    for (std::size_t place = 0; place < found_by.documents.size(); ++place) {
        const grn_id document = found_by.documents[place];
        const Row& row = opened_.rows.row(document);
        if (!allowed_.token(row.visible)) continue;
        const grn_id* const sets = opened_.rows.facets(document);
        std::size_t failures = 0, failed = 0;
        for (const Filter& filter : filters)
            if (!filter.holding[sets[filter.place]]) ++failures, failed = filter.place;
        if (failures > 1) continue;
        for (Count& count : counts)
            if (failures == 0 || count.place == failed) ++count.by_set[sets[count.place]];
        if (failures > 0) continue;

        ++found.total;
        if (found_by.partial) ++found.partial;
        float score = !found_by.scores.empty() ? found_by.scores[place] : found_by.terms.empty() ? 1 : 0;
        for (const FoundBy::Term& term : found_by.terms)
            score += term.rarity * relevance(term.occurrences[place], static_cast<float>(row.length), average_length_);
        best.add({document, double{score} * double{row.boost}, found_by.partial});
    }
}

std::string Search::full_title_key(grn_id document) {
    auto [place, fresh] = title_keys_.try_emplace(document);
    if (fresh) place->second = sort_key(stored(document).title.best(query_.language), query_.language);
    return place->second;
}

Stored Search::stored(grn_id document) {
    Value value(opened_.context, Value::Kind::text);
    grn_obj_get_value(opened_.context, opened_.tables.stored, document, value.get());
    return parse_stored(value.bytes());
}

Result<Found> Search::run() {
    std::vector<Filter> filters;
    for (const auto& [facet, values] : query_.filters) {
        const std::size_t place = TRY(facet_place(facet, opened_.knowledge.facet_names));
        if (!values.empty()) filters.push_back({place, opened_.knowledge.facets[place].holding(values)});
    }
    std::vector<Count> counts;
    for (const std::string& facet : query_.facets) {
        const std::size_t place = TRY(facet_place(facet, opened_.knowledge.facet_names));
        counts.push_back({place, std::vector<std::uint32_t>(opened_.knowledge.facets[place].size())});
    }

    GroongaPhrases words(opened_, matcher_, allowed_);
    const Understood understood = understand(query_.text, opened_.thesaurus, words);
    Found found{.corrected = understood.corrected};
    FoundBy found_by;
    std::vector<Condition> terms, most_of;
    FoundBy completing;
    if (understood.readings.empty()) found_by = everything();
    for (const Reading& reading : understood.readings) {
        found_by = reading.terms.empty() ? everything() : read(reading);
        remove(understood.excluded, found_by);
        if (!any_allowed(found_by.documents)) {
            found_by = {};
            continue;
        }
        terms = reading.terms;
        found.relaxed = reading.relaxed;
        if (const Reading* const some = reading.terms.empty() ? nullptr : understood.completing(reading)) {
            completing = read_most(*some, found_by);
            remove(understood.excluded, completing);
            most_of = some->terms;
        }
        break;
    }

    const std::size_t most = query_.limit == 0 ? 0 : query_.offset > SIZE_MAX / 4 ? SIZE_MAX / 4 : query_.offset + std::min<std::size_t>(query_.limit, 10'000);
    Best kept(most, [this](const Candidate& a, const Candidate& b) { return before(a, b); });
    filter_and_count(found_by, filters, counts, found, kept);
    filter_and_count(completing, filters, counts, found, kept);
    const std::vector<Candidate> best = kept.take();
    for (std::size_t i = query_.offset; i < best.size(); ++i) {
        const std::vector<Condition>& marked = best[i].partial ? most_of : terms;
        char id[GRN_TABLE_MAX_KEY_SIZE];
        const int length = grn_table_get_key(opened_.context, opened_.tables.documents, best[i].document, id, sizeof id);
        const Stored parts = stored(best[i].document);
        found.hits.push_back({std::string(id, static_cast<std::size_t>(length)), parts.kind, best[i].score, best[i].partial,
            highlight(parts.title.best(query_.language), marked), excerpt(parts.summary.best(query_.language), marked)});
    }
    for (const Count& count : counts) found.facets[opened_.knowledge.facet_names[count.place]] = opened_.knowledge.facets[count.place].count(count.by_set);
    return found;
}

} // namespace

Result<Found> search(const Opened& opened, const Query& query) { return Search(opened, query).run(); }

Result<std::vector<Suggestion>> suggest(
    const Opened& opened, std::string_view text, Language language, std::span<const std::string> visible, std::size_t limit) {
    const Matcher matcher(opened.context, opened.tables, opened.frequent, *opened.knowledge.words, opened.knowledge.last_document);
    const Allowed allowed(opened, visible);
    GroongaPhrases phrases(opened, matcher, allowed);
    return suggestions(text, language, limit, opened.thesaurus, phrases);
}

std::string to_stored(const Stored& stored) {
    return join({stored.kind, stored.title.zh, stored.title.en, stored.title.ru, stored.summary.zh, stored.summary.en, stored.summary.ru},
        std::string(1, value_separator));
}

Stored parse_stored(std::string_view text) {
    std::vector<std::string_view> parts = split(text, value_separator);
    parts.resize(7);
    const auto part = [&](std::size_t i) { return std::string(parts[i]); };
    return {part(0), {part(1), part(2), part(3)}, {part(4), part(5), part(6)}};
}

} // namespace greenbank::search
