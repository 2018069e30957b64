// first_administrator_test.cpp — the one-time link, and the account it makes.
#include "cast.h"

namespace greenbank::testing {

TEST_CASE("the first administrator comes by a link that works once") {
    const TemporaryFolder folder;
    const BankProcess bank(folder.path(), {});
    REQUIRE(!bank.setup_token().empty());
    Visitor visitor(bank.address());
    CHECK(visitor.get("/session").at("/setup_needed") == "true");
    CHECK(visitor.get("/session").at("/signed_in") == "false");
    CHECK(visitor.get("/setup?token=" + bank.setup_token()).at("/valid") == "true");
    CHECK(visitor.get("/setup?token=another").at("/valid") == "false");

    const auto attempt = [&](const std::string& token, const std::string& email, const std::string& password, const std::string& language = "en") {
        return visitor.post(
            "/setup", fmt::format(R"({{"token":"{}","email":"{}","name":"Ana","password":"{}","language":"{}"}})", token, email, password, language));
    };
    for (const std::string password : {"short", "password123", "aaaaaaaaaaaa", "greenbank12", "ana@bank1"}) {
        const Answer weak = attempt(bank.setup_token(), "ana@bank.test", password);
        INFO(password, " ", weak.body);
        CHECK(weak.status == 422);
        CHECK(weak.faulty_fields() == std::vector<std::string>{"password"});
    }
    CHECK(attempt(bank.setup_token(), "nobody", good_password).faulty_fields() == std::vector<std::string>{"email"});
    CHECK(attempt(bank.setup_token(), "ana@bank.test", good_password, "de").faulty_fields() == std::vector<std::string>{"language"});
    CHECK(attempt("another", "ana@bank.test", good_password).status == 410);
    CHECK(visitor.get("/session").at("/setup_needed") == "true");

    const Answer made = attempt(bank.setup_token(), " Ana@Bank.test ", good_password);
    REQUIRE_MESSAGE(made.status == 200, made.body);
    CHECK(made.at("/person/email") == "ana@bank.test");
    CHECK(made.at("/memberships/0/role") == "administrator");
    const std::string cookie = made.header("Set-Cookie");
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Strict") != std::string::npos);

    Visitor late(bank.address());
    CHECK(late.get("/setup?token=" + bank.setup_token()).at("/valid") == "false");
    const Answer again = late.post(
        "/setup", fmt::format(R"({{"token":"{}","email":"eve@bank.test","name":"Eve","password":"{}","language":"en"}})", bank.setup_token(), good_password));
    CHECK(again.status == 410);
    CHECK(again.code() == "setup.link_used");
    CHECK(late.get("/session").at("/setup_needed") == "false");
}

TEST_CASE("a restarted bank shows a new link until somebody has used one, and none after") {
    const TemporaryFolder folder;
    std::string first;
    {
        const BankProcess bank(folder.path(), {});
        first = bank.setup_token();
    }
    {
        const BankProcess bank(folder.path(), {});
        CHECK(bank.setup_token() != first);
        Visitor visitor(bank.address());
        CHECK(visitor.get("/setup?token=" + first).at("/valid") == "false");
        become_administrator(visitor, bank);
    }
    BankProcess bank(folder.path(), {});
    CHECK(bank.setup_token().empty());
    CHECK(bank.stop() == 0);
}

} // namespace greenbank::testing
