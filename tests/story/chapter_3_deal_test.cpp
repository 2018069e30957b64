// chapter_3_deal_test.cpp — the island and its holders: interest through an adviser, non-disclosure, and one contract whose amount is the
// same in the API, on paper, from the command line and in the ledger.
#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

const std::string contract = "/contracts/contract_sample_island_engineering";

Visitor& island() {
    static Visitor manager = cast().newcomer("manager@island-story.test", "manager", "org_sample_island_power");
    return manager;
}

} // namespace

TEST_CASE("chapter 3: the island was interested in five technologies; three became deals, and the declined one has its reason") {
    const Answer interests = island().get("/interests?limit=100");
    REQUIRE(interests.status == 200);
    int accepted = 0;
    for (std::size_t i = 0; i < interests.size("/items"); ++i) {
        const std::string at = fmt::format("/items/{}", i);
        if (interests.at(at + "/organisation") != "org_sample_island_power") continue;
        accepted += interests.at(at + "/state") == "accepted";
        if (interests.at(at + "/state") == "declined") CHECK(interests.at(at + "/decline_reason") == "capacity");
    }
    CHECK(accepted == 3);
    const Answer battery = island().get("/interests/interest_sample_island_battery");
    CHECK(battery.size("/messages") == 3);
    CHECK(battery.at("/names_open") == "true");
    const Answer deal = island().get("/deals/" + battery.at("/interest/deal"));
    CHECK(deal.at("/deal/outcome") == "won");
    CHECK(deal.at("/agreements/0/state") == "signed");
    CHECK(deal.at("/contracts/0/id") == "contract_sample_island_engineering");
    // The second supplier's deal leads to the same contract.
    CHECK(island().get("/deals/deal_sample_island_solar").at("/contracts/0/id") == "contract_sample_island_engineering");
}

TEST_CASE("chapter 3: the contract's amount is the same in API, list, paper, command line and ledger") {
    const Answer view = island().get(contract);
    REQUIRE_MESSAGE(view.status == 200, view.body);
    CHECK(view.at("/contract/amount") == R"({"amount":"162000000.00","currency":"CNY"})");
    CHECK(view.at("/contract/state") == "completed");
    CHECK(view.size("/contract/parties") == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(!view.at(fmt::format("/contract/parties/{}/signed_at", i)).empty());
    CHECK(island().get("/contracts?kind=engineering").all("/items", "/amount/amount").size() == 1);

    const std::string paper = readable(island().get(contract + "/pdf").body);
    CHECK(paper.find("162,000,000.00CNY") != std::string::npos);
    CHECK(paper.find("GB2026001") != std::string::npos);
    for (const std::string language : {"zh", "en", "ru"})
        CHECK(readable(island().get(contract + "/pdf?first=" + language).body).find("162,000,000.00") != std::string::npos);

    const std::string token = island().post("/tokens", R"({"name":"story"})").at("/token");
    const Ran listed = run({"contract", "get", "--server", cast().bank.address(), "--json", "--id", "contract_sample_island_engineering", "--token", token});
    CHECK_MESSAGE(listed.status == 0, listed.err, listed.out);
    CHECK(listed.out.find("162000000.00") != std::string::npos);

    const Answer fund = island().get("/ledger/transfers/transfer_00000000000000000000070001");
    CHECK(fund.at("/amount") == "162000000.00");
    CHECK(fund.at("/credit") == view.at("/contract/escrow_account"));
}

TEST_CASE("chapter 3: every place of the contract's clauses is filled, in three languages; its versions differ where the parties changed them") {
    const Answer clauses = island().get(contract + "/clauses");
    REQUIRE(clauses.size("/items") >= 15);
    for (std::size_t i = 0; i < clauses.size("/items"); ++i) {
        CHECK(clauses.size(fmt::format("/items/{}/missing", i)) == 0);
        for (const std::string language : {"zh", "en", "ru"}) {
            const std::string body = clauses.at(fmt::format("/items/{}/body/{}", i, language));
            CHECK(!body.empty());
            CHECK_MESSAGE(body.find('{') == std::string::npos, body);
        }
    }
    const Answer difference = island().get(contract + "/difference?from=1&to=2");
    CHECK(difference.size("/changes") == 4);
    CHECK(island().get(contract + "/difference?from=2&to=3").size("/changes") == 0); // what was signed is what was agreed
}

TEST_CASE("chapter 3: the pipeline of the sample bank has deals in all stages, some of which stand still") {
    const Answer funnel = cast().officer.get("/deals/funnel");
    CHECK(funnel.number("/deals") == 21);
    CHECK(funnel.number("/open") + funnel.number("/lost") + funnel.number("/completed") == 21);
    const std::vector<std::string> reached = funnel.all("/stages", "/reached");
    for (std::size_t i = 1; i < reached.size(); ++i) CHECK(std::stoi(reached[i]) <= std::stoi(reached[i - 1]));
    int standing = 0;
    for (const std::string& one : funnel.all("/stages", "/standing")) standing += std::stoi(one);
    CHECK(standing >= 3);
    CHECK(island().get("/deals/funnel").number("/deals") < 21); // an organisation counts its own
}

} // namespace greenbank::testing
