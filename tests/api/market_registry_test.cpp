// market_registry_test.cpp — what the registry and the auctions do by rules of their own: reductions issued once, pledges sold, years carried over, auctions
// closed by the clock, large holders seen.
#include "market_cast.h"

namespace greenbank::testing {

namespace {


/// A reduction project with its period, verified by two persons of an assessor; the verified reduction's id.
std::string verified_reduction(Cast& all) {
    Visitor lead = all.visitor(), reviewer = all.visitor();
    const std::string assessor = enter_organisation(all.administrator, "Verifiers of the market", "assessor");
    join(all.administrator, lead, "lead@market-verifiers.test", "editor", assessor);
    join(all.administrator, reviewer, "reviewer@market-verifiers.test", "editor", assessor);
    const std::string project = create(all.manager, "/projects", project_body("Wind for the market"));
    const std::string path =
        "/reduction-projects/" +
        create(all.manager, "/reduction-projects",
            fmt::format(
                R"({{"project":"{}","title":{{"en":"No more diesel"}},"summary":{{"en":"Wind"}},"methodology":"island_diesel","assessor":"{}","starts_on":"2026-01-01","ends_on":"2030-12-31","stated":[{{"parameter":"SFC","value":0.3,"source":"fuel books"}}],"meters":[{{"code":"E1","parameter":"E_supplied","class_percent":0.5,"calibrations":[{{"certificate":"C1","laboratory":"L","calibrated_on":"2026-01-01","valid_until":"2027-01-01","expanded_percent":0.2,"coverage_factor":2}}]}}],"channels":[]}})",
                project, assessor));
    const auto step = [](Visitor& who, const std::string& where, const std::string& body) {
        const Answer answer = who.post(where, body);
        REQUIRE_MESSAGE(answer.status == 200, where, ": ", answer.body);
    };
    const auto judged = [&](const std::string& where) {
        step(all.manager, where + "/submit", "{}");
        step(lead, where + "/judge", R"({"action":"judge","opinion":{"en":"As found."}})");
        step(reviewer, where + "/judge", R"({"action":"confirm"})");
    };
    judged(path);
    const std::string period =
        "/monitoring-periods/" +
        create(all.manager, "/monitoring-periods", fmt::format(R"({{"reduction":"{}","from_day":"2026-05-01","until_day":"2026-05-02"}})", path.substr(20)));
    std::string csv = "time,E_supplied,FC\n";
    for (int hour = 0; hour < 48; ++hour) csv += fmt::format("2026-05-{:02} {:02}:00,1000,0\n", 1 + hour / 24, hour % 24);
    all.manager.content_type = "text/csv";
    step(all.manager, period + "/readings?name=may.csv", csv);
    all.manager.content_type = "application/json";
    judged(period);
    return all.manager.get(period).at("/monitoring_period/verified");
}

} // namespace

TEST_CASE("tonnes of a verified reduction are issued to its owner, no more than verified, and once") {
    MarketCast bank;
    Cast& all = bank.all;
    const std::string verified = verified_reduction(all);
    REQUIRE(!verified.empty());
    const auto ask = [&](const std::string& product, const std::string& to, int tonnes, const std::string& until) {
        return all.officer.post("/issuances",
            fmt::format(
                R"({{"product":"{}","organisation":"{}","tonnes":{},"period_from":"2026-05-01","period_to":"{}","evidence":"statement","reduction":"{}"}})",
                product, to, tonnes, until, verified));
    };
    const std::string earlier = bank.entered(all.officer, "/carbon-products",
        fmt::format(R"({{"programme":"{}","name":{{"en":"Earlier"}},"vintage":2025,"project_reference":"P2","host_country":"CN","serial_prefix":"T-0"}})",
            bank.programme));
    CHECK(ask(bank.product, all.other_organisation, 30, "2026-05-02").code() == "issuance.reduction_owner");
    CHECK(ask(earlier, all.organisation, 30, "2026-05-02").code() == "issuance.reduction_product");
    CHECK(ask(bank.product, all.organisation, 30, "2026-05-03").code() == "issuance.reduction_period");
    CHECK(ask(bank.product, all.organisation, 1'000, "2026-05-02").code() == "issuance.reduction_tonnes");
    const Answer asked = ask(bank.product, all.organisation, 30, "2026-05-02");
    REQUIRE_MESSAGE(asked.status == 201, asked.body);
    CHECK(ask(bank.product, all.organisation, 5, "2026-05-02").code() == "issuance.reduction_used");
    const Answer issued = all.administrator.post("/issuances/" + asked.at("/id") + "/approve", "{}");
    REQUIRE_MESSAGE(issued.status == 200, issued.body);
    const Answer seen = all.nobody.get("/verified-reductions/" + verified);
    CHECK(seen.at("/state") == "issued");
    CHECK(seen.at("/issued_as") == "T-1-10001…10030");
    CHECK(ask(bank.product, all.organisation, 5, "2026-05-02").status == 409);
    bank.verify();
}

TEST_CASE("a pledge is sold by auction: the debt is paid first, the rest is the pledgor's, what is left stays pledged; the clock closes the auction") {
    MarketCast bank(R"("allocation":"price_time","price_limit":10,"resale_days":1)");
    Cast& all = bank.all;
    Visitor third = all.visitor();
    const std::string lender = enter_organisation(all.administrator, "Lender of the market", "bank");
    join(all.administrator, third, "lender@market.test", "manager", lender);
    const std::string account = bank.entered(all.administrator, "/ledger/accounts",
        fmt::format(
            R"({{"title":{{"en":"x"}},"owner":"{}","purpose":"customer","asset":"{}","rule":"debits_must_not_exceed_credits"}})", lender, bank.currency));
    const Answer pledge = all.manager.post("/carbon-pledges",
        fmt::format(
            R"({{"product":"{}","pledgee":"{}","tonnes":1000,"secured":{{"amount":"20000.00","currency":"CNY"}},"reference":"loan"}})", bank.product, lender));
    REQUIRE_MESSAGE(pledge.status == 201, pledge.body);
    const std::string path = "/carbon-pledges/" + pledge.at("/id");
    const auto sale = [&](const std::string& closes) {
        return fmt::format(R"({{"market":"{}","reserve":"40.00","reason":"the loan is in default","closes_at":"{}"}})", bank.market, closes);
    };
    CHECK(all.manager.post(path + "/sell", sale("2090-01-01T00:00:00Z")).code() == "pledge.not_pledgee");
    CHECK(all.other_manager.post(path + "/sell", sale("2090-01-01T00:00:00Z")).status == 404);
    CHECK(third.post(path + "/sell", sale("2020-01-01T00:00:00Z")).status == 422);
    CHECK(all.manager.get(path).at("/state") == "active"); // nothing half done
    const Answer auction = third.post(path + "/sell", sale(time_from_now(2)));
    REQUIRE_MESSAGE(auction.status == 201, auction.body);
    CHECK(third.post(path + "/release", R"({"tonnes":1})").code() == "pledge.not_active");
    CHECK(bank.held(all.manager, "available") == 9'000);
    const Answer bid = all.other_manager.post("/carbon-auctions/" + auction.at("/id") + "/bid", R"({"price":"45.00","quantity":600})");
    REQUIRE_MESSAGE(bid.status == 201, bid.body);
    std::string state; // nobody asks for it: the routine does it
    for (int i = 0; i < 100 && state != "closed"; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        state = all.nobody.get("/carbon-auctions/" + auction.at("/id")).at("/state");
    }
    CHECK(state == "closed");
    CHECK(all.administrator.get("/ledger/accounts/" + account).at("/balance") == "20000.00");
    CHECK(bank.balance("ana") == "1007000.00"); // 600 × 45.00 less the debt
    CHECK(bank.balance("ben") == "973000.00");
    const Answer after = all.manager.get(path);
    CHECK(after.at("/state") == "sold");
    CHECK(after.number("/tonnes") == 0);
    CHECK(bank.held(all.manager, "available") == 9'400);
    const Answer audit = all.administrator.get("/audit?operation=carbon_auction_close");
    CHECK_MESSAGE(audit.size("/items") > 0, audit.body);
    bank.verify();
}

TEST_CASE("allowances are carried over after the obligation is met, within the notice; large holders are reported") {
    MarketCast bank(R"("allocation":"price_time","price_limit":10,"large_holding":5)");
    Cast& all = bank.all;
    const std::string programme = bank.entered(
        all.officer, "/carbon-programmes", R"({"code":"ALW","kind":"allowances","name":{"en":"Allowances"},"country":"CN","registry":"x","source":"x"})");
    std::string products[2];
    for (int i = 0; i < 2; ++i)
        products[i] = bank.entered(all.officer, "/carbon-products",
            fmt::format(R"({{"programme":"{}","name":{{"en":"Allowances {}"}},"vintage":{},"host_country":"CN","serial_prefix":"A-{}"}})", programme, 2025 + i,
                2025 + i, 25 + i));
    const std::string asked = bank.entered(all.officer, "/issuances",
        fmt::format(R"({{"product":"{}","organisation":"{}","tonnes":800,"period_from":"2025-01-01","period_to":"2025-12-31","evidence":"notice"}})",
            products[0], all.organisation));
    REQUIRE(all.administrator.post("/issuances/" + asked + "/approve", "{}").status == 200);
    const std::string obligation = bank.entered(all.officer, "/compliance-obligations",
        fmt::format(R"({{"organisation":"{}","programme":"{}","year":2025,"unit_class":"other","supply_mwh":0,"emissions":500,"due_on":"2090-12-31"}})",
            all.organisation, programme));
    const auto carry = [&](int tonnes) {
        return all.officer.post("/carry-overs",
            fmt::format(R"({{"obligation":"{}","from_product":"{}","to_product":"{}","tonnes":{},"base_tonnes":200,"sold_percent":150,"source":"notice"}})",
                obligation, products[0], products[1], tonnes));
    };
    CHECK(carry(10).code() == "carry_over.not_met");
    REQUIRE(
        all.manager.post("/compliance-obligations/" + obligation + "/surrender", fmt::format(R"({{"product":"{}","tonnes":500}})", products[0])).status == 200);
    CHECK(carry(201).code() == "carry_over.above");
    const Answer carried = carry(150);
    REQUIRE_MESSAGE(carried.status == 201, carried.body);
    CHECK(carried.number("/left") == 300);
    CHECK(carried.number("/last_serial") == 150);
    CHECK(carry(51).code() == "carry_over.above");
    CHECK(carry(50).status == 201);
    CHECK(all.manager.get("/carry-overs").size("/items") == 2);
    CHECK(all.other_manager.get("/carry-overs").size("/items") == 0);

    bank.issue(all.other_organisation, 300, "for the other one");
    const std::string holders = "/markets/" + bank.market + "/holders";
    const Answer large = all.officer.get(holders); // 300 of 10,300 are less than 5 %
    CHECK(large.size("/items") == 1);
    CHECK(large.number("/items/0/tonnes") == 10'000);
    CHECK(all.officer.get(holders + "?share=0").size("/items") == 2);
    CHECK(all.manager.get(holders).status == 403);
    bank.verify();
}

} // namespace greenbank::testing
