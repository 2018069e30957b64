// chapter_6_contracts_test.cpp — beside the island's loan: a loan above LPR, a line, a lease, a guarantee with one behind it, a fund; each says what the ledger has.
#include "cast.h"

namespace greenbank::testing {

namespace {

std::string ledger_balance(const std::string& account) { return cast().administrator.get("/ledger/accounts/" + account).at("/balance"); }

/// Every movement of a contract: what it says moved is what its last transfer, or all of them but for the funds behind it, moved.
void check_movements(const std::string& contract, std::size_t count) {
    const Answer moved = cast().officer.get("/contract-movements?limit=100&contract=" + contract);
    REQUIRE(moved.number("/total") == static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        const std::string one = fmt::format("/items/{}", i);
        double paid = 0;
        for (std::size_t t = 0; t < moved.size(one + "/transfers"); ++t) {
            const Answer transfer = cast().administrator.get("/ledger/transfers/" + moved.at(fmt::format("{}/transfers/{}", one, t)));
            REQUIRE_MESSAGE(transfer.status == 200, transfer.body);
            if (transfer.at("/note").find("funds") == std::string::npos) paid += std::stod(transfer.at("/amount"));
        }
        CHECK_MESSAGE(paid == doctest::Approx(std::stod(moved.at(one + "/amount/amount"))), moved.at(one + "/kind"), " of ", contract);
    }
}

} // namespace

TEST_CASE("chapter 6: a loan above LPR: each due day names the published rate of its period, and its interest is by that rate") {
    const Answer loan = cast().officer.get("/loans/loan_sample_city_kitchen_waste");
    REQUIRE_MESSAGE(loan.status == 200, loan.body);
    CHECK(loan.at("/loan/benchmark") == "lpr_5y");
    CHECK(loan.at("/loan/instalments/0/fixing") == "2026-01-05");
    CHECK(loan.number("/loan/instalments/0/interest") == (2'000'000'000LL * 39'500 / 365 * 92 + 500'000) / 1'000'000); // 3.6 + 0.35 %, 92 days
    CHECK(loan.at("/loan/instalments/2/fixing") == "2026-07-01");
    CHECK(loan.at("/rate_now") == "3.85");
    CHECK(loan.at("/loan/late/amount") == "0.00");
    CHECK(ledger_balance(loan.at("/loan/loan_account")) == "-" + loan.at("/loan/principal/amount"));
    CHECK(ledger_balance(loan.at("/loan/funds_account")) == loan.at("/loan/principal/amount"));
    std::int64_t planned = 0;
    for (const std::string& one : loan.all("/loan/instalments", "/principal")) planned += std::stoll(one);
    CHECK(planned == 2'000'000'000);
}

TEST_CASE("chapter 6: a line that was drawn twice and paid back in part: its bills are by the fixings, what is owed is the ledger's") {
    const Answer line = cast().officer.get("/revolving-lines/revolvingline_sample_waste");
    REQUIRE_MESSAGE(line.status == 200, line.body);
    CHECK(line.at("/drawn/amount") == "3200000.00");
    CHECK(line.at("/rate_now") == "3.6");
    CHECK(ledger_balance(line.at("/owed_account")) == "-3200000.00");
    CHECK(ledger_balance(line.at("/funds_account")) == "3200000.00");
    check_movements(line.at("/id"), 4);
    // The first bill: 3 million for 81 days at 3.7 %, and for the day of the new fixing at 3.6 %.
    const Answer paid = cast().officer.get("/contract-movements?kind=repay&sort=day&contract=revolvingline_sample_waste");
    CHECK(paid.at("/items/0/interest/amount") == fmt::format("{:.2f}", (81 * (300'000'000LL * 37'000 / 360) + 300'000'000LL * 36'000 / 360) / 1e8));
}

TEST_CASE("chapter 6: a lease with rents in advance: three are paid, what is left is the schedule's and the ledger's") {
    const Answer lease = cast().officer.get("/finance-leases/lease_sample_dairy");
    REQUIRE_MESSAGE(lease.status == 200, lease.body);
    CHECK(lease.at("/in_advance") == "true");
    CHECK(lease.at("/rents/0/due") == lease.at("/starts_on"));
    CHECK(lease.at("/late/amount") == "0.00");
    const std::int64_t left = lease.number("/rents/2/left_after");
    CHECK(lease.at("/owed/amount") == fmt::format("{}.{:02}", left / 100, left % 100));
    CHECK(ledger_balance(lease.at("/owed_account")) == "-" + lease.at("/owed/amount"));
    CHECK(ledger_balance(lease.at("/funds_account")) == lease.at("/owed/amount"));
    check_movements(lease.at("/id"), 4);
    CHECK(cast().officer.get("/regional-finance?country=CN").status == 200);
}

TEST_CASE("chapter 6: a guarantee was called and so was the one behind it; of what came back each has its part") {
    const Answer front = cast().officer.get("/guarantees/guarantee_sample_retrofits"),
                 behind = cast().officer.get("/guarantees/guarantee_sample_retrofits_behind");
    CHECK(behind.at("/primary_guarantee") == front.at("/id"));
    CHECK(front.at("/called/amount") == "300000.00");   // 60 % of 500,000
    CHECK(front.at("/recovered/amount") == "60000.00"); // of 100,000 that came back
    CHECK(behind.at("/called/amount") == "150000.00");  // half of it
    CHECK(behind.at("/recovered/amount") == "30000.00");
    check_movements(front.at("/id"), 3);
    check_movements(behind.at("/id"), 3);
    CHECK(cast()
              .administrator.get("/ledger/transfers/" + cast().officer.get("/guarantee-calls?guarantee=" + front.at("/id")).at("/items/0/transfer"))
              .at("/amount") == "300000.00");
}

TEST_CASE("chapter 6: a fund: promised, called, given back unused, invested, earned, distributed; what is left is on its account") {
    const Answer fund = cast().officer.get("/green-funds/greenfund_sample_transfer");
    REQUIRE_MESSAGE(fund.status == 200, fund.body);
    const auto amount = [&](const std::string& name) { return std::stod(fund.at("/" + name + "/amount")); };
    CHECK(std::stod(ledger_balance(fund.at("/account"))) ==
          doctest::Approx(amount("paid_in") + amount("proceeds") - amount("invested") - amount("capital_back") - amount("profit")));
    check_movements(fund.at("/id"), 8);
    double promised = 0, paid = 0;
    const Answer commitments = cast().officer.get("/fund-commitments?fund=" + fund.at("/id"));
    for (std::size_t i = 0; i < 2; ++i) {
        promised += std::stod(commitments.at(fmt::format("/items/{}/amount/amount", i)));
        paid += std::stod(commitments.at(fmt::format("/items/{}/paid_in/amount", i)));
    }
    CHECK(promised == amount("committed"));
    CHECK(paid == amount("paid_in"));
    CHECK(cast().officer.get("/capital-calls?state=open&fund=" + fund.at("/id")).number("/total") == 2);
    const Answer life = cast().officer.get("/green-funds/greenfund_sample_transfer/whole-life");
    CHECK(life.at("/over/amount") == "0.00");
}

} // namespace greenbank::testing
