// market_border_test.cpp — deals across a border: netted per party, paid in two currencies, proved by both ledgers, and by a second bank that settled the same.
#include "market_cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

/// Beside the market in yuan one in tenge, with a firm abroad that has money and tonnes there.
struct BorderCast {
    BorderCast() : abroad_manager(bank.all.visitor()) {
        Cast& all = bank.all;
        tenge = bank.entered(all.administrator, "/ledger/assets", R"({"code":"KZT","scale":2,"kind":"currency","name":{"en":"tenge"}})");
        const std::string settlement = account(all.centre, "settlement", tenge, "free");
        account(all.centre, "exchange", tenge, "free");
        account(all.centre, "exchange", bank.currency, "free");
        abroad = bank.entered(all.administrator, "/organisations", R"({"name":{"en":"Steppe power of the test"},"kind":"enterprise","country":"KZ"})");
        join(all.administrator, abroad_manager, "manager@steppe.test", "manager", abroad);
        deposit = account(abroad, "customer", tenge, "debits_must_not_exceed_credits");
        REQUIRE(all.administrator
                    .post("/ledger/transfer",
                        fmt::format(R"({{"id":"transfer_{:026}","debit":"{}","credit":"{}","amount":"5000000.00"}})", 4'711, settlement, deposit))
                    .status == 200);
        const std::string registered = bank.entered(abroad_manager, "/registry-accounts", R"({"kind":"trading"})");
        REQUIRE(all.officer.post("/registry-accounts/" + registered + "/decide", R"({"state":"open"})").status == 200);
        const std::string programme = bank.entered(all.officer, "/carbon-programmes",
            R"({"code":"KZU","kind":"credits","name":{"en":"Units of the steppe"},"country":"KZ","registry":"x","source":"x"})");
        steppe = bank.entered(all.officer, "/carbon-products",
            fmt::format(
                R"({{"programme":"{}","name":{{"en":"Steppe 2026"}},"vintage":2026,"project_reference":"S1","host_country":"KZ","adjustment":"applied","serial_prefix":"S-1"}})",
                programme));
        const std::string issued = bank.entered(all.officer, "/issuances",
            fmt::format(R"({{"product":"{}","organisation":"{}","tonnes":1000,"period_from":"2026-01-01","period_to":"2026-06-30","evidence":"steppe"}})",
                steppe, abroad));
        REQUIRE(all.administrator.post("/issuances/" + issued + "/approve", "{}").status == 200);
        market_abroad = bank.entered(all.officer, "/markets",
            fmt::format(R"({{"code":"KZ1","name":{{"en":"Market of the steppe"}},"product":"{}","currency":"KZT","rules":[{{"edition":"1"}}]}})", steppe));
        arrangement = bank.entered(all.officer, "/border-arrangements",
            fmt::format(
                R"({{"code":"CN-KZ-1","name":{{"en":"China and Kazakhstan"}},"home":"{}","abroad":"{}","products":[{{"product":"{}"}},{{"product":"{}"}}],"members":[{{"organisation":"{}","code":"CN-ISLAND","currency":"CNY"}},{{"organisation":"{}","code":"KZ-STEPPE","currency":"KZT"}}],"source":"simulation of the test"}})",
                bank.market, market_abroad, bank.product, steppe, all.organisation, abroad));
    }
    std::string account(const std::string& owner, const std::string& purpose, const std::string& asset, const std::string& rule) {
        return bank.entered(bank.all.administrator, "/ledger/accounts",
            fmt::format(R"({{"title":{{"en":"x"}},"owner":"{}","purpose":"{}","asset":"{}","rule":"{}"}})", owner, purpose, asset, rule));
    }
    Answer propose(Visitor& who, const std::string& seller, const std::string& buyer, const std::string& product, int tonnes, const std::string& price) {
        return who.post("/border-deals", fmt::format(R"({{"arrangement":"{}","seller":"{}","buyer":"{}","product":"{}","tonnes":{},"price":"{}"}})",
                                             arrangement, seller, buyer, product, tonnes, price));
    }
    /// Proposed by who sells, agreed by who buys.
    std::string agreed(bool at_home, int tonnes, const std::string& price) {
        Cast& all = bank.all;
        Visitor &seller = at_home ? all.manager : abroad_manager, &buyer = at_home ? abroad_manager : all.manager;
        const Answer deal =
            propose(seller, at_home ? all.organisation : abroad, at_home ? abroad : all.organisation, at_home ? bank.product : steppe, tonnes, price);
        REQUIRE_MESSAGE(deal.status == 201, deal.body);
        const Answer answered = buyer.post("/border-deals/" + deal.at("/id") + "/agree", "{}");
        REQUIRE_MESSAGE(answered.status == 200, answered.body);
        return deal.at("/id");
    }
    void allow_unadjusted() {
        const Answer changed = bank.all.officer.patch("/border-arrangements/" + arrangement,
            fmt::format(R"({{"products":[{{"product":"{}","adjustment_needed":"none"}},{{"product":"{}"}}]}})", bank.product, steppe));
        REQUIRE_MESSAGE(changed.status == 200, changed.body);
    }
    void enter_rate(const std::string& day, const std::string& rate) {
        REQUIRE(bank.all.administrator
                    .post("/ledger/rates", fmt::format(R"({{"asset":"{}","into_asset":"{}","day":"{}","rate":"{}","source":"test","status":"sample"}})", tenge,
                                               bank.currency, day, rate))
                    .status == 201);
    }
    Answer settle(const std::string& body = "{}") { return bank.all.officer.post("/border-arrangements/" + arrangement + "/settle", body); }
    /// Once the log's next head is signed.
    Answer proof(const std::string& settlement) {
        Answer answer;
        for (int i = 0; i < 100; ++i) {
            answer = bank.all.nobody.get("/border-settlements/" + settlement + "/proof");
            if (answer.at("/proved") == "true") break;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return answer;
    }

    MarketCast bank;
    Visitor abroad_manager;
    std::string tenge, abroad, deposit, steppe, market_abroad, arrangement;
};


std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += c == '\n' ? std::string("\\n") : c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + '"';
}

/// What another bank's log proves, as a confirmation; `change` spoils the content.
std::string confirmation(Visitor& other, const std::string& settlement, bool spoilt = false) {
    const Answer proof = other.get("/log/proof?subject=" + settlement + "/CNY"), log = other.get("/log");
    std::string path;
    for (std::size_t i = 0; i < proof.size("/proof"); ++i) path += (i ? "," : "") + quoted(proof.at(fmt::format("/proof/{}", i)));
    return fmt::format(R"({{"key":{},"leaf":{},"content":{},"note":{},"position":{},"proof":[{}]}})", quoted(log.at("/key")), quoted(proof.at("/leaf")),
        quoted(proof.at("/content") + (spoilt ? "x" : "")), quoted(proof.at("/head/note")), proof.number("/position"), path);
}

} // namespace

TEST_CASE("deals across a border are netted per party, paid in two currencies and proved by both ledgers; who is short fails alone") {
    BorderCast cast;
    MarketCast& bank = cast.bank;
    Cast& all = bank.all;
    CHECK(all.nobody.get("/border-arrangements/" + cast.arrangement).at("/simulation") == "true");
    CHECK(cast.propose(all.manager, all.organisation, all.other_organisation, bank.product, 1, "68.00").code() == "border.not_member");
    CHECK(cast.propose(all.manager, all.organisation, cast.abroad, bank.product, 1, "68.00").code() == "border.adjustment_missing");
    CHECK(cast.propose(all.other_manager, all.organisation, cast.abroad, bank.product, 1, "68.00").status == 422);
    cast.allow_unadjusted();
    CHECK(cast.propose(all.manager, all.organisation, cast.abroad, bank.product, 1, "0").status == 422);
    const Answer refused = cast.propose(all.manager, all.organisation, cast.abroad, bank.product, 1, "68.00");
    CHECK(all.manager.post("/border-deals/" + refused.at("/id") + "/agree", "{}").code() == "market.block_own");
    CHECK(all.other_manager.post("/border-deals/" + refused.at("/id") + "/agree", "{}").status == 404);
    CHECK(cast.abroad_manager.post("/border-deals/" + refused.at("/id") + "/refuse", "{}").at("/state") == "refused");
    cast.enter_rate("2026-01-01", "0.0142");
    CHECK(cast.settle().code() == "border.no_rate"); // older than a week
    cast.enter_rate(day_from_now(0), "0.0142");
    CHECK(cast.settle().code() == "border.nothing");
    CHECK(all.manager.post("/border-arrangements/" + cast.arrangement + "/settle", "{}").status == 403);

    cast.agreed(true, 100, "68.00");
    cast.agreed(false, 50, "4000.00");
    const std::string too_much = cast.agreed(false, 2'000, "1.00");
    const Answer settled = cast.settle();
    REQUIRE_MESSAGE(settled.status == 201, settled.body);
    CHECK(settled.number("/deals") == 2);
    CHECK(settled.number("/failed") == 1);
    CHECK(settled.at("/positions/0/code") == "CN-ISLAND");
    CHECK(settled.at("/positions/0/net_home") == "6800.00");
    CHECK(settled.at("/positions/0/net_abroad") == "-200000.00");
    CHECK(settled.at("/positions/0/settled") == "3960.00");    // 6,800.00 − 200,000.00 × 0.0142
    CHECK(settled.at("/positions/1/settled") == "-278873.24"); // 200,000.00 − 6,800.00 / 0.0142
    CHECK(settled.at("/exchange_home") == "-3960.00");
    CHECK(settled.at("/exchange_abroad") == "278873.24");
    CHECK(settled.size("/adjustments") == 2);
    CHECK(settled.number("/adjustments/0/tonnes") == 100);
    CHECK(settled.number("/adjustments/1/tonnes") == 50);
    CHECK(bank.balance("ana") == "1003960.00");
    CHECK(all.administrator.get("/ledger/accounts/" + cast.deposit).at("/balance") == "4721126.76");
    CHECK(cast.abroad_manager.get("/border-deals?state=failed").at("/items/0/reason") == "units_short");
    CHECK(cast.abroad_manager.get("/border-deals?state=failed").at("/items/0/id") == too_much);
    CHECK(all.other_manager.get("/border-deals").size("/items") == 0);
    const Answer mine = all.manager.get("/carbon-holdings");
    std::map<std::string, std::string> serials;
    for (std::size_t i = 0; i < mine.size("/items"); ++i) serials[mine.at(fmt::format("/items/{}/product", i))] = mine.at(fmt::format("/items/{}/serials", i));
    CHECK(serials[bank.product] == "T-1-101…10000");
    CHECK(serials[cast.steppe] == "S-1-1…50");

    const Answer proof = cast.proof(settled.at("/id"));
    CHECK_MESSAGE(proof.at("/proved") == "true", proof.body);
    CHECK(proof.at("/ledgers/0/currency") == "CNY");
    CHECK(proof.at("/ledgers/1/currency") == "KZT");
    CHECK(proof.at("/ledgers/0/code") != proof.at("/ledgers/1/code"));
    const Answer in_log = all.nobody.get("/log/proof?code=" + settled.at("/proof_abroad"));
    CHECK(in_log.at("/content").starts_with(settled.at("/statement")));
    CHECK(in_log.at("/content").find("ledger KZT\nKZ-STEPPE -278873.24\nexchange 278873.24\n") != std::string::npos);
    CHECK(all.administrator.get("/ledger/reconciliation").at("/adds_up") == "true");
    for (const auto& [language, lost, rate] :
        {std::tuple("zh", "278,873.24", "1KZT=0.0142CNY"), {"en", "278,873.24", "1KZT=0.0142CNY"}, {"ru", "278873,24", "1KZT=0.0142CNY"}}) {
        const std::string paper = words_of_pdf(all.nobody.get("/border-settlements/" + settled.at("/id") + "/pdf", {{"Accept-Language", language}}).body);
        for (const std::string& part : {std::string(lost), std::string(rate), std::string("CN-ISLAND"), settled.at("/proof_abroad")})
            CHECK_MESSAGE(paper.find(without_blanks(part)) != std::string::npos, paper);
    }
    bank.verify();
}

TEST_CASE("two banks that settle the same across the border prove it to each other by their logs") {
    BorderCast here, there;
    std::string settlements[2];
    for (BorderCast* one : {&here, &there}) {
        one->allow_unadjusted();
        const Answer basis = one->bank.all.officer.patch("/border-arrangements/" + one->arrangement, R"({"rate_basis":"quoted"})");
        REQUIRE_MESSAGE(basis.status == 200, basis.body);
        one->agreed(true, 100, "68.00");
        one->agreed(false, 50, "4000.00");
        CHECK(one->settle().status == 422);
        const Answer settled = one->settle(R"({"rate":"0.0142","rate_source":"both treasurers, at noon"})");
        REQUIRE_MESSAGE(settled.status == 201, settled.body);
        settlements[one == &there] = settled.at("/id");
        CHECK(one->proof(settled.at("/id")).at("/proved") == "true");
    }
    Visitor& officer = here.bank.all.officer;
    const std::string path = "/border-settlements/" + settlements[0] + "/confirm";
    CHECK(officer.post(path, confirmation(officer, settlements[0])).code() == "border.own_log");
    CHECK(officer.post(path, confirmation(there.bank.all.nobody, settlements[1], true)).code() == "border.other_leaf");
    const Answer confirmed = officer.post(path, confirmation(there.bank.all.nobody, settlements[1]));
    REQUIRE_MESSAGE(confirmed.status == 200, confirmed.body);
    CHECK(confirmed.at("/other_log") == there.bank.all.nobody.get("/log").at("/origin"));
    CHECK(confirmed.at("/other_proof") != "");

    there.agreed(true, 1, "68.00"); // something else is no proof of the same
    const Answer other = there.settle(R"({"rate":"0.0142","rate_source":"both treasurers"})");
    REQUIRE(there.proof(other.at("/id")).at("/proved") == "true");
    CHECK(officer.post(path, confirmation(there.bank.all.nobody, other.at("/id"))).code() == "border.other_statement");
}

} // namespace greenbank::testing
