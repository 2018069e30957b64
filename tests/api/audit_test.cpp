// audit_test.cpp — every write leaves a line: who, when, from where, what, before and after, outcome.
#include "cast.h"

namespace greenbank::testing {

static Answer last_line(Visitor& auditor, const std::string& filter) {
    Answer found;
    wait_for([&] { return (found = auditor.get("/audit?limit=1&" + filter)).size("/items") == 1; }, 2); // refusals are written just after the answer
    return found;
}

TEST_CASE("a write is audited with before and after") {
    Cast& all = cast();
    const std::string id = create(all.editor, "/needs", need_body("audited")), filter = "record=need&record_id=" + id;
    const Answer created = last_line(all.manager, filter);
    CHECK(created.at("/items/0/operation") == "need_create");
    CHECK(created.at("/items/0/outcome") == "ok");
    CHECK(created.at("/items/0/person") == all.editor.get("/session").at("/person/id"));
    CHECK(created.at("/items/0/person_name") == "editor@island.test");
    CHECK(created.at("/items/0/organisation") == all.organisation);
    CHECK(created.at("/items/0/address") == "127.0.0.1");
    CHECK(created.at("/items/0/at").ends_with("Z"));
    CHECK(created.at("/items/0/changes/0/before").empty());
    CHECK(Answer{200, created.at("/items/0/changes/0/after"), "", {}}.at("/title/en") == "audited");

    CHECK(all.editor.patch("/needs/" + id, R"({"title":{"en":"changed"}})").status == 200);
    const Answer changed = last_line(all.manager, filter + "&operation=need_update");
    CHECK(Answer{200, changed.at("/items/0/changes/0/before"), "", {}}.at("/title/en") == "audited");
    CHECK(Answer{200, changed.at("/items/0/changes/0/after"), "", {}}.at("/title/en") == "changed");

    CHECK(all.editor.remove("/needs/" + id).status == 204);
    const Answer removed = last_line(all.manager, filter + "&operation=need_delete");
    CHECK(Answer{200, removed.at("/items/0/changes/0/before"), "", {}}.at("/title/en") == "changed");
    CHECK(removed.at("/items/0/changes/0/after").empty());
    CHECK(all.manager.get("/audit?" + filter).number("/total") == 3);
}

TEST_CASE("every kind of write has its line, and no secret stands in it") {
    Cast& all = cast();
    Visitor person = all.newcomer("lines@island.test", "manager", all.organisation);
    const std::string who = person.get("/session").at("/person/id");
    Visitor door = all.visitor();
    door.post("/sign-in", R"({"email":"lines@island.test","password":"not the password at all"})");
    door.post("/sign-in", fmt::format(R"({{"email":"lines@island.test","password":"{}"}})", good_password));
    person.patch("/person", R"({"name":"Lines"})");
    const Answer token = person.post("/tokens", R"({"name":"x"})");
    person.remove("/tokens/" + token.at("/id"));
    const Answer invited = person.post("/invitations", R"({"email":"nobody@island.test","role":"reader"})");
    person.remove("/invitations/" + invited.at("/id"));
    person.post("/second-factor");
    person.post("/password", fmt::format(R"({{"current":"{}","password":"another green forest 43"}})", good_password));
    person.patch("/organisations/" + all.organisation, R"({"city":{"en":"Harbour"}})");
    person.post("/sign-out");
    for (const std::string operation : {"invitation_accept", "sign_in", "person_update", "token_create", "token_delete", "invitation_create",
             "invitation_delete", "second_factor_begin", "password_change", "organisation_update", "sign_out"}) {
        const Answer line = last_line(all.administrator, fmt::format("outcome=ok&operation={}&person={}", operation, who));
        CHECK_MESSAGE(line.size("/items") == 1, operation, " is not in the audit trail");
    }
    const Answer everything = all.administrator.get("/audit?limit=500");
    for (const std::string& secret :
        {std::string(good_password), token.at("/token"), invited.at("/link"), std::string("$argon2id"), std::string("token_hash"), std::string("totp_secret")})
        CHECK_MESSAGE(everything.body.find(secret) == std::string::npos, secret, " stands in the audit trail");
    const Answer failed = last_line(all.administrator, "operation=sign_in&outcome=sign_in.refused");
    CHECK(failed.size("/items") == 1);
}

TEST_CASE("a refusal is audited with its code") {
    Cast& all = cast();
    const std::string who = all.reader.get("/session").at("/person/id");
    CHECK(all.reader.post("/needs", need_body("x")).status == 403);
    CHECK(last_line(all.manager, "operation=need_create&outcome=access.forbidden&person=" + who).size("/items") == 1);
    CHECK(all.editor.post("/needs", R"({"title":5})").status == 422);
    CHECK(last_line(all.manager, "operation=need_create&outcome=body.invalid").size("/items") == 1);
    CHECK(all.other_editor.remove("/needs/need_sample_island_power").status == 403);
    CHECK(last_line(all.other_manager, "operation=need_delete&outcome=library.not_yours").size("/items") == 1);
}

TEST_CASE("a manager reads the own organisation's trail only, and nobody can change it") {
    Cast& all = cast();
    create(all.other_editor, "/needs", need_body("theirs"));
    for (const std::string& organisation : all.manager.get("/audit?limit=500").all("/items", "/organisation")) CHECK(organisation == all.organisation);
    CHECK(all.manager.get("/audit?organisation=" + all.other_organisation).number("/total") == 0);
    CHECK(all.administrator.get("/audit?organisation=" + all.other_organisation).number("/total") > 0);
    CHECK(all.editor.get("/audit").status == 403);
    const std::string id = all.administrator.get("/audit?limit=1").at("/items/0/id");
    for (const std::string method : {"DELETE", "PATCH", "POST"}) CHECK(all.administrator.send(method, "/audit/" + id, "").status == 404);
    const Answer refused = all.administrator.remove("/audit");
    CHECK(refused.status == 405);
    CHECK(refused.header("Allow") == "GET");
}

} // namespace greenbank::testing
