// files_test.cpp — the command line's way in: the same answer from CSV and JSON, junk named and never fatal.
#include <doctest/doctest.h>

#include "match/files.h"
#include "match/test_bank.h"
#include "json/record_csv.h"

namespace greenbank::match {
namespace {

Result<std::string> run(std::string_view need, std::string_view library, bool csv, bool json = true, Language language = Language::en) {
    return match_files(*empty_matcher(), need, library, csv, 20, json, language);
}

std::string json_list(const std::vector<library::Technology>& technologies) {
    std::string all = "[";
    for (const auto& one : technologies) (all += all.size() > 1 ? "," : "") += to_json(one);
    return all + "]";
}

std::string faults(const Error& error) {
    std::string all = error.code;
    for (const Problem& problem : error.problems) all += "; " + problem.field + " " + problem.code;
    return all;
}

} // namespace

TEST_CASE("CSV and JSON give the same answer, and it is the one of the server") {
    const std::string need = to_json(sample_need("need_sample_island_power"));
    const auto from_csv = run(need, to_csv(sample_technologies()), true), from_list = run(need, json_list(sample_technologies()), false);
    if (!from_csv) FAIL(faults(from_csv.error()));
    if (!from_list) FAIL(faults(from_list.error()));
    CHECK(from_csv.value() == from_list.value());
    CHECK(from_csv.value() == to_json(sample_matcher()->matches(sample_need("need_sample_island_power"), 20, Language::en)) + "\n");
}

TEST_CASE("text for people is there in every language") {
    const std::string need = to_json(sample_need("need_sample_island_power")), library = to_csv(sample_technologies());
    for (const Language language : {Language::zh, Language::en, Language::ru}) {
        const auto text = run(need, library, true, false, language);
        REQUIRE(text);
        CHECK(text.value().find("tech_sample_island_wind") != std::string::npos);
        CHECK(text.value().find("match.") == std::string::npos);
        CHECK(is_utf8(text.value()));
    }
}

TEST_CASE("a small file without ids is enough") {
    const auto answer = run(R"({"title": {"en": "Heat pump for drying"}, "field": "energy_carbon", "country": "CN", "capacity": {"value": 300, "unit": "kW"}})",
        "title.en,summary.en,field,readiness,territories,origin,capacity_min.value,capacity_min.unit,capacity_max.value,capacity_max.unit\n"
        "Heat pumps,Dry well,energy_carbon,\"{\"\"scale\"\":\"\"iea\"\",\"\"level\"\":9}\",\"[\"\"WORLD\"\"]\",CN,10,kW,2,MW\n"
        "Large heat pumps,Dry much,energy_carbon,\"{\"\"scale\"\":\"\"iea\"\",\"\"level\"\":9}\",\"[\"\"WORLD\"\"]\",CN,1,MW,20,MW\n",
        true);
    if (!answer) FAIL(faults(answer.error()));
    CHECK(answer.value().find("\"considered\":2,\"excluded\":1") != std::string::npos);
    CHECK(answer.value().find("tech_row_000001") != std::string::npos);
}

TEST_CASE("every faulty row and field is named") {
    const std::string need = to_json(sample_need("need_sample_island_power"));
    const auto answer = run(need,
        "title.en,summary.en,field,readiness,territories,origin,classes\n"
        "A,a,fire,\"{\"\"scale\"\":\"\"iea\"\",\"\"level\"\":12}\",\"[\"\"WORLD\"\"]\",CN,\"[\"\"9.9.9\"\"]\"\n"
        "B,b,water,level 9,[],Mars,\n",
        true);
    REQUIRE(!answer);
    CHECK(faults(answer.error()) ==
          "match.library; line 2: field choice.unknown; line 2: readiness.level number.too_high; line 2: classes[0] code.unknown; line 3: readiness "
          "field.type_record; line 3: territories list.too_low; line 3: origin text.too_high");
    const auto faulty_need = run(R"({"title": {}, "field": "water", "country": "XX", "capacity": {"value": 1, "unit": "furlong"}})", "[]", false);
    REQUIRE(!faulty_need);
    CHECK(faults(faulty_need.error()) == "match.need; title text.missing; capacity unit.unknown; country code.unknown");
    auto twice = sample_technologies();
    twice.push_back(twice.front());
    CHECK(faults(run(need, json_list(twice), false).error()) == "match.library; entry 86: id match.duplicate");
}

TEST_CASE("junk is refused with a reason and never crashes") {
    const std::string need = to_json(sample_need("need_sample_island_power")), csv = to_csv(sample_technologies()), list = json_list(sample_technologies());
    for (const std::string_view junk : {"", "\xff\xfe", "{}", "[", "[[[[", "null", "\"", "a,b\n1", "{\"title\": 7}", "[{\"figures\": [null]}]", ",,,\n,,,"}) {
        CHECK(!run(junk, csv, true));
        CHECK(!run(need, junk, true));
        if (junk != "[]") CHECK(!run(need, junk, false));
    }
    CHECK(run(need, "[]", false));
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        std::string broken = random.chance(0.5) ? csv.substr(0, 60'000) : list.substr(0, 60'000);
        const bool is_csv = broken[0] != '[';
        if (random.chance(0.5)) broken = is_csv ? csv : list;
        for (std::uint64_t i = 0, n = random.below(6) + 1; i < n; ++i) broken[random.below(broken.size())] = static_cast<char>(random.below(256));
        const auto answer = run(need, broken, is_csv);
        if (!answer) CHECK(!answer.error().message.empty());
    }
}

} // namespace greenbank::match
