// tokens_test.cpp — secrets for programs: what they may do and for how long.
#include "cast.h"

namespace greenbank::testing {

TEST_CASE("a token acts for its person until it is taken back") {
    Visitor person = cast().newcomer("machine@island.test", "editor", cast().organisation), machine = cast().visitor();
    const Answer made = person.post("/tokens", R"({"name":"nightly export","days":30})");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    machine.bearer = made.at("/token");
    machine.says_request = false; // no cookie, no forged page
    CHECK(machine.post("/needs", need_body("from a program")).status == 201);
    const Answer list = person.get("/tokens");
    CHECK(list.body.find(machine.bearer) == std::string::npos);
    CHECK(list.body.find("token_hash") == std::string::npos);
    CHECK(list.at("/items/0/name") == "nightly export");
    CHECK(cast().manager.remove("/tokens/" + made.at("/id")).status == 404); // not hers
    CHECK(person.remove("/tokens/" + made.at("/id")).status == 204);
    const Answer refused = machine.post("/needs", need_body("too late"));
    CHECK(refused.status == 401);
    CHECK(refused.code() == "access.token");
}

TEST_CASE("a token may be less than its person but never more") {
    Visitor person = cast().newcomer("machines@island.test", "manager", cast().organisation), machine = cast().visitor();
    const Answer more = person.post("/tokens", R"({"name":"x","rights":["library.write","bank.library"]})");
    CHECK(more.status == 422);
    CHECK(more.faulty_fields() == std::vector<std::string>{"rights[1]"});
    machine.bearer = person.post("/tokens", R"({"name":"writes only","rights":["library.write"]})").at("/token");
    const std::string id = create(machine, "/needs", need_body("written by a program"));
    const Answer publish = machine.post("/needs/" + id + "/publish");
    CHECK(publish.status == 403);
    CHECK(publish.code() == "access.forbidden");
    CHECK(machine.get("/audit").status == 403);
    CHECK(machine.get("/session").at("/rights") == R"(["library.write"])");

    // It must not make itself a better one, nor change how its person signs in.
    const Answer better = machine.post("/tokens", R"({"name":"all rights"})");
    if (better.status == 201) {
        Visitor escalated = cast().visitor();
        escalated.bearer = better.at("/token");
        CHECK_MESSAGE(escalated.get("/session").at("/rights") == R"(["library.write"])", "a restricted token made one with all rights");
    }
    CHECK_MESSAGE(machine.post("/second-factor").status == 403, "a token began a second factor for its person");
}

TEST_CASE("the days of a token are between one and two years") {
    Visitor& person = cast().editor;
    for (const int days : {0, -1, 731})
        CHECK(person.post("/tokens", fmt::format(R"({{"name":"x","days":{}}})", days)).faulty_fields() == std::vector<std::string>{"days"});
    const Answer day = person.post("/tokens", R"({"name":"one day","days":1})");
    CHECK(day.status == 201);
    CHECK(person.remove("/tokens/" + day.at("/id")).status == 204);
}

TEST_CASE("a token's rights go when its person's role does") {
    Visitor person = cast().newcomer("demoted@island.test", "editor", cast().organisation), machine = cast().visitor();
    machine.bearer = person.post("/tokens", R"({"name":"x","rights":["library.write"]})").at("/token");
    const Answer members = cast().manager.get("/organisations/" + cast().organisation + "/members");
    std::string membership;
    for (std::size_t i = 0; i < members.size("/items"); ++i)
        if (members.at(fmt::format("/items/{}/email", i)) == "demoted@island.test") membership = members.at(fmt::format("/items/{}/id", i));
    CHECK(cast().manager.patch("/members/" + membership, R"({"role":"reader"})").status == 200);
    CHECK(machine.post("/needs", need_body("x")).status == 403);
    CHECK(cast().manager.remove("/members/" + membership).status == 204);
    CHECK(machine.get("/tokens").status == 401);
    CHECK(person.get("/session").at("/memberships") == "[]");
    CHECK(person.post("/needs", need_body("x")).status == 403);
}

TEST_CASE("forged tokens are refused") {
    Visitor machine = cast().visitor();
    const std::string real = cast().editor.post("/tokens", R"({"name":"real"})").at("/token");
    std::string changed = real;
    changed.back() = changed.back() == 'A' ? 'E' : 'A';
    for (const std::string& forged :
        {std::string("gb_"), changed, real.substr(3), real + "A", std::string("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."), std::string("' OR 1=1 --")}) {
        machine.bearer = forged;
        for (const std::string path : {"/tokens", "/audit", "/jobs", "/rights", "/sessions"}) CHECK(machine.get(path).status == 401);
        CHECK(machine.post("/needs", need_body("forged")).status == 401);
    }
}

} // namespace greenbank::testing
