// peak_test.cpp — paths beside a plain twin, peaks that move the right way, forecasts and lights.
#include "cities/engine/peak.h"

#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "cities/engine/accountability.h"
#include "kernel/random.h"

namespace greenbank::cities {

namespace {

PeakAsk random_ask(Random& random) {
    PeakAsk ask{.base_year = 2024,
        .years = 5 + static_cast<int>(random.below(20)),
        .growth = random.uniform() * 8,
        .growth_end = random.uniform() * 3,
        .growth_spread = random.uniform() * 2,
        .sectors = {},
        .measures = {}};
    for (std::size_t i = 0, count = 1 + random.below(4); i < count; ++i)
        ask.sectors.push_back({random.uniform() * 1e9, 0.1 + random.uniform(), random.uniform() * 4 - 2, -random.uniform() * 6, random.uniform()});
    for (std::size_t i = 0, count = random.below(3); i < count; ++i)
        ask.measures.push_back(
            {random.below(ask.sectors.size()), 2024 + static_cast<int>(random.below(10)), 1 + static_cast<int>(random.below(4)), random.uniform() * 1e8});
    return ask;
}

/// Closed forms where the engine steps: products of growth, powers of shares and intensities.
double twin(const PeakAsk& ask, std::size_t sector, int year) {
    double activity = 1, sum = 0, first = 0;
    for (int step = 1; step <= year; ++step)
        activity *= 1 + (ask.growth + (ask.growth_end - ask.growth) * (ask.years > 1 ? double(step - 1) / (ask.years - 1) : 0)) / 100;
    for (const PeakSector& one : ask.sectors) {
        sum += one.share * std::pow(1 + one.share_change / 100, year);
        first += one.share;
    }
    const PeakSector& one = ask.sectors[sector];
    double kg = one.kg * activity * (one.share * std::pow(1 + one.share_change / 100, year) / sum) / (one.share / first) *
                std::pow(1 + one.intensity_change / 100, year);
    for (const PeakMeasure& measure : ask.measures)
        if (measure.sector == sector) {
            const int works = ask.base_year + year - measure.from_year + 1;
            if (works > 0) kg = std::max(0.0, kg - measure.kg * std::min(1.0, double(works) / measure.ramp_years));
        }
    return kg;
}

} // namespace

TEST_CASE("paths are activity × structure × intensity less measures, as the closed form has them") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const PeakAsk ask = random_ask(random);
        const auto paths = emission_paths(ask);
        for (std::size_t i = 0; i < ask.sectors.size(); ++i)
            for (int year = 0; year <= ask.years; ++year)
                CHECK(paths[i][static_cast<std::size_t>(year)] == doctest::Approx(twin(ask, i, year)).epsilon(1e-9).scale(1));
    }
}

TEST_CASE("less growth, less intensity or one more measure never raises the peak; shares of years sum to one; draws repeat") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const PeakAsk ask = random_ask(random);
        const double height = peak_of(total_path(emission_paths(ask)), ask.base_year).kg;
        PeakAsk better = ask;
        better.growth -= 1;
        better.growth_end -= 1;
        CHECK(peak_of(total_path(emission_paths(better)), ask.base_year).kg <= height * (1 + 1e-12));
        better = ask;
        better.sectors[0].intensity_change -= 1;
        CHECK(peak_of(total_path(emission_paths(better)), ask.base_year).kg <= height * (1 + 1e-12));
        better = ask;
        better.measures.push_back({0, 2025, 2, 1e7});
        CHECK(peak_of(total_path(emission_paths(better)), ask.base_year).kg <= height * (1 + 1e-12));
        const PeakSpread spread = drawn_peak(ask, 200, seed), again = drawn_peak(ask, 200, seed);
        CHECK(std::accumulate(spread.year_shares.begin(), spread.year_shares.end(), 0.0) == doctest::Approx(1));
        CHECK(spread.year_low <= spread.year_median);
        CHECK(spread.year_median <= spread.year_high);
        CHECK(spread.kg_low <= spread.kg_high);
        CHECK(spread.median == again.median);
        for (std::size_t year = 0; year < spread.low.size(); ++year) CHECK(spread.low[year] <= spread.high[year]);
        for (const PeakDriver& one : peak_drivers(ask, 50, seed)) CHECK(one.kg_lower >= -1e-3);
    }
}

