// detector.h — what is unusual in a stream of values, with no labels and one setting. Pure; a point costs well below a microsecond.
//
// Watched are the value, its mean over 10 and over 60 points, its restlessness, how long it has stood still, and its distance from what is usual at
// this time (day, week, or a cycle that was found). Each is compared with its own past: an alarm is a *record*, farther from the usual than anything
// remembered, by the factor that the sensitivity sets. Memories fade over 8,000 and 5,000 points.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "energy/engine/anomaly/season.h"
#include "energy/engine/anomaly/watch.h"

namespace greenbank::energy {

enum class Anomaly : std::uint8_t { none, spike, level_shift, drift, unseasonal, restless, quiet, flat };
std::string_view name_of(Anomaly anomaly);

struct Judgement {
    double score = 0; // 0 to 1; an alarm from one half on
    bool alarm = false;
    // Of what stood out most, whether it was an alarm or not.
    Anomaly anomaly = Anomaly::none;
    double observed = 0, usual = 0; // in the unit of the value; of flat: points
    double times = 0, farthest = 0; // deviations, now and the most that was remembered
    double cycle = 0;               // unseasonal: of so many seconds, or points if the cycle was found
    bool cycle_in_points = false;
};

class Detector {
public:
    static constexpr double sensitivity_usual = 0.5;
    /// 0 to 1. At one half a clear record is enough, by 5 %; at 0 it takes 1.5 times that, at 1 two thirds.
    explicit Detector(double sensitivity = sensitivity_usual);

    /// The next value and its time in seconds. What is no finite number is judged not at all and teaches nothing.
    Judgement judge(std::int64_t seconds, double value);

private:
    struct Scale {
        double points;
        Anomaly anomaly;
        double mean = 0;
        Watch watch;
    };
    struct Cycle {
        Season season;
        bool in_points;
        double mean = 0; // of the distance from the season, over 10 points
        Watch here, lasting;
    };

    static Cycle cycle(double length, std::size_t slots, bool in_points);
    void look_at_levels(double value, Judgement& best);
    void look_at_changes(double value, Judgement& best);
    void look_at_seasons(std::int64_t seconds, double value, Judgement& best);
    void look_for_a_cycle(double value);

    double factor_;
    std::int64_t count_ = 0, quiet_until_ = 0;
    double previous_ = 0;
    std::array<Scale, 3> scales_;
    double restlessness_ = 0, typical_deviation_ = 0;
    Watch changes_;
    double still_ = 0, still_longest_ = 0; // points
    bool still_told_ = false;
    FadingMean mean_;
    std::vector<Cycle> cycles_;
    std::vector<double> latest_; // for look_for_a_cycle
};

} // namespace greenbank::energy
