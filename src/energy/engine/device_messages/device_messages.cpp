// device_messages.cpp — telemetry, attributes and commands in ThingsBoard's JSON forms.
#include "energy/engine/device_messages/device_messages.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "energy/engine/values.h"
#include "kernel/text.h"

namespace greenbank::energy::device_messages {

namespace {

using Shape = ValueTree::Shape;
constexpr std::string_view fault_names[] = {"unreadable", "wrong_shape", "not_a_number", "time_unreadable", "name_too_long", "readings_max"};

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

std::optional<TopicName> after_owner(std::string_view token, std::string_view rest, bool gateway) {
    const auto one = [&](Subject subject, std::int64_t number = 0) { return TopicName{std::string(token), subject, number}; };
    if (rest == "telemetry") return one(gateway ? Subject::gateway_telemetry : Subject::telemetry);
    if (rest == "attributes") return one(gateway ? Subject::gateway_attributes : Subject::attributes);
    if (gateway) {
        if (rest == "connect") return one(Subject::gateway_connect);
        if (rest == "disconnect") return one(Subject::gateway_disconnect);
        if (rest == "rpc") return one(Subject::gateway_command_answer);
        return {};
    }
    const auto numbered = [&](std::string_view before, Subject subject) -> std::optional<TopicName> {
        if (!rest.starts_with(before)) return {};
        const auto number = whole(rest.substr(before.size()));
        if (!number || *number < 0) return {};
        return one(subject, *number);
    };
    if (auto found = numbered("rpc/response/", Subject::command_answer)) return found;
    if (auto found = numbered("rpc/request/", Subject::command_request)) return found;
    return numbered("attributes/request/", Subject::attribute_request);
}

struct Reader {
    const Limits& limits;
    Readings result = {};

    void fault(Fault fault) { ++result.faults[fault]; }

    void values(const std::string& device, const ValueTree& object, Time at) {
        if (object.shape != Shape::object) return fault(Fault::wrong_shape);
        for (const auto& [name, value] : object.members) {
            if (name.empty() || name.size() > limits.name_bytes_max) {
                fault(Fault::name_too_long);
                continue;
            }
            const auto truth = truth_of(value);
            const auto number = truth ? std::optional(*truth ? 1.0 : 0.0) : number_of(value);
            if (!number || !std::isfinite(*number)) {
                fault(Fault::not_a_number);
                continue;
            }
            if (result.readings.size() == limits.readings_max) return fault(Fault::readings_max);
            result.readings.push_back({device, name, at, *number});
        }
    }

    void one(const std::string& device, const ValueTree& object, Time now) {
        if (object.shape != Shape::object) return fault(Fault::wrong_shape);
        const ValueTree *at = object.find("ts"), *inner = object.find("values");
        if (!inner || inner->shape != Shape::object) return values(device, object, now);
        if (!at) return values(device, *inner, now);
        const auto milliseconds = number_of(*at);
        // Years 0001 to 9999; whether the moment is a likely one is the intake's question.
        if (!milliseconds || !(*milliseconds > -62'135'596'800'000.0 && *milliseconds < 253'402'300'800'000.0)) return fault(Fault::time_unreadable);
        values(device, *inner, Time{static_cast<std::int64_t>(std::llround(*milliseconds * 1000))});
    }

