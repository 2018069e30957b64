// readings_test.cpp — tables of readings by time; the methodologies that come with the program.
#include "carbon/reductions/readings.h"

#include <doctest/doctest.h>

#include <cmath>

#include "carbon/reductions/methodologies.h"

namespace greenbank::carbon {

namespace {

Result<std::vector<MonitoredSeries>> read(const std::string& csv, const ReadingsSpan& span = {}) {
    const auto table = sheets::open_table(sheets::Bytes{csv}, {.strip_apostrophe = true});
    REQUIRE(table);
    return read_readings(methodology_of("island_diesel").value(), *table.value(), span);
}
std::string faults(const std::string& csv, const ReadingsSpan& span = {}) {
    const auto all = read(csv, span);
    std::string text;
    if (!all)
        for (const Problem& one : all.error().problems) text += one.field + " " + one.code + "; ";
    return text;
}
const ReadingsSpan one_day{Date{20'000}, Date{20'000}}; // 2024-10-04

} // namespace

TEST_CASE("readings find their places by time, whatever their order; what is not there is missing") {
    const auto all = read("time,E_supplied,FC\n2024-10-04 02:00,30,\n2024-10-04T00:00:00Z,10,1.5\n2024/10/4 1:00,,2\n", one_day);
    REQUIRE(all);
    REQUIRE(all.value().size() == 2);
    const std::vector<double>& supplied = all.value()[0].series.readings;
    CHECK(supplied.size() == 24);
    CHECK(supplied[0] == 10);
    CHECK(std::isnan(supplied[1]));
    CHECK(supplied[2] == 30);
    CHECK(all.value()[1].series.readings[1] == 2);
    CHECK(read("time,FC\n2024-10-04 05:00,1\n2024-10-04 07:00,2\n").value()[0].series.readings.size() == 3);
}

TEST_CASE("every faulty cell is named, and nothing is taken of a faulty table") {
    CHECK(faults("when,FC\n1,2\n") == "A1 monitoring.column; time monitoring.no_time; ");
    CHECK(faults("time,NCV\n2024-10-04,1\n").find("B1 monitoring.column") == 0); // fixed, not monitored
    CHECK(faults("time,FC\nyesterday,1\n2024-10-04 00:00,many\n") == "A2 monitoring.time; B3 monitoring.number; ");
    CHECK(faults("time,FC\n2024-10-04 00:30,1\n2024-10-05 00:00,1\n2024-10-04 01:00,1\n2024-10-04 01:00,2\n", one_day) ==
          "B2 monitoring.grid; B3 monitoring.outside; B5 monitoring.twice; ");
    CHECK(faults("time,FC\n") == "rows monitoring.no_rows; ");
    CHECK(read("time,FC\n0001-01-01 00:00,1\n2024-10-04 00:00,1\n").error().code == "monitoring.too_many_rows");
}

TEST_CASE("readings are stored and read the same") {
    const std::vector<double> readings = {1.5, std::nan(""), 0, -2e-7, std::nan("")};
    const auto again = from_readings(to_readings(readings));
    REQUIRE(again.size() == readings.size());
    for (std::size_t i = 0; i < readings.size(); ++i) CHECK((std::isnan(readings[i]) ? std::isnan(again[i]) : again[i] == readings[i]));
}

TEST_CASE("the methodologies of the program are sound, and none of them is called official") {
    CHECK(methodologies().size() >= 5);
    for (const Methodology& one : methodologies()) {
        INFO(one.code);
        CHECK(check_methodology(one).empty());
        CHECK(one.status == FactorStatus::sample);
        for (const Text* text : {&one.title, &one.applies, &one.not_covered}) CHECK((!text->zh.empty() && !text->en.empty() && !text->ru.empty()));
        for (const MethodologyParameter& parameter : one.parameters) CHECK((!parameter.title.zh.empty() && !parameter.title.ru.empty()));
    }
}

TEST_CASE("each methodology computes: one reading of each parameter, and a stated value where none is usual") {
    for (const Methodology& one : methodologies()) {
        INFO(one.code);
        ReductionInput input;
        for (const MethodologyParameter& parameter : one.parameters)
            if (parameter.kind == ParameterKind::monitored)
                input.monitored.push_back(
                    {parameter.code, {Time{}, minutes(parameter.interval_minutes ? parameter.interval_minutes : 1440),
                                         {parameter.bearing == Bearing::raises ? (parameter.accumulation == Accumulation::mean ? 0.5 : 100.0) : 0.1}}});
            else if (parameter.kind == ParameterKind::project && !parameter.value) input.stated.push_back({parameter.code, 200, {}, "test"});
        const auto result = reductions(one, input);
        REQUIRE(result);
        CHECK(result.value().claimed_kg > 0);
        CHECK(result.value().status != FactorStatus::official);
    }
}

} // namespace greenbank::carbon
