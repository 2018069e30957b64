// ledger_chapters_test.cpp — chapters 6, 7 and 11 as entries of one ledger: money and carbon, the same figures in list, statement, report and paper.
#include "cast.h"

namespace greenbank::testing {

namespace {

const std::string of(const std::string& name) { return "/ledger/accounts/account_sample_" + name; }

std::string balance(const std::string& name) { return cast().administrator.get(of(name)).at("/balance"); }

} // namespace

TEST_CASE("chapter 6: 180 million for the island come from a loan of 70 % and own funds of 30 %") {
    CHECK(balance("island_loan") == "-126000000.00");
    const Answer statement = cast().administrator.get(of("island_power_cny") + "/statement?first_day=2026-03-01&last_day=2026-03-02");
    REQUIRE(statement.status == 200);
    CHECK(statement.at("/opening") == "0.00");
    CHECK(statement.at("/credits") == "180000000.00"); // the need's budget
    CHECK(statement.at("/debits") == "1890000.00");    // guarantee 1 %, arrangement 0.5 % of the loan
    CHECK(statement.at("/closing") == "178110000.00");
}

TEST_CASE("chapter 7: three milestones release the escrow down to zero") {
    CHECK(balance("island_escrow") == "0.00");
    CHECK(cast().administrator.get(of("island_escrow") + "/balance?at=2026-03-31T00:00:00Z").at("/balance") == "162000000.00");
    CHECK(cast().administrator.get(of("island_escrow") + "/balance?at=2026-08-19T00:00:00Z").at("/balance") == "113400000.00");
    CHECK(balance("battery_cny") == "105300000.00");
    CHECK(balance("solar_cny") == "56700000.00"); // together the contract's 162 million
    CHECK(balance("hobart_usd") == "1000000.00");
    CHECK(balance("exchange_cny") == "7120000.00");
}

TEST_CASE("chapter 11: issued = held + pledged + retired, and the sale was delivery against payment") {
    CHECK(balance("ccer_issued") == "-9600.000");
    const Answer island = cast().administrator.get(of("island_power_ccer"));
    CHECK(island.at("/balance") == "6000.000");
    CHECK(island.at("/held_out") == "2000.000");
    CHECK(balance("chemical_park_ccer") == "3000.000");
    CHECK(balance("ccer_retired") == "600.000");
    CHECK(balance("chemical_park_cny") == "2796000.00");
}

TEST_CASE("chapter 14: the whole ledger adds up to zero, and a statement's code is checked by a stranger") {
    const Answer reconciled = cast().administrator.get("/ledger/reconciliation");
    CHECK(reconciled.at("/adds_up") == "true");
    for (const std::string& total : reconciled.all("/assets", "/total")) CHECK(total.find_first_not_of("0.") == std::string::npos);
    const Answer issued = cast().administrator.post(of("island_escrow") + "/statements", R"({"first_day":"2026-01-01","last_day":"2026-10-31"})");
    REQUIRE_MESSAGE(issued.status == 201, issued.body);
    CHECK(issued.at("/closing") == "0.00");
    CHECK(issued.number("/line_count") == 6);
    const Answer checked = cast().nobody.get("/ledger/statements/" + issued.at("/id"));
    CHECK(checked.at("/holds") == "true");
    CHECK(cast().nobody.get("/ledger/statements/" + issued.at("/id") + "/pdf").body.starts_with("%PDF"));
    Visitor machine = cast().visitor();
    const Ran listed = run({"account", "list", "--server", cast().bank.address(), "--json", "--limit", "3", "--token",
        cast().administrator.post("/tokens", R"({"name":"story"})").at("/token")});
    CHECK_MESSAGE(listed.status == 0, listed.err);
    CHECK(listed.out.find("account_sample_") != std::string::npos);
}

} // namespace greenbank::testing
