// entry_versions_test.cpp — every version of an entry is kept and compared; what withdrawal leaves; scales and claims.
#include <set>

#include "assessment_cast.h"

namespace greenbank::testing {

TEST_CASE("every version of an entry is kept, and any two can be compared") {
    Cast& all = cast();
    for (const auto& [shelf, body] : {std::pair(std::string("/technologies"), technology_body("first title")), {"/needs", need_body("first title")},
             {"/capital-offers", capital_offer_body("first title")}}) {
        INFO(shelf);
        const std::string path = shelf + "/" + create(all.editor, shelf, body);
        CHECK(all.editor.patch(path, R"({"title":{"zh":"第二个标题"}})").status == 200);
        CHECK(all.manager.post(path + "/publish").status == 200);
        CHECK(all.officer.patch(path, R"({"title":{"en":"third title"}})").status == 200);

        const Answer versions = all.reader.get(path + "/versions");
        CHECK(versions.all("/items", "/number") == std::vector<std::string>{"4", "3", "2", "1"});
        CHECK(versions.all("/items", "/action") == std::vector<std::string>{"update", "publish", "update", "create"});
        CHECK(versions.all("/items", "/state") == std::vector<std::string>{"published", "published", "draft", "draft"});
        CHECK(!versions.at("/items/3/person_name").empty());
        CHECK(versions.body.find("\"content\"") == std::string::npos);

        const Answer first = all.editor.get(path + "/versions/1");
        CHECK(first.at("/title/en") == "first title");
        CHECK(first.at("/version") == "1");
        CHECK(first.at("/state") == "draft");
        const Answer difference = all.editor.get(path + "/difference?from=1&to=4");
        REQUIRE(difference.status == 200);
        CHECK(difference.all("/changes", "/path") == std::vector<std::string>{"/title/zh", "/title/en", "/state"});
        CHECK(difference.at("/changes/1/before") == "\"first title\"");
        CHECK(difference.at("/changes/0/before").empty());
        CHECK(all.editor.get(path + "/difference").all("/changes", "/path") == std::vector<std::string>{"/title/en"});
        CHECK(all.editor.get(path + "/difference?from=2&to=2").size("/changes") == 0);
        CHECK(all.editor.get(path + "/versions/5").code() == "library.no_version");

        // Strangers see what was published, without who did it.
        const Answer seen = all.nobody.get(path + "/versions");
        CHECK(seen.all("/items", "/number") == std::vector<std::string>{"4", "3"});
        CHECK(seen.at("/items/0/person_name").empty());
        CHECK(seen.at("/items/0/person").empty());
        CHECK(all.nobody.get(path + "/versions/3").at("/title/en") == "first title");
        CHECK(all.nobody.get(path + "/versions/1").status == 404);
        CHECK(all.other_manager.get(path + "/difference?from=1&to=4").status == 404);
    }
    CHECK(all.nobody.get("/technologies/need_x/versions").status == 404);
}

TEST_CASE("versions come in pages, and the sample bank has its first version without one being stored") {
    Cast& all = cast();
    const std::string path = "/needs/" + create(all.editor, "/needs", need_body("paged"));
    for (int i = 0; i < 8; ++i) REQUIRE(all.editor.patch(path, fmt::format(R"({{"title":{{"en":"paged {}"}}}})", i)).status == 200);
    std::vector<std::string> numbers;
    for (std::string cursor; numbers.size() < 20;) {
        const Answer page = all.editor.get(path + "/versions?limit=4" + (cursor.empty() ? "" : "&cursor=" + cursor));
        CHECK(page.number("/total") == 9);
        for (const std::string& one : page.all("/items", "/number")) numbers.push_back(one);
        cursor = page.at("/next");
        if (cursor.empty()) break;
    }
    CHECK(numbers == std::vector<std::string>{"9", "8", "7", "6", "5", "4", "3", "2", "1"});

    const std::string sample = "/technologies/tech_sample_wet_esp";
    CHECK(all.nobody.get(sample + "/versions").all("/items", "/action") == std::vector<std::string>{"found"});
    CHECK(all.nobody.get(sample + "/versions/1").at("/id") == "tech_sample_wet_esp");
    const std::string title = all.nobody.get(sample).at("/title/en");
    REQUIRE(all.officer.patch(sample, R"({"title":{"en":"renamed"}})").status == 200);
    CHECK(all.officer.get(sample + "/versions").all("/items", "/action") == std::vector<std::string>{"update", "found"});
    CHECK(all.nobody.get(sample + "/versions/1").at("/title/en") == title);
    REQUIRE(all.officer.patch(sample, fmt::format(R"({{"title":{{"en":"{}"}}}})", title)).status == 200);
    CHECK(all.nobody.get(sample + "/difference?from=1&to=3").size("/changes") == 0);
}

TEST_CASE("a withdrawn entry leaves a tombstone; a draft leaves nothing") {
    Cast& all = cast();
    for (const auto& [shelf, body] : {std::pair(std::string("/technologies"), technology_body("taken back")), {"/needs", need_body("taken back")},
             {"/capital-offers", capital_offer_body("taken back")}}) {
        INFO(shelf);
        const std::string path = shelf + "/" + create(all.editor, shelf, body);
        REQUIRE(all.manager.post(path + "/publish").status == 200);
        CHECK(all.manager.post(path + "/withdraw", R"({"reason":""})").faulty_fields() == std::vector<std::string>{"reason"});
        REQUIRE(all.manager.post(path + "/withdraw", R"({"reason":"sold to another bank"})").status == 200);
        for (Visitor* one : {&all.nobody, &all.other_manager}) {
            const Answer gone = one->get(path);
            CHECK(gone.status == 410);
            CHECK(gone.code() == "library.withdrawn_because");
            CHECK(gone.at("/tombstone/title") == "taken back");
            CHECK(gone.at("/tombstone/reason") == "sold to another bank");
            CHECK(gone.at("/tombstone/date").size() == 10);
            CHECK(gone.at("/detail").find("taken back") != std::string::npos);
            CHECK(one->get(path + "/versions").status == 410);
            CHECK(one->get(path + "/versions/2").status == 410);
        }
        CHECK(all.other_manager.patch(path, R"({"title":{"en":"x"}})").status == 410);
        CHECK(all.reader.get(path).at("/title/en") == "taken back");
        CHECK(all.officer.get(path).at("/state") == "withdrawn");
        CHECK(all.reader.get(path + "/versions").at("/items/0/reason") == "sold to another bank");

        CHECK(all.editor.remove(path).status == 204);
        CHECK(all.editor.get(path).status == 410);
        CHECK(all.nobody.get(path).at("/tombstone/reason") == "sold to another bank");
        CHECK(all.officer.get(path + "/versions").at("/items/0/action") == "delete");
        CHECK(all.officer.get(path + "/versions/2").at("/title/en") == "taken back");

        const std::string draft = shelf + "/" + create(all.editor, shelf, body);
        REQUIRE(all.editor.patch(draft, R"({"title":{"en":"x"}})").status == 200);
        CHECK(all.editor.remove(draft).status == 204);
        CHECK(all.editor.get(draft).status == 404);
        CHECK(all.officer.get(draft + "/versions").status == 404);
    }
}

// ---- readiness --------------------------------------------------------------------------------------------------------

TEST_CASE("scales say what each level means, and a claim without evidence is remarked") {
    Cast& all = cast();
    for (const auto& [scale, levels] : {std::pair("gbt22900", 9), {"iso16290", 9}, {"iea", 11}}) {
        const Answer answer = all.nobody.get(fmt::format("/readiness-scales/{}", scale));
        CHECK(answer.size("/levels") == static_cast<std::size_t>(levels));
        for (const std::string language : {"zh", "en", "ru"})
            for (const std::string& text : answer.all("/levels", "/definition/" + language)) CHECK(text.size() > 10);
        CHECK(!answer.at("/source").empty());
    }
    CHECK(all.nobody.get("/readiness-scales/nasa").status == 422);

    const Answer refused = all.editor.post("/technologies",
        technology_body("too ready", R"(,"readiness_evidence":[{"level":10,"shows":{"en":"x"},"kind":"sales","year":2020,"link":"ftp://x"}])"));
    CHECK(refused.faulty_fields() == std::vector<std::string>{"readiness_evidence[0].link", "readiness_evidence[0].level"});

    const std::string claimed = published_technology("claims eight");
    const Answer without = all.nobody.get("/technologies/" + claimed + "/assessment");
    CHECK(without.number("/level") == 8);
    CHECK(without.number("/shown_level") == 0);
    CHECK(without.all("/remarks", "/code") == std::vector<std::string>{"readiness_nothing_shown"});
    CHECK(!without.at("/level_definition/zh").empty());
    REQUIRE(all.editor
                .patch("/technologies/" + claimed,
                    R"({"readiness_evidence":[{"level":8,"shows":{"en":"certified"},"kind":"certificate","year":2024,"link":"https://else.test/c"}]})")
                .status == 200);
    const Answer shown = all.nobody.get("/technologies/" + claimed + "/assessment");
    CHECK(shown.size("/remarks") == 0);
    CHECK(shown.number("/shown_level") == 8);
    CHECK(shown.size("/levels_without_evidence") == 7);
    std::set<std::string> sentences;
    for (const std::string language : {"zh", "en", "ru"}) {
        Visitor reader = all.visitor();
        reader.language = language;
        sentences.insert(reader.get("/technologies/tech_sample_wet_esp/assessment").at("/remarks/0/sentence"));
    }
    CHECK(sentences.size() == 3);
}

} // namespace greenbank::testing
