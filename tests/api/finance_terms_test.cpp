// finance_terms_test.cpp — terms that move: loans above a published rate, schedules of one's own, rents in advance, and what a fund takes back or gives back unused.
#include <cmath>

#include "finance_cast.h"

namespace greenbank::testing {

TEST_CASE("a loan above a benchmark: each due day bears the rate published at the start of its period, and shows which; reductions move the margin on top") {
    Finance all;
    const std::string floating = R"(,"benchmark":"lpr_5y","repayment":"equal_principal","margin_steps":[{"tonnes":100,"change":-0.2}])";
    const std::string request = all.ask();
    CHECK(all.lender.post("/financing-offers", Finance::offer_body(request, "0.5", floating)).code() == "financing.no_fixing");
    const auto fix = [&](int days, const std::string& rate) {
        all.good(all.desk.post("/benchmark-fixings",
            fmt::format(R"({{"benchmark":"lpr_5y","day":"{}","rate":{},"source":"the test","status":"sample"}})", day_from_now(days), rate)));
    };
    fix(-200, "3.7");
    fix(-50, "3.6");
    const Answer offered = all.lender.post("/financing-offers", Finance::offer_body(request, "0.5", floating));
    REQUIRE_MESSAGE(offered.status == 201, offered.body);
    CHECK(std::stod(offered.at("/all_in_rate")) == doctest::Approx(4.18).epsilon(0.01)); // 3.6 + 0.5, compounded monthly
    const Answer accepted = all.borrower.post("/financing-offers/" + offered.at("/id") + "/accept");
    REQUIRE_MESSAGE(accepted.status == 201, accepted.body);
    CHECK(accepted.at("/penalty") == "2.05");
    const std::string loan = "/loans/" + accepted.at("/id");
    all.good(all.desk.post(loan + "/value-date", fmt::format(R"({{"day":"{}","source":"Receipt"}})", day_from_now(-75))));
    const Answer drawn = all.lender.post(loan + "/draw", Finance::money("50000.00"));
    REQUIRE_MESSAGE(drawn.status == 200, drawn.body);
    // The first month is at the rate of before the value date, the third at the one that was published meanwhile.
    CHECK(drawn.at("/loan/instalments/0/fixing") == day_from_now(-200));
    CHECK(drawn.at("/loan/instalments/0/base_ppm") == "37000");
    CHECK(drawn.at("/loan/instalments/2/fixing") == day_from_now(-50));
    CHECK(drawn.at("/loan/instalments/2/base_ppm") == "36000");
    CHECK(drawn.at("/loan/instalments/3/fixing").empty()); // has not begun
    CHECK(drawn.at("/rate_now") == "4.1");
    all.good(all.desk.post(loan + "/verify", R"({"tonnes":150,"source":"the test"})"));
    CHECK(all.lender.get(loan).at("/rate_now") == "3.9");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("level payments above a benchmark are set anew when a period begins with another rate: they add up to the loan, and are equal from then on") {
    Finance all;
    const auto fix = [&](int days, const std::string& rate) {
        all.good(all.desk.post("/benchmark-fixings",
            fmt::format(R"({{"benchmark":"lpr_1y","day":"{}","rate":{},"source":"the test","status":"sample"}})", day_from_now(days), rate)));
    };
    fix(-200, "3.1");
    fix(-50, "5.1");
    const std::string loan = all.loan(R"(,"benchmark":"lpr_1y","repayment":"level")");
    all.good(all.desk.post(loan + "/value-date", fmt::format(R"({{"day":"{}","source":"Receipt"}})", day_from_now(-75))));
    all.good(all.lender.post(loan + "/draw", Finance::money("50000.00")));
    const Answer drawn = all.lender.get(loan);
    REQUIRE(drawn.size("/loan/instalments") == 24);
    REQUIRE(drawn.size("/expected_interest") == 22); // two have passed
    std::int64_t sum = 0;
    std::vector<std::int64_t> payments;
    for (int i = 0; i < 24; ++i) {
        const std::int64_t principal = drawn.number(fmt::format("/loan/instalments/{}/principal", i));
        sum += principal;
        payments.push_back(
            principal + (i < 2 ? drawn.number(fmt::format("/loan/instalments/{}/interest", i)) : drawn.number(fmt::format("/expected_interest/{}", i - 2))));
    }
    CHECK(sum == 5'000'000);
    // The first two are late: what is not billed is spread anew over 22 months at 9.48 %, and each payment but the last is the same to the cent and its rounding.
    CHECK(drawn.at("/loan/instalments/2/base_ppm") == "51000");
    CHECK(payments[2] > payments[0] + 3'000);
    const double monthly = 0.0948 / 12,
                 unbilled = static_cast<double>(5'000'000 - drawn.number("/loan/instalments/0/principal") - drawn.number("/loan/instalments/1/principal"));
    CHECK(static_cast<double>(payments[3]) == doctest::Approx(unbilled * monthly / (1 - std::pow(1 + monthly, -22))).epsilon(0.002));
    for (std::size_t i = 3; i < 23; ++i) CHECK(std::abs(payments[i] - payments[3]) <= 2);
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a rate that steps up as agreed: level payments are set anew with the step, in the plan and as the days pass; faults stand at their rows") {
    Finance all;
    const std::string request = all.ask();
    const auto offer = [&](const std::string& more) { return all.lender.post("/financing-offers", Finance::offer_body(request, "3", more)); };
    using Fields = std::vector<std::string>;
    CHECK(offer(R"(,"rate_steps":[{"after_payments":24,"rate":6}])").faulty_fields() == Fields{"rate_steps[0].after_payments"});
    CHECK(offer(R"(,"rate_steps":[{"after_payments":6,"rate":6},{"after_payments":6,"rate":7}])").faulty_fields() == Fields{"rate_steps[1].after_payments"});
    CHECK(offer(R"(,"rate_steps":[{"after_payments":0,"rate":60}])").faulty_fields() == Fields{"rate_steps[0].after_payments", "rate_steps[0].rate"});
    const Answer offered = offer(R"(,"rate_steps":[{"after_payments":2,"rate":9}])");
    REQUIRE_MESSAGE(offered.status == 201, offered.body);
    CHECK(std::stod(offered.at("/all_in_rate")) == doctest::Approx(8.34).epsilon(0.005)); // 3 % for two months, then 9 %, compounded
    const Answer accepted = all.borrower.post("/financing-offers/" + offered.at("/id") + "/accept");
    REQUIRE_MESSAGE(accepted.status == 201, accepted.body);
    const std::string loan = "/loans/" + accepted.at("/id");
    all.good(all.desk.post(loan + "/value-date", fmt::format(R"({{"day":"{}","source":"Receipt"}})", day_from_now(-75))));
    const Answer drawn = all.lender.post(loan + "/draw", Finance::money("50000.00"));
    REQUIRE_MESSAGE(drawn.status == 200, drawn.body);
    CHECK(drawn.at("/rate_now") == "9");
    std::int64_t sum = 0;
    std::vector<std::int64_t> payments;
    for (int i = 0; i < 24; ++i) {
        const std::int64_t principal = drawn.number(fmt::format("/loan/instalments/{}/principal", i));
        sum += principal;
        payments.push_back(
            principal + (i < 2 ? drawn.number(fmt::format("/loan/instalments/{}/interest", i)) : drawn.number(fmt::format("/expected_interest/{}", i - 2))));
    }
    CHECK(sum == 5'000'000);
    CHECK(payments[2] > payments[0] + 10'000);
    for (std::size_t i = 3; i < 23; ++i) CHECK(std::abs(payments[i] - payments[3]) <= 2);
}

TEST_CASE("an offer with a schedule of its own: faults stand at their rows; the loan is due on those days, a part of it in proportion") {
    Finance all;
    const std::string request = all.ask();
    const auto row = [](const std::string& day, const std::string& amount, const std::string& currency = "CNY") {
        return fmt::format(R"({{"due":"{}","amount":{{"amount":"{}","currency":"{}"}}}})", day, amount, currency);
    };
    const auto offer = [&](const std::string& rows, const std::string& more = "") {
        return all.lender.post(
            "/financing-offers", Finance::offer_body(request, "4", fmt::format(R"(,"repayment":"custom","custom_schedule":[{}]{})", rows, more)));
    };
    using Fields = std::vector<std::string>;
    CHECK(offer("").faulty_fields() == Fields{"custom_schedule"});
    CHECK(offer(row(day_from_now(90), "20000.00")).faulty_fields() == Fields{"custom_schedule"});
    CHECK(offer(row(day_from_now(-1), "50000.00")).faulty_fields() == Fields{"custom_schedule[0].due"});
    CHECK(offer(row(day_from_now(90), "20000.00") + "," + row(day_from_now(90), "30000.00")).faulty_fields() == Fields{"custom_schedule[1].due"});
    CHECK(offer(row(day_from_now(90), "50000.00", "USD")).faulty_fields() == Fields{"custom_schedule[0].amount"});
    CHECK(offer(row(day_from_now(90), "50000.00") + "," + row(day_from_now(99), "0.00")).faulty_fields() == Fields{"custom_schedule[1].amount"});
    CHECK(offer(row(day_from_now(90), "50000.00"), R"(,"grace_periods":1)").faulty_fields() == Fields{"grace_periods"});
    CHECK(all.lender.post("/financing-offers", Finance::offer_body(request, "4", fmt::format(R"(,"custom_schedule":[{}])", row(day_from_now(90), "50000.00"))))
              .faulty_fields() == Fields{"custom_schedule"});
    const std::string rows = row(day_from_now(90), "10000.00") + "," + row(day_from_now(120), "0.00") + "," + row(day_from_now(400), "40000.00");
    const Answer offered = offer(rows);
    REQUIRE_MESSAGE(offered.status == 201, offered.body);
    CHECK(offered.at("/months") == "14");
    CHECK(std::stod(offered.at("/all_in_rate")) == doctest::Approx(4.05).epsilon(0.02));
    const Answer accepted = all.borrower.post("/financing-offers/" + offered.at("/id") + "/accept");
    REQUIRE_MESSAGE(accepted.status == 201, accepted.body);
    const std::string loan = "/loans/" + accepted.at("/id");
    const Answer part = all.lender.post(loan + "/draw", Finance::money("20000.00"));
    REQUIRE_MESSAGE(part.status == 200, part.body);
    REQUIRE(part.size("/loan/instalments") == 3);
    CHECK(part.at("/loan/instalments/0/principal") == "400000");
    const Answer drawn = all.lender.post(loan + "/draw", Finance::money("30000.00"));
    REQUIRE_MESSAGE(drawn.status == 200, drawn.body);
    CHECK(drawn.all("/loan/instalments", "/principal") == std::vector<std::string>{"1000000", "0", "4000000"});
    CHECK(drawn.at("/loan/instalments/1/due") == day_from_now(120));
    CHECK(drawn.at("/loan/ends_on") == day_from_now(400));
}

TEST_CASE("rents in advance: the first is paid with the signature, the last leaves what earns the residual value") {
    Finance all;
    Third supplier(all, "supplier", "1.00");
    const Answer made = all.lender.post("/finance-leases",
        fmt::format(
            R"({{"title":{{"en":"Battery"}},"lessee":"{}","supplier":"{}","cost":{{"amount":"1200.00","currency":"CNY"}},"residual":{{"amount":"101.50","currency":"CNY"}},
"option_price":{{"amount":"110.00","currency":"CNY"}},"rate":6,"months":12,"frequency":4,"in_advance":true}})",
            all.all.organisation, supplier.organisation));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string lease = "/finance-leases/" + made.at("/id"), before = all.bank.balance("ana");
    const Answer begun = all.borrower.post(lease + "/accept");
    REQUIRE_MESSAGE(begun.status == 200, begun.body);
    CHECK(begun.at("/rents/0/due") == day_from_now(0));
    CHECK(begun.at("/rents/0/interest") == "0");
    const std::int64_t rent = begun.number("/rents/0/rent");
    CHECK(begun.number("/rents/0/paid") == rent);
    CHECK(begun.at("/late/amount") == "0.00");
    CHECK(std::stod(all.bank.balance("ana")) == doctest::Approx(std::stod(before) - static_cast<double>(rent) / 100));
    const auto owed = [&] { return all.treasurer.get("/ledger/accounts/" + begun.at("/owed_account")).at("/balance"); };
    CHECK(owed() == fmt::format("-{}.{:02}", (120'000 - rent) / 100, (120'000 - rent) % 100));
    CHECK(begun.at("/owed/amount") == owed().substr(1));
    std::int64_t left = 0;
    for (int i = 1; i < 4; ++i) left += begun.number(fmt::format("/rents/{}/rent", i));
    all.good(all.borrower.post(lease + "/pay", Finance::money(fmt::format("{}.{:02}", left / 100, left % 100))));
    CHECK(owed() == "-100.00"); // 101.50 a quarter later
    const Answer bought = all.borrower.post(lease + "/end", R"({"buy":true})");
    REQUIRE_MESSAGE(bought.status == 200, bought.body);
    CHECK(owed() == "0.00");
    const Answer last = all.lender.get("/contract-movements?kind=buy&contract=" + made.at("/id"));
    CHECK(last.at("/items/0/principal/amount") == "100.00");
    CHECK(last.at("/items/0/interest/amount") == "1.50");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a fund gives back what was called and not needed, calls it again, loses it, and its manager gives back the carry it had too early") {
    Finance all;
    Third manager(all, "manager", "1.00"), second(all, "second", "50000.00");
    const Answer made = manager.visitor.post("/green-funds",
        fmt::format(
            R"({{"title":{{"en":"Island fund"}},"target":{{"amount":"40000.00","currency":"CNY"}},"hurdle":0,"carry_share":20,"catch_up":100,"begins_on":"2026-01-01","ends_on":"{}","terms":"the test"}})",
            day_from_now(-1)));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string fund = "/green-funds/" + made.at("/id");
    const auto holds = [&] { return all.treasurer.get("/ledger/accounts/" + made.at("/account")).at("/balance"); };
    all.good(all.lender.post(fund + "/commit", Finance::money("30000.00")));
    all.good(second.visitor.post(fund + "/commit", Finance::money("10000.00")));
    const auto call_in = [&](const std::string& amount) {
        const Answer called = manager.visitor.post(
            fund + "/call", fmt::format(R"({{"amount":{{"amount":"{}","currency":"CNY"}},"due_on":"{}","purpose":"Wind"}})", amount, day_from_now(9)));
        if (called.status != 200) return called;
        for (Visitor* investor : {&all.lender, &second.visitor})
            all.good(investor->post("/capital-calls/" + investor->get("/capital-calls?state=open").at("/items/0/id") + "/pay"));
        return called;
    };
    REQUIRE(call_in("24000.00").status == 200);
    const std::string project = create(all.borrower, "/projects", project_body("Wind of the island"));
    all.good(all.borrower.post("/projects/" + project + "/publish"));
    const auto into = [&](const std::string& amount) {
        return fmt::format(R"({{"project":"{}","amount":{{"amount":"{}","currency":"CNY"}}}})", project, amount);
    };
    all.good(manager.visitor.post(fund + "/invest", into("20000.00")));
    CHECK(manager.visitor.post(fund + "/clawback").code() == "fund.not_over"); // 4,000 are left in it
    // Of 24,000 called 20,000 are invested: 4,000 go back, as if they had never been called.
    CHECK(manager.visitor.post(fund + "/return", Finance::money("4000.01")).faulty_fields() == std::vector<std::string>{"amount"});
    CHECK(all.lender.post(fund + "/return", Finance::money("1.00")).code() == "fund.not_manager");
    const Answer unused = manager.visitor.post(fund + "/return", Finance::money("4000.00"));
    REQUIRE_MESSAGE(unused.status == 200, unused.body);
    CHECK(unused.at("/kind") == "unused");
    CHECK(unused.at("/parts/0/amount/amount") == "3000.00");
    CHECK(holds() == "0.00");
    CHECK(all.lender.get("/fund-commitments").at("/items/0/recallable/amount") == "3000.00");
    CHECK(all.lender.get(fund).at("/paid_in/amount") == "20000.00");
    CHECK(call_in("20000.01").faulty_fields() == std::vector<std::string>{"amount"});

    all.bank.batch.push_back(all.bank.transfer(all.bank.id(), "bank", "ana", "10000.00"));
    all.bank.send_batch();
    all.good(all.borrower.post(fund + "/proceeds", into("30000.00")));
    all.good(manager.visitor.post(fund + "/distribute", Finance::money("30000.00"))); // 20 % of the 10,000 beyond capital are carry
    CHECK(all.bank.balance("manager") == "2001.00");
    CHECK(manager.visitor.post(fund + "/clawback").code() == "fund.nothing_over");
    // All that may still be called is called again and lost but for 12,000: a profit of 2,000 is left, of which 400 are carry.
    REQUIRE(call_in("20000.00").status == 200);
    all.good(manager.visitor.post(fund + "/invest", into("20000.00")));
    all.good(all.borrower.post(fund + "/proceeds", into("12000.00")));
    all.good(manager.visitor.post(fund + "/distribute", Finance::money("12000.00")));
    const Answer life = all.lender.get(fund + "/whole-life");
    REQUIRE_MESSAGE(life.status == 200, life.body);
    CHECK(life.at("/profit/amount") == "2000.00");
    CHECK(life.at("/entitled/amount") == "400.00");
    CHECK(life.at("/over/amount") == "1600.00");
    Visitor& stranger = all.institution("stranger");
    CHECK(stranger.get(fund + "/whole-life").status == 404);
    CHECK(all.lender.post(fund + "/clawback").code() == "fund.not_manager");
    const std::string lender_before = all.bank.balance("ben");
    const Answer back = manager.visitor.post(fund + "/clawback");
    REQUIRE_MESSAGE(back.status == 200, back.body);
    CHECK(back.at("/capital/amount") == "1600.00"); // 8,000 of capital were missing
    CHECK(std::stod(all.bank.balance("ben")) == doctest::Approx(std::stod(lender_before) + 1'200));
    CHECK(all.bank.balance("manager") == "401.00");
    CHECK(holds() == "0.00");
    CHECK(all.lender.get(fund).at("/carry/amount") == "400.00");
    CHECK(manager.visitor.post(fund + "/clawback").code() == "fund.nothing_over");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a fund that gives back deal by deal: the manager has carry of the first deal, the second is lost, and the carry goes back at the end") {
    Finance all;
    Third manager(all, "manager", "1.00");
    const Answer made = manager.visitor.post("/green-funds",
        fmt::format(
            R"({{"title":{{"en":"Deals fund"}},"target":{{"amount":"20000.00","currency":"CNY"}},"waterfall":"deal_by_deal","hurdle":0,"carry_share":20,"catch_up":100,"begins_on":"2026-01-01","ends_on":"{}","terms":"the test"}})",
            day_from_now(-1)));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    CHECK(made.at("/waterfall") == "deal_by_deal");
    const std::string fund = "/green-funds/" + made.at("/id");
    all.good(all.lender.post(fund + "/commit", Finance::money("20000.00")));
    all.good(manager.visitor.post(
        fund + "/call", fmt::format(R"({{"amount":{{"amount":"20000.00","currency":"CNY"}},"due_on":"{}","purpose":"Wind"}})", day_from_now(9))));
    all.good(all.lender.post("/capital-calls/" + all.lender.get("/capital-calls?state=open").at("/items/0/id") + "/pay"));
    std::vector<std::string> projects;
    for (const char* title : {"Wind of the island", "Waves of the island"}) {
        projects.push_back(create(all.borrower, "/projects", project_body(title)));
        all.good(all.borrower.post("/projects/" + projects.back() + "/publish"));
    }
    const auto of = [&](std::size_t project, const std::string& amount) {
        return fmt::format(R"({{"project":"{}","amount":{{"amount":"{}","currency":"CNY"}}}})", projects[project], amount);
    };
    for (const std::size_t project : {0, 1}) all.good(manager.visitor.post(fund + "/invest", of(project, "10000.00")));
    all.good(all.borrower.post(fund + "/proceeds", of(0, "15000.00")));
    using Fields = std::vector<std::string>;
    CHECK(manager.visitor.post(fund + "/distribute", Finance::money("15000.00")).faulty_fields() == Fields{"project"});
    CHECK(manager.visitor.post(fund + "/distribute", of(1, "1.00")).faulty_fields() == Fields{"amount"}); // nothing has come back from it
    const Answer given = manager.visitor.post(fund + "/distribute", of(0, "15000.00"));
    REQUIRE_MESSAGE(given.status == 200, given.body);
    CHECK(given.at("/project") == projects[0]);
    CHECK(given.at("/capital/amount") == "10000.00"); // of the deal alone; the whole fund would have given back 20,000 first
    CHECK(given.at("/to_manager/amount") == "1000.00");
    CHECK(all.bank.balance("manager") == "1001.00");
    const Answer held = all.lender.get("/fund-holdings?project=" + projects[0]);
    CHECK(held.at("/items/0/capital_back/amount") == "10000.00");
    CHECK(held.at("/items/0/profit/amount") == "5000.00");
    CHECK(held.at("/items/0/carry/amount") == "1000.00");
    // The second deal brings 2,000 of its 10,000: 3,000 of the whole are lost, nothing is the manager's.
    all.good(all.borrower.post(fund + "/proceeds", of(1, "2000.00")));
    const Answer rest = manager.visitor.post(fund + "/distribute", of(1, "2000.00"));
    REQUIRE_MESSAGE(rest.status == 200, rest.body);
    CHECK(rest.at("/to_manager/amount") == "0.00");
    CHECK(all.lender.get(fund + "/whole-life").at("/over/amount") == "1000.00");
    const Answer back = manager.visitor.post(fund + "/clawback");
    REQUIRE_MESSAGE(back.status == 200, back.body);
    CHECK(back.at("/to_investors/amount") == "1000.00");
    CHECK(all.bank.balance("manager") == "1.00");
    CHECK(all.lender.get(fund).at("/carry/amount") == "0.00");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

} // namespace greenbank::testing
