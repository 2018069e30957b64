// concepts_test.cpp — words of three languages meet in one concept.
#include <doctest/doctest.h>

#include <algorithm>

#include "match/engine/concepts.h"
#include "match/toy_words.h"

namespace greenbank::match {
namespace {

const std::vector<ThesaurusEntry> thesaurus = {
    {"energy", "", {"能源", "energy", "энергетика"}},
    {"heat_pump", "energy", {"热泵", "heat pump", "тепловой насос"}},
    {"air_source_heat_pump", "heat_pump", {"空气源热泵", "air-source heat pump"}},
    {"wastewater", "", {"污水处理", "wastewater treatment", "очистка сточных вод"}},
    {"rural_sewage", "wastewater", {"农村生活污水", "rural sewage"}},
    {"domestic_sewage", "wastewater", {"生活污水"}},
    {"mbr", "wastewater", {"膜生物反应器", "MBR"}},
    {"wind", "energy", {"风电", "wind power"}},
    {"offshore_wind", "wind", {"海上风电", "offshore wind power"}},
    {"circle_a", "circle_b", {"圆甲"}},
    {"circle_b", "circle_a", {"圆乙"}},
    {"orphan", "no_such_concept", {"孤儿"}},
    {"empty", "", {"", "  ", "—"}},
};

const ConceptFinder& finder() {
    static const ConceptFinder finder(thesaurus, toy_fold, toy_stem);
    return finder;
}

void check(std::string_view text, std::vector<std::string> expected) {
    INFO(text);
    std::vector<std::string> found;
    for (const std::uint32_t one : finder().find(text)) found.push_back(finder().code(one));
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    CHECK(found == expected);
}

std::uint32_t weight_of(std::span<const Passage> passages, std::string_view code) {
    for (const ConceptWeight& one : finder().weigh(passages))
        if (finder().code(one.concept_index) == code) return one.weight;
    return 0;
}

} // namespace

TEST_CASE("the same concept in three languages") {
    check("海带烘干用热泵机组", {"heat_pump"});
    check("Heat pumps for drying kelp", {"heat_pump"});
    check("Установка теплового насоса", {"heat_pump"});
    check("ТЕПЛОВЫЕ НАСОСЫ", {"heat_pump"});
}
TEST_CASE("the longest word wins over what it contains") {
    check("空气源热泵采暖", {"air_source_heat_pump"});
    check("air-source heat pump", {"air_source_heat_pump"});
    check("海上风电场", {"offshore_wind"});
    check("海上风电和风电", {"offshore_wind", "wind"});
    check("offshore wind power, wind power", {"offshore_wind", "wind"});
}
TEST_CASE("words that overlap without containing each other are both found") { check("农村生活污水处理", {"rural_sewage", "wastewater"}); }
TEST_CASE("Latin and Cyrillic words are whole words") {
    check("a cheat pumped", {});
    check("heat, and a pump", {});
    check("MBR工艺", {"mbr"});
    check("采用MBR膜", {"mbr"});
    check("MBRs", {"mbr"});
    check("heat热pump", {});
}
TEST_CASE("nothing is found in nothing, nor in what is no text") {
    check("", {});
    check("\xff\xfe\x80热", {});
    check("热", {});
    check("насос", {});
    check(std::string(3000, '\xe7'), {});
}
TEST_CASE("broader concepts count half, the greatest weight stays") {
    const Passage passages[] = {{"空气源热泵", 1000}, {"energy", 400}};
    CHECK(weight_of(passages, "air_source_heat_pump") == 1000);
    CHECK(weight_of(passages, "heat_pump") == 500);
    CHECK(weight_of(passages, "energy") == 400);
    const Passage faint[] = {{"热泵", 600}, {"heat pump", 5000}};
    CHECK(weight_of(faint, "heat_pump") == 1000);
}
TEST_CASE("a thesaurus with a circle or an unknown broader concept does no harm") {
    const Passage passages[] = {{"圆甲孤儿"}};
    CHECK(weight_of(passages, "circle_a") == 1000);
    CHECK(weight_of(passages, "circle_b") == 500);
    CHECK(weight_of(passages, "orphan") == 1000);
    CHECK(ConceptFinder({}, toy_fold, toy_stem).weigh(passages).empty());
}

} // namespace greenbank::match
