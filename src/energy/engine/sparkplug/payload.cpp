// payload.cpp — Sparkplug's payload to bytes and back.
#include "energy/engine/sparkplug/payload.h"

#include "energy/engine/sparkplug/protobuf.h"

namespace greenbank::energy::sparkplug {

namespace {

// Field numbers of the specification.
namespace in_payload {
enum : std::uint32_t { timestamp = 1, metrics = 2, seq = 3 };
}
namespace in_metric {
enum : std::uint32_t {
    name = 1,
    alias,
    timestamp,
    datatype,
    is_historical,
    is_transient,
    is_null,
    metadata,
    properties,
    int_value,
    long_value,
    float_value,
    double_value,
    boolean_value,
    string_value
};
}
namespace in_properties {
enum : std::uint32_t { keys = 1, values = 2 };
}
namespace in_property {
enum : std::uint32_t { type = 1, is_null, int_value, long_value, float_value, double_value, boolean_value, string_value };
}

constexpr std::size_t name_bytes_max = 512, text_bytes_max = 4096, properties_max = 64;

bool read_properties(std::string_view bytes, Metric& metric) {
    std::vector<std::string_view> keys, values;
    WireReader reader(bytes);
    for (WireField field; reader.next(field);) {
        if (field.number == in_properties::keys && field.wire == Wire::bytes) keys.push_back(field.bytes);
        if (field.number == in_properties::values && field.wire == Wire::bytes) values.push_back(field.bytes);
        if (keys.size() > properties_max || values.size() > properties_max) return false;
    }
    if (!reader.sound() || keys.size() != values.size()) return false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        WireReader property(values[i]);
        for (WireField field; property.next(field);) {
            if (keys[i] == "Quality" && field.wire == Wire::varint && (field.number == in_property::int_value || field.number == in_property::long_value))
                metric.quality =
                    field.number == in_property::int_value ? static_cast<std::int32_t>(field.number_value) : static_cast<std::int64_t>(field.number_value);
            if (keys[i] == "engUnit" && field.number == in_property::string_value && field.wire == Wire::bytes && field.bytes.size() <= 64)
                metric.unit = field.bytes;
        }
        if (!property.sound()) return false;
    }
    return true;
}

bool read_metric(std::string_view bytes, Metric& metric) {
    WireReader reader(bytes);
    for (WireField field; reader.next(field);) {
        const bool varint = field.wire == Wire::varint, text = field.wire == Wire::bytes;
        switch (field.number) {
        case in_metric::name:
            if (!text || field.bytes.size() > name_bytes_max) return false;
            metric.name = field.bytes;
            break;
        case in_metric::alias:
            if (!varint) return false;
            metric.alias = field.number_value;
            break;
        case in_metric::timestamp:
            if (!varint) return false;
            metric.milliseconds = field.number_value;
            break;
        case in_metric::datatype:
            if (!varint) return false;
            metric.type = field.number_value <= static_cast<std::uint64_t>(DataType::file) ? static_cast<DataType>(field.number_value) : DataType::data_set;
            break;
        case in_metric::is_historical: metric.historical = varint && field.number_value; break;
        case in_metric::is_null: metric.null = varint && field.number_value; break;
        case in_metric::properties:
            if (!text || !read_properties(field.bytes, metric)) return false;
            break;
        case in_metric::int_value:
            if (!varint) return false;
            metric.value = static_cast<std::uint64_t>(static_cast<std::uint32_t>(field.number_value));
            break;
        case in_metric::long_value:
            if (!varint) return false;
            metric.value = field.number_value;
            break;
        case in_metric::float_value:
            if (field.wire != Wire::fixed32) return false;
            metric.value = static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(field.number_value)));
            break;
        case in_metric::double_value:
            if (field.wire != Wire::fixed64) return false;
            metric.value = std::bit_cast<double>(field.number_value);
            break;
        case in_metric::boolean_value:
            if (!varint) return false;
            metric.value = field.number_value != 0;
            break;
        case in_metric::string_value:
            if (!text || field.bytes.size() > text_bytes_max) return false;
            metric.value = std::string(field.bytes);
            break;
        default: break; // data sets, templates, bytes, and what a later edition adds
        }
    }
    return reader.sound();
}

bool is_long(DataType type) { return type == DataType::int64 || type == DataType::uint32 || type == DataType::uint64 || type == DataType::date_time; }

