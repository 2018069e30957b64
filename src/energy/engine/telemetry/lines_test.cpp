// lines_test.cpp — line protocol as devices and collectors write it, and as they should not.
#include "energy/engine/telemetry/lines.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "energy/engine/telemetry/read_number.h"
#include "kernel/random.h"

namespace greenbank::energy {

namespace {

std::string read(std::string_view text, std::int64_t unit = 1) {
    const ReadPoints points = read_lines(text, unit, 77);
    std::string out;
    for (const NamedPoint& point : points.points)
        out += fmt::format("{}={}@{}{} ", point.channel, point.value, point.at_milliseconds, point.quality == Quality::good ? "" : "!");
    for (const PointFault& fault : points.faults) out += fmt::format("{}:{} ", fault.line, fault.code);
    return out;
}

} // namespace

TEST_CASE("line protocol becomes points") {
    CHECK(read("meter power=1.5,energy=20i 1700000000123000000") == "power=1.5@1700000000123 energy=20@1700000000123 ");
    CHECK(read("power value=3") == "power=3@77 ");
    CHECK(read("m,site=a\\ b,quality=bad p=1 5000000\n\n# a comment\r\nm q=-2e3 6000000\r\n") == "p=1@5! q=-2000@6 ");
    CHECK(read("m valve=true,door=F 1000", 1'000'000'000) == "valve=1@1000000 door=0@1000000 ");
    CHECK(read("m wind\\ speed=4.25 1000", 1'000'000) == "wind speed=4.25@1000 ");
    CHECK(read("m p=1 -1000000") == "p=1@-1 ");
}

TEST_CASE("a wrong line costs only itself, a wrong field only itself") {
    CHECK(read("m p=\"12\",q=2\nm\nm p=1 soon\n,x p=1\nm p=1,\nm p=3") ==
          "q=2@77 p=3@77 1:telemetry.not_a_number 2:telemetry.line_fields 3:telemetry.line_time 4:telemetry.line_measurement 5:telemetry.line_fields ");
    CHECK(read("m p=nan,q=inf,r=1e999,s=0x10,t=,u=1") ==
          "u=1@77 1:telemetry.not_a_number 1:telemetry.not_a_number 1:telemetry.not_a_number 1:telemetry.not_a_number 1:telemetry.not_a_number ");
    CHECK(read("m,quality=fine p=1") == "1:telemetry.quality ");
    CHECK(read("m p=1 9223372036854775807", 1'000'000'000) == "p=1@4503599627370496 ");
}

TEST_CASE("numbers are what from_chars reads") {
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
        Random random(seed);
        const double value = random.chance(0.3) ? random.uniform() * 1e6 : static_cast<double>(random.between(-99'999'999, 99'999'999)) / 1000;
        const std::string text = random.chance(0.5) ? fmt::format("{}", value) : fmt::format("{:.{}f}", value, random.below(18));
        double expected = 0;
        std::from_chars(text.data(), text.data() + text.size(), expected);
        CAPTURE(text);
        REQUIRE(read_number(text).has_value());
        CHECK(*read_number(text) == expected);
    }
    for (const char* wrong : {"", "-", ".", "1x", "--1", "1e", "inf", "nan", " 1", "1 "}) CHECK(!read_number(wrong));
    CHECK(read_number("5.") == 5.0);
    CHECK(read_number(".5") == 0.5);
}

} // namespace greenbank::energy
