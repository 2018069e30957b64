// class_trees_test.cpp — editions and dates, cross-walks by tables of text, and agreement with trying every way.
#include "library/engine/class_trees.h"

#include <doctest/doctest.h>

#include "kernel/random.h"
#include "library/engine/naive_classes.h"

namespace greenbank::library {
namespace {

/// Lines of `tree edition: code code/parent …`, then `a 1 x close b 1 y`.
Result<ClassTrees> read(std::string_view text) {
    std::vector<ClassEdition> editions;
    std::vector<Crossing> crossings;
    for (std::string_view line : split(text, '\n')) {
        std::vector<std::string> words;
        for (const std::string_view word : split(trim(line), ' '))
            if (!word.empty()) words.emplace_back(word);
        if (words.empty()) continue;
        if (words.size() == 7 && parse_relation(words[3])) {
            crossings.push_back({{words[0], words[1], words[2]}, *parse_relation(words[3]), {words[4], words[5], words[6]}, "test", ClassStanding::public_});
            continue;
        }
        ClassEdition edition{words[0], words[1].substr(0, words[1].size() - 1), {}, {}, {}, "test", ClassStanding::public_, {}};
        for (std::size_t i = 2; i < words.size(); ++i) {
            if (words[i].starts_with("from=")) edition.valid_from = parse_date(words[i].substr(5));
            else if (words[i].starts_with("until=")) edition.valid_until = parse_date(words[i].substr(6));
            else {
                const auto parts = split(words[i], '/');
                edition.classes.push_back(
                    {std::string(parts[0]), parts.size() > 1 ? std::string(parts[1]) : "", {"", std::string(parts[0]), ""}, ClassStanding::public_});
            }
        }
        editions.push_back(std::move(edition));
    }
    return ClassTrees::build(std::move(editions), std::move(crossings));
}

std::string walked(const ClassTrees& trees, ClassCode from, WalkOptions options = {}) {
    std::string out;
    for (const Reached& one : trees.walk(from, options)) {
        out += (out.empty() ? "" : "; ") + std::string(to_text(one.relation)) + " " + one.to.tree + one.to.edition + ":" + one.to.code + " by";
        for (const ClassCode& step : one.way) out += " " + step.tree + ":" + step.code;
    }
    return out;
}

void check(const char* sentence, std::string_view trees, ClassCode from, std::string_view expected, WalkOptions options = {}) {
    CAPTURE(sentence);
    const auto built = read(trees);
    REQUIRE(built);
    CHECK(walked(built.value(), std::move(from), options) == expected);
}

void check_error(std::string_view trees, std::string_view code) {
    const auto built = read(trees);
    CAPTURE(trees);
    REQUIRE(!built);
    CHECK(built.error().code == code);
}

} // namespace

TEST_CASE("a walk joins cross-walks and keeps the weakest relation") {
    check("a direct one", "a 1: x\nb 1: y\na 1 x close b 1 y", {"a", "1", "x"}, "close b1:y by a:x b:y");
    check("turned round", "a 1: x\nb 1: y\na 1 x broader b 1 y", {"b", "1", "y"}, "narrower a1:x by b:y a:x");
    check("through a hub the weaker one holds", "a 1: x\nb 1: y\nc 1: z\na 1 x exact b 1 y\nb 1 y broader c 1 z", {"a", "1", "x"},
        "exact b1:y by a:x b:y; broader c1:z by a:x b:y c:z");
    check("up and down again says nothing", "a 1: x\nb 1: y\nc 1: z\na 1 x broader b 1 y\nb 1 y narrower c 1 z", {"a", "1", "x"}, "broader b1:y by a:x b:y");
    check("down and up again overlaps", "a 1: x\nb 1: y\nc 1: z\na 1 x narrower b 1 y\nb 1 y broader c 1 z", {"a", "1", "x"},
        "narrower b1:y by a:x b:y; related c1:z by a:x b:y c:z");
    check("what holds of a class above holds of it", "a 1: x x1/x\nb 1: y\na 1 x exact b 1 y", {"a", "1", "x1"}, "broader b1:y by a:x1 a:x b:y");
    check("what holds of a class below holds of part of it", "a 1: x x1/x\nb 1: y\na 1 x1 exact b 1 y", {"a", "1", "x"}, "narrower b1:y by a:x a:x1 b:y");
    check("the strongest way is told", "a 1: x\nb 1: y\nc 1: z\na 1 x broader c 1 z\na 1 x close b 1 y\nb 1 y exact c 1 z", {"a", "1", "x"},
        "close b1:y by a:x b:y; close c1:z by a:x b:y c:z");
    check("a circle ends", "a 1: x\nb 1: y\nc 1: z\na 1 x close b 1 y\nb 1 y close c 1 z\nc 1 z close a 1 x", {"a", "1", "x"},
        "close b1:y by a:x b:y; close c1:z by a:x c:z", {.crossings_max = 9});
    check("one crossing only", "a 1: x\nb 1: y\nc 1: z\na 1 x exact b 1 y\nb 1 y close c 1 z", {"a", "1", "x"}, "exact b1:y by a:x b:y", {.crossings_max = 1});
    check("one tree only", "a 1: x\nb 1: y\nc 1: z\na 1 x exact b 1 y\nb 1 y close c 1 z", {"a", "1", "x"}, "close c1:z by a:x b:y c:z", {.to_tree = "c"});
    check("only editions in force", "a 1: x\nb 1: from=2019-01-01 until=2023-12-31 y\nb 2: from=2024-01-01 z\na 1 x close b 1 y\na 1 x close b 2 z",
        {"a", "1", "x"}, "close b2:z by a:x b:z", {.on = parse_date("2024-01-01")});
    check("an unknown class leads nowhere", "a 1: x", {"a", "1", "q"}, "");
}

TEST_CASE("faulty data names what is wrong") {
    check_error("a 1: x x", "classes.twice");
    check_error("a 1: x1/x x", "classes.parent");
    check_error("a 1: x/x", "classes.parent");
    check_error("a 1: x\na 1: y", "classes.overlap");
    check_error("a 1: from=2020-01-01 x\na 2: from=2021-01-01 y", "classes.overlap");
    check_error("a 1: from=2020-01-01 until=2021-01-01 x\na 2: from=2021-01-01 y", "classes.overlap");
    check_error("a 1: from=2020-01-02 until=2020-01-01 x", "classes.dates");
    check_error("a 1: x\na 1 x close b 1 y", "classes.crossing");
    check_error("a 1: x y\na 1 x close a 1 y", "classes.crossing_within");
}

TEST_CASE("an edition is chosen by its name, by a day, or as the newest") {
    const auto built = read("a 2: from=2024-03-01 y\na 1: from=2019-01-01 until=2024-02-29 x\nb 1: z");
    REQUIRE(built);
    const ClassTrees& trees = built.value();
    const auto name = [&](std::string_view tree, std::string_view edition, const char* day) {
        const ClassEdition* found = trees.edition(tree, edition, day != nullptr ? parse_date(day) : std::nullopt);
        return found != nullptr ? found->edition : "none";
    };
    CHECK(name("a", "", nullptr) == "2");
    CHECK(name("a", "1", nullptr) == "1");
    CHECK(name("a", "1", "2026-01-01") == "1");
    CHECK(name("a", "", "2024-02-29") == "1");
    CHECK(name("a", "", "2024-03-01") == "2");
    CHECK(name("a", "", "2018-01-01") == "2"); // none was in force: the newest, whose dates say so
    CHECK(name("b", "", "1900-01-01") == "1");
    CHECK(name("a", "3", nullptr) == "none");
    CHECK(name("c", "", nullptr) == "none");
    CHECK(trees.is_leaf({"a", "1", "x"}));
    CHECK(trees.children({"a", "1", ""}).size() == 1);
}

TEST_CASE("composing: exact changes nothing, and turning round turns the result round") {
    const Relation all[] = {Relation::exact, Relation::close, Relation::broader, Relation::narrower, Relation::related};
    for (const Relation a : all) {
        CHECK(compose(Relation::exact, a) == a);
        CHECK(compose(a, Relation::exact) == a);
        for (const Relation b : all) {
            const auto there = compose(a, b), back = compose(inverse(b), inverse(a));
            CHECK(there.has_value() == back.has_value());
            if (there) CHECK(inverse(*there) == *back);
            if (there) CHECK(weakness(*there) >= std::max(weakness(a), weakness(b)));
        }
    }
}

TEST_CASE("the walk agrees with trying every way") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<ClassEdition> editions;
        std::vector<ClassCode> codes;
        for (const char* tree : {"a", "b", "c", "d"}) {
            ClassEdition edition{tree, "1", {}, {}, {}, "", ClassStanding::public_, {}};
            for (std::uint64_t i = 0, n = 1 + random.below(5); i < n; ++i) {
                edition.classes.push_back({std::to_string(i), i > 0 && random.chance(0.6) ? std::to_string(random.below(i)) : "", {}, ClassStanding::public_});
                codes.push_back({tree, "1", std::to_string(i)});
            }
            editions.push_back(std::move(edition));
        }
        std::vector<Crossing> crossings;
        for (std::uint64_t i = 0, n = random.below(12); i < n; ++i) {
            const ClassCode &from = random.pick(codes), &to = random.pick(codes);
            if (from.tree != to.tree) crossings.push_back({from, static_cast<Relation>(random.below(4)), to, "", static_cast<ClassStanding>(random.below(2))});
        }
        const auto trees = ClassTrees::build(editions, crossings);
        REQUIRE(trees);
        for (const ClassCode& from : codes)
            for (std::size_t most = 1; most <= 3; ++most) {
                std::map<ClassCode, NaiveReached> reached;
                for (const Reached& one : trees.value().walk(from, {.crossings_max = most})) {
                    reached[one.to] = {one.relation, one.crossings, one.standing};
                    CHECK(one.way.front() == from);
                    CHECK(one.way.back() == one.to);
                }
                CHECK(reached == walk_naively(trees.value(), from, most));
            }
    }
}

} // namespace greenbank::library
