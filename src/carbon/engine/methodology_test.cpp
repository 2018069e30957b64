// methodology_test.cpp — stories of gaps, calibrations and deductions; what never holds otherwise over random readings; a naive sum beside.
#include "carbon/engine/methodology.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "kernel/random.h"

namespace greenbank::carbon {

namespace {

const double none = std::nan("");
const Time midnight{std::int64_t{20'000} * 86'400 * 1'000'000};
const Date day{20'000};

Methodology wind() {
    Methodology methodology{.code = "wind", .edition = "1", .title = {.en = "Wind"}, .applies = {.en = "Wind"}, .valid_from = day, .source = "test"};
    methodology.status = FactorStatus::official;
    methodology.parameters = {
        {.code = "EG", .title = {.en = "out"}, .unit = "MWh", .kind = ParameterKind::monitored, .source = "meter", .status = FactorStatus::official},
        {.code = "EC",
            .title = {.en = "in"},
            .unit = "MWh",
            .kind = ParameterKind::monitored,
            .bearing = Bearing::lowers,
            .source = "meter",
            .status = FactorStatus::official},
        {.code = "EF",
            .title = {.en = "factor"},
            .unit = "tCO2e/MWh",
            .kind = ParameterKind::project,
            .value = 0.5,
            .source = "grid",
            .status = FactorStatus::unconfirmed},
    };
    methodology.equations = {{.code = "BE", .title = {.en = "b"}, .unit = "tCO2e", .formula = "EG * EF", .role = EquationRole::baseline},
        {.code = "PE", .title = {.en = "p"}, .unit = "tCO2e", .formula = "EC * EF", .role = EquationRole::project}};
    methodology.gaps = {.bridge_max = 2, .missing_percent_max = 50};
    return methodology;
}

MonitoredSeries hourly(std::string parameter, std::vector<double> readings) { return {std::move(parameter), {midnight, hours(1), std::move(readings)}}; }
ReductionInput input_of(std::vector<double> out, std::vector<double> in) { return {.monitored = {hourly("EG", std::move(out)), hourly("EC", std::move(in))}}; }

ReductionResult result_of(const Methodology& methodology, const ReductionInput& input) {
    auto result = reductions(methodology, input);
    if (!result)
        for (const Problem& one : result.error().problems) FAIL_CHECK(one.field, " ", one.code);
    REQUIRE(result);
    return std::move(result).value();
}

std::vector<std::string> codes_of(const Problems& problems) {
    std::vector<std::string> codes;
    for (const Problem& one : problems) codes.push_back(one.code);
    return codes;
}

} // namespace

TEST_CASE("complete readings come to baseline minus project, in whole kilograms") {
    const ReductionResult result = result_of(wind(), input_of({10, 20, 30, 40}, {1, 1, 1, 1}));
    CHECK(result.baseline_kg == doctest::Approx(50'000));
    CHECK(result.project_kg == doctest::Approx(2'000));
    CHECK(result.estimate_kg == 48'000);
    CHECK(result.measured_kg == 48'000);
    CHECK(result.claimed_kg == 48'000);
    CHECK(result.deduction_percent == 0);
    CHECK(result.status == FactorStatus::unconfirmed); // the weakest of all
    REQUIRE(result.equations.size() == 2);
    CHECK(result.equations[0].value == doctest::Approx(50));
}

TEST_CASE("short gaps are bridged, long ones go to the cautious side, those at an end are never bridged") {
    const ReductionResult bridged = result_of(wind(), input_of({10, none, none, 40}, {1, 1, 1, 1}));
    CHECK(bridged.estimate_kg == 48'000); // 20 and 30 between
    CHECK(bridged.measured_kg == 48'000);
    CHECK(bridged.parameters[0].readings.bridged == 2);
    const ReductionResult filled = result_of(wind(), input_of({10, none, none, none, 50, 60}, {1, 1, 1, 1, 1, 1}));
    CHECK(filled.estimate_kg == 102'000);
    CHECK(filled.measured_kg == 57'000); // nothing is claimed for what nobody read
    CHECK(filled.parameters[0].readings.filled == 3);
    REQUIRE(filled.parameters[0].readings.gaps.size() == 1);
    CHECK(filled.parameters[0].readings.gaps[0].from == midnight + hours(1));
    CHECK(filled.parameters[0].readings.gaps[0].until == midnight + hours(4));
    const ReductionResult own_use = result_of(wind(), input_of({10, 10, 10, 10, 10}, {1, none, none, none, 3}));
    CHECK(own_use.measured_kg == 25'000 - 500 * (1 + 3 + 3 + 3 + 3)); // the greatest for what lowers
    const ReductionResult at_end = result_of(wind(), input_of({10, 20, 30, none}, {1, 1, 1, 1}));
    CHECK(at_end.measured_kg == 28'000);
}

TEST_CASE("too many missing readings stand against verification") {
    Methodology methodology = wind();
    methodology.gaps.missing_percent_max = 20;
    CHECK(result_of(methodology, input_of({1, 2, none, 4, 5}, {0, 0, 0, 0, 0})).missing_too_many.empty());
    CHECK(result_of(methodology, input_of({1, 2, none, none, 5}, {0, 0, 0, 0, 0})).missing_too_many == std::vector<std::string>{"EG"});
}

TEST_CASE("days without a valid calibration are moved to the cautious side, and the meter's uncertainty goes into the result") {
    ReductionInput input = input_of(std::vector<double>(48, 10), std::vector<double>(48, 1));
    input.meters = {{"M1", "EG", 1, {{"C1", "lab", Date{day.days - 100}, day, 0.4, 2}}}}; // valid on the first day only
    const ReductionResult result = result_of(wind(), input);
    CHECK(result.measured_kg == 240'000 - 24'000);
    CHECK(result.calibrated_kg == 240'000 - 24'000 - 1'200); // 1 % of the second day's 120 t
    const ParameterValue& readings = result.parameters[0].readings;
    REQUIRE(readings.stretches.size() == 2);
    CHECK(readings.stretches[0].state == CalibrationState::valid);
    CHECK(readings.stretches[1].state == CalibrationState::lapsed);
    CHECK(readings.stretches[1].certificate == "C1");
    const double valid = std::hypot(1 / std::sqrt(3.0), 0.2), lapsed = 1 / std::sqrt(3.0);
    CHECK(readings.standard_percent == doctest::Approx((valid + lapsed) / 2));
    CHECK(result.uncertainty_percent == doctest::Approx(1.95996 * readings.standard_percent * 238.8 / 214.8).epsilon(1e-3));
    input.meters[0].calibrations.clear();
    CHECK(result_of(wind(), input).calibrated_kg == 240'000 - 24'000 - 2 * 2'400); // never calibrated: twice the limit, both days
}

TEST_CASE("calibrations that overlap or follow each other leave no day out") {
    const Meter meter{
        "M", "EG", 0.5, {{"A", "", Date{100}, Date{110}, 0.2, 2}, {"B", "", Date{108}, Date{120}, 0.1, 2}, {"C", "", Date{125}, Date{200}, 0.1, 2}}};
    const auto stretches = meter_stretches(meter, Date{95}, Date{130}, {});
    std::string told;
    for (const MeterStretch& one : stretches)
        told += std::string(one.certificate.empty() ? "-" : one.certificate) + std::to_string(one.from.days) + "-" + std::to_string(one.until.days) + " ";
    CHECK(told == "-95-99 A100-107 B108-120 B121-124 C125-130 ");
}

TEST_CASE("uncertainty is deducted by the rule, and more of it never claims more") {
    const DeductionRule rule{.free_percent = 5, .whole_percent = 15};
    CHECK(deduction_percent(5, rule) == 0);
    CHECK(deduction_percent(7.5, rule) == doctest::Approx(2.5));
    CHECK(deduction_percent(15.5, rule) == doctest::Approx(15.5));
    CHECK(deduction_percent(300, rule) == 100);
    CHECK(deduction_percent(std::nan(""), rule) == 100);
    for (double percent = 0; percent < 120; percent += 0.25) CHECK(deduction_percent(percent, rule) <= deduction_percent(percent + 0.25, rule));
    ReductionInput input = input_of({10, 20, 30, 40}, {0, 0, 0, 0});
    input.stated = {{"EF", 0.5, 8, "our own"}};
    const ReductionResult result = result_of(wind(), input);
    CHECK(result.uncertainty_percent == doctest::Approx(8));
    CHECK(result.claimed_kg == 48'500); // 3 % of 50 t
    CHECK(result.parameters[2].variance_share == doctest::Approx(1));
}

TEST_CASE("over random readings: no step goes up, a reading more of what raises never lowers, and a naive sum agrees") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed ", seed);
        Random random(seed);
        Methodology methodology = wind();
        methodology.gaps = {.bridge_max = static_cast<std::int64_t>(random.below(4)), .missing_percent_max = 100};
        std::vector<double> out(24 + random.below(200)), in(out.size());
        double sum = 0;
        bool whole = true;
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = 50 * random.uniform();
            in[i] = random.uniform();
            sum += out[i] - in[i];
            if (random.chance(0.1)) out[i] = none, whole = false;
            if (random.chance(0.05)) in[i] = none, whole = false;
        }
        ReductionInput input = input_of(out, in);
        if (random.chance(0.7))
            input.meters = {
                {"M", "EG", 0.2 + random.uniform(), {{"C", "", Date{day.days - 3}, Date{day.days + static_cast<int>(random.below(8))}, random.uniform(), 2}}}};
        const ReductionResult result = result_of(methodology, input);
        CHECK(result.estimate_kg >= result.measured_kg);
        CHECK(result.measured_kg >= result.calibrated_kg);
        CHECK(result.calibrated_kg >= result.claimed_kg);
        CHECK(result.claimed_kg >= 0);
        if (whole) CHECK(std::abs(static_cast<double>(result.measured_kg) - 500 * sum) <= 1);
        for (const ParameterResult& one : result.parameters)
            if (one.kind == ParameterKind::monitored) CHECK(one.readings.present + one.readings.bridged + one.readings.filled == one.readings.expected);
    }
}

TEST_CASE("what is wrong with a methodology is said all at once; what goes round is refused") {
    Methodology methodology = wind();
    methodology.equations[0].formula = "EG * QQ";
    methodology.equations[1].unit = "kg";
    methodology.parameters[2].unit = "quibbles";
    const auto codes = codes_of(check_methodology(methodology));
    for (const char* code : {"equation.name", "methodology.result_unit", "unit.unknown"})
        CHECK_MESSAGE(std::find(codes.begin(), codes.end(), code) != codes.end(), code);
    methodology = wind();
    methodology.equations.push_back({.code = "A", .title = {}, .unit = "tCO2e", .formula = "B * 2"});
    methodology.equations.push_back({.code = "B", .title = {}, .unit = "tCO2e", .formula = "A / 2 + BE"});
    CHECK(codes_of(check_methodology(methodology)) == std::vector<std::string>{"equation.loop"});
    methodology = wind();
    methodology.equations[0].unit = "MWh";
    methodology.equations[0].role = EquationRole::intermediate;
    CHECK(codes_of(check_methodology(methodology)) == std::vector<std::string>{"methodology.no_baseline"});
    methodology = wind();
    methodology.equations[0].formula = "EG";
    CHECK(codes_of(check_methodology(methodology)) == std::vector<std::string>{"methodology.unit"});
}

TEST_CASE("what is missing or impossible is said by parameter") {
    Methodology methodology = wind();
    methodology.parameters[0].least = 0;
    methodology.parameters[2].value.reset();
    const auto result = reductions(methodology, {.monitored = {hourly("EG", {1, -2, 3})}});
    REQUIRE(!result);
    CHECK(codes_of(result.error().problems) == std::vector<std::string>{"monitoring.implausible", "monitoring.no_readings", "reduction.no_value"});
}

} // namespace greenbank::carbon
