// chapter_1_2_disclosure_test.cpp — the island's need shows the policy that pays for it; the battery's running cost opens only
// under an agreement, and its holder reads who saw it.
#include "cast.h"

namespace greenbank::testing {

TEST_CASE("chapter 1: one policy applies to the island's need, with a reason for each condition and the most it gives") {
    Visitor& visitor = cast().nobody;
    std::string sentences[3];
    for (const std::string language : {"zh", "en", "ru"}) {
        visitor.language = language;
        const Answer answers = visitor.get("/needs/need_sample_island_power/policies");
        REQUIRE(answers.status == 200);
        CHECK(answers.number("/applying") == 1);
        CHECK(answers.number("/considered") >= 6);
        CHECK(answers.at("/items/0/policy") == "policy_sample_island_clean_power");
        CHECK(answers.at("/items/0/status") == "sample");
        for (const std::string& truth : answers.all("/items/0/conditions", "/truth")) CHECK(truth == "met");
        CHECK(answers.size("/items/0/conditions") == 7);
        // 20 % of the budget of chapter 1 would be 36 million; the policy gives at most 30.
        CHECK(answers.at("/items/0/benefits/0/amount") == R"({"amount":"30000000.00","currency":"CNY"})");
        CHECK(answers.at("/items/0/benefits/0/capped") == "true");
        for (const std::string& sentence : answers.all("/items/0/conditions", "/sentence")) CHECK(!sentence.empty());
        // What depends on the province may apply; with the province it does.
        const Answer at_home = visitor.get("/needs/need_sample_island_power/policies?territory=CN-3309");
        CHECK(at_home.number("/applying") == 2);
    }
    visitor.language = "";
    CHECK(visitor.get("/policies/policy_sample_huzhou_green_loan").at("/status") == "unconfirmed");
    const std::vector<std::string> found = visitor.get("/search?kind=policy&text=island").all("/items", "/id");
    CHECK(std::find(found.begin(), found.end(), "policy_sample_island_clean_power") != found.end());
}

TEST_CASE("chapter 2: the battery's running cost is hidden from visitors, open to the island under its agreement, and the holder knows") {
    Cast& all = cast();
    const std::string path = "/technologies/tech_sample_lfp_grid_forming_storage";
    const Answer closed = all.nobody.get(path);
    CHECK(closed.at("/operating_cost").empty());
    CHECK(closed.at("/operating_cost_per").empty());
    CHECK(closed.at("/capital_cost/amount") == "2700.00");
    CHECK(all.nobody.get("/disclosure/tech_sample_lfp_grid_forming_storage").at("/stage") == "public");

    Visitor island = all.newcomer("manager@island-power.test", "manager", "org_sample_island_power");
    CHECK(island.get("/disclosure/tech_sample_lfp_grid_forming_storage").at("/agreement_state") == "signed");
    CHECK(island.get(path).at("/operating_cost") == R"({"amount":"0.04","currency":"CNY"})");
    Visitor holder = all.newcomer("manager@battery.test", "manager", "org_sample_delta_battery_systems");
    const Answer reads = holder.get("/disclosure-reads?entry=tech_sample_lfp_grid_forming_storage");
    REQUIRE(reads.size("/items") >= 1);
    CHECK(reads.at("/items/0/organisation") == "org_sample_island_power");
    CHECK(reads.at("/items/0/fields") == R"(["operating_cost","operating_cost_per"])");
    CHECK(island.get("/disclosure-reads").size("/items") == 0);
}

} // namespace greenbank::testing