std::string write_metric(const Metric& metric) {
    WireWriter out;
    if (!metric.name.empty()) out.bytes(in_metric::name, metric.name);
    if (metric.alias) out.varint(in_metric::alias, *metric.alias);
    if (metric.milliseconds) out.varint(in_metric::timestamp, *metric.milliseconds);
    if (metric.type != DataType::unknown) out.varint(in_metric::datatype, static_cast<std::uint64_t>(metric.type));
    if (metric.historical) out.varint(in_metric::is_historical, 1);
    if (metric.null) out.varint(in_metric::is_null, 1);
    if (metric.quality || !metric.unit.empty()) {
        WireWriter properties;
        if (metric.quality) properties.bytes(in_properties::keys, "Quality");
        if (!metric.unit.empty()) properties.bytes(in_properties::keys, "engUnit");
        if (metric.quality) {
            WireWriter property;
            property.varint(in_property::type, static_cast<std::uint64_t>(DataType::int32));
            property.varint(in_property::int_value, static_cast<std::uint32_t>(*metric.quality));
            properties.bytes(in_properties::values, property.take());
        }
        if (!metric.unit.empty()) {
            WireWriter property;
            property.varint(in_property::type, static_cast<std::uint64_t>(DataType::string));
            property.bytes(in_property::string_value, metric.unit);
            properties.bytes(in_properties::values, property.take());
        }
        out.bytes(in_metric::properties, properties.take());
    }
    const bool as_long = is_long(metric.type);
    if (const auto* whole = std::get_if<std::int64_t>(&metric.value)) {
        if (as_long) out.varint(in_metric::long_value, static_cast<std::uint64_t>(*whole));
        else out.varint(in_metric::int_value, static_cast<std::uint32_t>(*whole));
    } else if (const auto* natural = std::get_if<std::uint64_t>(&metric.value)) {
        if (as_long || *natural > 0xFFFFFFFF) out.varint(in_metric::long_value, *natural);
        else out.varint(in_metric::int_value, *natural);
    } else if (const auto* real = std::get_if<double>(&metric.value)) {
        if (metric.type == DataType::real32) out.real(in_metric::float_value, static_cast<float>(*real));
        else out.real(in_metric::double_value, *real);
    } else if (const auto* truth = std::get_if<bool>(&metric.value)) out.varint(in_metric::boolean_value, *truth);
    else if (const auto* text = std::get_if<std::string>(&metric.value)) out.bytes(in_metric::string_value, *text);
    return out.take();
}

} // namespace

std::optional<Payload> decode(std::string_view bytes) {
    Payload payload;
    WireReader reader(bytes);
    for (WireField field; reader.next(field);) {
        switch (field.number) {
        case in_payload::timestamp:
            if (field.wire != Wire::varint) return {};
            payload.milliseconds = field.number_value;
            break;
        case in_payload::seq:
            if (field.wire != Wire::varint) return {};
            payload.sequence = field.number_value;
            break;
        case in_payload::metrics:
            if (field.wire != Wire::bytes || payload.metrics.size() == metrics_max || !read_metric(field.bytes, payload.metrics.emplace_back())) return {};
            break;
        default: break;
        }
    }
    if (!reader.sound()) return {};
    return payload;
}

std::string encode(const Payload& payload) {
    WireWriter out;
    if (payload.milliseconds) out.varint(in_payload::timestamp, *payload.milliseconds);
    for (const Metric& metric : payload.metrics) out.bytes(in_payload::metrics, write_metric(metric));
    if (payload.sequence) out.varint(in_payload::seq, *payload.sequence);
    return out.take();
}

MetricValue typed(const Metric& metric, DataType type) {
    if (metric.null) return {};
    if (metric.type != DataType::unknown) type = metric.type;
    const auto* natural = std::get_if<std::uint64_t>(&metric.value);
    if (!natural) return metric.value;
    switch (type) {
    case DataType::int8: return static_cast<std::int64_t>(static_cast<std::int8_t>(*natural));
    case DataType::int16: return static_cast<std::int64_t>(static_cast<std::int16_t>(*natural));
    case DataType::int32: return static_cast<std::int64_t>(static_cast<std::int32_t>(*natural));
    case DataType::int64: return static_cast<std::int64_t>(*natural);
    case DataType::boolean: return *natural != 0;
    default: return *natural;
    }
}

std::optional<double> number(const MetricValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* natural = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*natural);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1.0 : 0.0;
    return {};
}

} // namespace greenbank::energy::sparkplug
