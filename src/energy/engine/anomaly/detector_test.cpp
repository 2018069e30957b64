// detector_test.cpp — one disturbance of each kind is named; nothing depends on the unit; bad values do no harm; records against a naive twin.
#include "energy/engine/anomaly/detector.h"

#include <doctest/doctest.h>

#include <limits>
#include <numbers>

#include "kernel/random.h"

namespace greenbank::energy {

namespace {

constexpr std::int64_t five_minutes = 300;

double normal(Random& random) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += random.uniform();
    return sum;
}

std::vector<double> day_and_noise(Random& random, std::size_t count, double height) {
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = 100 + height * std::sin(2 * std::numbers::pi * static_cast<double>(i) / 288) + normal(random);
    return values;
}

struct Alarm {
    std::size_t point;
    Judgement judgement;
};
std::vector<Alarm> alarms(const std::vector<double>& values, double sensitivity = Detector::sensitivity_usual) {
    Detector detector(sensitivity);
    std::vector<Alarm> list;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (const Judgement judgement = detector.judge(static_cast<std::int64_t>(i) * five_minutes, values[i]); judgement.alarm) list.push_back({i, judgement});
    return list;
}

/// The first alarm at or after the disturbance, which comes within `within` points.
Anomaly found(const std::vector<double>& values, std::size_t at, std::size_t within) {
    for (const Alarm& alarm : alarms(values))
        if (alarm.point >= at) return alarm.point <= at + within ? alarm.judgement.anomaly : Anomaly::none;
    return Anomaly::none;
}

} // namespace

TEST_CASE("each kind of disturbance is found and named") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Random random(seed);
        INFO("seed " << seed);
        const auto plain = day_and_noise(random, 5000, 0);
        auto spike = plain, shift = plain, drift = plain, restless = plain, quiet = plain, flat = plain, season = day_and_noise(random, 5000, 20);
        spike[4000] += 12;
        for (std::size_t i = 4000; i < 5000; ++i) {
            shift[i] += 2.5;
            drift[i] += 0.01 * static_cast<double>(i - 4000);
            restless[i] += 6 * (i % 2 == 0 ? 1 : -1) * (i % 7 == 0 ? 0 : 0.6);
            quiet[i] = 100 + 0.02 * (plain[i] - 100);
        }
        for (std::size_t i = 4000; i < 4100; ++i) {
            flat[i] = flat[4000];
            season[i] += 9; // near the mean of the whole day: no level is unusual
        }
        CHECK(found(spike, 4000, 0) == Anomaly::spike);
        const Anomaly shifted = found(shift, 4000, 30); // the first value beyond is a spike, for who knows
        CHECK_MESSAGE((shifted == Anomaly::level_shift || shifted == Anomaly::spike), name_of(shifted));
        const Anomaly drifted = found(drift, 4000, 500);
        CHECK_MESSAGE((drifted == Anomaly::drift || drifted == Anomaly::level_shift || drifted == Anomaly::spike), name_of(drifted));
        CHECK(found(restless, 4000, 60) != Anomaly::none);
        CHECK(found(quiet, 4000, 60) == Anomaly::quiet);
        const Anomaly stuck = found(flat, 4000, 60);
        CHECK_MESSAGE((stuck == Anomaly::flat || stuck == Anomaly::quiet), name_of(stuck));
        CHECK(found(season, 4000, 12) == Anomaly::unseasonal);
    }
}

TEST_CASE("a sensor that rounds is stuck only when it stands longer than ever") {
    Random random(3);
    std::vector<double> values(6000);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::round(20 + normal(random));
    for (std::size_t i = 5000; i < 5200; ++i) values[i] = 20;
    const auto list = alarms(values);
    REQUIRE(!list.empty());
    bool flat = false;
    for (const Alarm& alarm : list) flat = flat || (alarm.point >= 5000 && alarm.point <= 5200 && alarm.judgement.anomaly != Anomaly::none);
    CHECK(flat);
    CHECK(alarms(std::vector<double>(3000, 7.25)).empty()); // it always stood
}

