// match_test.cpp — scenarios as text: one need, some technologies, and what must come out.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "kernel/text.h"
#include "match/engine/catalogue.h"
#include "match/engine/judge.h"
#include "match/engine/naive.h"
#include "match/engine/random_library.h"

namespace greenbank::match {
namespace {

constexpr std::string_view rule_names[] = {
    "field", "territory", "readiness", "capacity", "required_traits", "excluded_traits", "requirements", "budget", "evidence"};
constexpr std::string_view criterion_names[] = {"text", "classes", "performance", "cost", "readiness", "evidence", "place"};

std::vector<std::string> words_of(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

/// "100 kW" or "10..50 kW"
struct Range {
    double low, high;
    std::string unit;
};
Range range_of(const std::string& numbers, const std::string& unit) {
    const std::size_t dots = numbers.find("..");
    const double low = std::stod(numbers);
    return {low, dots == std::string::npos ? low : std::stod(numbers.substr(dots + 2)), unit};
}

Level level_of(const std::vector<std::string>& w) { return {w.at(1) == "gbt22900" ? 0 : w.at(1) == "iso16290" ? 1 : 2, std::stoll(w.at(2))}; }

std::vector<ConceptWeight> concepts_of(const std::vector<std::string>& w) {
    std::vector<ConceptWeight> list;
    for (std::size_t i = 1; i < w.size(); ++i) list.push_back({static_cast<std::uint32_t>(std::stoul(w[i])), concept_weight_full});
    return list;
}

void read_need(const std::vector<std::string>& w, Wish& wish) {
    const std::string& key = w.at(0);
    if (key == "field") wish.field = std::stoi(w.at(1));
    else if (key == "country") wish.country = w.at(1);
    else if (key == "classes") wish.classes.assign(w.begin() + 1, w.end());
    else if (key == "capacity") wish.capacity = Quantity{std::stod(w.at(1)), w.at(2)};
    else if (key == "budget") wish.budget = parse_money(w.at(1), w.at(2));
    else if (key == "level") wish.readiness_min = level_of(w);
    else if (key == "with") wish.required_traits.push_back(w.at(1));
    else if (key == "without") wish.excluded_traits.push_back(w.at(1));
    else if (key == "cases") wish.cases_min = std::stoll(w.at(1));
    else if (key == "about") wish.concepts = concepts_of(w);
    else if (key == "require") wish.requirements.push_back({w.at(1), w.at(2) == "<=", std::stod(w.at(3)), w.at(4), w.size() > 5});
    else FAIL("a need has no " << key);
}

void read_technology(const std::vector<std::string>& w, Candidate& candidate) {
    const std::string& key = w.at(0);
    if (key == "field") candidate.field = std::stoi(w.at(1));
    else if (key == "rights") candidate.territories.assign(w.begin() + 1, w.end());
    else if (key == "classes") candidate.classes.assign(w.begin() + 1, w.end());
    else if (key == "level") candidate.readiness = level_of(w);
    else if (key == "traits") candidate.traits.assign(w.begin() + 1, w.end());
    else if (key == "origin") candidate.origin = w.at(1);
    else if (key == "case") candidate.proofs.push_back({0, w.at(1)});
    else if (key == "patent") candidate.proofs.push_back({2, w.at(1)});
    else if (key == "about") candidate.concepts = concepts_of(w);
    else if (key == "cost") candidate.capital_cost = parse_money(w.at(1), w.at(2)), candidate.capital_cost_per = w.at(4);
    else if (key == "sizes") {
        const Range range = range_of(w.at(1), w.at(2));
        candidate.capacity_min = Quantity{range.low, range.unit};
        candidate.capacity_max = Quantity{range.high, range.unit};
    } else if (key == "promise") {
        const Range range = range_of(w.at(2), w.at(3));
        candidate.promises.push_back({w.at(1), range.low, range.high, range.unit});
    } else FAIL("a technology has no " << key);
}

/// `need: …; …`, `tech a: …; …`, then `ranked a b`, `excluded c by capacity budget`, `points a cost 400000`.
/// Whatever is not said is the same for all: field 1, country CN, rights everywhere, level 9.
void check(const char* sentence, const char* scenario) {
    INFO(sentence);
    const Weights weights = weights_for_tests();
    Wish wish{.field = 1, .country = "CN"};
    std::vector<Candidate> candidates;
    std::vector<std::string> expectations;
    std::istringstream lines{scenario};
    for (std::string line; std::getline(lines, line);) {
        const std::string_view text = trim(line);
        const std::size_t colon = text.find(':');
        if (text.empty()) continue;
        if (colon == std::string_view::npos) {
            expectations.emplace_back(text);
            continue;
        }
        const auto head = words_of(text.substr(0, colon));
        if (head[0] == "tech") candidates.push_back({.id = head.at(1), .field = 1, .readiness = {0, 9}, .territories = {"WORLD"}, .origin = "XX"});
        for (const std::string_view part : split(text.substr(colon + 1), ';'))
            if (const auto words = words_of(part); !words.empty()) head[0] == "need" ? read_need(words, wish) : read_technology(words, candidates.back());
    }
    const auto list = pointers(candidates);
    const Catalogue catalogue(list, weights);
    const Ranking ranking = catalogue.rank(wish, 100);
    CHECK(ranking == rank_naively(list, wish, weights, 100));
    const auto by_id = [&](const std::string& id) -> const Candidate& {
        return *std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& one) { return one.id == id; });
    };
    for (const std::string& expectation : expectations) {
        INFO(expectation);
        const auto w = words_of(expectation);
        if (w[0] == "ranked") {
            std::vector<std::string> found{"ranked"};
            for (const Ranked& one : ranking.best) found.push_back(candidates[one.candidate].id);
            CHECK(found == w);
        } else if (w[0] == "excluded") {
            std::vector<std::string> found{"excluded", w.at(1), "by"};
            for (const Excluded& one : catalogue.excluded(wish))
                if (candidates[one.candidate].id == w.at(1)) found.emplace_back(rule_names[static_cast<std::size_t>(one.rule)]);
            CHECK(found == w);
        } else if (w[0] == "points") {
            const Explanation explanation = explain(by_id(w.at(1)), wish, weights);
            const auto criterion = std::find(std::begin(criterion_names), std::end(criterion_names), w.at(2)) - std::begin(criterion_names);
            REQUIRE(criterion < static_cast<std::ptrdiff_t>(criterion_count));
            CHECK(explanation.criteria[static_cast<std::size_t>(criterion)].points == std::stoi(w.at(3)));
        } else FAIL("nothing to expect");
    }
}

} // namespace

