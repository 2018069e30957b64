// market_test.cpp — issued, traded, auctioned, pledged, surrendered, retired: the ledger, the serial numbers and the market say the same.
#include "market_cast.h"
#include "read_back.h"

namespace greenbank::testing {

TEST_CASE("tonnes are issued by two persons, once, and not where another registry has them") {
    MarketCast bank;
    Cast& all = bank.all;
    const auto body = [&](const std::string& evidence) {
        return fmt::format(R"({{"product":"{}","organisation":"{}","tonnes":100,"period_from":"2026-01-01","period_to":"2026-06-30","evidence":"{}"}})",
            bank.product, all.organisation, evidence);
    };
    const std::string own = bank.entered(all.officer, "/issuances", body("second statement"));
    CHECK(all.officer.post("/issuances/" + own + "/approve", "{}").code() == "issuance.own");
    CHECK(all.officer.post("/issuances", body("second statement")).code() == "issuance.counted_here");
    CHECK(all.manager.post("/issuances/" + own + "/approve", "{}").status == 403);
    const Answer issued = all.administrator.post("/issuances/" + own + "/approve", "{}");
    CHECK(issued.number("/first_serial") == 10'001);
    CHECK(issued.number("/last_serial") == 10'100);
    CHECK(all.administrator.post("/issuances/" + own + "/approve", "{}").code() == "issuance.decided");
    bank.entered(all.officer, "/listed-elsewhere", R"({"registry":"Elsewhere","project_reference":"P1","vintage":2026,"tonnes":5,"source":"x"})");
    CHECK(all.officer.post("/issuances", body("third statement")).code() == "issuance.counted_elsewhere");
    CHECK(bank.held(all.manager) == 10'100);
    bank.verify();
}

TEST_CASE("an order is held before it rests; deals deliver against payment; bought today is sold tomorrow; a client's name counts once") {
    MarketCast bank;
    Cast& all = bank.all;
    CHECK(bank.order(all.manager, "sell", "50.00", 100, R"(,"client":"a1")") == "ok 0 100");
    CHECK(bank.order(all.manager, "sell", "50.00", 100, R"(,"client":"a1")") == "ok 0 100");
    CHECK(bank.last.at("/answers/0/repeated") == "true");
    CHECK(bank.held(all.manager, "available") == 9'900);
    CHECK(bank.order(all.manager, "sell", "55.01", 1) == "price_outside_limits 0 0");
    CHECK(bank.order(all.manager, "sell", "50.001", 1) == "price_invalid 0 0");
    CHECK(bank.order(all.manager, "sell", "50.00", 9'901) == "units_short 0 0");
    CHECK(bank.order(all.other_manager, "buy", "55.00", 20'000) == "cash_short 0 0");
    CHECK(bank.order(all.other_manager, "buy", "50.00", 0) == "quantity_invalid 0 0");
    const Answer check = all.other_manager.get("/markets/" + bank.market + "/check?side=buy&price=51.00&quantity=40");
    CHECK(check.at("/status") == "ok");
    CHECK(check.at("/needed") == "2040.00");
    CHECK(check.at("/crosses") == "true");
    CHECK(bank.order(all.other_manager, "buy", "51.00", 40) == "ok 40 0");
    CHECK(bank.last.at("/answers/0/mean_price") == "50.00");
    CHECK(bank.balance("ana") == "1002000.00");
    CHECK(bank.balance("ben") == "998000.00");
    CHECK(bank.held(all.other_manager) == 40);
    CHECK(all.other_manager.get("/carbon-holdings").at("/items/0/serials") == "T-1-1…40");
    CHECK(bank.order(all.other_manager, "sell", "50.00", 40) == "bought_today 0 0");
    const Answer view = all.nobody.get("/markets/" + bank.market + "/view");
    CHECK(view.at("/asks/0/price") == "50.00");
    CHECK(view.number("/asks/0/quantity") == 60);
    CHECK(view.at("/last") == "50.00");
    CHECK(view.at("/highest") == "55.00");
    const Answer own = all.manager.get("/markets/" + bank.market + "/own");
    CHECK(own.number("/orders/0/quantity") == 60);
    const std::string number = own.at("/orders/0/number");
    CHECK(bank.order(all.other_manager, "buy", "1", 1, R"(,"op":"cancel","order":)" + number) == "order_unknown 0 0");
    CHECK(bank.order(all.manager, "sell", "1", 1, R"(,"op":"cancel","order":)" + number) == "ok 0 0");
    CHECK(bank.held(all.manager, "available") == 9'960);
    const Answer days = all.nobody.get("/markets/" + bank.market + "/days");
    CHECK(days.at("/items/0/close") == "50");
    CHECK(days.number("/items/0/volume") == 40);
    CHECK(all.nobody.get("/markets/" + bank.market + "/days/file").body.find(",50,50,50,50,40,2000,") != std::string::npos);
    CHECK(all.nobody.get("/markets/" + bank.market + "/deals").size("/items") == 1);
    // A halt and a frozen account.
    CHECK(all.officer.post("/markets/" + bank.market + "/halt", R"({"halted":true})").status == 204);
    CHECK(bank.order(all.manager, "sell", "50.00", 1) == "halted 0 0");
    CHECK(all.officer.post("/markets/" + bank.market + "/halt", R"({"halted":false})").status == 204);
    CHECK(bank.order(all.manager, "sell", "50.00", 7) == "ok 0 7");
    CHECK(all.administrator.post("/ledger/accounts/" + bank.cash["ana"] + "/state", R"({"state":"frozen"})").status == 200);
    CHECK(bank.order(all.other_manager, "buy", "50.00", 7) == "ok 0 7"); // the frozen account's order has left before
    CHECK(bank.order(all.manager, "sell", "50.00", 1) == "account_frozen 0 0");
    CHECK(all.administrator.get("/ledger/reconciliation").at("/adds_up") == "true");
    bank.verify();
}

TEST_CASE("a block is settled when the other side accepts, an auction when it closes; its buyer may pay in another currency") {
    MarketCast bank(R"("price_limit":10,"block_quantity_min":1000,"block_price_limit":30,"resale_days":1)");
    Cast& all = bank.all;
    const auto block = [&](int quantity, const std::string& price) {
        return bank.entered(all.manager, "/block-trades",
            fmt::format(R"({{"market":"{}","seller":"{}","buyer":"{}","price":"{}","quantity":{}}})", bank.market, all.organisation, all.other_organisation,
                price, quantity));
    };
    CHECK(all.other_manager.post("/block-trades/" + block(999, "60.00") + "/accept", "{}").code() == "market.quantity_too_small");
    CHECK(all.other_manager.post("/block-trades/" + block(1'000, "65.01") + "/accept", "{}").code() == "market.price_outside_limits");
    const std::string id = block(1'000, "60.00");
    CHECK(all.manager.post("/block-trades/" + id + "/accept", "{}").code() == "market.block_own");
    const Answer settled = all.other_manager.post("/block-trades/" + id + "/accept", "{}");
    REQUIRE_MESSAGE(settled.status == 200, settled.body);
    CHECK(bank.balance("ana") == "1060000.00");
    CHECK(bank.held(all.other_manager) == 1'000);
    const Answer day = all.nobody.get("/markets/" + bank.market + "/days");
    CHECK(day.number("/items/0/block_volume") == 1'000);
    CHECK(day.number("/items/0/volume") == 0);
    CHECK(day.at("/items/0/close") == "50"); // blocks stay out

    const std::string dollar = bank.entered(all.administrator, "/ledger/assets", R"({"code":"USD","scale":2,"kind":"currency","name":{"en":"dollar"}})");
    const auto account = [&](const std::string& owner, const std::string& purpose, const std::string& asset, const std::string& rule) {
        return bank.entered(all.administrator, "/ledger/accounts",
            fmt::format(R"({{"title":{{"en":"x"}},"owner":"{}","purpose":"{}","asset":"{}","rule":"{}"}})", owner, purpose, asset, rule));
    };
    const std::string abroad = account(all.other_organisation, "customer", dollar, "debits_must_not_exceed_credits");
    const std::string exchange = account(all.centre, "exchange", dollar, "free"), ours = account(all.centre, "exchange", bank.currency, "free");
    REQUIRE(all.administrator
                .post("/ledger/transfer", fmt::format(R"({{"id":"transfer_{:026}","debit":"{}","credit":"{}","amount":"5000.00"}})", 777, exchange, abroad))
                .status == 200);
    REQUIRE(all.administrator
                .post("/ledger/rates", fmt::format(R"({{"asset":"{}","into_asset":"{}","day":"2026-01-01","rate":"7.12","source":"test","status":"sample"}})",
                                           dollar, bank.currency))
                .status == 201);
    const std::string auction = bank.entered(all.manager, "/carbon-auctions",
        fmt::format(R"({{"market":"{}","title":{{"en":"x"}},"quantity":500,"reserve":"65.00","closes_at":"2090-01-01T00:00:00Z"}})", bank.market));
    CHECK(bank.held(all.manager, "available") == 8'500);
    const std::string bids = "/carbon-auctions/" + auction + "/bid";
    CHECK(all.other_manager.post(bids, R"({"price":"64.99","quantity":500})").code() == "market.below_reserve");
    CHECK(all.manager.post(bids, R"({"price":"68.00","quantity":500})").code() == "market.auction_own");
    const Answer bid = all.other_manager.post(bids, R"({"price":"68.00","quantity":500,"pay_in":"USD"})");
    REQUIRE_MESSAGE(bid.status == 201, bid.body);
    CHECK(bid.at("/held") == "4775.29"); // 34,000 / 7.12, up
    CHECK(all.other_manager.post("/carbon-auctions/" + auction + "/close", "{}").code() == "market.auction_not_yours");
    const Answer closed = all.manager.post("/carbon-auctions/" + auction + "/close", "{}");
    REQUIRE_MESSAGE(closed.status == 200, closed.body);
    CHECK(closed.at("/price") == "68.00");
    CHECK(closed.number("/sold") == 500);
    CHECK(bank.balance("ana") == "1094000.00");
    CHECK(all.administrator.get("/ledger/accounts/" + abroad).at("/balance") == "224.71");
    CHECK(bank.held(all.other_manager) == 1'500);
    CHECK(all.nobody.get("/markets/" + bank.market + "/days").number("/items/0/auction_volume") == 500);
    CHECK(all.administrator.get("/ledger/reconciliation").at("/adds_up") == "true");
    bank.verify();
}

TEST_CASE("pledged tonnes are frozen, valued at the close, called for and released; what is retired never moves again, and says so on paper") {
    MarketCast bank;
    Cast& all = bank.all;
    CHECK(bank.order(all.manager, "sell", "50.00", 10) == "ok 0 10");
    CHECK(bank.order(all.other_manager, "buy", "50.00", 10) == "ok 10 0"); // a close
    const auto pledge = [&](int tonnes, const std::string& debt) {
        return all.manager.post(
            "/carbon-pledges", fmt::format(R"({{"product":"{}","pledgee":"{}","tonnes":{},"secured":{{"amount":"{}","currency":"CNY"}},"reference":"loan"}})",
                                   bank.product, all.other_organisation, tonnes, debt));
    };
    CHECK(pledge(1'000, "25000.01").code() == "pledge.above_advance");
    CHECK(pledge(9'991, "1.00").code() == "registry.tonnes_short");
    const Answer made = pledge(1'000, "25000.00");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string path = "/carbon-pledges/" + made.at("/id");
    CHECK(bank.held(all.manager, "available") == 8'990);
    CHECK(all.manager.get(path + "/value").number("/cover_basis_points") == 20'000);
    const Answer stressed = all.other_manager.get(path + "/value?price_basis_points=6000");
    CHECK(stressed.at("/call") == "true");
    CHECK(stressed.number("/tonnes_wanted") == 84); // (32,500 − 30,000) / 30, up
    CHECK(all.manager.post(path + "/release", R"({"tonnes":1})").code() == "pledge.not_pledgee");
    CHECK(all.manager.post(path + "/add", R"({"tonnes":84})").number("/tonnes") == 1'084);
    CHECK(all.other_manager.post(path + "/release", R"({"tonnes":1084})").at("/state") == "released");
    CHECK(bank.held(all.manager, "available") == 9'990);

    const auto retire = [&](int tonnes) {
        return all.manager.post(
            "/retirements", fmt::format(R"({{"product":"{}","kind":"retirement","tonnes":{},"beneficiary":{{"en":"Visitors"}},"purpose":{{"en":"Ferries"}}}})",
                                bank.product, tonnes));
    };
    CHECK(retire(9'991).code() == "registry.tonnes_short");
    const Answer retired = retire(600);
    REQUIRE_MESSAGE(retired.status == 201, retired.body);
    CHECK(retired.at("/serials") == "T-1-11…610");
    const std::string certificate = "/retirements/" + retired.at("/id");
    CHECK(all.nobody.get(certificate).at("/numbers_rest") == "true");
    const std::string paper = readable(all.nobody.get(certificate + "/pdf").body);
    CHECK(paper.find("600") != std::string::npos);
    CHECK(bank.held(all.manager) == 9'390);
    bank.verify();
}

TEST_CASE("obligations are allocated by dated benchmarks and met by allowances, by credits up to their limit") {
    MarketCast bank;
    Cast& all = bank.all;
    const std::string programme = bank.entered(
        all.officer, "/carbon-programmes", R"({"code":"ALW","kind":"allowances","name":{"en":"Allowances"},"country":"CN","registry":"x","source":"x"})");
    const std::string allowances = bank.entered(all.officer, "/carbon-products",
        fmt::format(R"({{"programme":"{}","name":{{"en":"Allowances 2025"}},"vintage":2025,"host_country":"CN","serial_prefix":"A-25"}})", programme));
    const std::string asked = bank.entered(all.officer, "/issuances",
        fmt::format(R"({{"product":"{}","organisation":"{}","tonnes":800,"period_from":"2025-01-01","period_to":"2025-12-31","evidence":"notice"}})",
            allowances, all.organisation));
    REQUIRE(all.administrator.post("/issuances/" + asked + "/approve", "{}").status == 200);
    const Answer obligation = all.officer.post("/compliance-obligations",
        fmt::format(
            R"({{"organisation":"{}","programme":"{}","year":2025,"unit_class":"up_to_300_mw","supply_mwh":1000,"emissions":1000,"due_on":"2090-12-31"}})",
            all.organisation, programme));
    REQUIRE_MESSAGE(obligation.status == 201, obligation.body);
    CHECK(obligation.number("/allocation") == 873);
    CHECK(obligation.at("/allocation_edition") == "2022 (unconfirmed)");
    const std::string path = "/compliance-obligations/" + obligation.at("/id") + "/surrender";
    const auto surrender = [&](const std::string& product, int tonnes) {
        return all.manager.post(path, fmt::format(R"({{"product":"{}","tonnes":{}}})", product, tonnes));
    };
    CHECK(all.manager.get("/compliance-obligations").number("/items/0/short_by") == 200);
    CHECK(surrender(bank.product, 51).code() == "obligation.offsets");
    CHECK(surrender(bank.product, 50).number("/owed") == 950);
    CHECK(surrender(allowances, 801).code() == "registry.tonnes_short");
    CHECK(surrender(allowances, 800).number("/owed") == 150);
    CHECK(surrender(allowances, 151).code() == "obligation.above");
    CHECK(all.other_manager.post(path, fmt::format(R"({{"product":"{}","tonnes":1}})", allowances)).status == 404);
    bank.verify();
}

} // namespace greenbank::testing
