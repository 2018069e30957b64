// carbon_reductions_test.cpp — a reduction project from draft to verified tonnes by its roles; an inventory from a table to a finished report.
#include <chrono>
#include <set>

#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

struct Scene {
    Cast all{std::vector<std::string>{}};
    Visitor lead = all.visitor(), reviewer = all.visitor(), stranger = all.visitor();
    std::string assessor, project;

    Scene() {
        assessor = enter_organisation(all.administrator, "Carbon verifiers of the test", "assessor");
        join(all.administrator, lead, "lead@verifiers.test", "editor", assessor);
        join(all.administrator, reviewer, "reviewer@verifiers.test", "editor", assessor);
        join(all.administrator, stranger, "manager@stranger.test", "manager", enter_organisation(all.administrator, "Strangers of the test"));
        project = create(all.manager, "/projects", project_body("Wind for an island"));
    }
    std::string body(const std::string& more = "") const {
        return fmt::format(R"({{"project":"{}","title":{{"en":"No more diesel"}},"summary":{{"en":"Wind"}},"methodology":"island_diesel","assessor":"{}",)"
                           R"("starts_on":"2026-01-01","ends_on":"2030-12-31","stated":[{{"parameter":"SFC","value":0.3,"source":"fuel books"}}],)"
                           R"("meters":[{{"code":"E1","parameter":"E_supplied","class_percent":0.5,"calibrations":[]}}],"channels":[]{}}})",
            project, assessor, more);
    }
};

/// Two days of readings, one an hour; hours in `missing` are empty.
std::string readings(const std::set<int>& missing = {}) {
    std::string csv = "time,E_supplied,FC\n";
    for (int hour = 0; hour < 48; ++hour) csv += fmt::format("2026-05-{:02} {:02}:00,{},0\n", 1 + hour / 24, hour % 24, missing.contains(hour) ? "" : "1000");
    return csv;
}
Answer send_table(Visitor& visitor, const std::string& path, const std::string& bytes, const std::string& type = "text/csv") {
    visitor.content_type = type;
    const Answer answer = visitor.post(path, bytes);
    visitor.content_type = "application/json";
    return answer;
}

} // namespace

