// panel.h — scores of experts to one result with its spread, and who has an interest. Pure.
// Mean and sample standard deviation; trimmed mean after ISO 16269-6 usage: the g lowest and g highest left out; quartiles by
// linear interpolation (Hyndman and Fan 1996, type 7); outliers beyond 1.5 interquartile ranges (Tukey 1977) among four or more.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::library {

/// Weights are shares that sum to one; scores lie between scale_min and scale_max.
struct ScoringScale {
    std::vector<double> weights; // by indicator
    double scale_min = 0, scale_max = 100;
};
/// Failure::invalid "scoring.weights" unless there are weights, none below zero, and they sum to one within 1e-9; "scoring.scale" unless min < max.
Result<Done> check_scoring(const ScoringScale& scale);

struct Spread {
    std::int64_t count = 0;
    double mean = 0, trimmed_mean = 0;
    double deviation = 0; // sample standard deviation; 0 for one score
    double min = 0, lower_quartile = 0, median = 0, upper_quartile = 0, max = 0;

    double interquartile_range() const { return upper_quartile - lower_quartile; }
    bool operator==(const Spread&) const = default;
};
/// All zero for no score. `trim` values are left out at each end, as far as one remains.
Spread spread_of(std::vector<double> scores, std::size_t trim);
/// The value below which the share p (0 to 1) of sorted scores lies; scores must not be empty.
double quantile(std::span<const double> sorted, double p);
/// Indices of scores beyond Tukey's fences; none among fewer than four.
std::vector<std::size_t> outliers(std::span<const double> scores);

struct PanelResult {
    std::vector<double> totals;     // by expert: the weighted sum
    Spread total;                   // over experts
    std::vector<Spread> indicators; // by indicator
    std::vector<std::size_t> outliers;

    bool operator==(const PanelResult&) const = default;
};
/// `scores` by expert, each by indicator, complete and within the scale.
PanelResult panel_result(const ScoringScale& scale, const std::vector<std::vector<double>>& scores, std::size_t trim);

/// Why somebody should not judge an entry.
enum class Interest { own_entry, same_organisation, member, declared, own_word };
struct InterestFacts {
    std::string person, organisation;     // of the expert; empty: none
    std::vector<std::string> memberships; // organisations the expert's person belongs to
    std::vector<std::string> declared;    // organisations the expert declared an interest in
    std::string entered_by;               // the person who entered or declared it
    std::vector<std::string> owners;      // organisations that hold, apply or own
    bool says_conflict = false;           // the expert's own declaration for this panel
};
/// Every reason, in the order of the enumeration; empty: none.
std::vector<Interest> interests(const InterestFacts& facts);

} // namespace greenbank::library

template <> struct greenbank::Choices<greenbank::library::Interest> {
    static constexpr std::string_view name = "interest";
    static constexpr std::string_view values[] = {"own_entry", "same_organisation", "member", "declared", "own_word"};
};
