// requirement.cpp — a promised figure against a required one, in whatever units.
#include <algorithm>
#include <cmath>

#include "match/engine/judge.h"

namespace greenbank::match {

namespace {

constexpr double tolerance = 1e-9; // relative: 45 mg/m3 and 0.045 g/m3 are the same figure

double end_points(bool at_most, double limit, double value, const Weights& weights) {
    if (meets(at_most, limit, value)) return points_full;
    const double shortfall = (at_most ? value - limit : limit - value) / std::fabs(limit); // infinite at a limit of 0
    const double left = shortfall < 1 ? 1 - shortfall : 0;
    return weights.promise_missing + (weights.promise_near - weights.promise_missing) * left;
}

} // namespace

std::optional<Base> to_base(double value, std::string_view unit) {
    if (!std::isfinite(value)) return {};
    const auto parsed = parse_unit(unit);
    if (!parsed || !(parsed->factor > 0)) return {};
    const double base = value * parsed->factor + parsed->offset;
    if (!std::isfinite(base)) return {};
    return Base{base, *parsed};
}

bool meets(bool at_most, double limit, double value) {
    const double slack = tolerance * std::max(std::fabs(limit), std::fabs(value));
    return at_most ? value <= limit + slack : value >= limit - slack;
}

Ends ends_of(bool at_most, double low, double high) {
    if (high < low) std::swap(low, high);
    return at_most ? Ends{high, low} : Ends{low, high};
}

std::int32_t promise_points(bool at_most, double limit, Ends ends, const Weights& weights) {
    const double mean = (end_points(at_most, limit, ends.worse, weights) + end_points(at_most, limit, ends.better, weights)) / 2;
    return std::clamp(static_cast<std::int32_t>(std::floor(mean)), 0, points_full);
}

Kept judge(const Requirement& requirement, std::span<const Promise> promises, const Weights& weights) {
    Kept kept{.points = weights.promise_missing};
    const auto limit = to_base(requirement.limit, requirement.unit);
    if (!limit) return kept;
    for (const Promise& promise : promises) {
        if (promise.indicator != requirement.indicator) continue;
        const auto low = to_base(promise.low, promise.unit), high = to_base(promise.high.value_or(promise.low), promise.unit);
        if (!low || !high || low->unit.dimension != limit->unit.dimension) continue;
        const Ends ends = ends_of(requirement.at_most, from_base(low->value, limit->unit), from_base(high->value, limit->unit));
        const std::int32_t points = promise_points(requirement.at_most, requirement.limit, ends, weights);
        kept.reachable = kept.reachable || meets(requirement.at_most, requirement.limit, ends.better);
        if (kept.promise && points <= kept.points) continue;
        kept.promise = &promise;
        kept.points = points;
        kept.certain = meets(requirement.at_most, requirement.limit, ends.worse);
    }
    return kept;
}

} // namespace greenbank::match