TEST_CASE("a reduction project is validated, monitored and verified, each step by whose turn it is, and issued once") {
    Scene scene;
    Cast& all = scene.all;
    Visitor& owner = all.manager;
    CHECK(scene.stranger.post("/reduction-projects", scene.body()).status >= 400);
    CHECK(owner
              .post("/reduction-projects",
                  R"({"project":"project_x","title":{"en":"x"},"methodology":"island_diesel","starts_on":"2026-01-01","ends_on":"2027-01-01"})")
              .status == 404);
    const Answer wrong = owner.post("/reduction-projects",
        fmt::format(R"({{"project":"{}","title":{{"en":"x"}},"methodology":"island_diesel","assessor":"{}","starts_on":"2025-01-01","ends_on":"2027-01-01",)"
                    R"("stated":[{{"parameter":"NCV","value":1,"source":"x"}}],"meters":[{{"code":"a","parameter":"SFC","class_percent":1}}]}})",
            scene.project, all.organisation));
    CHECK(wrong.status == 422);
    CHECK(wrong.faulty_fields().size() == 4);
    const std::string path = "/reduction-projects/" + create(owner, "/reduction-projects", scene.body());
    CHECK(scene.stranger.get(path).status == 404);
    CHECK(owner.get(path).at("/next") == "owner");
    CHECK(owner.post("/monitoring-periods", fmt::format(R"({{"reduction":"{}","from_day":"2026-05-01","until_day":"2026-05-02"}})", path.substr(20))).code() ==
          "monitoring.not_validated");

    REQUIRE(owner.post(path + "/submit", "{}").status == 200);
    CHECK(owner.patch(path, R"({"title":{"en":"Another"}})").code() == "reduction.fixed");
    CHECK(owner.patch(path, R"({"meters":[]})").status == 200);
    CHECK(owner.post(path + "/judge", R"({"action":"judge","opinion":{"en":"fine"}})").code() == "reduction.not_yours");
    CHECK(scene.lead.post(path + "/judge", R"({"action":"give_back"})").faulty_fields() == std::vector<std::string>{"reason"});
    REQUIRE(scene.lead.post(path + "/judge", R"({"action":"give_back","reason":"meters are missing"})").status == 200);
    REQUIRE(
        owner
            .patch(path,
                R"({"meters":[{"code":"E1","parameter":"E_supplied","class_percent":0.5,"calibrations":[{"certificate":"C1","laboratory":"L","calibrated_on":"2026-01-01","valid_until":"2026-05-01","expanded_percent":0.2,"coverage_factor":2}]}]})")
            .status == 200);
    REQUIRE(owner.post(path + "/submit", "{}").status == 200);
    CHECK(scene.lead.post(path + "/judge", R"({"action":"judge"})").faulty_fields() == std::vector<std::string>{"opinion"});
    REQUIRE(scene.lead.post(path + "/judge", R"({"action":"judge","opinion":{"en":"As found."}})").status == 200);
    CHECK(scene.lead.post(path + "/judge", R"({"action":"confirm"})").code() == "reduction.four_eyes");
    REQUIRE(scene.reviewer.post(path + "/judge", R"({"action":"confirm"})").status == 200);

    const std::string period_body = fmt::format(R"({{"reduction":"{}","from_day":"2026-05-01","until_day":"2026-05-02"}})", path.substr(20));
    const std::string period = "/monitoring-periods/" + create(owner, "/monitoring-periods", period_body);
    CHECK(owner.post("/monitoring-periods", period_body).faulty_fields() == std::vector<std::string>{"from_day"});
    CHECK(!owner.get(period).at("/fault").empty());
    const Answer faulty = send_table(owner, period + "/readings?name=may.csv", "time,E_supplied\n2026-05-01 00:00,x\n2026-05-09 00:00,1\n");
    CHECK(faulty.status == 422);
    CHECK(faulty.faulty_fields() == std::vector<std::string>{"B2"});
    REQUIRE(send_table(owner, period + "/readings?name=may.csv", readings({5, 6, 7, 8, 9, 10})).status == 200);
    const Answer report = owner.get(period);
    // 48 hours of 1000 kWh less six that nobody read, at 0.3 L/kWh and 2.6765 kg/L; the second day without valid calibration is moved by 0.5 %
    CHECK(report.number("/report/estimate_kg") == 38541);
    CHECK(report.number("/report/measured_kg") == 33723);
    CHECK(report.number("/report/calibrated_kg") == 33627);
    CHECK(report.number("/report/claimed_kg") <= report.number("/report/calibrated_kg"));
    CHECK(owner.post(period + "/submit", "{}").code() == "monitoring.too_many_missing");
    REQUIRE(send_table(owner, period + "/readings?name=may.csv", readings({5, 6})).status == 200);
    CHECK(owner.get(period + "/readings").body.find("2026-05-01T05:00:00Z,,0\n") != std::string::npos);
    REQUIRE(owner.post(period + "/submit", "{}").status == 200);
    CHECK(send_table(owner, period + "/readings", readings()).code() == "monitoring.fixed");
    const std::int64_t claimed = owner.get(period).number("/report/claimed_kg");
    CHECK(scene.lead.post(period + "/judge", R"({"action":"judge","opinion":{"en":"ok"},"correction_kg":99999999})").faulty_fields() ==
          std::vector<std::string>{"correction_kg"});
    REQUIRE(scene.lead.post(period + "/judge", R"({"action":"judge","opinion":{"en":"ok"},"correction_kg":100,"reason":"auxiliary fuel"})").status == 200);
    CHECK(scene.lead.post(period + "/judge", R"({"action":"confirm"})").code() == "reduction.four_eyes");
    REQUIRE(scene.reviewer.post(period + "/judge", R"({"action":"confirm"})").status == 200);
    CHECK(owner.get(period).at("/monitoring_period/state") == "accepted");

    const std::string verified = "/verified-reductions/" + owner.get(period).at("/monitoring_period/verified");
    const Answer seen = all.nobody.get(verified);
    REQUIRE(seen.status == 200);
    CHECK(seen.number("/verified_kg") == claimed - 100);
    CHECK(seen.number("/verified_kg") <= seen.number("/measured_kg"));
    CHECK(seen.at("/state") == "ready");
    CHECK(seen.at("/vintage") == "2026");
    CHECK(!seen.at("/proof_code").empty());
    const Answer proof = all.nobody.get("/log/proof?code=" + seen.at("/proof_code"));
    CHECK(proof.status == 200);
    for (const std::string language : {"zh", "en", "ru"}) {
        const Answer pdf = owner.get(period + "/pdf", {{"Accept-Language", language}});
        REQUIRE_MESSAGE(pdf.status == 200, pdf.body);
        CHECK(words_of_pdf(pdf.body).find("C1") != std::string::npos);
    }
    CHECK(owner.get(period + "/xlsx").status == 200);
    CHECK(scene.stranger.post(verified + "/withdraw", R"({"reason":"x"})").code() == "reduction.not_yours");
    REQUIRE(scene.lead.post(verified + "/withdraw", R"({"reason":"the flow meter was wrong"})").status == 200);
    CHECK(scene.lead.post(verified + "/withdraw", R"({"reason":"again"})").code() == "reduction.not_ready");
    CHECK(owner.get(period).at("/monitoring_period/state") == "refused");
    CHECK(owner.post("/monitoring-periods", period_body).status == 201); // its days are free again
}

