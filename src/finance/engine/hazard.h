// hazard.h — the chance that a borrower defaults in the next month, given that it has not yet: a logistic curve over borrower-months.
// Learnt from panels (a row for each borrower and month it was still good, or went bad); pure, and the same for a file and for the bank's records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "finance/engine/loan_life.h"

namespace greenbank::finance {

struct HazardPanel {
    std::vector<std::string> names;       // of the features
    std::vector<std::uint32_t> borrowers; // of each row
    std::vector<std::int64_t> months;     // since the beginning, from 1
    std::vector<double> values;           // row by row, a number for each name; not a number: missing
    std::vector<std::uint8_t> bad;        // went bad in this month
    std::size_t rows() const { return bad.size(); }
    double value(std::size_t row, std::size_t column) const { return values[row * names.size() + column]; }
};
enum class HazardFlaw {
    none,
    empty,
    one_class,
    too_few,
    constant,
    after_default
}; // constant: no column differs; after_default: a borrower has months after its default

struct HazardColumn {
    std::string name;
    double mean = 0, deviation = 1, effect = 0; // effect: on the log odds, of one deviation; a missing value counts as the mean
};
struct HazardModel {
    double intercept = 0, duration = 0; // duration: effect of the logarithm of the month
    std::vector<HazardColumn> columns;
};

struct HazardSettings {
    double ridge = 1; // on the effects
    std::size_t events_min = 10;
};
struct HazardTraining {
    HazardFlaw flaw = HazardFlaw::none;
    HazardModel model;
    std::vector<std::string> left_out; // columns that never differ
    std::size_t rows = 0, events = 0, borrowers = 0;
    double area = 0.5, brier = 0, expected = 0; // over all rows; expected: events that the model counts on
};
HazardTraining train_hazard(const HazardPanel& panel, const HazardSettings& settings = {});
/// The twin: the same penalised likelihood by plain descent.
HazardModel train_hazard_naive(const HazardPanel& panel, const HazardSettings& settings, int steps);

/// In the month `month`, by features in the order of the model's columns.
double hazard_of(const HazardModel& model, std::int64_t month, const std::vector<double>& values);
/// In the `horizon` months from `month` on, features staying as they are.
double default_chance(const HazardModel& model, std::int64_t month, const std::vector<double>& values, std::int64_t horizon);
/// What moves the odds most, columns with their effect on the log odds, the largest first.
struct HazardReason {
    std::string name;
    double value = 0, effect = 0;
};
std::vector<HazardReason> reasons_of(const HazardModel& model, const std::vector<double>& values);

/// How early the model would have said so: a borrower is warned of in the first month whose chance over the horizon reaches the threshold.
struct LeadTimes {
    std::size_t defaults = 0, warned = 0, good = 0, false_alarms = 0; // borrowers; warned: before the month of the default
    double mean = 0, median = 0;                                      // months from the warning to the default, of those warned
};
LeadTimes lead_times(const HazardModel& model, const HazardPanel& panel, double threshold, std::int64_t horizon);

/// One loan's past, for its rows of a panel.
struct LoanPast {
    Date start, until; // until: the last day known
    std::int64_t drawn = 0;
    double rate = 0; // % a year
    struct Due {
        Date day;
        std::int64_t amount = 0;
    };
    std::vector<Due> dues;     // in order: interest and principal that fell due
    std::vector<Due> payments; // in order
};
/// What the bank's own records tell: days_late, late_share (%), paid_share (%), rate.
const std::vector<std::string>& loan_features();
/// At that day; in the order of loan_features().
std::vector<double> loan_features_on(const LoanPast& past, Date day);
/// A row for each whole month, features at its beginning, bad where it became `default_days` late in it; none after that.
void add_months(HazardPanel& panel, const LoanPast& past, std::uint32_t borrower, std::int64_t default_days);

} // namespace greenbank::finance
