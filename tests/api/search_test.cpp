// search_test.cpp — search follows what is written, and shows to each only what that one may see.
#include "cast.h"

namespace greenbank::testing {

static bool finds(Visitor& visitor, const std::string& text, const std::string& id) {
    const std::vector<std::string> ids = visitor.get("/search?limit=50&text=" + text).all("/items", "/id");
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

TEST_CASE("a new need is found within a second and a deleted one is forgotten as soon") {
    Cast& all = cast();
    const std::string id =
        create(all.editor, "/needs", need_body("Zwitterionic kelp dryer", R"(,"keywords":{"zh":["海带烘干机"],"en":[],"ru":["сушилка ламинарии"]})"));
    CHECK(wait_for([&] { return finds(all.editor, "zwitterionic", id); }, 1));
    CHECK(!finds(all.nobody, "zwitterionic", id)); // a draft
    CHECK(!finds(all.other_manager, "zwitterionic", id));
    CHECK(finds(all.officer, "zwitterionic", id));
    all.manager.post("/needs/" + id + "/publish");
    CHECK(wait_for([&] { return finds(all.nobody, "zwitterionic", id); }, 1));
    CHECK(finds(all.nobody, "%E6%B5%B7%E5%B8%A6", id));                         // 海带
    CHECK(finds(all.nobody, "%D1%81%D1%83%D1%88%D0%B8%D0%BB%D0%BA%D0%B8", id)); // сушилки, another case of the word
    all.manager.patch("/needs/" + id, R"({"title":{"en":"Xylographic kelp dryer"}})");
    CHECK(wait_for([&] { return finds(all.nobody, "xylographic", id) && !finds(all.nobody, "zwitterionic", id); }, 1));
    all.manager.post("/needs/" + id + "/withdraw");
    CHECK(wait_for([&] { return !finds(all.nobody, "xylographic", id); }, 1));
    CHECK(all.manager.remove("/needs/" + id).status == 204);
    CHECK(wait_for([&] { return !finds(all.manager, "xylographic", id); }, 1));
}

TEST_CASE("an empty text finds everything of the sample bank, with counts by facet") {
    const Answer found = cast().nobody.get("/search?kind=technology&limit=100");
    CHECK(found.number("/total") >= 85);
    CHECK(found.number("/total") == static_cast<std::int64_t>(found.size("/items")));
    std::size_t facets = 0;
    for (const std::string& name : found.all("/facets", "/name")) facets += name == "field" || name == "country" || name == "readiness";
    CHECK(facets == 3);
    CHECK(cast().nobody.get("/search?kind=technology&field=water&limit=100").number("/total") >= 18);
    CHECK(cast().nobody.get("/search?text=heat%20pump&kind=technology").size("/items") >= 1);
    CHECK(cast().nobody.get("/search?text=%E7%83%AD%E6%B3%B5&kind=technology").size("/items") >= 1); // 热泵
    CHECK(cast().nobody.get("/search?sort=price").faulty_fields() == std::vector<std::string>{"sort"});
    CHECK(cast().nobody.get("/search/suggest?text=membr").size("/items") >= 1);
}

TEST_CASE("the index survives a restart and can be filled anew") {
    const TemporaryFolder folder;
    std::string id, cookie;
    {
        const BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address());
        become_administrator(administrator, bank);
        cookie = administrator.cookie;
        id = create(administrator, "/needs", need_body("Quixotic windmill"));
        REQUIRE(wait_for([&] { return finds(administrator, "quixotic", id); }, 2));
    }
    const BankProcess bank(folder.path(), {});
    Visitor administrator(bank.address());
    administrator.cookie = cookie;
    CHECK(finds(administrator, "quixotic", id));
    const Answer job = administrator.post("/search/rebuild");
    CHECK(wait_for_job(administrator, job.at("/id")).at("/state") == "done");
    CHECK(finds(administrator, "quixotic", id));
}

} // namespace greenbank::testing