TEST_CASE("somebody of the owner or of a partner cannot judge, though they are a member of the assessor too") {
    Scene scene;
    const std::string path = "/reduction-projects/" + create(scene.all.manager, "/reduction-projects", scene.body());
    REQUIRE(scene.all.manager.post(path + "/submit", "{}").status == 200);
    Visitor both = scene.all.newcomer("both@verifiers.test", "editor", scene.assessor);
    CHECK(both.post(path + "/judge", R"({"action":"judge","opinion":{"en":"x"}})").status == 200);
    REQUIRE(scene.reviewer.post(path + "/judge", R"({"action":"reopen","reason":"look again"})").status == 200);
    CHECK(scene.all.manager.get(path).at("/reduction_project/state") == "submitted");
}

TEST_CASE("an inventory is entered and imported, computed with the factors in force, compared and finished") {
    Scene scene;
    Visitor& owner = scene.all.manager;
    const auto factor = [&](const std::string& edition, const std::string& from, const std::string& until, double value) {
        return scene.all.administrator.post("/emission-factors",
            fmt::format(
                R"({{"kind":"fuel","subject":"test oil","title":{{"en":"Oil"}},"gas":"CO2","area":"WORLD","valid_from":"{}","valid_until":"{}","edition":"{}","published":"{}","value":{},"per":"L","uncertainty_percent":2,"status":"sample","source":"test"}})",
                from, until, edition, from, value));
    };
    if (const Answer made = factor("A", "2024-01-01", "2024-12-31", 2.5); made.status == 404 || made.status == 405)
        return; // factors are entered by their own part
    REQUIRE(factor("B", "2025-01-01", "2025-12-31", 2.6).status == 201);
    const auto inventory = [&](int year, double amount, const std::string& more = "") {
        return "/inventories/" +
               create(owner, "/inventories",
                   fmt::format(
                       R"({{"title":{{"en":"Ours"}},"year":{},"area":"CN","sources":[{{"name":"Boiler","category":"stationary_combustion","amount":{},"unit":"L","kind":"fuel","subject":"test oil"}}],"explained":[]{}}})",
                       year, amount, more));
    };
    const std::string before = inventory(2024, 1000), after = inventory(2025, 1100, R"(,"base_year":2024)");
    CHECK(owner.get(before).number("/report/location_kg") == 2500);
    CHECK(owner.get(after).number("/report/scope_1_kg") == 2860);
    CHECK(owner.get(after).number("/report/base/change_kg") == 360);
    CHECK(owner.get(after).at("/report/rows/0/factors/0/edition") == "B");
    CHECK(scene.stranger.get(after).status == 404);
    const Answer change = owner.get(after + "/change");
    CHECK(std::stod(change.at("/sources/0/by_activity_kg")) + std::stod(change.at("/sources/0/by_factor_kg")) == doctest::Approx(360));

    const Answer faulty =
        send_table(owner, after + "/sources", "name,category,amount,unit,kind,subject\nVan,mobile_combustion,many,L,fuel,test oil\n,waste,1,L,fuel,test oil\n");
    CHECK(faulty.status == 422);
    CHECK(faulty.faulty_fields().size() >= 2);
    REQUIRE(send_table(owner, after + "/sources", "name,category,amount,unit,kind,subject\nVan,mobile_combustion,10,L,fuel,test oil\n").status == 200);
    CHECK(owner.get(after).number("/report/location_kg") == 2886);
    CHECK(owner.post(after + "/finish").code() == "inventory.incomplete");
    REQUIRE(
        owner
            .patch(after,
                R"({"explained":[{"category":"process_emissions","reason":{"en":"none"}},{"category":"fugitive_emissions","reason":{"en":"none"}},{"category":"electricity","reason":{"en":"none"}},{"category":"heat","reason":{"en":"none"}}]})")
            .status == 200);
    REQUIRE(owner.post(after + "/finish").status == 200);
    CHECK(owner.patch(after, R"({"area":"CN-SH"})").code() == "inventory.final");
    for (const std::string language : {"zh", "en", "ru"}) {
        const Answer pdf = owner.get(after + "/pdf", {{"Accept-Language", language}});
        REQUIRE_MESSAGE(pdf.status == 200, pdf.body);
        CHECK(words_of_pdf(pdf.body).find("testoil") == std::string::npos); // sources by their names, factors by area and edition
        CHECK(words_of_pdf(pdf.body).find("Boiler") != std::string::npos);
    }
    const Answer workbook = owner.get(after + "/xlsx");
    REQUIRE(workbook.status == 200);
    REQUIRE(owner.post(after + "/reopen").status == 200);
    REQUIRE(send_table(owner, after + "/sources?replace=true", workbook.body, "application/octet-stream").status == 200);
    CHECK(owner.get(after).number("/report/location_kg") == 2886);
}

