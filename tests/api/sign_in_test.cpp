// sign_in_test.cpp — signing in, being slowed down, the header against forged pages, sessions.
#include "cast.h"

namespace greenbank::testing {

static Answer sign_in(Visitor& visitor, const std::string& email, const std::string& password, const std::string& more = "") {
    return visitor.post("/sign-in", fmt::format(R"({{"email":"{}","password":"{}"{}}})", email, password, more));
}

TEST_CASE("an unknown address and a wrong password get the same answer in much the same time") {
    Visitor visitor = cast().visitor();
    cast().newcomer("known@island.test", "reader", cast().organisation);
    const auto timed = [&](const std::string& email) {
        const auto start = std::chrono::steady_clock::now();
        const Answer answer = sign_in(visitor, email, "not the password at all");
        CHECK(answer.status == 401);
        CHECK(answer.header("WWW-Authenticate") == "Bearer");
        return std::pair(answer.body, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    };
    timed("nobody@nowhere.test"); // the first one makes the hash to compare with
    const auto known = timed("known@island.test"), unknown = timed("unknown@island.test");
    CHECK(known.first == unknown.first);
    CHECK_MESSAGE(unknown.second > known.second / 4, unknown.second, " s against ", known.second, " s");
    CHECK(sign_in(visitor, "KNOWN@island.test", good_password).status == 200);
}

TEST_CASE("after five failures an address waits, and is told how long in its language") {
    cast().newcomer("slow@island.test", "reader", cast().organisation);
    Visitor visitor = cast().visitor();
    for (int i = 0; i < 5; ++i) CHECK(sign_in(visitor, "slow@island.test", "not the password at all").status == 401);
    for (const auto& [language, words] : {std::pair("zh", "秒"), {"ru", "попыт"}, {"en", "wait"}}) {
        visitor.language = language;
        const Answer refused = sign_in(visitor, "slow@island.test", good_password); // even the right one
        INFO(refused.body);
        CHECK(refused.status == 429);
        CHECK(refused.code() == "sign_in.wait");
        CHECK(std::atoi(refused.header("Retry-After").c_str()) > 0);
        CHECK(refused.at("/detail").find(words) != std::string::npos);
        CHECK(refused.is_problem());
    }
    CHECK(sign_in(visitor, "manager@island.test", good_password).status == 200); // others are not slowed down
    std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    CHECK(sign_in(visitor, "slow@island.test", good_password).status == 200);
    CHECK(sign_in(visitor, "slow@island.test", "not the password at all").status == 401); // and the count began anew
}

TEST_CASE("a page of another site cannot act with the cookie") {
    Visitor person = cast().newcomer("forged@island.test", "editor", cast().organisation);
    person.says_request = false;
    const Answer forged = person.post("/needs", need_body("forged"));
    CHECK(forged.status == 403);
    CHECK(forged.code() == "access.csrf");
    CHECK(person.patch("/person", R"({"name":"Forged"})").code() == "access.csrf");
    CHECK(person.get("/session").at("/signed_in") == "true"); // reading is harmless
    person.says_request = true;
    CHECK(person.post("/needs", need_body("not forged")).status == 201);
    person.content_type = "text/plain"; // what a form of another site can send
    CHECK(person.post("/needs", need_body("as a form")).status == 415);
}

TEST_CASE("one's sessions are listed, one is ended from another, and signing out ends its own") {
    Visitor here = cast().newcomer("sessions@island.test", "reader", cast().organisation), there = cast().visitor();
    REQUIRE(sign_in(there, "sessions@island.test", good_password).status == 200);
    const Answer list = here.get("/sessions");
    CHECK(list.size("/items") == 2);
    std::string other;
    for (std::size_t i = 0; i < 2; ++i)
        if (list.at(fmt::format("/items/{}/current", i)) == "false") other = list.at(fmt::format("/items/{}/id", i));
    CHECK(list.body.find("token_hash") == std::string::npos);
    CHECK(cast().manager.remove("/sessions/" + other).status == 404); // not hers
    CHECK(here.remove("/sessions/" + other).status == 204);
    const Answer ended = there.get("/sessions");
    CHECK(ended.status == 401);
    CHECK(ended.code() == "access.session_ended");
    CHECK(there.get("/session").at("/signed_in") == "false"); // an open page still opens

    const std::string cookie = here.cookie;
    const Answer out = here.post("/sign-out");
    CHECK(out.status == 200);
    CHECK(out.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
    here.cookie = cookie;
    CHECK(here.get("/sessions").status == 401);
}

TEST_CASE("a new password ends all other sessions and tokens") {
    Visitor here = cast().newcomer("password@island.test", "reader", cast().organisation), there = cast().visitor(), machine = cast().visitor();
    REQUIRE(sign_in(there, "password@island.test", good_password).status == 200);
    machine.bearer = here.post("/tokens", R"({"name":"export"})").at("/token");
    CHECK(machine.get("/tokens").status == 200);
    const auto change = [&](const std::string& current, const std::string& fresh) {
        return here.post("/password", fmt::format(R"({{"current":"{}","password":"{}"}})", current, fresh));
    };
    CHECK(change("not the password at all", "another green forest 43").code() == "password.wrong");
    CHECK(change(good_password, "tiny").faulty_fields() == std::vector<std::string>{"password"});
    CHECK(change(good_password, "another green forest 43").status == 204);
    CHECK(here.get("/sessions").status == 200);
    CHECK(there.get("/sessions").status == 401);
    CHECK(machine.get("/tokens").status == 401);
    CHECK(sign_in(there, "password@island.test", good_password).status == 401);
    CHECK(sign_in(there, "password@island.test", "another green forest 43").status == 200);
}

TEST_CASE("a person keeps name and language") {
    Visitor person = cast().newcomer("named@island.test", "reader", cast().organisation);
    CHECK(person.patch("/person", R"({"name":"Нина Речная","language":"ru"})").at("/person/name") == "Нина Речная");
    CHECK(person.get("/session").at("/person/language") == "ru");
    CHECK(person.patch("/person", R"({"language":"de"})").faulty_fields() == std::vector<std::string>{"language"});
}

} // namespace greenbank::testing
