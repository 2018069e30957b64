// connections.cpp — how devices are reached, and how it goes: operations on connections and the state of this server's field.
#include <algorithm>

#include "energy/field/field.h"
#include "energy/sites/operations.h"

namespace greenbank::energy {

Record describe(const Named<FieldConnection>*) {
    return {"field_connection_named", "Names a connection.", {field<&Named<FieldConnection>::id>("id", "Its id.")}};
}

struct BrokerView {
    bool configured = false, connected = false;
    std::string address, reason;
    std::int64_t connections = 0, received = 0, acknowledged = 0, repeated = 0, published = 0, dropped = 0;
};
Record describe(const BrokerView*) {
    using View = BrokerView;
    return {"broker_view", "The broker of this server.",
        {field<&View::configured>("configured", "This server has a broker."), field<&View::connected>("connected", "It is connected now."),
            field<&View::address>("address", "Where the broker is."), field<&View::reason>("reason", "Why it is not connected."),
            field<&View::connections>("connections", "How often it was connected."), field<&View::received>("received", "Messages that came."),
            field<&View::acknowledged>("acknowledged", "Messages acknowledged: kept, or refused for good."),
            field<&View::repeated>("repeated", "Messages that had to come again, for they could not be kept at once."),
            field<&View::published>("published", "Messages sent."), field<&View::dropped>("dropped", "Messages that could not be sent.")}};
}

struct HeardView {
    Id<Device> device;
    Text name;
    std::int64_t messages = 0, points = 0;
    Time heard_at;
};
Record describe(const HeardView*) {
    using View = HeardView;
    return {"heard_device", "A device or gateway heard through the broker.",
        {field<&View::device>("device", "Which."), field<&View::name>("name", "What it is called."),
            field<&View::messages>("messages", "Messages since the server started."), field<&View::points>("points", "Points in them."),
            field<&View::heard_at>("heard_at", "When it was heard last.")}};
}

struct EdgeNodeView {
    std::string node;
    bool alive = false;
    Time heard_at;
    std::int64_t devices_alive = 0, metrics = 0, gaps = 0, rebirths_asked = 0;
};
Record describe(const EdgeNodeView*) {
    using View = EdgeNodeView;
    return {"edge_node", "An edge node of Sparkplug.",
        {field<&View::node>("node", "Group and node."), field<&View::alive>("alive", "It is born and not dead."),
            field<&View::heard_at>("heard_at", "When it was heard last."), field<&View::devices_alive>("devices_alive", "Devices behind it that are born."),
            field<&View::metrics>("metrics", "Metrics its births named."), field<&View::gaps>("gaps", "Gaps in its sequence."),
            field<&View::rebirths_asked>("rebirths_asked", "Births it was asked for.")}};
}

struct PolledView {
    std::string connection, address, reason;
    std::int64_t reads = 0, failures = 0, points = 0;
    std::optional<Time> read_at, next_at;
};
Record describe(const PolledView*) {
    using View = PolledView;
    return {"polled_device", "A device whose registers are read.",
        {field<&View::connection>("connection", "By which connection."), field<&View::address>("address", "Where it is."),
            field<&View::reason>("reason", "Why it cannot be read now."), field<&View::reads>("reads", "Readings tried."),
            field<&View::failures>("failures", "Of them failed."), field<&View::points>("points", "Points taken."),
            field<&View::read_at>("read_at", "When it was read last."), field<&View::next_at>("next_at", "When it is read next.")}};
}

struct RefusalView {
    std::string reason, last;
    std::int64_t count = 0;
    Time last_at;
};
Record describe(const RefusalView*) {
    using View = RefusalView;
    return {"field_refusal", "What was refused, by reason.",
        {field<&View::reason>("reason", "The reason."), field<&View::last>("last", "Where, the last time."),
            field<&View::count>("count", "How often since the server started."), field<&View::last_at>("last_at", "When, the last time.")}};
}

struct FieldState {
    BrokerView broker;
    std::vector<HeardView> devices;
    std::vector<EdgeNodeView> nodes;
    bool polling = false;
    std::vector<PolledView> polled;
    std::int64_t chargers_connected = 0;
    std::vector<RefusalView> refusals;
};
Record describe(const FieldState*) {
    using State = FieldState;
    return {"field_state", "How it goes in the field, on this server, since it started.",
        {field<&State::broker>("broker", "The broker."), field<&State::devices>("devices", "Devices heard through it, the latest first."),
            field<&State::nodes>("nodes", "Edge nodes."), field<&State::polling>("polling", "This server reads registers."),
            field<&State::polled>("polled", "Devices it reads."), field<&State::chargers_connected>("chargers_connected", "Charge points on the line."),
            field<&State::refusals>("refusals", "What was refused.")}};
}

namespace {

constexpr std::size_t shown_max = 500;

std::optional<Time> said(Time time) { return time.microseconds ? std::optional(time) : std::nullopt; }

/// Everybody's for the bank's staff, who keep the broker; else what is of one's own devices.
Result<FieldState> field_state(Field& field, Transaction& transaction, const Caller& caller) {
    FieldState state;
    const bool all = caller.actor.may(run_field) || caller.actor.may(help_sites);
    std::map<std::string, Text> names;
    std::map<std::string, bool> own_addresses;
    const std::string whose = all ? "1 = 1" : "organisation = $1";
    const std::vector<Value> mine = all ? std::vector<Value>{} : std::vector<Value>{caller.actor.organisation};
    for (Device& device : TRY(transaction.find<Device>(whose, mine))) names.emplace(device.id.text, std::move(device.name));
    for (const FieldConnection& connection : TRY(transaction.find<FieldConnection>(whose, mine)))
        own_addresses[connection.address] = own_addresses[connection.id.text] = true;

    if (field.broker) {
        const BrokerState broker = field.broker();
        state.broker = {true, broker.connected, all ? broker.address : "", broker.reason, broker.connections, broker.received, broker.acknowledged,
            broker.repeated, broker.published, broker.dropped};
    }
    for (const auto& [device, heard] : field.messages.heard())
        if (const auto name = names.find(device); name != names.end())
            state.devices.push_back({Id<Device>(device), name->second, heard.messages, heard.points, heard.heard_at});
    std::stable_sort(state.devices.begin(), state.devices.end(), [](const HeardView& a, const HeardView& b) { return a.heard_at > b.heard_at; });
    if (state.devices.size() > shown_max) state.devices.resize(shown_max);
    for (const sparkplug::NodeView& node : field.messages.nodes())
        if (state.nodes.size() < shown_max && own_addresses.contains(node.node))
            state.nodes.push_back({node.node, node.alive, node.heard_at, node.devices_alive, node.metrics, node.gaps, node.rebirths_asked});
    state.polling = field.polling();
    for (const PolledDevice& one : field.polled())
        if (state.polled.size() < shown_max && own_addresses.contains(one.connection))
            state.polled.push_back({one.connection, one.address, one.reason, one.reads, one.failures, one.points, said(one.read_at), said(one.next_at)});
    state.chargers_connected = static_cast<std::int64_t>(field.charging.connected());
    if (all) // where and what of others' devices
        for (const auto& [reason, refusal] : field.refusals.all()) state.refusals.push_back({reason, refusal.last, refusal.count, refusal.last_at});
    return state;
}

Result<Done> check_device(Transaction& transaction, const Caller& caller, FieldConnection& connection) {
    const Device device = TRY(to_change(transaction, caller, connection.device));
    if (!device.site) return invalid({{"device", "field.device_unclaimed", "The device must be claimed and have a site first."}});
    connection.organisation = device.organisation;
    if (TRY(transaction.find_one<FieldConnection>("protocol = $1 AND address = $2 AND unit_number = $3 AND id <> $4",
            {std::string(greenbank::name_of(connection.protocol)), connection.address, connection.unit_number, connection.id.text})))
        return Error{Failure::conflict, "field.address_taken", "Another connection has this address; a device is reached by one only."};
    return Done{};
}

Result<Reply<FieldConnection>> field_connection_create(Transaction& transaction, const Caller& caller, const FieldConnection& draft) {
    FieldConnection connection = draft;
    connection.id = caller.new_id<FieldConnection>();
    TRY(check_device(transaction, caller, connection));
    connection.created_at = connection.updated_at = caller.now;
    TRY(transaction.insert(connection));
    return Reply<FieldConnection>{.body = std::move(connection), .status = 201};
}
Result<FieldConnection> field_connection_update(Transaction& transaction, const Caller& caller, const Patch<FieldConnection>& patch) {
    TRY(to_change(transaction, caller, patch.id));
    FieldConnection connection = TRY(apply_patch(transaction, caller, patch));
    TRY(check_device(transaction, caller, connection));
    connection.updated_at = caller.now;
    TRY(transaction.update(connection));
    return connection;
}
Result<Done> field_connection_delete(Transaction& transaction, const Caller& caller, const Named<FieldConnection>& key) {
    return transaction.erase(TRY(to_change(transaction, caller, key.id)).id);
}

} // namespace

std::vector<Endpoint> field_endpoints(Field& field) {
    return {
        // clang-format off
        {"field_state_get", Method::get, "/field/state", "How it goes in the field: broker, gateways, edge nodes, registers, refusals.", Mode::read, signed_in,
            call(field, field_state)},
        {"field_connection_list", Method::get, "/field-connections", "How devices are reached.", Mode::read, signed_in, call(listed<FieldConnection>)},
        {"field_connection_get", Method::get, "/field-connections/{id}", "One connection.", Mode::read, signed_in, call(got<FieldConnection>)},
        {"field_connection_create", Method::post, "/field-connections", "Enter how a device is reached.", Mode::write, run_field, call(field_connection_create)},
        {"field_connection_update", Method::patch, "/field-connections/{id}", "Change a connection.", Mode::write, run_field, call(field_connection_update)},
        {"field_connection_delete", Method::remove, "/field-connections/{id}", "Delete a connection.", Mode::write, run_field, call(field_connection_delete)},
        // clang-format on
    };
}

std::vector<const Record*> field_records() {
    return {&record_of<FieldConnection>(), &record_of<DeviceAttribute>(), &record_of<Charger>(), &record_of<ChargerConnector>(), &record_of<ChargingSession>(),
        &record_of<ChargerRequest>(), &record_of<ChargingTag>()};
}

std::vector<RightRow> field_rights() {
    return {
        {run_field, "Say by which addresses devices are reached: the bank's server calls them.", {"officer", "administrator"}},
        {run_chargers, "Enter charge points and cards; start, stop and limit charging.", {"manager", "officer", "administrator"}},
    };
}

} // namespace greenbank::energy
