// cities_test.cpp — a territory's inventory from lines to a final balance; an island's certificate by its roles; an index under other weights.
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

/// Notation keys of everything that BASIC+ asks for and a small island does not have.
std::string notes(const std::set<std::string>& without = {}) {
    std::string list;
    for (const std::string sector : {"residential_buildings", "commercial_buildings", "manufacturing", "energy_industries", "farming_energy",
             "other_stationary", "fugitive_coal", "fugitive_oil_gas", "road", "rail", "water_transport", "air_transport", "off_road", "landfill",
             "biological_treatment", "incineration", "wastewater", "industrial_processes", "product_use", "livestock", "land", "other_land_use"})
        if (!without.contains(sector)) list += fmt::format(R"({}{{"sector":"{}","key":"no"}})", list.empty() ? "" : ",", sector);
    return "[" + list + "]";
}

struct Scene {
    Cast all{std::vector<std::string>{"--sample"}};
    Visitor first = all.visitor(), second = all.visitor();
    Visitor& owner = all.manager;
    std::string assessor, territory;

    Scene() {
        assessor = enter_organisation(all.administrator, "Island verifiers of the test", "assessor");
        join(all.administrator, first, "first@island-verifiers.test", "editor", assessor);
        join(all.administrator, second, "second@island-verifiers.test", "editor", assessor);
        territory = create(owner, "/territories",
            R"({"title":{"en":"Test Island"},"kind":"island","country":"CN","area":"CN-ZJ","population":100,"boundary":{"en":"all of it"},"alliance":true})");
    }
    std::string inventory(std::int64_t year, double litres, bool confidential = true, const std::string& more = "") {
        return "/territory-inventories/" +
               create(owner, "/territory-inventories",
                   fmt::format(
                       R"({{"territory":"{}","title":{{"en":"Balance of {}"}},"year":{},"population":100,"output":{{"amount":"{}.00","currency":"CNY"}},"energy_tj":{},)"
                       R"("lines":[{{"name":"Diesel","sector":"energy_industries","scope":"scope_1","amount":{},"unit":"L","uncertainty_percent":5,"kind":"fuel","subject":"diesel"}},)"
                       R"({{"name":"Secret works","sector":"industrial_processes","scope":"scope_1","amount":10,"unit":"t","uncertainty_percent":3,"stated_kg":1000,"stated_source":"test","stated_status":"sample","confidential":{}}},)"
                       R"({{"name":"Forest","sector":"forest_sink","scope":"scope_1","amount":20,"unit":"ha","uncertainty_percent":10,"stated_kg":9000,"stated_percent":20,"stated_source":"test","stated_status":"sample"}}],)"
                       R"("notes":{}{}}})",
                       territory, year, year, year == 2024 ? 1'000'000 : 1'100'000, year == 2024 ? 5 : 4, litres, confidential, notes(), more));
    }
};

Answer send_table(Visitor& visitor, const std::string& path, const std::string& bytes) {
    visitor.content_type = "text/csv";
    const Answer answer = visitor.post(path, bytes);
    visitor.content_type = "application/json";
    return answer;
}

} // namespace

