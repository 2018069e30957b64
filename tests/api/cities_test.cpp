// cities_test.cpp — a territory's inventory from lines to a final balance; an island's certificate by its roles.
#include "cities_cast.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

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

} // namespace greenbank::testing
