// finance_regional_test.cpp — living nature: review, needs, gap, plan, outcomes by evidence; a region: instruments against stages, promised to drawn.
#include "finance_cast.h"

namespace greenbank::testing {

namespace {

std::string line_body(const std::string& part, int from, int until, const std::string& amount, int share) {
    return fmt::format(
        R"({{"part":"{}","tag":"restoration","title":{{"en":"Wetland"}},"country":"CN","place":{{"en":"Bay of the test"}},"year_from":{},"year_until":{},"amount":{{"amount":"{}","currency":"CNY"}},"share":{},"source":"the test"}})",
        part, from, until, amount, share);
}
/// A published project of the borrower with a loan that is drawn in part.
std::string financed_project(Finance& all) {
    const std::string project = create(all.borrower, "/projects", project_body("Wetland of the bay"));
    all.good(all.borrower.post("/projects/" + project + "/publish"));
    const Answer request = all.borrower.post("/financing-requests",
        fmt::format(R"({{"title":{{"en":"Wetland"}},"project":"{}","amount":{{"amount":"50000.00","currency":"CNY"}},"months":24}})", project));
    REQUIRE_MESSAGE(request.status == 201, request.body);
    const Answer offer = all.lender.post("/financing-offers", Finance::offer_body(request.at("/id"), "4"));
    REQUIRE_MESSAGE(offer.status == 201, offer.body);
    const Answer loan = all.borrower.post("/financing-offers/" + offer.at("/id") + "/accept");
    REQUIRE_MESSAGE(loan.status == 201, loan.body);
    all.good(all.lender.post("/loans/" + loan.at("/id") + "/draw", Finance::money("20000.00")));
    return project;
}

} // namespace

TEST_CASE("living nature: what was spent, is needed and is planned; outcomes count once somebody else has seen the evidence") {
    Finance all;
    CHECK(all.borrower.post("/biodiversity-lines", line_body("spent", 2025, 2024, "0.00", 50)).faulty_fields().size() == 2);
    all.good(all.borrower.post("/biodiversity-lines", line_body("spent", 2023, 2025, "1000.00", 50)));
    all.good(all.borrower.post("/biodiversity-lines", line_body("needed", 2026, 2030, "2000.00", 100)));
    const Answer planned = all.borrower.post("/biodiversity-lines", line_body("planned", 2029, 2035, "700.00", 100));
    REQUIRE_MESSAGE(planned.status == 201, planned.body);
    const Answer report = all.lender.get("/biodiversity-report?country=CN");
    REQUIRE_MESSAGE(report.status == 200, report.body);
    CHECK(report.at("/purposes/0/spent/amount") == "1500.00");
    CHECK(report.at("/purposes/0/expected/amount") == "2500.00");
    CHECK(report.at("/purposes/0/needed/amount") == "10000.00");
    CHECK(report.at("/total/gap/amount") == "7500.00");
    CHECK(report.at("/total/left_open/amount") == "6100.00");
    CHECK(all.lender.get("/biodiversity-report?country=KZ").size("/purposes") == 0);
    CHECK(all.lender.get("/biodiversity-report?plan_from=2030&plan_until=2026").faulty_fields() == std::vector<std::string>{"plan_until"});
    CHECK(all.lender.remove("/biodiversity-lines/" + planned.at("/id")).status == 403);
    CHECK(all.borrower.remove("/biodiversity-lines/" + planned.at("/id")).status == 204);

    const std::string project = financed_project(all), loan = all.borrower.get("/loans").at("/items/0/id");
    const auto product = [&](const std::string& contract, double target) {
        return fmt::format(
            R"({{"title":{{"en":"Wetland loan"}},"contract":"{}","project":"{}","amount":{{"amount":"20000.00","currency":"CNY"}},"indicators":[{{"name":"hectares restored","unit":"ha","baseline":10,"target":{}}}],"begins_on":"2026-01-01","ends_on":"2031-01-01"}})",
            contract, project, target);
    };
    CHECK(all.borrower.post("/biodiversity-products", product(loan, 10)).faulty_fields() == std::vector<std::string>{"indicators"});
    CHECK(all.lender.post("/biodiversity-products", product(loan, 50)).faulty_fields() == std::vector<std::string>{"contract"});
    const Answer made = all.borrower.post("/biodiversity-products", product(loan, 50));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string path = "/biodiversity-products/" + made.at("/id");
    const auto measured = [](int indicator, double value) {
        return fmt::format(R"({{"indicator":{},"value":{},"day":"2026-09-30","evidence":"Survey 3"}})", indicator, value);
    };
    CHECK(all.borrower.post(path + "/measurements", measured(1, 5)).faulty_fields() == std::vector<std::string>{"indicator"});
    CHECK(all.lender.post(path + "/measurements", measured(0, 5)).code() == "biodiversity.not_yours");
    all.good(all.borrower.post(path + "/measurements", measured(0, 30)));
    CHECK(all.lender.get("/biodiversity-report").at("/outcomes/0/measured").empty()); // nobody has looked at it
    CHECK(all.borrower.post(path + "/decide", R"({"measurement":0,"confirmed":true})").status == 403);
    CHECK(all.desk.post(path + "/decide", R"({"measurement":0,"confirmed":false})").faulty_fields() == std::vector<std::string>{"reason"});
    all.good(all.desk.post(path + "/decide", R"({"measurement":0,"confirmed":true})"));
    CHECK(all.desk.post(path + "/decide", R"({"measurement":0,"confirmed":true})").code() == "biodiversity.decided");
    const Answer after = all.lender.get("/biodiversity-report");
    CHECK(after.at("/outcomes/0/measured") == "30");
    CHECK(after.at("/outcomes/0/progress") == "50");
    CHECK(after.at("/promised/amount") == "20000.00");
}

TEST_CASE("a region: its projects by stage, who serves them, what is missing; promised, contracted and drawn are the loans' own") {
    Finance all;
    const std::string project = financed_project(all);
    const Answer stored = all.borrower.get("/projects/" + project);
    CHECK(all.borrower.get("/regional-finance?country=CN").status == 403);
    CHECK(all.desk.get("/regional-finance").faulty_fields() == std::vector<std::string>{"country"});
    const Answer view = all.desk.get("/regional-finance?country=" + stored.at("/country"));
    REQUIRE_MESSAGE(view.status == 200, view.body);
    CHECK(view.size("/cells") == 32);
    CHECK(view.at("/promised/amount") == "50000.00");
    CHECK(view.at("/contracted/amount") == "50000.00");
    CHECK(view.at("/drawn/amount") == "20000.00");
    std::int64_t missing = 0, served = 0;
    for (std::size_t i = 0; i < view.size("/cells"); ++i) {
        const std::string cell = fmt::format("/cells/{}", i);
        missing += view.at(cell + "/missing") == "true";
        served += view.number(cell + "/served");
        if (view.at(cell + "/instrument") == "credit" && view.at(cell + "/stage") == stored.at("/stage")) CHECK(view.number(cell + "/served") == 1);
        if (view.at(cell + "/instrument") == "leasing" && view.at(cell + "/stage") == stored.at("/stage")) CHECK(view.at(cell + "/missing") == "true");
    }
    CHECK(served == 1);
    CHECK(missing == view.number("/missing"));
    CHECK(view.at("/projects/0/drawn/amount") == "20000.00");
    CHECK(all.desk.get("/regional-finance?country=CN&place=nowhere").size("/projects") == 0);
}

} // namespace greenbank::testing
