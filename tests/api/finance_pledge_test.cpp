// finance_pledge_test.cpp — a loan on pledged tonnes: frozen, called for, released, sold; new terms; a cover of the price that settlement prices drive.
#include <map>

#include "market_cast.h"

namespace greenbank::testing {

namespace {

/// The manager borrows 20,000 of the other, secured by 1,000 tonnes at 50.00.
std::string pledged_loan(MarketCast& bank) {
    Cast& all = bank.all;
    const Answer request = all.manager.post("/financing-requests", R"({"title":{"en":"Boiler"},"amount":{"amount":"20000.00","currency":"CNY"},"months":24})");
    REQUIRE_MESSAGE(request.status == 201, request.body);
    const Answer offer = all.other_manager.post("/financing-offers",
        fmt::format(R"({{"request":"{}","amount":{{"amount":"20000.00","currency":"CNY"}},"rate":5,"months":24,"frequency":12}})", request.at("/id")));
    REQUIRE_MESSAGE(offer.status == 201, offer.body);
    const Answer loan = all.manager.post("/financing-offers/" + offer.at("/id") + "/accept");
    REQUIRE_MESSAGE(loan.status == 201, loan.body);
    const std::string path = "/loans/" + loan.at("/id");
    CHECK(all.manager.post(path + "/pledge", fmt::format(R"({{"product":"{}","tonnes":799}})", bank.product)).code() == "pledge.above_advance");
    const Answer pledged = all.manager.post(path + "/pledge", fmt::format(R"({{"product":"{}","tonnes":1000}})", bank.product));
    REQUIRE_MESSAGE(pledged.status == 200, pledged.body);
    CHECK(pledged.at("/movements/0/kind") == "pledge");
    const Answer drawn = all.other_manager.post(path + "/draw", R"({"amount":{"amount":"20000.00","currency":"CNY"}})");
    REQUIRE_MESSAGE(drawn.status == 200, drawn.body);
    return path;
}

} // namespace

TEST_CASE("a pledge of a loan is frozen, called for at the close, and free once the loan is paid back") {
    MarketCast bank(R"("allocation":"price_time","self_trade":"cancel_newer","price_limit":90,"resale_days":1)");
    Cast& all = bank.all;
    CHECK(bank.order(all.manager, "sell", "50.00", 10) == "ok 0 10");
    CHECK(bank.order(all.other_manager, "buy", "50.00", 10) == "ok 10 0");
    const std::string loan = pledged_loan(bank);
    CHECK(bank.held(all.manager, "available") == 8'990);
    CHECK(bank.order(all.manager, "sell", "60.00", 8'991).starts_with("ok") == false); // frozen tonnes are not sold

    // 10 tonnes at 50.00 and 190 at 20.00 settle at 21.50: 1,000 tonnes are worth 21,500; 130 % of the debt are 26,000.
    CHECK(bank.order(all.manager, "sell", "20.00", 190) == "ok 0 190");
    CHECK(bank.order(all.other_manager, "buy", "20.00", 190) == "ok 190 0");
    const Answer job = all.officer.post("/finance-watches", "{}");
    REQUIRE_MESSAGE(job.status == 202, job.body);
    CHECK(wait_for_job(all.officer, job.at("/id")).at("/state") == "done");
    const Answer called = all.other_manager.get(loan);
    REQUIRE(called.size("/pledge_values") == 1);
    CHECK(called.at("/pledge_values/0/call") == "true");
    const std::vector<std::string> reasons = called.all("/loan/warning_reasons", "/signal");
    CHECK(std::find(reasons.begin(), reasons.end(), "pledge_short") != reasons.end());
    CHECK(called.at("/loan/warning") == "orange"); // 17 % below the line
    const std::string pledge = "/carbon-pledges/" + called.at("/pledges/0/id");
    CHECK(all.manager.post(pledge + "/add", R"({"tonnes":300})").number("/tonnes") == 1'300);
    CHECK(all.manager.get(pledge + "/value").at("/call") == "false");

    const Answer whole = all.manager.post(loan + "/repay", "{}");
    REQUIRE_MESSAGE(whole.status == 200, whole.body);
    CHECK(whole.at("/loan/state") == "repaid");
    CHECK(all.manager.get(pledge).at("/state") == "released");
    CHECK(bank.held(all.manager, "available") == 9'800);
    bank.verify();
}

TEST_CASE("a pledge is sold: the auction pays the lender, the loan follows in the ledger, what is more goes back; nothing twice") {
    MarketCast bank;
    Cast& all = bank.all;
    CHECK(bank.order(all.manager, "sell", "50.00", 10) == "ok 0 10");
    CHECK(bank.order(all.other_manager, "buy", "50.00", 10) == "ok 10 0");
    Visitor third = all.visitor();
    const std::string buyer = enter_organisation(all.administrator, "Buyer of the pledge", "enterprise");
    join(all.administrator, third, "buyer@pledge.test", "manager", buyer);
    const std::string account = bank.entered(all.administrator, "/ledger/accounts",
        fmt::format(
            R"({{"title":{{"en":"x"}},"owner":"{}","purpose":"customer","asset":"{}","rule":"debits_must_not_exceed_credits"}})", buyer, bank.currency));
    bank.cash["buyer"] = account;
    bank.deposit("buyer", "100000.00");
    const std::string registry = bank.entered(third, "/registry-accounts", R"({"kind":"trading"})");
    REQUIRE(all.officer.post("/registry-accounts/" + registry + "/decide", R"({"state":"open"})").status == 200);

    const std::string loan = pledged_loan(bank);
    const Answer half = all.manager.post(loan + "/repay", R"({"amount":{"amount":"5000.00","currency":"CNY"}})"); // 15,000 are owed
    REQUIRE_MESSAGE(half.status == 200, half.body);
    const std::string pledge_id = half.at("/pledges/0/id");
    CHECK(half.at("/pledges/0/secured/amount") == "15000.00"); // follows what is owed
    const auto dispose = [&](Visitor& who) { return who.post(loan + "/disposal", fmt::format(R"({{"pledge":"{}"}})", pledge_id)); };
    CHECK(dispose(all.manager).code() == "finance.not_lender");
    CHECK(dispose(all.other_manager).code() == "finance.not_sold");
    const Answer auction = all.other_manager.post("/carbon-pledges/" + pledge_id + "/sell",
        fmt::format(R"({{"market":"{}","reserve":"40.00","reason":"default","closes_at":"{}"}})", bank.market, time_from_now(2)));
    REQUIRE_MESSAGE(auction.status == 201, auction.body);
    CHECK(dispose(all.other_manager).code() == "finance.not_sold");
    const Answer bid = third.post("/carbon-auctions/" + auction.at("/id") + "/bid", R"({"price":"45.00","quantity":1000})");
    REQUIRE_MESSAGE(bid.status == 201, bid.body);
    CHECK(wait_for([&] { return all.nobody.get("/carbon-auctions/" + auction.at("/id")).at("/state") == "closed"; }));
    const std::string before = bank.balance("ana");
    const Answer disposed = dispose(all.other_manager); // of 45,000 the auction paid the lender the 15,000 that were owed
    REQUIRE_MESSAGE(disposed.status == 200, disposed.body);
    CHECK(disposed.at("/movements/0/kind") == "disposal");
    CHECK(disposed.at("/movements/0/amount/amount") == "15000.00");
    CHECK(disposed.at("/movements/0/principal/amount") == "15000.00");
    CHECK(disposed.at("/loan/state") == "repaid");
    CHECK(all.administrator.get("/ledger/accounts/" + disposed.at("/loan/loan_account")).at("/balance") == "0.00");
    CHECK(bank.balance("ana") == before); // what was more than the debt came to it by the auction itself
    CHECK(dispose(all.other_manager).code() == "finance.loan_over");
    bank.verify();
}

TEST_CASE("new terms for a late loan: late principal goes into the new plan, late interest stays due, and the plan is what is owed") {
    MarketCast bank;
    Cast& all = bank.all;
    CHECK(bank.order(all.manager, "sell", "50.00", 10) == "ok 0 10");
    CHECK(bank.order(all.other_manager, "buy", "50.00", 10) == "ok 10 0");
    const Answer request = all.manager.post("/financing-requests", R"({"title":{"en":"Boiler"},"amount":{"amount":"12000.00","currency":"CNY"},"months":12})");
    const Answer offer = all.other_manager.post("/financing-offers",
        fmt::format(R"({{"request":"{}","amount":{{"amount":"12000.00","currency":"CNY"}},"rate":6,"months":12,"frequency":12,"repayment":"equal_principal"}})",
            request.at("/id")));
    REQUIRE_MESSAGE(offer.status == 201, offer.body);
    const std::string loan = "/loans/" + all.manager.post("/financing-offers/" + offer.at("/id") + "/accept").at("/id");
    REQUIRE(all.officer.post(loan + "/value-date", fmt::format(R"({{"day":"{}","source":"Receipt"}})", day_from_now(-75))).status == 200);
    REQUIRE(all.manager.post(loan + "/pledge", fmt::format(R"({{"product":"{}","tonnes":1000}})", bank.product)).status == 200);
    const Answer drawn = all.other_manager.post(loan + "/draw", R"({"amount":{"amount":"12000.00","currency":"CNY"}})");
    REQUIRE_MESSAGE(drawn.status == 200, drawn.body);
    const std::int64_t late_interest = drawn.number("/loan/instalments/0/interest") + drawn.number("/loan/instalments/1/interest"); // two have passed
    CHECK(late_interest > 0);
    CHECK(drawn.at("/pledges/0/secured/amount") == fmt::format("{}.{:02}", 12'000 + late_interest / 100, late_interest % 100));
    const auto terms = [](int months, const std::string& more = "") {
        return fmt::format(R"({{"months":{},"rate":4,"reason":"A bad summer"{}}})", months, more);
    };
    CHECK(all.manager.post(loan + "/restructure", terms(24)).code() == "finance.not_lender");
    using Fields = std::vector<std::string>;
    CHECK(all.other_manager.post(loan + "/restructure", R"({"rate":4,"reason":"A bad summer"})").faulty_fields() == Fields{"months"});
    CHECK(all.other_manager.post(loan + "/restructure", terms(24, R"(,"repayment":"custom","grace_periods":1)")).faulty_fields() ==
          Fields{"months", "grace_periods"});
    const auto own = [&](const std::string& rows) {
        return all.other_manager.post(
            loan + "/restructure", fmt::format(R"({{"rate":4,"repayment":"custom","custom_schedule":[{}],"reason":"A bad summer"}})", rows));
    };
    const auto row = [](int days, const std::string& amount, const std::string& currency = "CNY") {
        return fmt::format(R"({{"due":"{}","amount":{{"amount":"{}","currency":"{}"}}}})", day_from_now(days), amount, currency);
    };
    CHECK(own("").faulty_fields() == Fields{"custom_schedule"});
    CHECK(own(row(30, "11000.00")).faulty_fields() == Fields{"custom_schedule"}); // 12,000 are owed
    CHECK(own(row(-1, "2000.00") + "," + row(60, "10000.00")).faulty_fields() == Fields{"custom_schedule[0].due"});
    CHECK(own(row(60, "2000.00") + "," + row(60, "10000.00")).faulty_fields() == Fields{"custom_schedule[1].due"});
    CHECK(own(row(30, "12000.00") + "," + row(60, "0.00")).faulty_fields() == Fields{"custom_schedule[1].amount"});
    CHECK(own(row(30, "2000.00", "USD") + "," + row(60, "10000.00")).faulty_fields() == Fields{"custom_schedule[0].amount"});
    const Answer owned = own(row(30, "2000.00") + "," + row(60, "0.00") + "," + row(400, "10000.00"));
    REQUIRE_MESSAGE(owned.status == 200, owned.body);
    CHECK(owned.at("/loan/repayment") == "custom");
    CHECK(owned.at("/loan/ends_on") == day_from_now(400));
    CHECK(owned.at("/loan/principal/amount") == "12000.00");
    std::vector<std::string> own_rows;
    for (std::size_t i = 0; i < owned.size("/loan/instalments"); ++i)
        if (owned.at(fmt::format("/loan/instalments/{}/billed", i)) != "true") own_rows.push_back(owned.at(fmt::format("/loan/instalments/{}/principal", i)));
    CHECK(own_rows == Fields{"200000", "0", "1000000"});
    const Answer anew = all.other_manager.post(loan + "/restructure", terms(24, R"(,"repayment":"equal_principal","grace_periods":3)"));
    REQUIRE_MESSAGE(anew.status == 200, anew.body);
    CHECK(anew.at("/loan/principal/amount") == "12000.00");
    CHECK(anew.at("/rate_now") == "4");
    CHECK(anew.at("/movements/0/kind") == "restructure");
    std::int64_t planned = 0, late = 0;
    for (std::size_t i = 0; i < anew.size("/loan/instalments"); ++i) {
        const std::string one = fmt::format("/loan/instalments/{}", i);
        planned += anew.number(one + "/principal") - anew.number(one + "/paid_principal");
        if (anew.at(one + "/billed") == "true") late += anew.number(one + "/interest");
    }
    CHECK(planned == 1'200'000);
    CHECK(late > 0);
    CHECK(anew.at("/pledges/0/secured/amount") == fmt::format("{}.{:02}", (planned + late) / 100, (planned + late) % 100)); // late interest is secured, too
    CHECK(anew.at("/loan/late/amount") == fmt::format("{}.{:02}", late / 100, late % 100));
    bank.verify();
}

TEST_CASE("a cover of the carbon price pays by the market's settlement prices, and only once its last day has come") {
    MarketCast bank(R"("allocation":"price_time","self_trade":"cancel_newer","price_limit":90,"resale_days":1)");
    Cast& all = bank.all;
    const auto body = [&](const std::string& more) {
        return fmt::format(
            R"({{"title":{{"en":"Floor"}},"kind":"carbon_price","insured":"{}","limit":{{"amount":"50000.00","currency":"CNY"}},"begins_on":"{}",
"carbon":{{"structure":"put","product":"{}","strike":{{"amount":"55.00","currency":"CNY"}},"deductible":{{"amount":"2.00","currency":"CNY"}},"tonnes":1000,"share":80}},{}}})",
            all.organisation, day_from_now(0), bank.product, more);
    };
    const std::string today = fmt::format(R"("ends_on":"{}")", day_from_now(0, 8)), later = fmt::format(R"("ends_on":"{}")", day_from_now(30));
    CHECK(all.other_manager.post("/insurance-covers", body(later)).code() == "insurance.no_prices"); // nothing was traded yet
    std::string days;
    for (int i = 0; i < 20; ++i) {
        const double close = 50 + (i % 2 == 0 ? 0.8 : -0.8);
        days += fmt::format(R"({}{{"day":"{}","open":{:.2f},"high":{:.2f},"low":{:.2f},"close":{:.2f},"volume":100,"turnover":{:.2f}}})", i == 0 ? "" : ",",
            day_from_now(-30 + i), close, close, close, close, close * 100);
    }
    const Answer imported =
        all.administrator.post("/markets/" + bank.market + "/days/import", fmt::format(R"({{"source":"the test","status":"sample","days":[{}]}})", days));
    REQUIRE_MESSAGE(imported.status == 200, imported.body);
    const Answer made = all.other_manager.post("/insurance-covers", body(today));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    CHECK(made.at("/quote/basis") == "formula");
    CHECK(std::stod(made.at("/premium/amount")) > 0);
    const std::string cover = "/insurance-covers/" + made.at("/id");
    REQUIRE(all.manager.post(cover + "/accept").status == 200);
    const Answer running = all.other_manager.post("/insurance-covers", body(later));
    REQUIRE_MESSAGE(running.status == 201, running.body);
    REQUIRE(all.manager.post("/insurance-covers/" + running.at("/id") + "/accept").status == 200);

    // The market settles at 40.00: (55 − 2 − 40) × 1,000 × 80 %, in both covers; the second is not over yet.
    CHECK(bank.order(all.manager, "sell", "40.00", 10) == "ok 0 10");
    CHECK(bank.order(all.other_manager, "buy", "40.00", 10) == "ok 10 0");
    const auto claim_body = [](const std::string& id) { return fmt::format(R"({{"cover":"{}"}})", id); };
    CHECK(all.manager.post("/insurance-claims", claim_body(running.at("/id"))).code() == "insurance.not_ended");
    const Answer claim = all.manager.post("/insurance-claims", claim_body(made.at("/id")));
    REQUIRE_MESSAGE(claim.status == 201, claim.body);
    CHECK(claim.at("/settlement/amount") == "40.00");
    CHECK(claim.at("/amount/amount") == "10400.00");
    CHECK(all.manager.post("/insurance-claims", claim_body(made.at("/id"))).code() == "insurance.claimed");
    const std::string before = bank.balance("ana");
    const Answer paid = all.other_manager.post("/insurance-claims/" + claim.at("/id") + "/approve");
    REQUIRE_MESSAGE(paid.status == 200, paid.body);
    CHECK(std::stod(bank.balance("ana")) == doctest::Approx(std::stod(before) + 10'400));
    bank.verify();
}

} // namespace greenbank::testing
