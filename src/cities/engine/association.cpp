// association.cpp — correlations by their definitions, Kendall's by sorting; eigenvectors by rotations.
#include "cities/engine/association.h"

#include <algorithm>
#include <numeric>

#include "cities/engine/distribution.h"

namespace greenbank::cities {

namespace {

double covariance_of(const Column& one, const Column& other) {
    double sum_one = 0, sum_other = 0, count = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (known(one[i]) && known(other[i])) sum_one += one[i], sum_other += other[i], ++count;
    double sum = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (known(one[i]) && known(other[i])) sum += (one[i] - sum_one / count) * (other[i] - sum_other / count);
    return sum / (count - 1);
}

double pearson(const Column& one, const Column& other) {
    const double variances = covariance_of(one, one) * covariance_of(other, other);
    return variances > 0 ? covariance_of(one, other) / std::sqrt(variances) : missing;
}

/// Sorts and counts the pairs that stood the wrong way round.
std::uint64_t swaps_to_sort(std::vector<double>& values, std::vector<double>& scratch, std::size_t begin, std::size_t end) {
    if (end - begin < 2) return 0;
    const std::size_t middle = begin + (end - begin) / 2;
    std::uint64_t swaps = swaps_to_sort(values, scratch, begin, middle) + swaps_to_sort(values, scratch, middle, end);
    for (std::size_t i = begin, left = begin, right = middle; i < end; ++i) {
        const bool from_right = left == middle || (right < end && values[right] < values[left]);
        if (from_right) swaps += middle - left;
        scratch[i] = values[from_right ? right++ : left++];
    }
    std::copy(scratch.begin() + static_cast<std::ptrdiff_t>(begin), scratch.begin() + static_cast<std::ptrdiff_t>(end),
        values.begin() + static_cast<std::ptrdiff_t>(begin));
    return swaps;
}

/// Pairs of neighbours that are equal, in a sorted order.
template <class Equal> std::uint64_t tied_pairs(std::size_t count, Equal equal_to_next) {
    std::uint64_t pairs = 0, run = 1;
    for (std::size_t i = 0; i < count; ++i) {
        if (i + 1 < count && equal_to_next(i)) {
            ++run;
        } else {
            pairs += run * (run - 1) / 2;
            run = 1;
        }
    }
    return pairs;
}

double kendall(const Column& one, const Column& other) {
    const std::size_t n = one.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return one[a] != one[b] ? one[a] < one[b] : other[a] < other[b]; });
    const auto same_one = [&](std::size_t i) { return one[order[i]] == one[order[i + 1]]; };
    const std::uint64_t all = n * (n - 1) / 2, ties_one = tied_pairs(n, same_one);
    const std::uint64_t ties_both = tied_pairs(n, [&](std::size_t i) { return same_one(i) && other[order[i]] == other[order[i + 1]]; });
    std::vector<double> values(n), scratch(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = other[order[i]];
    const std::uint64_t swaps = swaps_to_sort(values, scratch, 0, n);
    const std::uint64_t ties_other = tied_pairs(n, [&](std::size_t i) { return values[i] == values[i + 1]; });
    const double concordant_more = static_cast<double>(all) - static_cast<double>(ties_one) - static_cast<double>(ties_other) + static_cast<double>(ties_both) -
                                   2 * static_cast<double>(swaps);
    const double untied = static_cast<double>(all - ties_one) * static_cast<double>(all - ties_other);
    return untied > 0 ? concordant_more / std::sqrt(untied) : missing;
}

} // namespace

double correlation_of(const Column& one, const Column& other, Correlation method) {
    Column first, second; // where both are known
    for (std::size_t i = 0; i < one.size(); ++i)
        if (known(one[i]) && known(other[i])) first.push_back(one[i]), second.push_back(other[i]);
    if (first.size() < 2) return missing;
    switch (method) {
    case Correlation::pearson: return pearson(first, second);
    case Correlation::spearman: return pearson(ranks_of(first, true), ranks_of(second, true));
    case Correlation::kendall: return kendall(first, second);
    }
    return missing;
}

