// host.cpp — births, deaths and data of edge nodes, in the order of their sequence numbers.
#include "energy/engine/sparkplug/host.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::energy::sparkplug {

namespace {

constexpr std::string_view type_names[] = {"NBIRTH", "NDEATH", "DBIRTH", "DDEATH", "NDATA", "DDATA", "NCMD", "DCMD"};
constexpr std::string_view fault_names[] = {
    "unreadable", "before_birth", "alias_unknown", "sequence_gap", "sequence_absent", "birth_sequence", "death_unmatched", "not_a_number", "nodes_max"};

bool of_device(MessageType type) {
    return type == MessageType::device_birth || type == MessageType::device_death || type == MessageType::device_data || type == MessageType::device_command;
}

/// Milliseconds of a stranger as a moment; nothing beyond the year 9999.
std::optional<Time> moment(std::uint64_t milliseconds) {
    if (milliseconds > 253'402'300'799'999) return {};
    return Time{static_cast<std::int64_t>(milliseconds) * 1000};
}

std::optional<std::uint64_t> birth_number_of(const Payload& payload) {
    for (const Metric& metric : payload.metrics)
        if (metric.name == "bdSeq")
            if (const auto* number = std::get_if<std::uint64_t>(&metric.value)) return *number;
    return {};
}

} // namespace

std::string_view to_text(Fault fault) { return fault_names[static_cast<int>(fault)]; }

std::optional<TopicName> parse_topic(std::string_view topic) {
    const auto parts = split(topic, '/');
    if (parts.size() < 4 || parts.size() > 5 || parts[0] != "spBv1.0") return {};
    const auto found = std::find(std::begin(type_names), std::end(type_names), parts[2]);
    if (found == std::end(type_names)) return {};
    TopicName name{
        std::string(parts[1]), std::string(parts[3]), parts.size() == 5 ? std::string(parts[4]) : "", static_cast<MessageType>(found - std::begin(type_names))};
    if (of_device(name.type) != (parts.size() == 5)) return {};
    if (name.group.empty() || name.node.empty() || (of_device(name.type) && name.device.empty())) return {};
    return name;
}

std::string state_topic(std::string_view host) { return fmt::format("spBv1.0/STATE/{}", host); }
std::string state_payload(bool online, Time since) { return fmt::format(R"({{"online":{},"timestamp":{}}})", online, since.microseconds / 1000); }

OutgoingCommand command(const TopicName& to, std::string_view metric, DataType type, MetricValue value, Time now) {
    const auto milliseconds = static_cast<std::uint64_t>(now.microseconds / 1000);
    Payload payload{.milliseconds = milliseconds, .sequence = {}, .metrics = {}};
    Metric& one = payload.metrics.emplace_back();
    one.name = metric;
    one.milliseconds = milliseconds;
    one.type = type;
    one.value = std::move(value);
    const std::string topic =
        to.device.empty() ? fmt::format("spBv1.0/{}/NCMD/{}", to.group, to.node) : fmt::format("spBv1.0/{}/DCMD/{}/{}", to.group, to.node, to.device);
    return {topic, encode(payload)};
}

void Host::receive(const TopicName& topic, std::string_view bytes, Time now, Outcome& outcome) {
    if (topic.type == MessageType::node_command || topic.type == MessageType::device_command) return; // our own, and other hosts'
    const auto payload = decode(bytes);
    if (!payload) return void(++outcome.faults[Fault::unreadable]);
    const std::pair key{topic.group, topic.node};
    if (!nodes_.contains(key) && nodes_.size() >= limits_.nodes_max) return void(++outcome.faults[Fault::nodes_max]);
    Node& node = nodes_[key];
    node.heard_at = now;
    if (topic.type == MessageType::node_death) return death(node, topic, *payload, now, outcome);
    if (!payload->sequence || *payload->sequence > 255) return void(++outcome.faults[Fault::sequence_absent]);
    if (topic.type == MessageType::node_birth) {
        if (*payload->sequence != 0) ++outcome.faults[Fault::birth_sequence]; // old nodes go on counting; the birth still says all
        birth(node, topic, *payload, now, outcome);
        return drain(node, now, outcome);
    }
    if (!node.alive || !node.in_order) {
        ++outcome.faults[Fault::before_birth];
        return ask_rebirth(node, topic, now, outcome);
    }
    const auto sequence = static_cast<std::uint8_t>(*payload->sequence);
    if (sequence == node.next) {
        ++node.next;
        in_turn(node, topic, *payload, now, outcome);
        return drain(node, now, outcome);
    }
    // Behind by a little is a message that came twice; ahead waits for those between.
    if (static_cast<std::uint8_t>(node.next - sequence) <= limits_.reordered_max) return;
    node.waiting.try_emplace(sequence, Waiting{topic, *payload, now});
    if (node.waiting.size() <= limits_.reordered_max) return;
    node.in_order = false;
    node.waiting.clear();
    ++node.gaps;
    ++outcome.faults[Fault::sequence_gap];
    ask_rebirth(node, topic, now, outcome);
}

void Host::drain(Node& node, Time now, Outcome& outcome) {
    while (node.in_order) {
        const auto next = node.waiting.find(node.next);
        if (next == node.waiting.end()) return;
        const Waiting one = std::move(next->second);
        node.waiting.erase(next);
        ++node.next;
        in_turn(node, one.topic, one.payload, now, outcome);
    }
}

void Host::tick(Time now, Outcome& outcome) {
    for (auto& [key, node] : nodes_) {
        const bool late =
            std::any_of(node.waiting.begin(), node.waiting.end(), [&](const auto& one) { return one.second.heard_at + limits_.reorder_wait <= now; });
        if (!late) continue;
        node.in_order = false;
        node.waiting.clear();
        ++node.gaps;
        ++outcome.faults[Fault::sequence_gap];
        ask_rebirth(node, {key.first, key.second, {}, MessageType::node_data}, now, outcome);
    }
}

