// distribution.cpp — moments, quantiles and ranks.
#include "cities/engine/distribution.h"

#include <algorithm>

namespace greenbank::cities {

namespace {

Column known_of(const Column& column) {
    Column numbers;
    numbers.reserve(column.size());
    std::copy_if(column.begin(), column.end(), std::back_inserter(numbers), known);
    return numbers;
}

} // namespace

double mean_of(const Column& column) {
    double sum = 0, count = 0;
    for (const double number : column)
        if (known(number)) sum += number, ++count;
    return sum / count;
}

double median_of(Column column) {
    column = known_of(column);
    std::sort(column.begin(), column.end());
    return quantile_of(column, 0.5);
}

double quantile_of(const Column& sorted, double share) {
    if (sorted.empty()) return missing;
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= sorted.size()) return sorted.back();
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

Column ranks_of(const Column& column, bool averaged) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < column.size(); ++i)
        if (known(column[i])) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return column[a] < column[b]; });
    Column ranks(column.size(), missing);
    for (std::size_t i = 0, end = 0; i < order.size(); i = end) {
        for (end = i; end < order.size() && column[order[end]] == column[order[i]];) ++end;
        const double rank = averaged ? static_cast<double>(i + end + 1) / 2 : static_cast<double>(i + 1);
        for (std::size_t j = i; j < end; ++j) ranks[order[j]] = rank;
    }
    return ranks;
}

Distribution distribution_of(const Column& column) {
    Distribution found;
    Column sorted = known_of(column);
    std::sort(sorted.begin(), sorted.end());
    found.available = sorted.size();
    if (sorted.empty()) return found;
    for (std::size_t i = 0, end = 0; i < sorted.size(); i = end, ++found.unique) {
        for (end = i; end < sorted.size() && sorted[end] == sorted[i];) ++end;
        if (sorted[i] != 0) found.nonzero += end - i;
        found.same = std::max(found.same, end - i);
    }
    found.least = sorted.front();
    found.greatest = sorted.back();
    found.mean = mean_of(column);
    found.median = quantile_of(sorted, 0.5);
    const double n = static_cast<double>(sorted.size());
    double second = 0, third = 0, fourth = 0; // central moments
    for (const double number : sorted) {
        const double off = number - found.mean, square = off * off;
        second += square;
        third += square * off;
        fourth += square * square;
    }
    if (n > 1) found.deviation = std::sqrt(second / (n - 1));
    second /= n;
    if (second > 0 && n > 2) found.skewness = third / n / std::pow(second, 1.5) * std::sqrt(n * (n - 1)) / (n - 2);
    if (second > 0 && n > 3) found.kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (fourth / n / (second * second) - 3) + 6);
    return found;
}

} // namespace greenbank::cities
