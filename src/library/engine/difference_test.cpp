// difference_test.cpp — scenarios, a naive twin for the alignment, and the property: a difference leads from one to the other.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "library/engine/difference.h"
#include "json/value_tree.h"

namespace greenbank::library {
namespace {

ValueTree tree(std::string_view json) {
    auto read = read_value_tree(json);
    REQUIRE_MESSAGE(read, json);
    return std::move(read).value();
}

std::string to_lines(const std::vector<Difference>& differences) {
    std::string out;
    for (const Difference& one : differences)
        out += one.path + ": " + (one.before ? to_json(*one.before) : "nothing") + " -> " + (one.after ? to_json(*one.after) : "nothing") + "\n";
    return out;
}

void check(std::string_view before, std::string_view after, std::string_view lines) {
    INFO(before, " to ", after);
    const auto differences = difference(tree(before), tree(after));
    CHECK(to_lines(differences) == lines);
    const auto applied = apply_difference(tree(before), differences);
    REQUIRE(applied);
    CHECK(applied.value() == tree(after));
}

/// The greatest likeness in sum, by trying everything.
std::int64_t best_naively(std::span<const ValueTree> before, std::span<const ValueTree> after) {
    if (before.empty() || after.empty()) return 0;
    std::int64_t best = best_naively(before.subspan(1), after);
    for (std::size_t j = 0; j < after.size(); ++j)
        if (const std::int64_t alike = likeness(before[0], after[j]); alike > 0)
            best = std::max(best, alike + best_naively(before.subspan(1), after.subspan(j + 1)));
    return best;
}

ValueTree random_tree(Random& random, int depth) {
    const std::uint64_t kind = depth > 0 ? random.below(4) : random.below(2);
    if (kind < 2) return plain_tree(kind ? std::to_string(random.below(4)) : random.chance(0.5) ? "\"a/b~\"" : "null");
    if (kind == 2) {
        ValueTree list = list_tree({});
        for (std::uint64_t i = random.below(5); i > 0; --i) list.items.push_back(random_tree(random, depth - 1));
        return list;
    }
    ValueTree object = object_tree({});
    for (const char* name : {"x", "y", "a/b", "~", ""})
        if (random.chance(0.5)) object.members.push_back({name, random_tree(random, depth - 1)});
    return object;
}

/// The tree with a few places changed, as people change an entry.
void disturb(ValueTree& tree, Random& random) {
    if (random.chance(0.1)) tree = random_tree(random, 2);
    if (tree.shape == ValueTree::Shape::list) {
        if (!tree.items.empty() && random.chance(0.2)) tree.items.erase(tree.items.begin() + static_cast<std::ptrdiff_t>(random.below(tree.items.size())));
        if (random.chance(0.2))
            tree.items.insert(tree.items.begin() + static_cast<std::ptrdiff_t>(random.below(tree.items.size() + 1)), random_tree(random, 1));
        for (ValueTree& item : tree.items)
            if (random.chance(0.2)) disturb(item, random);
    }
    for (auto& [name, value] : tree.members)
        if (random.chance(0.3)) disturb(value, random);
}

void for_each_seed(std::uint64_t count, auto property) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        INFO("seed ", seed);
        property(Random(seed));
    }
}

} // namespace

TEST_CASE("equal values do not differ") {
    check(R"({"a":[1,{"b":2}]})", R"({"a":[1.0,{"b":2}]})", "");
    check("1", "1", "");
}
TEST_CASE("members are added, removed and changed at their place") {
    check(R"({"title":{"zh":"水","en":"water"},"level":8})", R"({"title":{"zh":"水","en":"Water","ru":"вода"},"traits":[]})",
        "/level: 8 -> nothing\n/title/en: \"water\" -> \"Water\"\n/title/ru: nothing -> \"вода\"\n/traits: nothing -> []\n");
    check(R"({"a/b":1,"~":2})", R"({"a/b":2,"~":3})", "/a~1b: 1 -> 2\n/~0: 2 -> 3\n");
    check(R"({"a":null})", "{}", "/a: null -> nothing\n");
}
TEST_CASE("another shape is another value") {
    check(R"({"a":[1]})", R"({"a":{"0":1}})", "/a: [1] -> {\"0\":1}\n");
    check("[]", "{}", ": [] -> {}\n");
}
TEST_CASE("an entry put in the middle of a list is one addition") {
    check("[1,2,3]", "[1,9,2,3]", "/1: nothing -> 9\n");
    check("[1,2,3]", "[1,3]", "/1: 2 -> nothing\n");
    check("[1,2,3]", "[3]", "/0: 1 -> nothing\n/1: 2 -> nothing\n");
    check("[]", "[1,2]", "/0: nothing -> 1\n/1: nothing -> 2\n");
}
TEST_CASE("an entry that is still alike is shown by what changed in it") {
    check(R"([{"indicator":"cod","low":5,"unit":"mg/L"},{"indicator":"tn","low":1,"unit":"mg/L"}])",
        R"([{"indicator":"tp","low":9,"unit":"g"},{"indicator":"cod","low":4,"unit":"mg/L"},{"indicator":"tn","low":1,"unit":"mg/L"}])",
        "/0: nothing -> {\"indicator\":\"tp\",\"low\":9,\"unit\":\"g\"}\n/1/low: 5 -> 4\n");
    check(R"([{"a":1,"b":2},{"c":3,"d":4}])", R"([{"c":3,"d":5}])", "/0: {\"a\":1,\"b\":2} -> nothing\n/0/d: 4 -> 5\n");
}
TEST_CASE("plain entries are not changed into each other but taken out and put in") {
    check(R"(["x"])", R"(["y"])", "/0: \"x\" -> nothing\n/0: nothing -> \"y\"\n");
}

