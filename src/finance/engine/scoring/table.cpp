// table.cpp — what is left out, remarked and refused before anything is learnt.
#include "finance/engine/scoring/table.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <unordered_map>

#include "finance/engine/scoring/measures.h"
#include "kernel/random.h"

namespace greenbank::finance {

namespace {

constexpr std::size_t class_rows_min = 20;

std::string key_of(const ScoringTable& table, std::size_t row) {
    std::string key(table.columns.size() * sizeof(double), '\0');
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const double value = is_missing(table.columns[i].values[row]) ? missing : table.columns[i].values[row] + 0.0; // -0 is 0
        std::memcpy(key.data() + i * sizeof(double), &value, sizeof(double));
    }
    return key;
}

/// How well this column alone tells the bad from the good, whichever way round; names by their share of bad ones.
double area_alone(const ScoringColumn& column, const std::vector<std::uint8_t>& bad) {
    std::vector<double> score = column.values;
    if (column.named) {
        std::vector<double> bads(column.names.size(), 0), all(column.names.size(), 0);
        for (std::size_t i = 0; i < bad.size(); ++i)
            if (!is_missing(score[i])) {
                bads[static_cast<std::size_t>(score[i])] += bad[i];
                all[static_cast<std::size_t>(score[i])] += 1;
            }
        for (double& one : score)
            if (!is_missing(one)) one = bads[static_cast<std::size_t>(one)] / all[static_cast<std::size_t>(one)];
    }
    double low = 0;
    for (const double one : score)
        if (!is_missing(one)) low = std::min(low, one);
    for (double& one : score)
        if (is_missing(one)) one = low - 1;
    const double area = area_under_curve(score, bad);
    return std::max(area, 1 - area);
}

} // namespace

ScoringTable rows_of(const ScoringTable& table, const std::vector<std::uint32_t>& rows) {
    ScoringTable chosen;
    chosen.rows = rows.size();
    for (const ScoringColumn& column : table.columns) {
        ScoringColumn part{column.name, column.named, {}, column.names};
        part.values.reserve(rows.size());
        for (const std::uint32_t row : rows) part.values.push_back(column.values[row]);
        chosen.columns.push_back(std::move(part));
    }
    if (!table.bad.empty())
        for (const std::uint32_t row : rows) chosen.bad.push_back(table.bad[row]);
    return chosen;
}

ScoringTable without_duplicates(const ScoringTable& table, std::vector<ScoringRemark>& remarks) {
    std::unordered_map<std::string, std::uint8_t> seen; // the classes a row of these values had
    std::vector<std::uint32_t> kept;
    double both = 0;
    for (std::uint32_t row = 0; row < table.rows; ++row) {
        const auto mark = static_cast<std::uint8_t>(1U << table.bad[row]);
        std::uint8_t& marks = seen[key_of(table, row)];
        if ((marks & mark) != 0) continue;
        if (marks != 0) ++both;
        marks = static_cast<std::uint8_t>(marks | mark);
        kept.push_back(row);
    }
    if (kept.size() < table.rows) remarks.push_back({ScoringNote::duplicate_rows, {}, static_cast<double>(table.rows - kept.size())});
    if (both > 0) remarks.push_back({ScoringNote::both_ways, {}, both});
    return rows_of(table, kept);
}

ScoringFlaw prepare(ScoringTable& table, std::vector<ScoringRemark>& remarks) {
    const auto bads = static_cast<std::size_t>(std::count(table.bad.begin(), table.bad.end(), 1));
    if (table.rows == 0) return ScoringFlaw::too_few_rows;
    if (bads == 0 || bads == table.rows) return ScoringFlaw::one_class;
    if (std::min(bads, table.rows - bads) < class_rows_min) return ScoringFlaw::too_few_rows;
    std::erase_if(table.columns, [&](const ScoringColumn& column) {
        std::size_t absent = 0;
        bool differs = false;
        const double* first = nullptr;
        for (const double& value : column.values) {
            if (is_missing(value)) ++absent;
            else if (first == nullptr) first = &value;
            else differs = differs || value != *first;
        }
        if (!differs && (absent == 0 || absent == table.rows)) {
            remarks.push_back({ScoringNote::constant_column, column.name});
            return true;
        }
        if (column.named && column.names.size() > 50 && static_cast<double>(column.names.size()) > 0.5 * static_cast<double>(table.rows - absent)) {
            remarks.push_back({ScoringNote::one_name_a_row, column.name, static_cast<double>(column.names.size())});
            return true;
        }
        if (static_cast<double>(absent) > 0.95 * static_cast<double>(table.rows))
            remarks.push_back({ScoringNote::mostly_missing, column.name, static_cast<double>(absent) / static_cast<double>(table.rows)});
        const double area = area_alone(column, table.bad);
        if (area > 0.97) remarks.push_back({ScoringNote::leaked_target, column.name, area});
        return false;
    });
    return table.columns.empty() ? ScoringFlaw::no_columns : ScoringFlaw::none;
}

std::vector<std::uint8_t> folds_of(const std::vector<std::uint8_t>& bad, std::uint32_t folds, std::uint64_t seed) {
    std::vector<std::uint32_t> order(bad.size());
    std::iota(order.begin(), order.end(), 0U);
    Random random(seed);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return bad[a] < bad[b]; });
    std::vector<std::uint8_t> fold(bad.size());
    for (std::size_t i = 0; i < order.size(); ++i) fold[order[i]] = static_cast<std::uint8_t>(i % folds);
    return fold;
}

} // namespace greenbank::finance
