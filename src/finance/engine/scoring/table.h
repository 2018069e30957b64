// table.h — borrowers as scoring learns from them: columns of numbers or names, and who went bad.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace greenbank::finance {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline bool is_missing(double value) { return std::isnan(value); }

struct ScoringColumn {
    std::string name;
    bool named = false;             // its values are places in `names`, which have no order
    std::vector<double> values;     // a number, a place in `names`, or missing
    std::vector<std::string> names; // of a named column
};

struct ScoringTable {
    std::vector<ScoringColumn> columns;
    std::vector<std::uint8_t> bad; // 1: went bad; empty where nobody knows
    std::size_t rows = 0;
};

enum class ScoringFlaw {
    none,
    too_few_rows, // of either class fewer than can be learnt from
    one_class,
    no_columns, // nothing that differs is left
};
enum class ScoringNote { constant_column, duplicate_rows, both_ways, leaked_target, one_name_a_row, mostly_missing };
struct ScoringRemark {
    ScoringNote note;
    std::string column; // where it is about one
    double number = 0;  // rows, or the area under the curve of that column alone
};

/// Rows that are equal in everything are one row.
ScoringTable without_duplicates(const ScoringTable& table, std::vector<ScoringRemark>& remarks);
/// Leaves out what teaches nothing; remarks what an examiner would ask about; refuses what no model can be made of.
ScoringFlaw prepare(ScoringTable& table, std::vector<ScoringRemark>& remarks);

ScoringTable rows_of(const ScoringTable& table, const std::vector<std::uint32_t>& rows);
/// The fold of each row, as many bad ones in each as can be.
std::vector<std::uint8_t> folds_of(const std::vector<std::uint8_t>& bad, std::uint32_t folds, std::uint64_t seed);

} // namespace greenbank::finance
