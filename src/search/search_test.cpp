// What people ask and what they must find, the same with the real index and the naive one.
#include <doctest/doctest.h>

#include "search/try_documents.h"

namespace greenbank::search {

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

} // namespace greenbank::search
