// impute.cpp — numbers in the place of missing ones.
#include <algorithm>
#include <set>

#include "cities/engine/prepare.h"

namespace greenbank::cities {

namespace {

using Matrix = std::vector<std::vector<double>>;

/// Solves a·x = b for several b at once by Cholesky; a is symmetric and, with the ridge it has, positive.
Matrix solve(Matrix a, Matrix b) {
    const std::size_t n = a.size();
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
        a[j][j] = std::sqrt(std::max(a[j][j], 1e-12));
        for (std::size_t i = j + 1; i < n; ++i) {
            for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
            a[i][j] /= a[j][j];
        }
    }
    for (auto& x : b) {
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < i; ++k) x[i] -= a[i][k] * x[k];
            x[i] /= a[i][i];
        }
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t k = i + 1; k < n; ++k) x[i] -= a[k][i] * x[k];
            x[i] /= a[i][i];
        }
    }
    return b;
}

/// One row: which columns are there and which are not.
struct Pattern {
    std::vector<std::size_t> there, gone;
};

} // namespace

void impute_em(Columns& columns) {
    const std::size_t width = columns.size(), height = columns.empty() ? 0 : columns[0].size();
    // In units of their deviations, so that one ridge suits all.
    std::vector<double> centre(width), scale(width);
    for (std::size_t k = 0; k < width; ++k) {
        const Distribution now = distribution_of(columns[k]);
        centre[k] = now.mean;
        scale[k] = now.deviation > 0 ? now.deviation : 1;
        for (double& number : columns[k]) number = (number - centre[k]) / scale[k];
    }
    std::vector<Pattern> patterns(height);
    for (std::size_t i = 0; i < height; ++i)
        for (std::size_t k = 0; k < width; ++k) (known(columns[k][i]) ? patterns[i].there : patterns[i].gone).push_back(k);
    std::vector<double> mean(width, 0.0);
    Matrix covariance(width, std::vector<double>(width, 0.0));
    for (std::size_t k = 0; k < width; ++k) covariance[k][k] = 1;
    for (auto& column : columns)
        for (double& number : column)
            if (!known(number)) number = 0;
    constexpr double ridge = 1e-6;
    for (int round = 0; round < 500; ++round) {
        Matrix spread(width, std::vector<double>(width, 0.0)); // what the filled numbers themselves still vary
        double moved = 0;
        for (std::size_t i = 0; i < height; ++i) {
            const auto& [there, gone] = patterns[i];
            if (gone.empty()) continue;
            Matrix known_part(there.size(), std::vector<double>(there.size())), cross(gone.size(), std::vector<double>(there.size()));
            for (std::size_t a = 0; a < there.size(); ++a) {
                for (std::size_t b = 0; b < there.size(); ++b) known_part[a][b] = covariance[there[a]][there[b]];
                known_part[a][a] += ridge;
                for (std::size_t g = 0; g < gone.size(); ++g) cross[g][a] = covariance[gone[g]][there[a]];
            }
            const Matrix coefficients = solve(known_part, cross);
            for (std::size_t g = 0; g < gone.size(); ++g) {
                double expected = mean[gone[g]];
                for (std::size_t a = 0; a < there.size(); ++a) expected += coefficients[g][a] * (columns[there[a]][i] - mean[there[a]]);
                moved = std::max(moved, std::abs(columns[gone[g]][i] - expected));
                columns[gone[g]][i] = expected;
                for (std::size_t h = 0; h < gone.size(); ++h) {
                    double left = covariance[gone[g]][gone[h]];
                    for (std::size_t a = 0; a < there.size(); ++a) left -= coefficients[g][a] * cross[h][a];
                    spread[gone[g]][gone[h]] += left;
                }
            }
        }
        const double n = static_cast<double>(height);
        for (std::size_t k = 0; k < width; ++k) mean[k] = mean_of(columns[k]);
        for (std::size_t k = 0; k < width; ++k)
            for (std::size_t l = 0; l <= k; ++l) {
                double sum = spread[k][l];
                for (std::size_t i = 0; i < height; ++i) sum += (columns[k][i] - mean[k]) * (columns[l][i] - mean[l]);
                covariance[k][l] = covariance[l][k] = sum / n;
            }
        if (round > 0 && moved < 1e-9) break;
    }
    for (std::size_t k = 0; k < width; ++k)
        for (std::size_t i = 0; i < height; ++i) columns[k][i] = columns[k][i] * scale[k] + centre[k];
}

