// library_life_test.cpp — the life of technologies, needs and capital offers: drafts, publishing, changing, deleting.
#include "cast.h"

namespace greenbank::testing {

namespace {

struct Shelf {
    std::string path;
    std::string (*body)(const std::string&, const std::string&);
};
const Shelf shelves[] = {{"/technologies", technology_body}, {"/needs", need_body}, {"/capital-offers", capital_offer_body}};

} // namespace

TEST_CASE("a draft is seen by its own organisation and the bank's staff, and by nobody else") {
    Cast& all = cast();
    for (const Shelf& shelf : shelves) {
        INFO(shelf.path);
        const std::string id = create(all.editor, shelf.path, shelf.body("hidden draft", "")), path = shelf.path + ("/" + id);
        for (Visitor* one : {&all.editor, &all.manager, &all.reader, &all.officer, &all.administrator}) CHECK(one->get(path).at("/state") == "draft");
        for (Visitor* one : {&all.nobody, &all.other_manager, &all.other_editor}) {
            CHECK(one->get(path).status == 404);
            CHECK(one->get(std::string(shelf.path) + "?state=draft").body.find(id) == std::string::npos);
            if (one == &all.nobody) continue;
            CHECK(one->patch(path, R"({"title":{"en":"stolen"}})").status == 404);
            CHECK(one->remove(path).status == 404);
        }
        CHECK(all.other_manager.post(path + "/publish").status == 404);
        CHECK(all.reader.get(std::string(shelf.path) + "?state=draft").body.find(id) != std::string::npos);
        CHECK(all.reader.patch(path, R"({"title":{"en":"x"}})").status == 403);
        CHECK(all.editor.post(path + "/publish").code() == "access.forbidden"); // an editor writes, a manager publishes
        CHECK(all.manager.post(path + "/withdraw").code() == "library.draft");
        CHECK(all.editor.remove(path).status == 204);
        CHECK(all.editor.get(path).status == 404);
        CHECK(all.editor.remove(path).status == 404);
    }
}

TEST_CASE("a published entry is seen by all, changed only by its own, withdrawn before it is deleted") {
    Cast& all = cast();
    for (const Shelf& shelf : shelves) {
        INFO(shelf.path);
        const std::string id = create(all.editor, shelf.path, shelf.body("for all to see", "")), path = shelf.path + ("/" + id);
        CHECK(all.manager.post(path + "/publish").at("/state") == "published");
        CHECK(all.manager.post(path + "/publish").code() == "library.same_state");
        CHECK(all.nobody.get(path).at("/title/en") == "for all to see");
        CHECK(all.other_editor.patch(path, R"({"title":{"en":"stolen"}})").code() == "library.not_yours");
        CHECK(all.other_manager.post(path + "/withdraw").code() == "library.not_yours");
        CHECK(all.editor.remove(path).code() == "library.published");
        CHECK(all.officer.patch(path, R"({"title":{"ru":"для всех"}})").at("/title/ru") == "для всех");
        CHECK(all.manager.post(path + "/withdraw").at("/state") == "withdrawn");
        CHECK(all.nobody.get(path).code() == "library.withdrawn");
        CHECK(all.manager.post(path + "/withdraw").code() == "library.same_state");
        CHECK(all.manager.post(path + "/publish").at("/state") == "published");
        CHECK(all.manager.post(path + "/withdraw").status == 200);
        CHECK(all.editor.remove(path).status == 204);
        CHECK(all.editor.get(path).status == 410); // a link to it still says what it was
    }
}

TEST_CASE("a merge patch changes what it names, and only if nobody else has changed the entry since") {
    Cast& all = cast();
    const std::string path =
        "/needs/" +
        create(all.editor, "/needs",
            need_body("patched",
                R"(,"budget":{"amount":"1250.00","currency":"CNY"},"requirements":[{"indicator":"effluent_cod","comparison":"at_most","value":50,"unit":"mg/L"}])"));
    const Answer first = all.editor.get(path);
    REQUIRE(!first.etag.empty());
    CHECK(all.editor.get(path, {{"If-None-Match", first.etag}}).status == 304);
    CHECK(all.editor.get(path, {{"If-None-Match", first.etag}}).body.empty());

    const Answer changed = all.editor.patch(path, R"({"title":{"zh":"补丁"}})", {{"If-Match", first.etag}});
    REQUIRE_MESSAGE(changed.status == 200, changed.body);
    CHECK(changed.at("/title/zh") == "补丁");
    CHECK(changed.at("/title/en") == "patched");
    CHECK(changed.at("/budget/amount") == "1250.00");
    CHECK(changed.etag != first.etag);
    CHECK(all.editor.get(path, {{"If-None-Match", first.etag}}).status == 200);

    const Answer late = all.editor.patch(path, R"({"title":{"en":"late"}})", {{"If-Match", first.etag}});
    CHECK(late.status == 412);
    CHECK(late.code() == "store.version");
    CHECK(all.editor.patch(path, R"({"title":{"en":"x"}})", {{"If-Match", "\"what\""}}).status == 412);
    CHECK(all.editor.get(path).at("/title/en") == "patched");

    const Answer without = all.editor.patch(path, R"({"budget":null,"requirements":[]})");
    CHECK(without.at("/budget").empty());
    CHECK(without.size("/requirements") == 0);
    const Answer nothing = all.editor.patch(path, R"({"field":null})");
    CHECK(nothing.status == 422);
    CHECK(nothing.faulty_fields() == std::vector<std::string>{"field"});
    const Answer emptied = all.editor.patch(path, R"({"title":{"zh":null,"en":null}})");
    CHECK(emptied.faulty_fields() == std::vector<std::string>{"title"});
    all.editor.content_type = "application/merge-patch+json";
    CHECK(all.editor.patch(path, R"({"country":"RU"})").at("/country") == "RU");
    all.editor.content_type = "application/json";
}

TEST_CASE("of forty changes to one version one wins") {
    Cast& all = cast();
    const std::string path = "/needs/" + create(all.editor, "/needs", need_body("contested"));
    const std::string etag = all.editor.get(path).etag;
    std::atomic<int> won = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            Visitor one = all.visitor();
            one.cookie = all.editor.cookie;
            for (int k = 0; k < 5; ++k) {
                const auto answer = one.try_send("PATCH", path, fmt::format(R"({{"title":{{"en":"by {}"}}}})", i * 5 + k), {{"If-Match", etag}});
                if (answer && answer->status == 200) ++won;
                if (answer && answer->status == 412) ++refused;
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(won == 1);
    CHECK(refused == 39);
    CHECK(all.editor.get(path).number("/version") == 2);
}

TEST_CASE("every fault of a body is named at once, with its place") {
    const Answer refused = cast().editor.post("/technologies",
        technology_body("faulty",
            R"(,"classes":["9.9.9.9"],"traits":["marine_grade","tasty"],"figures":[{"indicator":"effluent_cod","low":5,"unit":"kWh","source":"s"},{"indicator":"taste","low":1,"unit":"1","source":"s"}],"colour":"green")"));
    CHECK(refused.status == 422);
    const std::vector<std::string> fields = refused.faulty_fields();
    for (const std::string wanted : {"colour", "figures[0].unit", "figures[1].indicator"})
        CHECK_MESSAGE(std::find(fields.begin(), fields.end(), wanted) != fields.end(), wanted, " in ", refused.body);
    const Answer codes = cast().editor.post("/technologies",
        technology_body("faulty",
            R"(,"classes":["9.9.9.9"],"traits":["marine_grade","tasty"],"capacity_min":{"value":2,"unit":"kW"},"capacity_max":{"value":1,"unit":"kW"})"));
    CHECK(codes.faulty_fields() == std::vector<std::string>{"classes[0]", "traits[1]", "capacity_max"});
}

} // namespace greenbank::testing
