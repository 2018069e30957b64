// finance_watch_test.cpp — a missed payment, the warning it brings, the claim on the fund and its split; insurance by the ledger; a credit file by consent.
#include "finance_cast.h"

namespace greenbank::testing {

TEST_CASE("a payment is missed: bills and interest on it, a warning with reasons and lead time, a claim on the fund, its split; each figure the ledger's") {
    Finance all;
    const Answer account = all.treasurer.post("/ledger/accounts",
        fmt::format(R"({{"title":{{"en":"fund"}},"owner":"{}","purpose":"compensation_fund","asset":"{}","rule":"debits_must_not_exceed_credits"}})",
            all.all.centre, all.bank.assets["money"]));
    REQUIRE_MESSAGE(account.status == 201, account.body);
    all.bank.accounts["buyer fund"] = account.at("/id");
    all.bank.batch.push_back(all.bank.transfer(all.bank.id(), "bank", "buyer fund", "30000.00"));
    all.bank.send_batch();
    const std::string loan = all.loan(fmt::format(R"(,"pool":"{}")", all.pool()));
    const std::string id = loan.substr(loan.rfind('/') + 1);
    const std::string early = fmt::format(R"({{"day":"{}","source":"Receipt 7"}})", day_from_now(-75));
    CHECK(all.lender.post(loan + "/value-date", early).status == 403);
    CHECK(all.borrower.post(loan + "/value-date", early).status == 403);
    CHECK(all.desk.post(loan + "/value-date", fmt::format(R"({{"day":"{}","source":"x"}})", day_from_now(-500))).faulty_fields() ==
          std::vector<std::string>{"day"});
    all.good(all.desk.post(loan + "/value-date", early));
    const Answer drawn = all.lender.post(loan + "/draw", Finance::money("50000.00"));
    REQUIRE_MESSAGE(drawn.status == 200, drawn.body);
    CHECK(drawn.at("/loan/starts_on") == day_from_now(-75));
    CHECK(all.desk.post(loan + "/value-date", early).code() == "finance.drawn");

    // Two months are due and unpaid, the first for about 45 days.
    const std::int64_t first_due = drawn.number("/loan/instalments/0/interest") + drawn.number("/loan/instalments/0/principal");
    const std::int64_t second_due = drawn.number("/loan/instalments/1/interest") + drawn.number("/loan/instalments/1/principal");
    CHECK(drawn.at("/loan/instalments/1/billed") == "true");
    CHECK(drawn.at("/loan/instalments/2/billed") == "false");
    CHECK(drawn.at("/loan/late/amount") == fmt::format("{}.{:02}", (first_due + second_due) / 100, (first_due + second_due) % 100));
    CHECK(drawn.number("/loan/days_late") >= 43);
    CHECK(drawn.at("/loan/warning") == "orange"); // from 31 days on
    CHECK(drawn.at("/loan/loan_class") == "special_mention");
    CHECK(all.treasurer.get("/ledger/accounts/" + drawn.at("/loan/loan_account")).at("/balance") == "-50000.00");

    // The watch list has it, for the lender and the desk; what is done is written down.
    const Answer warned = all.lender.get("/loan-warnings");
    REQUIRE_MESSAGE(warned.number("/total") == 1, warned.body);
    CHECK(warned.at("/items/0/level") == "orange");
    CHECK(warned.at("/items/0/reasons/0/signal") == "days_late");
    CHECK(!warned.at("/items/0/missed_on").empty());
    CHECK(all.borrower.get("/loan-warnings").number("/total") == 0);
    const std::string warning = "/loan-warnings/" + warned.at("/items/0/id");
    CHECK(all.borrower.get(warning).status == 404);
    CHECK(drawn.at("/open_warning") == warned.at("/items/0/id"));
    CHECK(all.borrower.get(loan).at("/open_warning").empty());
    const Answer acted = all.lender.post(warning + "/actions", R"({"kind":"call","text":"Asked for the payment.","due_on":"2190-01-01"})");
    REQUIRE_MESSAGE(acted.status == 200, acted.body);
    CHECK(acted.at("/actions/0/kind") == "call");
    all.good(all.lender.post(warning + "/complete", R"({"action":0})"));
    CHECK(all.lender.post(warning + "/complete", R"({"action":0})").code() == "finance.action_done");
    CHECK(all.lender.post(warning + "/complete", R"({"action":1})").faulty_fields() == std::vector<std::string>{"action"});

    // The claim is for all principal; the fund bears 40 % of it.
    const Answer claim = all.lender.post("/pool-claims", fmt::format(R"({{"loan":"{}"}})", id));
    REQUIRE_MESSAGE(claim.status == 201, claim.body);
    CHECK(claim.at("/amount/amount") == "50000.00");
    const Answer paid = all.desk.post("/pool-claims/" + claim.at("/id") + "/approve");
    REQUIRE_MESSAGE(paid.status == 200, paid.body);
    CHECK(paid.at("/parts/0/amount/amount") == "20000.00");
    CHECK(paid.at("/parts/1/amount/amount") == "30000.00");
    CHECK(all.bank.balance("buyer fund") == "10000.00");
    CHECK(all.treasurer.get("/ledger/transfers/" + paid.at("/parts/0/transfer")).at("/amount") == "20000.00");

    // Paying what is late quiets nothing at once: a level falls only after calm.
    all.good(all.borrower.post(loan + "/repay", fmt::format(R"({{"amount":{}}})", drawn.at("/loan/late"))));
    const Answer calm = all.lender.get(loan);
    CHECK(calm.at("/loan/late/amount") == "0.00");
    CHECK(calm.at("/loan/warning") == "orange");
    CHECK(!calm.at("/loan/calm_since").empty());
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
    const Answer job = all.desk.post("/finance-watches", "{}");
    REQUIRE_MESSAGE(job.status == 202, job.body);
    CHECK(wait_for_job(all.desk, job.at("/id")).at("/state") == "done");
}

TEST_CASE("insurance: a premium by what was measured, taken and paid by the ledger; a claim within its period, its limit and by its insurer") {
    Finance all;
    Visitor &insurer = all.lender, &insured = all.borrower;
    const std::string today = day_from_now(0);
    const auto cover_body = [&](const std::string& more) {
        return fmt::format(
            R"({{"title":{{"en":"Output"}},"kind":"performance","insured":"{}","limit":{{"amount":"2000.00","currency":"CNY"}},"begins_on":"{}","ends_on":"{}",
"performance":{{"indicator":"energy","unit":"MWh","promised":100,"trigger":95,"period_days":1,"pay_a_point":{{"amount":"100.00","currency":"CNY"}},"unit_value":{{"amount":"500.00","currency":"CNY"}}{}}}}})",
            all.all.organisation, today, day_from_now(30), more);
    };
    CHECK(insurer.post("/insurance-covers", cover_body("")).faulty_fields() == std::vector<std::string>{"performance.measured"});
    CHECK(insured.post("/insurance-covers", cover_body(R"(,"measured":[96,97,98,99,90])")).faulty_fields() == std::vector<std::string>{"insured"});
    const Answer offered = insurer.post("/insurance-covers", cover_body(R"(,"measured":[96,97,98,99,90])"));
    REQUIRE_MESSAGE(offered.status == 201, offered.body);
    // 5 points of 100.00 in one of five: 100.00 expected, deviation 200.00; (100 + 0.3 × 200) / 0.8 = 200, and the limit is ten times that.
    CHECK(offered.at("/quote/expected/amount") == "100.00");
    CHECK(offered.at("/premium/amount") == "200.00");
    const std::string path = "/insurance-covers/" + offered.at("/id");
    const auto claim_body = [&](const std::string& measured) {
        return fmt::format(R"({{"cover":"{}","from_day":"{}","measured":{},"source":"Meter 4"}})", offered.at("/id"), today, measured);
    };
    CHECK(insured.post("/insurance-claims", claim_body("50")).code() == "insurance.not_active");
    CHECK(insurer.post(path + "/accept").code() == "insurance.not_insured");
    const Answer taken = insured.post(path + "/accept");
    REQUIRE_MESSAGE(taken.status == 200, taken.body);
    CHECK(all.treasurer.get("/ledger/transfers/" + taken.at("/premium_transfer")).at("/amount") == "200.00");
    CHECK(all.bank.balance("ana") == "1800.00");
    CHECK(insured.post(path + "/accept").code() == "insurance.not_offered");

    CHECK(insured.post("/insurance-claims", claim_body("97")).code() == "insurance.nothing_due");
    const Answer claim = insured.post("/insurance-claims", claim_body("85"));
    REQUIRE_MESSAGE(claim.status == 201, claim.body);
    CHECK(claim.at("/amount/amount") == "1000.00"); // ten hundredths below 95
    CHECK(insured.post("/insurance-claims", claim_body("85")).code() == "insurance.claimed");
    const std::string claimed = "/insurance-claims/" + claim.at("/id");
    CHECK(insured.post(claimed + "/approve").code() == "insurance.not_insurer");
    const Answer paid = insurer.post(claimed + "/approve");
    REQUIRE_MESSAGE(paid.status == 200, paid.body);
    CHECK(all.treasurer.get("/ledger/transfers/" + paid.at("/transfer")).at("/amount") == "1000.00");
    CHECK(all.bank.balance("ana") == "2800.00");
    CHECK(insured.get(path).at("/paid/amount") == "1000.00");
    CHECK(all.all.nobody.get(claimed).status == 401);
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("a credit file: no consent, no reading; each reading is kept and proved; the subject sees and disputes; consent is taken back") {
    Finance all;
    const std::string subject = all.all.organisation, reader = all.all.other_organisation;
    const std::string ask = fmt::format(R"({{"subject":"{}","purpose":"lending"}})", subject);
    const Answer entered = all.desk.post("/credit-entries",
        fmt::format(
            R"({{"subject":"{}","kind":"penalty","title":{{"en":"Spill"}},"amount":{{"amount":"500.00","currency":"CNY"}},"day":"{}","source":"Notice 12"}})",
            subject, day_from_now(-10)));
    REQUIRE_MESSAGE(entered.status == 201, entered.body);
    CHECK(all.lender.get("/credit-entries").number("/total") == 0);
    CHECK(all.borrower.get("/credit-entries").number("/total") == 1);
    CHECK(all.lender.post("/credit-queries", ask).code() == "credit.no_consent");
    const Answer consent =
        all.borrower.post("/credit-consents", fmt::format(R"({{"reader":"{}","purpose":"lending","until_day":"{}"}})", reader, day_from_now(5)));
    REQUIRE_MESSAGE(consent.status == 201, consent.body);
    CHECK(all.lender.post("/credit-queries", fmt::format(R"({{"subject":"{}","purpose":"insurance"}})", subject)).code() == "credit.no_consent");
    const Answer read = all.lender.post("/credit-queries", ask);
    REQUIRE_MESSAGE(read.status == 201, read.body);
    CHECK(read.at("/report/entries/0/detail") == "500.00 CNY");
    const std::string path = "/credit-queries/" + read.at("/id");
    Answer proof;
    CHECK(wait_for([&] { return (proof = all.all.nobody.get("/log/proof?code=" + read.at("/proof_code"))).status == 200; }));
    CHECK_MESSAGE(proof.body.find(read.at("/digest")) != std::string::npos, proof.body);
    CHECK(proof.body.find(subject) == std::string::npos); // that something was read, not of whom
    CHECK(all.lender.get(path + "/pdf").body.starts_with("%PDF"));
    CHECK(all.lender.get(path + "/report").at("/subject") == subject);
    const Answer log = all.borrower.get("/credit-queries");
    CHECK(log.number("/total") == 1);
    CHECK(log.at("/items/0/reader") == reader);

    const std::string dispute = fmt::format(R"({{"entry":"{}","text":"It was not us."}})", entered.at("/id"));
    CHECK(all.lender.post("/credit-disputes", dispute).status == 404);
    const Answer disputed = all.borrower.post("/credit-disputes", dispute);
    REQUIRE_MESSAGE(disputed.status == 201, disputed.body);
    CHECK(all.borrower.post("/credit-disputes", dispute).code() == "credit.not_standing");
    CHECK(all.lender.post("/credit-queries", ask).at("/report/entries/0/disputed") == "true");
    all.good(all.desk.post("/credit-disputes/" + disputed.at("/id") + "/answer", R"({"upheld":true,"answer":"Another firm."})"));
    CHECK(all.lender.post("/credit-queries", ask).size("/report/entries") == 0);

    all.good(all.borrower.post("/credit-consents/" + consent.at("/id") + "/revoke"));
    CHECK(all.lender.get(path).code() == "credit.consent_over");
    CHECK(all.lender.get(path + "/pdf").status == 403);
    CHECK(all.lender.post("/credit-queries", ask).code() == "credit.no_consent");
    CHECK(all.borrower.get(path).status == 200);
    CHECK(all.borrower.post("/credit-queries", ask).status == 201); // one's own file needs none
}

