// What people ask and what they must find, the same with the real index and the naive one.
#include <doctest/doctest.h>

#include "search/try_index.h"

namespace greenbank::search {

namespace {

const std::vector<Document> documents = {
    {.id = "heat",
        .kind = "technology",
        .title = {"空气源热泵供暖系统", "Air-source heat pump system", "Воздушный тепловой насос"},
        .summary = {"在零下25℃稳定制热。", "Stable heating at -25 °C.", "Устойчивое отопление при −25 °C."},
        .keywords = {"热泵", "heat pumps", "тепловые насосы"},
        .facets = {{"field", "energy"}, {"country", "CN"}, {"country", "KZ"}},
        .updated_at = 5},
    {.id = "sewage",
        .kind = "technology",
        .title = {"膜生物反应器污水处理", "Membrane bioreactor for sewage", "Очистка сточных вод мембраной"},
        .summary = {"处理城镇污水，出水可回用。", "Treats municipal wastewater; effluents can be reused.", ""},
        .body = "用于工程改造,无需新建。PM2.5 不相关",
        .keywords = {"污水处理"},
        .facets = {{"field", "water"}, {"country", "CN"}},
        .updated_at = 4},
    {.id = "desalination",
        .kind = "technology",
        .title = {"海水淡化", "Seawater desalination", "Опреснение морской воды"},
        .summary = {"", "Reverse osmosis of sea water.", "Ещё дешевле с солнечной энергией."},
        .facets = {{"field", "water"}, {"country", "SG"}},
        .updated_at = 3},
    {.id = "need",
        .kind = "need",
        .title = {"求购待处理工业废水设备", "", ""},
        .summary = {"12V锂电池供电的监测仪也需要。", "", ""},
        .facets = {{"field", "water"}, {"country", "KH"}},
        .updated_at = 2},
    {.id = "secret",
        .kind = "need",
        .title = {"保密的热泵需求", "Secret heat pump need", ""},
        .summary = {},
        .facets = {{"field", "energy"}},
        .updated_at = 1,
        .visible = "org_1"},
};

const Setup setup = {.facets = {"field", "country"}, .synonyms = {{{"热泵", "heat pump", "тепловой насос"}, {"反渗透", "reverse osmosis"}}}};

struct Both {
    TemporaryDirectory directory;
    std::vector<std::unique_ptr<Index>> indices;

