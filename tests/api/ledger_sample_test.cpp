// ledger_sample_test.cpp — the sample bank goes, the rounds that the transparency log tells of stay; `greenbank verify` agrees.
#include <fstream>

#include "cast.h"

namespace greenbank::testing {

namespace {

/// How many accounts the sample bank has: rooms add theirs to its file.
long sample_accounts() {
    long count = 0;
    std::ifstream file("data/sample/ledger/accounts.json");
    for (std::string line; std::getline(file, line);) count += line.find("\"owner\":") != std::string::npos;
    REQUIRE(count > 0);
    return count;
}

std::string remove_sample(Visitor& officer) { return wait_for_job(officer, officer.post("/sample/remove").at("/id")).at("/state"); }

void check_verified(BankProcess& bank, const std::string& data) {
    CHECK(bank.stop() == 0);
    const Ran verified = run({"verify", "--data", data, "--json"});
    CHECK_MESSAGE(verified.status == 0, verified.out);
}

} // namespace

TEST_CASE("a ledger in which people have written keeps every round; sample money is reversed and sample accounts are closed") {
    Cast own;
    Visitor& administrator = own.administrator;
    const std::string battery = "account_sample_battery_cny", park = "account_sample_chemical_park_cny";
    const auto post = [&](const std::string& id, const std::string& debit, const std::string& credit) {
        const Answer answer = administrator.post(
            "/ledger/transfers", fmt::format(R"({{"transfers":[{{"id":"{}","debit":"{}","credit":"{}","amount":"1.00"}}]}})", id, debit, credit));
        REQUIRE_MESSAGE(answer.number("/accepted") == 1, answer.body);
    };
    post("transfer_00000000000000000000000991", battery, park); // from one sample account to another
    const std::string line = administrator.get("/ledger/transfers/transfer_00000000000000000000000991").body;
    REQUIRE(remove_sample(own.officer) == "done");

    CHECK(administrator.get("/ledger/transfers/transfer_00000000000000000000000991").body == line);
    CHECK(administrator.get("/ledger/reconciliation").at("/adds_up") == "true");
    const Answer accounts = administrator.get("/ledger/accounts?limit=100");
    REQUIRE(accounts.number("/total") == sample_accounts());
    for (long i = 0; i < sample_accounts(); ++i) {
        const std::string at = fmt::format("/items/{}", i), id = accounts.at(at + "/id");
        const bool moved = id == battery || id == park; // more than a sample now
        INFO(id);
        CHECK(accounts.at(at + "/sample") == "true");
        if (!moved && accounts.at(at + "/balance") != "0.00") continue; // its partner was one of the two
        CHECK(accounts.at(at + "/state") == (moved ? "open" : "closed"));
    }
    // Whoever loads the samples again gets none of the ledger's twice.
    CHECK(wait_for_job(own.officer, own.officer.post("/sample/load").at("/id")).at("/state") == "done");
    CHECK(administrator.get("/ledger/accounts?limit=100").number("/total") == sample_accounts());
    // Nor does finance say that what was taken back is owed or held.
    for (const char* contracts : {"/loans", "/loan-warnings", "/revolving-lines", "/finance-leases", "/guarantees", "/green-funds", "/contract-movements"}) {
        INFO(contracts);
        CHECK(administrator.get(contracts).number("/total") == 0);
    }
    CHECK(administrator.get("/risk-pools").number("/total") > 0);
    check_verified(own.bank, own.folder.path());
}

TEST_CASE("a ledger of samples alone, in which nobody has written, goes with them and comes back") {
    Cast own;
    REQUIRE(remove_sample(own.officer) == "done");
    CHECK(own.administrator.get("/ledger/accounts").number("/total") == 0);
    CHECK(wait_for_job(own.officer, own.officer.post("/sample/load").at("/id")).at("/state") == "done");
    CHECK(own.administrator.get("/ledger/accounts").number("/total") == sample_accounts());
    CHECK(own.administrator.get("/loans").number("/total") > 0);
    CHECK(own.administrator.get("/green-funds").number("/total") > 0);
    check_verified(own.bank, own.folder.path());
}

} // namespace greenbank::testing
