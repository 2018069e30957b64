// host.h — a Sparkplug host: what edge nodes and their devices said, put in order of their sequence numbers, aliases resolved, and
// what is to be asked of them. Pure: message and moment in, readings and commands out.
#pragma once

#include <map>

#include "energy/engine/sparkplug/payload.h"
#include "kernel/time.h"

namespace greenbank::energy::sparkplug {

enum class MessageType { node_birth, node_death, device_birth, device_death, node_data, device_data, node_command, device_command };

struct TopicName {
    std::string group, node, device; // device is empty where the node itself speaks
    MessageType type = MessageType::node_data;
};
/// "spBv1.0/{group}/{type}/{node}[/{device}]"; nothing where it is none, or names a type with the wrong number of parts.
std::optional<TopicName> parse_topic(std::string_view topic);

/// Retained and as a will: hosts say there whether they listen.
std::string state_topic(std::string_view host);
std::string state_payload(bool online, Time since);

/// One value of one metric, ready for a channel.
struct Reading {
    std::string node;   // "group/node"
    std::string device; // empty: the node itself
    std::string metric;
    std::string unit; // as the birth said it
    Time at;
    double value = 0;
    bool good = true; // by the Quality property
    bool historical = false;
};

enum class Fault {
    unreadable,      // no payload, or over the limits
    before_birth,    // data of a node or device that is not born: a rebirth is asked for
    alias_unknown,   // the same
    sequence_gap,    // a message did not come within the wait: a rebirth is asked for
    sequence_absent, // the specification demands one
    birth_sequence,  // a birth of a node must begin at 0
    death_unmatched, // the will of an earlier connection
    not_a_number,    // a text, a null, or a type that is no single value
    nodes_max,       // more nodes, devices or metrics than this host keeps
};
std::string_view to_text(Fault fault);

struct OutgoingCommand {
    std::string topic, payload;
};

struct NodeChange {
    std::string node, device; // device is empty: the node
    bool alive = false;
    Time at;
};

struct Outcome {
    std::vector<Reading> readings;
    std::vector<NodeChange> changes; // births and deaths
    std::vector<OutgoingCommand> commands;
    std::map<Fault, std::int64_t> faults;
};

struct HostLimits {
    std::size_t nodes_max = 10'000;
    std::size_t metrics_per_node_max = 20'000; // of the node and its devices
    std::size_t reordered_max = 64;            // messages that wait for an earlier one, of one node
    Duration reorder_wait = seconds(5);
    Duration rebirth_pause = seconds(30); // between two requests to one node; doubles up to rebirth_pause_max while none comes
    Duration rebirth_pause_max = minutes(30);
};

struct NodeView {
    std::string node;
    bool alive = false;
    Time changed_at, heard_at;
    std::int64_t devices_alive = 0, metrics = 0, gaps = 0, rebirths_asked = 0;
};

class Host {
public:
    explicit Host(HostLimits limits = {}) : limits_(limits) {}

    void receive(const TopicName& topic, std::string_view payload, Time now, Outcome& outcome);
    /// Gaps that lasted too long; call about every second.
    void tick(Time now, Outcome& outcome);

    std::vector<NodeView> nodes() const;
    const HostLimits& limits() const { return limits_; }

private:
    struct MetricName {
        std::string device, name, unit;
        DataType type = DataType::unknown;
    };
    struct Waiting {
        TopicName topic;
        Payload payload;
        Time heard_at;
    };
    struct Node {
        bool alive = false, in_order = false;
        std::uint64_t birth_number = 0; // bdSeq
        std::uint8_t next = 0;
        std::map<std::string, bool> devices; // alive
        std::map<std::uint64_t, MetricName> aliases;
        std::map<std::pair<std::string, std::string>, MetricName> names;
        std::map<std::uint8_t, Waiting> waiting;
        Time changed_at, heard_at, rebirth_asked_at;
        Duration rebirth_pause{0};
        std::int64_t gaps = 0, rebirths_asked = 0;
    };

    void birth(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome);
    void death(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome);
    void in_turn(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome);
    void drain(Node& node, Time now, Outcome& outcome);
    bool learn(Node& node, const TopicName& topic, const Payload& payload, Outcome& outcome);
    void read(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome);
    void ask_rebirth(Node& node, const TopicName& topic, Time now, Outcome& outcome);

    HostLimits limits_;
    std::map<std::pair<std::string, std::string>, Node> nodes_;
};

/// A command to a metric of a node (device empty) or of a device.
OutgoingCommand command(const TopicName& to, std::string_view metric, DataType type, MetricValue value, Time now);

} // namespace greenbank::energy::sparkplug
