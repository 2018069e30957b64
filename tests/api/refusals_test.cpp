// refusals_test.cpp — what must be refused though it looks harmless, and said whole.
#include <algorithm>

#include "cast.h"

namespace greenbank::testing {

static bool names(const Answer& answer, const std::string& field) {
    const auto fields = answer.faulty_fields();
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

TEST_CASE("a parameter that an address does not take is refused, not ignored") {
    Cast& all = cast();
    for (const std::string path : {"/sessions?limit=1", "/tokens?sort=name", "/rights?cursor=x", "/session?x=1", "/home?field=water"}) {
        const Answer answer = all.manager.get(path);
        CHECK_MESSAGE(answer.status == 422, path, " ", answer.body.substr(0, 200));
        CHECK(answer.at("/problems/0/code") == "query.unknown");
    }
    CHECK(all.editor.post("/needs?publish=true", need_body("x")).status == 422);
    CHECK(all.editor.patch("/needs/" + create(all.editor, "/needs", need_body("y")) + "?x=1", R"({"country":"KZ"})").status == 422);
}

TEST_CASE("a bad token is told so also where no token is needed") {
    Visitor forger = cast().visitor();
    forger.bearer = "gb_forged";
    for (const std::string path : {"/technologies", "/session", "/search?text=x"}) CHECK(forger.get(path).status == 401);
    forger.bearer.clear();
    forger.cookie = "ended";
    CHECK(forger.get("/session").status == 200); // a page whose session has ended goes on as nobody
}

TEST_CASE("a program ends no session and no token") {
    Cast& all = cast();
    Visitor machine = all.visitor();
    machine.bearer = all.editor.post("/tokens", R"({"name":"machine"})").at("/token");
    const std::string session = all.editor.get("/sessions").at("/items/0/id"), token = all.editor.get("/tokens").at("/items/0/id");
    CHECK(machine.remove("/sessions/" + session).status == 403);
    CHECK(machine.remove("/tokens/" + token).status == 403);
    CHECK(machine.post("/password", R"({"current":"x","password":"another quiet forest 43"})").status == 403);
}

TEST_CASE("guessing the password from a stolen session waits like a sign-in") {
    Visitor thief = cast().newcomer("robbed@guess.test", "reader", cast().organisation);
    int refused = 0, waited = 0;
    for (int i = 0; i < 12; ++i) {
        const Answer answer = thief.post("/password", R"({"current":"wrong","password":"another quiet forest 43"})");
        refused += answer.status == 403;
        waited += answer.status == 429;
    }
    CHECK(refused >= 5);
    CHECK(waited >= 5);
}

TEST_CASE("a country must be one") {
    Cast& all = cast();
    for (const std::string country : {"ZZ", "XX", "cn", "C1"}) {
        const Answer answer = all.officer.post("/organisations", R"({"name":{"en":"x"},"kind":"bank","country":")" + country + "\"}");
        CHECK_MESSAGE(answer.status == 422, country);
        CHECK(names(answer, "country"));
    }
}

TEST_CASE("a patch may change a part of what is there, but not make half of something new") {
    Cast& all = cast();
    const std::string need = "/needs/" + create(all.editor, "/needs", need_body("z", R"(,"readiness_min":{"scale":"gbt22900","level":7})"));
    CHECK(all.editor.patch(need, R"({"readiness_min":{"level":8}})").status == 200);
    CHECK(all.editor.patch(need, R"({"readiness_min":null})").status == 200);
    const Answer half = all.editor.patch(need, R"({"readiness_min":{"level":8}})");
    CHECK(half.status == 422);
    CHECK(names(half, "readiness_min.scale"));
}

TEST_CASE("what is missing, what is wrong and what contradicts is said in one answer") {
    const Answer answer = cast().editor.post("/needs",
        R"({"title":{"en":"x"},"field":"wood","classes":["9.9.9"],"required_traits":["no_such"],"budget":{"amount":"-1.00","currency":"CNY"},"deadline":"soon"})");
    CHECK(answer.status == 422);
    for (const std::string field : {"country", "field", "classes[0]", "required_traits[0]", "budget", "deadline"})
        CHECK_MESSAGE(names(answer, field), field, " ", answer.body);
}

} // namespace greenbank::testing
