// cities_index_test.cpp — the index of cities under other weights, its files, and an index that cannot be.
#include <fstream>
#include <set>
#include <sstream>

#include "cities_cast.h"

namespace greenbank::testing {

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

} // namespace greenbank::testing
