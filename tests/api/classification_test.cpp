// classification_test.cpp — trees, walks, patent symbols and suggestions as a visitor asks for them.
#include "cast.h"

namespace greenbank::testing {

namespace {

Answer suggest(Visitor& visitor, const std::string& fields) { return visitor.post("/class-suggestions", "{" + fields + "}"); }

} // namespace

TEST_CASE("trees come in editions, and a day chooses among them") {
    Visitor& nobody = cast().nobody;
    const Answer all = nobody.get("/class-trees?date=2023-05-01");
    CHECK(all.number("/total") == 8);
    int in_force = 0;
    for (std::size_t i = 0; i < all.size("/items"); ++i)
        if (all.at(fmt::format("/items/{}/tree", i)) == "transition") in_force += all.at(fmt::format("/items/{}/in_force", i)) == "true";
    CHECK(in_force == 1);
    CHECK(nobody.get("/class-trees/transition?date=2023-05-01").at("/edition/edition") == "2019");
    const Answer now = nobody.get("/class-trees/transition?date=2025-05-01");
    CHECK(now.at("/edition/edition") == "2024");
    CHECK(now.at("/edition/status") == "unconfirmed");
    CHECK(nobody.get("/class-trees/sdg").size("/classes") == 17);
    const Answer water = nobody.get("/class-trees/gbepc?below=1.3.2");
    CHECK(water.all("/classes", "/code") == std::vector<std::string>{"1.3.2.1", "1.3.2.2", "1.3.2.3", "1.3.2.4"});
    CHECK(water.at("/classes/0/level") == "4");
    CHECK(water.at("/classes/0/lowest") == "true");
    CHECK(nobody.get("/class-trees/nowhere").status == 404);
    CHECK(nobody.get("/class-trees/gbepc?edition=1999").status == 404);
    CHECK(nobody.get("/class-trees/gbepc?below=9").status == 404);
    CHECK(nobody.get("/class-trees/gbepc?date=yesterday").faulty_fields() == std::vector<std::string>{"date"});
}

TEST_CASE("a class leads to other trees, with the relation and the way") {
    Visitor& nobody = cast().nobody;
    const Answer wind = nobody.get("/class-trees/gbepc/walk?code=3.2.2.1&edition=2021&to=cpc_y02");
    CHECK(wind.at("/of/name/zh").find("风") != std::string::npos);
    CHECK(wind.all("/above", "/code") == std::vector<std::string>{"3.2.2", "3.2", "3"});
    CHECK(wind.at("/reached/0/code") == "Y02E10/70");
    CHECK(wind.at("/reached/0/relation") == "close");
    CHECK(wind.at("/reached/0/status") == "unconfirmed");
    CHECK(wind.size("/reached/0/way") == 2);
    CHECK(nobody.get("/class-trees/cpc_y02/walk?code=Y02E10%2F70&to=gbepc").all("/reached", "/code") == std::vector<std::string>{"3.2.1.1", "3.2.2.1"});
    // an edition that had ended by then is not named
    CHECK(nobody.get("/class-trees/cpc_y02/walk?code=Y02E10%2F70&to=gbepc&date=2026-01-01").size("/reached") == 0);
    CHECK(nobody.get("/class-trees/gbepc/walk?code=9.9.9").status == 404);
    CHECK(nobody.get("/class-trees/gbepc/walk").faulty_fields() == std::vector<std::string>{"code"});
    CHECK(nobody.get("/class-trees/gbepc/walk?code=1&crossings=4").faulty_fields() == std::vector<std::string>{"crossings"});
}

TEST_CASE("patent symbols become classes, each with its rule; unreadable ones are named") {
    Visitor& nobody = cast().nobody;
    const Answer found = nobody.get("/patent-classes?symbols=Y02E%2010%2F541,F03D%207%2F02,A01N%2025%2F00-65%2F00,A61K31%2F00");
    CHECK(found.size("/items") == 4);
    CHECK(found.at("/items/0/symbol") == "Y02E10/541");
    CHECK(found.at("/items/0/classes/0/code") == "Y02E10/50");
    CHECK(found.at("/items/0/classes/0/rule") == "Y02E10/50-10/56");
    const std::vector<std::string> reached = found.all("/items/0/reached", "/tree");
    CHECK(std::find(reached.begin(), reached.end(), "fields") != reached.end());
    CHECK(std::find(reached.begin(), reached.end(), "gbepc") != reached.end()); // the last edition there was
    CHECK(found.at("/items/1/classes/0/tree") == "fields");
    CHECK(found.size("/items/3/classes") == 0);
    CHECK(nobody.get("/patent-classes?symbols=F03D,wind").faulty_fields() == std::vector<std::string>{"symbols[1]"});
    CHECK(nobody.get("/patent-classes").faulty_fields() == std::vector<std::string>{"symbols"});
}

TEST_CASE("a text gets suggestions with reasons, in any language, and what people confirm teaches") {
    Cast& all = cast();
    for (const std::string title : {R"("zh":"海上风力发电机组")", R"("en":"Offshore wind turbine")", R"("ru":"Морская ветроэнергетическая установка")"}) {
        CAPTURE(title);
        const Answer found = suggest(all.nobody, R"("tree":"fields","title":{)" + title + "}");
        CHECK(found.status == 200);
        CHECK(found.at("/items/0/code") == "energy_carbon");
        CHECK(found.size("/items/0/reasons") >= 1);
        CHECK(std::stod(found.at("/items/0/score")) <= 1);
        CHECK(found.number("/examples") >= 85);
    }
    const Answer classes = suggest(all.nobody, R"("title":{"zh":"膜生物反应器处理城镇污水","en":"","ru":""},"limit":3)");
    CHECK(classes.at("/edition/tree") == "gbepc");
    CHECK(classes.size("/items") == 3);
    CHECK(classes.at("/items/0/code") == "5.3.1.1");
    CHECK(classes.size("/items/0/above") == 3);

    // a word that nobody knows yet, until a manager publishes a technology with it
    const std::string word = R"("tree":"fields","title":{"en":"Floccinaucinihilator"})";
    CHECK(suggest(all.nobody, word).size("/items") == 0);
    const std::string id = create(all.editor, "/technologies", technology_body("Floccinaucinihilator"));
    CHECK(suggest(all.nobody, word).size("/items") == 0); // a draft teaches nothing
    CHECK(all.manager.post("/technologies/" + id + "/publish").status == 200);
    const Answer taught = suggest(all.nobody, word);
    CHECK(taught.size("/items") >= 1);
    CHECK(taught.at("/items/0/reasons/0/by_examples") == "true");
    CHECK(suggest(all.nobody, word + R"(,"except":")" + id + "\"").size("/items") == 0);
    CHECK(all.manager.post("/technologies/" + id + "/withdraw").status == 200);
    CHECK(suggest(all.nobody, word).size("/items") == 0);
    CHECK(all.manager.remove("/technologies/" + id).status == 204);

    CHECK(suggest(all.nobody, "").faulty_fields() == std::vector<std::string>{"title"});
    CHECK(suggest(all.nobody, R"("title":{"en":"wind"},"tree":"nowhere")").status == 404);
    CHECK(suggest(all.nobody, R"("title":{"en":"wind"},"limit":0)").faulty_fields() == std::vector<std::string>{"limit"});
    CHECK(suggest(all.nobody, R"("title":{"en":"!?"})").status == 200); // nothing speaks for anything
}

} // namespace greenbank::testing
