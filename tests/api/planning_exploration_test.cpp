// planning_exploration_test.cpp — ranges of plans and plans near the cheapest as jobs; a year of given sizes at once; cancel keeps the best; set points follow a plan.
#include <chrono>
#include <cmath>

#include "cast.h"

namespace greenbank::testing {

namespace {

std::string plant(const std::string& pv = "", const std::string& diesel = "", const std::string& battery = "") {
    return fmt::format(
        R"({{"name":"Test island","discount_percent":6,"demands":[{{"name":"Load","column":"load","unit":"MW"}}],
"sources":[{{"name":"PV","kind":"solar","column":"pv","asset":{{"investment":4000000,"life_years":25,"size_max":50{}}}}},
{{"name":"Diesel","kind":"diesel","asset":{{"investment":1000000,"life_years":20,"size_max":10{}}},"running_per_mwh":300,"carbon_per_mwh":0.8}}],
"storages":[{{"name":"Battery","charger":{{"investment":500000{}}},"reservoir":{{"investment":1000000{}}},"charge_efficiency":0.95,"discharge_efficiency":0.95}}]}})",
        pv, diesel, battery, battery);
}

std::string series(int hours) {
    std::string csv = "load,pv\n";
    for (int hour = 0; hour < hours; ++hour) {
        const double sun = std::max(0.0, std::sin((hour % 24 - 6) / 12.0 * 3.14159265)) * (0.6 + 0.4 * std::sin(hour / 171.0));
        csv += fmt::format("{:.4f},{:.4f}\n", 2 + (hour % 24 > 17 ? 1.5 : 0) + 0.3 * std::sin(hour / 53.0), sun);
    }
    return csv;
}

std::string study_with(Visitor& visitor, const std::string& plant, int hours) {
    std::string study = create(visitor, "/studies", R"({"title":{"en":"A test island"},"starts_at":"2026-01-01T00:00:00Z","plant":)" + plant + "}");
    const std::string before = visitor.content_type;
    visitor.content_type = "text/csv";
    REQUIRE(visitor.post("/studies/" + study + "/series", series(hours)).status == 200);
    visitor.content_type = before;
    return study;
}

Answer explored(Visitor& visitor, const std::string& body) {
    const Answer asked = visitor.post("/plan-explorations", body);
    REQUIRE_MESSAGE(asked.status == 202, asked.body);
    const Answer job = wait_for_job(visitor, asked.at("/job"), 120);
    CHECK_MESSAGE(job.at("/state") == "done", job.body);
    return visitor.get("/plan-explorations/" + asked.at("/id"));
}

double real(const Answer& answer, const std::string& pointer) { return std::stod(answer.at(pointer)); }

Answer plan_of(Visitor& visitor, const std::string& study, const std::string& more = "") {
    const Answer asked = visitor.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"plan"}}{}}})", study, more));
    REQUIRE_MESSAGE(asked.status == 202, asked.body);
    wait_for_job(visitor, asked.at("/job"), 120);
    return visitor.get("/energy-plans/" + asked.at("/id"));
}

} // namespace

