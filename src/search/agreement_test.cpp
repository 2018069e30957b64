// Random documents and queries: the real index and the naive one must find, count and suggest the same.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "search/prepared.h"
#include "search/try_index.h"

namespace greenbank::search {

namespace {

// Few characters, so that sequences repeat, overlap and straddle punctuation.
const std::vector<std::string> pieces = {"水", "處", "处", "理", "热", "泵", "污", "重", "a", "heat", "heats", "Pump", "pumping", "вода", "воды", "Ёж", "еж",
    "12v", "2.5", "ガ", "한", "é", "filtration"};
const std::vector<std::string> wrong = {
    "haet", "pmup", "pumpnig", "воад", "filtratoin", "fltation", "filtr", "xeat", "hea", "chi", "rb", "chli", "ump", "eat", "ate", "p"};
const std::vector<std::string> separators = {"", "", "", " ", " ", ",", "，", "\n", "-", ".", "(", "\""};
const std::vector<std::string> tokens = {"public", "org_1", "org_2"};
const std::vector<std::string> values = {"x", "y", "z"};
const std::vector<std::string> facets = {"kind", "one", "many"};

std::string random_text(Random& random, std::uint64_t length_max, double wrong_share = 0) {
    std::string text;
    for (std::uint64_t i = random.below(length_max + 1); i > 0; --i) text += random.pick(random.chance(wrong_share) ? wrong : pieces) + random.pick(separators);
    return text;
}

Document random_document(Random& random, const std::string& id) {
    Document document{.id = id,
        .kind = random.pick(values),
        .title = {random_text(random, 6), random_text(random, 4), ""},
        .summary = {random_text(random, 12), "", random_text(random, 5)},
        .body = random_text(random, 30)};
    for (std::uint64_t i = random.below(3); i > 0; --i) document.keywords.push_back(random_text(random, 2));
    if (random.chance(0.8)) document.facets.emplace_back("one", random.pick(values));
    for (std::uint64_t i = random.below(4); i > 0; --i) document.facets.emplace_back("many", random.pick(values));
    document.boost = 0.5 + random.uniform();
    document.updated_at = random.between(0, 5);
    document.visible = random.chance(0.7) ? "public" : random.pick(tokens);
    return document;
}

Query random_query(Random& random) {
    Query query{.offset = 0, .limit = 1000, .language = static_cast<Language>(random.below(3))};
    for (std::uint64_t i = 1 + random.below(4); i > 0; --i) {
        if (random.chance(0.15)) query.text += " -";
        const bool quoted = random.chance(0.2);
        query.text += (quoted ? "\"" : "") + random_text(random, 1 + random.below(6), 0.15) + (quoted && random.chance(0.9) ? "\"" : "") +
                      (random.chance(0.7) ? " " : "");
    }
    query.visible.push_back("public");
    if (random.chance(0.5)) query.visible.push_back(random.pick(tokens));
    query.facets = facets;
    for (const std::string& facet : facets)
        if (random.chance(0.3)) query.filters[facet] = {random.pick(values), random.pick(values)};
    query.sort = static_cast<Sort>(random.below(3));
    return query;
}

std::vector<std::string> in_order(const Found& found, bool with_texts) {
    std::vector<std::string> list;
    for (const Hit& hit : found.hits) list.push_back(with_texts ? hit.id + "|" + hit.kind + (hit.partial ? "~" : "|") + hit.title + "|" + hit.summary : hit.id);
    if (with_texts) std::sort(list.begin(), list.end());
    return list;
}

std::string read_as(const Found& found) {
    std::string out;
    for (const Correction& correction : found.corrected) out += correction.typed + ">" + correction.read_as + " ";
    return out;
}

void agree(Index& real, Index& naive, const Query& query) {
    CAPTURE(query.text);
    const Found a = must(real.search(query)), b = must(naive.search(query));
    CHECK(a.total == b.total);
    CHECK(a.relaxed == b.relaxed);
    CHECK(a.partial == b.partial);
    CHECK(read_as(a) == read_as(b));
    CHECK(in_order(a, true) == in_order(b, true));
    CHECK(a.facets == b.facets);
    for (std::size_t i = 0; query.sort == Sort::relevance && i < a.hits.size() && i < b.hits.size(); ++i)
        CHECK(a.hits[i].score == doctest::Approx(b.hits[i].score).epsilon(0.001));
}

/// Of texts that fold alike, any may be shown.
void agree_in_suggestions(Index& real, Index& naive, const std::string& text, Random& random) {
    CAPTURE(text);
    const auto language = static_cast<Language>(random.below(3));
    std::vector<std::string> visible = {"public"};
    if (random.chance(0.5)) visible.push_back(random.pick(tokens));
    std::map<std::string, std::int64_t> counts[2];
    for (Index* index : {&real, &naive})
        for (const Suggestion& suggestion : must(index->suggest(text, language, visible, 1000)))
            counts[index == &naive ? 1 : 0][phrase_key(suggestion.text)] = suggestion.documents;
    CHECK(counts[0] == counts[1]);
}

} // namespace

TEST_CASE("the index and its naive twin agree") {
    Setup setup = {.facets = {"one", "many"}, .synonyms = {{{"热泵", "heat pump"}, {"水", "вода", "a"}, {"12v", "处理"}}}};
    TemporaryDirectory directory;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        if (seed % 2 == 0) setup.frequent_from = 10;
        std::unique_ptr<Index> real = must(open_groonga_index(directory / std::to_string(seed), setup));
        const std::unique_ptr<Index> naive = must(make_naive_index(setup));
        for (int round = 0; round < 4; ++round) {
            std::vector<Document> documents;
            for (std::uint64_t i = random.below(40); i > 0; --i) documents.push_back(random_document(random, "id" + std::to_string(random.below(60))));
            std::vector<std::string> gone;
            for (std::uint64_t i = random.below(8); i > 0; --i) gone.push_back("id" + std::to_string(random.below(60)));
            for (Index* index : {real.get(), naive.get()}) {
                must(index->put(documents));
                must(index->erase(gone));
            }
            CHECK(real->size() == naive->size());
            if (round == 2) {
                real.reset();
                real = must(open_groonga_index(directory / std::to_string(seed), setup));
            }
            for (int i = 0; i < 150; ++i) agree(*real, *naive, random_query(random));
            for (int i = 0; i < 60; ++i) agree_in_suggestions(*real, *naive, random_text(random, 3, 0.4), random);
            for (const std::string& piece : pieces) agree_in_suggestions(*real, *naive, piece, random);
            for (const std::string& piece : wrong) agree_in_suggestions(*real, *naive, piece, random);
        }
    }
}

} // namespace greenbank::search
