// ledger_test.cpp — the ledger from outside: batches, holds, periods, four eyes, statements, reports, and who sees what.
#include <set>

#include "ledger_cast.h"

namespace greenbank::testing {

TEST_CASE("a batch says how each transfer came out, with the balances; asked again nothing happens twice") {
    LedgerCast ledger;
    const std::string first = ledger.id(), second = ledger.id();
    const std::string body =
        fmt::format(R"({{"transfers":[{},{},{},{}]}})", ledger.transfer(first, "bank", "ana", "100.00"), ledger.transfer(second, "ana", "ben", "30.50"),
            ledger.transfer(ledger.id(), "ana", "ben", "70.00"), ledger.transfer(ledger.id(), "ana", "ana", "1.00"));
    const Answer answer = ledger.administrator().post("/ledger/transfers", body);
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    CHECK(answer.number("/accepted") == 2);
    CHECK(answer.all("/results", "/status") == std::vector<std::string>{"ok", "ok", "debits_exceed_credits", "accounts_same"});
    CHECK(answer.at("/results/0/credit_balance") == "100.00");
    CHECK(answer.at("/results/0/debit_balance") == "-100.00");
    CHECK(answer.at("/results/1/credit_balance") == "30.50");
    CHECK(!answer.at("/results/2/message").empty());
    const Answer again = ledger.administrator().post("/ledger/transfers", body);
    CHECK(again.all("/results", "/status") == std::vector<std::string>{"exists", "exists", "debits_exceed_credits", "accounts_same"});
    CHECK(again.at("/results/0/line") == answer.at("/results/0/line"));
    // An Idempotency-Key changes nothing: the ids of the transfers are the keys.
    for (int i = 0; i < 2; ++i)
        CHECK(ledger.administrator().post("/ledger/transfers", body, {{"Idempotency-Key", "a batch"}}).at("/results/0/status") == "exists");
    const Answer changed = ledger.post(ledger.transfer(first, "bank", "ana", "100.01"));
    CHECK(changed.at("/results/0/status") == "exists_with_other_amount");
    CHECK(ledger.balance("ana") == "69.50");
    CHECK(ledger.balance("ben") == "30.50");

    const Answer one = ledger.administrator().get("/ledger/transfers/" + second);
    CHECK(one.at("/amount") == "30.50");
    CHECK(one.at("/credit_balance") == "30.50");
}

TEST_CASE("faulty requests are refused with a sentence, and nothing half is done") {
    LedgerCast ledger;
    Visitor& administrator = ledger.administrator();
    const std::string line_before = administrator.get("/ledger/accounts?limit=1").body;
    const auto refused = [&](const std::string& transfers, int status, const std::string& code_or_field) {
        const Answer answer = administrator.post("/ledger/transfers", "{\"transfers\":[" + transfers + "]}");
        CHECK_MESSAGE(answer.status == status, transfers.substr(0, 200), " → ", answer.body.substr(0, 300));
        CHECK(answer.is_problem());
        const auto fields = answer.faulty_fields();
        CHECK_MESSAGE((answer.code() == code_or_field || std::find(fields.begin(), fields.end(), code_or_field) != fields.end()), answer.body.substr(0, 300));
    };
    refused("", 422, "transfers");
    refused(ledger.transfer("transfer_short", "bank", "ana", "1.00"), 422, "transfers[0].id");
    refused(ledger.transfer(ledger.id(), "bank", "ana", "1.001"), 422, "transfers[0].amount");
    refused(ledger.transfer(ledger.id(), "bank", "ana", "1,00"), 422, "transfers[0].amount");
    refused(ledger.transfer(ledger.id(), "bank", "ana", "1.00", R"(,"kind":"gift")"), 422, "transfers[0].kind");
    std::string many;
    for (int i = 0; i < 8191; ++i) (many += i ? "," : "") += ledger.transfer(ledger.id(), "bank", "ana", "1.00");
    refused(many, 422, "transfers");
    CHECK(administrator.get("/ledger/accounts?limit=1").body == line_before);

    const std::set<std::string> expected = {"amount_zero", "amount_negative", "amount_too_large", "debit_account_unknown", "accounts_in_different_assets",
        "hold_unknown", "chain_open", "original_unknown"};
    std::set<std::string> found;
    for (const std::string& asked : {ledger.transfer(ledger.id(), "bank", "ana", "0.00"), ledger.transfer(ledger.id(), "bank", "ana", "-5.00"),
             ledger.transfer(ledger.id(), "bank", "ana", "400000000000000000000000000000000000000.00"), ledger.transfer(ledger.id(), "nobody", "ana", "1.00"),
             ledger.transfer(ledger.id(), "bank", "carbon", "1.00"), ledger.transfer(ledger.id(), "bank", "ana", "1.00", R"(,"linked":true)"),
             fmt::format(R"({{"id":"{}","kind":"post","refers_to":"{}"}})", ledger.id(), ledger.id()),
             fmt::format(R"({{"id":"{}","kind":"reverse","refers_to":"{}"}})", ledger.id(), ledger.id())}) {
        const Answer answer = ledger.post(asked);
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
        found.insert(answer.at("/results/0/status"));
    }
    CHECK(found == expected);
    // Sums of 128 bits are full at last; and every refusal is a sentence.
    const std::string much = "1701411834604692317316873037158841057.27";
    std::string overflowing;
    for (int i = 0; i < 3; ++i) (overflowing += i ? "," : "") += ledger.transfer(ledger.id(), "bank", "other bank", much);
    const Answer overflow = ledger.post(overflowing);
    CHECK(overflow.all("/results", "/status") == std::vector<std::string>{"ok", "ok", "debits_overflow"});
    CHECK(overflow.at("/results/2/message").ends_with("."));
    // The same single transfer is refused as a whole.
    const Answer single = administrator.post("/ledger/transfer", ledger.transfer(ledger.id(), "ana", "ben", "1.00"));
    CHECK(single.status == 409);
    CHECK(single.code() == "ledger.debits_exceed_credits");
}

TEST_CASE("holds are posted in part, voided, or expire by themselves; a transfer is reversed at most to its amount") {
    LedgerCast ledger;
    Visitor& administrator = ledger.administrator();
    const std::string funding = ledger.id(), hold = ledger.id(), other = ledger.id(), brief = ledger.id();
    ledger.post(ledger.transfer(funding, "bank", "ana", "100.00"));
    ledger.post(ledger.transfer(hold, "ana", "ben", "60.00", R"(,"kind":"pending")"));
    CHECK(ledger.account("ana").at("/available") == "40.00");
    CHECK(ledger.account("ana").at("/held_out") == "60.00");
    CHECK(administrator.post("/ledger/holds/" + hold + "/post", R"({"amount":"60.01"})").code() == "ledger.amount_exceeds_hold");
    CHECK(administrator.post("/ledger/holds/" + hold + "/post", R"({"amount":"45.00"})").status == 200);
    CHECK(administrator.post("/ledger/holds/" + hold + "/void", "{}").code() == "ledger.hold_already_posted");
    CHECK(ledger.account("ana").at("/available") == "55.00");
    ledger.post(ledger.transfer(other, "ana", "ben", "10.00", R"(,"kind":"pending")"));
    CHECK(administrator.post("/ledger/holds/" + other + "/void", R"({"note":"not needed"})").status == 200);
    ledger.post(ledger.transfer(brief, "ana", "ben", "10.00", R"(,"kind":"pending","timeout_seconds":1)"));
    CHECK(administrator.get("/ledger/holds").number("/total") == 1);
    CHECK(wait_for([&] { return ledger.account("ana").at("/held_out") == "0.00"; }, 10));
    CHECK(administrator.post("/ledger/holds/" + brief + "/post", "{}").code() == "ledger.hold_expired");

    CHECK(administrator.post("/ledger/transfers/" + funding + "/reverse", R"({"amount":"20.00"})").status == 200);
    CHECK(administrator.post("/ledger/transfers/" + funding + "/reverse", "{}").code() == "ledger.debits_exceed_credits"); // 45 of it are spent
    CHECK(administrator.post("/ledger/transfers/" + funding + "/reverse", R"({"amount":"90.00"})").code() == "ledger.amount_exceeds_original");
    CHECK(ledger.balance("ana") == "35.00");
}

TEST_CASE("linked transfers across assets happen together or not at all: delivery versus payment") {
    LedgerCast ledger;
    ledger.post(ledger.transfer(ledger.id(), "bank", "ana", "100.00"));
    ledger.post(ledger.transfer(ledger.id(), "issuer", "carbon", "5.000"));
    const auto trade = [&](const std::string& money, const std::string& tonnes) {
        return ledger.post(
            ledger.transfer(ledger.id(), "ana", "ben", money, R"(,"linked":true)") + "," + ledger.transfer(ledger.id(), "carbon", "buyer", tonnes));
    };
    CHECK(trade("60.00", "6.000").all("/results", "/status") == std::vector<std::string>{"chain_broken", "debits_exceed_credits"});
    CHECK(ledger.balance("ana") == "100.00");
    CHECK(trade("60.00", "3.000").all("/results", "/status") == std::vector<std::string>{"ok", "ok"});
    CHECK(ledger.balance("buyer") == "3.000");
}

TEST_CASE("accounts are frozen, limited and closed; periods are closed") {
    LedgerCast ledger;
    Visitor& administrator = ledger.administrator();
    const auto state = [&](const std::string& name, const std::string& next) {
        return administrator.post("/ledger/accounts/" + ledger.accounts[name] + "/state", fmt::format(R"({{"state":"{}"}})", next));
    };
    const auto status = [&](const std::string& debit, const std::string& credit, const std::string& amount, const std::string& more = "") {
        return ledger.post(ledger.transfer(ledger.id(), debit, credit, amount, more)).at("/results/0/status");
    };
    CHECK(state("ana", "frozen").status == 200);
    CHECK(status("bank", "ana", "1.00") == "credit_account_frozen");
    CHECK(state("ana", "open").status == 200);
    CHECK(status("bank", "ana", "10.00") == "ok");
    CHECK(state("ana", "closed").code() == "ledger.account_not_empty");
    CHECK(administrator.patch("/ledger/accounts/" + ledger.accounts["ana"], R"({"balance_min":"4.00"})").status == 200);
    CHECK(status("ana", "ben", "7.00") == "balance_below_minimum");
    CHECK(status("ana", "ben", "6.00") == "ok");
    CHECK(administrator.patch("/ledger/accounts/" + ledger.accounts["ana"], R"({"balance_min":"4.001"})").faulty_fields() ==
          std::vector<std::string>{"balance_min"});
    CHECK(administrator.patch("/ledger/accounts/" + ledger.accounts["ana"], R"({"purpose":"escrow"})").code() == "ledger.account_fixed");
    CHECK(state("buyer", "closed").status == 200);
    CHECK(status("carbon", "buyer", "1.000") == "credit_account_closed");
    CHECK(state("buyer", "open").code() == "ledger.account_closed");

    CHECK(administrator.post("/ledger/periods/close", R"({"first_day":"2020-01-01","last_day":"2020-12-31"})").status == 200);
    CHECK(status("bank", "ana", "1.00", R"(,"booking_date":"2020-06-01")") == "period_closed");
    CHECK(status("bank", "ana", "1.00", R"(,"booking_date":"2021-01-01","value_date":"2020-12-31")") == "ok");
    CHECK(administrator.post("/ledger/periods/reopen", R"({"first_day":"2020-06-01","last_day":"2020-06-30"})").number("/total") == 2);
    CHECK(status("bank", "ana", "1.00", R"(,"booking_date":"2020-06-01")") == "ok");
    CHECK(administrator.post("/ledger/periods/close", R"({"first_day":"2020-12-31","last_day":"2020-01-01"})").code() == "ledger.period_reversed");
}

TEST_CASE("above the maker's limit another person must agree; nobody agrees to their own order or sets their own limit") {
    LedgerCast ledger;
    Visitor &administrator = ledger.administrator(), &officer = ledger.all.officer;
    ledger.post(ledger.transfer(ledger.id(), "bank", "ana", "1000.00"));
    const auto order = [&](Visitor& maker, const std::string& amount) {
        return maker.post("/ledger/orders",
            fmt::format(R"({{"debit":"{}","credit":"{}","amount":"{}","note":"rent"}})", ledger.accounts["ana"], ledger.accounts["ben"], amount));
    };
    const Answer waiting = order(officer, "100.00");
    REQUIRE_MESSAGE(waiting.status == 201, waiting.body);
    CHECK(waiting.at("/state") == "waiting");
    CHECK(ledger.balance("ben") == "0.00");
    CHECK(officer.post("/ledger/orders/" + waiting.at("/id") + "/approve", "{}").code() == "ledger.own_order");
    const Answer approved = administrator.post("/ledger/orders/" + waiting.at("/id") + "/approve", "{}");
    CHECK(approved.at("/state") == "posted");
    CHECK(ledger.balance("ben") == "100.00");
    CHECK(administrator.post("/ledger/orders/" + waiting.at("/id") + "/approve", "{}").code() == "ledger.order_not_waiting");

    const std::string person = officer.get("/session").at("/person/id");
    const std::string limit = fmt::format(R"({{"person":"{}","asset":"{}","single_max":"60.00","daily_max":"100.00"}})", person, ledger.assets["money"]);
    CHECK(officer.post("/ledger/limits", limit).status == 403);
    REQUIRE(administrator.post("/ledger/limits", limit).status == 200);
    CHECK(administrator
              .post("/ledger/limits", fmt::format(R"({{"person":"{}","asset":"{}","single_max":"60.00","daily_max":"100.00"}})",
                                          administrator.get("/session").at("/person/id"), ledger.assets["money"]))
              .code() == "ledger.own_limit");
    CHECK(order(officer, "60.00").at("/state") == "posted");
    CHECK(order(officer, "60.01").at("/state") == "waiting");
    CHECK(order(officer, "40.01").at("/state") == "waiting"); // 100.01 on one day
    CHECK(order(officer, "40.00").at("/state") == "posted");
    CHECK(ledger.balance("ben") == "200.00");
    const Answer refused = order(officer, "500.00");
    CHECK(administrator.post("/ledger/orders/" + refused.at("/id") + "/refuse", R"({"reason":"too much"})").at("/state") == "refused");
    const Answer poor = order(officer, "5000.00");
    CHECK(administrator.post("/ledger/orders/" + poor.at("/id") + "/approve", "{}").code() == "ledger.debits_exceed_credits");
    CHECK(officer.post("/ledger/orders/" + poor.at("/id") + "/withdraw", "{}").at("/state") == "withdrawn");
}

TEST_CASE("an organisation sees its own accounts, statements and balances at any time, and no others") {
    LedgerCast ledger;
    Visitor &owner = ledger.all.reader, &stranger = ledger.all.other_manager;
    const std::string ana = ledger.accounts["ana"];
    ledger.post(ledger.transfer(ledger.id(), "bank", "ana", "100.00", R"(,"note":"first")"));
    const std::string between = ledger.all.administrator.get("/ledger/accounts/" + ana + "/balance").at("/at");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    for (int i = 0; i < 300; ++i) ledger.batch.push_back(ledger.transfer(ledger.id(), i % 2 ? "ana" : "bank", i % 2 ? "ben" : "ana", "0.10"));
    ledger.send_batch();
    CHECK(owner.get("/ledger/accounts").all("/items", "/id") == std::vector<std::string>{ana});
    CHECK(stranger.get("/ledger/accounts/" + ana).status == 404);
    CHECK(stranger.get("/ledger/accounts/" + ana + "/statement").status == 404);
    CHECK(ledger.all.nobody.get("/ledger/accounts").status == 401);
    CHECK(owner.get("/ledger/trial-balance").status == 403);
    CHECK(owner.get("/ledger/accounts/" + ana + "/balance?at=" + between).at("/balance") == "100.00");
    CHECK(owner.get("/ledger/accounts/" + ana + "/balance?at=2020-01-01T00:00:00Z").at("/balance") == "0.00");

    const Answer page = owner.get("/ledger/accounts/" + ana + "/statement?limit=200");
    REQUIRE(page.status == 200);
    CHECK(page.at("/opening") == "0.00");
    CHECK(page.at("/closing") == "100.00");
    CHECK(page.at("/credits") == "115.00");
    CHECK(page.size("/lines") == 200);
    const Answer rest = owner.get("/ledger/accounts/" + ana + "/statement?limit=200&before=" + page.at("/next"));
    CHECK(rest.size("/lines") == 101);
    CHECK(rest.at("/next").empty());
    CHECK(rest.at("/lines/100/note") == "first");
    CHECK(rest.at("/lines/100/balance") == "100.00");
    CHECK(owner.get("/ledger/accounts/" + ana + "/statement?first_day=2026-02-02&last_day=2026-02-01").faulty_fields() == std::vector<std::string>{"last_day"});
    CHECK(owner.get("/ledger/accounts/" + ana + "/statement?before=1").status == 200);
    CHECK(owner.get("/ledger/accounts/" + ana + "/statement?last_day=2020-01-01").size("/lines") == 0);

    const Answer csv = owner.get("/ledger/accounts/" + ana + "/statement/export?format=csv");
    CHECK(csv.status == 200);
    CHECK(csv.body.find("100.00") != std::string::npos);
    CHECK(owner.get("/ledger/accounts/" + ana + "/statement/export?format=xlsx").body.starts_with("PK"));
    CHECK(owner.get("/ledger/accounts/" + ana + "/statement/export?format=doc").faulty_fields() == std::vector<std::string>{"format"});

    CHECK(owner.post("/ledger/accounts/" + ana + "/statements", R"({"first_day":"2026-01-01","last_day":"2999-01-01"})").faulty_fields() ==
          std::vector<std::string>{"last_day"});
    const Answer issued = owner.post("/ledger/accounts/" + ana + "/statements", R"({"first_day":"2020-01-01","last_day":"2020-12-31"})");
    REQUIRE_MESSAGE(issued.status == 201, issued.body);
    const Answer checked = ledger.all.nobody.get("/ledger/statements/" + issued.at("/id"));
    CHECK(checked.at("/holds") == "true");
    CHECK(checked.at("/statement/digest") == issued.at("/digest"));
    CHECK(ledger.all.nobody.get("/ledger/statements/" + issued.at("/id") + "/pdf").body.starts_with("%PDF"));
}

TEST_CASE("reports add up to zero, and hledger comes to the same balances") {
    LedgerCast ledger;
    Visitor& administrator = ledger.administrator();
    ledger.post(ledger.transfer(ledger.id(), "bank", "ana", "100.00") + "," + ledger.transfer(ledger.id(), "ana", "ben", "12.34") + "," +
                ledger.transfer(ledger.id(), "issuer", "carbon", "7.001") + "," +
                ledger.transfer(ledger.id(), "carbon", "buyer", "2.000", R"(,"kind":"pending")"));
    const Answer trial = administrator.get("/ledger/trial-balance");
    for (const std::string& difference : trial.all("/assets", "/difference")) CHECK(difference.find_first_not_of("0.") == std::string::npos);
    const Answer past = administrator.get("/ledger/trial-balance?at=2020-01-01T00:00:00Z");
    CHECK(past.at("/assets/0/debits").find_first_not_of("0.") == std::string::npos);
    const Answer reconciled = administrator.get("/ledger/reconciliation");
    CHECK(reconciled.at("/adds_up") == "true");
    CHECK(administrator
              .post("/ledger/rates",
                  fmt::format(R"({{"asset":"{}","into_asset":"{}","day":"2026-01-01","rate":"68.5","source":"a test","status":"unconfirmed"}})",
                      ledger.assets["carbon"], ledger.assets["money"]))
              .status == 201);
    const Answer worth = administrator.get("/ledger/revaluation?into=" + ledger.assets["money"]);
    CHECK(worth.body.find("\"479.57\"") != std::string::npos); // 7.001 × 68.5 = 479.5685
    CHECK(worth.at("/total") == "0.00");

    const Answer journal = administrator.get("/ledger/journal");
    REQUIRE(journal.status == 200);
    if (run_command({"sh", "-c", "command -v hledger"}).status != 0) {
        MESSAGE("skipped: hledger is not installed");
        return;
    }
    const std::string file = ledger.all.folder.write("journal.hledger", journal.body);
    const Ran balances = run_command({"hledger", "-f", file, "balance", "-E", "-N", "--no-total", "-O", "csv"});
    REQUIRE_MESSAGE(balances.status == 0, balances.err);
    for (const auto& [name, minor] :
        {std::pair<std::string, std::string>("ana", "-8766"), {"ben", "-1234"}, {"carbon", "-7001"}}) // a debit counts above zero there
        CHECK_MESSAGE(balances.out.find(ledger.accounts[name] + "\",\"" + minor + " ") != std::string::npos, balances.out);
}

} // namespace greenbank::testing
