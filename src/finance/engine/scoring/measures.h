// measures.h — how good a score is: discrimination, calibration, stability, back-testing; and the master scale.
#pragma once

#include <cstdint>
#include <vector>

namespace greenbank::finance {

/// Chance that a bad one scores higher than a good one, ties by half; 0.5 where a class is absent.
double area_under_curve(const std::vector<double>& score, const std::vector<std::uint8_t>& bad);
double area_under_curve_naive(const std::vector<double>& score, const std::vector<std::uint8_t>& bad); // the twin: every pair
double brier_score(const std::vector<double>& probability, const std::vector<std::uint8_t>& bad);
/// The largest distance between the two classes' distributions (Kolmogorov and Smirnov).
double class_distance(const std::vector<double>& score, const std::vector<std::uint8_t>& bad);

/// ln odds = slope * x + intercept, fitted by likelihood.
struct Calibration {
    double slope = 1, intercept = 0;
    double apply(double log_odds) const;
};
Calibration calibrate(const std::vector<double>& log_odds, const std::vector<std::uint8_t>& bad);

/// How far two distributions over the same bins have come apart: 0 is equal, above 0.25 is commonly called another population.
double population_stability(const std::vector<double>& before, const std::vector<double>& now);

/// Grades 1..n by probability of default, each so many times the one before.
struct MasterScale {
    double first = 0.0005, ratio = 2.1; // upper bound of grade 1; quotient of bounds
    std::int64_t grades = 10;
    std::int64_t grade(double probability) const; // from 1
};

struct GradeTest {
    std::int64_t grade = 0;
    double count = 0, expected = 0, observed = 0; // mean probability; share that went bad
    double chance = 1;                            // of at least so many bad ones, were the expectation right
};
std::vector<GradeTest> back_test(const std::vector<double>& probability, const std::vector<std::uint8_t>& bad, const MasterScale& scale);

} // namespace greenbank::finance
