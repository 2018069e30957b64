// market_cast.h — a bank with two firms that have money, an account at the registry and tonnes, and a market without hours.
#pragma once

#include "cast.h"

namespace greenbank::testing {

class MarketCast {
public:
    explicit MarketCast(const std::string& rules = R"("allocation":"price_time","self_trade":"cancel_newer","price_limit":10,"resale_days":1)") :
        all(std::vector<std::string>{}) {
        currency = entered(all.administrator, "/ledger/assets", R"({"code":"CNY","scale":2,"kind":"currency","name":{"en":"yuan"}})");
        settlement = account(all.centre, "settlement", "free");
        cash["ana"] = account(all.organisation, "customer");
        cash["ben"] = account(all.other_organisation, "customer");
        deposit("ana", "1000000.00");
        deposit("ben", "1000000.00");
        for (Visitor* manager : {&all.manager, &all.other_manager}) {
            const std::string id = entered(*manager, "/registry-accounts", R"({"kind":"trading"})");
            REQUIRE(all.officer.post("/registry-accounts/" + id + "/decide", R"({"state":"open"})").status == 200);
        }
        programme = entered(all.officer, "/carbon-programmes",
            R"({"code":"TST","kind":"credits","name":{"en":"Programme of the test"},"country":"CN","registry":"x","source":"x"})");
        product = entered(all.officer, "/carbon-products",
            fmt::format(
                R"({{"programme":"{}","name":{{"en":"Tonnes of the test"}},"vintage":2026,"project_reference":"P1","host_country":"CN","serial_prefix":"T-1"}})",
                programme));
        issue(all.organisation, 10'000, "first statement");
        market = entered(all.officer, "/markets",
            fmt::format(R"({{"code":"M1","name":{{"en":"Market of the test"}},"product":"{}","currency":"CNY","first_close":"50.00","rules":[{{{}}}]}})",
                product, rules));
    }
    std::string issue(const std::string& to, int tonnes, const std::string& evidence) {
        const std::string id = entered(all.officer, "/issuances",
            fmt::format(R"({{"product":"{}","organisation":"{}","tonnes":{},"period_from":"2026-01-01","period_to":"2026-06-30","evidence":"{}"}})", product,
                to, tonnes, evidence));
        const Answer issued = all.administrator.post("/issuances/" + id + "/approve", "{}");
        REQUIRE_MESSAGE(issued.status == 200, issued.body);
        return id;
    }
    void deposit(const std::string& who, const std::string& amount) {
        const Answer answer = all.administrator.post("/ledger/transfer",
            fmt::format(R"({{"id":"transfer_{:026}","debit":"{}","credit":"{}","amount":"{}"}})", ++transfers_, settlement, cash[who], amount));
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
    }
    std::string entered(Visitor& visitor, const std::string& path, const std::string& body) {
        const Answer answer = visitor.post(path, body);
        REQUIRE_MESSAGE(answer.status == 201, path, ": ", answer.body);
        return answer.at("/id");
    }
    /// "sell 50.00 100"; the first answer: "<status> <traded> <resting>".
    std::string order(Visitor& visitor, const std::string& side, const std::string& price, int quantity, const std::string& more = "") {
        const Answer answer = visitor.post(
            "/markets/" + market + "/orders", fmt::format(R"({{"orders":[{{"side":"{}","price":"{}","quantity":{}{}}}]}})", side, price, quantity, more));
        if (answer.status != 200) return answer.body;
        last = answer;
        return fmt::format("{} {} {}", answer.at("/answers/0/status"), answer.number("/answers/0/traded"), answer.number("/answers/0/resting"));
    }
    std::string balance(const std::string& who) { return all.administrator.get("/ledger/accounts/" + cash[who]).at("/balance"); }
    std::int64_t held(Visitor& visitor, const std::string& what = "tonnes") {
        const Answer holdings = visitor.get("/carbon-holdings");
        return holdings.size("/items") ? holdings.number("/items/0/" + what) : 0;
    }
    void verify() {
        const Ran verified = run({"verify", "--data", all.folder.path()});
        CHECK_MESSAGE(verified.status == 0, verified.out);
    }

    Cast all;
    std::string currency, settlement, programme, product, market;
    std::map<std::string, std::string> cash;
    Answer last;

private:
    std::string account(const std::string& owner, const std::string& purpose, const std::string& rule = "debits_must_not_exceed_credits") {
        return entered(all.administrator, "/ledger/accounts",
            fmt::format(R"({{"title":{{"en":"{}"}},"owner":"{}","purpose":"{}","asset":"{}","rule":"{}"}})", purpose, owner, purpose, currency, rule));
    }
    std::uint64_t transfers_ = 0;
};

} // namespace greenbank::testing
