// market_auction_test.cpp — who buys may call for offers, and the exchange calls both sides to one price; frozen accounts are passed over at the close.
#include "market_cast.h"

namespace greenbank::testing {

TEST_CASE("a buyer's auction holds his money, takes the cheapest offers and gives back what is left") {
    MarketCast bank;
    Cast& all = bank.all;
    const auto announce = [&](const std::string& more) {
        return all.other_manager.post("/carbon-auctions",
            fmt::format(R"({{"market":"{}","kind":"purchase","title":{{"en":"Wanted"}},"closes_at":"2090-01-01T00:00:00Z"{}}})", bank.market, more));
    };
    CHECK(announce("").code() == "body.invalid");
    CHECK(announce(R"(,"quantity":500,"reserve":"9999999.00")").status == 409); // more than there is
    const Answer auction = announce(R"(,"quantity":500,"reserve":"60.00")");
    REQUIRE_MESSAGE(auction.status == 201, auction.body);
    const std::string bids = "/carbon-auctions/" + auction.at("/id") + "/bid";
    CHECK(all.other_manager.post(bids, R"({"price":"50.00","quantity":1})").code() == "market.auction_own");
    CHECK(all.manager.post(bids, R"({"price":"60.01","quantity":1})").code() == "market.above_reserve");
    CHECK(all.manager.post(bids, R"({"price":"50.00","quantity":1,"side":"buy"})").code() == "market.auction_one_side");
    CHECK(all.manager.post(bids, R"({"price":"50.00","quantity":1,"pay_in":"USD"})").code() == "body.invalid");
    const Answer bid = all.manager.post(bids, R"({"price":"55.00","quantity":300})");
    REQUIRE_MESSAGE(bid.status == 201, bid.body);
    CHECK(bid.at("/side") == "sell");
    CHECK(bid.at("/held") == "300");
    REQUIRE(all.manager.post(bids, R"({"price":"58.00","quantity":100})").status == 201);
    CHECK(bank.held(all.manager, "available") == 9'600);
    const Answer closed = all.other_manager.post("/carbon-auctions/" + auction.at("/id") + "/close", "{}");
    REQUIRE_MESSAGE(closed.status == 200, closed.body);
    CHECK(closed.number("/sold") == 400);
    CHECK(closed.at("/price") == "58.00"); // all are paid the last price that was needed
    CHECK(bank.balance("ana") == "1023200.00");
    CHECK(bank.balance("ben") == "976800.00");
    CHECK(bank.held(all.other_manager) == 400);
    CHECK(bank.held(all.manager, "available") == 9'600);
    CHECK(all.manager.get("/auction-bids").at("/items/0/paid") != "");
    bank.verify();
}

TEST_CASE("a call auction deals at the price of the largest volume; bids outside the market's limits and of both sides of one are refused") {
    MarketCast bank;
    Cast& all = bank.all;
    Visitor third = all.visitor();
    const std::string other = enter_organisation(all.administrator, "Third of the call");
    join(all.administrator, third, "third@market.test", "manager", other);
    const std::string deposit = bank.entered(all.administrator, "/ledger/accounts",
        fmt::format(
            R"({{"title":{{"en":"x"}},"owner":"{}","purpose":"customer","asset":"{}","rule":"debits_must_not_exceed_credits"}})", other, bank.currency));
    bank.cash["third"] = deposit;
    bank.deposit("third", "100000.00");
    REQUIRE(all.officer.post("/registry-accounts/" + bank.entered(third, "/registry-accounts", R"({"kind":"trading"})") + "/decide", R"({"state":"open"})")
                .status == 200);
    const std::string body = fmt::format(R"({{"market":"{}","kind":"call","title":{{"en":"Opening call"}},"closes_at":"2090-01-01T00:00:00Z"}})", bank.market);
    CHECK(all.manager.post("/carbon-auctions", body).code() == "market.call_exchange");
    const std::string auction = bank.entered(all.officer, "/carbon-auctions", body), bids = "/carbon-auctions/" + auction + "/bid";
    const auto bid = [&](Visitor& who, const char* side, const char* price, int quantity) {
        const Answer answer = who.post(bids, fmt::format(R"({{"side":"{}","price":"{}","quantity":{}}})", side, price, quantity));
        return answer.status == 201 ? std::string("ok") : answer.code();
    };
    CHECK(all.manager.post(bids, R"({"price":"50.00","quantity":1})").code() == "body.invalid");
    CHECK(bid(all.manager, "sell", "55.01", 1) == "market.price_outside_limits");
    CHECK(bid(all.manager, "sell", "49.00", 100) == "ok");
    CHECK(bid(all.manager, "sell", "51.00", 100) == "ok");
    CHECK(bid(all.manager, "buy", "50.00", 1) == "market.auction_both_sides");
    CHECK(bid(all.other_manager, "buy", "52.00", 120) == "ok");
    CHECK(bid(third, "buy", "50.00", 60) == "ok");
    CHECK(bank.held(all.manager, "available") == 9'800);
    // The third's account is frozen before the close: its bid is passed over and its money free again.
    REQUIRE(all.administrator.post("/ledger/accounts/" + deposit + "/state", R"({"state":"frozen"})").status == 200);
    CHECK(all.manager.post("/carbon-auctions/" + auction + "/close", "{}").code() == "market.auction_not_yours");
    const Answer closed = all.officer.post("/carbon-auctions/" + auction + "/close", "{}");
    REQUIRE_MESSAGE(closed.status == 200, closed.body);
    CHECK(closed.number("/sold") == 120); // at 51 or 52 all of the buyer's
    CHECK(closed.number("/surplus") == -80);
    CHECK(closed.at("/price") == "51.00"); // sellers are left over: the lowest
    CHECK(bank.balance("ana") == "1006120.00");
    CHECK(bank.held(all.other_manager) == 120);
    CHECK(all.administrator.get("/ledger/accounts/" + deposit).at("/balance") == "100000.00");
    CHECK(all.nobody.get("/markets/" + bank.market + "/kinds?kind=auction").number("/items/0/volume") == 120);
    bank.verify();
}

TEST_CASE("what was bought today is given to nobody today; on no trading day nothing is taken; calendar, news and index say what there is") {
    MarketCast bank(R"("allocation":"price_time","price_limit":10,"resale_days":1,"hours":[{"from":"00:00","to":"24:00"}])");
    Cast& all = bank.all;
    CHECK(bank.order(all.manager, "sell", "50.00", 40) == "ok 0 40");
    CHECK(bank.order(all.other_manager, "buy", "50.00", 40) == "ok 40 0");
    const Answer given = all.other_manager.post("/carbon-transfers", fmt::format(R"({{"product":"{}","to":"{}","tonnes":1}})", bank.product, all.organisation));
    CHECK_MESSAGE(given.code() == "registry.bought_today", given.body);

    const std::string calendar = "/markets/" + bank.market + "/calendar?from=2026-12-01&to=2026-12-31";
    CHECK(all.nobody.get(calendar).at("/items/0/open") == "true");
    CHECK(all.nobody.get(calendar).at("/items/0/hours") == "00:00–24:00");
    CHECK(all.nobody.get("/markets/" + bank.market + "/calendar?from=2026-12-31&to=2026-12-01").status == 422);
    const std::string event = bank.entered(all.officer, "/market-events", R"({"day":"2026-12-24","kind":"deadline","title":{"en":"Reports are due"}})");
    CHECK(all.nobody.get(calendar).at("/items/23/entries/0/title/en") == "Reports are due");
    CHECK(all.officer.patch("/market-events/" + event, R"({"day":"2026-12-25"})").status == 200);
    CHECK(all.nobody.get(calendar).size("/items/23/entries") == 0);
    CHECK(all.manager.post("/market-events", R"({"day":"2026-12-24","title":{"en":"x"}})").status == 403);
    CHECK(all.officer.remove("/market-events/" + event).status == 204);

    const std::string news = bank.entered(all.officer, "/market-news",
        fmt::format(R"({{"market":"{}","title":{{"en":"Opened"}},"body":{{"en":"It is open."}},"published_on":"2026-11-30"}})", bank.market));
    CHECK(all.nobody.get("/market-news/" + news).at("/body/en") == "It is open.");
    CHECK(all.nobody.get("/market-news?market=" + bank.market).size("/items") == 1);

    const std::string closed = bank.entered(all.officer, "/markets",
        fmt::format(
            R"({{"code":"M2","name":{{"en":"Never open"}},"product":"{}","currency":"CNY","first_close":"50.00","rules":[{{"weekdays":[1,2,3,4,5,6,7],"closed_days":["{}","{}","{}"]}}]}})",
            bank.product, day_from_now(-1), day_from_now(0), day_from_now(1)));
    CHECK(all.nobody.get("/markets/" + closed + "/calendar?from=" + day_from_now(0) + "&to=" + day_from_now(2)).all("/items", "/open") ==
          std::vector<std::string>{"false", "false", "true"});
    const Answer late =
        all.manager.post("/markets/" + closed + "/orders", R"({"orders":[{"side":"sell","price":"50.00","quantity":1},{"op":"cancel","order":1}]})");
    CHECK(late.all("/answers", "/status") == std::vector<std::string>{"market_closed", "market_closed"});
    CHECK(
        all.officer
            .post("/markets", fmt::format(R"({{"code":"M3","name":{{"en":"x"}},"product":"{}","currency":"CNY","rules":[{{"weekdays":[8]}}]}})", bank.product))
            .status == 422);

    const Answer index = all.nobody.get("/carbon-indices");
    CHECK(index.at("/items/0/last/value") == "1000");
    CHECK(index.number("/items/0/last/volume") == 40);
    CHECK(all.nobody.get("/carbon-programmes/" + bank.programme + "/index").at("/items/0/price") == "50");
    CHECK(all.nobody.get("/carbon-programmes/" + bank.programme + "/index/file").body.find(",1000,,50,40,2000,1\n") != std::string::npos);
}

TEST_CASE("a pledgor offers other tonnes of at least the same value; the pledgee agrees, and the hold changes at once") {
    MarketCast bank;
    Cast& all = bank.all;
    CHECK(bank.order(all.manager, "sell", "50.00", 10) == "ok 0 10");
    CHECK(bank.order(all.other_manager, "buy", "50.00", 10) == "ok 10 0"); // a close
    const Answer made = all.manager.post("/carbon-pledges",
        fmt::format(R"({{"product":"{}","pledgee":"{}","tonnes":1000,"secured":{{"amount":"25000.00","currency":"CNY"}},"reference":"loan"}})", bank.product,
            all.other_organisation));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string path = "/carbon-pledges/" + made.at("/id");
    const auto offer = [&](Visitor& who, int tonnes) {
        return who.post(path + "/offer", fmt::format(R"({{"product":"{}","tonnes":{}}})", bank.product, tonnes));
    };
    CHECK(all.other_manager.post(path + "/substitute", "{}").code() == "pledge.no_offer");
    CHECK(offer(all.other_manager, 1'100).code() == "pledge.not_pledgor");
    CHECK(offer(all.manager, 999).code() == "pledge.worth_less");
    CHECK(offer(all.manager, 1'100).number("/offer_tonnes") == 1'100);
    CHECK(bank.held(all.manager, "available") == 8'990); // nothing moves before the pledgee agrees
    CHECK(all.manager.post(path + "/substitute", "{}").code() == "pledge.not_pledgee");
    const Answer agreed = all.other_manager.post(path + "/substitute", "{}");
    CHECK_MESSAGE(agreed.number("/tonnes") == 1'100, agreed.body);
    CHECK(agreed.at("/offer_product") == "");
    CHECK(bank.held(all.manager, "available") == 8'890);
    bank.verify();
}

} // namespace greenbank::testing
