// finance_test.cpp — a request, three offers, a loan by the ledger, reductions that move its margin, close of day, a claim on the pool and what comes back.
#include "finance_cast.h"

namespace greenbank::testing {

TEST_CASE("a request is seen at once, three offers talk, a fourth waits; the cheapest stands first; the others are told why") {
    Finance all;
    const std::string request = all.ask();
    Visitor stranger = all.all.visitor();
    CHECK(stranger.get("/financing-requests").status == 401);
    CHECK(all.lender.get("/financing-requests").number("/total") == 1);
    all.others.reserve(3);
    std::vector<Visitor*> lenders = {&all.lender, &all.institution("b"), &all.institution("c"), &all.institution("d")};
    std::vector<std::string> offers;
    const char* rates[] = {"4.5", "4.1", "5.2", "4.05"};
    for (std::size_t i = 0; i < 4; ++i) {
        const Answer made =
            lenders[i]->post("/financing-offers", Finance::offer_body(request, rates[i], i == 1 ? R"(,"fee":{"amount":"2000.00","currency":"CNY"})" : ""));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        offers.push_back("/financing-offers/" + made.at("/id"));
        CHECK(made.at("/state") == (i < 3 ? "talking" : "queued"));
    }
    CHECK(all.lender.post("/financing-offers", Finance::offer_body(request, "4")).code() == "finance.offered");
    CHECK(all.borrower.post("/financing-offers", Finance::offer_body(request, "4")).code() == "finance.own_request");
    const Answer compared = all.borrower.get("/financing-requests/" + request);
    // The fee makes 4.1 % dearer than 5.2 %.
    CHECK(compared.all("/offers", "/rate") == std::vector<std::string>{"4.05", "4.5", "5.2", "4.1"});
    CHECK(all.lender.get("/financing-requests/" + request).size("/offers") == 1); // no competitor's terms
    CHECK(lenders[1]->get(offers[0]).status == 404);
    CHECK(all.borrower.post(offers[3] + "/accept").code() == "finance.offer_queued");
    CHECK(all.borrower.post(offers[2] + "/decline", "{}").status == 422);
    all.good(all.borrower.post(offers[2] + "/decline", R"({"reason":"Too dear."})"));
    CHECK(lenders[2]->get(offers[2]).at("/reason") == "Too dear.");
    CHECK(lenders[3]->get(offers[3]).at("/state") == "talking");
    CHECK(all.lender.post(offers[3] + "/accept").status == 404);
    const Answer one = all.borrower.post( // the limit is the asker's to set
        "/financing-requests", R"({"title":{"en":"One at a time"},"amount":{"amount":"50000.00","currency":"CNY"},"months":24,"talks_max":1})");
    REQUIRE_MESSAGE(one.status == 201, one.body);
    CHECK(lenders[0]->post("/financing-offers", Finance::offer_body(one.at("/id"), "4")).at("/state") == "talking");
    CHECK(lenders[1]->post("/financing-offers", Finance::offer_body(one.at("/id"), "4")).at("/state") == "queued");
    CHECK(all.borrower.post("/financing-requests", R"({"title":{"en":"None"},"amount":{"amount":"1.00","currency":"CNY"},"months":24,"talks_max":0})")
              .faulty_fields() == std::vector<std::string>{"talks_max"});
    const Answer accepted = all.borrower.post(offers[3] + "/accept");
    REQUIRE_MESSAGE(accepted.status == 201, accepted.body);
    CHECK(all.lender.get(offers[0]).at("/state") == "declined");
    CHECK(all.borrower.get("/financing-requests/" + request).at("/request/loan") == accepted.at("/id"));
    CHECK(all.lender.get("/loans/" + accepted.at("/id")).status == 404);
    CHECK(lenders[3]->get("/loans/" + accepted.at("/id")).at("/loan/state") == "agreed");
}

TEST_CASE("every movement of a loan is the ledger's: paid out, paid back in part, ahead and whole") {
    Finance all;
    const std::string loan = all.loan(R"(,"fee":{"amount":"500.00","currency":"CNY"},"margin_steps":[{"tonnes":1000,"change":-0.3}])");
    CHECK(all.borrower.post(loan + "/draw", Finance::money("1.00")).code() == "finance.not_lender");
    CHECK(all.lender.post(loan + "/draw", Finance::money("50000.01")).code() == "finance.above_promise");
    CHECK(all.borrower.post(loan + "/repay", "{}").code() == "finance.not_drawn");
    const Answer drawn = all.lender.post(loan + "/draw", Finance::money("30000.00"));
    REQUIRE_MESSAGE(drawn.status == 200, drawn.body);
    CHECK(drawn.size("/loan/instalments") == 24);
    CHECK(drawn.at("/available/amount") == "20000.00");
    CHECK(all.bank.balance("ana") == "31500.00"); // less the fee
    CHECK(all.bank.balance("ben") == "60500.00");
    const auto owed = [&] { return all.treasurer.get("/ledger/accounts/" + drawn.at("/loan/loan_account")).at("/balance"); };
    CHECK(owed() == "-30000.00");
    all.good(all.lender.post(loan + "/draw", Finance::money("20000.00")));
    CHECK(owed() == "-50000.00");
    CHECK(all.bank.balance("ana") == "51500.00");

    CHECK(all.lender.post(loan + "/verify", R"({"tonnes":1200,"source":"Statement 1"})").status == 403);
    all.good(all.desk.post(loan + "/verify", R"({"tonnes":1200,"source":"Statement 1"})"));
    CHECK(all.borrower.get(loan).at("/rate_now") == "4.08");
    CHECK(all.desk.post(loan + "/verify", R"({"tonnes":1100,"source":"Statement 0"})").faulty_fields() == std::vector<std::string>{"tonnes"});

    const Answer ahead = all.borrower.post(loan + "/repay", Finance::money("10000.00"));
    REQUIRE_MESSAGE(ahead.status == 200, ahead.body);
    CHECK(ahead.at("/movements/0/kind") == "prepay");
    CHECK(owed() == "-40000.00");
    CHECK(all.borrower.post(loan + "/repay", Finance::money("40000.01")).code() == "finance.above_owed");
    const Answer whole = all.borrower.post(loan + "/repay", "{}");
    REQUIRE_MESSAGE(whole.status == 200, whole.body);
    CHECK(whole.at("/loan/state") == "repaid");
    CHECK(owed() == "0.00");
    CHECK(all.bank.balance("ben") == "90500.00");
    CHECK(all.borrower.post(loan + "/repay", "{}").code() == "finance.loan_over");
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("close of day is a job that may run twice; a claim is split by the pool, decided by another, and what comes back goes back") {
    Finance all;
    const Answer account = all.treasurer.post("/ledger/accounts",
        fmt::format(R"({{"title":{{"en":"fund"}},"owner":"{}","purpose":"compensation_fund","asset":"{}","rule":"debits_must_not_exceed_credits"}})",
            all.all.centre, all.bank.assets["money"]));
    REQUIRE_MESSAGE(account.status == 201, account.body);
    all.bank.accounts["buyer fund"] = account.at("/id");
    all.bank.batch.push_back(all.bank.transfer(all.bank.id(), "bank", "buyer fund", "10000.00"));
    all.bank.send_batch();
    const std::string pool = all.pool(R"(,"leverage":5)");
    const std::string loan = all.loan(fmt::format(R"(,"pool":"{}")", pool));
    CHECK(all.desk.get("/risk-pools/" + pool).at("/covered/amount") == "50000.00");
    const Answer second = all.lender.post("/financing-offers", Finance::offer_body(all.ask(), "4", fmt::format(R"(,"pool":"{}")", pool)));
    CHECK(all.borrower.post("/financing-offers/" + second.at("/id") + "/accept").code() == "finance.pool_full");
    all.good(all.lender.post(loan + "/draw", Finance::money("50000.00")));

    for (int run = 0; run < 2; ++run) {
        const Answer job = all.desk.post("/finance-closes", "{}");
        REQUIRE_MESSAGE(job.status == 202, job.body);
        CHECK(wait_for_job(all.desk, job.at("/id")).at("/state") == "done");
    }
    CHECK(all.lender.post("/finance-closes", "{}").status == 403);

    const std::string id = loan.substr(loan.rfind('/') + 1);
    CHECK(all.borrower.post("/pool-claims", fmt::format(R"({{"loan":"{}"}})", id)).status == 404);
    const Answer claim = all.lender.post("/pool-claims", fmt::format(R"({{"loan":"{}"}})", id));
    REQUIRE_MESSAGE(claim.status == 201, claim.body);
    CHECK(all.lender.post("/pool-claims", fmt::format(R"({{"loan":"{}"}})", id)).code() == "finance.claimed");
    const std::string path = "/pool-claims/" + claim.at("/id");
    CHECK(all.lender.post(path + "/approve").status == 403);
    const Answer paid = all.desk.post(path + "/approve");
    REQUIRE_MESSAGE(paid.status == 200, paid.body);
    // 40 % of 50,000 would be 20,000: the fund holds 10,000, the lender bears the rest.
    CHECK(paid.at("/parts/0/amount/amount") == "10000.00");
    CHECK(paid.at("/parts/1/amount/amount") == "40000.00");
    CHECK(all.bank.balance("buyer fund") == "0.00");
    CHECK(all.desk.post(path + "/approve").code() == "finance.claim_decided");
    const Answer back = all.lender.post(path + "/recover", Finance::money("5000.00"));
    REQUIRE_MESSAGE(back.status == 200, back.body);
    CHECK(back.at("/parts/0/recovered/amount") == "1000.00");
    CHECK(all.bank.balance("buyer fund") == "1000.00");
    CHECK(all.lender.post(path + "/recover", Finance::money("45000.01")).faulty_fields() == std::vector<std::string>{"amount"});
    CHECK(all.treasurer.get("/ledger/reconciliation").at("/adds_up") == "true");
}

TEST_CASE("requests, offers and pools that cannot be name every fault") {
    Finance all;
    const Answer request = all.borrower.post("/financing-requests", R"({"title":{},"amount":{"amount":"0.00","currency":"CNY"},"months":0})");
    CHECK(request.status == 422);
    CHECK(request.faulty_fields().size() == 3);
    const Answer offer = all.lender.post("/financing-offers",
        fmt::format(
            R"({{"request":"{}","amount":{{"amount":"100.00","currency":"CNY"}},"rate":4,"months":7,"frequency":4,"fee":{{"amount":"100.00","currency":"CNY"}},"margin_steps":[{{"tonnes":5,"change":-5}},{{"tonnes":5,"change":0}}]}})",
            all.ask()));
    CHECK(offer.status == 422);
    for (const std::string field : {"frequency", "fee", "margin_steps"}) {
        const std::vector<std::string> fields = offer.faulty_fields();
        CHECK_MESSAGE(std::find(fields.begin(), fields.end(), field) != fields.end(), field, " in ", offer.body);
    }
    const Answer pool = all.desk.post("/risk-pools",
        R"({"title":{"en":"x"},"parties":[{"name":{"en":"a"},"share":400000},{"name":{"en":"b"},"share":500000}],"valid_from":"2026-01-01","source":"x","stop_at":1,"resume_at":2})");
    CHECK(pool.status == 422);
    CHECK(pool.faulty_fields().size() >= 3);
}

} // namespace greenbank::testing
