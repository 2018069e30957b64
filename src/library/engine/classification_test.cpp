// classification_test.cpp — terms of texts, suggestions with their reasons, the naive twin, and what is always true.
#include "library/engine/classification.h"

#include <doctest/doctest.h>

#include <cmath>

#include "kernel/random.h"
#include "kernel/text.h"
#include "library/engine/naive_classes.h"

namespace greenbank::library {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}
std::string without_s(std::string_view word) { return std::string(word.size() > 3 && word.ends_with('s') ? word.substr(0, word.size() - 1) : word); }

const TermFinder& finder() {
    static const std::vector<TermConcept> thesaurus = {{"water", "", {"water treatment", "水处理"}}, {"membrane", "water", {"membrane", "膜", "мембрана"}},
        {"mbr", "membrane", {"membrane bioreactor", "MBR", "膜生物反应器"}}, {"circle_a", "circle_b", {"ouroboros"}}, {"circle_b", "circle_a", {"snake"}}};
    static const TermFinder made(thesaurus, lower, without_s);
    return made;
}

std::string shown(std::string_view text) {
    std::string out;
    for (const auto& [key, term] : finder().terms_of(text)) {
        std::string weight = std::to_string(term.weight);
        weight.resize(weight.find('.') + 3);
        out += (out.empty() ? "" : " ") + key + "=" + weight;
    }
    return out;
}

struct Shelf {
    std::vector<ClassProfile> classes;
    Background background;
    void add(std::string code, std::string_view names) {
        classes.push_back({std::move(code), finder().terms_of(names)});
        background.add(classes.back().names);
    }
    Suggester suggester(SuggesterWeights weights = {}) const { return Suggester(classes, std::make_shared<Background>(background), weights); }
};

Shelf shelf() {
    Shelf made;
    made.add("water", "Sewage treatment and reuse 污水处理和再生利用");
    made.add("air", "Dust removal and desulphurisation 除尘脱硫");
    made.add("energy", "Wind power generation 风力发电");
    return made;
}

std::string best(const Suggester& suggester, std::string_view text) {
    const auto list = suggester.suggest(finder().terms_of(text), 1);
    return list.empty() ? "nothing" : list[0].code;
}

TermBag random_bag(Random& random) {
    TermBag bag;
    for (std::uint64_t i = 0, n = 1 + random.below(12); i < n; ++i) {
        WeighedTerm& term = bag["w" + std::to_string(random.below(20))];
        term.weight += 0.25 * static_cast<double>(1 + random.below(12));
        term.said = "x";
    }
    return bag;
}

struct RandomCase {
    std::vector<ClassProfile> classes;
    Background background;
    std::vector<std::pair<std::string, TermBag>> examples;
    SuggesterWeights weights;

    explicit RandomCase(Random& random) {
        for (std::uint64_t i = 0, n = 1 + random.below(6); i < n; ++i) {
            classes.push_back({"c" + std::to_string(i), random.chance(0.8) ? random_bag(random) : TermBag{}});
            background.add(classes.back().names);
        }
        background.add(random_bag(random), 3);
        for (std::uint64_t i = 0, n = random.below(9); i < n; ++i) examples.emplace_back(random.pick(classes).code, random_bag(random));
        weights.size_penalty = random.pick(penalties);
        weights.smoothing_examples = static_cast<double>(1 + random.below(1000));
    }
    Suggester suggester() const {
        Suggester made(classes, std::make_shared<Background>(background), weights);
        for (const auto& [code, bag] : examples) CHECK(made.learn(code, bag));
        return made;
    }
    std::vector<double> penalties{0, 0.25, 0.5, 1};
};

std::map<std::string, double> scores(const Suggester& suggester, const TermBag& text) {
    std::map<std::string, double> all;
    for (const Suggestion& one : suggester.suggest(text, 100)) all[one.code] = one.score;
    return all;
}

} // namespace

