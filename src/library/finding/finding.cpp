// finding.cpp — the search endpoints and the index's life.
#include "library/finding/finding.h"

#include <array>

#include <fmt/format.h>

#include "api/call.h"
#include "api/jobs.h"
#include "library/entries.h"
#include "library/finding/search_documents.h"
#include "library/finding/search_misses.h"
#include "library/publishing/exports.h"
#include "library/visibility.h"

namespace greenbank::library {

struct SearchRequest {
    std::string text;
    std::vector<std::string> kind, field, country, class_, readiness, state, capital_kind, organisation_kind, peer;
    std::int64_t limit = 20, offset = 0;
    std::optional<std::string> sort;
};
Record describe(const SearchRequest*) {
    return {"search_request", "What is looked for.",
        {
            field<&SearchRequest::text>("text", "Words in Chinese, English or Russian; \"…\" is an exact phrase, -word excludes. Empty finds everything.",
                {.max = 500, .defaulted = true}),
            field<&SearchRequest::kind>("kind", "technology, need, capital_offer, organisation, expert, policy."),
            field<&SearchRequest::field>("field", "Fields."),
            field<&SearchRequest::country>("country", "Countries."),
            field<&SearchRequest::class_>("class", "Class codes of any level."),
            field<&SearchRequest::readiness>("readiness", "Levels on a scale of 1 to 9."),
            field<&SearchRequest::state>("state", "draft, published, withdrawn."),
            field<&SearchRequest::capital_kind>("capital_kind", "Kinds of capital."),
            field<&SearchRequest::organisation_kind>("organisation_kind", "Kinds of organisation."),
            field<&SearchRequest::peer>("peer", "Names of the banks and repositories that entries were harvested from."),
            field<&SearchRequest::limit>("limit", "How many at most.", {.min = 1, .max = 100, .defaulted = true}),
            field<&SearchRequest::offset>("offset", "How many to skip.", {.min = 0, .max = 10'000, .defaulted = true}),
            field<&SearchRequest::sort>("sort", "relevance, newest or title."),
        }};
}

struct SearchItem {
    std::string kind, id;
    Text title, summary;
    std::optional<std::string> field, country, peer;
    bool sample = false, partial = false;
    double score = 0;
    std::string title_highlight, summary_highlight;
};
Record describe(const SearchItem*) {
    return {"search_item", "Something found.",
        {
            field<&SearchItem::kind>("kind", "technology, need, capital_offer, organisation, expert or policy."),
            field<&SearchItem::id>("id", "Id."),
            field<&SearchItem::title>("title", "Title."),
            field<&SearchItem::summary>("summary", "Summary."),
            field<&SearchItem::field>("field", "Field."),
            field<&SearchItem::country>("country", "Country."),
            field<&SearchItem::peer>("peer", "Where it was harvested from; absent: its home is here."),
            field<&SearchItem::sample>("sample", "Part of the sample bank."),
            field<&SearchItem::partial>("partial", "Nothing of its kind has all the words; this has most of them, and stands after what has all."),
            field<&SearchItem::score>("score", "The higher, the closer."),
            field<&SearchItem::title_highlight>("title_highlight", "The title in the caller's language, matches between U+0001 and U+0002."),
            field<&SearchItem::summary_highlight>("summary_highlight", "The same of the summary, shortened around matches."),
        }};
}

struct FacetValue {
    std::string value;
    std::int64_t count = 0;
};
Record describe(const FacetValue*) {
    return {"facet_value", "A value and how many entries have it.",
        {field<&FacetValue::value>("value", "The value."), field<&FacetValue::count>("count", "How many.")}};
}

struct Facet {
    std::string name;
    std::vector<FacetValue> values;
};
Record describe(const Facet*) {
    return {"facet", "Counts under all filters but its own.",
        {field<&Facet::name>("name", "Which facet."), field<&Facet::values>("values", "Its values.", {.max = 1000})}};
}

struct CorrectedWord {
    std::string typed, read_as;
};
Record describe(const CorrectedWord*) {
    return {"corrected_word", "A word that nothing holds, and the nearest that something does, which was looked for instead.",
        {field<&CorrectedWord::typed>("typed", "As typed, in small letters."), field<&CorrectedWord::read_as>("read_as", "As it was read.")}};
}

struct SearchView {
    std::vector<SearchItem> items;
    std::vector<Facet> facets;
    std::int64_t total = 0;
    bool relaxed = false;
    std::int64_t partial = 0;
    std::vector<CorrectedWord> corrected;
};
Record describe(const SearchView*) {
    return {"search_view", "A page of what was found.",
        {field<&SearchView::items>("items", "Entries, best first."), field<&SearchView::facets>("facets", "Counts."),
            field<&SearchView::total>("total", "How many in all."), field<&SearchView::relaxed>("relaxed", "Nothing has all the words; these have some."),
            field<&SearchView::partial>("partial", "How many of the total have most of the words, in kinds in which nothing has all."),
            field<&SearchView::corrected>("corrected", "Typing errors; several rows for a word that may have been meant as several.")}};
}

struct SuggestRequest {
    std::string text;
    std::int64_t limit = 8;
};
Record describe(const SuggestRequest*) {
    return {"suggest_request", "What was typed so far.",
        {field<&SuggestRequest::text>("text", "The beginning of a title or a keyword, in any language, or of its pinyin.", {.max = 200}),
            field<&SuggestRequest::limit>("limit", "How many at most.", {.min = 1, .max = 20, .defaulted = true})}};
}

struct SuggestItem {
    std::string text;
    std::int64_t documents = 0;
};
Record describe(const SuggestItem*) {
    return {"suggest_item", "A way to go on.",
        {field<&SuggestItem::text>("text", "Title or keyword."), field<&SuggestItem::documents>("documents", "How many entries carry it.")}};
}

namespace {

constexpr std::array<std::string_view, 8> facet_names = {"field", "country", "class", "readiness", "state", "capital_kind", "organisation_kind", "peer"};
constexpr std::string_view edition = "3"; // goes up when documents are made differently: the index is then filled anew
constexpr std::size_t batch = 500;

/// Title, summary and the like of the hits, from the store: what was deleted a moment ago is left out.
template <class T, class Fill> Result<Done> load(Transaction& transaction, std::map<std::string, SearchItem*>& wanted, Fill fill) {
    std::string places;
    std::vector<Value> ids;
    for (const auto& [id, item] : wanted)
        if (item->kind == record_of<T>().name) {
            ids.emplace_back(id);
            places += fmt::format("{}${}", ids.size() > 1 ? ", " : "", ids.size());
        }
    if (ids.empty()) return Done{};
    for (const T& entry : TRY(transaction.find<T>(fmt::format("id IN ({})", places), ids))) {
        SearchItem& item = *wanted.at(entry.id.text);
        item.sample = entry.sample;
        if constexpr (requires { entry.provenance; })
            if (entry.provenance) item.peer = entry.provenance->peer_name;
        fill(entry, item);
        wanted.erase(entry.id.text);
    }
    return Done{};
}

/// Whether the text itself finds nothing: a kind chosen on the page takes nothing away, as its facet counts under all filters but its own.
bool is_miss(const SearchRequest& request, const SearchView& view) {
    const auto lists = {
        &request.field, &request.country, &request.class_, &request.readiness, &request.state, &request.capital_kind, &request.organisation_kind};
    return view.total == 0 && request.offset == 0 && std::all_of(lists.begin(), lists.end(), [](const auto* list) { return list->empty(); }) &&
           std::all_of(view.facets.begin(), view.facets.end(), [](const Facet& facet) { return facet.name != "kind" || facet.values.empty(); });
}

Result<SearchView> search_get(search::Index& index, Transaction& transaction, const Caller& caller, const SearchRequest& request) {
    auto visible = TRY(tokens_of(transaction, caller));
    search::Query query{.text = request.text,
        .visible = std::move(visible),
        .offset = static_cast<std::size_t>(request.offset),
        .limit = static_cast<std::size_t>(request.limit),
        .language = caller.language};
    for (const auto& [name, values] : {std::pair("kind", &request.kind), {"field", &request.field}, {"country", &request.country}, {"class", &request.class_},
             {"readiness", &request.readiness}, {"state", &request.state}, {"capital_kind", &request.capital_kind},
             {"organisation_kind", &request.organisation_kind}, {"peer", &request.peer}})
        if (!values->empty()) query.filters[name] = *values;
    query.facets = {"kind"};
    query.facets.insert(query.facets.end(), facet_names.begin(), facet_names.end());
    if (request.sort) {
        if (*request.sort == "newest") query.sort = search::Sort::newest;
        else if (*request.sort == "title") query.sort = search::Sort::title;
        else if (*request.sort != "relevance")
            return invalid({{"sort", "choice.unknown", "This must be one of {choices}.", {{"choices", "relevance, newest, title"}}}});
    }
    search::Found found = TRY(index.search(query));

    SearchView view{.total = found.total, .relaxed = found.relaxed, .partial = found.partial};
    for (search::Correction& correction : found.corrected) view.corrected.push_back({std::move(correction.typed), std::move(correction.read_as)});
    view.items.reserve(found.hits.size());
    std::map<std::string, SearchItem*> missing;
    for (search::Hit& hit : found.hits) {
        view.items.push_back({.kind = hit.kind,
            .id = hit.id,
            .partial = hit.partial,
            .score = hit.score,
            .title_highlight = std::move(hit.title),
            .summary_highlight = std::move(hit.summary)});
        missing.emplace(hit.id, &view.items.back());
    }
    TRY(load<Technology>(transaction, missing, [](const Technology& entry, SearchItem& item) {
        item.title = entry.title, item.summary = entry.summary, item.field = name_of(entry.field), item.country = entry.origin;
    }));
    TRY(load<Need>(transaction, missing, [](const Need& entry, SearchItem& item) {
        item.title = entry.title, item.summary = entry.summary, item.field = name_of(entry.field), item.country = entry.country;
    }));
    TRY(load<CapitalOffer>(transaction, missing, [](const CapitalOffer& entry, SearchItem& item) { item.title = entry.title, item.summary = entry.summary; }));
    TRY(load<Expert>(
        transaction, missing, [](const Expert& entry, SearchItem& item) { item.title = entry.name, item.summary = entry.post, item.country = entry.country; }));
    TRY(load<Policy>(transaction, missing, [](const Policy& entry, SearchItem& item) {
        item.title = entry.title, item.summary = entry.summary;
        if (!entry.territories.empty() && entry.territories[0] != "WORLD") item.country = entry.territories[0].substr(0, 2);
    }));
    TRY(load<Organisation>(transaction, missing,
        [](const Organisation& entry, SearchItem& item) { item.title = entry.name, item.summary = entry.about, item.country = entry.country; }));
    std::erase_if(view.items, [&](const SearchItem& item) { return missing.contains(item.id); });
    for (auto& [name, values] : found.facets) {
        Facet facet{name, {}};
        for (search::FacetCount& value : values)
            if (facet.values.size() < 500) facet.values.push_back({std::move(value.value), value.count});
        view.facets.push_back(std::move(facet));
    }
    return view;
}

} // namespace

Result<Response> search_export(search::Index& index, Store& store, const Caller& caller, const Request& request) {
    constexpr std::int64_t rows_max = 10'000, rows_at_once = 100;
    Request search = request;
    const ExportFormat format = TRY(take_format(search));
    SearchRequest asked;
    TRY(bind_request(search, record_of<SearchRequest>(), &asked));
    const auto file = TRY(make_export(record_of<SearchItem>(), format, caller));
    asked.limit = rows_at_once;
    for (asked.offset = 0; asked.offset < rows_max; asked.offset += rows_at_once) {
        SearchView view;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> { return view = TRY(search_get(index, transaction, caller, asked)), Done{}; }));
        for (SearchItem& item : view.items) {
            item.title_highlight.clear();
            item.summary_highlight.clear();
            TRY(file->row(&item));
        }
        if (asked.offset + rows_at_once >= view.total) break;
    }
    return file->finish();
}

namespace {

Result<Page<SuggestItem>> search_suggest(search::Index& index, Transaction& transaction, const Caller& caller, const SuggestRequest& request) {
    const std::vector<std::string> visible = TRY(tokens_of(transaction, caller));
    Page<SuggestItem> page;
    for (search::Suggestion& suggestion : TRY(index.suggest(request.text, caller.language, visible, static_cast<std::size_t>(request.limit))))
        page.items.push_back({std::move(suggestion.text), suggestion.documents});
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

/// Puts all records of T into the index, a batch at a time by id, so that memory stays small.
template <class T, class Progress> Result<Done> put_all(Store& store, search::Index& index, Progress progress) {
    std::string last;
    while (true) {
        std::vector<search::Document> documents;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> {
            for (const T& entry : TRY(transaction.find<T>(fmt::format("id > $1 ORDER BY id LIMIT {}", batch), {last}))) {
                documents.push_back(document_of(entry));
                last = entry.id.text;
            }
            return Done{};
        }));
        if (documents.empty()) return Done{};
        TRY(index.put(documents));
        if (!progress(documents.size())) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    }
}

template <class Progress> Result<std::string> rebuild(Store& store, search::Index& index, Progress progress) {
    const std::string cursor = TRY(store.announced_until());
    TRY(index.clear());
    TRY(put_all<Organisation>(store, index, progress));
    TRY(put_all<Technology>(store, index, progress));
    TRY(put_all<Need>(store, index, progress));
    TRY(put_all<CapitalOffer>(store, index, progress));
    TRY(put_all<Expert>(store, index, progress));
    TRY(put_all<Policy>(store, index, progress));
    TRY(index.remember("cursor", cursor));
    TRY(index.remember("edition", std::string(edition)));
    TRY(index.remember("identity", TRY(store.identity()))); // last: an index that was not filled to its end is worthless
    return cursor;
}

template <class T>
Result<Done> put_one(Transaction& transaction, const std::string& id, std::vector<search::Document>& documents, std::vector<std::string>& gone) {
    const auto entry = TRY(transaction.find_one<T>("id = $1", {id}));
    if (entry) documents.push_back(document_of(*entry));
    else gone.push_back(id);
    return Done{};
}

Result<Job> search_rebuild(Transaction& transaction, const Caller& caller) { return start_job(transaction, caller, "search_rebuild"); }

} // namespace

