// chapter_12_test.cpp — carbon falls by 30 %, a typhoon stops the wind for a week: margin call, insurance, warning, the fund's share; the same figures in page,
// API, command line, PDF and ledger, and what the parties bear adds up.
#include <map>

#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

const std::string run_path = "/stress-runs/stress_sample_typhoon";

std::string minor_text(std::int64_t minor) { return fmt::format("{}.{:02}", minor / 100, minor % 100); }

} // namespace

TEST_CASE("chapter 12: the shock as a record: call, insurance, warning and shares, each as the room that knows it says") {
    Cast& all = cast();
    const Answer stress = all.officer.get(run_path);
    REQUIRE_MESSAGE(stress.status == 200, stress.body);
    CHECK(stress.at("/sample") == "true");
    CHECK(all.manager.get(run_path).status == 403);

    // The margin call is the market's own, at 70 % of the price.
    const Answer value = all.officer.get("/carbon-pledges/pledge_sample_island/value?price_basis_points=7000");
    REQUIRE(stress.size("/report/calls") == 1);
    CHECK(stress.at("/report/calls/0/pledge") == "pledge_sample_island");
    CHECK(value.at("/call") == "true");
    for (const char* place : {"cover_basis_points", "tonnes_wanted"})
        CHECK(stress.number(fmt::format("/report/calls/0/{}", place)) == value.number(fmt::format("/{}", place)));
    CHECK(minor_text(stress.number("/report/calls/0/value")) == value.at("/value/amount"));
    CHECK(stress.number("/report/calls/0/tonnes_wanted") == 143);

    // Tonnes held are the registry's and the ledger's.
    CHECK(stress.at("/carbon_loss/amount") == minor_text(6'000 * 2'040));
    CHECK(all.administrator.get("/ledger/accounts/account_sample_island_power_ccer").at("/balance") == "6000.000");

    // Insurance by the covers' own terms.
    REQUIRE(stress.size("/report/payouts") == 2);
    std::map<std::string, std::int64_t> paid;
    for (std::size_t i = 0; i < 2; ++i) paid[stress.at(fmt::format("/report/payouts/{}/cover", i))] = stress.number(fmt::format("/report/payouts/{}/paid", i));
    CHECK(paid["cover_sample_carbon"] == 5'952'000); // (62 − 2 − 47.60) × 6,000 t × 80 %
    CHECK(paid["cover_sample_wind"] == 5'866'667);   // 18.33 hundredths below 95 %
    for (const auto& [cover, amount] : paid) {
        const Answer one = all.officer.get("/insurance-covers/" + cover);
        CHECK(all.administrator.get("/ledger/transfers/" + one.at("/premium_transfer")).at("/amount") == one.at("/premium/amount"));
        CHECK(std::stod(one.at("/limit/amount")) * 100 >= static_cast<double>(amount));
    }

    // The warning rises, and with it what is expected to be lost.
    CHECK(stress.at("/report/loans/0/loan") == "loan_sample_island");
    CHECK(stress.at("/report/loans/0/before") == "none");
    CHECK(stress.at("/report/loans/0/after") == "yellow");
    CHECK(stress.number("/warnings") == 1);

    // 40/20/20/20 of it, and the fund holds that much in the ledger.
    const std::int64_t expected = stress.number("/report/loans/0/expected_after");
    std::map<std::string, std::int64_t> losses;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < stress.size("/report/losses"); ++i) {
        const std::string one = fmt::format("/report/losses/{}", i);
        losses[stress.at(one + "/party")] = stress.number(one + "/amount");
        sum += stress.number(one + "/amount");
    }
    CHECK(sum == stress.number("/report/total"));
    CHECK(stress.at("/total/amount") == minor_text(sum));
    CHECK(losses["org_sample_guarantor"] == expected * 2 / 5);
    CHECK(losses["org_sample_reguarantor"] == expected / 5);
    CHECK(losses["org_sample_island_fund"] == expected / 5);
    CHECK(losses["org_sample_green_bank"] == expected / 5);
    CHECK(losses["org_sample_insurer"] == paid["cover_sample_carbon"] + paid["cover_sample_wind"]);
    CHECK(minor_text(stress.number("/input/pools/0/fund_holds")) == all.administrator.get("/ledger/accounts/account_sample_compensation_fund").at("/balance"));
    CHECK(losses["org_sample_island_fund"] <= stress.number("/input/pools/0/fund_holds"));
}

TEST_CASE("chapter 12: the command line over the exported book comes to the same report; the paper says the same") {
    Cast& all = cast();
    const Answer stress = all.officer.get(run_path), input = all.officer.get(run_path + "/input");
    REQUIRE(input.status == 200);
    const Ran ran = run({"risk", "stress", "--in", all.folder.write("stress.json", input.body), "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer offline{200, ran.out, "", {}};
    for (const std::string place : {"/total", "/carbon_loss", "/output_loss", "/credit_loss", "/calls/0/tonnes_wanted", "/payouts/0/paid", "/payouts/1/paid",
             "/loans/0/expected_after", "/losses/0/amount"})
        CHECK_MESSAGE(offline.at(place) == stress.at("/report" + place), place);
    const Ran broken = run({"risk", "stress", "--in", all.folder.write("broken.json", R"({"scenario":{},"borrowers":[]})"), "--json"});
    CHECK(broken.status != 0);
    for (const std::string language : {"zh", "en", "ru"}) {
        INFO(language);
        const std::string words = words_of_pdf(all.officer.get(run_path + "/pdf", {{"Accept-Language", language}}).body);
        CHECK_MESSAGE(words.find("143") != std::string::npos, words);
        CHECK_MESSAGE(words.find(language == "ru" ? "835" : "2,835,000") != std::string::npos, words); // expected of the loan: 126 million × 45 % × 5 %
    }
}

TEST_CASE("chapter 12: early warning looks at pledges, plants, cash and penalties on a day, and what is warned of can be acted on") {
    Cast& all = cast();
    const Answer job = all.officer.post("/finance-watches", R"({"on":"2026-11-28"})");
    REQUIRE_MESSAGE(job.status == 202, job.body);
    CHECK(wait_for_job(all.officer, job.at("/id")).at("/state") == "done");
    const Answer loan = all.officer.get("/loans/loan_sample_island");
    // At today's price the pledge is covered, nothing is late, and penalties are older than a year.
    for (const std::string& signal : loan.all("/loan/watched", "/signal")) {
        CHECK(signal != "pledge_short");
        CHECK(signal != "penalties");
        CHECK(signal != "cash_short");
    }
    CHECK(loan.number("/loan/days_late") == 0);
    const Answer warnings = all.officer.get("/loan-warnings?loan=loan_sample_island");
    REQUIRE(warnings.status == 200);
    CHECK((loan.at("/loan/warning") == "none") == (warnings.number("/total") == 0));
}

TEST_CASE("chapter 6 and 12: the island's credit file is read by consent and for its purpose, and every reading stands in the log") {
    Cast& all = cast();
    // The bank's desk keeps the file; to read it as a report takes the subject's consent.
    CHECK(all.manager.post("/credit-queries", R"({"subject":"org_sample_island_power","purpose":"lending"})").code() == "credit.no_consent");
    const Answer consent = all.officer.get("/credit-consents?subject=org_sample_island_power");
    CHECK(consent.at("/items/0/reader") == "org_sample_green_bank");
    CHECK(all.officer.get("/credit-entries?subject=org_sample_island_power").number("/total") == 4);
}

} // namespace greenbank::testing