TEST_CASE("rules exclude") {
    check("another field never matches", R"(
        need: field 1
        tech a: field 1
        tech b: field 2
        ranked a
        excluded b by field)");
    check("rights must reach the country of the need", R"(
        need: country KZ
        tech a: rights CN KZ
        tech b: rights CN
        tech c: rights WORLD
        ranked a c
        excluded b by territory)");
    check("capacity is compared across units, and both ends belong to the range", R"(
        need: capacity 2.4 m3/d
        tech a: sizes 0.1..1 m3/h
        tech b: sizes 0.2..1 m3/h
        tech c: sizes 0.01..0.05 m3/h
        tech d: sizes 5..10 kW
        tech e:
        ranked a d e
        excluded b by capacity
        excluded c by capacity)");
    check("readiness is compared across scales", R"(
        need: level gbt22900 8
        tech a: level gbt22900 8
        tech b: level iea 9
        tech c: level iso16290 7
        tech d: level iea 7
        tech e: level iea 11
        ranked b e a
        excluded c by readiness
        excluded d by readiness)");
    check("traits are needed or refused", R"(
        need: with marine; without fossil
        tech a: traits marine
        tech b: traits marine fossil
        tech c:
        ranked a
        excluded b by excluded_traits
        excluded c by required_traits)");
    check("a hard requirement excludes what promises worse or nothing, in any unit", R"(
        need: require nox <= 50 mg/m3 hard
        tech a: promise nox 0.03..0.045 g/m3
        tech b: promise nox 60..80 mg/m3
        tech c: promise so2 10 mg/m3
        tech d: promise nox 40..90 mg/m3
        tech e: promise nox 40 %
        ranked a d
        excluded b by requirements
        excluded c by requirements
        excluded e by requirements)");
    check("the budget excludes only where it can be compared", R"(
        need: capacity 100 kW; budget 10000.00 CNY
        tech a: cost 100.00 CNY per kW
        tech b: cost 100.01 CNY per kW
        tech c: cost 20.00 USD per kW
        tech d: cost 90000.00 KZT per kW
        tech e: cost 5000.00 CNY per m3/d
        tech f:
        ranked a d e f
        excluded b by budget
        excluded c by budget)");
    check("cases are counted, patents are none", R"(
        need: cases 2
        tech a: case DE; case DE
        tech b: case DE; patent DE; patent DE
        ranked a
        excluded b by evidence)");
    check("every rule that excludes is named", R"(
        need: capacity 100 kW; without fossil; cases 1
        tech a: sizes 1..5 MW; traits fossil
        excluded a by capacity excluded_traits evidence)");
}