TEST_CASE("a cycle that no calendar has is found") {
    Random random(11);
    std::vector<double> values(9000);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = ((i % 37) < 9 ? 50 : 10) + 0.5 * normal(random);
    for (std::size_t i = 7000; i < 7009; ++i) values[i] = 10 + (values[i] > 30 ? 40 : 0); // as always
    const std::size_t start = 7000 - 7000 % 37 + 12;
    for (std::size_t i = start; i < start + 6; ++i) values[i] += 40; // the batch comes at the wrong time, at a height as always
    bool said = false;
    for (const Alarm& alarm : alarms(values))
        if (alarm.point >= start && alarm.point < start + 12) {
            said = true;
            CHECK(alarm.judgement.anomaly == Anomaly::unseasonal);
            CHECK(alarm.judgement.cycle_in_points);
            CHECK(std::fmod(alarm.judgement.cycle, 37) == 0);
        }
    CHECK(said);
}

TEST_CASE("the unit and the zero of a scale change nothing, more sensitivity never silences all") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Random random(seed);
        auto values = day_and_noise(random, 3000, 10);
        for (int i = 0; i < 6; ++i) values[500 + random.below(2500)] += 15 * (random.uniform() - 0.3);
        auto other = values;
        for (double& value : other) value = value * 4 - 256; // exact in binary
        const auto one = alarms(values), two = alarms(other);
        REQUIRE_MESSAGE(one.size() == two.size(), "seed ", seed);
        for (std::size_t i = 0; i < one.size(); ++i) CHECK_MESSAGE(one[i].point == two[i].point, "seed ", seed);
        CHECK_MESSAGE((one.empty() || !alarms(values, 1).empty()), "seed ", seed);
    }
}

TEST_CASE("scores are between 0 and 1, an alarm is a score from one half on; what is no number teaches nothing") {
    constexpr double hard[] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(), 1e200};
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Random random(seed);
        INFO("seed " << seed);
        const double size = std::pow(10.0, static_cast<double>(random.between(-300, 149)));
        Detector with(random.uniform()), without(with);
        for (std::int64_t i = 0; i < 2000; ++i) {
            const double value = random.chance(0.01) ? 0 : size * normal(random);
            const std::int64_t seconds = random.chance(0.01) ? random.between(-(std::int64_t{1} << 61), std::int64_t{1} << 61) : i * five_minutes;
            if (random.chance(0.1)) {
                const Judgement none = with.judge(seconds, hard[random.below(std::size(hard))]);
                CHECK((none.score == 0 && !none.alarm));
            }
            const Judgement one = with.judge(seconds, value), other = without.judge(seconds, value);
            REQUIRE((one.score >= 0 && one.score <= 1));
            REQUIRE(one.alarm == (one.score >= 0.5));
            REQUIRE(one.score == other.score);
        }
    }
}

TEST_CASE("a watch against its definition, from the whole past at every step") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        Watch watch(3.5, 40, 1e9); // nothing is forgotten of the usual, records fade quickly
        std::vector<double> past, sizes;
        for (int i = 0; i < 50; ++i) { // before outliers are cut
            const double number = normal(random) * (random.chance(0.1) ? 5 : 1);
            const Watch::Reading reading = watch.read(number);
            double mean = 0, variance = 0, farthest = 3.5;
            for (const double one : past) mean += one / static_cast<double>(past.size());
            for (const double one : past) variance += (one - mean) * (one - mean) / static_cast<double>(past.size());
            for (std::size_t k = 0; k < sizes.size(); ++k) farthest = std::max(farthest, sizes[k] * std::exp(-static_cast<double>(sizes.size() - 1 - k) / 40));
            const double size = past.size() < 20 ? 0 : std::abs(number - mean) / std::sqrt(variance);
            CHECK_MESSAGE(reading.record == doctest::Approx(size / farthest), "seed ", seed, " number ", i);
            sizes.push_back(size);
            past.push_back(number);
        }
    }
}

} // namespace greenbank::energy
