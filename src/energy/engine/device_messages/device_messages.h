// device_messages.h — what devices and gateways send in the JSON forms of ThingsBoard, and how they are asked. Pure: topic and JSON in,
// readings out; all that is wrong is counted by reason and harms only itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/time.h"
#include "kernel/value_tree.h"

namespace greenbank::energy::device_messages {

enum class Subject {
    telemetry,         // of the device itself
    attributes,        // what it says of itself
    attribute_request, // what it asks of us
    command_answer,    // to a command of ours
    command_request,   // it asks us to do something: nothing here answers
    gateway_connect,   // a device behind the gateway
    gateway_disconnect,
    gateway_telemetry,
    gateway_attributes,
    gateway_command_answer,
};

struct TopicName {
    std::string token; // whose topic it is; empty: "me", and nobody else said who
    Subject subject = Subject::telemetry;
    std::int64_t number = 0; // of a request
};

/// Three ways to say who speaks; brokers keep each device to its own (docs/connections.md):
///   v1/devices/{token}/telemetry               the token in the topic
///   {token}/v1/devices/me/telemetry            a broker that puts the user's name before the topic (mount point)
///   v1/devices/me/telemetry                    nobody: the caller knows it from elsewhere, or refuses
/// and the same with v1/gateway/… . Nothing where the topic is none of these.
std::optional<TopicName> parse_topic(std::string_view topic);
/// What a client must subscribe to hear all of them.
std::vector<std::string> topic_filters();

struct Reading {
    std::string device; // behind a gateway; empty: the one that speaks
    std::string channel;
    Time at;
    double value = 0;
};

enum class Fault { unreadable, wrong_shape, not_a_number, time_unreadable, name_too_long, readings_max };
std::string_view to_text(Fault fault);

struct Limits {
    std::size_t readings_max = 20'000; // in one message
    std::size_t name_bytes_max = 200;
};

struct Readings {
    std::vector<Reading> readings;
    std::map<Fault, std::int64_t> faults;
};

/// {"a":1}, {"ts":1700000000000,"values":{"a":1}}, lists of both. Truths are 1 and 0. Without ts: `now`.
Readings read_telemetry(const ValueTree& body, Time now, Limits limits = {});
/// {"Device A":[{"ts":…,"values":{…}}], "Device B":[…]}
Readings read_gateway_telemetry(const ValueTree& body, Time now, Limits limits = {});

/// {"device":"Device A"} of connect and disconnect; nothing where it is not that.
std::optional<std::string> device_of(const ValueTree& body, Limits limits = {});

/// Attributes are facts in words: name and JSON of the value. A gateway's are by device.
struct Attribute {
    std::string device, name, json;
};
struct Attributes {
    std::vector<Attribute> attributes;
    std::map<Fault, std::int64_t> faults;
};
Attributes read_attributes(const ValueTree& body, bool of_gateway, Limits limits = {});

/// A command to a device, or to one behind a gateway, with the topic it goes to.
struct OutgoingCommand {
    std::string topic;
    ValueTree body;
};
OutgoingCommand command(const TopicName& to, std::string_view device, std::int64_t number, std::string_view method, ValueTree parameters, bool mounted);

/// {"device":"A","id":7,"data":…} of a gateway; of a device the number stands in the topic and the body is the answer.
struct CommandAnswer {
    std::string device;
    std::int64_t number = 0;
    bool success = true; // {"success":false} or {"error":…} say otherwise
};
std::optional<CommandAnswer> read_command_answer(const TopicName& topic, const ValueTree& body);

} // namespace greenbank::energy::device_messages
