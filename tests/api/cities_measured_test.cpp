// cities_measured_test.cpp — a territory's activity taken from a meter of its own, with how much of the year it was heard; and what others cannot work out.
#include <cmath>

#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

struct Meter {
    std::string site, device, energy, power;
    Visitor machine;

    Meter(Cast& all, Visitor& manager, const std::string& serial) : machine(all.visitor()) {
        site = create(manager, "/sites", R"({"name":{"en":"Harbour"},"kind":"energy","country":"CN","utc_offset_minutes":0})");
        const Answer made =
            manager.post("/devices", fmt::format(R"({{"site":"{}","template":"electricity_meter","name":{{"en":"Meter"}},"serial":"{}"}})", site, serial));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        device = made.at("/device/id");
        machine.bearer = made.at("/credential");
        machine.says_request = false;
        const Answer channels = manager.get("/channels?limit=100&device=" + device);
        for (std::size_t i = 0; i < channels.size("/items"); ++i) {
            const std::string one = fmt::format("/items/{}", i);
            if (channels.at(one + "/key") == "energy_in") energy = channels.at(one + "/id");
            if (channels.at(one + "/key") == "power") power = channels.at(one + "/id");
        }
    }
    void counts(const std::string& at, double kwh) {
        const Answer sent = machine.post("/points", fmt::format(R"({{"ts":"{}","values":{{"energy_in":{}}}}})", at, kwh));
        REQUIRE_MESSAGE(sent.number("/taken") == 1, sent.body);
    }
};

std::string territory(Visitor& owner, const std::string& kind = "island") {
    return create(owner, "/territories",
        fmt::format(R"({{"title":{{"en":"Measured"}},"kind":"{}","country":"CN","area":"CN-ZJ","population":10,"boundary":{{"en":"all"}}}})", kind));
}
std::string line(const std::string& name, const std::string& sector, const std::string& scope, double amount, const std::string& more = "", double kg = 1) {
    return fmt::format(
        R"({{"name":"{}","sector":"{}","scope":"{}","amount":{},"unit":"t","uncertainty_percent":5,"stated_kg":{},"stated_source":"test","stated_status":"sample"{}}})",
        name, sector, scope, amount, kg, more);
}

} // namespace

