// planning_test.cpp — a study with its series, planned by a job; what contradicts itself; cancel; copies; sending to monitoring.
#include <cmath>

#include "cast.h"

namespace greenbank::testing {

namespace {

std::string plant(const std::string& more = "", double pv_max = 50) {
    return fmt::format(
        R"({{"name":"Test island","discount_percent":6,"demands":[{{"name":"Load","column":"load","unit":"MW"}}],
"sources":[{{"name":"PV","kind":"solar","column":"pv","asset":{{"investment":4000000,"life_years":25,"size_max":{}}}}},
{{"name":"Diesel","kind":"diesel","asset":{{"investment":1000000,"life_years":20,"size_max":10}},"running_per_mwh":300,"carbon_per_mwh":0.8}}],
"storages":[{{"name":"Battery","charger":{{"investment":500000}},"reservoir":{{"investment":1000000}},"charge_efficiency":0.95,"discharge_efficiency":0.95}}]{}}})",
        pv_max, more);
}

std::string body(const std::string& plant) { return R"({"title":{"en":"A test island"},"starts_at":"2026-01-01T00:00:00Z","plant":)" + plant + "}"; }

std::string week() {
    std::string csv = "load,pv\n";
    for (int hour = 0; hour < 168; ++hour) {
        const double sun = std::max(0.0, std::sin((hour % 24 - 6) / 12.0 * 3.14159265));
        csv += fmt::format("{:.4f},{:.4f}\n", 2 + (hour % 24 > 17 ? 1.5 : 0), sun);
    }
    return csv;
}

Answer send_series(Visitor& visitor, const std::string& study, const std::string& csv) {
    const std::string before = visitor.content_type;
    visitor.content_type = "text/csv";
    Answer answer = visitor.post("/studies/" + study + "/series?source=made%20by%20hand", csv);
    visitor.content_type = before;
    return answer;
}

Answer planned(Visitor& visitor, const std::string& study, const std::string& more) {
    const Answer asked = visitor.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"plan"}}{}}})", study, more));
    REQUIRE_MESSAGE(asked.status == 202, asked.body);
    const Answer job = wait_for_job(visitor, asked.at("/job"), 60);
    CHECK_MESSAGE(job.at("/state") == "done", job.body);
    return visitor.get("/energy-plans/" + asked.at("/id"));
}

} // namespace

TEST_CASE("a study is entered, given its series, planned to two shares; more renewable costs more and emits less") {
    Cast& all = cast();
    const std::string study = create(all.editor, "/studies", body(plant()));
    CHECK(all.editor.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"too early"}}}})", study)).code() == "planning.no_series");
    const Answer kept = send_series(all.editor, study, week());
    REQUIRE_MESSAGE(kept.status == 200, kept.body);
    CHECK(kept.number("/steps") == 168);
    CHECK(kept.at("/series_source") == "made by hand");
    const Answer low = planned(all.editor, study, R"(,"renewable_share_min":0.5)"), high = planned(all.editor, study, R"(,"renewable_share_min":1)");
    CHECK(low.at("/state") == "done");
    CHECK(low.at("/result/outcome") == "optimal");
    CHECK(std::stod(low.at("/result/gap")) <= 1e-6);
    CHECK(std::stod(low.at("/result/renewable_share")) >= 0.5 - 1e-6);
    CHECK(std::stod(high.at("/result/cost/amount")) > std::stod(low.at("/result/cost/amount")));
    CHECK(std::abs(std::stod(high.at("/result/carbon"))) < 1e-3);
    // every hour balances
    const std::string path = "/energy-plans/" + low.at("/id");
    std::vector<std::vector<std::string>> columns;
    for (const std::string name : {"PV", "Diesel", "Battery%20discharge", "Battery%20charge", "Load"})
        columns.push_back(all.editor.get(path + "/hours?column=" + name).all("/values", ""));
    REQUIRE(columns[0].size() == 168);
    for (std::size_t t = 0; t < 168; ++t)
        CHECK(std::stod(columns[0][t]) + std::stod(columns[1][t]) + std::stod(columns[2][t]) - std::stod(columns[3][t]) ==
              doctest::Approx(std::stod(columns[4][t])).epsilon(1e-4));
    CHECK(all.editor.get(path + "/hours?column=nothing").status == 422);
    CHECK(all.editor.get(path + "/schedule").body.starts_with("step,PV,Diesel,"));
    CHECK(all.editor.get(path + "/pdf").body.starts_with("%PDF"));
    // others do not see it; the desk does
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(all.other_manager.get("/studies/" + study).status == 404);
    CHECK(all.officer.get(path).status == 200);
    CHECK(all.reader.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"x"}}}})", study)).status == 403);
    CHECK(all.editor.remove("/studies/" + study).status == 204);
    CHECK(all.editor.get(path).status == 404);
}

