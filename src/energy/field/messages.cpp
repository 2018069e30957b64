// messages.cpp — topics to devices, payloads to points, and waiting until all of them are durable.
#include "energy/field/messages.h"

#include <atomic>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "energy/engine/values.h"
#include "energy/field/records.h"
#include "kernel/log.h"
#include "kernel/units.h"
#include "json/value_tree.h"

namespace greenbank::energy {

namespace {

constexpr std::size_t payload_bytes_max = 1 << 20, devices_known_max = 200'000;
constexpr Duration known_for = seconds(30), answer_within = seconds(10);

/// A topic for people to read: the token is a secret.
std::string without_token(const FieldMessage& message, std::string_view token) {
    std::string topic = message.topic;
    if (const std::size_t at = token.empty() ? std::string::npos : topic.find(token); at != std::string::npos)
        topic.replace(at, token.size(), std::string(token.substr(0, 4)) + "…");
    return topic;
}

} // namespace

MessageIntake::MessageIntake(Intake& intake, Store& store, Refusals& refusals, std::string host) :
    intake_(intake), store_(store), refusals_(refusals), host_(std::move(host)) {}

std::vector<std::pair<std::string, int>> MessageIntake::subscriptions() {
    std::vector<std::pair<std::string, int>> all;
    for (std::string& filter : device_messages::topic_filters()) all.emplace_back(std::move(filter), 1);
    for (const auto type : {"NBIRTH", "NDEATH", "DBIRTH", "DDEATH", "NDATA", "DDATA"}) {
        const bool of_device = type[0] == 'D';
        all.emplace_back(fmt::format("spBv1.0/+/{}/{}", type, of_device ? "+/+" : "+"), 1);
    }
    return all;
}

std::vector<FieldMessage> MessageIntake::greeting(Time now) {
    const std::lock_guard lock(mutex_);
    if (greeted_at_.microseconds == 0) greeted_at_ = now;
    return {{sparkplug::state_topic(host_), sparkplug::state_payload(true, greeted_at_), 1, true}};
}
FieldMessage MessageIntake::will(Time now) const {
    const std::lock_guard lock(mutex_);
    return {sparkplug::state_topic(host_), sparkplug::state_payload(false, greeted_at_.microseconds ? greeted_at_ : now), 1, true};
}

void MessageIntake::speak_through(PublishMessage publish) {
    const std::lock_guard lock(mutex_);
    publish_ = std::move(publish);
}

// ---- reading ---------------------------------------------------------------------------------------------------------

void MessageIntake::take(const std::vector<FieldMessage>& messages, Time now, std::function<void(bool)> kept) {
    if (unkept_) return keep(std::exchange(unkept_, nullptr), now, std::move(kept));
    if (!reading_) {
        reading_ = std::make_shared<Batch>();
        read_already_ = 0;
    }
    // One snapshot for all of them. Where the store fails in between, it goes on there: a sequence number is not heard twice.
    const auto done = store_.read([&](Transaction& transaction) -> Result<Done> {
        transaction_ = &transaction;
        for (; read_already_ < messages.size(); ++read_already_) TRY(read(messages[read_already_], now, *reading_));
        return Done{};
    });
    transaction_ = nullptr;
    if (!done) {
        log(greenbank::Level::warning, "field_message_read", fill_in(done.error().message, done.error().parameters));
        return kept(false);
    }
    keep(std::exchange(reading_, nullptr), now, std::move(kept));
}

Result<Done> MessageIntake::read(const FieldMessage& message, Time now, Batch& batch) {
    if (message.payload.size() > payload_bytes_max) return refusals_.count("mqtt.too_large", message.topic, now), Done{};
    if (message.topic.starts_with("spBv1.0/")) {
        const auto topic = sparkplug::parse_topic(message.topic);
        if (!topic) return refusals_.count("sparkplug.topic", message.topic, now), Done{};
        // Only nodes that are connected to a device are followed: a stranger must not fill the memory.
        if (!TRY(device_of_node(topic->group + "/" + topic->node, "", now)))
            return refusals_.count("sparkplug.node_unknown", topic->group + "/" + topic->node, now), Done{};
        if (!outcome_) {
            outcome_.emplace();
            const std::lock_guard lock(mutex_);
            nodes_.receive(*topic, message.payload, now, *outcome_);
        }
        TRY(read_outcome(*outcome_, now, batch));
        outcome_.reset();
        return Done{};
    }
    const auto topic = device_messages::parse_topic(message.topic);
    if (!topic) return refusals_.count("mqtt.topic", message.topic, now), Done{};
    return read_device_message(*topic, !message.topic.starts_with("v1/"), message, now, batch);
}

Result<Done> MessageIntake::read_device_message(const device_messages::TopicName& topic, bool mounted, const FieldMessage& message, Time now, Batch& batch) {
    using device_messages::Subject;
    const auto where = [&] { return without_token(message, topic.token); };
    if (topic.subject == Subject::command_request) return Done{};                                                                   // our own
    if (topic.subject == Subject::gateway_command_answer && message.payload.find("\"params\"") != std::string::npos) return Done{}; // our own too
    if (topic.token.empty()) return refusals_.count("mqtt.nobody", where(), now), Done{};
    const auto device = speaker(topic.token, now);
    if (!device) {
        if (!is_for_good(device.error())) return device.error();
        return refusals_.count("mqtt.credential", where(), now), Done{};
    }
    const auto body = read_value_tree(message.payload);
    if (!body) return refusals_.count("mqtt.json", where(), now), Done{};
    const auto count_faults = [&](const std::map<device_messages::Fault, std::int64_t>& faults) {
        for (const auto& [fault, count] : faults) refusals_.count("message." + std::string(to_text(fault)), where(), now, count);
    };
    const auto route = [&](const Id<Device>& to, const std::string& behind) {
        const std::lock_guard lock(mutex_);
        const auto known = routes_.find(to.text);
        if (known == routes_.end() && routes_.size() >= devices_known_max) return;
        if (known != routes_.end() && known->second.topic.token == topic.token && known->second.mounted == mounted && known->second.behind == behind &&
            !known->second.node && (known->second.topic.subject >= Subject::gateway_connect) == (topic.subject >= Subject::gateway_connect))
            return;
        routes_[to.text] = {topic, mounted, behind, {}};
    };
    const bool of_gateway = topic.subject >= Subject::gateway_connect;
    if (topic.subject == Subject::telemetry || topic.subject == Subject::gateway_telemetry) {
        const auto said = of_gateway ? device_messages::read_gateway_telemetry(body.value(), now) : device_messages::read_telemetry(body.value(), now);
        count_faults(said.faults);
        std::int64_t taken = 0;
        std::optional<std::string> name;
        std::optional<Id<Device>> owner;
        for (const device_messages::Reading& reading : said.readings) {
            if (!name || *name != reading.device) {
                name = reading.device;
                owner = of_gateway ? TRY(device_behind(device.value(), reading.device, now)) : std::optional(device.value());
                if (owner) route(*owner, reading.device);
            }
            if (!owner) refusals_.count("gateway.device_unknown", where() + " " + reading.device, now);
            else batch.points[owner->text].push_back({reading.channel, reading.at.microseconds / 1000, reading.value, Quality::good}), ++taken;
        }
        hear(device.value(), taken, now);
        return Done{};
    }
    if (topic.subject == Subject::gateway_connect || topic.subject == Subject::gateway_disconnect) {
        const auto name = device_messages::device_of(body.value());
        const auto owner = name ? TRY(device_behind(device.value(), *name, now)) : std::nullopt;
        if (!owner) refusals_.count("gateway.device_unknown", where() + " " + name.value_or(""), now);
        else if (topic.subject == Subject::gateway_connect) route(*owner, *name);
        hear(device.value(), 0, now);
        return Done{};
    }
    if (topic.subject == Subject::attributes || topic.subject == Subject::gateway_attributes) {
        const auto said = device_messages::read_attributes(body.value(), of_gateway);
        count_faults(said.faults);
        for (const auto& one : said.attributes) {
            const auto owner = of_gateway ? TRY(device_behind(device.value(), one.device, now)) : std::optional(device.value());
            if (owner) batch.attributes.push_back({owner->text, one.name, one.json});
            else refusals_.count("gateway.device_unknown", where() + " " + one.device, now);
        }
        hear(device.value(), 0, now);
        return Done{};
    }
    if (topic.subject == Subject::command_answer || topic.subject == Subject::gateway_command_answer) {
        const auto answer = device_messages::read_command_answer(topic, body.value());
        Answered answered;
        if (answer) {
            const std::lock_guard lock(mutex_);
            if (const auto found = asked_.find(answer->number); found != asked_.end()) {
                answered = std::move(found->second.answered);
                asked_.erase(found);
            }
        }
        if (answered) answered(answer->success, message.payload.substr(0, 300));
        else refusals_.count("mqtt.answer_unasked", where(), now);
        return Done{};
    }
    return refusals_.count("mqtt.not_served", where(), now), Done{}; // requests for attributes
}

Result<Done> MessageIntake::read_outcome(sparkplug::Outcome& outcome, Time now, Batch& batch) {
    for (const auto& [fault, count] : std::exchange(outcome.faults, {})) refusals_.count("sparkplug." + std::string(to_text(fault)), "", now, count);
    for (const sparkplug::Reading& reading : outcome.readings) {
        const auto owner = TRY(device_of_node(reading.node, reading.device, now));
        if (!owner) {
            refusals_.count("sparkplug.device_unknown", reading.node + " " + reading.device, now);
            continue;
        }
        const auto value = TRY(in_unit_of_channel(*owner, reading, now));
        if (!value) {
            refusals_.count("sparkplug.unit_of_another_kind", reading.node + " " + reading.device + " " + reading.metric + " " + reading.unit, now);
            continue;
        }
        batch.points[owner->text].push_back({reading.metric, reading.at.microseconds / 1000, *value, reading.good ? Quality::good : Quality::bad});
        hear(*owner, 1, now);
        const std::size_t slash = reading.node.find('/');
        const std::lock_guard lock(mutex_);
        for (auto one = asked_.begin(); one != asked_.end();) {
            const bool heeded = !one->second.node_metric.empty() && one->second.node_metric == owner->text + " " + reading.metric &&
                                std::abs(one->second.value - *value) <= 1e-6 * std::max(1.0, std::abs(*value));
            if (heeded) heeded_.push_back(std::move(one->second.answered));
            one = heeded ? asked_.erase(one) : std::next(one);
        }
        if (routes_.size() < devices_known_max)
            routes_[owner->text] = {{}, false, "", sparkplug::TopicName{reading.node.substr(0, slash), reading.node.substr(slash + 1), reading.device}};
    }
    for (const Answered& answered : std::exchange(heeded_, {}))
        if (answered) answered(true, "the node says so");
    PublishMessage publish;
    {
        const std::lock_guard lock(mutex_);
        publish = publish_;
    }
    if (publish)
        for (sparkplug::OutgoingCommand& command : outcome.commands) publish({std::move(command.topic), std::move(command.payload), 0, false});
    return Done{};
}

// ---- who it is -------------------------------------------------------------------------------------------------------

Result<Id<Device>> MessageIntake::speaker(const std::string& token, Time now) {
    if (const auto remembered = speakers_.find(token); remembered != speakers_.end()) {
        const Speaker& known = remembered->second;
        if ((!known.good_until || now < *known.good_until) &&
            !TRY(transaction_->query("SELECT 1 FROM device WHERE id = $1 AND version = $2", {known.device.text, known.version})).empty())
            return known.device;
        speakers_.erase(remembered);
    }
    const Speaker found = TRY(intake_.speaker(*transaction_, token, now));
    if (speakers_.size() >= devices_known_max) speakers_.clear();
    speakers_[token] = found;
    return found.device;
}

Result<std::optional<Id<Device>>> MessageIntake::known(
    const std::string& key, Time now, const std::function<Result<std::optional<Id<Device>>>(Transaction&)>& find) {
    if (const auto found = known_.find(key); found != known_.end() && now < found->second.until) return found->second.device;
    const std::optional<Id<Device>> device = TRY(find(*transaction_));
    if (known_.size() >= devices_known_max) known_.clear();
    known_[key] = {device, now + known_for};
    return device;
}

Result<std::optional<Id<Device>>> MessageIntake::device_of_node(const std::string& node, const std::string& device, Time now) {
    const auto gateway = TRY(known("node " + node, now, [&](Transaction& transaction) -> Result<std::optional<Id<Device>>> {
        const Rows rows = TRY(transaction.query("SELECT device FROM field_connection WHERE protocol = 'sparkplug' AND enabled AND address = $1", {node}));
        if (rows.empty()) return std::optional<Id<Device>>{};
        return std::optional(Id<Device>(as_text(rows.single())));
    }));
    if (!gateway || device.empty()) return gateway;
    return device_behind(*gateway, device, now);
}

/// The device of that serial number at the gateway's own site and of its organisation: a gateway speaks for no other.
Result<std::optional<Id<Device>>> MessageIntake::device_behind(const Id<Device>& gateway, const std::string& name, Time now) {
    return known(gateway.text + " " + name, now, [&](Transaction& transaction) -> Result<std::optional<Id<Device>>> {
        const Rows rows = TRY(transaction.query("SELECT d.id FROM device d JOIN device g ON g.id = $1 AND d.organisation = g.organisation AND d.site = g.site "
                                                "WHERE d.serial = $2 AND d.state = 'active' AND g.state = 'active'",
            {gateway.text, name}));
        if (rows.empty()) return std::optional<Id<Device>>{};
        return std::optional(Id<Device>(as_text(rows.single())));
    });
}

Result<std::optional<double>> MessageIntake::in_unit_of_channel(const Id<Device>& device, const sparkplug::Reading& reading, Time now) {
    if (reading.unit.empty()) return std::optional(reading.value);
    const std::string key = device.text + " " + reading.metric;
    auto found = units_.find(key);
    if (found == units_.end() || now >= found->second.until) {
        const Rows rows = TRY(transaction_->query("SELECT unit FROM channel WHERE device = $1 AND key = $2", {device.text, reading.metric}));
        if (units_.size() >= devices_known_max) units_.clear();
        found = units_.insert_or_assign(key, KnownUnit{rows.empty() ? std::string() : as_text(rows.single()), now + known_for}).first;
    }
    const std::string& unit = found->second.unit;
    if (unit.empty() || unit == reading.unit || !parse_unit(reading.unit)) return std::optional(reading.value);
    return convert({reading.value, reading.unit}, unit);
}

void MessageIntake::hear(const Id<Device>& device, std::int64_t points, Time now) {
    const std::lock_guard lock(mutex_);
    HeardDevice& heard = heard_[device.text];
    ++heard.messages;
    heard.points += points;
    heard.heard_at = now;
}

// ---- keeping ---------------------------------------------------------------------------------------------------------

void MessageIntake::keep(std::shared_ptr<Batch> batch, Time now, std::function<void(bool)> kept) {
    struct Waiting {
        std::atomic<std::size_t> left;
        std::atomic<bool> failed = false;
    };
    const auto waiting = std::make_shared<Waiting>();
    waiting->left = batch->points.size() + 2; // the attributes, and this function itself
    const auto finish = [this, waiting, batch, kept] {
        if (--waiting->left) return;
        if (waiting->failed) unkept_ = batch; // whoever brought them waits for this answer, so nobody reads it meanwhile
        kept(!waiting->failed);
    };
    std::vector<DevicePoints> all;
    for (const auto& [device, list] : batch->points) {
        DevicePoints& one = all.emplace_back(DevicePoints{Id<Device>(device), {}});
        for (const Point& point : list) one.points.push_back({point.channel, point.at_milliseconds, point.value, point.quality});
    }
    std::vector<std::pair<std::string, std::size_t>> asked; // device, points
    for (const DevicePoints& one : all) asked.emplace_back(one.device.text, one.points.size());
    if (!all.empty())
        intake_.accept(all, now, [this, waiting, finish, now, asked = std::move(asked)](std::size_t place, Result<Accepted> accepted) {
            const auto& [device, count] = asked[place];
            if (accepted) count_refused(refusals_, accepted.value(), device, now);
            else if (is_for_good(accepted.error())) count_refused(refusals_, accepted.error(), device, now, count);
            else waiting->failed = true;
            finish();
        });
    if (batch->attributes.empty()) finish();
    else
        store_.write(
            [batch, now](Transaction& transaction) -> Result<Done> {
                transaction.capture_changes = false;
                Random random(static_cast<std::uint64_t>(now.microseconds));
                for (const Attribute& one : batch->attributes)
                    TRY(transaction.execute("INSERT INTO device_attribute (id, device, name, value, said_at) VALUES ($1, $2, $3, $4, $5) "
                                            "ON CONFLICT (device, name) DO UPDATE SET value = excluded.value, said_at = excluded.said_at",
                        {make_id<DeviceAttribute>(now, random).text, one.device, one.name, one.value, now.microseconds}));
                return Done{};
            },
            [this, waiting, finish, now](Result<Done> done) {
                if (!done && is_for_good(done.error())) refusals_.count("message.attributes", done.error().code, now);
                else if (!done) waiting->failed = true;
                finish();
            });
    finish();
}

// ---- asking ----------------------------------------------------------------------------------------------------------

Result<Done> MessageIntake::command(const Id<Device>& device, std::string_view channel, double value, Time now, Answered answered) {
    FieldMessage message;
    PublishMessage publish;
    std::int64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        const auto route = routes_.find(device.text);
        if (!publish_ || route == routes_.end())
            return Error{Failure::unavailable, "field.no_route",
                "The device has not been heard through the broker since the server started; it cannot be told anything yet."};
        publish = publish_;
        number = ++asked_last_;
        if (route->second.node) {
            auto command = sparkplug::command(*route->second.node, channel, sparkplug::DataType::real64, value, now);
            message = {std::move(command.topic), std::move(command.payload), 0, false};
            asked_[number] = {std::move(answered), now + answer_within, device.text + " " + std::string(channel), value};
        } else {
            const auto command = device_messages::command(route->second.topic, route->second.behind, number, "set",
                object_tree({{"channel", text_tree(channel)}, {"value", number_tree(value)}}), route->second.mounted);
            message = {command.topic, to_json(command.body), 1, false};
            asked_[number] = {std::move(answered), now + answer_within};
        }
    }
    if (publish(std::move(message))) return Done{};
    const std::lock_guard lock(mutex_);
    asked_.erase(number);
    return Error{Failure::unavailable, "field.broker_full", "Too many messages wait for the broker; try again later."};
}

