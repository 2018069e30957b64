// lists_test.cpp — filters, orders in each language, and a cursor that stays right while rows are inserted.
#include <algorithm>
#include <map>

#include "cast.h"

namespace greenbank::testing {

/// All pages of a list; `between` runs after each page.
template <class Between> static std::vector<std::string> walk(Visitor& visitor, const std::string& path, const std::string& pointer, Between between) {
    std::vector<std::string> found;
    std::string cursor;
    for (int pages = 0; pages < 1000; ++pages) {
        const Answer page = visitor.get(path + (cursor.empty() ? "" : "&cursor=" + cursor));
        REQUIRE_MESSAGE(page.status == 200, page.body);
        for (std::string& one : page.all("/items", pointer)) found.push_back(std::move(one));
        cursor = page.at("/next");
        if (cursor.empty()) return found;
        between();
    }
    FAIL("the pages have no end");
    return found;
}

TEST_CASE("pages show every entry once while others are inserted, in every order") {
    Cast& all = cast();
    Visitor writer = all.newcomer("lists@lists.test", "manager", enter_organisation(all.administrator, "Writers of many needs"));
    const std::string owner = writer.get("/session").at("/organisation/id");
    std::map<std::string, int> seen;
    for (int i = 0; i < 120; ++i)
        seen[create(writer, "/needs",
            need_body(fmt::format("walked {:03}", i * 37 % 120), fmt::format(R"(,"budget":{{"amount":"{}","currency":"CNY"}})", i % 7 * 100)))] = 0;
    int extra = 0;
    for (const std::string order : {"", "&sort=title", "&sort=-title", "&sort=budget", "&sort=-budget", "&sort=created_at", "&sort=-updated_at", "&sort=field",
             "&sort=deadline", "&sort=-country"}) {
        INFO("order ", order);
        for (auto& [id, times] : seen) times = 0;
        int inserted = 0;
        walk(writer, "/needs?limit=7&owner=" + owner + order, "/id", [&] {
            if (++inserted % 4 == 0) create(writer, "/needs", need_body(fmt::format("inserted {:03}", ++extra)));
        });
        // A second walk, without insertions, for the count of what the first one could have seen.
        for (const std::string& id : walk(writer, "/needs?limit=7&owner=" + owner + order, "/id", [] {}))
            if (const auto one = seen.find(id); one != seen.end()) ++one->second;
        CHECK(std::all_of(seen.begin(), seen.end(), [](const auto& one) { return one.second == 1; }));
        for (auto& [id, times] : seen) times = 0;
        for (const std::string& id : walk(writer, "/needs?limit=7&owner=" + owner + order, "/id", [&] {
                 if (++inserted % 4 == 0) create(writer, "/needs", need_body(fmt::format("again {:03}", ++extra)));
             }))
            if (const auto one = seen.find(id); one != seen.end()) ++one->second;
        const auto wrong = std::count_if(seen.begin(), seen.end(), [](const auto& one) { return one.second != 1; });
        CHECK(wrong == 0);
    }
    CHECK(writer.get("/needs?limit=1&owner=" + owner).number("/total") == 120 + extra);
}

TEST_CASE("titles are in order in each language, both ways") {
    Cast& all = cast();
    for (const std::string language : {"zh", "en", "ru"}) {
        all.nobody.language = language;
        std::vector<std::string> up = walk(all.nobody, "/technologies?sample=true&limit=9&sort=title", "/title/" + language, [] {});
        CHECK(up.size() == 85);
        CHECK(std::is_sorted(up.begin(), up.end()));
        const std::vector<std::string> down = walk(all.nobody, "/technologies?sample=true&limit=11&sort=-title", "/title/" + language, [] {});
        std::reverse(up.begin(), up.end());
        CHECK(up == down);
    }
    all.nobody.language = "";
}

TEST_CASE("texts that lack the asked language are sorted by another and lose nobody on the way") {
    Cast& all = cast();
    Visitor writer = all.newcomer("mixed@lists.test", "manager", enter_organisation(all.administrator, "Writers in three languages"));
    const std::string owner = writer.get("/session").at("/organisation/id");
    int count = 0;
    for (const std::string title : {R"({"zh":"水"})", R"({"en":"water"})", R"({"ru":"вода"})", R"({"zh":"碳","ru":"углерод"})", R"({"zh":"","en":"air"})",
             R"({"en":"","ru":"ёж"})", R"({"zh":"","en":"","ru":"эхо"})", R"({"en":"a' quote"})", R"({"en":"100 % _x"})"}) {
        const Answer made = writer.post("/needs", fmt::format(R"({{"title":{},"field":"water","country":"KZ"}})", title));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        ++count;
    }
    for (const std::string language : {"zh", "en", "ru"}) {
        writer.language = language;
        for (const std::string order : {"title", "-title"}) {
            INFO(language, " ", order);
            std::vector<std::string> ids = walk(writer, "/needs?limit=1&sort=" + order + "&owner=" + owner, "/id", [] {});
            CHECK(ids.size() == static_cast<std::size_t>(count));
            std::sort(ids.begin(), ids.end());
            CHECK(std::unique(ids.begin(), ids.end()) == ids.end());
        }
    }
}

TEST_CASE("lists are filtered by what they describe and refuse the rest") {
    Cast& all = cast();
    const auto total = [&](const std::string& query) { return all.nobody.get("/technologies?limit=1&" + query).number("/total"); };
    CHECK(total("sample=true") == 85);
    CHECK(total("sample=true&field=water") == 18);
    CHECK(total("sample=true&field=air") == 15);
    CHECK(total("sample=true&field=solid_waste,monitoring") == 29);
    CHECK(total("sample=true&origin=DK") >= 1);
    CHECK(total("sample=true&traits=marine_grade&field=energy_carbon") >= 4);
    CHECK(total("sample=true&traits=marine_grad") == 0); // the whole word, not a piece of it
    CHECK(total("sample=true&traits=%25") == 0);
    CHECK(total("sample=true&state=draft") == 0);
    const auto refused = [&](const std::string& query, const std::string& field) {
        const Answer answer = all.nobody.get("/technologies?" + query);
        INFO(query, " ", answer.body);
        CHECK(answer.status == 422);
        CHECK(answer.faulty_fields() == std::vector<std::string>{field});
    };
    refused("limit=0", "limit");
    refused("limit=501", "limit");
    refused("limit=1.5", "limit");
    refused("sort=summary", "sort");
    refused("colour=green", "colour");
    refused("sample=maybe", "sample");
    CHECK(all.nobody.get("/technologies?cursor=junk").code() == "list.cursor");
    refused("field=wood", "field");
    const std::string page = all.nobody.get("/needs?limit=1").at("/next");
    CHECK(all.nobody.get("/needs?limit=500&sort=budget&cursor=" + page).status == 422); // the cursor of another order
}

/// For an address: every byte that is no letter and no digit as %XX.
static std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

TEST_CASE("a list is searched by words of a name, in any case and script") {
    Cast& all = cast();
    enter_organisation(all.administrator, "Гелиотроп Чистой воды 100%_Quay");
    const auto found = [&](const std::string& text) {
        const Answer answer = all.administrator.get("/organisations?limit=500&text=" + escaped(text));
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
        return answer.number("/total");
    };
    for (const std::string text : {"гелиотроп", "ГЕЛИОТРОП", "воды Гелиотроп чистой", "Гелио", "100%_q", "QUAY гелио"}) CHECK_MESSAGE(found(text) == 1, text);
    for (const std::string text : {"гелиотроп south", "100__quay", "%"}) CHECK_MESSAGE(found(text) <= (text == "%" ? 1 : 0), text);
    CHECK(found("") == found(" "));
    CHECK(all.nobody.get("/organisations?text=" + std::string(201, 'a')).faulty_fields() == std::vector<std::string>{"text"});
}

TEST_CASE("one question finds rows of every room that the caller may read") {
    Cast& all = cast();
    const std::string project = create(all.manager, "/projects", project_body("Heliotrope quay"));
    const auto kinds = [&](Visitor& visitor, const std::string& text) { return visitor.get("/find?text=" + escaped(text)).all("/items", "/row"); };
    CHECK(kinds(all.manager, "HELIOTROPE") == std::vector<std::string>{project});
    CHECK(kinds(all.nobody, "heliotrope").empty());
    CHECK(kinds(all.other_manager, "heliotrope").empty());
    CHECK(all.nobody.get("/find").status == 422);
}

} // namespace greenbank::testing
