// people_test.cpp — invitations, roles, and that somebody can always manage an organisation.
#include "cast.h"

namespace greenbank::testing {

static std::string membership_of(Visitor& manager, const std::string& organisation, const std::string& email) {
    const Answer members = manager.get("/organisations/" + organisation + "/members");
    for (std::size_t i = 0; i < members.size("/items"); ++i)
        if (members.at(fmt::format("/items/{}/email", i)) == email) return members.at(fmt::format("/items/{}/id", i));
    return {};
}

TEST_CASE("an invitation shows what it is for, works once, and can be taken back") {
    Cast& all = cast();
    const Answer invited = all.manager.post("/invitations", R"({"email":"Guest@Island.test","role":"reader"})", {{"Idempotency-Key", "guest"}});
    REQUIRE_MESSAGE(invited.status == 201, invited.body);
    const std::string link = invited.at("/link");
    const Answer seen = all.nobody.get("/invitation" + link.substr(link.find('?')));
    CHECK(seen.at("/email") == "guest@island.test");
    CHECK(seen.at("/role") == "reader");
    CHECK(seen.at("/has_account") == "false");
    CHECK(seen.at("/organisation_name/en") == "Island power company of the test");
    CHECK(all.manager.get("/invitations").body.find(link.substr(link.find('=') + 1)) == std::string::npos);

    Visitor guest = all.visitor(), second = all.visitor();
    CHECK(accept(guest, link, "Guest", "tiny").faulty_fields() == std::vector<std::string>{"password"});
    CHECK(accept(guest, link, "Guest").status == 200);
    CHECK(guest.get("/session").at("/organisation/id") == all.organisation);
    CHECK(guest.get("/session").at("/rights") == "[]");
    const Answer again = accept(second, link, "Eve");
    CHECK(again.status == 410);
    CHECK(again.code() == "invitation.used");
    CHECK(all.manager.post("/invitations", R"({"email":"guest@island.test","role":"editor"})").code() == "invitation.already_member");

    const Answer taken = all.manager.post("/invitations", R"({"email":"late@island.test","role":"reader"})");
    CHECK(all.other_manager.remove("/invitations/" + taken.at("/id")).status == 404);
    CHECK(all.manager.remove("/invitations/" + taken.at("/id")).status == 204);
    CHECK(accept(second, taken.at("/link"), "Late").status == 410);
}

TEST_CASE("one invitation accepted by ten at once makes one member") {
    Cast& all = cast();
    const std::string link = all.manager.post("/invitations", R"({"email":"race@island.test","role":"reader"})").at("/link");
    std::atomic<int> joined = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 10; ++i)
        threads.emplace_back([&] {
            Visitor one = all.visitor();
            const auto answer = one.try_send("POST", "/invitations/accept",
                fmt::format(R"({{"token":"{}","name":"Race","password":"{}"}})", link.substr(link.find('=') + 1), good_password));
            if (answer && answer->status == 200) ++joined;
            if (answer && answer->status == 410) ++refused;
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(joined == 1);
    CHECK(refused == 9);
    CHECK(!membership_of(all.manager, all.organisation, "race@island.test").empty());
}

TEST_CASE("a manager invites only into the own organisation and gives no role of the bank") {
    Cast& all = cast();
    CHECK(all.manager.post("/invitations", fmt::format(R"({{"email":"x@island.test","role":"reader","organisation":"{}"}})", all.other_organisation)).status ==
          404);
    const Answer banker = all.manager.post("/invitations", R"({"email":"x@island.test","role":"officer"})");
    CHECK(banker.status == 422);
    CHECK(banker.faulty_fields() == std::vector<std::string>{"role"});
    CHECK(all.administrator.post("/invitations", fmt::format(R"({{"email":"x@island.test","role":"administrator","organisation":"{}"}})", all.organisation))
              .code() == "body.invalid");
    CHECK(all.editor.post("/invitations", R"({"email":"x@island.test","role":"reader"})").code() == "access.forbidden");
    CHECK(all.manager.post("/invitations", R"({"email":"no address","role":"reader"})").faulty_fields() == std::vector<std::string>{"email"});
    CHECK(all.manager.get("/organisations/" + all.other_organisation + "/members").status == 404);
}

TEST_CASE("somebody with an account joins a second organisation with the same password and chooses between the two") {
    Cast& all = cast();
    Visitor person = all.newcomer("both@island.test", "editor", all.organisation), again = all.visitor();
    const std::string link = all.other_manager.post("/invitations", R"({"email":"both@island.test","role":"reader"})").at("/link");
    CHECK(all.nobody.get("/invitation" + link.substr(link.find('?'))).at("/has_account") == "true");
    const Answer wrong = accept(again, link, "Both", "not the password at all");
    CHECK(wrong.status == 403);
    CHECK(wrong.code() == "password.wrong");
    CHECK(accept(again, link, "Both").status == 200);
    CHECK(person.get("/session").size("/memberships") == 2);
    const Answer chosen = person.post("/session/organisation", fmt::format(R"({{"organisation":"{}"}})", all.other_organisation));
    CHECK(chosen.at("/organisation/id") == all.other_organisation);
    CHECK(chosen.at("/rights") == "[]");
    CHECK(person.post("/needs", need_body("as a reader")).status == 403);
    CHECK(person.post("/session/organisation", fmt::format(R"({{"organisation":"{}"}})", all.centre)).code() == "organisation.not_yours");
    CHECK(person.get("/session").at("/organisation/id") == all.other_organisation);
}

TEST_CASE("the last manager of an organisation stays one") {
    Cast& all = cast();
    const std::string organisation = enter_organisation(all.administrator, "Lonely farm of the test");
    Visitor only = all.newcomer("only@farm.test", "manager", organisation);
    const std::string membership = membership_of(only, organisation, "only@farm.test");
    const Answer demoted = only.patch("/members/" + membership, R"({"role":"reader"})");
    CHECK(demoted.status == 409);
    CHECK(demoted.code() == "member.last_manager");
    CHECK(only.remove("/members/" + membership).code() == "member.last_manager");
    Visitor second = all.newcomer("second@farm.test", "manager", organisation);
    CHECK(only.patch("/members/" + membership, R"({"role":"reader"})").status == 200);
    CHECK(only.get("/invitations").status == 403); // at once, in the running session
    CHECK(second.remove("/members/" + membership).status == 204);
    CHECK(only.get("/organisations/" + organisation + "/members").status == 404);
}

TEST_CASE("the bank always has an administrator") {
    const TemporaryFolder folder;
    const BankProcess bank(folder.path(), {});
    Visitor administrator(bank.address()), manager(bank.address()), officer(bank.address());
    become_administrator(administrator, bank);
    const std::string centre = administrator.get("/session").at("/organisation/id");
    join(administrator, manager, "manager@bank.test", "manager");
    join(administrator, officer, "officer@bank.test", "officer");
    const std::string membership = membership_of(administrator, centre, "admin@bank.test");
    CHECK(manager.patch("/members/" + membership, R"({"role":"reader"})").status == 403);
    CHECK(manager.remove("/members/" + membership).status == 403);
    CHECK(manager.post("/invitations", R"({"email":"x@bank.test","role":"administrator"})").status == 403);
    CHECK(officer.patch("/members/" + membership_of(administrator, centre, "officer@bank.test"), R"({"role":"administrator"})").status == 403);
    CHECK_MESSAGE(administrator.patch("/members/" + membership, R"({"role":"reader"})").status == 409,
        "a manager of the centre cannot make administrators, so nobody can any more");
    CHECK(administrator.get("/session").at("/memberships/0/role") == "administrator");
}

} // namespace greenbank::testing