TEST_CASE("a difference is refused by a value that it does not belong to") {
    const auto refused = [](std::string_view value, std::string path, std::optional<ValueTree> before, std::optional<ValueTree> after) {
        const Difference one{std::move(path), std::move(before), std::move(after)};
        const auto applied = apply_difference(tree(value), std::span(&one, 1));
        return !applied && applied.error().code == "difference.mismatch";
    };
    const ValueTree one = plain_tree("1"), two = plain_tree("2");
    CHECK(refused("{}", "/a", one, {}));
    CHECK(refused("{}", "/a", one, two));
    CHECK(refused(R"({"a":2})", "/a", one, {}));
    CHECK(refused(R"({"a":2})", "/a", {}, one));
    CHECK(refused(R"({"a":2})", "/a", one, one));
    CHECK(refused(R"({"a":2})", "/a/b", one, two));
    CHECK(refused("[1]", "/1", one, {}));
    CHECK(refused("[1]", "/2", {}, one));
    CHECK(refused("[1]", "/01", {}, one));
    CHECK(refused("[1]", "/x", {}, one));
    CHECK(refused("[1]", "/5", one, two));
    CHECK(refused("[1]", "/99999999999999999999", one, {}));
    CHECK(refused("1", "", two, one));
    CHECK(refused("1", "", {}, one));
    CHECK(refused("1", "x", one, two));
    CHECK(refused("[1]", "/0", {}, {}));
}

TEST_CASE("a difference leads from the one to the other, between any two") {
    for_each_seed(2000, [](Random random) {
        const ValueTree a = random_tree(random, 4);
        ValueTree b = a;
        if (random.chance(0.3)) b = random_tree(random, 4);
        else disturb(b, random);
        const auto there = difference(a, b), back = difference(b, a);
        const auto at_b = apply_difference(a, there), at_a = apply_difference(b, back);
        REQUIRE(at_b);
        REQUIRE(at_a);
        CHECK(at_b.value() == b);
        CHECK(at_a.value() == a);
        CHECK(there.empty() == (a == b));
        for (const Difference& one : there) CHECK(!(one.before == one.after));
    });
}

TEST_CASE("the alignment is as good as the best of all") {
    for_each_seed(500, [](Random random) {
        std::vector<ValueTree> a, b;
        for (std::uint64_t i = random.below(6); i > 0; --i) a.push_back(random_tree(random, 2));
        b = a;
        for (ValueTree& one : b)
            if (random.chance(0.5)) disturb(one, random);
        if (!b.empty() && random.chance(0.5)) b.erase(b.begin());
        if (random.chance(0.5)) b.insert(b.begin(), random_tree(random, 2));
        std::int64_t sum = 0;
        std::size_t last_before = 0, last_after = 0;
        for (const auto& [i, j] : align(a, b)) {
            CHECK((i >= last_before && j >= last_after));
            last_before = i + 1, last_after = j + 1;
            sum += likeness(a[i], b[j]);
        }
        CHECK(sum == best_naively(a, b));
    });
}

TEST_CASE("very long lists are compared in bounded time and still lead there") {
    std::vector<ValueTree> a, b;
    for (int i = 0; i < 3000; ++i) {
        a.push_back(plain_tree(std::to_string(i)));
        b.push_back(plain_tree(std::to_string(i * 7)));
    }
    const ValueTree before = list_tree(a), after = list_tree(b);
    const auto applied = apply_difference(before, difference(before, after));
    REQUIRE(applied);
    CHECK(applied.value() == after);
}

} // namespace greenbank::library