Eigen eigen_of(std::vector<std::vector<double>> a) {
    const std::size_t n = a.size();
    std::vector<std::vector<double>> v(n, std::vector<double>(n)); // columns are vectors
    for (std::size_t i = 0; i < n; ++i) v[i][i] = 1;
    for (int sweep = 0; sweep < 100; ++sweep) {
        double off = 0, diagonal = 0;
        for (std::size_t i = 0; i < n; ++i) {
            diagonal += a[i][i] * a[i][i];
            for (std::size_t j = 0; j < i; ++j) off += a[i][j] * a[i][j];
        }
        if (off <= 1e-32 * diagonal) break;
        for (std::size_t p = 0; p < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q) {
                if (a[p][q] == 0) continue;
                const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
                const double t = std::copysign(1 / (std::abs(theta) + std::sqrt(theta * theta + 1)), theta), c = 1 / std::sqrt(t * t + 1), s = t * c;
                for (std::size_t k = 0; k < n; ++k) {
                    const double kp = a[k][p], kq = a[k][q];
                    a[k][p] = c * kp - s * kq;
                    a[k][q] = s * kp + c * kq;
                }
                for (std::size_t k = 0; k < n; ++k) {
                    const double pk = a[p][k], qk = a[q][k];
                    a[p][k] = c * pk - s * qk;
                    a[q][k] = s * pk + c * qk;
                    const double vp = v[k][p], vq = v[k][q];
                    v[k][p] = c * vp - s * vq;
                    v[k][q] = s * vp + c * vq;
                }
            }
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return a[i][i] > a[j][j]; });
    Eigen found;
    for (const std::size_t k : order) {
        found.values.push_back(a[k][k]);
        found.vectors.emplace_back();
        for (std::size_t i = 0; i < n; ++i) found.vectors.back().push_back(v[i][k]);
    }
    return found;
}

std::optional<Components> components_of(const Columns& columns, const std::vector<std::string>& codes) {
    Columns whole(columns.size());
    for (std::size_t row = 0; !columns.empty() && row < columns[0].size(); ++row)
        if (std::all_of(columns.begin(), columns.end(), [&](const Column& column) { return known(column[row]); }))
            for (std::size_t i = 0; i < columns.size(); ++i) whole[i].push_back(columns[i][row]);
    if (whole.empty() || whole[0].size() < 3) return {};
    std::vector<std::vector<double>> correlations(whole.size(), std::vector<double>(whole.size(), 1));
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            const double found = pearson(whole[i], whole[j]);
            if (!known(found)) return {};
            if (i != j) correlations[i][j] = correlations[j][i] = found;
        }
    Eigen eigen = eigen_of(std::move(correlations));
    Components found;
    std::vector<std::size_t> by_code(codes.size());
    std::iota(by_code.begin(), by_code.end(), std::size_t{0});
    std::sort(by_code.begin(), by_code.end(), [&](std::size_t a, std::size_t b) { return codes[a] < codes[b]; });
    for (std::size_t k = 0; k < eigen.values.size(); ++k) {
        std::vector<double>& vector = eigen.vectors[k];
        double sign = std::accumulate(vector.begin(), vector.end(), 0.0);
        for (std::size_t i = 0; k > 0 && i < by_code.size(); ++i)
            if (std::abs(vector[by_code[i]]) > 1e-9) {
                sign = -vector[by_code[i]];
                break;
            }
        if (sign < 0)
            for (double& loading : vector) loading = -loading;
        found.deviations.push_back(std::sqrt(std::max(0.0, eigen.values[k])));
        found.loadings.push_back(std::move(vector));
    }
    return found;
}

double cronbach_of(const Columns& columns) {
    const double count = static_cast<double>(columns.size());
    double variances = 0, all = 0;
    for (std::size_t i = 0; i < columns.size(); ++i)
        for (std::size_t j = 0; j < columns.size(); ++j) {
            const double covariance = covariance_of(columns[i], columns[j]);
            all += covariance;
            if (i == j) variances += covariance;
        }
    return count / (count - 1) * (1 - variances / all);
}

} // namespace greenbank::cities
