// detector.cpp — each point is shown to every watch; the greatest record speaks.
#include "energy/engine/anomaly/detector.h"

#include "energy/engine/anomaly/cycle.h"

namespace greenbank::energy {

namespace {

constexpr double record_memory = 8000, usual_memory = 5000; // points
constexpr double least_level = 3.5, least_change = 4;       // deviations below which nothing is a record
constexpr double record_by = 1.05;                          // clearly, not by a hair
constexpr std::int64_t learning = 150;                      // points before the first alarm
constexpr std::int64_t told = 100;                          // points after an alarm in which no other is raised
constexpr double still_least = 36, still_factor = 2;        // points; times the longest remembered
constexpr double still_memory = record_memory;
constexpr double day = 86400;
constexpr std::size_t window = 1024; // in which a cycle is looked for

void consider(Judgement& best, double record, const Watch::Reading& reading, Anomaly anomaly, double observed, double usual) {
    if (record <= best.score) return;
    best = {record, false, anomaly, observed, usual, reading.times, reading.farthest, 0, false};
}

Watch level_watch() { return {least_level, record_memory, usual_memory}; }

} // namespace

std::string_view name_of(Anomaly anomaly) {
    static constexpr std::string_view names[] = {"none", "spike", "level_shift", "drift", "unseasonal", "restless", "quiet", "flat"};
    return names[static_cast<std::size_t>(anomaly)];
}

Detector::Detector(double sensitivity) :
    factor_(record_by * std::pow(1.5, 1 - 2 * std::clamp(sensitivity, 0.0, 1.0))),
    scales_{Scale{1, Anomaly::spike, 0, level_watch()}, Scale{10, Anomaly::level_shift, 0, level_watch()}, Scale{60, Anomaly::drift, 0, level_watch()}},
    changes_(least_change, record_memory, usual_memory) {
    cycles_.push_back(cycle(day, 96, false));
    cycles_.push_back(cycle(7 * day, 168, false));
}

Detector::Cycle Detector::cycle(double length, std::size_t slots, bool in_points) {
    return {Season(length, slots), in_points, 0, level_watch(), level_watch()};
}

Judgement Detector::judge(std::int64_t seconds, double value) {
    if (!std::isfinite(value) || std::abs(value) > 1e150) return {}; // its square is still a number
    Judgement best;
    look_at_levels(value, best);
    look_at_changes(value, best);
    look_at_seasons(seconds, value, best);
    look_for_a_cycle(value);
    mean_.add(value, 2000);
    previous_ = value;
    const double record = best.score / factor_;
    best.alarm = record >= 1 && count_ >= learning && count_ >= quiet_until_;
    best.score = record / (1 + record);
    if (best.alarm) quiet_until_ = count_ + told + 1;
    else best.score = std::min(best.score, 0.499); // in learning, or already told
    ++count_;
    return best;
}

void Detector::look_at_levels(double value, Judgement& best) {
    for (Scale& scale : scales_) {
        scale.mean += (value - scale.mean) / std::min(scale.points, static_cast<double>(count_ + 1));
        const Watch::Reading reading = scale.watch.read(scale.mean);
        if (scale.points == 1) typical_deviation_ = reading.deviation;
        consider(best, reading.record, reading, scale.anomaly, scale.mean, reading.usual);
    }
}

void Detector::look_at_changes(double value, Judgement& best) {
    if (count_ == 0) return;
    const double change = std::abs(value - previous_);
    // On a scale of ratios, for restlessness has no sign; a thousandth of the deviation keeps a still stream from minus infinity.
    const double ratio = std::log(1e-3 * typical_deviation_ + change + 1e-300);
    restlessness_ += (ratio - restlessness_) / std::min(20.0, static_cast<double>(count_));
    const Watch::Reading reading = changes_.read(restlessness_);
    consider(best, reading.record, reading, reading.times > 0 ? Anomaly::restless : Anomaly::quiet, std::exp(restlessness_), std::exp(reading.usual));
    if (change > 0) {
        still_longest_ = std::max(still_, still_longest_ * std::exp(-still_ / still_memory));
        still_ = 0;
        still_told_ = false;
        return;
    }
    ++still_;
    const double limit = std::max(still_least, still_factor * still_longest_);
    const double record = still_ / limit;
    if (still_told_ || record < factor_) return;
    still_told_ = true;
    consider(best, std::max(record, 1.5 * factor_), {}, Anomaly::flat, still_, std::round(still_longest_));
}

void Detector::look_at_seasons(std::int64_t seconds, double value, Judgement& best) {
    for (Cycle& cycle : cycles_) {
        const double position = cycle.in_points ? static_cast<double>(count_) : static_cast<double>(seconds);
        const auto expected = cycle.season.expected(position);
        const bool holds = cycle.season.holds();
        cycle.season.learn(position, value, expected, mean_.mean);
        if (!expected) continue;
        const double away = value - *expected;
        cycle.mean += (away - cycle.mean) / 10;
        const Watch::Reading here = cycle.here.read(away), lasting = cycle.lasting.read(cycle.mean);
        if (!holds) continue;
        const Judgement before = best;
        consider(best, here.record, here, Anomaly::unseasonal, value, *expected);
        consider(best, lasting.record, lasting, Anomaly::unseasonal, *expected + cycle.mean, *expected);
        if (best.score > before.score) {
            best.cycle = cycle.season.cycle();
            best.cycle_in_points = cycle.in_points;
        }
    }
}

void Detector::look_for_a_cycle(double value) {
    if (count_ > 16 * static_cast<std::int64_t>(window)) return;
    latest_.push_back(value);
    if (latest_.size() < window) return;
    const std::size_t found = cycle_of(latest_);
    latest_.clear();
    if (found == 0 || (cycles_.back().in_points && cycles_.back().season.holds())) return;
    if (cycles_.back().in_points) cycles_.pop_back();
    cycles_.push_back(cycle(static_cast<double>(found), std::min<std::size_t>(found, 512), true));
}

} // namespace greenbank::energy