TEST_CASE("faults of a plant and of a series are told at their place") {
    Cast& all = cast();
    const Answer wrong = all.editor.post("/studies", body(plant(R"(,"requirements":{"renewable_share_min":1.5})")));
    CHECK(wrong.status == 422);
    CHECK(wrong.faulty_fields() == std::vector<std::string>{"plant.requirements.renewable_share_min"});
    const std::string study = create(all.editor, "/studies", body(plant()));
    CHECK(send_series(all.editor, study, "load\n1\n").faulty_fields() == std::vector<std::string>{"pv"});
    CHECK(send_series(all.editor, study, "load,pv\n1,0.5\n1,\n1,7e3\n").at("/problems/0/field") == "line 3: pv");
    CHECK(send_series(all.editor, study, "load,pv\n1,0.5\n1,7\n").at("/problems/0/code") == "planning.share_outside");
    CHECK(all.editor.get("/studies/" + study).number("/steps") == 0);
    REQUIRE(send_series(all.editor, study, week()).status == 200);
    // a change that the series does not fit is refused
    const Answer renamed = all.editor.patch("/studies/" + study, R"({"plant":{"demands":[{"name":"Load","column":"other","unit":"MW"}]}})");
    CHECK(renamed.status == 422);
}

TEST_CASE("what contradicts itself ends as such, with the conflict and the smallest way out in sensible size") {
    Cast& all = cast();
    const std::string study = create(all.editor, "/studies", body(plant("", 1)));
    REQUIRE(send_series(all.editor, study, week()).status == 200);
    const Answer plan = planned(all.editor, study, R"(,"renewable_share_min":0.9)");
    CHECK(plan.at("/state") == "failed");
    CHECK(plan.at("/result/outcome") == "infeasible");
    std::vector<std::string> conflict = plan.all("/result/conflict", "/requirement");
    CHECK(std::find(conflict.begin(), conflict.end(), "renewable_share") != conflict.end());
    CHECK(std::find(conflict.begin(), conflict.end(), "largest_size") != conflict.end());
    REQUIRE(plan.size("/result/relaxation") > 0);
    for (const std::string& amount : plan.all("/result/relaxation", "/amount")) CHECK(std::stod(amount) < 2'000); // not more than the week asks for
    CHECK(all.editor.get("/energy-plans/" + plan.at("/id") + "/schedule").code() == "planning.no_result");
}

TEST_CASE("a copy of the sample is one's own; a plan goes to the monitored site") {
    Cast& all = cast();
    CHECK(all.nobody.get("/studies").status == 401);
    const Answer copy = all.manager.post("/studies/study_sample_island/copy");
    REQUIRE_MESSAGE(copy.status == 201, copy.body);
    CHECK(copy.number("/steps") == 8760);
    CHECK(copy.at("/sample") == "false");
    CHECK(all.manager.patch("/studies/study_sample_island", R"({"currency":"EUR"})").status == 403);
    CHECK(all.manager.get("/studies/" + copy.at("/id") + "/series").body == all.manager.get("/studies/study_sample_island/series").body);
    const std::string site = create(all.manager, "/sites", R"({"name":{"en":"Plant"},"kind":"energy","country":"CN"})");
    const std::string study = create(all.manager, "/studies", body(plant()));
    REQUIRE(send_series(all.manager, study, week()).status == 200);
    const std::string plan = "/energy-plans/" + planned(all.manager, study, "").at("/id");
    CHECK(all.manager.post(plan + "/send", R"({"from":"2026-11-20T00:00:00Z"})").faulty_fields() == std::vector<std::string>{"site"});
    const std::string sending = fmt::format(R"({{"site":"{}","from":"2026-11-20T00:30:00Z","hours":24}})", site);
    CHECK(all.manager.post(plan + "/send", sending).code() == "planning.no_channel");
    REQUIRE(all.manager.post("/devices", fmt::format(R"({{"site":"{}","template":"island_controller","name":{{"en":"C"}},"serial":"plan-1"}})", site)).status ==
            201);
    const Answer sent = all.manager.post(plan + "/send", sending);
    REQUIRE_MESSAGE(sent.status == 200, sent.body);
    CHECK(sent.size("/channels") >= 3);
    const Answer site_plans = all.manager.get("/site-plans?site=" + site + "&channel=load_power");
    REQUIRE(site_plans.number("/total") == 1);
    CHECK(site_plans.at("/items/0/starts_at") == "2026-11-20T00:00:00Z");
    CHECK(site_plans.size("/items/0/values") == 24);
    CHECK(std::stod(site_plans.at("/items/0/values/0")) == doctest::Approx(2000));
    CHECK(all.other_manager.post(plan + "/send", sending).status == 404);
}

} // namespace greenbank::testing
