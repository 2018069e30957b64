// lines_test.cpp — line ends: scenarios in letters, and a naive twin that tries every way.
#include "paper/engine/lines.h"

#include <doctest/doctest.h>

#include <limits>

#include "kernel/random.h"
#include "kernel/text.h"

namespace greenbank::paper {

namespace {

/// "aa bbb|c": letters are one wide, a space ends a box, '|' allows a break without one, '/' forces one.
std::vector<Box> boxes_of(std::string_view text) {
    std::vector<Box> boxes(1);
    for (const char c : text) {
        if (c == ' ' || c == '|' || c == '/') {
            boxes.back().space = c == ' ' ? 1 : 0;
            boxes.back().after = c == '/' ? Break::forced : Break::allowed;
            boxes.emplace_back();
        } else if (c == '.') {
            boxes.back().width += 1, boxes.back().hang = 0.5;
        } else {
            boxes.back().width += 1;
        }
    }
    return boxes;
}

void check(std::string_view text, Measure measure, Fit fit, const std::vector<std::size_t>& expected) {
    CAPTURE(text);
    CHECK(break_lines(boxes_of(text), measure, fit) == expected);
}

double length_of(std::span<const Box> boxes, std::size_t begin, std::size_t end) {
    double length = -boxes[end - 1].hang;
    for (std::size_t i = begin; i < end; ++i) length += boxes[i].width + (i + 1 < end ? boxes[i].space : 0);
    return length;
}

/// The same sum that `even` makes least, over every set of line ends.
double least_cost(std::span<const Box> boxes, std::size_t begin, Measure measure) {
    const double room = begin == 0 ? measure.first : measure.rest;
    double best = std::numeric_limits<double>::infinity();
    bool found = false;
    for (std::size_t end = begin + 1; end <= boxes.size(); ++end) {
        const bool last = end == boxes.size();
        if (!last && boxes[end - 1].after != Break::allowed) continue;
        const double length = length_of(boxes, begin, end), slack = std::max(0.0, room - length) / room;
        if (length > room + 1e-6 && found) break;
        const double overfull = length > room + 1e-6 ? 1e3 * (length - room) / room : 0;
        const double cost = (last ? 0 : slack * slack) + overfull + 1e-3;
        best = std::min(best, cost + (last ? 0 : least_cost(boxes, end, measure)));
        found = true;
    }
    return best;
}

double cost_of(std::span<const Box> boxes, const std::vector<std::size_t>& starts, Measure measure) {
    double cost = 0;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const bool last = i + 1 == starts.size();
        const double room = i == 0 ? measure.first : measure.rest, length = length_of(boxes, starts[i], last ? boxes.size() : starts[i + 1]);
        const double slack = std::max(0.0, room - length) / room;
        cost += (last ? 0 : slack * slack) + (length > room + 1e-6 ? 1e3 * (length - room) / room : 0) + 1e-3;
    }
    return cost;
}

std::vector<Box> random_boxes(Random& random, std::size_t count, bool forced) {
    std::vector<Box> boxes(count);
    for (Box& box : boxes) {
        box.width = static_cast<double>(1 + random.below(6));
        box.space = random.chance(0.6) ? 1 : 0;
        if (random.chance(0.2)) box.hang = 0.5;
        box.after = forced && random.chance(0.05) ? Break::forced : random.chance(0.85) ? Break::allowed : Break::never;
    }
    return boxes;
}

} // namespace

TEST_CASE("lines take what fits") {
    check("aa bb cc", {5, 5}, Fit::first, {0, 2});
    check("aa bb cc", {2, 5}, Fit::first, {0, 1});
    check("aa bb cc", {8, 8}, Fit::first, {0});
    check("aaaaaaaa b", {3, 3}, Fit::first, {0, 1}); // too long, but nothing else is possible
    check("a/b/c", {9, 9}, Fit::first, {0, 1, 2});
    check("a|b|c|d.", {3.5, 3.5}, Fit::first, {0, 3});
    check("a|b|c|d.|e", {4.5, 4.5}, Fit::first, {0, 4}); // the blank half of a mark may stand outside
    check("", {3, 3}, Fit::first, {0});
}

TEST_CASE("even lines give up a little early to be even later") {
    check("aaa bb cc ddddd", {6, 6}, Fit::first, {0, 2, 3});
    check("aaa bb cc ddddd", {6, 6}, Fit::even, {0, 1, 3});
    check("a/bb cc", {9, 9}, Fit::even, {0, 1});
}

TEST_CASE("properties of line ends") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::vector<Box> boxes = random_boxes(random, 1 + random.below(60), true);
        const double rest = static_cast<double>(4 + random.below(20)), first = std::max(2.0, rest - static_cast<double>(random.below(4)));
        for (const Fit fit : {Fit::first, Fit::even}) {
            const auto starts = break_lines(boxes, {first, rest}, fit);
            REQUIRE(!starts.empty());
            CHECK(starts[0] == 0);
            for (std::size_t i = 1; i < starts.size(); ++i) {
                CHECK(starts[i] > starts[i - 1]);
                CHECK(boxes[starts[i] - 1].after != Break::never);
            }
            for (std::size_t i = 0; i < starts.size(); ++i) {
                const std::size_t begin = starts[i], end = i + 1 < starts.size() ? starts[i + 1] : boxes.size();
                for (std::size_t k = begin; k + 1 < end; ++k) CHECK(boxes[k].after != Break::forced);
                if (length_of(boxes, begin, end) <= (i == 0 ? first : rest) + 1e-6) continue;
                for (std::size_t k = begin; k + 1 < end; ++k) CHECK(boxes[k].after == Break::never); // only what cannot be cut is too long
            }
        }
    }
}

TEST_CASE("the evenest lines are as even as the naive twin's") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::vector<Box> boxes = random_boxes(random, 1 + random.below(16), false);
        const double rest = static_cast<double>(5 + random.below(15));
        const Measure measure{std::max(3.0, rest - 2), rest};
        CHECK(cost_of(boxes, break_lines(boxes, measure, Fit::even), measure) == doctest::Approx(least_cost(boxes, 0, measure)));
    }
}

} // namespace greenbank::paper