TEST_CASE("a share from one end to the other is planned point by point: cost rises, carbon falls; a price of carbon does the same") {
    Cast& all = cast();
    const std::string study = study_with(all.editor, plant(), 168);
    const Answer shares = explored(all.editor, fmt::format(R"({{"study":"{}","kind":"renewable_share","values":[0.3,0.6,0.9,1]}})", study));
    CHECK(shares.at("/state") == "done");
    REQUIRE(shares.size("/points") == 4);
    for (int i = 0; i < 4; ++i) {
        const std::string point = fmt::format("/points/{}", i);
        CHECK(shares.at(point + "/outcome") == "optimal");
        CHECK(real(shares, point + "/renewable_share") >= real(shares, point + "/value") - 1e-6);
        if (i == 0) continue;
        const std::string before = fmt::format("/points/{}", i - 1);
        CHECK(real(shares, point + "/cost/amount") >= real(shares, before + "/cost/amount") - 0.01);
        CHECK(real(shares, point + "/carbon") <= real(shares, before + "/carbon") + 1e-3);
    }
    // a point is what a plan to it is
    const Answer plan = plan_of(all.editor, study, R"(,"renewable_share_min":0.9)");
    CHECK(plan.at("/result/cost/amount") == shares.at("/points/2/cost/amount"));

    const Answer prices = explored(all.editor, fmt::format(R"({{"study":"{}","kind":"carbon_price","values":[0,200,2000]}})", study));
    REQUIRE(prices.size("/points") == 3);
    CHECK(real(prices, "/points/2/carbon") < real(prices, "/points/0/carbon"));
    CHECK(real(prices, "/points/2/cost/amount") >= real(prices, "/points/0/cost/amount") - 0.01);

    const Answer near = explored(all.editor, fmt::format(R"({{"study":"{}","plan":"{}","kind":"near_optimal","values":[0.01,0.05]}})", study, plan.at("/id")));
    REQUIRE(near.size("/ranges") == 6); // two slacks of PV, diesel and what the battery holds
    for (int i = 0; i < 3; ++i) {
        const std::string narrow = fmt::format("/ranges/{}", i), wide = fmt::format("/ranges/{}", i + 3);
        CHECK(near.at(narrow + "/part") == near.at(wide + "/part"));
        CHECK(real(near, narrow + "/least") <= real(near, narrow + "/cheapest") + 1e-6);
        CHECK(real(near, narrow + "/most") >= real(near, narrow + "/cheapest") - 1e-6);
        CHECK(real(near, wide + "/least") <= real(near, narrow + "/least") + 1e-4);
        CHECK(real(near, wide + "/most") >= real(near, narrow + "/most") - 1e-4);
    }

    CHECK(all.editor.post("/plan-explorations", fmt::format(R"({{"study":"{}","kind":"renewable_share","values":[1.5]}})", study)).code() == "body.invalid");
    const std::string path = "/plan-explorations/" + shares.at("/id");
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(all.editor.get("/plan-explorations?kind=renewable_share&study=" + study).number("/total") == 1);
    CHECK(all.editor.remove(path).status == 204);
    CHECK(all.editor.remove("/studies/" + study).status == 204);
    CHECK(all.editor.get("/plan-explorations/" + near.at("/id")).status == 404);
}

TEST_CASE("a year of given sizes is answered at once: at the plan's sizes close to the plan, with less less is served") {
    Cast& all = cast();
    const std::string study = study_with(all.editor, plant(), 8760);
    const Answer plan = plan_of(all.editor, study, R"(,"renewable_share_min":0.5)");
    REQUIRE(plan.at("/result/outcome") == "optimal");
    const auto sizes = [&](double factor) {
        std::string text;
        for (std::size_t i = 0; i < plan.size("/result/sizes"); ++i) {
            const std::string one = fmt::format("/result/sizes/{}", i);
            text += fmt::format(
                R"({}{{"part":"{}","role":"{}","size":{}}})", i ? "," : "", plan.at(one + "/part"), plan.at(one + "/role"), factor * real(plan, one + "/size"));
        }
        return R"({"sizes":[)" + text + "]}";
    };
    const std::string path = "/studies/" + study + "/estimate";
    const auto began = std::chrono::steady_clock::now();
    const Answer same = all.editor.post(path, sizes(1));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    REQUIRE_MESSAGE(same.status == 200, same.body);
    CHECK(seconds < 3);
    MESSAGE("a year's estimate took ", seconds, " s");
    CHECK(real(same, "/result/cost/amount") == doctest::Approx(real(plan, "/result/cost/amount")).epsilon(0.05));
    CHECK(real(same, "/result/investment/amount") == doctest::Approx(real(plan, "/result/investment/amount")));
    CHECK(real(same, "/served_share") > 0.999);
    const Answer half = all.editor.post(path, sizes(0.5));
    CHECK(real(half, "/served_share") < real(same, "/served_share"));
    CHECK(real(half, "/unserved") > 1);
    CHECK(all.editor.post(path, R"({"sizes":[{"part":"PV","role":"source","size":3}]})").body.find("planning.size_missing") != std::string::npos);
    CHECK(all.editor.post(path, R"({"sizes":[{"part":"Sun","role":"source","size":3}]})").body.find("planning.no_part") != std::string::npos);
    CHECK(all.other_manager.post(path, sizes(1)).status == 404);
    CHECK(all.editor.remove("/studies/" + study).status == 204);
}

