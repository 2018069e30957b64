// serials_test.cpp — numbers split and merged without loss, beside a twin that keeps an owner for every number.
#include "market/engine/serials.h"

#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "kernel/random.h"

namespace greenbank::market {

namespace {

SerialRanges ranges_of(const std::string& text) { // "1-5 9-9"
    SerialRanges ranges;
    std::istringstream in(text);
    for (std::string one; in >> one;) ranges.push_back({std::stoll(one.substr(0, one.find('-'))), std::stoll(one.substr(one.find('-') + 1))});
    return ranges;
}
std::string text_of(const SerialRanges& ranges) {
    std::string text;
    for (const SerialRange& range : ranges) text += (text.empty() ? "" : " ") + std::to_string(range.first) + "-" + std::to_string(range.last);
    return text;
}

void check(const char* what, const std::string& from, std::int64_t quantity, const std::string& taken, const std::string& left) {
    SerialRanges ranges = ranges_of(from);
    const auto got = take_serials(ranges, quantity);
    CHECK_MESSAGE((got ? text_of(*got) : "none") == taken, what);
    CHECK_MESSAGE(text_of(ranges) == left, what);
}

} // namespace

TEST_CASE("serials leave from the front, and nothing leaves where there is not enough") {
    check("a block of ten is split into six and four, never six and six", "1-10", 6, "1-6", "7-10");
    check("a whole block leaves whole", "1-10", 10, "1-10", "");
    check("across blocks", "1-3 7-9 20-29", 8, "1-3 7-9 20-21", "22-29");
    check("more than there is", "1-3", 4, "none", "1-3");
    check("nothing is not a quantity", "1-3", 0, "none", "1-3");
    check("less than nothing neither", "1-3", -2, "none", "1-3");
}

TEST_CASE("neighbours merge, overlaps are refused") {
    SerialRanges ranges = ranges_of("7-10");
    CHECK(add_serials(ranges, ranges_of("1-6")));
    CHECK(text_of(ranges) == "1-10");
    CHECK(!add_serials(ranges, ranges_of("10-12")));
    CHECK(!add_serials(ranges, ranges_of("14-13")));
    CHECK(text_of(ranges) == "1-10");
    CHECK(take_exactly(ranges, ranges_of("4-5 9-10")));
    CHECK(text_of(ranges) == "1-3 6-8");
    CHECK(!take_exactly(ranges, ranges_of("3-4")));
    CHECK(text_of(ranges) == "1-3 6-8");
}

TEST_CASE("random lives of numbers agree with one owner a number: issued = held + retired, and none is lost or doubled") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        constexpr std::size_t holders = 5; // the last one is "retired": nothing comes back
        std::vector<SerialRanges> has(holders);
        std::vector<std::size_t> owner; // by number
        for (int step = 0; step < 40; ++step) {
            if (owner.empty() || random.chance(0.15)) {
                const std::int64_t first = static_cast<std::int64_t>(owner.size()), count = random.between(1, 12);
                const std::size_t to = random.below(holders - 1);
                REQUIRE(add_serials(has[to], {{first, first + count - 1}}));
                owner.insert(owner.end(), static_cast<std::size_t>(count), to);
                continue;
            }
            const std::size_t from = random.below(holders - 1), to = random.below(holders);
            const std::int64_t quantity = random.between(0, 15);
            std::int64_t there = 0;
            for (const std::size_t one : owner) there += one == from;
            const auto taken = take_serials(has[from], quantity);
            REQUIRE(taken.has_value() == (quantity > 0 && quantity <= there));
            if (!taken) continue;
            REQUIRE(count_of(*taken) == quantity);
            std::int64_t left = quantity;
            for (std::size_t number = 0; left > 0; ++number)
                if (owner[number] == from) owner[number] = to, --left;
            REQUIRE(add_serials(has[to], *taken));
        }
        for (std::size_t holder = 0; holder < holders; ++holder) {
            SerialRanges expected;
            for (std::size_t number = 0; number < owner.size(); ++number)
                if (owner[number] == holder) add_serials(expected, {{static_cast<std::int64_t>(number), static_cast<std::int64_t>(number)}});
            REQUIRE(has[holder] == expected);
        }
    }
}

} // namespace greenbank::market