    void some(const std::string& device, const ValueTree& body, Time now) {
        if (body.shape != Shape::list) return one(device, body, now);
        for (const ValueTree& item : body.items) one(device, item, now);
    }
};

} // namespace

std::string_view to_text(Fault fault) { return fault_names[static_cast<int>(fault)]; }

std::optional<TopicName> parse_topic(std::string_view topic) {
    std::string_view token;
    bool mounted = false;
    if (!topic.starts_with("v1/")) { // a mount point
        const std::size_t slash = topic.find('/');
        if (slash == 0 || slash == topic.npos || !topic.substr(slash + 1).starts_with("v1/")) return {};
        token = topic.substr(0, slash);
        topic.remove_prefix(slash + 1);
        mounted = true;
    }
    topic.remove_prefix(3);
    const bool gateway = topic.starts_with("gateway/");
    if (!gateway && !topic.starts_with("devices/")) return {};
    topic.remove_prefix(8);
    if (gateway) {
        // v1/gateway/telemetry, or v1/gateway/{token}/telemetry
        if (const auto plain = after_owner(token, topic, true)) return plain;
        const std::size_t slash = topic.find('/');
        if (mounted || slash == 0 || slash == topic.npos) return {};
        return after_owner(topic.substr(0, slash), topic.substr(slash + 1), true);
    }
    const std::size_t slash = topic.find('/');
    if (slash == 0 || slash == topic.npos) return {};
    const std::string_view owner = topic.substr(0, slash);
    if (mounted && owner != "me") return {};
    return after_owner(mounted || owner == "me" ? token : owner, topic.substr(slash + 1), false);
}

std::vector<std::string> topic_filters() {
    return {"v1/devices/+/telemetry", "v1/devices/+/attributes", "v1/devices/+/rpc/response/+", "v1/devices/+/attributes/request/+", "v1/gateway/+",
        "v1/gateway/+/telemetry", "v1/gateway/+/attributes", "v1/gateway/+/connect", "v1/gateway/+/disconnect", "v1/gateway/+/rpc", "+/v1/devices/me/telemetry",
        "+/v1/devices/me/attributes", "+/v1/devices/me/rpc/response/+", "+/v1/devices/me/attributes/request/+", "+/v1/gateway/+"};
}

Readings read_telemetry(const ValueTree& body, Time now, Limits limits) {
    Reader reader{limits};
    reader.some("", body, now);
    return std::move(reader.result);
}

Readings read_gateway_telemetry(const ValueTree& body, Time now, Limits limits) {
    Reader reader{limits};
    if (body.shape != Shape::object) reader.fault(Fault::wrong_shape);
    for (const auto& [device, list] : body.members) {
        if (device.empty() || device.size() > limits.name_bytes_max) reader.fault(Fault::name_too_long);
        else reader.some(device, list, now);
    }
    return std::move(reader.result);
}

std::optional<std::string> device_of(const ValueTree& body, Limits limits) {
    const ValueTree* device = body.find("device");
    auto name = device ? text_of(*device) : std::nullopt;
    if (!name || name->empty() || name->size() > limits.name_bytes_max) return {};
    return name;
}

Attributes read_attributes(const ValueTree& body, bool of_gateway, Limits limits) {
    Attributes result;
    const auto take = [&](const std::string& device, const ValueTree& object) {
        if (object.shape != Shape::object) return void(++result.faults[Fault::wrong_shape]);
        for (const auto& [name, value] : object.members) {
            if (value.shape != Shape::plain) ++result.faults[Fault::wrong_shape];
            else if (name.empty() || name.size() > limits.name_bytes_max || value.plain.size() > limits.name_bytes_max) ++result.faults[Fault::name_too_long];
            else if (result.attributes.size() == limits.readings_max) ++result.faults[Fault::readings_max];
            else result.attributes.push_back({device, name, value.plain});
        }
    };
    if (!of_gateway) take("", body);
    else if (body.shape != Shape::object) ++result.faults[Fault::wrong_shape];
    else
        for (const auto& [device, object] : body.members) take(device, object);
    return result;
}

OutgoingCommand command(const TopicName& to, std::string_view device, std::int64_t number, std::string_view method, ValueTree parameters, bool mounted) {
    ValueTree call = object_tree({{"method", text_tree(method)}, {"params", std::move(parameters)}});
    if (device.empty()) {
        const std::string owner = mounted || to.token.empty() ? "me" : to.token;
        return {fmt::format("{}v1/devices/{}/rpc/request/{}", mounted ? to.token + "/" : "", owner, number), std::move(call)};
    }
    call.members.insert(call.members.begin(), {"id", number_tree(number)});
    const std::string topic = mounted ? to.token + "/v1/gateway/rpc" : to.token.empty() ? "v1/gateway/rpc" : "v1/gateway/" + to.token + "/rpc";
    return {topic, object_tree({{"device", text_tree(device)}, {"data", std::move(call)}})};
}

std::optional<CommandAnswer> read_command_answer(const TopicName& topic, const ValueTree& body) {
    CommandAnswer answer{.device = {}, .number = topic.number, .success = true};
    const ValueTree* data = &body;
    if (topic.subject == Subject::gateway_command_answer) {
        const auto device = device_of(body);
        const ValueTree* id = body.find("id");
        const auto number = id ? integer_of(*id) : std::nullopt;
        data = body.find("data");
        if (!device || !number || !data) return {};
        answer.device = *device;
        answer.number = *number;
    } else if (topic.subject != Subject::command_answer) return {};
    if (const ValueTree* success = data->find("success")) answer.success = truth_of(*success).value_or(true);
    if (const ValueTree* error = data->find("error")) answer.success = answer.success && error->plain == "null" && error->shape == Shape::plain;
    return answer;
}

} // namespace greenbank::energy::device_messages