TEST_CASE("a plan that is cancelled keeps the best that was found, with how far it may be from the cheapest") {
    Cast& all = cast();
    // units so small that branching over them takes minutes
    const std::string study = study_with(all.editor, plant(R"(,"unit_size":0.013)", R"(,"unit_size":0.017)", R"(,"unit_size":0.011)"), 2190);
    const Answer asked = all.editor.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"whole units"}},"renewable_share_min":0.6}})", study));
    REQUIRE(asked.status == 202);
    const std::string job = "/jobs/" + asked.at("/job");
    REQUIRE(wait_for([&] { return all.editor.get(job).number("/done") >= 93; }, 120)); // many rounds: a whole plan has been found
    CHECK(all.editor.get("/energy-plans/" + asked.at("/id")).at("/state") == "queued");
    const Answer waiting = all.editor.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"never begun"}}}})", study));
    REQUIRE(all.editor.post("/jobs/" + waiting.at("/job") + "/cancel").status == 200);
    REQUIRE(all.editor.post(job + "/cancel").status == 200);
    const auto began = std::chrono::steady_clock::now();
    wait_for_job(all.editor, asked.at("/job"), 30);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(20));
    const Answer plan = all.editor.get("/energy-plans/" + asked.at("/id"));
    CHECK(plan.at("/state") == "done");
    CHECK(plan.at("/result/outcome") == "best_so_far");
    const double gap = real(plan, "/result/gap"), cost = real(plan, "/result/cost/amount"), bound = real(plan, "/result/bound/amount");
    CHECK(gap > 1e-6);
    CHECK(gap < 0.1);
    CHECK(bound < cost);
    CHECK(gap == doctest::Approx((cost - bound) / cost).epsilon(1e-3));
    CHECK(real(plan, "/result/renewable_share") >= 0.6 - 1e-6);
    for (const std::string& size : plan.all("/result/sizes", "/size")) CHECK(std::isfinite(std::stod(size)));
    CHECK(all.editor.get("/energy-plans/" + plan.at("/id") + "/schedule").status == 200);

    CHECK(wait_for([&] { return all.editor.get("/energy-plans/" + waiting.at("/id")).at("/state") == "failed"; }, 60)); // it does not wait for ever

    // a range that is cancelled keeps the points that are there
    const Answer range = all.editor.post(
        "/plan-explorations", fmt::format(R"({{"study":"{}","kind":"renewable_share","values":[0.1,0.6,0.7,0.8]}})", study_with(all.editor, plant(), 8760)));
    REQUIRE(range.status == 202);
    const std::string path = "/plan-explorations/" + range.at("/id");
    REQUIRE(wait_for([&] { return all.editor.get(path).size("/points") >= 1; }, 60));
    all.editor.post("/jobs/" + range.at("/job") + "/cancel");
    wait_for_job(all.editor, range.at("/job"), 30);
    CHECK(all.editor.get(path).at("/state") == "done");
    CHECK(all.editor.get(path).size("/points") >= 1);
}

TEST_CASE("a plan of four years that is cancelled, or whose time is up, keeps sizes that serve every hour, their cost and a gap that holds") {
    Cast& all = cast();
    const std::string study = study_with(all.editor, plant(), 4 * 8760);
    const Answer asked = all.editor.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"cancelled"}},"renewable_share_min":0.7}})", study));
    REQUIRE(asked.status == 202);
    REQUIRE(wait_for([&] { return all.editor.get("/jobs/" + asked.at("/job")).number("/done") >= 1; }, 240));
    REQUIRE(all.editor.post("/jobs/" + asked.at("/job") + "/cancel").status == 200);
    wait_for_job(all.editor, asked.at("/job"), 240);
    const Answer cancelled = all.editor.get("/energy-plans/" + asked.at("/id")), late = plan_of(all.editor, study, R"(,"renewable_share_min":0.7,"seconds_max":1)"),
                 best = plan_of(all.editor, study, R"(,"renewable_share_min":0.7)");
    REQUIRE(best.at("/result/outcome") == "optimal");
    const double optimum = real(best, "/result/cost/amount");
    CHECK(cancelled.at("/result/outcome") == "best_so_far");
    for (const Answer* plan : {&cancelled, &late}) {
        CHECK(plan->at("/state") == "done");
        const double cost = real(*plan, "/result/cost/amount"), bound = real(*plan, "/result/bound/amount");
        CHECK(cost >= optimum * (1 - 2e-6));
        CHECK(bound <= optimum * (1 + 2e-6));
        CHECK(bound > 0);
        CHECK(real(*plan, "/result/gap") == doctest::Approx((cost - bound) / cost).epsilon(1e-3));
        CHECK(real(*plan, "/result/renewable_share") >= 0.7 - 1e-6);
        CHECK(std::abs(real(*plan, "/result/balance_error")) < 1e-6);
        CHECK(plan->size("/result/sizes") == 4);
        CHECK(all.editor.get("/energy-plans/" + plan->at("/id") + "/schedule").status == 200);
    }
    // where nothing that serves was found it says so
    const std::string hopeless = study_with(all.editor, plant(), 3 * 8760);
    const Answer none = all.editor.post("/energy-plans", fmt::format(R"({{"study":"{}","title":{{"en":"none"}},"renewable_share_min":1,"autonomy_days":366}})", hopeless));
    REQUIRE(wait_for([&] { return all.editor.get("/jobs/" + none.at("/job")).number("/done") >= 1; }, 240));
    all.editor.post("/jobs/" + none.at("/job") + "/cancel");
    wait_for_job(all.editor, none.at("/job"), 240);
    const Answer nothing = all.editor.get("/energy-plans/" + none.at("/id"));
    CHECK(((nothing.at("/state") == "failed" && nothing.at("/result/outcome") == "stopped") || nothing.size("/result/sizes") == 4));
    for (const std::string& one : {study, hopeless}) CHECK(all.editor.remove("/studies/" + one).status == 204);
}