void Host::birth(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome) {
    // What waited and came before this birth belongs to the life before it; what follows it is heard after it, on one connection.
    node.waiting.clear();
    node.aliases.clear();
    node.names.clear();
    node.devices.clear();
    node.alive = node.in_order = true;
    node.next = static_cast<std::uint8_t>(*payload.sequence + 1);
    node.birth_number = birth_number_of(payload).value_or(0);
    node.changed_at = now;
    node.rebirth_pause = {};
    outcome.changes.push_back({topic.group + "/" + topic.node, "", true, now});
    if (learn(node, topic, payload, outcome)) read(node, topic, payload, now, outcome);
}

void Host::death(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome) {
    const auto number = birth_number_of(payload);
    if (!node.alive || !number || *number != node.birth_number) return void(++outcome.faults[Fault::death_unmatched]);
    node.alive = node.in_order = false;
    node.waiting.clear();
    node.changed_at = now;
    outcome.changes.push_back({topic.group + "/" + topic.node, "", false, now});
    for (auto& [device, alive] : node.devices)
        if (std::exchange(alive, false)) outcome.changes.push_back({topic.group + "/" + topic.node, device, false, now});
}

void Host::in_turn(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome) {
    const std::string name = topic.group + "/" + topic.node;
    switch (topic.type) {
    case MessageType::device_birth:
        if (!learn(node, topic, payload, outcome)) return;
        node.devices[topic.device] = true;
        outcome.changes.push_back({name, topic.device, true, now});
        return read(node, topic, payload, now, outcome);
    case MessageType::device_death: {
        const auto found = node.devices.find(topic.device);
        if (found == node.devices.end() || !std::exchange(found->second, false)) return;
        outcome.changes.push_back({name, topic.device, false, now});
        return;
    }
    case MessageType::device_data:
        if (const auto found = node.devices.find(topic.device); found == node.devices.end() || !found->second) {
            ++outcome.faults[Fault::before_birth];
            return ask_rebirth(node, topic, now, outcome);
        }
        return read(node, topic, payload, now, outcome);
    default: return read(node, topic, payload, now, outcome);
    }
}

bool Host::learn(Node& node, const TopicName& topic, const Payload& payload, Outcome& outcome) {
    if (node.names.size() + payload.metrics.size() > limits_.metrics_per_node_max) {
        ++outcome.faults[Fault::nodes_max];
        return false;
    }
    for (const Metric& metric : payload.metrics) {
        if (metric.name.empty()) continue;
        MetricName known{topic.device, metric.name, metric.unit, metric.type};
        if (metric.alias) node.aliases.insert_or_assign(*metric.alias, known);
        node.names.insert_or_assign({topic.device, metric.name}, std::move(known));
    }
    return true;
}

void Host::read(Node& node, const TopicName& topic, const Payload& payload, Time now, Outcome& outcome) {
    bool asked = false;
    for (const Metric& metric : payload.metrics) {
        if (metric.name == "bdSeq" || metric.name.starts_with("Node Control/") || metric.name.starts_with("Device Control/")) continue;
        const MetricName* known = nullptr;
        if (!metric.name.empty()) {
            const auto found = node.names.find({topic.device, metric.name});
            if (found != node.names.end()) known = &found->second;
        } else if (metric.alias) {
            const auto found = node.aliases.find(*metric.alias);
            if (found != node.aliases.end() && found->second.device == topic.device) known = &found->second;
        }
        if (!known) {
            ++outcome.faults[Fault::alias_unknown];
            if (!std::exchange(asked, true)) ask_rebirth(node, topic, now, outcome);
            continue;
        }
        if (known->name.starts_with("Node Control/") || known->name.starts_with("Device Control/")) continue;
        const auto value = number(typed(metric, known->type));
        const auto at = moment(metric.milliseconds.value_or(payload.milliseconds.value_or(static_cast<std::uint64_t>(now.microseconds / 1000))));
        if (!value || !std::isfinite(*value) || !at) {
            ++outcome.faults[Fault::not_a_number];
            continue;
        }
        outcome.readings.push_back({topic.group + "/" + topic.node, topic.device, known->name, metric.unit.empty() ? known->unit : metric.unit, *at, *value,
            metric.quality.value_or(192) == 192, metric.historical});
    }
}

void Host::ask_rebirth(Node& node, const TopicName& topic, Time now, Outcome& outcome) {
    if (node.rebirth_pause.microseconds && now < node.rebirth_asked_at + node.rebirth_pause) return;
    node.rebirth_pause =
        node.rebirth_pause.microseconds ? std::min(Duration{node.rebirth_pause.microseconds * 2}, limits_.rebirth_pause_max) : limits_.rebirth_pause;
    node.rebirth_asked_at = now;
    ++node.rebirths_asked;
    outcome.commands.push_back(command({topic.group, topic.node, {}, MessageType::node_command}, "Node Control/Rebirth", DataType::boolean, true, now));
}

std::vector<NodeView> Host::nodes() const {
    std::vector<NodeView> views;
    for (const auto& [key, node] : nodes_)
        views.push_back({key.first + "/" + key.second, node.alive, node.changed_at, node.heard_at,
            std::count_if(node.devices.begin(), node.devices.end(), [](const auto& one) { return one.second; }), static_cast<std::int64_t>(node.names.size()),
            node.gaps, node.rebirths_asked});
    return views;
}

} // namespace greenbank::energy::sparkplug