    explicit Both(const Setup& wanted = setup) {
        indices.push_back(must(open_groonga_index(directory / "index", wanted)));
        indices.push_back(must(make_naive_index(wanted)));
        for (auto& index : indices) must(index->put(documents));
    }
};

Query query(std::string text, Language language = Language::zh) { return {.text = std::move(text), .visible = {"public"}, .limit = 100, .language = language}; }

} // namespace

TEST_CASE("queries find what they should") {
    struct Row {
        std::string text, found;
        bool relaxed = false;
    };
    const Row table[] = {
        {"", "desalination heat need sewage"},
        {"   \t\n", "desalination heat need sewage"},
        {"热泵", "heat"},
        {"熱泵", "heat"},
        {"泵", "heat"},
        {"处理", "need sewage"}, // 待处理, too
        {"待处理", "need"},
        {"處理", "need sewage"},
        {"工程", "sewage"},
        {"污水 处理", "sewage"},
        {"工业废水的设备", "need", true}, // the pair 水的 is nowhere
        {"待处理设备工业", "need sewage", true},
        {"膜生物反应器处理", "need sewage", true},
        {"待处理城镇", "need sewage", true},
        {"海水淡化设备", "desalination need", true},
        {"12v锂电池", "need"},
        {"１２Ｖ 鋰電池", "need"},
        {"heat pump", "heat"},
        {"HEAT PUMPS", "heat"},
        {"pumping", "heat"},
        {"heat pum", "heat"},
        {"desal", "desalination"},
        {"effluent", "sewage"},
        {"тепловой насос", "heat"},
        {"насосы", "heat"},
        {"очистки сточной воды", "sewage"},
        {"еще", "desalination"},
        {"ЕЩЁ", "desalination"},
        {"pm2.5", "sewage"},
        {"pm2.50", ""},
        {"\"heat pump\"", "heat"},
        {"\"pump heat\"", ""},
        {"\"air-source heat\"", "heat"}, // punctuation as typed
        {"\"air source heat\"", ""},
        {"\"r-source he\"", "heat"}, // within words
        {"\"at pum\"", "heat"},
        {"\"esalinat\"", "desalination"},
        {"\"ffluent\"", "sewage"},
        {"\"pm2\"", "sewage"},
        {"\"M2.\"", "sewage"},
        {"\"m2.6\"", ""},
        {"\"-25 °C\"", "heat"},
        {"\"−25 °C\"", "heat"},
        {"\"25 °C.\"", "heat"},
        {"\"25℃\"", "heat"},
        {"\"改造,无\"", "sewage"},
        {"\"改造，无\"", "sewage"}, // full width is half width
        {"\"改造无\"", ""},
        {"\"of   sea\twater.\"", "desalination"}, // any white space is one blank
        {"\"系统 air\"", ""},                     // not from one language's title into the other's
        {"\" heat pump \"", "heat"},
        {"\"a\"", ""}, // single letters are words
        {"reuse -\"eused\"", ""},
        {"\"污水处理\"", "sewage"},
        {"“污水处理”", "sewage"},
        {"\"处理城镇\"", "sewage"},
        {"\"处理 城镇\"", ""},
        {"处理 -城镇", "need"},
        {"处理 -\"工业废水\"", "sewage"},
        {"-处理", "desalination heat"},
        {"污水 热泵", "heat sewage", true},
        {"反渗透", "desalination"}, // by the thesaurus
        {"reverse osmosis", "desalination"},
        {"夸克", ""},
        {"\"", "desalination heat need sewage"},
        {"\"热泵", "heat"},
        {"%", "desalination heat need sewage"},
        {"( OR )", "", false},
        {"title:热泵 _key:heat", "heat", true},
        {"热泵 || 污水", "heat sewage", true},
        {"热泵*", "heat"},
        {"~热泵", "heat"},
        {"热泵\x01\x02\x1f", "heat"},
        {"@^heat", "heat"},
    };
    Both both;
    for (const Row& row : table)
        for (std::size_t i = 0; i < both.indices.size(); ++i) {
            CAPTURE(row.text);
            CAPTURE(i);
            const Found found = must(both.indices[i]->search(query(row.text)));
            CHECK(ids(found) == row.found);
            CHECK(found.relaxed == row.relaxed);
            CHECK(found.total == static_cast<std::int64_t>(found.hits.size()));
        }
}

TEST_CASE("what holds all the words in one kind does not hide what holds most of them in another") {
    const std::vector<Document> mixed = {
        {.id = "maker", .kind = "organisation", .title = {"膜生物反应器海水淡化中心", "Membrane desalination Almaty institute", ""}, .summary = {}},
        {.id = "membrane", .kind = "technology", .title = {"海水淡化膜", "Membrane desalination", ""}, .summary = {}, .updated_at = 9},
        {.id = "rare", .kind = "technology", .title = {"淡化", "Desalination with waste heat", ""}, .summary = {}},
        {.id = "other", .kind = "technology", .title = {"烘干", "Drying with waste heat", ""}, .summary = {}},
        {.id = "institute", .kind = "expert", .title = {"教授", "Professor of another institute", ""}, .summary = {}},
        {.id = "hidden", .kind = "technology", .title = {"海水淡化膜", "Membrane desalination", ""}, .summary = {}, .visible = "org_1"},
    };
    struct Row {
        std::string text, found; // what holds most of the words behind a ~
        bool relaxed = false;
    };
    const Row table[] = {
        {"membrane desalination almaty", "maker ~membrane"}, {"membrane desalination", "maker membrane"}, // experts hold too little of it
        {"desalination heat", "rare"},                                                                    // of two words the commoner one is too little
        {"membrane institute", "maker ~institute"},                                                       // the rarer one will do
        {"desalination heat -almaty", "rare"}, {"\"membrane desalination almaty\" heat", "~", true},      // nothing has both
        {"\"desalination almaty\" institute", "maker"},                                                   // to the letter: nothing is added
        {"海水淡化中心", "maker ~membrane"}, {"membrane", "maker membrane"},
        {"membrane desalination drying", "maker membrane other rare", true}, // nothing has all of them
    };
    Both both;
    for (auto& index : both.indices) {
        must(index->clear());
        must(index->put(mixed));
        for (const Row& row : table) {
            CAPTURE(row.text);
            Query asked = query(row.text);
            asked.facets = {"kind"};
            for (const Sort sort : {Sort::relevance, Sort::newest, Sort::title}) {
                asked.sort = sort;
                const Found found = must(index->search(asked));
                std::string all, partial;
                std::vector<std::string> names;
                for (const Hit& hit : found.hits) {
                    CHECK((names.empty() || hit.partial || names.back()[0] != '~')); // after all others, whatever the order
                    names.push_back((hit.partial ? "~" : "") + hit.id);
                }
                CHECK(found.partial == std::count_if(names.begin(), names.end(), [](const std::string& name) { return name[0] == '~'; }));
                std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return (a[0] == '~') != (b[0] == '~') ? a[0] != '~' : a < b; });
                if (row.found != "~") CHECK(join(names, " ") == row.found);
                CHECK(found.relaxed == row.relaxed);
                std::int64_t counted = 0;
                for (const FacetCount& count : found.facets.at("kind")) counted += count.count;
                CHECK(counted == found.total);
            }
        }
        Query technologies = query("membrane desalination almaty", Language::en); // a filter changes nothing in how it is read
        technologies.filters["kind"] = {"technology"};
        const Found found = must(index->search(technologies));
        REQUIRE(found.hits.size() == 1);
        CHECK(found.hits[0].partial);
        CHECK(found.partial == 1);
        CHECK(!found.relaxed);
        CHECK(found.hits[0].title == "\x01Membrane\x02 \x01"
                                     "desalination\x02");
    }
}