search::Synonyms synonyms_of(const Thesaurus& concepts) {
    search::Synonyms synonyms;
    for (const Concept& each : concepts) {
        std::vector<std::string> group;
        for (const auto* words : {&each.zh, &each.en, &each.ru}) group.insert(group.end(), words->begin(), words->end());
        synonyms.groups.push_back(std::move(group));
    }
    return synonyms;
}

search::Setup search_setup(const Thesaurus& concepts) {
    search::Setup setup;
    setup.facets.assign(facet_names.begin(), facet_names.end());
    setup.synonyms = synonyms_of(concepts);
    return setup;
}

Result<std::string> fill_index(Store& store, search::Index& index) {
    const std::string identity = TRY(store.identity());
    if (TRY(index.remembered("identity")) == identity && TRY(index.remembered("edition")) == edition) return index.remembered("cursor");
    return rebuild(store, index, [](std::size_t) { return true; });
}

Result<Done> follow_index(Store& store, search::Index& index, const std::vector<Announcement>& changes, const std::string& cursor) {
    std::vector<search::Document> documents;
    std::vector<std::string> gone;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        documents.clear();
        gone.clear();
        for (const Announcement& change : changes) {
            if (change.record == "technology") TRY(put_one<Technology>(transaction, change.id, documents, gone));
            else if (change.record == "need") TRY(put_one<Need>(transaction, change.id, documents, gone));
            else if (change.record == "capital_offer") TRY(put_one<CapitalOffer>(transaction, change.id, documents, gone));
            else if (change.record == "expert") TRY(put_one<Expert>(transaction, change.id, documents, gone));
            else if (change.record == "policy") TRY(put_one<Policy>(transaction, change.id, documents, gone));
            else if (change.record == "organisation") TRY(put_one<Organisation>(transaction, change.id, documents, gone));
        }
        return Done{};
    }));
    if (!gone.empty()) TRY(index.erase(gone));
    if (!documents.empty()) TRY(index.put(documents));
    return index.remember("cursor", cursor);
}

