// messages.h — what the broker brings becomes points: ThingsBoard's JSON forms and Sparkplug B. A batch is kept once all its points are.
#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "energy/engine/device_messages/device_messages.h"
#include "energy/engine/sparkplug/host.h"
#include "energy/field/ports.h"
#include "energy/field/refusals.h"
#include "energy/telemetry/intake.h"

namespace greenbank::energy {

/// What was heard of a device through the broker since the server started.
struct HeardDevice {
    std::int64_t messages = 0, points = 0, devices_behind = 0;
    Time heard_at;
};

class MessageIntake {
public:
    MessageIntake(Intake& intake, Store& store, Refusals& refusals, std::string host = "greenbank");

    /// Filters of the topics to hear.
    static std::vector<std::pair<std::string, int>> subscriptions();
    /// What is said first on each connection: that this host listens; and what the broker says when it no longer does.
    std::vector<FieldMessage> greeting(Time now);
    FieldMessage will(Time now) const;

    /// `kept(true)` once every point is durable or refused for good. After `kept(false)` the same messages are to come again.
    /// One batch at a time.
    void take(const std::vector<FieldMessage>& messages, Time now, std::function<void(bool)> kept);
    /// About every second.
    void tick(Time now);
    void speak_through(PublishMessage publish);

    /// A set point for a device that was heard through the broker. `answered(false, …)` also where no answer comes within 10 s. An edge node
    /// answers by saying the value.
    using Answered = std::function<void(bool done, std::string what)>;
    /// It was heard through the broker, and the broker can be spoken to.
    bool reaches(const Id<Device>& device) const;
    Result<Done> command(const Id<Device>& device, std::string_view channel, double value, Time now, Answered answered);

    std::map<std::string, HeardDevice> heard() const; // by device
    std::vector<sparkplug::NodeView> nodes() const;

private:
    struct Point {
        std::string channel;
        std::int64_t at_milliseconds = 0;
        double value = 0;
        Quality quality = Quality::good;
    };
    struct Attribute {
        std::string device, name, value;
    };
    struct Batch {
        std::map<std::string, std::vector<Point>, std::less<>> points; // by device
        std::vector<Attribute> attributes;
    };
    /// How a device is spoken to: by the topic it was heard at, or by its node.
    struct Route {
        device_messages::TopicName topic;
        bool mounted = false;
        std::string behind; // its name at its gateway
        std::optional<sparkplug::TopicName> node;
    };
    struct Asked {
        Answered answered;
        Time until;
        std::string node_metric = {}; // of Sparkplug, which answers by the metric itself: device and channel
        double value = 0;
    };
    struct Known {
        std::optional<Id<Device>> device;
        Time until;
    };
    struct KnownUnit {
        std::string unit; // "": there is no such channel
        Time until;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    template <class T> using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

    Result<Done> read(const FieldMessage& message, Time now, Batch& batch);
    Result<Done> read_device_message(const device_messages::TopicName& topic, bool mounted, const FieldMessage& message, Time now, Batch& batch);
    Result<Done> read_outcome(sparkplug::Outcome& outcome, Time now, Batch& batch);
    Result<std::optional<Id<Device>>> device_of_node(const std::string& node, const std::string& device, Time now);
    Result<std::optional<Id<Device>>> device_behind(const Id<Device>& gateway, const std::string& name, Time now);
    Result<std::optional<Id<Device>>> known(const std::string& key, Time now, const std::function<Result<std::optional<Id<Device>>>(Transaction&)>& find);
    /// A reading in the unit of its channel; nothing where it is of another kind. A unit that nobody knows is taken for the channel's name of its own.
    Result<std::optional<double>> in_unit_of_channel(const Id<Device>& device, const sparkplug::Reading& reading, Time now);
    /// The device of a credential: what is remembered holds while the device's record has not changed.
    Result<Id<Device>> speaker(const std::string& token, Time now);
    void hear(const Id<Device>& device, std::int64_t points, Time now);
    void keep(std::shared_ptr<Batch> batch, Time now, std::function<void(bool)> kept);

    Intake& intake_;
    Store& store_;
    Refusals& refusals_;
    const std::string host_;
    std::unordered_map<std::string, Known> known_; // touched by take only, as the next
    ByText<Speaker> speakers_;                     // by credential
    ByText<KnownUnit> units_;                      // by device and key of a channel
    std::shared_ptr<Batch> unkept_;                // read already, and not yet kept
    std::shared_ptr<Batch> reading_;               // read as far as `read_already_`
    std::size_t read_already_ = 0;
    Transaction* transaction_ = nullptr;        // while a batch is read
    std::optional<sparkplug::Outcome> outcome_; // of the message that is being read
    std::vector<Answered> heeded_;              // by what was just read

    mutable std::mutex mutex_;
    sparkplug::Host nodes_;
    ByText<HeardDevice> heard_; // by device
    ByText<Route> routes_;      // by device
    std::map<std::int64_t, Asked> asked_;
    std::int64_t asked_last_ = 0;
    Time greeted_at_;
    PublishMessage publish_;
};

} // namespace greenbank::energy