TEST_CASE("typing errors are read as the nearest words there are") {
    struct Row {
        std::string text, found, corrected;
        bool relaxed = false;
    };
    const Row table[] = {
        {"heat pumps", "heat", ""},
        {"haet pump", "heat", "haet>heat"},
        {"HAET PUPM ", "heat", "haet>heat pupm>pump"},
        {"desalinatoin", "desalination", "desalinatoin>desalination"},
        {"dsalinaton", "desalination", "dsalinaton>desalination"},
        {"dslinaton", "", ""}, // three edits
        {"sae", "", ""},       // too short
        {"wter", "desalination", "wter>water"},
        {"efluents", "sewage", "efluents>effluents"},
        {"бассейн", "", ""},
        {"опресниние", "desalination", "опресниние>опреснение"},
        {"сточнх вод", "sewage", "сточнх>сточных"},
        {"насоссы", "heat", "насоссы>насос"},                    // nearest by its stem
        {"еще дешевлее", "desalination", ""},                    // the stem is there
        {"desaln ", "desalination", "desaln>desalination"},      // nearest by its stem
        {"desalntio", "desalination", "desalntio>desalination"}, // unfinished, and wrong
        {"desalntio ", "", ""},                                  // finished
        {"\"haet\"", "", ""},                                    // quoted as typed
        {"heat -pupm", "heat", ""},                              // nor what is excluded
        {"pm2.51", "", ""},                                      // nor numbers
        {"热蹦", "", ""},                                        // nor Chinese
        {"secert", "", ""},                                      // what others may see is not told
        {"revrese osmossis", "desalination", "revrese>reverse osmossis>osmosis"},
        {"teplovoy", "", ""},
        {"тепловй насос", "heat", ""}, // the stem is there
        {"теплвой насос", "heat", "теплвой>тепловой"},
        {"heat pmup membrane", "heat sewage", "pmup>pump", true},
    };
    Both both;
    for (const Row& row : table)
        for (std::size_t i = 0; i < both.indices.size(); ++i) {
            CAPTURE(row.text);
            CAPTURE(i);
            const Found found = must(both.indices[i]->search(query(row.text)));
            std::vector<std::string> corrected;
            for (const Correction& correction : found.corrected) corrected.push_back(correction.typed + ">" + correction.read_as);
            CHECK(ids(found) == row.found);
            CHECK(join(corrected, " ") == row.corrected);
            CHECK(found.relaxed == row.relaxed);
        }
}

