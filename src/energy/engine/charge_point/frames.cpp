// frames.cpp — the envelope, and the fields of each call as a table.
#include "energy/engine/charge_point/frames.h"

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "energy/engine/values.h"
#include "kernel/text.h"
#include "kernel/time.h"

namespace greenbank::energy::charge_point {

namespace {

using Shape = ValueTree::Shape;

enum class Type { text, integer, moment, meter_values, transaction_data };

struct FieldShape {
    std::string_view name;
    Type type;
    bool required = true;
    std::size_t length_max = 0;     // of a text; 0: no limit of its own
    std::string_view one_of = {};   // separated by spaces
    std::int64_t least = INT64_MIN; // of an integer
};

struct CallShape {
    std::string_view action;
    std::vector<FieldShape> fields;
};

// OCPP 1.6 edition 2, part 4 and its schemas: what a charge point may call.
const std::vector<CallShape>& call_shapes() {
    static const std::vector<CallShape> shapes = {
        {"Authorize", {{"idTag", Type::text, true, 20}}},
        {"BootNotification",
            {{"chargePointVendor", Type::text, true, 20}, {"chargePointModel", Type::text, true, 20}, {"chargePointSerialNumber", Type::text, false, 25},
                {"chargeBoxSerialNumber", Type::text, false, 25}, {"firmwareVersion", Type::text, false, 50}, {"iccid", Type::text, false, 20},
                {"imsi", Type::text, false, 20}, {"meterType", Type::text, false, 25}, {"meterSerialNumber", Type::text, false, 25}}},
        {"DataTransfer", {{"vendorId", Type::text, true, 255}, {"messageId", Type::text, false, 50}, {"data", Type::text, false}}},
        {"DiagnosticsStatusNotification", {{"status", Type::text, true, 20, "Idle Uploaded UploadFailed Uploading"}}},
        {"FirmwareStatusNotification",
            {{"status", Type::text, true, 20, "Downloaded DownloadFailed Downloading Idle InstallationFailed Installing Installed"}}},
        {"Heartbeat", {}},
        {"MeterValues", {{"connectorId", Type::integer, true, 0, "", 0}, {"transactionId", Type::integer, false}, {"meterValue", Type::meter_values, true}}},
        {"StartTransaction", {{"connectorId", Type::integer, true, 0, "", 1}, {"idTag", Type::text, true, 20}, {"meterStart", Type::integer, true},
                                 {"reservationId", Type::integer, false}, {"timestamp", Type::moment, true}}},
        {"StatusNotification",
            {{"connectorId", Type::integer, true, 0, "", 0},
                {"errorCode", Type::text, true, 30,
                    "ConnectorLockFailure EVCommunicationError GroundFailure HighTemperature InternalError LocalListConflict NoError OtherError "
                    "OverCurrentFailure PowerMeterFailure PowerSwitchFailure ReaderFailure ResetFailure UnderVoltage OverVoltage WeakSignal"},
                {"info", Type::text, false, 50},
                {"status", Type::text, true, 20, "Available Preparing Charging SuspendedEVSE SuspendedEV Finishing Reserved Unavailable Faulted"},
                {"timestamp", Type::moment, false}, {"vendorId", Type::text, false, 255}, {"vendorErrorCode", Type::text, false, 50}}},
        {"StopTransaction",
            {{"idTag", Type::text, false, 20}, {"meterStop", Type::integer, true}, {"timestamp", Type::moment, true}, {"transactionId", Type::integer, true},
                {"reason", Type::text, false, 20,
                    "EmergencyStop EVDisconnected HardReset Local Other PowerLoss Reboot Remote SoftReset UnlockCommand DeAuthorized"},
                {"transactionData", Type::transaction_data, false}}},
    };
    return shapes;
}

bool is_null(const ValueTree& value) { return value.shape == Shape::plain && value.plain == "null"; }

std::optional<ShapeFault> fault_of(const FieldShape& field, const ValueTree& value);

std::optional<ShapeFault> fault_of_all(std::span<const FieldShape> fields, const ValueTree& body, std::string_view where) {
    if (body.shape != Shape::object) return ShapeFault{type_violation, fmt::format("{} must be an object", where)};
    for (const FieldShape& field : fields) {
        const ValueTree* value = body.find(field.name);
        if (!value || is_null(*value)) {
            if (field.required) return ShapeFault{occurrence_violation, fmt::format("{} is missing", field.name)};
            continue;
        }
        if (auto fault = fault_of(field, *value)) return fault;
    }
    for (const auto& [name, value] : body.members)
        if (std::none_of(fields.begin(), fields.end(), [&](const FieldShape& field) { return field.name == name; }))
            return ShapeFault{formation_violation, fmt::format("{} is not known here", name.substr(0, 60))};
    return {};
}

const std::vector<FieldShape> sampled_fields = {
    {"value", Type::text, true, 2500},
    {"context", Type::text, false, 0, "Interruption.Begin Interruption.End Other Sample.Clock Sample.Periodic Transaction.Begin Transaction.End Trigger"},
    {"format", Type::text, false, 0, "Raw SignedData"},
    {"measurand", Type::text, false, 50},
    {"phase", Type::text, false, 0, "L1 L2 L3 N L1-N L2-N L3-N L1-L2 L2-L3 L3-L1"},
    {"location", Type::text, false, 0, "Cable EV Inlet Outlet Body"},
    {"unit", Type::text, false, 20},
};

std::optional<ShapeFault> meter_values_fault(const FieldShape& field, const ValueTree& value) {
    if (value.shape != Shape::list) return ShapeFault{type_violation, fmt::format("{} must be a list", field.name)};
    for (const ValueTree& moment : value.items) {
        if (moment.shape != Shape::object) return ShapeFault{type_violation, fmt::format("{} must hold objects", field.name)};
        const ValueTree *at = moment.find("timestamp"), *sampled = moment.find("sampledValue");
        if (!at || !sampled) return ShapeFault{occurrence_violation, "timestamp and sampledValue are needed"};
        if (auto fault = fault_of({"timestamp", Type::moment}, *at)) return fault;
        if (sampled->shape != Shape::list) return ShapeFault{type_violation, "sampledValue must be a list"};
        if (sampled->items.empty()) return ShapeFault{occurrence_violation, "sampledValue is empty"};
        for (const ValueTree& one : sampled->items)
            if (auto fault = fault_of_all(sampled_fields, one, "sampledValue")) return fault;
    }
    return {};
}

std::optional<ShapeFault> fault_of(const FieldShape& field, const ValueTree& value) {
    switch (field.type) {
    case Type::integer: {
        const auto number = integer_of(value);
        if (!number) return ShapeFault{type_violation, fmt::format("{} must be a whole number", field.name)};
        if (*number < field.least) return ShapeFault{property_violation, fmt::format("{} is too small", field.name)};
        return {};
    }
    case Type::meter_values:
        if (value.shape == Shape::list && value.items.empty()) return ShapeFault{occurrence_violation, fmt::format("{} is empty", field.name)};
        return meter_values_fault(field, value);
    case Type::transaction_data: return meter_values_fault(field, value);
    case Type::text:
    case Type::moment: break;
    }
    const auto text = text_of(value);
    if (!text) return ShapeFault{type_violation, fmt::format("{} must be a text", field.name)};
    if (field.type == Type::moment && !parse_time(*text)) return ShapeFault{property_violation, fmt::format("{} must be a moment of RFC 3339", field.name)};
    if (field.length_max && length_in_characters(*text) > field.length_max)
        return ShapeFault{property_violation, fmt::format("{} is longer than {}", field.name, field.length_max)};
    if (!field.one_of.empty()) {
        const auto known = split(field.one_of, ' ');
        if (std::find(known.begin(), known.end(), *text) == known.end()) return ShapeFault{property_violation, fmt::format("{} is unknown", field.name)};
    }
    return {};
}

} // namespace

Frame read_frame(const ValueTree& tree) {
    if (tree.shape != Shape::list || tree.items.size() < 3) return {};
    const auto kind = integer_of(tree.items[0]);
    auto id = text_of(tree.items[1]);
    if (!kind || !id || id->empty() || id->size() > 36) return {};
    const std::size_t size = tree.items.size();
    if (*kind == 2 && size == 4) {
        auto action = text_of(tree.items[2]);
        if (!action || action->size() > 100) return {};
        return Call{std::move(*id), std::move(*action), tree.items[3]};
    }
    if (*kind == 3 && size == 3) return CallAnswer{std::move(*id), tree.items[2]};
    if (*kind == 4 && (size == 4 || size == 5)) {
        auto code = text_of(tree.items[2]), description = text_of(tree.items[3]);
        if (!code || !description) return {};
        return CallError{std::move(*id), std::move(*code), description->substr(0, 255)};
    }
    return {};
}

ValueTree call_frame(std::string_view id, std::string_view action, ValueTree body) {
    return list_tree({number_tree(std::int64_t{2}), text_tree(id), text_tree(action), std::move(body)});
}
ValueTree answer_frame(std::string_view id, ValueTree body) { return list_tree({number_tree(std::int64_t{3}), text_tree(id), std::move(body)}); }
ValueTree error_frame(std::string_view id, std::string_view code, std::string_view description) {
    return list_tree({number_tree(std::int64_t{4}), text_tree(id), text_tree(code), text_tree(description), object_tree({})});
}

std::optional<ShapeFault> shape_fault(std::string_view action, const ValueTree& body) {
    for (const CallShape& shape : call_shapes())
        if (shape.action == action) return fault_of_all(shape.fields, body, "the payload");
    return ShapeFault{not_implemented, "this central system does not know the action"};
}

} // namespace greenbank::energy::charge_point