TEST_CASE("criteria grade") {
    check("performance falls with the shortfall and silence is never better", R"(
        need: require saving >= 50 %
        tech a: promise saving 50 %
        tech b: promise saving 25 %
        tech c: promise saving 0 %
        tech d:
        tech e: promise saving 25..75 %
        points a performance 1000000
        points b performance 550000
        points c performance 200000
        points d performance 200000
        points e performance 775000
        ranked a e b c d)");
    check("a temperature falls short in its own unit, not in kelvin", R"(
        need: require outlet >= 80 degC
        tech a: promise outlet 60 degC
        tech b: promise outlet 353.15 K
        points a performance 725000
        points b performance 1000000)");
    check("the best of several figures counts, and requirements weigh alike", R"(
        need: require saving >= 50 %; require nox <= 50 mg/m3
        tech a: promise saving 10 %; promise saving 0.6 1
        points a performance 600000)");
    check("classes: levels shared of the four", R"(
        need: classes 3.2.2.1 5.1.1.1
        tech a: classes 3.2.2.1
        tech b: classes 3.2.2.2
        tech c: classes 3.2.1.1
        tech d: classes 3.1.1.1
        tech e: classes 4.1.1.1
        tech f: classes 3.2
        tech g: classes 4.1.1.1 5.1.1.1
        points a classes 1000000
        points b classes 750000
        points c classes 500000
        points d classes 250000
        points e classes 0
        points f classes 500000
        points g classes 1000000)");
    check("cost falls from half the budget to the whole of it", R"(
        need: capacity 1 MW; budget 1000000.00 CNY
        tech a: cost 400.00 CNY per kW
        tech b: cost 750.00 CNY per kW
        tech c: cost 1000.00 CNY per kW
        tech d: cost 100.00 USD per kW
        tech e: cost 100.00 KZT per kW
        points a cost 1000000
        points b cost 700000
        points c cost 400000
        points d cost 760000
        points e cost 400000
        ranked a d b c e)");
    check("place: home, a case there, a neighbour, anywhere", R"(
        need: country CN
        tech a: origin CN
        tech b: origin DE; case CN
        tech c: origin KZ
        tech d: origin DE; case KZ
        tech e: origin DE; patent CN
        points a place 1000000
        points b place 900000
        points c place 600000
        points d place 600000
        points e place 200000)");
    check("text: half of the need's concepts earns full points", R"(
        need: about 1 2 3 4
        tech a: about 1 2
        tech b: about 4 9 10
        tech c: about 11
        points a text 1000000
        points b text 500000
        points c text 0)");
    check("what the need does not ask is full, what it cannot say is neutral", R"(
        need: country CN
        tech a: origin CN
        points a performance 1000000
        points a classes 1000000
        points a cost 1000000
        points a text 500000)");
    check("equal scores stand in order of their ids", R"(
        need: country CN
        tech c:
        tech a:
        tech b:
        ranked a b c)");
}

TEST_CASE("weights that could break a promise are refused") {
    CHECK(check(Weights{}));
    const auto refused = [](auto change) {
        Weights weights;
        change(weights);
        return !check(weights);
    };
    CHECK(refused([](Weights& w) { w.weight[0] += 1; }));
    CHECK(refused([](Weights& w) {
        w.weight[0] += 300'000;
        w.weight[1] -= 300'000;
    }));
    CHECK(refused([](Weights& w) { w.cost_unknown = w.cost_at_budget + 1; }));
    CHECK(refused([](Weights& w) { w.promise_near = w.promise_missing - 1; }));
    CHECK(refused([](Weights& w) { w.classes = {0, 500'000, 250'000, 750'000}; }));
    CHECK(refused([](Weights& w) { w.text_share_full = 0; }));
    CHECK(refused([](Weights& w) { w.rates["CNY"] = 0; }));
    CHECK(refused([](Weights& w) { w.readiness[2] = {900, 100}; }));
}

} // namespace greenbank::match
