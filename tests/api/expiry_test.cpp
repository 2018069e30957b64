// expiry_test.cpp — what has an end ends: tokens, sessions, invitations, the first link. The clock is turned in the database.
#include "cast.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::testing {

/// Runs SQL in the database of a bank that is not open.
static void change(const std::string& folder, const std::string& sql) {
    auto store = open_sqlite(folder + "/greenbank.db");
    REQUIRE(store);
    const auto written = store.value()->write([&](Transaction& transaction) -> Result<Done> {
        auto changed = transaction.execute(sql);
        if (!changed) return changed.error();
        CHECK(changed.value() > 0);
        return Done{};
    });
    REQUIRE(written);
}

TEST_CASE("a token, a session and an invitation end with their time") {
    const TemporaryFolder folder;
    std::string cookie, token, link;
    {
        const BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address());
        become_administrator(administrator, bank);
        cookie = administrator.cookie;
        token = administrator.post("/tokens", R"({"name":"x"})").at("/token");
        link = administrator.post("/invitations", R"({"email":"x@bank.test","role":"reader"})").at("/link");
    }
    const auto status = [&](bool by_token) {
        const BankProcess bank(folder.path(), {});
        Visitor visitor(bank.address());
        if (by_token) visitor.bearer = token;
        else visitor.cookie = cookie;
        return visitor.get("/tokens").status;
    };
    CHECK(status(true) == 200);
    CHECK(status(false) == 200); // both survive a restart
    change(folder.path(), "UPDATE api_token SET expires_at = created_at");
    CHECK(status(true) == 401);
    change(folder.path(), "UPDATE session SET seen_at = seen_at - 7300000000"); // idle for more than two hours
    CHECK(status(false) == 401);
    change(folder.path(), "UPDATE session SET seen_at = seen_at + 7300000000");
    CHECK(status(false) == 200);
    change(folder.path(), "UPDATE session SET expires_at = created_at"); // or twelve hours after signing in
    CHECK(status(false) == 401);

    change(folder.path(), "UPDATE invitation SET expires_at = created_at");
    const BankProcess bank(folder.path(), {});
    Visitor late(bank.address());
    CHECK(late.get("/invitation" + link.substr(link.find('?'))).status == 410);
    CHECK(accept(late, link, "Late").code() == "invitation.used");
}

TEST_CASE("the link of the first administrator ends after its week") {
    const TemporaryFolder folder;
    REQUIRE(run({"migrate", "--data", folder.path()}).status == 0);
    const Ran first = run({"admin", "link", "--data", folder.path()});
    const std::string token = first.out.substr(first.out.find('=') + 1, 43);
    const BankProcess bank(folder.path(), {});
    const Ran link = run({"admin", "link", "--data", folder.path()});
    const std::string fresh = link.out.substr(link.out.find('=') + 1, 43);
    Visitor visitor(bank.address());
    CHECK(visitor.get("/setup?token=" + fresh).at("/valid") == "true");
    change(folder.path(), "UPDATE one_time_link SET expires_at = created_at"); // beside the running server, as `admin link` does
    CHECK(visitor.get("/setup?token=" + fresh).at("/valid") == "false");
    CHECK(visitor.get("/setup?token=" + token).at("/valid") == "false");
}

} // namespace greenbank::testing