TEST_CASE("an inventory is entered, told its faults, finished, compared with the year before, and shown without what is confidential") {
    Scene scene;
    Visitor &owner = scene.owner, &stranger = scene.all.other_manager, &nobody = scene.all.nobody;
    // Each fault at its field.
    const Answer wrong = owner.post("/territory-inventories",
        fmt::format(
            R"({{"territory":"{}","title":{{"en":"x"}},"year":2024,"lines":[{{"name":"a","sector":"landfill","scope":"scope_2","amount":-1,"unit":"nonsense"}}],"notes":[{{"sector":"road","key":"ne"}}]}})",
            scene.territory));
    CHECK(wrong.status == 422);
    const auto faults = wrong.faulty_fields();
    for (const std::string field : {"lines[0].amount", "lines[0].unit", "lines[0].scope", "lines[0].kind", "notes[0].reason"})
        CHECK_MESSAGE(std::find(faults.begin(), faults.end(), field) != faults.end(), field, " is not named: ", wrong.body);
    CHECK(
        stranger.post("/territory-inventories", fmt::format(R"({{"territory":"{}","title":{{"en":"x"}},"year":2024,"lines":[],"notes":[]}})", scene.territory))
            .status == 404);

    const std::string before = scene.inventory(2024, 100'000);
    CHECK(nobody.get(before).status == 404);
    const Answer seen = owner.get(before);
    REQUIRE_MESSAGE(seen.status == 200, seen.body);
    // 100,000 L × 2.7 + 10 t × 1000 − 20 ha × 9000
    CHECK(seen.number("/report/emissions_kg") == 280'000);
    CHECK(seen.number("/report/removals_kg") == 180'000);
    CHECK(seen.number("/report/net_kg") == 100'000);
    CHECK(seen.number("/report/basic_kg") == 270'000);
    CHECK(seen.number("/report/basic_plus_kg") == 100'000);
    CHECK(seen.number("/report/low_kg") < 100'000);
    CHECK(seen.number("/report/high_kg") > 100'000);
    CHECK(seen.at("/report/status") == "sample");
    CHECK(seen.size("/report/missing") == 0);
    CHECK(owner.post("/territories/" + scene.territory + "/publish").status == 200);
    CHECK(nobody.get(before).status == 404); // a draft still
    REQUIRE(owner.post(before + "/finish").status == 200);
    CHECK(owner.patch(before, R"({"year":2023})").code() == "inventory.final");
    const Answer open = nobody.get(before);
    REQUIRE(open.status == 200);
    CHECK(open.number("/report/net_kg") == 100'000);
    CHECK(open.body.find("Secret works") == std::string::npos);
    CHECK(owner.get(before).body.find("Secret works") != std::string::npos);

    // Another year: a table of lines is brought, its faulty cells named.
    const std::string after = scene.inventory(2025, 1'000);
    const Answer bad = send_table(owner, after + "/lines",
        "name,sector,scope,amount,unit,kind,subject\nBoats,water_transport,scope_1,x,L,fuel,diesel\nCars,moon,scope_1,1,L,fuel,diesel\n");
    CHECK(bad.status == 422);
    CHECK(bad.faulty_fields() == std::vector<std::string>{"D2", "B3"});
    CHECK(send_table(owner, after + "/lines", "name,sector,scope,amount,unit,kind,subject\nBoats,water_transport,scope_1,-5,L,fuel,diesel\n").faulty_fields() ==
          std::vector<std::string>{"D2"});
    CHECK(owner.get(after).size("/report/rows") == 3); // all rows or none
    CHECK(send_table(owner, after + "/lines", "name,colour\nBoats,red\n").faulty_fields() == std::vector<std::string>{"B1"});
    REQUIRE(send_table(
                owner, after + "/lines", "name,sector,scope,amount,unit,kind,subject,uncertainty_percent\nBoats,water_transport,scope_1,2000,L,fuel,diesel,5\n")
                .status == 200);
    CHECK(owner.get(after).number("/report/net_kg") == 8'100 + 10'000 - 180'000);
    const Answer change = owner.get(after + "/change");
    REQUIRE_MESSAGE(change.status == 200, change.body);
    CHECK(change.number("/before_kg") == 100'000);
    CHECK(change.number("/energy_after_kg") == 8'100);
    double parts = 0;
    for (const std::string& kg : change.all("/kaya", "/kg")) parts += std::stod(kg);
    CHECK(parts == doctest::Approx(8'100 - 270'000));
    CHECK(owner.get(before + "/change").code() == "inventory.no_earlier");
    // A year is missing in between, and the boundary is another one: both are said.
    const std::string later = scene.inventory(2027, 500, true, R"(,"boundary":{"en":"without the harbour"})");
    const Answer moved = owner.get(later + "/change");
    CHECK(moved.number("/before_year") == 2024); // 2025 is a draft, 2026 is not there
    CHECK(moved.number("/after_year") == 2027);
    CHECK(moved.at("/boundary_changed") == "true");
    CHECK(change.at("/boundary_changed") == "false");
    // A factor that the bank does not have is told, and stops nothing but the figures.
    REQUIRE(owner.patch(after, R"({"lines":[{"name":"x","sector":"road","scope":"scope_1","amount":1,"unit":"kg","kind":"fuel","subject":"dragon fire"}]})")
                .status == 200);
    CHECK(!owner.get(after).at("/fault").empty());
    CHECK(owner.post(after + "/finish").status == 422);
    REQUIRE(
        owner.patch(after, R"({"notes":[],"lines":[{"name":"x","sector":"road","scope":"scope_1","amount":1,"unit":"L","kind":"fuel","subject":"diesel"}]})")
            .status == 200);
    CHECK(owner.post(after + "/finish").code() == "balance.incomplete");

    for (const std::string language : {"zh", "en", "ru"}) {
        const Answer pdf = owner.get(before + "/pdf", {{"Accept-Language", language}});
        REQUIRE_MESSAGE(pdf.status == 200, pdf.body);
        CHECK(words_of_pdf(pdf.body).find("BalanceOf") == std::string::npos);
        CHECK(words_of_pdf(pdf.body).find("Balanceof2024") != std::string::npos);
    }
    const std::string cells = cells_of_workbook(owner.get(before + "/xlsx").body);
    CHECK(cells.find("100000") != std::string::npos);
    CHECK(cells_of_workbook(nobody.get(before + "/xlsx").body).find("Secret works") == std::string::npos);
    CHECK(owner.remove("/territories/" + scene.territory).code() == "territory.published");
    CHECK(owner.patch("/territories/" + scene.territory, fmt::format(R"({{"part_of":"{}"}})", scene.territory)).faulty_fields() ==
          std::vector<std::string>{"part_of"});
}

TEST_CASE("a certificate is applied for, reviewed, verified and issued by different people, and says what its inventory says") {
    Scene scene;
    Visitor &owner = scene.owner, &officer = scene.all.officer, &nobody = scene.all.nobody;
    const std::string year = owner.get("/island-criteria").at("/items/0/edition").substr(0, 4);
    const std::string above = scene.inventory(std::stoi(year) - 1, 100'000, false), below = scene.inventory(std::stoi(year), 1'000, false);
    const auto body = [&](const std::string& inventory, const std::string& evidence = "[]") {
        return fmt::format(R"({{"inventory":"{}","assessor":"{}","evidence":{}}})", inventory.substr(23), scene.assessor, evidence);
    };
    CHECK(owner.post("/island-certificates", body(below)).faulty_fields() == std::vector<std::string>{"inventory"}); // not final
    for (const std::string& one : {above, below}) REQUIRE(owner.post(one + "/finish").status == 200);
    // a plan to zero: its steps must suffice; without one nobody applies
    const auto plan = [&](std::int64_t kg, int second) {
        return owner.post("/zero-plans",
            fmt::format(R"({{"territory":"{}","title":{{"en":"To zero"}},"base_year":2015,"base_kg":5000000,"zero_year":2035,"source":"the council",)"
                        R"("steps":[{{"year":2018,"kg":3000000,"measure":{{"en":"Sun"}}}},{{"year":{},"kg":{},"measure":{{"en":"Ferries"}}}}]}})",
                scene.territory, second, kg));
    };
    CHECK(owner.post("/island-certificates", body(below)).faulty_fields() == std::vector<std::string>{"zero_plan"});
    CHECK(plan(1'000'000, 2030).body.find("zero_plan.not_zero") != std::string::npos);
    CHECK(plan(2'000'000, 2036).body.find("zero_plan.outside") != std::string::npos);
    const Answer entered = plan(2'000'000, 2030);
    REQUIRE_MESSAGE(entered.status == 201, entered.body);
    CHECK(owner
              .post("/zero-plans", fmt::format(R"({{"territory":"{}","title":{{"en":"x"}},"base_year":2015,"base_kg":5,"zero_year":2035,"source":"x",)"
                                               R"("steps":[{{"year":2018,"kg":5,"measure":{{"en":"x"}},"energy_plan":"plan_of_others"}}]}})",
                                       scene.territory))
              .faulty_fields() == std::vector<std::string>{"steps[0].energy_plan"});
    CHECK(owner.post("/island-certificates", body(below, R"([{"criterion":"moon","statement":{"en":"x"}}])")).faulty_fields() ==
          std::vector<std::string>{"evidence[0].criterion"});
    CHECK(owner.post("/island-certificates", fmt::format(R"({{"inventory":"{}","assessor":"{}","evidence":[]}})", below.substr(23), scene.all.organisation))
              .faulty_fields() == std::vector<std::string>{"assessor"});
    std::string evidence;
    for (const char* code : {"boundary", "power", "sinks", "double"})
        evidence += fmt::format(R"({}{{"criterion":"{}","statement":{{"en":"as surveyed"}}}})", evidence.empty() ? "[" : ",", code);
    evidence += "]";
    const std::string hopeless = "/island-certificates/" + create(owner, "/island-certificates", body(above, evidence));
    CHECK(owner.post(hopeless + "/submit", "{}").code() == "certificate.not_met");
    const std::string path = "/island-certificates/" + create(owner, "/island-certificates", body(below));
    CHECK(owner.post(path + "/submit", "{}").code() == "certificate.not_met");
    REQUIRE(owner.patch(path, fmt::format(R"({{"evidence":{}}})", evidence)).status == 200);
    CHECK(nobody.get(path).status == 404);
    CHECK(owner.post(path + "/issue").status >= 400);
    REQUIRE_MESSAGE(owner.post(path + "/submit", "{}").status == 200, owner.get(path).body);
    CHECK(owner.post(below + "/reopen").code() == "balance.in_use");
    CHECK(scene.first.post(path + "/review", "{}").status == 422); // no comment
    REQUIRE(scene.first.post(path + "/review", R"({"comment":"Books and survey seen."})").status == 200);
    CHECK(scene.first.post(path + "/verify", R"({"comment":"again"})").code() == "certificate.four_eyes");
    REQUIRE(scene.second.post(path + "/verify", R"({"comment":"Recomputed."})").status == 200);
    CHECK(scene.second.post(path + "/issue").status == 403);
    REQUIRE_MESSAGE(officer.post(path + "/issue").status == 200, officer.get(path).body);
    const Answer seen = nobody.get(path);
    REQUIRE(seen.status == 200);
    CHECK(seen.at("/valid") == "true");
    CHECK(seen.number("/island_certificate/net_kg") == owner.get(below).number("/report/net_kg"));
    const std::string number = seen.at("/island_certificate/number");
    CHECK(seen.at("/island_certificate/zero_plan") == entered.at("/id"));
    CHECK(seen.size("/island_certificate/plan_to_zero/steps") == 2);
    CHECK(seen.at("/island_certificate/plan_to_zero/years/15/planned_kg") == "0"); // 2030
    CHECK(owner.remove("/zero-plans/" + entered.at("/id")).code() == "zero_plan.certified");
    CHECK(number.starts_with("ZCI-"));
    const Answer proof = nobody.get("/log/proof?code=" + seen.at("/island_certificate/proof"));
    REQUIRE(proof.status == 200);
    CHECK(proof.body.find(number) != std::string::npos);
    for (const std::string language : {"zh", "en", "ru"}) {
        const std::string paper = words_of_pdf(nobody.get(path + "/pdf", {{"Accept-Language", language}}).body);
        for (const std::string& what : {without_blanks(number), std::string("Tozero"), std::string("Ferries"), std::string("zeroplan_")})
            CHECK(paper.find(what) != std::string::npos);
    }
    REQUIRE(owner.post("/territories/" + scene.territory + "/publish").status == 200);
    CHECK(nobody.get("/island-alliance").body.find(number) != std::string::npos);

    // what was measured stands beside the plan, here and in the alliance
    const Answer way = nobody.get("/zero-plans/" + entered.at("/id"));
    CHECK(way.at("/zero_reached") == "2030");
    CHECK(way.size("/years") == 21);
    const auto measured = static_cast<std::size_t>(way.number("/measured_year") - 2015);
    CHECK(way.number(fmt::format("/years/{}/measured_kg", measured)) == seen.number("/island_certificate/net_kg"));
    CHECK(way.number("/behind_kg") == seen.number("/island_certificate/net_kg") - way.number(fmt::format("/years/{}/planned_kg", measured)));
    const Answer alliance = nobody.get("/island-alliance");
    for (std::size_t i = 0; i < alliance.size("/islands"); ++i)
        if (const std::string one = fmt::format("/islands/{}", i); alliance.at(one + "/territory/id") == scene.territory) {
            CHECK(alliance.at(one + "/plan/id") == entered.at("/id"));
            CHECK(alliance.number(one + "/plan/zero_year") == 2030);
            CHECK(alliance.number(one + "/plan/behind_kg") == way.number("/behind_kg"));
        }
    CHECK(scene.first.patch("/zero-plans/" + entered.at("/id"), R"({"zero_year":2034})").status >= 403);
    const Answer island = nobody.get("/territories/" + scene.territory);
    CHECK(island.at("/plan/id") == entered.at("/id"));
    CHECK(island.at("/certificate_number") == number);
    CHECK(island.at("/plan/behind_kg") == way.at("/behind_kg"));
    // a newer plan takes its place: what is applied for now rests on that one
    const Answer newer = plan(2'000'000, 2029);
    REQUIRE(newer.status == 201);
    const std::string with_old =
        fmt::format(R"({{"inventory":"{}","assessor":"{}","evidence":{},"zero_plan":"{}"}})", below.substr(23), scene.assessor, evidence, entered.at("/id"));
    CHECK(owner.post("/island-certificates", with_old).faulty_fields() == std::vector<std::string>{"zero_plan"});
    CHECK(owner.get("/island-certificates/" + create(owner, "/island-certificates", body(below, evidence))).at("/island_certificate/zero_plan") ==
          newer.at("/id"));

    CHECK(officer.post(path + "/withdraw", "{}").status == 422);
    REQUIRE(officer.post(path + "/withdraw", R"({"comment":"The survey was wrong."})").status == 200);
    CHECK(nobody.get(path).at("/valid") == "false");
    CHECK(nobody.get("/island-alliance").body.find(number) == std::string::npos);
    const Ran verified = run({"verify", "--data", scene.all.folder.path()});
    CHECK_MESSAGE(verified.status == 0, verified.out);
}

TEST_CASE("the sample index ranks twenty cities with intervals, moves with a weight, and gives the files that the command computes alike") {
    Scene scene;
    Visitor &nobody = scene.all.nobody, &reader = scene.all.reader;
    const std::string path = "/city-indices/cityindex_sample_2025";
    const Answer seen = nobody.get(path);
    REQUIRE_MESSAGE(seen.status == 200, seen.body);
    REQUIRE(seen.size("/result/rows") == 20);
    CHECK(seen.size("/result/parts") == 30 + 18 + 5 + 1);
    double share = 0;
    for (std::size_t i = 0; i < seen.size("/result/parts"); ++i)
        if (seen.at(fmt::format("/result/parts/{}/level", i)) == "3") share += std::stod(seen.at(fmt::format("/result/parts/{}/share", i)));
    CHECK(share == doctest::Approx(1));
    for (std::size_t i = 0; i < 20; ++i) {
        const std::string row = fmt::format("/result/rows/{}", i);
        CHECK(std::stod(seen.at(row + "/low")) <= std::stod(seen.at(row + "/high")));
        CHECK(seen.number(row + "/rank") == static_cast<std::int64_t>(i) + 1);
    }
    CHECK(nobody.get(path).body == seen.body); // the same seed, the same intervals
    CHECK(nobody.post(path + "/try", "{}").status == 401);
    CHECK(reader.post(path + "/try", R"({"weights":[{"code":"moon","weight":1}]})").faulty_fields() == std::vector<std::string>{"weights[0].code"});
    const Answer tried = reader.post(path + "/try", R"({"weights":[{"code":"energy","weight":200}]})");
    REQUIRE_MESSAGE(tried.status == 200, tried.body);
    std::set<std::string> before, after;
    for (std::size_t i = 0; i < 20; ++i) {
        const auto of = [&](const Answer& answer, const std::string& root) {
            const std::string row = fmt::format("{}/rows/{}", root, i);
            return answer.at(row + "/code") + " " + answer.at(row + "/rank") + " " + answer.at(row + "/low") + " " + answer.at(row + "/high");
        };
        before.insert(of(seen, "/result"));
        after.insert(of(tried, ""));
    }
    CHECK(before != after);
    const Answer gains = nobody.get(path + "/gains?city=" + seen.at("/result/rows/10/code") + "&places=5");
    REQUIRE(gains.status == 200);
    CHECK(gains.size("/gains") == 30);
    REQUIRE(gains.size("/together") > 1); // no one indicator of thirty lifts a city by five places, a few do
    CHECK(std::stod(gains.at("/together/0/needed")) > std::stod(gains.at("/together/0/now")));
    CHECK_FALSE(gains.at("/together/0/needed_value").empty());
    const Answer matters = reader.get(path + "/sensitivity");
    REQUIRE(matters.status == 200);
    CHECK(matters.size("/factors") == seen.size("/result/uncertain"));
    // Editions of three years on one scale; the last ranks are those of the league table where nothing was on the edge.
    const Answer years = nobody.get(path + "/over-time");
    REQUIRE_MESSAGE(years.status == 200, years.body);
    CHECK(years.size("/years") == 3);
    CHECK(years.number("/years/0") == 2023);
    REQUIRE(years.size("/cities") == 20);
    for (std::size_t i = 0; i < 20; ++i) REQUIRE(years.size(fmt::format("/cities/{}/moments", i)) == 3);
    CHECK(years.at("/cities/0/code") == seen.at("/result/rows/0/code"));
    CHECK(scene.all.officer.patch("/city-indices/cityindex_sample_2024", R"({"before":"cityindex_sample_2025"})").faulty_fields() ==
          std::vector<std::string>{"before"});
    CHECK(scene.all.officer.patch("/city-indices/cityindex_sample_2024", R"({"before":"cityindex_nobody"})").faulty_fields() ==
          std::vector<std::string>{"before"});
    // Anybody can repeat it from its files.
    TemporaryFolder folder;
    for (const auto& [part, name] : {std::pair<std::string, std::string>{"data", "data.csv"}, {"meta", "meta.csv"}, {"recipe", "recipe.json"}})
        std::ofstream(folder.path() + "/" + name) << nobody.get(path + "/file?part=" + part).body;
    CHECK(nobody.get(path + "/file?part=moon").status == 422);
    const Ran computed = run({"index", "compute", "--data", folder.path() + "/data.csv", "--meta", folder.path() + "/meta.csv", "--recipe",
        folder.path() + "/recipe.json", "--out", folder.path() + "/out"});
    REQUIRE_MESSAGE(computed.status == 0, computed.out, computed.err);
    std::stringstream text;
    text << std::ifstream(folder.path() + "/out/results_full.csv").rdbuf();
    const std::string results = text.str();
    CHECK_MESSAGE(results.find(seen.at("/result/rows/0/code")) != std::string::npos, results.substr(0, 400));
    CHECK_MESSAGE(results.find(seen.at("/result/rows/0/score")) != std::string::npos, results.substr(0, 400));
}

TEST_CASE("an index that cannot be says at which city, which indicator and which step, and stays unpublished") {
    Scene scene;
    Visitor& owner = scene.owner;
    const auto part = [](const std::string& code, const std::string& parent, int level, const std::string& more = "") {
        return fmt::format(R"({{"code":"{}","name":{{"en":"{}"}},"parent":"{}","level":{}{}}})", code, code, parent, level, more);
    };
    const auto city = [](const std::string& code, const std::string& values) {
        return fmt::format(R"({{"code":"{}","name":{{"en":"{}"}},"values":[{}]}})", code, code, values);
    };
    const auto values = [](const std::string& air, const std::string& water) {
        return (air.empty() ? "" : R"({"indicator":"air","value":)" + air + "}") + (air.empty() || water.empty() ? "" : ",") +
               (water.empty() ? "" : R"({"indicator":"water","value":)" + water + "}");
    };
    const std::string parts = "[" + part("air", "all", 1) + "," + part("water", "all", 1) + "," + part("all", "", 2) + "]";
    const auto cities = [&](const std::string& a, const std::string& b, const std::string& c) {
        return "[" + city("A", a) + "," + city("B", b) + "," + city("C", c) + "]";
    };
    const auto body = [&](const std::string& indicators, const std::string& of_cities) {
        return fmt::format(R"({{"title":{{"en":"x"}},"year":2025,"source":"test","indicators":{},"cities":{}}})", indicators, of_cities);
    };
    const std::string sound = cities(values("1", "3"), values("2", "1"), values("3", ""));
    const std::string path = "/city-indices/" + create(owner, "/city-indices", body(parts, sound));
    CHECK(owner.get(path).size("/result/rows") == 3);
    // What contradicts itself is refused at its place.
    CHECK(owner.post("/city-indices", body(parts, "[" + city("A", values("1", "2")) + "," + city("A", values("2", "1")) + "]")).faulty_fields() ==
          std::vector<std::string>{"cities[1].code"});
    CHECK(owner.post("/city-indices", body(parts, cities(R"({"indicator":"moon","value":1})", values("2", "1"), values("3", "1")))).faulty_fields() ==
          std::vector<std::string>{"cities[0].values[0].indicator"});
    CHECK(owner.post("/city-indices", body(parts, cities(values("\"many\"", "1"), values("2", "1"), values("3", "1")))).faulty_fields() ==
          std::vector<std::string>{"cities[0].values[0].value"});
    CHECK(owner.post("/city-indices", body("[" + part("air", "all", 1, R"(,"weight":-1)") + "]", "[]")).faulty_fields() ==
          std::vector<std::string>{"indicators[0].weight"});
    // What cannot be computed is kept as a draft and told: the hierarchy in a circle, no variance, no number at all.
    const auto told = [&](const std::string& patch, const std::string& what) {
        REQUIRE_MESSAGE(owner.patch(path, patch).status == 200, patch);
        const Answer seen = owner.get(path, {{"Accept-Language", "en"}});
        CHECK_MESSAGE(seen.at("/fault").find(what) != std::string::npos, seen.at("/fault"), " does not name ", what);
        CHECK(seen.size("/result/rows") == 0);
        CHECK(owner.post(path + "/publish").status == 422);
        REQUIRE(owner.patch(path, fmt::format(R"({{"indicators":{},"cities":{}}})", parts, sound)).status == 200);
    };
    told(R"({"indicators":[)" + part("air", "x", 1) + "," + part("water", "x", 1) + "," + part("x", "all", 2) + "," + part("all", "x", 3) + "]}", "circle");
    told(R"({"indicators":[)" + part("air", "all", 1, R"(,"weight":0)") + "," + part("water", "all", 1, R"(,"weight":0)") + "," + part("all", "", 2) + "]}",
        "all:");
    told(R"({"cities":)" + cities(values("5", "3"), values("5", "1"), values("5", "2")) + "}", "air:");
    told(R"({"cities":)" + cities(values("1", ""), values("2", ""), values("3", "")) + "}", "water:");
    CHECK(owner.post(path + "/publish").status == 200);
}

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