bool MessageIntake::reaches(const Id<Device>& device) const {
    const std::lock_guard lock(mutex_);
    return publish_ && routes_.contains(device.text);
}

void MessageIntake::tick(Time now) {
    std::vector<Answered> late;
    sparkplug::Outcome outcome;
    PublishMessage publish;
    {
        const std::lock_guard lock(mutex_);
        nodes_.tick(now, outcome);
        publish = publish_;
        for (auto one = asked_.begin(); one != asked_.end();) {
            if (now < one->second.until) ++one;
            else {
                late.push_back(std::move(one->second.answered));
                one = asked_.erase(one);
            }
        }
    }
    for (const auto& [fault, count] : outcome.faults) refusals_.count("sparkplug." + std::string(to_text(fault)), "", now, count);
    if (publish)
        for (sparkplug::OutgoingCommand& command : outcome.commands) publish({std::move(command.topic), std::move(command.payload), 0, false});
    for (const Answered& answered : late)
        if (answered) answered(false, "no answer in time");
}

std::map<std::string, HeardDevice> MessageIntake::heard() const {
    const std::lock_guard lock(mutex_);
    return {heard_.begin(), heard_.end()};
}
std::vector<sparkplug::NodeView> MessageIntake::nodes() const {
    const std::lock_guard lock(mutex_);
    return nodes_.nodes();
}

} // namespace greenbank::energy
