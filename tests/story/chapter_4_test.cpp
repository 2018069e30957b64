// chapter_4_test.cpp — the island's plans to 65 % and to 100 %: the same figures from the API, from the exported site and series on the command line, and on
// paper; demand and peak are those of the need.
#include <algorithm>
#include <cmath>

#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

const std::string study = "/studies/study_sample_island";

Answer plan_of(Visitor& visitor, const std::string& id) {
    Answer plan;
    REQUIRE(wait_for([&] { return (plan = visitor.get("/energy-plans/" + id)).at("/state") == "done"; }, 120));
    return plan;
}

} // namespace

TEST_CASE("chapter 4: the year that is planned asks for 12 GWh at a peak of 2.5 MW, as the need does") {
    Cast& all = cast();
    const Answer seen = all.officer.get(study);
    REQUIRE(seen.status == 200);
    CHECK(seen.at("/sample") == "true");
    CHECK(seen.at("/project") == "project_sample_island_microgrid");
    CHECK(seen.number("/steps") == 8760);
    double sum = 0, peak = 0;
    std::istringstream lines(all.officer.get(study + "/series").body);
    std::string line;
    std::getline(lines, line);
    CHECK(line == "step,load,pv,wind");
    while (std::getline(lines, line)) {
        const double load = std::stod(line.substr(line.find(',') + 1));
        sum += load, peak = std::max(peak, load);
    }
    CHECK(sum == doctest::Approx(12'000).epsilon(1e-5));
    CHECK(peak == doctest::Approx(2.5).epsilon(1e-5));
}

TEST_CASE("chapter 4: sizes, tonnes and cost are the same in API, command line and paper, each with its proof") {
    Cast& all = cast();
    double cost_before = 0, carbon_before = 1e9;
    for (const std::string id : {"plan_sample_island_65", "plan_sample_island_100"}) {
        INFO(id);
        const Answer plan = plan_of(all.officer, id);
        CHECK(plan.at("/result/outcome") == "optimal");
        CHECK(std::stod(plan.at("/result/gap")) <= 1e-6);
        CHECK(std::stod(plan.at("/result/renewable_share")) >= std::stod(plan.at("/renewable_share_min")) - 1e-6);
        const double cost = std::stod(plan.at("/result/cost/amount")), carbon = std::stod(plan.at("/result/carbon"));
        CHECK(cost > cost_before);
        CHECK(carbon < carbon_before);
        cost_before = cost, carbon_before = carbon;

        const std::string site = all.folder.write(id + ".json", all.officer.get("/energy-plans/" + id + "/site").body);
        const std::string series = all.folder.write(id + ".csv", all.officer.get(study + "/series").body);
        const std::string hours = all.folder.path() + "/" + id + "_hours.csv";
        const Ran ran = run({"plan", "island", "--in", site, "--series", series, "--schedule", hours, "--json"});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        const Answer offline{200, ran.out, "", {}};
        CHECK(fmt::format("{:.2f}", std::stod(offline.at("/cost_per_year"))) == plan.at("/result/cost/amount"));
        CHECK(offline.at("/carbon_per_year") == plan.at("/result/carbon"));
        CHECK(offline.at("/renewable_share") == plan.at("/result/renewable_share"));
        REQUIRE(offline.size("/sizes") == plan.size("/result/sizes"));
        for (std::size_t i = 0; i < offline.size("/sizes"); ++i)
            CHECK(offline.at(fmt::format("/sizes/{}/size", i)) == plan.at(fmt::format("/result/sizes/{}/size", i)));
        // the hours, to a watt
        std::istringstream here(all.officer.get("/energy-plans/" + id + "/schedule").body), there(read_whole(hours));
        std::string ours, theirs;
        std::getline(here, ours), std::getline(there, theirs);
        CHECK(ours == theirs);
        double worst = 0;
        int rows = 0;
        while (std::getline(here, ours) && std::getline(there, theirs)) {
            std::istringstream a(ours), b(theirs);
            std::string left, right;
            while (std::getline(a, left, ',') && std::getline(b, right, ',')) worst = std::max(worst, std::abs(std::stod(left) - std::stod(right)));
            ++rows;
        }
        CHECK(rows == 8760);
        CHECK(worst < 1e-5);

        const std::string amount = plan.at("/result/cost/amount");
        std::string digits;
        for (const char c : amount.substr(0, amount.find('.'))) digits += c;
        for (const std::string language : {"zh", "en", "ru"}) {
            INFO(language);
            std::string words = words_of_pdf(all.officer.get("/energy-plans/" + id + "/pdf", {{"Accept-Language", language}}).body);
            std::erase_if(words, [](char c) { return c == ',' || c == ' '; });
            CHECK_MESSAGE(words.find(digits) != std::string::npos, words);
            CHECK(words.find(fmt::format("{:.3f}", std::stod(plan.at("/result/sizes/0/size")))) != std::string::npos);
        }
    }
    CHECK(carbon_before < 1e-3); // to 100 %: nothing is emitted
}

TEST_CASE("chapter 4 and 8: the plan goes to the island's monitoring, where it stands beside what was measured") {
    Cast& all = cast();
    plan_of(all.officer, "plan_sample_island_65");
    const Answer sent = all.officer.post("/energy-plans/plan_sample_island_65/send", R"({"from":"2026-12-01T16:00:00Z","hours":24})");
    REQUIRE_MESSAGE(sent.status == 200, sent.body);
    const std::vector<std::string> channels = sent.all("/channels", "");
    for (const std::string channel : {"load_power", "pv_power", "wind_power", "diesel_power", "battery_power"})
        CHECK_MESSAGE(std::find(channels.begin(), channels.end(), channel) != channels.end(), channel);
    const Answer site_plan = all.officer.get("/site-plans?site=site_sample_island&channel=load_power&limit=50");
    bool found = false;
    for (std::size_t i = 0; i < site_plan.size("/items"); ++i) {
        const std::string item = fmt::format("/items/{}", i);
        if (site_plan.at(item + "/source") != "plan plan_sample_island_65") continue;
        found = true;
        CHECK(site_plan.at(item + "/starts_at") == "2026-12-01T16:00:00Z");
        CHECK(site_plan.size(item + "/values") == 24);
    }
    CHECK(found);
}

} // namespace greenbank::testing