TEST_CASE("what people complained of elsewhere") {
    const std::vector<Document> complaints = {
        {.id = "install", .title = {"安装简单", "", ""}, .summary = {"花园里的设备", "", ""}},
        {.id = "pending", .title = {"待处理", "", ""}},
        {.id = "building", .title = {"在建工程", "", ""}},
        {.id = "bank", .title = {"农业发展银行", "", ""}},
        {.id = "sight", .title = {"景点", "", ""}},
        {.id = "classic", .title = {"经典", "", ""}},
        {.id = "battery", .title = {"12V锂电池", "", ""}},
        {.id = "sweep", .title = {"大卫到了扫", "", ""}},
        {.id = "end", .title = {"終わり", "", ""}},
        {.id = "half", .title = {"用½水，ﾎﾟﾝﾌﾟ", "", ""}},
    };
    struct Row {
        std::string text, found, title = {};
    };
    const Row table[] = {
        {"简单", "install", "安装[简单]"},
        {"簡單", "install", "安装[简单]"},
        {"处理", "pending", "待[处理]"},
        {"工程", "building", "在建[工程]"},
        {"农业", "bank", "[农业]发展银行"},
        {"银行", "bank", "农业发展[银行]"},
        {"景点", "sight", "[景点]"},
        {"经典", "classic", "[经典]"},
        {"jingdian", ""},
        {"花", "install"},
        {"锂", "battery", "12V[锂]电池"},
        {"12V锂电池", "battery", "[12V锂电池]"},
        {"１２ｖ鋰電池", "battery", "[12V锂电池]"},
        {"12v 锂电", "battery", "[12V锂电]池"},
        {"\"v锂\"", "battery", "12[V锂]电池"},
        {"大卫", "sweep", "[大卫]到了扫"},
        {"扫", "sweep", "大卫到了[扫]"},
        {"终", "end", "[終]わり"},
        {"1/2", "half", "用[½]水，ﾎﾟﾝﾌﾟ"},
        {"½", "half", "用[½]水，ﾎﾟﾝﾌﾟ"},
        {"ポンプ", "half", "用½水，[ﾎﾟﾝﾌﾟ]"},
        {"工程 -在建", ""},
        {"\"处理\" -待", ""},
    };
    Both both;
    std::vector<std::string> all;
    for (const Document& document : documents) all.push_back(document.id);
    for (auto& index : both.indices) {
        must(index->erase(all));
        must(index->put(complaints));
        for (const Row& row : table) {
            CAPTURE(row.text);
            const Found found = must(index->search(query(row.text)));
            CHECK(ids(found) == row.found);
            if (!row.title.empty() && !found.hits.empty()) CHECK(readable(found.hits[0].title) == row.title);
        }
    }
}

TEST_CASE("titles count more than summaries, exact words more than beginnings") {
    Both both;
    const std::vector<Document> more = {
        {.id = "a", .title = {"", "Filter", ""}, .summary = {"", "Something about a valve.", ""}},
        {.id = "b", .title = {"", "Valve", ""}, .summary = {"", "Something about a filter.", ""}},
        {.id = "c", .title = {"", "Filtering station", ""}, .summary = {"", "Something about a tank.", ""}, .boost = 0.1},
    };
    for (auto& index : both.indices) {
        must(index->put(more));
        const Found found = must(index->search(query("filter", Language::en)));
        REQUIRE(found.hits.size() == 3);
        CHECK(found.hits[0].id == "a");
        CHECK(found.hits[1].id == "b");
        CHECK(found.hits[2].id == "c");
    }
}

TEST_CASE("only the asker's documents are found, counted, highlighted and suggested") {
    Both both;
    for (auto& index : both.indices) {
        CHECK(must(index->search(query("保密"))).total == 0);
        Query member = query("热泵");
        member.visible = {"public", "org_1"};
        member.facets = {"kind"};
        const Found found = must(index->search(member));
        CHECK(ids(found) == "heat secret");
        CHECK(found.facets.at("kind") == std::vector<FacetCount>{{"need", 1}, {"technology", 1}});
        member.visible = {};
        CHECK(must(index->search(member)).total == 0);
        CHECK(must(index->suggest("保密", Language::zh, std::vector<std::string>{"public"}, 5)).empty());
        CHECK(must(index->suggest("保密", Language::zh, std::vector<std::string>{"org_1"}, 5)).size() == 1);
    }
}

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
