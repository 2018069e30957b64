// chapter_1_2_test.cpp — the island posts its need and finds its technologies; the page, the API and the files say the same.
#include <map>
#include <set>

#include "cast.h"

namespace greenbank::testing {

static const std::string need_path = "/needs/need_sample_island_power";

/// One page of 500 technologies as a JSON list, as a scientist would save it.
static std::string technologies_file(Visitor& visitor) {
    const Answer page = visitor.get("/technologies?limit=500");
    REQUIRE(page.at("/next").empty());
    return page.at("/items");
}

TEST_CASE("chapter 1: the island needs 12 GWh a year at a peak of 2.5 MW without diesel") {
    Visitor& visitor = cast().nobody;
    const Answer need = visitor.get(need_path);
    REQUIRE(need.status == 200);
    CHECK(need.at("/state") == "published");
    CHECK(need.at("/sample") == "true");
    CHECK(need.at("/capacity") == R"({"value":2500,"unit":"kW"})");
    CHECK(need.at("/budget") == R"({"amount":"180000000.00","currency":"CNY"})");
    CHECK(need.at("/excluded_traits") == R"(["fossil_fuel"])");
    CHECK(need.at("/required_traits") == R"(["marine_grade"])");
    CHECK(need.at("/deadline") == "2028-06-30");
    CHECK(need.at("/requirements/0/indicator") == "renewable_share");
    CHECK(need.number("/requirements/0/value") == 65);
    CHECK(need.at("/summary/en").find("12 GWh a year") != std::string::npos);
    CHECK(need.at("/summary/en").find("2.5 MW") != std::string::npos);
    CHECK(need.at("/summary/zh").find("1,200万千瓦时") != std::string::npos);
    CHECK(need.at("/summary/ru").find("12 ГВт·ч") != std::string::npos);
    for (const std::string fact : {"2,000 people", "73,000 visitors", "King Island", "typhoons", "salt"})
        CHECK_MESSAGE(need.at("/description/en").find(fact) != std::string::npos, fact);
    CHECK(visitor.get("/organisations/" + need.at("/owner")).status == 200);
    // A visitor finds it in each language.
    for (const std::string words :
        {"island%20diesel", "%E6%B5%B7%E5%B2%9B%E6%9F%B4%E6%B2%B9", "%D0%BE%D1%81%D1%82%D1%80%D0%BE%D0%B2%20%D0%B4%D0%B8%D0%B7%D0%B5%D0%BB%D1%8C"}) {
        const std::vector<std::string> ids = visitor.get(std::string("/search?kind=need&text=") + words).all("/items", "/id");
        CHECK_MESSAGE(std::find(ids.begin(), ids.end(), "need_sample_island_power") != ids.end(), words);
    }
}

TEST_CASE("chapter 2: wind, sun, storage and control from three countries come first, each score explained to the point") {
    Visitor& visitor = cast().nobody;
    const Answer matches = visitor.get(need_path + "/matches?top=50");
    REQUIRE_MESSAGE(matches.status == 200, matches.body);
    CHECK(matches.at("/need/id") == "need_sample_island_power");
    CHECK(matches.number("/considered") >= 85);
    CHECK(matches.number("/considered") == matches.number("/excluded") + static_cast<std::int64_t>(matches.size("/items")));
    REQUIRE(matches.size("/items") >= 4);
    std::set<std::string> first, origins;
    std::int64_t last = 1'000'000;
    for (std::size_t i = 0; i < matches.size("/items"); ++i) {
        const std::string at = fmt::format("/items/{}", i);
        INFO(matches.at(at + "/technology"));
        if (i < 4) {
            first.insert(matches.at(at + "/technology"));
            origins.insert(matches.at(at + "/origin"));
        }
        std::int64_t sum = 0, weights = 0;
        for (std::size_t k = 0; k < matches.size(at + "/criteria"); ++k) {
            sum += matches.number(fmt::format("{}/criteria/{}/contribution_points", at, k));
            weights += matches.number(fmt::format("{}/criteria/{}/weight_points", at, k));
            CHECK(!matches.at(fmt::format("{}/criteria/{}/sentence", at, k)).empty());
        }
        CHECK(sum == matches.number(at + "/score_points"));
        CHECK(weights == 1'000'000);
        CHECK(sum <= last);
        last = sum;
        for (const std::string& passed : matches.all(at + "/rules", "/passed")) CHECK(passed == "true");
        CHECK(!matches.at(at + "/holder_name/en").empty());
    }
    CHECK(first == std::set<std::string>{"tech_sample_island_pv", "tech_sample_island_wind", "tech_sample_lfp_grid_forming_storage",
                       "tech_sample_zero_diesel_microgrid_controller"});
    CHECK(origins.size() >= 3);
}

TEST_CASE("chapter 2: the diesel hybrid is excluded by its trait and the offshore wind farm by its size, and one reads why") {
    Visitor& visitor = cast().nobody;
    const auto sentence = [&](const std::string& rule, const std::string& technology) {
        const Answer page = visitor.get(need_path + "/exclusions?limit=100&rule=" + rule);
        for (std::size_t i = 0; i < page.size("/items"); ++i)
            if (page.at(fmt::format("/items/{}/technology", i)) == technology) return page.at(fmt::format("/items/{}/sentence", i));
        return std::string();
    };
    std::set<std::string> languages;
    for (const std::string language : {"zh", "en", "ru"}) {
        visitor.language = language;
        const std::string trait = sentence("excluded_traits", "tech_sample_diesel_hybrid_retrofit"),
                          size = sentence("capacity", "tech_sample_offshore_wind_farm");
        CHECK(!trait.empty());
        CHECK(!size.empty());
        languages.insert({trait, size});
    }
    visitor.language = "";
    CHECK(languages.size() == 6);
    // Page by page they are as many as the match says.
    const Answer matches = visitor.get(need_path + "/matches?top=1");
    for (std::size_t i = 0; i < matches.size("/excluded_by"); ++i) {
        const std::string rule = matches.at(fmt::format("/excluded_by/{}/rule", i));
        std::set<std::string> seen;
        for (std::string cursor;;) {
            const Answer page = visitor.get(need_path + "/exclusions?limit=3&rule=" + rule + (cursor.empty() ? "" : "&cursor=" + cursor));
            REQUIRE(page.status == 200);
            for (const std::string& one : page.all("/items", "/technology")) CHECK(seen.insert(one).second);
            cursor = page.at("/next");
            if (cursor.empty()) break;
        }
        CHECK_MESSAGE(static_cast<std::int64_t>(seen.size()) == matches.number(fmt::format("/excluded_by/{}/count", i)), rule);
    }
}

TEST_CASE("chapter 2: the same need and library as files give the same numbers without a server") {
    Visitor& visitor = cast().nobody;
    const TemporaryFolder folder;
    visitor.language = "en";
    const std::string need = folder.write("need.json", visitor.get(need_path).body), library = folder.write("technologies.json", technologies_file(visitor));
    const Answer online = visitor.get(need_path + "/matches?top=20");
    const Ran ran = run({"match", "--need", need, "--library", library, "--top", "20", "--json", "--language", "en"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer offline{200, ran.out, "", {}};
    for (const std::string one : {"/considered", "/excluded", "/excluded_by", "/weights_edition", "/need/id"})
        CHECK_MESSAGE(online.at(one) == offline.at(one), one);
    REQUIRE(online.size("/items") == offline.size("/items"));
    for (std::size_t i = 0; i < online.size("/items"); ++i)
        for (const std::string one : {"/technology", "/score_points", "/rules", "/criteria", "/origin", "/readiness"})
            CHECK(online.at(fmt::format("/items/{}{}", i, one)) == offline.at(fmt::format("/items/{}{}", i, one)));

    const Ran table = run({"match", "--need", need, "--library", library, "--top", "4", "--language", "zh"});
    CHECK(table.status == 0);
    CHECK(table.out.find("tech_sample_island_pv") != std::string::npos);
    CHECK(run({"match", "--need", need, "--library", library, "--top", "4", "--language", "zh"}).out == table.out);
    visitor.language = "";
}

TEST_CASE("chapter 2: while the need is written, the preview already shows what the posted need will find") {
    Cast& all = cast();
    const Answer stored = all.nobody.get(need_path);
    std::string draft = "{";
    for (const std::string field : {"title", "summary", "description", "field", "classes", "requirements", "capacity", "budget", "readiness_min", "country",
             "place", "required_traits", "excluded_traits", "evidence_min", "keywords", "deadline"}) {
        std::string value = stored.at("/" + std::string(field));
        if (value.find_first_of("{[0123456789") != 0 || std::string_view(field) == "deadline") value = '"' + value + '"';
        draft += fmt::format("{}\"{}\":{}", draft.size() > 1 ? "," : "", field, value);
    }
    draft += "}";
    const Answer preview = all.nobody.post("/match", R"({"need":)" + draft + R"(,"top":5})");
    REQUIRE_MESSAGE(preview.status == 200, preview.body);
    const Answer online = all.nobody.get(need_path + "/matches?top=5");
    CHECK(preview.at("/items") == online.at("/items"));
    CHECK(preview.at("/excluded_by") == online.at("/excluded_by"));

    const std::string id = create(all.editor, "/needs", draft);
    const Answer own = all.editor.get("/needs/" + id + "/matches?top=5");
    CHECK(own.at("/items") == online.at("/items"));
    CHECK(all.other_editor.get("/needs/" + id + "/matches").status == 404);
    // A technology that enters the bank enters the match.
    const std::int64_t considered = online.number("/considered");
    const std::string technology = create(all.editor, "/technologies", technology_body("A membrane for the island"));
    CHECK(all.manager.post("/technologies/" + technology + "/publish").status == 200);
    CHECK(wait_for([&] { return all.nobody.get(need_path + "/matches?top=1").number("/considered") == considered + 1; }, 1));
    CHECK(all.manager.post("/technologies/" + technology + "/withdraw").status == 200);
    CHECK(wait_for([&] { return all.nobody.get(need_path + "/matches?top=1").number("/considered") == considered; }, 1));
}

TEST_CASE("chapter 2: what the island finds is verified by an independent body, shown level by level, and in the catalogue") {
    Cast& all = cast();
    for (const std::string technology :
        {"tech_sample_island_pv", "tech_sample_island_wind", "tech_sample_lfp_grid_forming_storage", "tech_sample_zero_diesel_microgrid_controller"}) {
        INFO(technology);
        const Answer assessment = all.nobody.get("/technologies/" + technology + "/assessment");
        REQUIRE(assessment.size("/statements") == 1);
        CHECK(assessment.at("/statements/0/standing") == "valid");
        CHECK(assessment.at("/statements/0/verifier") == "org_sample_technology_assessor");
        CHECK(assessment.size("/statements/0/verdicts") == assessment.size("/statements/0/claims"));
        for (const std::string& verdict : assessment.all("/statements/0/verdicts", "")) CHECK(verdict != "not_confirmed");
        CHECK(assessment.number("/shown_level") == assessment.number("/level"));
        CHECK(assessment.size("/remarks") == 0);
        REQUIRE(assessment.size("/admissions") == 1);
        CHECK(assessment.at("/admissions/0/edition_number") == "1");
        const Answer verification = all.nobody.get("/verifications/" + assessment.at("/statements/0/id"));
        CHECK(verification.at("/verification/holder") == all.nobody.get("/technologies/" + technology).at("/holder"));
        // What was verified is what the technology promises: each claim's range is a figure of the entry, in its unit.
        const Answer entry = all.nobody.get("/technologies/" + technology);
        for (std::size_t i = 0; i < assessment.size("/statements/0/claims"); ++i) {
            const std::string claim = fmt::format("/statements/0/claims/{}", i);
            bool found = false;
            for (std::size_t k = 0; k < entry.size("/figures"); ++k) {
                const std::string figure = fmt::format("/figures/{}", k);
                found = found || (entry.at(figure + "/indicator") == assessment.at(claim + "/indicator") &&
                                     entry.at(figure + "/unit") == assessment.at(claim + "/unit") &&
                                     entry.at(figure + "/low") == assessment.at(claim + "/min") && entry.at(figure + "/high") == assessment.at(claim + "/max"));
            }
            CHECK_MESSAGE(found, assessment.at(claim));
        }
    }
    // The microgrid controller keeps what chapter 1 asks for: 65 % renewable in a grid of 2.5 MW and 12 GWh a year.
    CHECK(std::stod(all.nobody.get("/technologies/tech_sample_zero_diesel_microgrid_controller/assessment").at("/statements/0/claims/0/result/value")) >= 65);
}

TEST_CASE("chapter 2: the first edition of the catalogue holds 85 technologies, counted by field, as they were admitted") {
    Cast& all = cast();
    const Answer edition = all.nobody.get("/editions/edition_sample_first");
    CHECK(edition.at("/edition/state") == "published");
    CHECK(edition.number("/admitted") == 85);
    std::map<std::string, std::int64_t> counts;
    std::int64_t promotion = 0;
    for (std::size_t i = 0; i < edition.size("/counts"); ++i) {
        const std::string row = fmt::format("/counts/{}", i);
        counts[edition.at(row + "/field")] = edition.number(row + "/demonstration") + edition.number(row + "/promotion");
        promotion += edition.number(row + "/promotion");
    }
    CHECK(counts ==
          std::map<std::string, std::int64_t>{{"water", 18}, {"air", 15}, {"solid_waste", 23}, {"soil_ecology", 10}, {"monitoring", 6}, {"energy_carbon", 13}});
    const Answer entries = all.nobody.get("/admissions?edition=edition_sample_first&limit=100");
    CHECK(entries.number("/total") == 85);
    CHECK(all.nobody.get("/admissions?edition=edition_sample_first&class=promotion").number("/total") == promotion);
    for (const std::string& one : all.nobody.get("/admissions?edition=edition_sample_first&class=promotion").all("/items", "/cases"))
        CHECK(std::stoi(one) >= 3);
    for (const std::string& one : entries.all("/items", "/content_version")) CHECK(one == "1");
    CHECK(all.officer.get("/admissions/admission_sample_island_pv").all("/steps", "/action") ==
          std::vector<std::string>{"declare", "review", "recommend", "select", "publish"});
    CHECK(all.nobody.get("/admissions/admission_sample_second_zero_diesel_microgrid_controller").status == 404); // still under way
}

TEST_CASE("chapter 2: experts judged the controller apart from each other, and the bank sees how far they differ") {
    Cast& all = cast();
    const Answer panel = all.officer.get("/panels/panel_sample_microgrid_controller");
    REQUIRE(panel.status == 200);
    CHECK(panel.number("/answered") == 5);
    CHECK(panel.at("/quorate") == "true");
    CHECK(panel.at("/result/reaches_minimum") == "true");
    CHECK(std::stod(panel.at("/result/total/min")) < std::stod(panel.at("/result/total/lower_quartile")));
    std::vector<std::string> outliers;
    for (std::size_t i = 0; i < panel.size("/result/totals"); ++i)
        if (panel.at(fmt::format("/result/totals/{}/outlier", i)) == "true") outliers.push_back(panel.at(fmt::format("/result/totals/{}/expert", i)));
    CHECK(outliers == std::vector<std::string>{"expert_sample_water_membranes"});
    CHECK(all.nobody.get("/experts?limit=100").number("/total") >= 10);
    std::set<std::string> states; // one verification in each state
    for (const std::string& one : all.officer.get("/verifications?limit=100").all("/items", "/state")) states.insert(one);
    CHECK(states.size() == 9);
}

} // namespace greenbank::testing
