// percolating_test.cpp — standing queries by scenarios, and against an index that holds one document.
#include "kernel/random.h"
#include "search/percolating.h"

#include <doctest/doctest.h>

#include "search/folding.h"
#include "search/naive.h"

namespace greenbank::search {

namespace {

Setup setup() { return {.facets = {"field", "country"}, .synonyms = {{{"热泵", "heat pump", "тепловой насос"}, {"污水处理", "wastewater treatment"}}}}; }

Percolator percolator() {
    REQUIRE(load_folding());
    return Percolator::make(setup()).value();
}

Document document(std::string zh, std::string en, std::string body = "") {
    return {.id = "d",
        .kind = "technology",
        .title = {std::move(zh), std::move(en), ""},
        .summary = {},
        .body = std::move(body),
        .facets = {{"field", "heat"}, {"country", "CN"}}};
}

void check(const std::string& text, const Document& one, bool expected) {
    CAPTURE(text);
    Percolator all = percolator();
    REQUIRE(all.put("q", {.text = text, .visible = {"public"}}));
    CHECK(!all.matches(one).value().empty() == expected);
}

} // namespace

TEST_CASE("a document meets a standing query where all its words are there, by stem, by synonym, as Chinese stands") {
    const Document pump = document("空气源热泵机组", "Air source heat pumps");
    check("热泵", pump, true);
    check("熱泵", pump, true);
    check("heat pump", pump, true);
    check("насос тепловой", pump, false); // a synonym is what it is in its order
    check("тепловой насос", pump, true);
    check("pump -air", pump, false);
    check("pump -water", pump, true);
    check("\"rce heat\"", pump, true);
    check("\"heat air\"", pump, false);
    check("heat boiler", pump, false);      // some of the words are not enough
    check("hea", pump, false);              // the last word is whole
    check("hate pumps", pump, false);       // nothing is corrected
    check("空气源热泵用机组", pump, false); // a long run by its pairs: 泵用 is not there
    check("", pump, true);
}

TEST_CASE("filters and who may see hold, and what was taken away is not asked again") {
    Percolator all = percolator();
    Document pump = document("热泵", "heat pump");
    REQUIRE(all.put("heat", {.text = "热泵", .filters = {{"field", {"heat", "water"}}}, .visible = {"public"}}));
    REQUIRE(all.put("russia", {.text = "热泵", .filters = {{"country", {"RU"}}}, .visible = {"public"}}));
    REQUIRE(all.put("own", {.text = "热泵", .visible = {"org_1"}}));
    CHECK(all.matches(pump).value() == std::vector<std::string>{"heat"});
    pump.visible = "org_1";
    CHECK(all.matches(pump).value() == std::vector<std::string>{"own"});
    all.erase("own");
    CHECK(all.matches(pump).value().empty());
    CHECK(all.size() == 2);
    CHECK(!all.put("odd", {.text = "x", .filters = {{"colour", {"red"}}}, .visible = {}}));
}

TEST_CASE("whatever the queries, a document meets those that a search over it alone would find it by") {
    static const std::vector<std::string> words = {"热", "泵", "热泵", "空气源", "污水处理厂", "污水", "heat", "pump", "pumps", "wastewater", "treatment",
        "тепловой", "насос", "насосы", "pm2.5", "-pump", "-热泵", "\"heat p\"", "\"水处\"", "膜", "membrane"};
    std::size_t compared_all = 0, queries_all = 0, met_all = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto some = [&](std::size_t most) {
            std::string text;
            for (std::uint64_t n = 1 + random.below(most); n > 0; --n) {
                const std::string& word = random.pick(words);
                text += (random.chance(0.7) ? " " : "") + word;
            }
            return text;
        };
        Percolator all = percolator();
        std::map<std::string, std::string> texts;
        for (int i = 0; i < 20; ++i) {
            const std::string id = std::to_string(i), text = some(3);
            REQUIRE(all.put(id, {.text = text, .visible = {"public"}}));
            texts[id] = text;
            if (!random.chance(0.1)) continue;
            const std::string gone = std::to_string(random.below(20));
            all.erase(gone);
            texts.erase(gone);
        }
        const Document one = document(some(4), some(4), some(6));
        const auto index = make_naive_index(setup()).value();
        REQUIRE(index->put({&one, 1}));
        std::vector<std::string> expected;
        for (const auto& [id, text] : texts) {
            const Found found = index->search({.text = text + " ", .visible = {"public"}}).value();
            if (found.total > 0 && !found.relaxed && found.corrected.empty()) expected.push_back(id);
        }
        std::size_t compared = 0;
        const std::vector<std::string> met = all.matches(one, &compared).value();
        CHECK(met == expected);
        compared_all += compared, queries_all += all.size(), met_all += met.size();
    }
    CHECK(met_all > 300);
    CHECK(compared_all < queries_all); // most are never looked at
}

} // namespace greenbank::search