TEST_CASE("a known peak: growth falls from 6 to 0 percent while intensity falls by 3") {
    const PeakAsk ask{.base_year = 2024, .years = 13, .growth = 6, .growth_end = 0, .growth_spread = 0, .sectors = {{1000, 1, 0, -3, 0}}, .measures = {}};
    // 1.06, 1.055, … while growth × 0.97 is above one: up to 3.09 % of growth, that is six steps (6 … 3.5), the seventh (3 %) falls.
    const Peak peak = peak_of(total_path(emission_paths(ask)), 2024);
    CHECK(peak.year == 2030);
    CHECK(peak.passed);
    const PeakSpread sure = drawn_peak(ask, 50, 1);
    CHECK(sure.year_low == 2030);
    CHECK(sure.year_high == 2030);
    CHECK(sure.kg_low == doctest::Approx(peak.kg));
}

TEST_CASE("the year's end follows last year's months, exactly where they repeat") {
    const std::vector<double> last = {10, 9, 8, 7, 6, 5, 5, 6, 7, 8, 9, 10};
    const YearEnd same = *year_end({11, 9.9, 8.8}, last);
    CHECK(same.kg == doctest::Approx(99));
    CHECK(same.high_kg == doctest::Approx(99));
    CHECK(target_light(same, 100) == CarbonLight::green);
    CHECK(target_light(same, 98) == CarbonLight::red);
    const YearEnd scattered = *year_end({14, 8, 9}, last);
    CHECK(scattered.low_kg < scattered.kg);
    CHECK(target_light(scattered, scattered.kg + 0.1) == CarbonLight::yellow);
    CHECK(year_end(last, last)->kg == doctest::Approx(90));
    CHECK(year_end(last, last)->high_kg == doctest::Approx(90));
    CHECK(year_end({5, 5}, {})->kg == doctest::Approx(60));
    CHECK(!year_end({}, last));
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<double> months, before(12);
        for (double& one : before) one = 1 + random.uniform() * 9;
        for (std::size_t i = 0, count = 1 + random.below(12); i < count; ++i) months.push_back(random.uniform() * 10);
        const YearEnd made = *year_end(months, before);
        CHECK(made.low_kg <= made.kg + 1e-9);
        CHECK(made.kg <= made.high_kg + 1e-9);
        CHECK(made.observed_kg <= made.kg + 1e-9);
        std::vector<double> more = months; // one more kilogram never lowers the forecast
        more[0] += 1;
        CHECK(year_end(more, before)->kg >= made.kg);
    }
    CHECK(target_score(100, 100) == 100);
    CHECK(target_score(110, 100) == doctest::Approx(80));
    CHECK(target_score(200, 100) == 0);
}

TEST_CASE("a project's light: the ceiling and the space are hard, the best technology and a large part of the space are not") {
    CHECK(project_light({.kg = 50, .output = 10, .ceiling_kg = 10, .advanced_kg = 6, .space_kg = 1000}).light == CarbonLight::green);
    const ProjectLight between = project_light({.kg = 80, .output = 10, .ceiling_kg = 10, .advanced_kg = 6, .space_kg = 1000});
    CHECK(between.light == CarbonLight::yellow);
    CHECK(between.reasons == std::vector{LightReason::above_advanced});
    CHECK(project_light({.kg = 110, .output = 10, .ceiling_kg = 10, .advanced_kg = 6, .space_kg = 1000}).reasons ==
          std::vector{LightReason::above_ceiling, LightReason::takes_much_space});
    CHECK(project_light({.kg = 50, .output = 10, .ceiling_kg = 10, .space_kg = 40}).light == CarbonLight::red);
    CHECK(project_light({.kg = 50, .output = 0, .ceiling_kg = 10}).light == CarbonLight::red);
    // More emissions never make the light better.
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        ProjectFigures figures{random.uniform() * 100, random.uniform() * 10, random.uniform() * 20, random.uniform() * 10, random.uniform() * 300};
        const CarbonLight before = project_light(figures).light;
        figures.kg *= 1 + random.uniform();
        CHECK(project_light(figures).light >= before);
    }
}

} // namespace greenbank::cities