TEST_CASE("a line takes its amount from a meter of its owner's, says how much of the year was heard, and forgets it when it is typed over") {
    Cast& all = cast();
    Visitor& owner = all.manager;
    Meter meter(all, owner, "CITY-1");
    meter.counts("2023-12-31T23:30:00Z", 1'000);
    meter.counts("2024-01-01T05:30:00Z", 1'600);
    meter.counts("2024-07-01T00:30:00Z", 3'000);
    meter.counts("2024-12-31T23:30:00Z", 5'000);
    REQUIRE(owner.patch("/channels/" + meter.energy, R"({"accuracy":0.5})").status == 200);

    const std::string place = territory(owner);
    const auto metered = [&](const std::string& unit, const std::string& channel) {
        return fmt::format(
            R"({{"name":"Harbour {}","sector":"commercial_buildings","scope":"scope_2","amount":1,"unit":"{}","stated_kg":0.5,"stated_source":"test","stated_status":"sample","channel":"{}"}})",
            unit, unit, channel);
    };
    const auto body = [&](const std::string& lines) {
        return fmt::format(R"({{"territory":"{}","title":{{"en":"Measured year"}},"year":2024,"level":"basic","lines":[{}],"notes":[]}})", place, lines);
    };
    const std::string path =
        "/territory-inventories/" + create(owner, "/territory-inventories", body(metered("kWh", meter.energy) + "," + metered("MWh", meter.energy)));
    CHECK(owner.get(path).at("/report/rows/0/heard_percent").empty());
    CHECK(all.other_manager.post(path + "/fetch").status == 404);
    CHECK(all.reader.post(path + "/fetch").status == 403);
    const Answer fetched = owner.post(path + "/fetch");
    REQUIRE_MESSAGE(fetched.status == 200, fetched.body);
    // From the reading before the year to its last one; the same in another unit.
    CHECK(std::stod(fetched.at("/territory_inventory/lines/0/amount")) == doctest::Approx(4'000));
    CHECK(std::stod(fetched.at("/territory_inventory/lines/1/amount")) == doctest::Approx(4));
    CHECK(fetched.at("/territory_inventory/lines/0/data") == "measured");
    CHECK(std::stod(fetched.at("/territory_inventory/lines/0/uncertainty_percent")) == doctest::Approx(0.5));
    CHECK(fetched.at("/territory_inventory/lines/0/evidence").find("energy_in") != std::string::npos);
    CHECK(fetched.number("/report/rows/0/kg") == 2'000);
    CHECK(std::stod(fetched.at("/report/rows/0/heard_percent")) == doctest::Approx(100.0 * 3 / 8784));
    CHECK(fetched.number("/report/rows/0/longest_gap_hours") == 8783 - 4369); // from 1 July to the last hour
    CHECK(fetched.size("/territory_inventory/readings") == 2);
    CHECK(owner.patch(path, R"({"readings":[]})").status == 422); // the bank's own

    // Typed over: a number of one's own has no coverage.
    std::string lines = metered("kWh", meter.energy);
    lines.replace(lines.find("\"amount\":1"), 10, "\"amount\":3999");
    REQUIRE(owner.patch(path, "{\"lines\":[" + lines + "]}").status == 200);
    CHECK(owner.get(path).at("/report/rows/0/heard_percent").empty());

    // What cannot be fetched says why, and nothing is written.
    CHECK(owner.patch(path, "{\"lines\":[" + metered("kWh", meter.power) + "]}").status == 200);
    CHECK(owner.post(path + "/fetch").code() == "monitoring.channel_silent");
    CHECK(owner.patch(path, "{\"lines\":[" + metered("L", meter.energy) + "]}").status == 200);
    CHECK(owner.post(path + "/fetch").code() == "monitoring.channel_unit");
    CHECK(owner.patch(path, "{\"lines\":[" + line("x", "road", "scope_1", 1) + "]}").status == 200);
    CHECK(owner.post(path + "/fetch").code() == "inventory.no_channels");
    const std::string theirs = "/territory-inventories/" + create(all.other_manager, "/territory-inventories",
                                                               fmt::format(R"({{"territory":"{}","title":{{"en":"x"}},"year":2024,"lines":[{}],"notes":[]}})",
                                                                   territory(all.other_manager), metered("kWh", meter.energy)));
    CHECK(all.other_manager.post(theirs + "/fetch").status == 404); // somebody else's meter

    // In public: the coverage, not the channel. Its table comes in again with the channel.
    REQUIRE(owner.patch(path, "{\"lines\":[" + metered("kWh", meter.energy) + "]}").status == 200);
    const std::string table =
        "name,sector,scope,amount,unit,stated_kg,stated_source,channel\nHarbour,commercial_buildings,scope_2,1,kWh,0.5,books," + meter.energy + "\n";
    owner.content_type = "text/csv";
    REQUIRE(owner.post(path + "/lines?replace=true", table).status == 200);
    owner.content_type = "application/json";
    REQUIRE(owner.post(path + "/fetch").status == 200);
    std::string notes;
    for (const std::string sector : {"residential_buildings", "commercial_buildings", "manufacturing", "energy_industries", "farming_energy",
             "other_stationary", "fugitive_coal", "fugitive_oil_gas", "road", "rail", "water_transport", "air_transport", "off_road", "landfill",
             "biological_treatment", "incineration", "wastewater"})
        notes += fmt::format(R"({}{{"sector":"{}","key":"no"}})", notes.empty() ? "" : ",", sector);
    REQUIRE(owner.patch(path, "{\"notes\":[" + notes + "]}").status == 200);
    REQUIRE(owner.post(path + "/finish").status == 200);
    CHECK(owner.post(path + "/fetch").code() == "inventory.final");
    REQUIRE(owner.post("/territories/" + place + "/publish").status == 200);
    const Answer open = all.nobody.get(path);
    REQUIRE(open.status == 200);
    CHECK(std::stod(open.at("/report/rows/0/heard_percent")) == doctest::Approx(100.0 * 3 / 8784));
    CHECK(open.body.find(meter.energy) == std::string::npos);
    CHECK(cells_of_workbook(all.nobody.get(path + "/xlsx").body).find(meter.energy) == std::string::npos);
    CHECK(cells_of_workbook(owner.get(path + "/xlsx").body).find(meter.energy) != std::string::npos);
}

TEST_CASE("what others see of an inventory betrays no confidential line: not by its sector, not by a total, not by the year before, not in a file") {
    Cast& all = cast();
    Visitor &owner = all.manager, &nobody = all.nobody;
    const std::string place = territory(owner, "city");
    std::string notes;
    for (const std::string sector : {"residential_buildings", "commercial_buildings", "manufacturing", "energy_industries", "farming_energy",
             "other_stationary", "fugitive_coal", "fugitive_oil_gas", "road", "rail", "water_transport", "air_transport", "off_road", "landfill",
             "biological_treatment", "incineration", "wastewater", "industrial_processes", "product_use", "livestock", "land", "other_land_use"})
        notes += fmt::format(R"({}{{"sector":"{}","key":"no"}})", notes.empty() ? "" : ",", sector);
    const auto inventory = [&](int year, double secret) {
        const std::string lines = line("The only cement works", "industrial_processes", "scope_1", secret, R"(,"confidential":true)") + "," +
                                  line("Solvents", "product_use", "scope_1", 300'000) + "," + line("Cattle", "livestock", "scope_1", 420'000) + "," +
                                  line("Paddies", "other_land_use", "scope_1", 5'000'000) + "," + line("Cars", "road", "scope_1", 7'000'000) + "," +
                                  line("Power", "residential_buildings", "scope_2", 9'000'000) + "," + line("Forest", "forest_sink", "scope_1", 800'000);
        const std::string path = "/territory-inventories/" +
                                 create(owner, "/territory-inventories",
                                     fmt::format(R"({{"territory":"{}","title":{{"en":"Year {}"}},"year":{},"population":10,"lines":[{}],"notes":[{}]}})",
                                         place, year, year, lines, notes));
        REQUIRE_MESSAGE(owner.post(path + "/finish").status == 200, owner.get(path).body);
        return path;
    };
    inventory(2023, 1'111'111);
    const std::string path = inventory(2024, 1'234'567);
    REQUIRE(owner.post("/territories/" + place + "/publish").status == 200);

    const Answer mine = owner.get(path), open = nobody.get(path);
    REQUIRE(open.status == 200);
    CHECK(mine.number("/report/confidential") == 1);
    CHECK(mine.number("/report/hidden_beside") == 0);
    CHECK(mine.number("/report/rows/0/kg") == 1'234'567);
    CHECK(open.number("/report/confidential") == 1);
    CHECK(open.number("/report/hidden_beside") == 2); // solvents and cattle, the smallest that are counted where it is
    std::int64_t shown = 0, hidden = 0;
    for (std::size_t i = 0; i < open.size("/report/rows"); ++i) {
        const std::string kg = open.at(fmt::format("/report/rows/{}/kg", i));
        kg.empty() ? ++hidden : shown += std::stoll(kg);
    }
    CHECK(hidden == 3);
    for (const std::string total :
        {"net_kg", "emissions_kg", "removals_kg", "basic_kg", "basic_plus_kg", "scope_1_kg", "scope_2_kg", "energy_kg", "per_head_kg", "low_kg"})
        CHECK_MESSAGE(!open.at("/report/" + total).empty(), total, " is withheld without need");
    CHECK(open.number("/report/net_kg") - shown == 1'234'567 + 300'000 + 420'000); // all that can be said of them
    for (std::size_t i = 0; i < open.size("/report/cells"); ++i) {
        const std::string cell = fmt::format("/report/cells/{}", i), sector = open.at(cell + "/sector");
        CHECK(open.at(cell + "/kg").empty() == (sector == "industrial_processes" || sector == "product_use" || sector == "livestock"));
    }
    const std::string csv = nobody.get("/territories/" + place + "/open-data?format=csv").body,
                      json = nobody.get("/territories/" + place + "/open-data?format=json").body;
    CHECK(csv.find("product_use,scope_1,C,") != std::string::npos);
    CHECK(csv.find("road,scope_1,7000000,") != std::string::npos);
    const Answer change = nobody.get(path + "/change");
    REQUIRE_MESSAGE(change.status == 200, change.body);
    CHECK(change.at("/withheld") == "true");
    CHECK(owner.get(path + "/change").at("/withheld") == "false");
    const std::string workbook = cells_of_workbook(nobody.get(path + "/xlsx").body),
                      paper = words_of_pdf(nobody.get(path + "/pdf", {{"Accept-Language", "en"}}).body);
    for (const std::string& text : {open.body, csv, json, change.body, workbook, paper})
        for (const std::string secret : {"1234567", "1,234.567", "1234.567", "cement", "Solvents"})
            CHECK_MESSAGE(text.find(secret) == std::string::npos, secret, " is in ", text);
    CHECK(paper.find("Hiddenbesidethem") != std::string::npos);
    CHECK(cells_of_workbook(owner.get(path + "/xlsx").body).find("1234567") != std::string::npos);

    // Where nothing can stand beside it, totals are withheld rather than the line betrayed; the alliance and the dashboard say as little.
    const std::string small = territory(owner);
    const std::string alone =
        "/territory-inventories/" + create(owner, "/territory-inventories",
                                        fmt::format(R"({{"territory":"{}","title":{{"en":"Small"}},"year":2024,"lines":[{},{}],"notes":[{}]}})", small,
                                            line("Works", "industrial_processes", "scope_1", 4'321'987, R"(,"confidential":true)"),
                                            line("Forest", "forest_sink", "scope_1", 5'000'000), notes));
    REQUIRE(owner.post(alone + "/finish").status == 200);
    REQUIRE(owner.patch("/territories/" + small, R"({"alliance":true})").status == 200);
    REQUIRE(owner.post("/territories/" + small + "/publish").status == 200);
    const Answer little = nobody.get(alone);
    for (const std::string total : {"net_kg", "emissions_kg", "scope_1_kg", "low_kg", "half_width_kg", "per_head_kg"})
        CHECK(little.at("/report/" + total).empty());
    for (const std::string& where : {alone, "/territories/" + small, "/territories/" + small + "/dashboard", std::string("/island-alliance")}) {
        const Answer answer = nobody.get(where);
        REQUIRE(answer.status == 200);
        CHECK_MESSAGE(answer.body.find("4321987") == std::string::npos, answer.body);
        CHECK_MESSAGE(answer.body.find("\"net_kg\":-678013") == std::string::npos, answer.body);
    }
    CHECK(owner.get("/territories/" + small).at("/inventories/0/net_kg") == "-678013");
    // Nor is a certificate given on it, which would show sources and sinks.
    CHECK(owner.post("/island-certificates", fmt::format(R"({{"inventory":"{}","assessor":"{}","evidence":[]}})", alone.substr(23), all.other_organisation))
              .at("/problems/0/code") == "certificate.withheld");
}

TEST_CASE("a running plant is judged again by what its meters counted, until somebody types over it") {
    Cast& all = cast();
    Visitor& owner = all.manager;
    Meter meter(all, owner, "CITY-3");
    const auto counter = [&](const std::string& key, const std::string& unit) {
        return create(owner, "/channels",
            fmt::format(R"({{"site":"{}","device":"{}","key":"{}","name":{{"en":"{}"}},"unit":"{}","kind":"industry","quantity":"counter"}})", meter.site,
                meter.device, key, key, unit));
    };
    const std::string carbon = counter("carbon", "tCO2e"), goods = counter("goods", "t");
    for (const auto& [at, kg, t] : {std::tuple{"2024-12-31T23:30:00Z", 5.0, 100.0}, {"2025-06-01T00:30:00Z", 6.0, 140.0}, {"2025-12-31T23:30:00Z", 7.5, 150.0}})
        REQUIRE(meter.machine.post("/points", fmt::format(R"({{"ts":"{}","values":{{"carbon":{},"goods":{}}}}})", at, kg, t)).number("/taken") == 2);
    const std::string path =
        "/carbon-assessments/" +
        create(owner, "/carbon-assessments",
            fmt::format(R"({{"territory":"{}","title":{{"en":"Plant"}},"output":100,"output_unit":"t","kg":2000,"ceiling_kg":40,"source":"test"}})",
                territory(owner, "city")));
    CHECK(owner.get(path).at("/expected/light") == "green");
    CHECK(owner.post(path + "/measure").code() == "assessment.no_channel");
    REQUIRE(owner.patch(path, fmt::format(R"({{"kg_channel":"{}","output_channel":"{}"}})", carbon, goods)).status == 200);
    CHECK(owner.post(path + "/measure").code() == "assessment.no_year");
    REQUIRE(owner.patch(path, R"({"measured_year":2025})").status == 200);
    CHECK(all.other_manager.post(path + "/measure").status == 404);
    CHECK(all.reader.post(path + "/measure").status == 403);
    const Answer measured = owner.post(path + "/measure");
    REQUIRE_MESSAGE(measured.status == 200, measured.body);
    CHECK(measured.number("/carbon_assessment/measured_kg") == 2'500);
    CHECK(std::stod(measured.at("/carbon_assessment/measured_output")) == doctest::Approx(50));
    CHECK(measured.at("/measured/light") == "red"); // 50 kg a tonne
    CHECK(measured.at("/carbon_assessment/measured_evidence").find("carbon") != std::string::npos);
    REQUIRE(owner.patch(path, R"({"title":{"en":"The plant"}})").status == 200);
    CHECK_FALSE(owner.get(path).at("/carbon_assessment/measured_evidence").empty());
    REQUIRE(owner.patch(path, R"({"measured_output":100})").status == 200);
    CHECK(owner.get(path).at("/carbon_assessment/measured_evidence").empty());
    CHECK(owner.get(path).at("/measured/light") == "green");
    // Another's meter is nobody's business.
    CHECK(all.other_manager
              .post("/carbon-assessments",
                  fmt::format(R"({{"territory":"{}","title":{{"en":"x"}},"output":1,"output_unit":"t","kg":1,"ceiling_kg":1,"source":"x","kg_channel":"{}"}})",
                      territory(all.other_manager, "city"), carbon))
              .faulty_fields() == std::vector<std::string>{"kg_channel"});
}

} // namespace greenbank::testing
