// chapter_6_test.cpp — money for the island: three offers, the loan as the ledger drew it, the margin that follows reductions, the pool that shares a loss.
#include "cast.h"

namespace greenbank::testing {

TEST_CASE("chapter 6: of three offers the cheapest was chosen; the loan's draw-down and fee are the ledger's transfers") {
    Cast& all = cast();
    const Answer request = all.officer.get("/financing-requests/financing_sample_island");
    REQUIRE_MESSAGE(request.status == 200, request.body);
    CHECK(request.at("/request/project") == "project_sample_island_microgrid");
    REQUIRE(request.size("/offers") == 3);
    CHECK(request.at("/offers/0/organisation") == "org_sample_green_bank");
    CHECK(request.at("/offers/0/state") == "accepted");
    const Answer loan = all.officer.get("/loans/" + request.at("/request/loan"));
    REQUIRE_MESSAGE(loan.status == 200, loan.body);
    CHECK(loan.at("/loan/principal/amount") == "126000000.00");
    CHECK(all.administrator.get("/ledger/accounts/" + loan.at("/loan/loan_account")).at("/balance") == "-126000000.00");
    const std::size_t first = loan.size("/movements") - 1; // the newest stands first
    CHECK(loan.at(fmt::format("/movements/{}/amount/amount", first)) == "126000000.00");
    CHECK(loan.at(fmt::format("/movements/{}/fee/amount", first)) == request.at("/offers/0/fee/amount"));
    // 14 million a year once the grace is over.
    CHECK(loan.size("/loan/instalments") == 10);
    CHECK(loan.at("/loan/instalments/1/principal") == "1400000000");
    // The project's budget says the same of its loan.
    CHECK(all.officer.get("/projects/project_sample_island_microgrid").at("/budget/amount") == "180000000.00");
}

TEST_CASE("chapter 6 and 9: the margin of the island's loan steps down with verified tonnes") {
    Cast& all = cast();
    const Answer loan = all.officer.get("/loans/loan_sample_island");
    CHECK(loan.at("/loan/rate") == "3.95");
    CHECK(loan.at("/loan/margin_steps/0/tonnes") == "9000");
    const std::int64_t verified_kg = all.nobody.get("/verified-reductions/verified_sample_island_2026").number("/verified_kg");
    CHECK(loan.number("/loan/verified_tonnes") == verified_kg / 1000);
    CHECK(loan.at("/rate_now") == "3.85"); // 9,600 t are beyond the first step
    // Looked up in the carbon room's statements it is the same.
    const Answer looked_up = all.officer.post("/loans/loan_sample_island/verify", "{}");
    REQUIRE_MESSAGE(looked_up.status == 200, looked_up.body);
    CHECK(looked_up.number("/loan/verified_tonnes") == verified_kg / 1000);
    CHECK(looked_up.at("/movements/0/note").find("verified_sample_island_2026") != std::string::npos);
}

TEST_CASE("chapter 6: what is green about it: class, card, taxonomies in force; what the loan answers for") {
    Cast& all = cast();
    const Answer green = all.officer.get("/green-identifications/green_sample_island");
    REQUIRE_MESSAGE(green.status == 200, green.body);
    CHECK(green.at("/shade") == "dark");
    std::int64_t points = 0;
    for (const std::string& one : green.all("/answers", "/points")) points += std::stoll(one);
    CHECK(green.number("/score") == points); // of a hundred
    CHECK(green.size("/recognised") > 0);
    for (const std::string& tree : green.all("/recognised", "/tree")) CHECK(tree != "gbepc"); // replaced before that day for what is new
    const Answer part = all.officer.get("/green-identifications/green_sample_island/emissions");
    CHECK(part.at("/attribution") == "70"); // 126 of 180 million
    CHECK(part.at("/financed_reduction_tonnes") == "6720");
}

TEST_CASE("chapter 6: insurance on the battery, priced on what was measured; its premium is the ledger's transfer") {
    Cast& all = cast();
    const Answer cover = all.officer.get("/insurance-covers/cover_sample_battery");
    REQUIRE_MESSAGE(cover.status == 200, cover.body);
    CHECK(all.administrator.get("/ledger/transfers/" + cover.at("/premium_transfer")).at("/amount") == cover.at("/premium/amount"));
    const Answer priced = all.manager.post("/insurance-prices",
        fmt::format(
            R"({{"title":{{"en":"x"}},"kind":"performance","insured":"org_sample_island_power","performance":{},"limit":{},"begins_on":"2026-03-04","ends_on":"2027-03-03"}})",
            cover.at("/performance"), cover.at("/limit")));
    REQUIRE_MESSAGE(priced.status == 200, priced.body);
    CHECK(priced.at("/premium/amount") == cover.at("/premium/amount"));
    CHECK(priced.at("/expected/amount") == cover.at("/quote/expected/amount"));
}

TEST_CASE("chapter 6 and 12: the pool shares 40/20/20/20 and covers what the loan promised") {
    Cast& all = cast();
    const Answer pool = all.officer.get("/risk-pools/pool_sample_island");
    REQUIRE_MESSAGE(pool.status == 200, pool.body);
    CHECK(pool.all("/parties", "/share") == std::vector<std::string>{"400000", "200000", "200000", "200000"});
    CHECK(pool.at("/covered/amount") == all.officer.get("/loans/loan_sample_island").at("/loan/amount/amount"));
    CHECK(pool.at("/status") == "sample");
}

} // namespace greenbank::testing
