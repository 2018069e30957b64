// aggregate.cpp — sums in two doubles while that is exact, in as many as it takes where not.
#include "energy/engine/telemetry/aggregate.h"

namespace greenbank::energy {

namespace {

/// one + other = sum + rest, exactly (Knuth).
struct TwoSum {
    double sum, rest;
    TwoSum(double one, double other) : sum(one + other) {
        const double of_other = sum - one;
        rest = (one - (sum - of_other)) + (other - of_other);
    }
};

constexpr double overflows = 0x1p960; // nearer to the greatest double a sum of many could leave the numbers

} // namespace

void ExactSum::add(double value) {
    std::size_t kept = 0;
    for (const double part : parts_) {
        const TwoSum two(value, part);
        if (two.rest != 0) parts_[kept++] = two.rest;
        value = two.sum;
    }
    parts_.resize(kept);
    parts_.push_back(value);
}

double ExactSum::rounded() const {
    if (parts_.empty()) return 0;
    std::size_t i = parts_.size() - 1;
    double sum = parts_[i], rest = 0;
    while (i > 0 && rest == 0) {
        const TwoSum two(sum, parts_[--i]);
        sum = two.sum;
        rest = two.rest;
    }
    // Half-way cases are decided by what lies below the rest.
    if (i > 0 && ((rest < 0 && parts_[i - 1] < 0) || (rest > 0 && parts_[i - 1] > 0))) {
        const double twice = rest * 2, next = sum + twice;
        if (next - sum == twice) sum = next;
    }
    return sum;
}

Aggregate aggregate(const Points& points, std::size_t from, std::size_t to) {
    Aggregate all;
    double sum = 0, rest = 0;
    bool exact = true;
    for (std::size_t i = from; i < to; ++i) {
        const double value = points.values[i];
        if (!(std::abs(value) <= std::numeric_limits<double>::max())) continue;
        ++all.count;
        all.least = std::min(all.least, value);
        all.greatest = std::max(all.greatest, value);
        all.last = value;
        const TwoSum two(sum, value), below(rest, two.rest);
        sum = two.sum;
        rest = below.sum;
        exact = exact && below.rest == 0;
    }
    if (exact && std::abs(sum) < overflows) {
        all.sum = sum + rest;
        return all;
    }
    ExactSum slowly; // scaled, so that the sum of the greatest doubles is infinite at the end only
    const bool huge = std::max(std::abs(all.least), std::abs(all.greatest)) > overflows;
    const double scale = huge ? 0x1p-100 : 1;
    for (std::size_t i = from; i < to; ++i)
        if (std::isfinite(points.values[i])) slowly.add(points.values[i] * scale);
    all.sum = slowly.rounded() / scale;
    return all;
}

Moment step_of(Moment at, Moment step) {
    const Moment rest = at % step;
    return at - (rest < 0 ? rest + step : rest);
}

void aggregate(const Points& points, std::size_t from, std::size_t to, Moment step, std::vector<Step>& into) {
    while (from < to) {
        const Moment at = step_of(points.times[from], step), end = at + (step - 1); // the last moment within
        std::size_t next = from + 1;
        while (next < to && points.times[next] <= end) ++next;
        if (const Aggregate values = aggregate(points, from, next); values.count > 0) into.push_back({at, values});
        from = next;
    }
}

} // namespace greenbank::energy