TEST_CASE("readings come over the network from a meter: to the amount of an inventory's source and to the monitored series of a period; gaps stay gaps") {
    Scene scene;
    Cast& all = scene.all;
    Visitor& owner = all.manager;
    const std::string site = create(owner, "/sites",
        R"({"name":{"en":"Works"},"about":{},"kind":"energy","country":"CN","place":{"en":"Zhoushan"},"latitude":30,"longitude":122,"utc_offset_minutes":480})");
    const Answer made = owner.post("/devices", fmt::format(R"({{"name":{{"en":"Meter"}},"serial":"F-1","template":"electricity_meter","site":"{}"}})", site));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const Answer channels = owner.get("/channels?limit=100&device=" + made.at("/device/id"));
    std::string power;
    for (std::size_t i = 0; i < channels.size("/items"); ++i)
        if (channels.at(fmt::format("/items/{}/key", i)) == "power") power = channels.at(fmt::format("/items/{}/id", i));
    REQUIRE(!power.empty());
    // Two whole days before today, ten kilowatts, a reading every half hour; six hours of the second night are silent.
    const Date today = date_of(Time{std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()});
    const Date first{today.days - 3}, second{today.days - 2};
    const std::string year = to_text(first).substr(0, 4);
    if (to_text(second).substr(0, 4) != year) return; // a period lies within one year
    std::string points;
    for (int half = 0; half < 96; ++half)
        if (half < 50 || half >= 62)
            points += fmt::format(R"({}{{"ts":{},"values":{{"power":10}}}})", points.empty() ? "" : ",", (first.days * 48LL + half) * 1'800'000);
    Visitor meter = all.visitor();
    meter.bearer = made.at("/credential");
    meter.says_request = false;
    const Answer taken = meter.post("/points", "[" + points + "]");
    REQUIRE_MESSAGE(taken.at("/taken") == "84", taken.body);

    create(all.administrator, "/emission-factors",
        fmt::format(
            R"({{"kind":"grid_average","subject":"electricity","title":{{"en":"Grid"}},"gas":"CO2","area":"CN","valid_from":"{0}-01-01","valid_until":"{0}-12-31","edition":"A","published":"{0}-01-01","value":0.5,"per":"kWh","status":"sample","source":"test"}})",
            year));
    const auto inventory = [&](const std::string& channel) {
        return "/inventories/" +
               create(owner, "/inventories",
                   fmt::format(
                       R"({{"title":{{"en":"Ours"}},"year":{},"area":"CN","sources":[{{"name":"Works","category":"electricity","amount":1,"unit":"MWh","kind":"grid_average","subject":"electricity"{}}}],"explained":[]}})",
                       year, channel.empty() ? "" : fmt::format(R"(,"channel":"{}")", channel)));
    };
    CHECK(owner.post(inventory("") + "/fetch").code() == "inventory.no_channels");
    const Answer counted = owner.post(inventory(power) + "/fetch");
    REQUIRE_MESSAGE(counted.status == 200, counted.body);
    // Power over a year: the mean of what was heard stands for its hours, and the evidence says how much was heard.
    CHECK(std::stod(counted.at("/organisation_inventory/sources/0/amount")) > 80);
    CHECK(counted.at("/organisation_inventory/sources/0/evidence").starts_with("power "));
    CHECK(counted.number("/report/location_kg") == doctest::Approx(500 * std::stod(counted.at("/organisation_inventory/sources/0/amount"))).epsilon(1e-3));

    const std::string path = "/reduction-projects/" + create(owner, "/reduction-projects", scene.body());
    REQUIRE_MESSAGE(owner.patch(path, fmt::format(R"({{"channels":[{{"parameter":"E_supplied","channel":"{}"}}]}})", power)).status == 200, "channels");
    REQUIRE(owner.post(path + "/submit", "{}").status == 200);
    REQUIRE(scene.lead.post(path + "/judge", R"({"action":"judge","opinion":{"en":"As found."}})").status == 200);
    REQUIRE(scene.reviewer.post(path + "/judge", R"({"action":"confirm"})").status == 200);
    const std::string period =
        "/monitoring-periods/" + create(owner, "/monitoring-periods",
                                     fmt::format(R"({{"reduction":"{}","from_day":"{}","until_day":"{}"}})", path.substr(20), to_text(first), to_text(second)));
    const Answer fetched = owner.post(period + "/fetch");
    REQUIRE_MESSAGE(fetched.status == 200, fetched.body);
    CHECK(fetched.at("/monitoring_period/sources/0/parameter") == "E_supplied");
    CHECK(fetched.number("/monitoring_period/sources/0/readings") == 48);
    CHECK(fetched.number("/monitoring_period/sources/0/missing") == 6);
    const std::string table = owner.get(period + "/readings").body;
    CHECK(table.find(to_text(first) + "T00:00:00Z,10") != std::string::npos);
    CHECK(table.find(to_text(second) + "T01:00:00Z,\n") != std::string::npos);
    CHECK(scene.stranger.post(period + "/fetch").status == 404);
}

} // namespace greenbank::testing
