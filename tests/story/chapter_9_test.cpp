// chapter_9_test.cpp — the island's reductions: what was measured, what the gaps, a lapsed calibration and uncertainty took off, what the assessor stands for;
// the same figures from the API, from the command line over the exported readings, on paper, in the log and in the ledger that issued them.
#include <set>

#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

const std::string period = "/monitoring-periods/monitoring_sample_island_2026";
const std::string verified = "/verified-reductions/verified_sample_island_2026";

} // namespace

TEST_CASE("chapter 9: tonnes go down step by step from measured to verified, and every gap and deduction is told") {
    Cast& all = cast();
    const Answer view = all.officer.get(period);
    REQUIRE_MESSAGE(view.status == 200, view.body);
    CHECK(view.at("/monitoring_period/sample") == "true");
    const std::int64_t estimate = view.number("/report/estimate_kg"), measured = view.number("/report/measured_kg"),
                       calibrated = view.number("/report/calibrated_kg"), claimed = view.number("/report/claimed_kg");
    CHECK(estimate > measured);   // the typhoon's night and the flow meter's nine hours
    CHECK(measured > calibrated); // eleven days in October without a valid calibration
    CHECK(calibrated > claimed);  // the uncertainty beyond five percent
    CHECK(claimed - view.number("/monitoring_period/correction_kg") == view.number("/monitoring_period/verified_kg"));
    CHECK(std::stod(view.at("/report/deduction_percent")) == doctest::Approx(std::stod(view.at("/report/uncertainty_percent")) - 5));
    std::set<std::string> states, bridged;
    for (std::size_t i = 0; i < view.size("/report/parameters"); ++i) {
        const std::string readings = fmt::format("/report/parameters/{}/readings", i);
        for (const std::string& state : view.all(readings + "/stretches", "/state")) states.insert(state);
        for (const std::string& one : view.all(readings + "/gaps", "/bridged")) bridged.insert(one);
    }
    CHECK(states == std::set<std::string>{"valid", "lapsed"});
    CHECK(bridged == std::set<std::string>{"true", "false"});
    CHECK(view.at("/report/status") == "sample"); // nothing here is called official

    const Answer seen = all.nobody.get(verified);
    REQUIRE(seen.status == 200);
    CHECK(seen.number("/verified_kg") == view.number("/monitoring_period/verified_kg"));
    CHECK(seen.number("/measured_kg") == measured);
    CHECK(seen.number("/verified_kg") <= seen.number("/measured_kg"));
    CHECK(seen.at("/project") == "project_sample_island_microgrid");
    CHECK(seen.at("/owner") == all.nobody.get("/projects/project_sample_island_microgrid").at("/owner"));
}

TEST_CASE("chapter 9 and 11: what the ledger issued is what was verified") {
    Cast& all = cast();
    const Answer issued = all.administrator.get("/ledger/accounts/account_sample_ccer_issued/balance?at=2026-11-05T00:00:00Z");
    REQUIRE(issued.status == 200);
    const std::int64_t kg = all.nobody.get(verified).number("/verified_kg");
    std::string tonnes = issued.at("/balance");
    if (tonnes.starts_with("-")) tonnes.erase(0, 1);
    CHECK(tonnes == fmt::format("{}.{:03}", kg / 1000, kg % 1000));
}

TEST_CASE("chapter 9: the command line over the exported readings and the project's plan comes to the same kilograms, and so does the paper") {
    Cast& all = cast();
    const Answer view = all.officer.get(period);
    const std::string readings = all.folder.write("island_readings.csv", all.officer.get(period + "/readings").body);
    const std::string methodology = all.folder.write("island_diesel.json", all.nobody.get("/methodologies/island_diesel").body);
    const Answer project = all.officer.get("/reduction-projects/" + view.at("/monitoring_period/reduction"));
    const std::string plan = all.folder.write(
        "island_plan.json", fmt::format(R"({{"stated":{},"meters":{}}})", project.at("/reduction_project/stated"), project.at("/reduction_project/meters")));
    const Ran ran = run({"reduction", "compute", "--methodology", methodology, "--in", readings, "--plan", plan, "--from",
        view.at("/monitoring_period/from_day"), "--until", view.at("/monitoring_period/until_day"), "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer offline{200, ran.out, "", {}};
    for (const std::string place :
        {"/estimate_kg", "/measured_kg", "/calibrated_kg", "/claimed_kg", "/uncertainty_percent", "/deduction_percent", "/baseline_kg"})
        CHECK_MESSAGE(offline.at(place) == view.at("/report" + place), place);
    for (const std::string language : {"zh", "en", "ru"}) {
        INFO(language);
        const std::string words = words_of_pdf(all.officer.get(period + "/pdf", {{"Accept-Language", language}}).body);
        CHECK_MESSAGE(words.find(language == "ru" ? "9600" : "9,600") != std::string::npos, words);
        CHECK(words.find("0917") != std::string::npos);
    }
    CHECK(all.officer.get(period + "/xlsx").status == 200);
}

TEST_CASE("chapter 9: the statement stands in the log, with the report that was verified") {
    Cast& all = cast();
    const Answer seen = all.nobody.get(verified);
    const Answer proof = all.nobody.get("/log/proof?code=" + seen.at("/proof_code"));
    REQUIRE_MESSAGE(proof.status == 200, proof.body);
    CHECK(proof.body.find("verified_sample_island_2026") != std::string::npos);
    const Ran checked = run({"verify", "--data", all.folder.path()});
    CHECK_MESSAGE(checked.status == 0, checked.out, checked.err);
}

TEST_CASE("the sample's park: scopes of two years, what changed by amount and by factor, and the base year") {
    Cast& all = cast();
    const Answer before = all.officer.get("/inventories/inventory_sample_park_2021"), after = all.officer.get("/inventories/inventory_sample_park_2022");
    REQUIRE_MESSAGE(after.status == 200, after.body);
    if (after.at("/report").empty()) return; // its factors come with the sample's factors
    CHECK(after.number("/report/location_kg") ==
          after.number("/report/scope_1_kg") + after.number("/report/scope_2_location_kg") + after.number("/report/scope_3_kg"));
    CHECK(after.number("/report/scope_2_market_kg") < after.number("/report/scope_2_location_kg")); // green power by contract
    CHECK(after.number("/report/base/base_kg") == before.number("/report/location_kg"));
    CHECK(after.size("/report/missing") == 0);
    const Answer change = all.officer.get("/inventories/inventory_sample_park_2022/change");
    double parts = 0;
    for (std::size_t i = 0; i < change.size("/sources"); ++i)
        for (const char* part : {"by_activity_kg", "by_factor_kg", "begun_kg", "ended_kg"})
            parts += std::stod(change.at(fmt::format("/sources/{}/{}", i, part)));
    CHECK(parts == doctest::Approx(static_cast<double>(change.number("/after_kg") - change.number("/before_kg"))));
}

} // namespace greenbank::testing