TEST_CASE("green: a proposal is judged by card, bars and rules, and confirmed by somebody else") {
    Finance all;
    const auto body = [](const std::string& more, int carbon = 30) {
        return fmt::format(
            R"({{"title":{{"en":"Motors"}},"class_code":"1.1.1.8","day":"2024-06-01","answers":[{{"criterion":"carbon","points":{}}},{{"criterion":"environment","points":20}},
{{"criterion":"business","points":15}},{{"criterion":"management","points":10}},{{"criterion":"data","points":5}}]{}}})",
            carbon, more);
    };
    CHECK(all.borrower.post("/green-identifications", body("", 31)).faulty_fields() == std::vector<std::string>{"answers"});
    const Answer poor = all.borrower.post("/green-identifications", body(""));
    REQUIRE_MESSAGE(poor.status == 201, poor.body);
    CHECK(poor.at("/rule_met") == "false"); // motors ask for grade 1 of GB 18613
    CHECK(poor.at("/shade") == "none");
    CHECK(all.desk.post("/green-identifications/" + poor.at("/id") + "/confirm").code() == "green.not_green");
    CHECK(
        all.borrower.post("/green-identifications", body(R"(,"standard":"GB 18613-2020","grade":1)")).faulty_fields() == std::vector<std::string>{"documents"});
    const std::string shown = R"(,"standard":"GB 18613-2020","grade":1,"documents":[{"name":"Test report","reference":"T-1"}])";
    const Answer good = all.borrower.post("/green-identifications", body(shown));
    REQUIRE_MESSAGE(good.status == 201, good.body);
    CHECK(good.at("/shade") == "medium");                       // 80 of 100
    CHECK(good.all("/recognised", "/tree").front() == "gbepc"); // in force in 2024
    const Answer barred = all.borrower.post("/green-identifications", body(shown + R"(,"bars":["banned_process"])"));
    CHECK(barred.at("/shade") == "none");
    const std::string path = "/green-identifications/" + good.at("/id");
    CHECK(all.lender.get(path).status == 404);
    CHECK(all.borrower.post(path + "/confirm").status == 403);
    all.good(all.desk.post(path + "/confirm"));
    CHECK(all.borrower.get(path).at("/state") == "confirmed");
    CHECK(all.desk.post(path + "/refuse", R"({"reason":"x"})").code() == "green.decided");
}