TEST_CASE("a set point follows the plan: orders wait, each at its hour and in its unit; what is guarded or outside its limits is refused") {
    Cast& all = cast();
    const std::string site = create(all.manager, "/sites", R"({"name":{"en":"Plant"},"kind":"energy","country":"CN"})");
    const Answer device =
        all.manager.post("/devices", fmt::format(R"({{"site":"{}","template":"island_controller","name":{{"en":"C"}},"serial":"order-1"}})", site));
    REQUIRE_MESSAGE(device.status == 201, device.body);
    const auto point = [&](const std::string& key, const std::string& more) {
        const Answer made = all.manager.post("/set-points", fmt::format(R"({{"device":"{}","key":"{}","name":{{"en":"{}"}},"confirm_seconds":60{}}})",
                                                                device.at("/device/id").empty() ? device.at("/id") : device.at("/device/id"), key, key, more));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return made.at("/id");
    };
    const std::string study = study_with(all.manager, plant(), 168), plan = "/energy-plans/" + plan_of(all.manager, study).at("/id");
    const std::string diesel = point("diesel_order", R"(,"unit":"MW","least":0,"greatest":20,"fallback":0)");
    const auto order = [&](const std::string& set_point, const std::string& channel, int hours = 24) {
        return all.manager.post(plan + "/orders", fmt::format(R"({{"set_point":"{}","channel":"{}","hours":{}}})", set_point, channel, hours));
    };
    const Answer ordered = order(diesel, "diesel_power");
    REQUIRE_MESSAGE(ordered.status == 200, ordered.body);
    CHECK(ordered.number("/commands") >= 2);
    const Answer waiting = all.manager.get("/plant-commands?set_point=" + diesel + "&limit=100");
    CHECK(waiting.number("/total") == ordered.number("/commands"));
    // each is the plan's value of that hour; the plan's week is laid over this year
    const std::vector<std::string> hours = all.manager.get(plan + "/hours?column=Diesel").all("/values", "");
    int within = 0; // the value of the hour that runs is ordered at once
    for (std::size_t i = 0; i < waiting.size("/items"); ++i) {
        const std::string item = fmt::format("/items/{}", i);
        const Time due = *parse_time(waiting.at(item + "/due_at"));
        const std::int64_t since = (due.microseconds - parse_time("2026-01-01T00:00:00Z")->microseconds) / 3'600'000'000;
        within += due.microseconds % 3'600'000'000 != 0;
        CHECK((due.microseconds % 3'600'000'000 == 0 || due == *parse_time(ordered.at("/first_at"))));
        CHECK(std::abs(real(waiting, item + "/target") - std::stod(hours[static_cast<std::size_t>(since % 168)])) < 1e-3);
        CHECK(waiting.at(item + "/origin") == "schedule");
    }
    CHECK(within <= 1);
    const Answer again = order(diesel, "diesel_power", 12);
    CHECK(all.manager.get("/plant-commands?set_point=" + diesel + "&state=queued").number("/total") == again.number("/commands")); // the earlier ones gave way
    CHECK(order(diesel, "tidal_power").faulty_fields() == std::vector<std::string>{"channel"});
    CHECK(order(point("narrow", R"(,"unit":"kW","least":0,"greatest":1,"fallback":0)"), "load_power").status == 422);
    CHECK(order(point("guarded", R"(,"unit":"kW","least":0,"greatest":9000,"fallback":0,"dangerous":true)"), "load_power").code() ==
          "control.dangerous_schedule");
    CHECK(order(point("level", R"(,"unit":"%","least":0,"greatest":100,"fallback":0)"), "load_power").faulty_fields() == std::vector<std::string>{"set_point"});
    CHECK(all.other_manager.post(plan + "/orders", fmt::format(R"({{"set_point":"{}","channel":"load_power"}})", diesel)).status == 404);
}

} // namespace greenbank::testing