std::vector<Endpoint> finding_endpoints(search::Index& index, MissLog& misses) {
    return {
        // clang-format off
        {"search_get", Method::get, "/search", "Find technologies, needs, capital, organisations, experts and policies, with counts by facet.", Mode::read, open_to_all,
         call([&index, &misses](Transaction& transaction, const Caller& caller, const SearchRequest& request) -> Result<SearchView> {
             SearchView view = TRY(search_get(index, transaction, caller, request));
             if (is_miss(request, view)) misses.note(request.text, caller.language, caller.now);
             return view;
         })},
        {"search_suggest", Method::get, "/search/suggest", "Ways to go on typing.", Mode::read, open_to_all,
         call(index, search_suggest)},
        {"search_rebuild", Method::post, "/search/rebuild", "Fill this server's search index anew.", Mode::write, manage_library, call(search_rebuild)},
        // clang-format on
    };
}

std::vector<JobKind> finding_jobs(search::Index& index) {
    return {
        {"search_rebuild", "Fills the search index anew.", manage_library, [&index](JobRun& run) -> Result<std::string> {
             std::int64_t total = 0, done = 0;
             TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
                 total = as_integer(TRY(
                     transaction.query("SELECT (SELECT COUNT(*) FROM technology) + (SELECT COUNT(*) FROM need) + (SELECT COUNT(*) FROM "
                                       "capital_offer) + (SELECT COUNT(*) FROM organisation) + (SELECT COUNT(*) FROM expert) + (SELECT COUNT(*) FROM policy)"))
                                        .single());
                 return Done{};
             }));
             TRY(rebuild(run.store(), index, [&](std::size_t count) { return run.report(done += static_cast<std::int64_t>(count), total); }));
             return fmt::format(R"({{"documents":{}}})", done);
         }}};
}

} // namespace greenbank::library