TEST_CASE("a green bond: proceeds go to projects that were identified as green, by the ledger, and never beyond what was raised") {
    Finance all;
    const std::string project = create(all.borrower, "/projects", project_body("Motors of the mill"));
    all.good(all.borrower.post("/projects/" + project + "/publish"));
    const Answer bond = all.lender.post("/green-bonds",
        R"({"title":{"en":"Green 1"},"amount":{"amount":"1000.00","currency":"CNY"},"coupon":2.9,"issued_on":"2026-01-05","matures_on":"2029-01-05","framework":"Own rules, looked at by nobody yet"})");
    REQUIRE_MESSAGE(bond.status == 201, bond.body);
    const std::string path = "/green-bonds/" + bond.at("/id");
    const auto use = [&](const std::string& amount) {
        return fmt::format(R"({{"project":"{}","amount":{{"amount":"{}","currency":"CNY"}}}})", project, amount);
    };
    CHECK(all.borrower.post(path + "/allocate", use("1.00")).code() == "bond.not_issuer");
    CHECK(all.lender.post(path + "/allocate", use("600.00")).faulty_fields() == std::vector<std::string>{"project"}); // not green yet
    const Answer green = all.borrower.post("/green-identifications",
        fmt::format(R"({{"title":{{"en":"Wind"}},"project":"{}","class_code":"3.2.2.1","day":"2024-06-01","answers":[{{"criterion":"carbon","points":30}},
{{"criterion":"environment","points":20}},{{"criterion":"business","points":15}},{{"criterion":"management","points":10}},{{"criterion":"data","points":5}}]}})",
            project));
    REQUIRE_MESSAGE(green.status == 201, green.body);
    all.good(all.desk.post("/green-identifications/" + green.at("/id") + "/confirm"));
    CHECK(all.lender.post(path + "/allocate", use("1000.01")).faulty_fields() == std::vector<std::string>{"amount"});
    const Answer sent = all.lender.post(path + "/allocate", use("600.00"));
    REQUIRE_MESSAGE(sent.status == 200, sent.body);
    CHECK(all.bank.balance("ana") == "2600.00");
    CHECK(all.treasurer.get("/ledger/transfers/" + sent.at("/allocations/0/transfer")).at("/amount") == "600.00");
    CHECK(all.lender.post(path + "/allocate", use("400.01")).faulty_fields() == std::vector<std::string>{"amount"});
    const Answer report = all.borrower.get(path + "/report");
    CHECK(report.at("/unallocated/amount") == "400.00");
    CHECK(report.at("/projects/0/amount/amount") == "600.00");
}

} // namespace greenbank::testing
