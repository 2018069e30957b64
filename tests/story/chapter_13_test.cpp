// chapter_13_test.cpp — the island's balance with visitors and ferries, its certificate, the alliance: one figure on page, paper, in workbook, log and ledger.
#include <chrono>
#include <thread>

#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

TEST_CASE("chapter 13: the island's net balance is the same in inventory, certificate, alliance, PDF, workbook and log; the retired tonnes are the ledger's") {
    Cast& all = cast();
    const std::string inventory = "/territory-inventories/balance_sample_island_2026";
    const Answer seen = all.nobody.get(inventory);
    REQUIRE_MESSAGE(seen.status == 200, seen.body);
    const std::int64_t net = seen.number("/report/net_kg");
    CHECK(net == seen.number("/report/emissions_kg") - seen.number("/report/removals_kg"));
    CHECK(net < 0);
    CHECK(seen.number("/report/low_kg") < net);
    CHECK(seen.number("/report/high_kg") > net);
    CHECK(std::stod(seen.at("/report/at_most_zero")) > 0.95);
    CHECK(seen.number("/report/unstated") == 0);
    CHECK(seen.size("/report/missing") == 0);
    std::int64_t cells = 0;
    for (const std::string& kg : seen.all("/report/cells", "/kg")) cells += std::stoll(kg);
    CHECK(cells == net);
    // Credits retired for the ferries: beside the balance, as the registry and the ledger have it.
    const Answer retired = all.nobody.get("/retirements/" + seen.at("/territory_inventory/retirements/0"));
    CHECK(retired.number("/retirement/tonnes") * 1'000 == seen.number("/report/retired_kg"));
    const Answer transfer = all.administrator.get("/ledger/transfers/" + retired.at("/retirement/transfer"));
    CHECK(transfer.at("/amount") == fmt::format("{}.000", seen.number("/report/retired_kg") / 1'000));
    // Before sun and wind: what changed is the power's diesel, and carbon intensity bears it.
    const Answer change = all.nobody.get(inventory + "/change");
    REQUIRE(change.status == 200);
    CHECK(change.number("/before_kg") == all.nobody.get("/territory-inventories/balance_sample_island_2025").number("/report/net_kg"));
    CHECK(change.at("/sectors/0/sector") == "energy_industries");
    double kaya = 0;
    for (const std::string& kg : change.all("/kaya", "/kg")) kaya += std::stod(kg);
    CHECK(kaya == doctest::Approx(static_cast<double>(change.number("/energy_after_kg") - change.number("/energy_before_kg"))));

    const Answer certificate = all.nobody.get("/island-certificates/zerocert_sample_island_2026");
    REQUIRE(certificate.status == 200);
    CHECK(certificate.number("/island_certificate/net_kg") == net);
    CHECK(certificate.at("/valid") == "true");
    for (const std::string& met : certificate.all("/island_certificate/outcomes", "/met")) CHECK(met == "true");
    const std::string number = certificate.at("/island_certificate/number");
    const Answer proof = all.nobody.get("/log/proof?code=" + certificate.at("/island_certificate/proof"));
    REQUIRE(proof.status == 200);
    CHECK(proof.body.find(number) != std::string::npos);
    CHECK(proof.body.find(std::to_string(net)) != std::string::npos);
    const std::string paper = words_of_pdf(all.nobody.get("/island-certificates/zerocert_sample_island_2026/pdf").body);
    CHECK(paper.find(without_blanks(number)) != std::string::npos);
    CHECK(cells_of_workbook(all.nobody.get(inventory + "/xlsx").body).find(std::to_string(net)) != std::string::npos);

    const Answer alliance = all.nobody.get("/island-alliance");
    std::map<std::string, std::int64_t> balances;
    for (std::size_t i = 0; i < alliance.size("/islands"); ++i) {
        const std::string one = fmt::format("/islands/{}", i);
        balances[alliance.at(one + "/territory/id")] = alliance.number(one + "/balance/net_kg");
    }
    CHECK(balances["territory_sample_island"] == net);
    CHECK(balances["territory_daheishan"] == -2'039'000); // as published
    CHECK(balances["territory_lingshan"] == -1'333'000);
    // The second island's application waits for the bank; the officer issues it.
    const std::string second = "/island-certificates/zerocert_sample_skerry_2025";
    REQUIRE(all.officer.get(second).at("/island_certificate/state") == "verified");
    REQUIRE_MESSAGE(all.officer.post(second + "/issue").status == 200, all.officer.get(second).body);
    CHECK(all.nobody.get("/island-alliance").number("/certified") == alliance.number("/certified") + 1);
    // the island's plan to zero stands beside the same balance
    const Answer way = all.nobody.get("/zero-plans/zeroplan_sample_island");
    CHECK(way.at("/zero_plan/steps/0/energy_plan") == "plan_sample_island_65"); // chapter 4
    CHECK(way.number("/years/1/measured_kg") == balances["territory_sample_island"]);
    CHECK(way.number("/behind_kg") == balances["territory_sample_island"] - way.number("/years/1/planned_kg"));
    CHECK(certificate.at("/island_certificate/zero_plan") == "zeroplan_sample_island");
    CHECK(certificate.size("/island_certificate/plan_to_zero/steps") == way.size("/zero_plan/steps"));
    // what its energy plans say stands at the island as figures, the same as in the planning room
    const auto planned = [&](const std::string& plan) {
        Answer answer = all.officer.get("/energy-plans/" + plan);
        for (int turn = 0; turn < 120 && answer.at("/state") == "queued"; ++turn)
            std::this_thread::sleep_for(std::chrono::milliseconds(500)), answer = all.officer.get("/energy-plans/" + plan);
        return answer;
    };
    const Answer first = planned("plan_sample_island_65"), last = planned("plan_sample_island_100"),
                 island = all.nobody.get("/territories/territory_sample_island");
    REQUIRE(island.size("/plan/energy") == 2);
    for (const auto& [at, plan] : {std::pair<std::string, const Answer&>{"/plan/energy/0", first}, {"/plan/energy/1", last}})
        for (const std::string figure : {"cost/amount", "renewable_share", "carbon", "load"})
            CHECK(island.at(at + "/" + figure) == plan.at("/result/" + figure));
    CHECK(island.at("/certificate") == "zerocert_sample_island_2026");
    const Ran verified = run({"verify", "--data", all.folder.path()});
    CHECK_MESSAGE(verified.status == 0, verified.out);
}

} // namespace greenbank::testing