namespace {

void impute_by_em(const Context& context, Table& table) {
    for (const auto& children : context.framework.children) { // what is measured of one thing tells of each other
        Columns group;
        std::vector<std::size_t> of;
        for (const std::size_t child : children)
            if (child < context.framework.indicators) of.push_back(child), group.push_back(table.columns[child]);
        if (group.empty()) continue;
        const Columns before = group;
        impute_em(group);
        for (std::size_t k = 0; k < of.size(); ++k)
            for (std::size_t i = 0; i < before[k].size(); ++i)
                if (!known(before[k][i])) table.columns[of[k]][i] = group[k][i];
    }
}

/// The latest number that the unit had before; before the first one there is none.
void impute_last(const Context& context, Table& table) {
    const std::vector<std::string> times = context.data.times();
    std::map<std::string, std::map<std::string, std::size_t>> rows; // by unit and period
    for (std::size_t i = 0; i < table.rows.size(); ++i) rows[context.data.units[table.rows[i]].code][context.data.units[table.rows[i]].time] = i;
    for (Column& column : table.columns)
        for (const auto& [unit, by_time] : rows) {
            double last = missing;
            for (const std::string& time : times) {
                const auto row = by_time.find(time);
                if (row == by_time.end()) continue;
                double& number = column[row->second];
                if (known(number)) last = number;
                else number = last;
            }
        }
}

} // namespace

void impute(const Context& context, const Impute& how, Table& table, Problems& problems) {
    const bool grouped = how.method == Imputation::group_mean || how.method == Imputation::group_median;
    const bool by_median = how.method == Imputation::median || how.method == Imputation::group_median;
    if (how.method == Imputation::none) return;
    for (std::size_t k = 0; k < table.columns.size(); ++k)
        if (std::none_of(table.columns[k].begin(), table.columns[k].end(), known))
            problems.push_back({context.code(k), "cities.index_all_missing", "The indicator has no number at all; take it out of the table of indicators."});
    if (!problems.empty()) return;
    if (how.method == Imputation::em) return impute_by_em(context, table);
    if (how.method == Imputation::last_known) return impute_last(context, table);
    std::vector<std::pair<std::string, std::string>> group_of(table.rows.size()); // period and group
    for (std::size_t i = 0; i < table.rows.size(); ++i) group_of[i].first = context.data.units[table.rows[i]].time;
    if (grouped) {
        const auto found = context.data.groups.find(how.group);
        if (found == context.data.groups.end())
            return problems.push_back({"impute", "cities.index_group_unknown", "At impute: the data have no group {group}.", {{"group", how.group}}});
        for (std::size_t i = 0; i < table.rows.size(); ++i) group_of[i].second = found->second[table.rows[i]];
    }
    const std::set<std::pair<std::string, std::string>> groups(group_of.begin(), group_of.end());
    for (std::size_t k = 0; k < table.columns.size(); ++k)
        for (const auto& group : groups) {
            Column members;
            for (std::size_t i = 0; i < group_of.size(); ++i)
                if (group_of[i] == group) members.push_back(table.columns[k][i]);
            if (std::all_of(members.begin(), members.end(), known)) continue;
            const double filled = by_median ? median_of(members) : mean_of(members);
            if (!known(filled))
                problems.push_back({context.code(k), "cities.index_group_empty", "At impute: no unit of the group {group} has this number; use a wider group.",
                    {{"group", group.first + (group.first.empty() ? "" : " ") + group.second}}});
            for (std::size_t i = 0; i < group_of.size(); ++i)
                if (group_of[i] == group && !known(table.columns[k][i])) table.columns[k][i] = filled;
        }
}

} // namespace greenbank::cities
