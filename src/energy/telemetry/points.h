// points.h — points as protocols bring them and as others are told of them.
#pragma once

#include <array>
#include <functional>
#include <span>

#include "energy/engine/telemetry/named_point.h"
#include "energy/sites/records.h"

namespace greenbank::energy {

/// For a channel by its number: of computed channels, and where the key is known already.
struct NumberedPoint {
    std::int64_t channel = 0;
    std::int64_t at_milliseconds{};
    double value = 0;
    Quality quality = Quality::good;
};

enum class PointRefusal : std::uint8_t { channel_unknown, not_finite, too_old, clock_ahead };
inline constexpr std::size_t point_refusals = 4;
/// What was made of a batch. What a device may do wrong costs its own points only.
struct Accepted {
    std::int64_t taken = 0;                             // durable now
    std::int64_t duplicates = 0;                        // were there already, with the same value
    std::int64_t late = 0;                              // of those taken: older than what was there; tiers are corrected
    std::int64_t bad = 0;                               // of those taken: said to be bad, or physically impossible; kept aside
    std::array<std::int64_t, point_refusals> refused{}; // by PointRefusal
    std::string first_refused;                          // the key of the first point refused

    std::int64_t refused_in_all() const { return refused[0] + refused[1] + refused[2] + refused[3]; }
};

/// What is known of a channel while points go through: not looked up again for each.
struct KnownChannel {
    std::int64_t number = 0;
    Id<Channel> id;
    std::optional<Id<Device>> device;
    Id<Site> site;
    Id<Organisation> organisation;
    std::string key, unit;
    QuantityKind quantity = QuantityKind::instant;
    std::optional<double> least, greatest;
};

/// A point that is durable.
struct TakenPoint {
    const KnownChannel* channel = nullptr; // good while the observer runs
    std::int64_t at_milliseconds{};
    double value = 0;
    Quality quality = Quality::good;
};
/// Told of points after they are durable, batch by batch in the order of their commits, on a thread of the intake's own: it may read and
/// write the store and take its time; while it is far behind, the intake says busy.
using PointObserver = std::function<void(std::span<const TakenPoint> points, Time received)>;

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::Quality> {
    static constexpr std::string_view name = "point_quality";
    static constexpr std::string_view values[] = {"good", "uncertain", "estimated", "substituted", "bad"};
};
template <> struct Choices<energy::PointRefusal> {
    static constexpr std::string_view name = "point_refusal";
    static constexpr std::string_view values[] = {"channel_unknown", "not_finite", "too_old", "clock_ahead"};
};
} // namespace greenbank
