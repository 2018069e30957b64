// What comes with what was found: facets, highlights, orders, pages, suggestions; documents replaced, hostile texts.
#include <doctest/doctest.h>

#include "search/try_documents.h"

namespace greenbank::search {

TEST_CASE("facets count under all filters but their own") {
    Both both;
    for (auto& index : both.indices) {
        Query asked = query("");
        asked.facets = {"field", "country", "kind"};
        asked.filters = {{"country", {"CN", "SG"}}, {"kind", {"technology"}}};
        const Found found = must(index->search(asked));
        CHECK(found.total == 3);
        CHECK(found.facets.at("field") == std::vector<FacetCount>{{"water", 2}, {"energy", 1}});
        CHECK(found.facets.at("country") == std::vector<FacetCount>{{"CN", 2}, {"KZ", 1}, {"SG", 1}});
        CHECK(found.facets.at("kind") == std::vector<FacetCount>{{"technology", 3}});
        asked.filters = {{"country", {"nowhere"}}};
        CHECK(must(index->search(asked)).total == 0);
        asked.filters = {{"weight", {"1"}}};
        const Result<Found> refused = index->search(asked);
        REQUIRE(!refused);
        CHECK(refused.error().code == "search.facet_unknown");
    }
}

TEST_CASE("highlights cover exactly what was found") {
    struct Row {
        std::string text;
        Language language;
        std::string id, title, summary;
    };
    const Row table[] = {
        {"\"at pum\"", Language::en, "heat", "Air-source he[at pum]p system", "Stable heating at -25 °C."},
        {"haet", Language::en, "heat", "Air-source [heat] pump system", "Stable [heating] at -25 °C."},
        {"熱泵", Language::zh, "heat", "空气源[热泵]供暖系统", "在零下25℃稳定制热。"},
        {"heat pumps", Language::en, "heat", "Air-source [heat] [pump] system", "Stable [heating] at -25 °C."},
        {"heating", Language::en, "heat", "Air-source [heat] pump system", "Stable [heating] at -25 °C."},
        {"насос", Language::ru, "heat", "Воздушный тепловой [насос]", "Устойчивое отопление при −25 °C."},
        {"污水处理", Language::zh, "sewage", "膜生物反应器[污水处理]", "处理城镇污水，出水可回用。"},
        {"еще", Language::ru, "desalination", "Опреснение морской воды", "[Ещё] дешевле с солнечной энергией."},
        {"12v 锂", Language::zh, "need", "求购待处理工业废水设备", "[12V锂]电池供电的监测仪也需要。"},
        {"膜生物反应器处理", Language::zh, "sewage", "[膜生物反应器]污水[处理]", "[处理]城镇污水，出水可回用。"},
        {"热泵", Language::en, "heat", "Air-source [heat pump] system", "Stable heating at -25 °C."},
    };
    Both both;
    for (const Row& row : table)
        for (auto& index : both.indices) {
            CAPTURE(row.text);
            const Found found = must(index->search(query(row.text, row.language)));
            REQUIRE(!found.hits.empty());
            CHECK(found.hits[0].id == row.id);
            CHECK(readable(found.hits[0].title) == row.title);
            CHECK(readable(found.hits[0].summary) == row.summary);
        }
}

TEST_CASE("a long summary is shown around what was found") {
    Both both;
    std::string text;
    for (int i = 0; i < 300; ++i) text += "无关的话。";
    const Document document = {.id = "long", .title = {"长文", "", ""}, .summary = {text + "这里有藻类净化。" + text, "", ""}};
    for (auto& index : both.indices) {
        must(index->put({&document, 1}));
        const Found found = must(index->search(query("藻類")));
        REQUIRE(found.hits.size() == 1);
        const std::string shown = readable(found.hits[0].summary);
        CHECK(shown.find("这里有[藻类]净化。") != std::string::npos);
        CHECK(shown.starts_with("…"));
        CHECK(shown.ends_with("…"));
        CHECK(length_in_characters(shown) == 204); // with two ellipses and two brackets
    }
}

TEST_CASE("other orders and pages") {
    Both both;
    for (auto& index : both.indices) {
        Query asked = query("", Language::zh);
        asked.sort = Sort::newest;
        asked.limit = 2;
        Found found = must(index->search(asked));
        CHECK(found.total == 4);
        REQUIRE(found.hits.size() == 2);
        CHECK(found.hits[0].id == "heat");
        asked.offset = 3;
        found = must(index->search(asked));
        REQUIRE(found.hits.size() == 1);
        CHECK(found.hits[0].id == "need");
        asked.offset = 1000;
        CHECK(must(index->search(asked)).hits.empty());
        asked.offset = 0;
        asked.limit = 10;
        asked.sort = Sort::title; // hai, kong, mo, qiu
        found = must(index->search(asked));
        REQUIRE(found.hits.size() == 4);
        CHECK(found.hits[0].id == "desalination");
        CHECK(found.hits[1].id == "heat");
        CHECK(found.hits[2].id == "sewage");
        CHECK(found.hits[3].id == "need");
    }
}

TEST_CASE("suggestions begin as typed") {
    Both both;
    const std::vector<std::string> everyone = {"public"};
    for (auto& index : both.indices) {
        const auto suggested = [&](std::string_view text, Language language) {
            std::vector<std::string> texts;
            for (const Suggestion& suggestion : must(index->suggest(text, language, everyone, 5)))
                texts.push_back(suggestion.text + " " + std::to_string(suggestion.documents));
            return join(texts, " | ");
        };
        CHECK(suggested("熱", Language::zh) == "热泵 1");
        CHECK(suggested("Heat P", Language::en) == "heat pump 1");
        CHECK(suggested("Heat P", Language::zh) == "热泵 1"); // a keyword in the asker's language by the thesaurus
        CHECK(suggested("Heat P", Language::ru) == "тепловой насос 1");
        CHECK(suggested("heta pu", Language::zh) == "热泵 1"); // as if corrected
        CHECK(suggested("heta pu", Language::en) == "heat pump 1");
        CHECK(suggested("опреснение", Language::zh) == "海水淡化 1"); // a title in the asker's language by its document
        CHECK(suggested("опреснеине морс", Language::ru) == "Опреснение морской воды 1");
        CHECK(suggested("seawtaer", Language::zh) == "海水淡化 1");
        CHECK(suggested("haishui", Language::zh) == "海水淡化 1"); // by its sound
        CHECK(suggested("hsdh", Language::zh) == "海水淡化 1");
        CHECK(suggested("hais'dan", Language::en) == "Seawater desalination 1");
        CHECK(suggested("Hai Shui D", Language::zh) == "海水淡化 1");
        CHECK(suggested("rebeng", Language::zh) == "热泵 1");
        CHECK(suggested("rb", Language::zh) == "热泵 1");
        CHECK(suggested("repin", Language::zh) == "");
        CHECK(suggested("beng", Language::zh) == "");  // only from the beginning
        CHECK(suggested("baomi", Language::zh) == ""); // only what the asker may see
        CHECK(must(index->suggest("", Language::zh, everyone, 5)).empty());
        CHECK(must(index->suggest("heat", Language::zh, everyone, 0)).empty());
        CHECK(must(index->suggest("%_\"", Language::zh, everyone, 5)).empty());
    }
}

TEST_CASE("documents are replaced and erased whole") {
    Both both;
    for (auto& index : both.indices) {
        Document changed = documents[0];
        changed.title = {"地源换热器", "", ""};
        changed.summary = {};
        changed.keywords = {};
        changed.facets = {};
        must(index->put({&changed, 1}));
        CHECK(ids(must(index->search(query("热泵")))).empty());
        CHECK(ids(must(index->search(query("换热器")))) == "heat");
        CHECK(index->size() == 5);
        must(index->erase(std::vector<std::string>{"heat", "unknown"}));
        CHECK(index->size() == 4);
        CHECK(ids(must(index->search(query("换热器")))).empty());
        CHECK(ids(must(index->search(query("")))) == "desalination need sewage");
        must(index->clear());
        CHECK(index->size() == 0);
        CHECK(must(index->search(query(""))).total == 0);
    }
}

TEST_CASE("hostile texts are only texts") {
    Both both;
    std::string everything;
    for (int c = 1; c < 256; ++c) everything += static_cast<char>(c);
    for (auto& index : both.indices) {
        for (const std::string& text : {std::string(10'000, 'x'), std::string(10'000, '"'), std::string(9'999, ' '), everything, std::string("a\0b", 3),
                 std::string("热泵\xff\xfe"), std::string("----"), std::string("- -"), std::string("-\"")})
            CHECK(index->search(query(text)));
        std::string words;
        for (int i = 0; i < 3000; ++i) words += "泵" + std::to_string(i) + " ";
        CHECK(index->search(query(words)));
        CHECK(index->suggest(words, Language::zh, std::vector<std::string>{"public"}, 5));
        const Document bad = {.id = "", .title = {"x", "", ""}, .summary = {}};
        CHECK(!index->put({&bad, 1}));
        const Document odd = {.id = "odd", .kind = "k", .title = {everything, "", ""}, .summary = {std::string("\x01\x02\x1f"), "", ""}, .body = everything};
        CHECK(index->put({&odd, 1}));
        const Document huge = {.id = "huge", .title = {"巨大", "", ""}, .summary = {}, .body = std::string(3'000'000, 'z') + " end"};
        CHECK(index->put({&huge, 1}));
        std::string han;
        for (int i = 0; i < 100'000; ++i) han += i % 2 == 0 ? "水" : "火";
        const Document long_han = {.id = "han", .title = {"很长", "", ""}, .summary = {}, .body = han};
        CHECK(index->put({&long_han, 1}));
        CHECK(ids(must(index->search(query("水火水火水")))) == "han");
    }
}

} // namespace greenbank::search
