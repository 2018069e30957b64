// json_points_test.cpp — the shapes of JSON and CSV that devices and people send.
#include "energy/telemetry/json_points.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace greenbank::energy {

namespace {

std::string told(const Result<ReadPoints>& read) {
    if (!read) return read.error().code;
    std::string out;
    for (const NamedPoint& point : read.value().points)
        out += fmt::format("{}={}@{}{} ", point.channel, point.value, point.at_milliseconds, point.quality == Quality::good ? "" : "!");
    for (const PointFault& fault : read.value().faults) out += fmt::format("{}:{} ", fault.line, fault.code);
    return out;
}
std::string json(std::string_view text) { return told(read_json_points(text, 77)); }
std::string csv(std::string_view text) { return told(read_csv_points(text, 77)); }

} // namespace

TEST_CASE("JSON of devices becomes points") {
    CHECK(json(R"({"power":1.5,"on":true})") == "power=1.5@77 on=1@77 ");
    CHECK(json(R"({"ts":1000,"values":{"power":2}})") == "power=2@1000 ");
    CHECK(json(R"([{"ts":1000,"values":{"power":2}},{"power":3}])") == "power=2@1000 power=3@77 ");
    CHECK(json(R"({"power":[{"ts":5,"value":1,"quality":"bad"},{"ts":"1970-01-01T00:00:01Z","value":2}]})") == "power=1@5! power=2@1000 ");
    CHECK(json(R"({"power":"12","other":null,"third":3})") == "third=3@77 1:telemetry.not_a_number 1:telemetry.not_a_number ");
    CHECK(json("7") == "1:telemetry.shape ");
    CHECK(json(R"({"ts":"soon","values":{"power":2}})") == "1:telemetry.time ");
    CHECK(json(R"({"power":{"value":1,"quality":"fine"}})") == "1:telemetry.quality ");
    CHECK(json("[1").starts_with("json."));
}

TEST_CASE("CSV of people becomes points, in rows or in columns") {
    CHECK(csv("time,channel,value,quality\n1000,power,1.5,\n2000,power,2,estimated\n") == "power=1.5@1000 power=2@2000! ");
    CHECK(csv("timestamp,power,energy\n1970-01-01T00:00:01Z,1,\n2000,2,7\n") == "power=1@1000 power=2@2000 energy=7@2000 ");
    CHECK(csv("time,channel,value\nsoon,power,1\n5,power,x\n") == "2:telemetry.time 3:telemetry.not_a_number ");
}

} // namespace greenbank::energy