TEST_CASE("terms: stems, pairs of ideographs, concepts with what is broader") {
    CHECK(shown("") == "");
    CHECK(shown("the pumps, a Pump and pumps") == "pump=3.00");
    CHECK(shown("污水") == "水=0.30 污=0.30 污水=1.00");
    CHECK(shown("污 水") == "水=0.30 污=0.30");
    CHECK(shown("水-处") == "处=0.30 水=0.30");
    CHECK(shown("MBR") == "@mbr=3.00 @membrane=1.50 @water=0.75 mbr=1.00");
    CHECK(shown("membrane bioreactors") == "@mbr=3.00 @membrane=1.50 @water=0.75 bioreactor=1.00 membrane=1.00");
    CHECK(shown("ouroboros").find("@circle_a=3.00") == 0); // a circle in the thesaurus ends
    CHECK(shown("\xff\xe6\xb1 broken") == "broken=1.00");
    CHECK(shown(std::string(100'000, 'a')).size() < 100 * 20'000);
    TermBag bag;
    finder().add("MBR and MBR", 2, bag);
    CHECK(bag.at("@mbr").weight == doctest::Approx(6)); // once a text
    CHECK(bag.at("mbr").weight == doctest::Approx(4));
    CHECK(bag.at("@water").said == "mbr");
}

TEST_CASE("names alone suggest, and say by which words") {
    const Shelf classes = shelf();
    const Suggester suggester = classes.suggester();
    const std::pair<std::string_view, std::string_view> table[] = {
        {"plant for sewage", "water"}, {"除尘器", "air"}, {"风力发电机组", "energy"}, {"污水再生", "water"}, {"poetry", "nothing"}, {"", "nothing"}};
    for (const auto& [text, expected] : table) {
        CAPTURE(text);
        CHECK(best(suggester, text) == expected);
    }
    const auto list = suggester.suggest(finder().terms_of("城镇污水的处理"), 3);
    REQUIRE(!list.empty());
    REQUIRE(!list[0].reasons.empty());
    CHECK((list[0].reasons[0].said == "污水" || list[0].reasons[0].said == "处理"));
    CHECK(list[0].reasons[0].by_name);
    CHECK(!list[0].reasons[0].by_examples);
    CHECK(suggester.suggest(finder().terms_of("sewage"), 0).empty());
}

TEST_CASE("a confirmed example teaches a word") {
    const Shelf classes = shelf();
    Suggester suggester = classes.suggester();
    CHECK(best(suggester, "anammox") == "nothing");
    CHECK(suggester.learn("water", finder().terms_of("Anammox for sludge liquor")));
    CHECK(!suggester.learn("nowhere", finder().terms_of("Anammox")));
    CHECK(best(suggester, "anammox") == "water");
    const auto list = suggester.suggest(finder().terms_of("an anammox tank"), 1);
    REQUIRE(list.size() == 1);
    CHECK(list[0].examples == 1);
    CHECK(list[0].reasons[0].by_examples);
    CHECK(suggester.forget("water", finder().terms_of("Anammox for sludge liquor")));
    CHECK(best(suggester, "anammox") == "nothing");
}

TEST_CASE("the suggester agrees with counting everything anew") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const RandomCase one(random);
        const Suggester suggester = one.suggester();
        const TermBag text = random_bag(random);
        const auto naive = score_naively(one.classes, one.examples, one.background, one.weights, text);
        for (const auto& [code, score] : scores(suggester, text)) CHECK(score == doctest::Approx(naive.at(code)).epsilon(1e-4));
    }
}

TEST_CASE("always true of suggestions") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        RandomCase one(random);
        const Suggester suggester = one.suggester();
        const TermBag text = random_bag(random);
        const auto before = scores(suggester, text);

        double sum = 0, last = 1;
        for (const Suggestion& each : suggester.suggest(text, 100)) {
            CHECK(each.score >= 0);
            CHECK(each.score <= last + 1e-12); // best first
            last = each.score;
            sum += each.score;
            double shares = 0;
            for (const Reason& reason : each.reasons) shares += reason.share;
            CHECK(shares <= 1 + 1e-9);
        }
        CHECK(sum <= 1 + 1e-9);

        // the order of examples changes nothing
        RandomCase shuffled = one;
        for (std::size_t i = shuffled.examples.size(); i > 1; --i) std::swap(shuffled.examples[i - 1], shuffled.examples[random.below(i)]);
        CHECK(scores(shuffled.suggester(), text) == before);

        // an example of a class never lowers its score for the same text, nor raises another's
        Suggester taught = one.suggester();
        const std::string code = random.pick(one.classes).code;
        taught.learn(code, text);
        const auto after = scores(taught, text);
        CHECK(after.contains(code));
        for (const auto& [each, score] : after) {
            const double was = before.contains(each) ? before.at(each) : 0;
            if (each == code) CHECK(score >= was - 1e-6);
            else if (before.contains(each)) CHECK(score <= was + 1e-6);
        }
        // forgetting undoes learning exactly
        taught.forget(code, text);
        for (const auto& [each, score] : before) CHECK(scores(taught, text).at(each) == score);
    }
}

} // namespace greenbank::library
