// finance_contracts_test.cpp — lines, leases, guarantees behind guarantees and funds: each movement is the ledger's, and what the contract says is what it holds.
#include "finance_cast.h"

namespace greenbank::testing {

TEST_CASE("a revolving line: its rate over a fixing, drawn, paid back and drawn again within the limit") {
    Finance all;
    const std::string body = fmt::format(
        R"({{"title":{{"en":"Working capital"}},"borrower":"{}","limit":{{"amount":"10000.00","currency":"CNY"}},"benchmark":"lpr_1y","rate":0.5,"commitment_fee":0.25,"months":12}})",
        all.all.organisation);
    CHECK(all.lender.post("/revolving-lines", body).code() == "financing.no_fixing");
    const std::string fixing = fmt::format(R"({{"benchmark":"lpr_1y","day":"{}","rate":3.1,"source":"the test","status":"sample"}})", day_from_now(-5));
    CHECK(all.lender.post("/benchmark-fixings", fixing).status == 403);
    all.good(all.desk.post("/benchmark-fixings", fixing));
    CHECK(all.desk.post("/benchmark-fixings", fixing).code() == "financing.fixing_twice");
    CHECK(all.lender.post("/revolving-lines", R"({"title":{},"borrower":"org_x","limit":{"amount":"0.00","currency":"CNY"},"rate":-1,"frequency":5})")
              .faulty_fields()
              .size() >= 4);
    const Answer made = all.lender.post("/revolving-lines", body);
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string line = "/revolving-lines/" + made.at("/id");
    CHECK(all.borrower.post(line + "/draw", Finance::money("1.00")).code() == "financing.state");
    CHECK(all.lender.post(line + "/accept").code() == "finance.not_borrower");
    all.good(all.borrower.post(line + "/accept"));
    CHECK(all.borrower.get(line).at("/rate_now") == "3.6");
    CHECK(all.borrower.post(line + "/draw", Finance::money("10000.01")).code() == "financing.above_limit");
    all.good(all.borrower.post(line + "/draw", Finance::money("6000.00")));
    CHECK(all.borrower.post(line + "/draw", Finance::money("4000.01")).code() == "financing.above_limit");
    const Answer drawn = all.borrower.get(line);
    const auto owed = [&] { return all.treasurer.get("/ledger/accounts/" + drawn.at("/owed_account")).at("/balance"); };
    CHECK(owed() == "-6000.00");
    CHECK(all.bank.balance("ana") == "8000.00");
    all.good(all.borrower.post(line + "/repay", Finance::money("5000.00")));
    all.good(all.borrower.post(line + "/draw", Finance::money("9000.00")));
    CHECK(owed() == "-10000.00");
    all.good(all.borrower.post(line + "/repay", "{}"));
    CHECK(owed() == "0.00");
    CHECK(all.borrower.post(line + "/repay", "{}").code() == "financing.nothing_owed");
    CHECK(all.bank.balance("ana") == "2000.00");
    CHECK(all.lender.get("/contract-movements?contract=" + made.at("/id")).number("/total") == 4);
    Visitor& stranger = all.institution("stranger");
    CHECK(stranger.get(line).status == 404);
    CHECK(stranger.get("/contract-movements").number("/total") == 0);
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a lease: the supplier is paid, rents come in, the thing is bought for the option price") {
    Finance all;
    Third supplier(all, "supplier", "1.00");
    const auto body = [&](const std::string& residual) {
        return fmt::format(
            R"({{"title":{{"en":"Battery"}},"lessee":"{}","supplier":"{}","cost":{{"amount":"1200.00","currency":"CNY"}},"residual":{{"amount":"{}","currency":"CNY"}},
"option_price":{{"amount":"50.00","currency":"CNY"}},"rate":6,"months":12,"frequency":4}})",
            all.all.organisation, supplier.organisation, residual);
    };
    CHECK(all.lender.post("/finance-leases", body("1200.00")).faulty_fields() == std::vector<std::string>{"residual"});
    const Answer made = all.lender.post("/finance-leases", body("100.00"));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string lease = "/finance-leases/" + made.at("/id");
    CHECK(all.borrower.post(lease + "/pay", "{}").code() == "financing.state");
    const Answer begun = all.borrower.post(lease + "/accept");
    REQUIRE_MESSAGE(begun.status == 200, begun.body);
    CHECK(begun.size("/rents") == 4);
    CHECK(all.bank.balance("supplier") == "1201.00");
    CHECK(all.bank.balance("ben") == "88800.00");
    const auto owed = [&] { return all.treasurer.get("/ledger/accounts/" + begun.at("/owed_account")).at("/balance"); };
    CHECK(owed() == "-1200.00");
    const std::int64_t rent = begun.number("/rents/0/rent"), interest = begun.number("/rents/0/interest");
    CHECK(interest == 1800);
    CHECK(all.borrower.post(lease + "/end", R"({"buy":true})").code() == "financing.rents_left");
    const Answer paid = all.borrower.post(lease + "/pay", "{}"); // the next one, before it is due
    REQUIRE_MESSAGE(paid.status == 200, paid.body);
    CHECK(paid.number("/rents/0/paid") == rent);
    CHECK(owed() == fmt::format("-{}.{:02}", (120'000 - rent + interest) / 100, (120'000 - rent + interest) % 100));
    std::int64_t left = 0;
    for (int i = 1; i < 4; ++i) left += paid.number(fmt::format("/rents/{}/rent", i));
    CHECK(all.borrower.post(lease + "/pay", Finance::money("5000.00")).code() == "financing.above_rents");
    all.good(all.borrower.post(lease + "/pay", Finance::money(fmt::format("{}.{:02}", left / 100, left % 100))));
    CHECK(owed() == "-100.00");
    const Answer bought = all.borrower.post(lease + "/end", R"({"buy":true})");
    REQUIRE_MESSAGE(bought.status == 200, bought.body);
    CHECK(bought.at("/state") == "over");
    CHECK(owed() == "0.00"); // 50.00 paid, 50.00 the lessor's loss
    CHECK(all.lender.get("/contract-movements?contract=" + made.at("/id")).number("/total") == 4);
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a guarantee and one behind it: fees, calls, and what comes back goes down the chain") {
    Finance all;
    Third guarantor(all, "guarantor", "20000.00"), behind(all, "behind", "20000.00");
    const std::string loan = all.loan();
    all.good(all.desk.post(loan + "/value-date", fmt::format(R"({{"day":"{}","source":"Receipt"}})", day_from_now(-75))));
    all.good(all.lender.post(loan + "/draw", Finance::money("50000.00")));
    const auto body = [&](const std::string& beneficiary, const std::string& payer, const std::string& more) {
        return fmt::format(
            R"({{"title":{{"en":"Guarantee"}},"beneficiary":"{}","payer":"{}","limit":{{"amount":"20000.00","currency":"CNY"}},"fee_rate":1,"call_after_days":30,"begins_on":"{}","ends_on":"{}"{}}})",
            beneficiary, payer, day_from_now(-1), day_from_now(700), more);
    };
    const std::string loan_id = loan.substr(loan.rfind('/') + 1), harbour = all.all.other_organisation, island = all.all.organisation;
    CHECK(guarantor.visitor.post("/guarantees", body(harbour, island, R"(,"loan":"loan_nobody")")).faulty_fields() == std::vector<std::string>{"loan"});
    CHECK(guarantor.visitor.post("/guarantees", body(harbour, guarantor.organisation, "")).faulty_fields() == std::vector<std::string>{"payer"});
    const Answer first = guarantor.visitor.post("/guarantees", body(harbour, island, fmt::format(R"(,"share":40,"loan":"{}")", loan_id)));
    REQUIRE_MESSAGE(first.status == 201, first.body);
    const std::string primary = "/guarantees/" + first.at("/id");
    CHECK(all.lender.post("/guarantee-calls", fmt::format(R"({{"guarantee":"{}","reason":"late"}})", first.at("/id"))).code() == "financing.not_in_force");
    CHECK(all.lender.post(primary + "/accept").code() == "financing.not_payer");
    all.good(all.borrower.post(primary + "/accept"));
    CHECK(all.bank.balance("guarantor") == "20200.00"); // a year of 1 % of 20,000
    all.good(all.borrower.post(primary + "/fee"));
    CHECK(all.borrower.get(primary).at("/fee_until") == day_from_now(700));
    CHECK(all.borrower.post(primary + "/fee").code() == "financing.fee_paid");
    CHECK(behind.visitor.post("/guarantees", body(harbour, island, fmt::format(R"(,"primary_guarantee":"{}")", first.at("/id")))).faulty_fields() ==
          std::vector<std::string>{"primary_guarantee"});
    const Answer second = behind.visitor.post(
        "/guarantees", body(guarantor.organisation, guarantor.organisation, fmt::format(R"(,"share":50,"primary_guarantee":"{}")", first.at("/id"))));
    REQUIRE_MESSAGE(second.status == 201, second.body);
    all.good(guarantor.visitor.post("/guarantees/" + second.at("/id") + "/accept"));

    const Answer called = all.lender.post("/guarantee-calls", fmt::format(R"({{"guarantee":"{}","reason":"Two payments are missing."}})", first.at("/id")));
    REQUIRE_MESSAGE(called.status == 201, called.body);
    CHECK(called.at("/loss/amount") == "50000.00");
    CHECK(called.at("/amount/amount") == "20000.00");
    const std::string call = "/guarantee-calls/" + called.at("/id");
    CHECK(all.lender.post(call + "/approve").code() == "financing.not_guarantor");
    const std::string before = all.bank.balance("ben");
    const Answer paid = guarantor.visitor.post(call + "/approve");
    REQUIRE_MESSAGE(paid.status == 200, paid.body);
    CHECK(all.treasurer.get("/ledger/transfers/" + paid.at("/transfer")).at("/amount") == "20000.00");
    CHECK(all.lender.post("/guarantee-calls", fmt::format(R"({{"guarantee":"{}","reason":"again"}})", first.at("/id"))).code() == "financing.called");
    CHECK(guarantor.visitor.post("/guarantee-calls", fmt::format(R"({{"guarantee":"{}","reason":"paid"}})", second.at("/id"))).faulty_fields() ==
          std::vector<std::string>{"of_call"});
    const Answer on =
        guarantor.visitor.post("/guarantee-calls", fmt::format(R"({{"guarantee":"{}","of_call":"{}","reason":"paid"}})", second.at("/id"), called.at("/id")));
    REQUIRE_MESSAGE(on.status == 201, on.body);
    CHECK(on.at("/amount/amount") == "10000.00");
    all.good(behind.visitor.post("/guarantee-calls/" + on.at("/id") + "/approve"));
    const std::string guarantor_before = all.bank.balance("guarantor"), behind_before = all.bank.balance("behind");

    // 10,000 of the 50,000 come back: 4,000 are the guarantor's, 2,000 of them go on.
    CHECK(guarantor.visitor.post("/guarantee-calls/" + on.at("/id") + "/recover", Finance::money("1.00")).code() == "financing.goes_on");
    all.good(all.lender.post(call + "/recover", Finance::money("10000.00")));
    CHECK(all.lender.get(call).at("/recovered/amount") == "4000.00");
    CHECK(std::stod(all.bank.balance("guarantor")) == doctest::Approx(std::stod(guarantor_before) + 2'000));
    CHECK(std::stod(all.bank.balance("behind")) == doctest::Approx(std::stod(behind_before) + 2'000));
    CHECK(behind.visitor.get("/guarantees/" + second.at("/id")).at("/recovered/amount") == "2000.00");
    CHECK(behind.visitor.get(primary).status == 404);
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a fund: promises, calls in proportion, an investment, proceeds, and a distribution down the waterfall") {
    Finance all;
    Third manager(all, "manager", "1.00"), second(all, "second", "50000.00");
    const auto body = [&](const std::string& more) {
        return fmt::format(
            R"({{"title":{{"en":"Island fund"}},"target":{{"amount":"40000.00","currency":"CNY"}},"hurdle":0,"carry_share":20,"catch_up":100,"begins_on":"2026-01-01","ends_on":"2036-01-01","terms":"the test"{}}})",
            more);
    };
    CHECK(
        manager.visitor
            .post("/green-funds",
                R"({"title":{"en":"x"},"target":{"amount":"1.00","currency":"CNY"},"carry_share":20,"catch_up":10,"begins_on":"2026-01-01","ends_on":"2025-01-01","terms":"x"})")
            .faulty_fields()
            .size() == 2);
    const Answer made = manager.visitor.post("/green-funds", body(""));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string fund = "/green-funds/" + made.at("/id");
    CHECK(manager.visitor.post(fund + "/call", fmt::format(R"({{"amount":{{"amount":"1.00","currency":"CNY"}},"due_on":"{}","purpose":"x"}})", day_from_now(9)))
              .faulty_fields() == std::vector<std::string>{"amount"});
    all.good(all.lender.post(fund + "/commit", Finance::money("30000.00")));
    CHECK(second.visitor.post(fund + "/commit", Finance::money("10000.01")).faulty_fields() == std::vector<std::string>{"amount"});
    all.good(second.visitor.post(fund + "/commit", Finance::money("10000.00")));
    const std::string call = fmt::format(R"({{"amount":{{"amount":"20000.00","currency":"CNY"}},"due_on":"{}","purpose":"Wind"}})", day_from_now(9));
    CHECK(all.lender.post(fund + "/call", call).code() == "fund.not_manager");
    all.good(manager.visitor.post(fund + "/call", call));
    CHECK(second.visitor.post(fund + "/commit", Finance::money("1.00")).code() == "fund.closed");
    const Answer calls = all.lender.get("/capital-calls");
    REQUIRE(calls.number("/total") == 1); // its own
    CHECK(calls.at("/items/0/amount/amount") == "15000.00");
    CHECK(second.visitor.post("/capital-calls/" + calls.at("/items/0/id") + "/pay").status == 404);
    all.good(all.lender.post("/capital-calls/" + calls.at("/items/0/id") + "/pay"));
    CHECK(all.lender.post("/capital-calls/" + calls.at("/items/0/id") + "/pay").code() == "fund.call_paid");
    all.good(second.visitor.post("/capital-calls/" + second.visitor.get("/capital-calls").at("/items/0/id") + "/pay"));
    const auto holds = [&] { return all.treasurer.get("/ledger/accounts/" + made.at("/account")).at("/balance"); };
    CHECK(holds() == "20000.00");

    const std::string project = create(all.borrower, "/projects", project_body("Wind of the island"));
    all.good(all.borrower.post("/projects/" + project + "/publish"));
    const auto into = [&](const std::string& amount) {
        return fmt::format(R"({{"project":"{}","amount":{{"amount":"{}","currency":"CNY"}}}})", project, amount);
    };
    CHECK(manager.visitor.post(fund + "/invest", into("20000.01")).faulty_fields() == std::vector<std::string>{"amount"});
    all.good(manager.visitor.post(fund + "/invest", into("20000.00")));
    CHECK(holds() == "0.00");
    CHECK(all.bank.balance("ana") == "22000.00");
    CHECK(all.lender.post(fund + "/proceeds", into("1.00")).faulty_fields() == std::vector<std::string>{"project"});
    all.bank.batch.push_back(all.bank.transfer(all.bank.id(), "bank", "ana", "10000.00"));
    all.bank.send_batch();
    all.good(all.borrower.post(fund + "/proceeds", into("30000.00")));
    CHECK(holds() == "30000.00");
    CHECK(all.lender.post(fund + "/distribute", Finance::money("1.00")).code() == "fund.not_manager");
    const std::string lender_before = all.bank.balance("ben");
    const Answer given = manager.visitor.post(fund + "/distribute", Finance::money("30000.00"));
    REQUIRE_MESSAGE(given.status == 200, given.body);
    CHECK(given.at("/capital/amount") == "20000.00");
    CHECK(given.at("/split_manager/amount") == "2000.00"); // 20 % of the 10,000 beyond capital
    CHECK(given.at("/to_investors/amount") == "28000.00");
    CHECK(given.size("/parts") == 3);
    CHECK(std::stod(all.bank.balance("ben")) == doctest::Approx(std::stod(lender_before) + 21'000));
    CHECK(all.bank.balance("manager") == "2001.00");
    CHECK(holds() == "0.00");
    CHECK(all.borrower.get("/fund-distributions").number("/total") == 0);
    CHECK(all.lender.get("/fund-commitments").at("/items/0/profit/amount") == "6000.00");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

} // namespace greenbank::testing
