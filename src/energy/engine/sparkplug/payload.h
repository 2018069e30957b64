// payload.h — the payload of Sparkplug B 3.0: metrics with name or alias, moment, type and value. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace greenbank::energy::sparkplug {

/// The numbers of the specification; what stands after `file` (data sets, templates, arrays) is read past.
enum class DataType : std::uint32_t {
    unknown = 0,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
    real32,
    real64,
    boolean,
    string,
    date_time,
    text,
    uuid,
    data_set,
    bytes,
    file,
};

/// Absent: null, or of a type that is no single value.
using MetricValue = std::variant<std::monostate, std::int64_t, std::uint64_t, double, bool, std::string>;

struct Metric {
    std::string name; // may be empty where the alias says it
    std::optional<std::uint64_t> alias;
    std::optional<std::uint64_t> milliseconds; // of this value; else the payload's
    DataType type = DataType::unknown;         // unknown in data messages: the birth said it
    bool historical = false;
    bool null = false;
    std::optional<std::int64_t> quality; // property "Quality": 192 good, 0 bad, 500 stale
    std::string unit;                    // property "engUnit"
    MetricValue value;

    bool operator==(const Metric&) const = default;
};

struct Payload {
    std::optional<std::uint64_t> milliseconds; // since 1970
    std::optional<std::uint64_t> sequence;
    std::vector<Metric> metrics;

    bool operator==(const Payload&) const = default;
};

inline constexpr std::size_t metrics_max = 20'000; // in one payload

/// Nothing where the bytes are no payload, or more than the limits.
std::optional<Payload> decode(std::string_view bytes);
std::string encode(const Payload& payload);

/// The value as its type says it: small signed numbers travel as 32 unsigned bits. `type` is the birth's where the metric has none.
MetricValue typed(const Metric& metric, DataType type);
/// As a number for a channel: booleans are 0 and 1; nothing where it is none.
std::optional<double> number(const MetricValue& value);

} // namespace greenbank::energy::sparkplug
