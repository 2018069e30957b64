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
    CHECK(loan.at("/movements/0/amount/amount") == "126000000.00");
    CHECK(loan.at("/movements/0/fee/amount") == request.at("/offers/0/fee/amount"));
    // 14 million a year once the grace is over.
    CHECK(loan.size("/loan/instalments") == 10);
    CHECK(loan.at("/loan/instalments/1/principal") == "1400000000");
    // The project's budget says the same of its loan.
    CHECK(all.officer.get("/projects/project_sample_island_microgrid").at("/budget/amount") == "180000000.00");
}

TEST_CASE("chapter 6 and 9: the margin of the island's loan steps down with verified tonnes") {
    Cast& all = cast();
    const Answer loan = all.officer.get("/loans/loan_sample_island");
    CHECK(loan.at("/rate_now") == "3.95");
    CHECK(loan.at("/loan/margin_steps/0/tonnes") == "9000");
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
