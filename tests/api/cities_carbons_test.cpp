// cities_carbons_test.cpp — scenarios of a peak with their measures; targets reported, forecast and appealed against.
#include <cmath>
#include <limits>

#include "cities_cast.h"

namespace greenbank::testing {

TEST_CASE("a scenario peaks in its interval, less growth brings the peak forward, and measures stand on the curve from the cheapest on") {
    Scene scene;
    Visitor& owner = scene.owner;
    const auto body = [&](double growth, const std::string& technology = "tech_sample_waste_heat_orc") {
        return fmt::format(
            R"({{"territory":"{}","title":{{"en":"Peak"}},"base_year":2024,"until_year":2040,"growth_percent":{},"growth_end_percent":0,"growth_spread_percent":1,"promised_year":2030,)"
            R"("sectors":[{{"code":"a","name":{{"en":"all"}},"kg":1000000000,"share_percent":100,"intensity_change_percent":-3,"intensity_spread_percent":0.5}}],)"
            R"("measures":[{{"name":{{"en":"dear"}},"sector":"a","from_year":2030,"kg":1000000,"cost_per_tonne":{{"amount":"300.00","currency":"CNY"}}}},)"
            R"({{"name":{{"en":"cheap"}},"technology":"{}","sector":"a","from_year":2030,"kg":2000000,"cost_per_tonne":{{"amount":"-20.00","currency":"CNY"}}}}],"source":"test"}})",
            scene.territory, growth, technology);
    };
    CHECK(owner.post("/peak-scenarios", body(6, "tech_nobody")).faulty_fields() == std::vector<std::string>{"measures[1].technology"});
    const std::string fast = "/peak-scenarios/" + create(owner, "/peak-scenarios", body(6)),
                      slow = "/peak-scenarios/" + create(owner, "/peak-scenarios", body(4));
    const Answer seen = owner.get(fast), other = owner.get(slow);
    REQUIRE_MESSAGE(seen.status == 200, seen.body);
    CHECK(seen.number("/peak_year") >= seen.number("/year_low"));
    CHECK(seen.number("/peak_year") <= seen.number("/year_high"));
    CHECK(other.number("/peak_year") < seen.number("/peak_year"));
    CHECK(other.number("/peak_kg") < seen.number("/peak_kg"));
    CHECK(seen.size("/years") == 17);
    CHECK(seen.at("/curve/0/name/en") == "cheap");
    CHECK(seen.number("/curve/1/kg_together") == 3'000'000);
    CHECK(scene.all.nobody.get(fast).status == 404);
    CHECK(owner.patch(fast, R"({"until_year":2020})").faulty_fields() == std::vector<std::string>{"until_year"});
    const Answer sample = scene.all.nobody.get("/peak-scenarios/peak_sample_bay_city");
    REQUIRE(sample.status == 200);
    CHECK(sample.size("/curve") == 6);
    CHECK(owner
              .patch(fast, R"({"measures":[{"name":{"en":"a"},"sector":"a","kg":1,"from_year":2030,"cost_per_tonne":{"amount":"1.00","currency":"CNY"}},)"
                           R"({"name":{"en":"b"},"sector":"a","kg":1,"from_year":2030,"cost_per_tonne":{"amount":"1.00","currency":"USD"}}]})")
              .faulty_fields() == std::vector<std::string>{"measures[1].cost_per_tonne"});

    // Technologies of the library as measures: the island's PV worked out by hand from what its page says.
    const std::string library = "/peak-scenarios/peak_sample_bay_city/library-measures";
    const Answer found = scene.all.nobody.get(library + "?power_price=0.5&discount_percent=6");
    REQUIRE_MESSAGE(found.status == 200, found.body);
    const double grid = std::stod(found.at("/grid_kg"));
    CHECK(grid > 0.2);
    bool pv = false, mangrove = false;
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    for (std::size_t i = 0; i < found.size("/measures"); ++i) {
        const std::string row = fmt::format("/measures/{}", i);
        const double cost = std::stod(found.at(row + "/cost_per_tonne/amount"));
        CHECK(std::llround(cost * 100) >= last);
        last = std::llround(cost * 100);
        if (found.at(row + "/technology") == "tech_sample_island_pv") {
            pv = true;
            const double years = (25 + 27.2) / 2, rate = 0.06, annuity = rate / (1 - std::pow(1 + rate, -years)), hours = 1425, kg = hours * (grid - 0.035);
            CHECK(found.number(row + "/kg") == std::llround(kg));
            CHECK(cost == doctest::Approx((4600 * annuity + hours * (0.05 - 0.5)) / kg * 1000).epsilon(1e-4));
        }
        if (found.at(row + "/technology") == "tech_sample_mangrove_wetland_restoration") {
            mangrove = true;
            CHECK(found.at(row + "/basis") == "sink");
            CHECK(found.number(row + "/kg") == std::llround(1910 * 44.0 / 12));
        }
    }
    CHECK(pv);
    CHECK(mangrove);
    CHECK(std::stod(scene.all.nobody.get(library + "?power_price=1").at("/measures/0/cost_per_tonne/amount")) <
          std::stod(found.at("/measures/0/cost_per_tonne/amount")));
    CHECK(scene.all.nobody.get(library + "?currency=XXQ").faulty_fields() == std::vector<std::string>{"currency"});
    CHECK(scene.all.nobody.get("/peak-scenarios/" + fast.substr(fast.rfind('/') + 1) + "/library-measures").status == 404);
}

TEST_CASE("a target is reported by who answers for it, forecast, appealed against and answered by who set it; a project gets its light") {
    Scene scene;
    Visitor &owner = scene.owner, &firm = scene.all.other_manager;
    const std::string target =
        "/carbon-targets/" +
        create(owner, "/carbon-targets",
            fmt::format(
                R"({{"territory":"{}","responsible":"{}","title":{{"en":"Works"}},"year":2026,"kind":"absolute","limit_kg":1200,"last_year_kg":[100,100,100,100,100,100,100,100,100,100,100,100]}})",
                scene.territory, scene.all.other_organisation));
    CHECK(owner.patch(target, R"({"last_year_kg":[1,2]})").faulty_fields() == std::vector<std::string>{"last_year_kg"});
    CHECK(owner.patch(target, R"({"months":[]})").status == 422); // months are reported, not edited
    CHECK(scene.first.post(target + "/months", R"({"month":1,"kg":1,"evidence":"x"})").status == 404);
    CHECK(firm.post(target + "/months", R"({"month":13,"kg":1,"evidence":"x"})").faulty_fields() == std::vector<std::string>{"month"});
    for (const int month : {1, 2}) REQUIRE(firm.post(target + "/months", fmt::format(R"({{"month":{},"kg":110,"evidence":"meter"}})", month)).status == 200);
    const Answer red = firm.get(target);
    CHECK(red.number("/standing/forecast_kg") == 1'320);
    CHECK(red.at("/standing/light") == "red");
    CHECK(std::stod(red.at("/standing/score")) == doctest::Approx(80));

    // The red light rings for both until somebody says what is done, and again with the next month that is red.
    CHECK(red.at("/warning/state") == "raised");
    CHECK(red.number("/warning/forecast_kg") == 1'320);
    CHECK(red.size("/warning/steps") == 2); // raised by January, forecast anew with February
    const std::string warning = "/target-warnings/" + red.at("/warning/id"), raised = "/target-warnings?state=raised&target=" + target.substr(16);
    for (Visitor* one : {&owner, &firm}) CHECK(one->get(raised).number("/total") == 1);
    CHECK(scene.first.get(raised).number("/total") == 0);
    CHECK(scene.first.get(warning).status == 404);
    CHECK(scene.first.post(warning + "/answer", R"({"text":"x"})").status == 404);
    CHECK(scene.all.nobody.get(raised).status == 401);
    CHECK(firm.post(warning + "/answer", R"({"text":""})").faulty_fields() == std::vector<std::string>{"text"});
    CHECK(firm.post(warning + "/answer", R"({"text":"late"})", {{"If-Match", "\"1\""}}).status == 412);
    REQUIRE(firm.post(warning + "/answer", R"({"text":"The second kiln stands from May on; Mr Li answers for it."})").status == 200);
    CHECK(owner.get(raised).number("/total") == 0);
    CHECK(owner.get(target).at("/warning/steps/2/text").find("second kiln") != std::string::npos);
    REQUIRE(firm.post(target + "/months", R"({"month":3,"kg":110,"evidence":"meter"})").status == 200);
    CHECK(owner.get(raised).number("/total") == 1);
    CHECK(firm.get(warning).size("/steps") == 4);
    REQUIRE(owner.patch(target, R"({"limit_kg":2000})").status == 200); // another limit takes it away, and the former brings a new one
    CHECK(firm.get(warning).at("/state") == "closed");
    CHECK(firm.post(warning + "/answer", R"({"text":"x"})").code() == "target.warning_closed");
    REQUIRE(owner.patch(target, R"({"limit_kg":1200})").status == 200);
    CHECK(owner.get(raised).number("/total") == 1);
    CHECK(owner.get(target).at("/warning/id") != red.at("/warning/id"));
    // The trail has the answer, and the warning among the changes of what brought it about.
    CHECK(scene.all.administrator.get("/audit?operation=target_warning_answer&outcome=ok&record_id=" + red.at("/warning/id")).number("/total") == 1);
    CHECK(scene.all.administrator.get("/audit?operation=carbon_target_report&limit=20&record_id=" + target.substr(16)).body.find(red.at("/warning/id")) !=
          std::string::npos);
    CHECK(owner.post(target + "/appeals", R"({"text":"x"})").code() == "target.not_responsible");
    REQUIRE(firm.post(target + "/appeals", R"({"text":"A new line was ordered by the city."})").status == 200);
    CHECK(firm.post(target + "/appeals", R"({"text":"again"})").code() == "target.appeal_open");
    CHECK(firm.post(target + "/answer", R"({"granted":true,"answer":"yes"})").code() == "territory.not_yours");
    REQUIRE(owner.post(target + "/answer", R"({"granted":true,"answer":"The order is known.","limit_kg":1400})").status == 200);
    CHECK(firm.get(target).at("/standing/light") == "green");
    CHECK(firm.get(target).at("/warning/state").empty());
    CHECK(owner.get(raised).number("/total") == 0);
    CHECK(owner.post(target + "/answer", R"({"granted":true,"answer":"yes"})").code() == "target.no_appeal");

    const std::string path =
        "/carbon-assessments/" +
        create(owner, "/carbon-assessments",
            fmt::format(
                R"({{"territory":"{}","title":{{"en":"Works"}},"output":10,"output_unit":"t","kg":80,"ceiling_kg":10,"advanced_kg":6,"space_kg":1000,"source":"test"}})",
                scene.territory));
    CHECK(owner.get(path).at("/expected/light") == "yellow");
    REQUIRE(owner.patch(path, R"({"measured_kg":110,"measured_year":2026})").status == 200);
    CHECK(owner.get(path).at("/measured/light") == "red");
    // What a target's forecast leaves is the space: 1,400 less twelve times 120 are less than nothing.
    REQUIRE(owner.patch(path, fmt::format(R"({{"target":"{}"}})", target.substr(target.rfind('/') + 1))).status == 200);
    const Answer judged = owner.get(path);
    CHECK(judged.number("/space_kg") == owner.get(target).number("/standing/limit_kg") - owner.get(target).number("/standing/forecast_kg"));
    CHECK(judged.at("/expected/light") == (judged.number("/space_kg") < 80 ? "red" : "yellow"));
    CHECK(owner.patch(path, R"({"target":"target_sample_north_2026"})").faulty_fields() == std::vector<std::string>{"target"});
    CHECK(owner.patch(path, R"({"kg_channel":"channel_nobody"})").faulty_fields() == std::vector<std::string>{"kg_channel"});
    CHECK(owner.post(path + "/measure").code() == "assessment.no_channel");
    const Answer assets = firm.get("/carbon-assets");
    REQUIRE_MESSAGE(assets.status == 200, assets.body);
    CHECK(assets.number("/balance") == 0);
    CHECK(firm.get("/carbon-assets?organisation=" + scene.all.organisation).status == 404);
    const Answer power = scene.all.officer.get("/carbon-assets?organisation=org_sample_island_power");
    REQUIRE_MESSAGE(power.status == 200, power.body);
    CHECK(power.size("/assets") >= 1);
    bool found = false;
    for (std::size_t i = 0; i < power.size("/assets"); ++i)
        if (power.at(fmt::format("/assets/{}/product", i)) == "carbonproduct_sample_ccer_island") {
            found = true;
            CHECK(power.number(fmt::format("/assets/{}/held", i)) == 6'000); // the story's chapter 11
            CHECK(power.number(fmt::format("/assets/{}/pledged", i)) == 2'000);
            CHECK(power.number(fmt::format("/assets/{}/retired", i)) == 600);
        }
    CHECK(found);

    // The dashboard of the sample city, and its open data without what is confidential.
    const Answer board = scene.all.nobody.get("/territories/territory_sample_bay_city/dashboard");
    REQUIRE_MESSAGE(board.status == 200, board.body);
    CHECK(board.size("/targets") == 3);
    // What was signed at events that everybody may see, by who keeps the city or its parts, or for its projects; no more than the signings themselves say.
    REQUIRE(board.number("/signed_count") == static_cast<std::int64_t>(board.size("/signings")));
    REQUIRE(board.number("/signed_count") >= 2);
    std::int64_t yuan = 0;
    for (const std::string& id : board.all("/signings", "/id")) {
        const Answer signing = scene.all.nobody.get("/signings/" + id);
        CHECK(signing.at("/state") == "signed");
        if (!signing.at("/amount/amount").empty()) yuan += std::stoll(signing.at("/amount/amount"));
    }
    CHECK(board.at("/signed_amounts/0/currency") == "CNY");
    CHECK(std::stoll(board.at("/signed_amounts/0/amount")) == yuan);
    CHECK(board.size("/projects") >= 1);
    CHECK(board.number("/today_kg") <= board.number("/day_kg"));
    const std::string csv = scene.all.nobody.get("/territories/territory_sample_bay_city/open-data?format=csv").body;
    CHECK(csv.find("industrial_processes,scope_1,C,") != std::string::npos);
    CHECK(scene.all.nobody.get("/territories/territory_sample_bay_city/open-data?format=json").body.find("\"kg_co2e\":null") != std::string::npos);
    CHECK(scene.all.nobody.get("/territories/territory_sample_bay_city/open-data?format=pdf").status == 422);
}

} // namespace greenbank::testing
