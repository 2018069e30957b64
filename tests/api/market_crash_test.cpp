// market_crash_test.cpp — kill -9 ten times in a trading day: deals, books and balances are those of a day without kills.
#include "kernel/random.h"
#include "market_cast.h"

namespace greenbank::testing {

namespace {

/// Two firms' orders in batches of twenty; each has a name of the client's, so that an impatient client may send it again.
std::vector<std::pair<bool, std::string>> day_of_orders(std::uint64_t seed, int batches) {
    Random random(seed);
    std::vector<std::pair<bool, std::string>> day;
    int name = 0;
    for (int batch = 0; batch < batches; ++batch) {
        std::string orders;
        for (int i = 0; i < 20; ++i)
            orders += fmt::format(R"({}{{"side":"{}","price":"{}.{:02}","quantity":{},"client":"c{}"}})", i ? "," : "", random.chance(0.5) ? "buy" : "sell",
                random.between(48, 52), random.between(0, 99), random.between(1, 30), ++name);
        day.push_back({random.chance(0.5), "{\"orders\":[" + orders + "]}"});
    }
    return day;
}

struct End {
    std::string deals, ana, ben, book;
    bool operator==(const End&) const = default;
};
End end_of(MarketCast& bank) {
    End end;
    for (std::string before;;) {
        const Answer page = bank.all.manager.get("/markets/" + bank.market + "/deals?limit=500" + before);
        for (std::size_t i = 0; i < page.size("/items"); ++i)
            end.deals += fmt::format("{} {} {}\n", page.at(fmt::format("/items/{}/number", i)), page.at(fmt::format("/items/{}/price", i)),
                page.at(fmt::format("/items/{}/quantity", i)));
        if (page.size("/items") < 500) break;
        before = "&before=" + page.at("/items/499/number");
    }
    end.ana = bank.balance("ana");
    end.ben = bank.balance("ben");
    const Answer view = bank.all.nobody.get("/markets/" + bank.market + "/view");
    for (const char* side : {"/bids", "/asks"})
        for (std::size_t i = 0; i < view.size(side); ++i)
            end.book += fmt::format("{} {} {}\n", side, view.at(fmt::format("{}/{}/price", side, i)), view.number(fmt::format("{}/{}/quantity", side, i)));
    return end;
}

constexpr const char* rules = R"("allocation":"price_time","self_trade":"cancel_newer","price_limit":10,"fee_basis_points":5)";

} // namespace

TEST_CASE("a trading day with ten kills ends as the same day without") {
    const auto day = day_of_orders(11, 60);
    MarketCast calm(rules);
    for (MarketCast* bank : {&calm}) bank->issue(bank->all.other_organisation, 5'000, "for the other one");
    for (const auto& [first, body] : day)
        REQUIRE((first ? calm.all.manager : calm.all.other_manager).post("/markets/" + calm.market + "/orders", body).status == 200);

    MarketCast shaken(rules);
    shaken.issue(shaken.all.other_organisation, 5'000, "for the other one");
    const std::string data = shaken.all.folder.path();
    const std::string cookies[2] = {shaken.all.manager.cookie, shaken.all.other_manager.cookie}, officer = shaken.all.administrator.cookie;
    shaken.all.bank.kill();
    std::size_t sent = 0;
    Random random(5);
    for (int round = 0; round < 10; ++round) {
        BankProcess bank(data, {});
        std::thread killer([&bank, wait = 60 + random.below(200)] {
            std::this_thread::sleep_for(std::chrono::milliseconds(wait));
            bank.kill();
        });
        Visitor visitor(bank.address());
        while (sent < day.size()) {
            visitor.cookie = cookies[day[sent].first ? 0 : 1];
            const auto answer = visitor.try_send("POST", "/markets/" + shaken.market + "/orders", day[sent].second);
            if (!answer || answer->status != 200) break; // sent again in the next round: each name counts once
            ++sent;
        }
        killer.join();
    }
    const BankProcess last(data, {});
    for (Visitor* one : {&shaken.all.manager, &shaken.all.other_manager, &shaken.all.administrator, &shaken.all.nobody}) {
        const std::string cookie = one->cookie;
        one->move_to(last.address());
        one->cookie = cookie;
    }
    for (; sent < day.size(); ++sent)
        REQUIRE(
            (day[sent].first ? shaken.all.manager : shaken.all.other_manager).post("/markets/" + shaken.market + "/orders", day[sent].second).status == 200);
    const End a = end_of(calm), b = end_of(shaken);
    CHECK(a.deals == b.deals);
    CHECK(a.ana == b.ana);
    CHECK(a.ben == b.ben);
    CHECK(a.book == b.book);
    CHECK(!a.deals.empty());
    CHECK(shaken.all.administrator.get("/ledger/reconciliation").at("/adds_up") == "true");
    const Ran verified = run({"verify", "--data", data});
    CHECK_MESSAGE(verified.status == 0, verified.out);
}

} // namespace greenbank::testing
