// mqtt_test.cpp — the client against a mosquitto of its own and against the broker in memory: the same scenarios, and what only a real
// broker can do: to go away and to come back.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "kernel/random.h"
#include "mqtt/memory_broker.h"
#include "mqtt/mosquitto_under_test.h"

namespace greenbank::mqtt {

namespace {

bool until(const std::function<bool()>& true_now, int milliseconds = 10'000) {
    for (int i = 0; i < milliseconds / 5; ++i) {
        if (true_now()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true_now();
}

/// Remembers what came; keeps it or not, as it is told.
struct Listener {
    std::mutex mutex;
    std::vector<Message> heard;
    std::atomic<bool> keeps = true;
    std::atomic<int> batches = 0;

    Deliver deliver() {
        return [this](std::vector<Message> messages, std::function<void(bool)> kept) {
            const bool keep = keeps;
            ++batches;
            if (keep) {
                const std::lock_guard lock(mutex);
                heard.insert(heard.end(), messages.begin(), messages.end());
            }
            kept(keep);
        };
    }
    std::size_t count() {
        const std::lock_guard lock(mutex);
        return heard.size();
    }
    std::set<std::string> payloads() {
        const std::lock_guard lock(mutex);
        std::set<std::string> all;
        for (const Message& one : heard) all.insert(one.payload);
        return all;
    }
};

Settings settings_of(std::uint16_t port, std::string client, std::vector<Subscription> subscriptions) {
    Settings settings;
    settings.port = port;
    settings.client = std::move(client);
    settings.subscriptions = std::move(subscriptions);
    settings.pause_milliseconds_max = 300;
    return settings;
}

/// The naive twin of `matches`: level by level, by recursion over lists.
bool naive_matches(const std::vector<std::string>& filter, const std::vector<std::string>& topic, std::size_t f = 0, std::size_t t = 0) {
    if (f == 0 && !topic.empty() && !topic[0].empty() && topic[0][0] == '$' && (filter[0] == "+" || filter[0] == "#")) return false;
    if (f == filter.size()) return t == topic.size();
    if (filter[f] == "#") return true;
    if (t == topic.size()) return false;
    return (filter[f] == "+" || filter[f] == topic[t]) &&
           (naive_matches(filter, topic, f + 1, t + 1) || (f + 2 == filter.size() && t + 1 == topic.size() && filter[f + 1] == "#"));
}
std::string joined(const std::vector<std::string>& levels) {
    std::string text;
    for (std::size_t i = 0; i < levels.size(); ++i) text += (i ? "/" : "") + levels[i];
    return text;
}

} // namespace

TEST_CASE("mqtt: filters take topics as the specification's examples say") {
    CHECK(matches("sport/tennis/player1/#", "sport/tennis/player1"));
    CHECK(matches("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon"));
    CHECK(matches("sport/tennis/+", "sport/tennis/player1"));
    CHECK_FALSE(matches("sport/tennis/+", "sport/tennis/player1/ranking"));
    CHECK_FALSE(matches("sport/+", "sport"));
    CHECK(matches("sport/+", "sport/"));
    CHECK(matches("+/+", "/finance"));
    CHECK_FALSE(matches("+", "/finance"));
    CHECK_FALSE(matches("#", "$SYS/uptime"));
    for (int seed = 1; seed <= 3000; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        std::vector<std::string> filter, topic;
        for (std::int64_t i = random.between(1, 4); i > 0; --i) topic.push_back(std::vector<std::string>{"a", "b", "", "$x"}[random.below(4)]);
        for (std::int64_t i = random.between(1, 4); i > 0; --i) filter.push_back(std::vector<std::string>{"a", "b", "", "+"}[random.below(4)]);
        if (random.chance(0.3)) filter.push_back("#");
        CHECK(matches(joined(filter), joined(topic)) == naive_matches(filter, topic));
    }
}

TEST_CASE("mqtt: the broker in memory keeps what nobody kept") {
    MemoryBroker broker;
    Listener listener;
    auto client = broker.connect(settings_of(0, "bank", {{"v1/+/telemetry", 1}}), listener.deliver());
    listener.keeps = false;
    broker.publish({"v1/a/telemetry", "1"});
    broker.publish({"v1/a/other", "no"});
    CHECK_FALSE(broker.pump());
    broker.lose_connections();
    broker.publish({"v1/b/telemetry", "2"});
    broker.publish({"v1/b/telemetry", "lost", 0});
    listener.keeps = true;
    broker.reconnect();
    CHECK(broker.pump());
    CHECK(listener.payloads() == std::set<std::string>{"1", "2"});
    CHECK(client->state().acknowledged == 2);
}

TEST_CASE("mqtt: a real broker sends again what was not kept, and what came while we were away") {
    MosquittoUnderTest broker;
    Listener listener, device_listener;
    auto client = connect(settings_of(broker.port, "bank", {{"v1/devices/+/telemetry", 1}, {"spBv1.0/#", 1}}), listener.deliver(), [] {
        return std::vector<Message>{{"spBv1.0/STATE/bank", "online", 1, true}};
    });
    auto device = connect(settings_of(broker.port, "device", {{"orders", 1}}), device_listener.deliver());
    REQUIRE(until([&] { return client->state().connected && device->state().connected; }));

    SUBCASE("what is sent arrives once, and so does what we say") {
        for (int i = 0; i < 500; ++i) device->publish({"v1/devices/t/telemetry", std::to_string(i)});
        client->publish({"orders", "go"});
        CHECK(until([&] { return listener.count() >= 501; })); // and our own state
        CHECK(until([&] { return device_listener.count() == 1; }));
        CHECK(listener.payloads().size() == 501);
        CHECK(until([&] { return client->state().acknowledged >= 501; }));
        CHECK(client->state().repeated == 0);
    }
    SUBCASE("nothing is acknowledged that is not kept") {
        CHECK(until([&] { return listener.count() == 1; }));
        listener.keeps = false;
        for (int i = 0; i < 50; ++i) device->publish({"v1/devices/t/telemetry", std::to_string(i)});
        CHECK(until([&] { return listener.batches > 3; }));
        CHECK(client->state().acknowledged == 1);
        client.reset(); // it ends without having kept them
        listener.keeps = true;
        client = connect(settings_of(broker.port, "bank", {{"v1/devices/+/telemetry", 1}}), listener.deliver());
        CHECK(until([&] { return listener.payloads().size() == 51; }));
    }
    SUBCASE("a broker that goes and comes back brings what it was given in between") {
        client.reset();
        for (int i = 0; i < 200; ++i) device->publish({"v1/devices/t/telemetry", std::to_string(i)});
        CHECK(until([&] { return device->state().published == 200; }));
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        broker.restart(); // saves its sessions
        client = connect(settings_of(broker.port, "bank", {{"v1/devices/+/telemetry", 1}}), listener.deliver());
        CHECK(until([&] { return device->state().connections == 2; }));
        CHECK(until([&] {
            auto all = listener.payloads();
            all.erase("online");
            return all.size() == 200;
        }));
    }
}

TEST_CASE("mqtt: a connection that stands while nobody answers is given up, and taken up again without loss") {
    MosquittoUnderTest broker;
    Listener listener;
    Settings settings = settings_of(broker.port, "bank", {{"v1/devices/+/telemetry", 1}});
    settings.keep_alive_seconds = 5; // the library's least
    auto client = connect(settings, listener.deliver()), device = connect(settings_of(broker.port, "device", {}), listener.deliver());
    REQUIRE(until([&] { return client->state().connected && device->state().connected; }));
    broker.freeze();
    device->publish({"v1/devices/t/telemetry", "1"});
    CHECK(until([&] { return !client->state().connected; }, 30'000));
    CHECK_FALSE(client->state().reason.empty());
    broker.thaw();
    CHECK(until([&] { return client->state().connected && listener.payloads().size() == 1; }, 30'000));
}

TEST_CASE("mqtt: what cannot be reached is said, and tried again") {
    Listener listener;
    Settings settings = settings_of(1, "bank", {});
    auto client = connect(settings, listener.deliver());
    CHECK(until([&] { return !client->state().reason.empty(); }));
    CHECK_FALSE(client->state().connected);
    settings.outgoing_max = 2;
    client = connect(settings, listener.deliver());
    CHECK(client->publish({"a", "1"}));
    CHECK(client->publish({"a", "2"}));
    CHECK_FALSE(client->publish({"a", "3"}));
}

TEST_CASE("mqtt: a broker that wants a password gets it or says no") {
    MosquittoUnderTest broker("password_file " + MosquittoUnderTest::password_file("bank", "three calm herons"), false);
    Listener listener;
    Settings settings = settings_of(broker.port, "bank", {});
    auto client = connect(settings, listener.deliver());
    CHECK(until([&] { return !client->state().reason.empty(); }));
    CHECK_FALSE(client->state().connected);
    settings.user = "bank";
    settings.password = "three calm herons";
    client = connect(settings, listener.deliver());
    CHECK(until([&] { return client->state().connected; }));
}

} // namespace greenbank::mqtt
