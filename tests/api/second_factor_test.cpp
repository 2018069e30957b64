// second_factor_test.cpp — an authenticator app's codes and the codes for a lost telephone.
#include <set>

#include "cast.h"

namespace greenbank::testing {

static Answer sign_in_with(Visitor& visitor, const std::string& email, const std::string& code) {
    const std::string more = code.empty() ? "" : fmt::format(R"(,"code":"{}")", code);
    return visitor.post("/sign-in", fmt::format(R"({{"email":"{}","password":"{}"{}}})", email, good_password, more));
}

TEST_CASE("with a second factor each code and each recovery code opens once") {
    const std::string email = "factor@island.test";
    Visitor person = cast().newcomer(email, "reader", cast().organisation), door = cast().visitor();
    CHECK(person.post("/second-factor/confirm", R"({"code":"123456"})").code() == "second_factor.not_begun");
    const Answer begun = person.post("/second-factor", "", {{"Idempotency-Key", "factor"}});
    const std::string secret = begun.at("/secret");
    REQUIRE(secret.size() == 32);
    CHECK(begun.at("/uri").starts_with("otpauth://totp/Greenbank:factor%40island.test?secret=" + secret));
    CHECK(sign_in_with(door, email, "").status == 200); // not on yet
    CHECK(person.post("/second-factor/confirm", R"({"code":"000000"})").faulty_fields() == std::vector<std::string>{"code"});

    const std::string first = totp(secret);
    const Answer confirmed = person.post("/second-factor/confirm", fmt::format(R"({{"code":"{}"}})", first));
    REQUIRE_MESSAGE(confirmed.status == 200, confirmed.body);
    const std::vector<std::string> recovery = confirmed.all("/recovery_codes", "");
    CHECK(recovery.size() == 8);
    CHECK(std::set<std::string>(recovery.begin(), recovery.end()).size() == 8);
    CHECK(person.get("/session").at("/person/second_factor") == "true");
    CHECK(person.post("/second-factor").code() == "second_factor.on");

    CHECK(sign_in_with(door, email, "").code() == "parties.second_factor_needed");
    CHECK(sign_in_with(door, email, first).status == 401); // used up by the confirmation
    const std::string next = totp(secret, 1);
    CHECK(sign_in_with(door, email, next).status == 200);
    CHECK(sign_in_with(door, email, next).status == 401);
    CHECK(sign_in_with(door, email, recovery[3]).status == 200);
    CHECK(sign_in_with(door, email, recovery[3]).status == 401);
    CHECK(sign_in_with(door, email, recovery[4]).status == 200);

    CHECK(person.post("/second-factor/remove", R"({"password":"not the password at all"})").code() == "password.wrong");
    CHECK(person.post("/second-factor/remove", fmt::format(R"({{"password":"{}"}})", good_password)).status == 204);
    CHECK(sign_in_with(door, email, "").status == 200);
}

TEST_CASE("one code used by ten browsers at once opens one of them") {
    const std::string email = "crowd@island.test";
    Visitor person = cast().newcomer(email, "reader", cast().organisation);
    const std::string secret = person.post("/second-factor").at("/secret");
    REQUIRE(person.post("/second-factor/confirm", fmt::format(R"({{"code":"{}"}})", totp(secret))).status == 200);
    const std::string code = totp(secret, 1);
    std::atomic<int> opened = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 10; ++i)
        threads.emplace_back([&] {
            Visitor door = cast().visitor();
            const auto answer = door.try_send("POST", "/sign-in", fmt::format(R"({{"email":"{}","password":"{}","code":"{}"}})", email, good_password, code));
            if (answer && answer->status == 200) ++opened;
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(opened == 1);
}

TEST_CASE("an invitation accepted with an account asks for the second factor, and its code too is good once") {
    const std::string email = "factor2@island.test";
    Visitor person = cast().newcomer(email, "reader", cast().organisation);
    const std::string secret = person.post("/second-factor").at("/secret");
    REQUIRE(person.post("/second-factor/confirm", fmt::format(R"({{"code":"{}"}})", totp(secret))).status == 200);
    const std::string link = cast().other_manager.post("/invitations", fmt::format(R"({{"email":"{}","role":"reader"}})", email)).at("/link");
    const auto join_with = [&](const std::string& code) {
        const std::string more = code.empty() ? "" : fmt::format(R"(,"code":"{}")", code);
        Visitor fresh = cast().visitor();
        return fresh.post("/invitations/accept", fmt::format(R"({{"token":"{}","password":"{}"{}}})", link.substr(link.find('=') + 1), good_password, more));
    };
    CHECK(join_with("").code() == "parties.second_factor_needed");
    CHECK(join_with("000000").status == 403);
    const std::string code = totp(secret, 1);
    CHECK(join_with(code).status == 200);
    Visitor door = cast().visitor();
    CHECK_MESSAGE(sign_in_with(door, email, code).status == 401, "the code that accepted the invitation still signs in");
}

} // namespace greenbank::testing
