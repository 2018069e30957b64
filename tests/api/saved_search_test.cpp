// saved_search_test.cpp — searches that people keep, notices of what came to meet them, and searches that found nothing.
#include "cast.h"

namespace greenbank::testing {

namespace {

std::string saved_body(const std::string& text, const std::string& more = "") { return fmt::format(R"({{"name":"{0}","text":"{0}"{1}}})", text, more); }

std::vector<std::string> entries(Visitor& visitor, const std::string& search) { return visitor.get("/notices?saved_search=" + search).all("/items", "/entry"); }

std::string publish(Visitor& manager, const std::string& path, const std::string& body) {
    const std::string id = create(manager, path, body);
    REQUIRE(manager.post(path + "/" + id + "/publish").status == 200);
    return id;
}

} // namespace

TEST_CASE("who saves a search hears once of each entry that comes to meet it, and again when it changes") {
    Cast& all = cast();
    const std::string before = publish(all.manager, "/needs", need_body("Ferrofluid already here"));
    const std::string search = create(all.reader, "/saved-searches", saved_body("ferrofluid", R"(,"kind":["need","technology"])"));
    const std::string draft = create(all.manager, "/needs", need_body("Ferrofluid brake"));
    const std::string technology = publish(all.manager, "/technologies", technology_body("Ferrofluid seal"));
    publish(all.manager, "/needs", need_body("Nothing of the kind"));
    CHECK(wait_for([&] { return entries(all.reader, search) == std::vector<std::string>{technology}; }, 2));
    REQUIRE(all.manager.post("/needs/" + draft + "/publish").status == 200);
    CHECK(wait_for([&] { return entries(all.reader, search) == std::vector<std::string>{draft, technology}; }, 2));
    Answer box = all.reader.get("/notices?saved_search=" + search);
    CHECK(box.at("/items/0/change") == "new");
    CHECK(box.at("/items/0/unread") == "true");
    CHECK(box.at("/items/0/search_name") == "ferrofluid");
    CHECK(box.number("/unread") >= 2);
    CHECK(all.reader.post("/notices/seen", fmt::format(R"({{"until":"{}"}})", box.at("/items/0/at"))).status == 204);
    CHECK(all.reader.get("/notices").number("/unread") == 0);
    REQUIRE(all.manager.patch("/needs/" + before, R"({"summary":{"en":"now with another summary"}})").status == 200);
    CHECK(wait_for([&] { return entries(all.reader, search).size() == 3; }, 2));
    box = all.reader.get("/notices?saved_search=" + search);
    CHECK(box.at("/items/0/entry") == before);
    CHECK(box.at("/items/0/change") == "changed");
    CHECK(box.number("/unread") == 1);
    CHECK(entries(all.editor, search).empty()); // somebody else's

    CHECK(all.reader.patch("/saved-searches/" + search, R"({"shared":true})").status == 200);
    CHECK(entries(all.editor, search).size() == 3); // a colleague
    CHECK(entries(all.other_editor, search).empty());
    CHECK(all.editor.patch("/saved-searches/" + search, R"({"name":"mine"})").code() == "saved_search.not_yours");
    CHECK(all.other_editor.remove("/saved-searches/" + search).status == 404);

    CHECK(all.reader.patch("/saved-searches/" + search, R"({"notify":false})").status == 200);
    publish(all.manager, "/needs", need_body("Ferrofluid in silence"));
    const std::string other = create(all.reader, "/saved-searches", saved_body("ferrofluid silence"));
    const std::string last = publish(all.manager, "/needs", need_body("Ferrofluid silence again"));
    CHECK(wait_for([&] { return entries(all.reader, other) == std::vector<std::string>{last}; }, 2));
    CHECK(entries(all.reader, search).size() == 3);

    CHECK(all.reader.patch("/saved-searches/" + search, R"({"text":"magnet"})").status == 200);
    CHECK(entries(all.reader, search).empty()); // another search begins anew
    CHECK(all.reader.remove("/saved-searches/" + search).status == 204);
    CHECK(all.reader.remove("/saved-searches/" + other).status == 204);
}

TEST_CASE("a feed is read by whoever knows its address, until it is closed") {
    Cast& all = cast();
    const std::string search = create(all.reader, "/saved-searches", saved_body("thixotropic", R"(,"language":"ru")"));
    const Answer opened = all.reader.post("/saved-searches/" + search + "/feed");
    REQUIRE(opened.status == 201);
    const std::string address = opened.at("/address");
    const std::string path = "/" + address.substr(address.find("/feeds/"));
    CHECK(all.nobody.get(path).status == 200);
    const std::string technology = publish(all.manager, "/technologies", technology_body("Thixotropic <mud> & more"));
    CHECK(wait_for([&] { return all.nobody.get(path).body.find(technology) != std::string::npos; }, 2));
    const Answer feed = all.nobody.get(path);
    CHECK(feed.header("Content-Type") == "application/atom+xml; charset=utf-8");
    CHECK(feed.body.find("Thixotropic &lt;mud&gt; &amp; more") != std::string::npos);
    CHECK(feed.body.find("новое") != std::string::npos);
    CHECK(all.reader.get("/saved-searches/" + search).body.find("hash") == std::string::npos);
    CHECK(all.reader.remove("/saved-searches/" + search + "/feed").status == 204);
    CHECK(all.nobody.get(path).status == 404);
    CHECK(all.reader.remove("/saved-searches/" + search).status == 204);
}

TEST_CASE("a search must ask for something, and a person keeps so many") {
    Cast& all = cast();
    CHECK(all.other_editor.post("/saved-searches", R"({"name":"x"})").faulty_fields() == std::vector<std::string>{"text"});
    CHECK(all.other_editor.post("/saved-searches", saved_body("x", R"(,"language":"fr")")).faulty_fields() == std::vector<std::string>{"language"});
    CHECK(all.nobody.post("/saved-searches", saved_body("x")).status == 401);
    std::vector<std::string> ids;
    for (int i = 0; i < 50; ++i) ids.push_back(create(all.other_editor, "/saved-searches", saved_body(fmt::format("many {}", i))));
    CHECK(all.other_editor.post("/saved-searches", saved_body("one more")).code() == "saved_search.too_many");
    CHECK(all.other_editor.get("/saved-searches?limit=100").number("/total") == 50);
    for (const std::string& id : ids) CHECK(all.other_editor.remove("/saved-searches/" + id).status == 204);
}

TEST_CASE("searches that found nothing are counted without anybody's name, and survive the end of the server") {
    const TemporaryFolder folder;
    std::string cookie;
    const auto row = [](Visitor& visitor, const std::string& text) {
        const Answer list = visitor.get("/search-misses?limit=500");
        for (std::size_t i = 0; i < list.size("/items"); ++i)
            if (list.at(fmt::format("/items/{}/text", i)) == text) return list.number(fmt::format("/items/{}/times", i));
        return std::int64_t{0};
    };
    {
        const BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address()), nobody(bank.address());
        become_administrator(administrator, bank);
        cookie = administrator.cookie;
        for (int i = 0; i < 3; ++i) nobody.get("/search?kind=technology&text=Flumm%20OXER");
        for (const char* typed : {"xyl", "xylo", "xyloph"}) nobody.get(std::string("/search?text=") + typed);
        nobody.get("/search?text=anna%40mail.test");     // an address
        nobody.get("/search?text=call%20139-1234-5678"); // a number
        nobody.get("/search?text=12345");                // no letters
        nobody.get("/search?field=water&text=filtered"); // the filter may be why
        CHECK(nobody.get("/search-misses").status == 401);
        CHECK(wait_for([&] { return row(administrator, "flumm oxer") == 3; }, 8));
        nobody.get("/search?text=flumm%20oxer");
    } // written at the end
    const BankProcess bank(folder.path(), {});
    Visitor administrator(bank.address());
    administrator.cookie = cookie;
    CHECK(row(administrator, "flumm oxer") == 4);
    const Answer list = administrator.get("/search-misses");
    CHECK(list.at("/items/0/text") == "flumm oxer"); // the most frequent first
    CHECK(list.body.find("anna") == std::string::npos);
    CHECK(list.body.find("1234") == std::string::npos);
    CHECK(list.body.find("filtered") == std::string::npos);
    CHECK(row(administrator, "xyloph") == 1);
    CHECK(administrator.remove("/search-misses/" + list.at("/items/0/id")).status == 204);
    CHECK(row(administrator, "flumm oxer") == 0);
}

} // namespace greenbank::testing
