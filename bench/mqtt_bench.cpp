// mqtt_bench.cpp — devices that publish once a second through a real mosquitto into the intake on SQLite, a rule over each of them: how many of the
// messages are lost, how long from publish to durable and to the alarm, how much CPU. Beside it the same broker with a plain client of libmosquitto that only counts what comes. Then
// Sparkplug payloads decoded, and read by a host.
//   mqtt_bench [folder on the disk to measure] [--devices 5000] [--seconds 600]
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "cpu.h"
#include "energy/field/messages.h"
#include "energy/watch/alarm_desk.h"
#include "kernel/embedded.h"
#include "mqtt/mosquitto_under_test.h"
#include "parties/secrets.h"
#include "store/sqlite/sqlite.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile energy_migrations[];
extern const std::size_t energy_migrations_count;
} // namespace embedded

namespace energy {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t microseconds_now() { return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }
Time time_now() { return {microseconds_now()}; }
using greenbank::bench::cpu_seconds;

struct Latencies {
    std::mutex mutex;
    std::vector<std::int64_t> microseconds;
    std::vector<std::int64_t> worst_by_minute; // since the first message
    std::int64_t first = 0;

    /// The moment of publishing stands in each message.
    void count(const std::vector<std::string>& payloads) {
        const std::int64_t now = microseconds_now();
        const std::lock_guard lock(mutex);
        if (first == 0) first = now;
        const auto minute = static_cast<std::size_t>((now - first) / 60'000'000);
        if (worst_by_minute.size() <= minute) worst_by_minute.resize(minute + 1);
        for (const std::string& payload : payloads)
            if (const std::size_t at = payload.find("\"ts\":"); at != std::string::npos) {
                microseconds.push_back(now - std::stoll(payload.substr(at + 5)) * 1000);
                worst_by_minute[minute] = std::max(worst_by_minute[minute], microseconds.back());
            }
    }
    std::size_t size() {
        const std::lock_guard lock(mutex);
        return microseconds.size();
    }
    double milliseconds_at(double share) {
        const std::lock_guard lock(mutex);
        if (microseconds.empty()) return 0;
        std::sort(microseconds.begin(), microseconds.end());
        return static_cast<double>(microseconds[static_cast<std::size_t>(share * static_cast<double>(microseconds.size() - 1))]) / 1000;
    }
};

/// In that second the device says too much, in the next it is well again: one of 250 devices at a time.
bool is_ill(int device, int second) { return (device + 37 * second) % 250 == 0; }

std::string credential_of(int device) { return fmt::format("gbd_{:08}", device); }

/// Each device once a second, spread over the second; in a process of its own, so that its CPU is not ours.
void publish_all(std::uint16_t port, int devices, int seconds) {
    constexpr int clients = 4;
    std::vector<std::thread> threads;
    for (int part = 0; part < clients; ++part)
        threads.emplace_back([=] {
            mqtt::Settings settings;
            settings.port = port;
            settings.client = fmt::format("devices-{}", part);
            settings.outgoing_max = 1'000'000;
            auto client = mqtt::connect(settings, [](std::vector<mqtt::Message>, std::function<void(bool)> kept) { kept(true); });
            while (!client->state().connected) std::this_thread::sleep_for(std::chrono::milliseconds(10));
            const auto begin = Clock::now();
            std::int64_t sent = 0;
            for (int second = 0; second < seconds; ++second)
                for (int device = part; device < devices; device += clients) {
                    std::this_thread::sleep_until(begin + std::chrono::seconds(second) + std::chrono::microseconds(1'000'000LL * device / devices));
                    const std::int64_t at = microseconds_now() / 1000;
                    client->publish({"v1/devices/" + credential_of(device) + "/telemetry",
                        fmt::format("{{\"ts\":{},\"values\":{{\"power\":{}.{}}}}}", at, is_ill(device, second) ? 2000 : second % 50, device % 10)});
                    ++sent;
                }
            for (int i = 0; i < 3000 && client->state().published < sent; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
            std::this_thread::sleep_for(std::chrono::seconds(3)); // until the broker has acknowledged
        });
    for (std::thread& thread : threads) thread.join();
}

void run_publishers(std::uint16_t port, int devices, int seconds) {
    const pid_t child = fork();
    if (child == 0) {
        execl("/proc/self/exe", "mqtt_bench", "--publish", std::to_string(port).c_str(), std::to_string(devices).c_str(), std::to_string(seconds).c_str(),
            nullptr);
        _exit(127);
    }
    waitpid(child, nullptr, 0);
}

/// Looks every 20 ms for alarms that are committed, and ticks the desk every five seconds as the bank's routine does.
class AlarmsSeen {
public:
    AlarmsSeen(Store& store, AlarmDesk& desk) : store_(store), desk_(desk), thread_([this] { run(); }) {}
    void stop() {
        if (!thread_.joinable()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        stopping_ = true;
        thread_.join();
    }
    ~AlarmsSeen() { stop(); }
    Latencies latencies;

private:
    void run() {
        std::set<std::string> seen;
        std::int64_t noticed = 0;
        for (std::uint64_t turn = 0; !stopping_; ++turn) {
            (void)store_.read([&](Transaction& transaction) -> Result<Done> {
                const Rows rows = TRY(
                    transaction.query("SELECT id, raised_at, noticed_at FROM alarm WHERE organisation = 'org_a' AND noticed_at >= $1", {noticed - 5'000'000}));
                const std::lock_guard lock(latencies.mutex);
                for (const auto& row : rows.rows) {
                    noticed = std::max(noticed, as_integer(row[2]));
                    if (seen.insert(as_text(row[0])).second) latencies.microseconds.push_back(microseconds_now() - as_integer(row[1]));
                }
                return Done{};
            });
            if (turn % 250 == 249) require(static_cast<bool>(desk_.tick(time_now(), turn)), "the desk does not tick");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

    Store& store_;
    AlarmDesk& desk_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

void report(const char* who, Latencies& latencies, std::int64_t sent, double cpu, double seconds) {
    fmt::print(
        "{:<34} {:>9} of {:>9} messages, {} lost; publish to {}: p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms; {:.1f} µs of CPU a message, {:.0f} messages/s\n",
        who, latencies.size(), sent, sent - static_cast<std::int64_t>(latencies.size()), std::string_view(who).starts_with("peer") ? "heard" : "durable",
        latencies.milliseconds_at(0.5), latencies.milliseconds_at(0.99), latencies.milliseconds_at(1),
        cpu / static_cast<double>(std::max<std::size_t>(1, latencies.size())) * 1e6, static_cast<double>(latencies.size()) / seconds);
    fmt::print("  the worst of each minute:");
    for (const std::int64_t worst : latencies.worst_by_minute) fmt::print(" {:.0f}", static_cast<double>(worst) / 1000);
    fmt::print(" ms\n");
}

void measure_broker(const std::string& folder, int devices, int seconds) {
    std::filesystem::create_directories(folder);
    std::filesystem::remove(folder + "/mqtt_bench.db");
    auto store = open_sqlite(folder + "/mqtt_bench.db").value();
    std::vector<Migration> migrations;
    for (std::size_t i = 0; i < embedded::energy_migrations_count; ++i)
        migrations.push_back({"energy", embedded::energy_migrations[i].path, embedded::energy_migrations[i].bytes()});
    require(static_cast<bool>(store->migrate(migrations)), "no tables");
    const Time now = time_now();
    Random random(1);
    for (int begin = 0; begin < devices; begin += 1000)
        require(static_cast<bool>(store->write([&](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            for (int i = begin; i < std::min(begin + 1000, devices); ++i) {
                Device device{.id = make_id<Device>(now, random),
                    .organisation = Id<Organisation>("org_a"),
                    .site = Id<Site>("site_a"),
                    .template_ = "bench",
                    .name = {"", "d", ""},
                    .serial = fmt::format("{}", i),
                    .credential_hash = parties::token_hash(credential_of(i)),
                    .created_at = now,
                    .updated_at = now};
                TRY(transaction.insert(device));
                TRY(transaction.insert(Channel{.id = make_id<Channel>(now, random),
                    .number = i + 1,
                    .organisation = device.organisation,
                    .site = *device.site,
                    .device = device.id,
                    .key = "power",
                    .name = {"", "p", ""},
                    .unit = "kW",
                    .created_at = now,
                    .updated_at = now}));
            }
            return Done{};
        })),
            "no devices");
    require(static_cast<bool>(store->write([&](Transaction& transaction) {
        return transaction.insert(AlarmRule{.id = make_id<AlarmRule>(now, random),
            .organisation = Id<Organisation>("org_a"),
            .name = {"", "Too much", ""},
            .template_ = "bench",
            .conditions =
                {{.name = "much", .kind = ConditionKind::threshold, .channels = {"power"}, .comparison = Comparison::above, .raise = 1000, .clear = 900}},
            .levels = {{.severity = Severity::critical, .condition = "much"}},
            .created_at = now,
            .updated_at = now});
    })),
        "no rule");
    mqtt::MosquittoUnderTest broker;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    mqtt::Settings settings;
    settings.port = broker.port;
    settings.client = "bank";
    const std::int64_t sent = static_cast<std::int64_t>(devices) * seconds;
    {
        Intake intake(*store);
        AlarmDesk desk(*store, intake.archive());
        desk.open(time_now, [](Transaction&, const Caller&, std::string_view) -> Result<Done> { return Done{}; });
        intake.observe([&desk](std::span<const TakenPoint> points, Time received) { desk.take(points, received); });
        require(static_cast<bool>(desk.tick(time_now(), 1)), "the rule is not watched");
        AlarmsSeen alarms(*store, desk);
        Refusals refusals;
        MessageIntake messages(intake, *store, refusals);
        for (const auto& [filter, quality] : MessageIntake::subscriptions()) settings.subscriptions.push_back({filter, quality});
        Latencies latencies;
        const double cpu = cpu_seconds();
        auto client = mqtt::connect(settings, [&](std::vector<mqtt::Message> came, std::function<void(bool)> kept) {
            std::vector<FieldMessage> all;
            auto payloads = std::make_shared<std::vector<std::string>>();
            for (mqtt::Message& one : came) {
                payloads->push_back(one.payload);
                all.push_back({std::move(one.topic), std::move(one.payload)});
            }
            messages.take(all, time_now(), [&latencies, payloads, kept](bool is) {
                if (is) latencies.count(*payloads);
                kept(is);
            });
        });
        while (!client->state().connected) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        run_publishers(broker.port, devices, seconds);
        for (int i = 0; i < 300 && static_cast<std::int64_t>(latencies.size()) < sent; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        client.reset();
        intake.wait_until_told();
        alarms.stop();
        std::int64_t ill = 0;
        for (int second = 0; second < seconds; ++second)
            for (int device = 0; device < devices; ++device) ill += is_ill(device, second);
        report("Greenbank, SQLite", latencies, sent, cpu_seconds() - cpu, seconds);
        fmt::print("  alarms: {} of {}; publish to the alarm on the disk: p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms ({} rules and devices watched)\n",
            alarms.latencies.size(), ill, alarms.latencies.milliseconds_at(0.5), alarms.latencies.milliseconds_at(0.99), alarms.latencies.milliseconds_at(1),
            desk.counts().watched);
        for (const auto& [reason, refusal] : refusals.all()) fmt::print("  refused {}: {}\n", reason, refusal.count);
    }
    {
        Latencies latencies;
        settings.client = "peer";
        settings.subscriptions = {{"v1/devices/+/telemetry", 1}};
        const double cpu = cpu_seconds();
        auto client = mqtt::connect(settings, [&](std::vector<mqtt::Message> came, std::function<void(bool)> kept) {
            std::vector<std::string> payloads;
            for (mqtt::Message& one : came) payloads.push_back(std::move(one.payload));
            latencies.count(payloads);
            kept(true);
        });
        while (!client->state().connected) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        run_publishers(broker.port, devices, std::min(seconds, 20));
        report("peer: only counted, kept nowhere", latencies, static_cast<std::int64_t>(devices) * std::min(seconds, 20), cpu_seconds() - cpu,
            std::min(seconds, 20));
    }
    std::filesystem::remove(folder + "/mqtt_bench.db");
}

void measure_sparkplug() {
    sparkplug::Payload birth{1'790'000'000'000, 0, {}}, data{1'790'000'000'000, 1, {}};
    for (std::uint64_t i = 0; i < 100; ++i) {
        sparkplug::Metric metric;
        metric.name = fmt::format("Inverters/{}/Power", i);
        metric.alias = i;
        metric.type = sparkplug::DataType::real64;
        metric.value = 0.25 * static_cast<double>(i);
        birth.metrics.push_back(metric);
        metric.name.clear();
        metric.type = sparkplug::DataType::unknown;
        metric.milliseconds = 1'790'000'000'000 + i;
        data.metrics.push_back(metric);
    }
    const std::string bytes = sparkplug::encode(data);
    const int rounds = 20'000;
    double best = 1e9, best_host = 1e9, checked = 0;
    for (int run = 0; run < 3; ++run) {
        double before = cpu_seconds();
        for (int i = 0; i < rounds; ++i) checked += static_cast<double>(sparkplug::decode(bytes)->metrics.size());
        best = std::min(best, cpu_seconds() - before);
        sparkplug::Host host;
        sparkplug::Outcome outcome;
        host.receive({"g", "n", "", sparkplug::MessageType::node_birth}, sparkplug::encode(birth), {}, outcome);
        std::vector<std::string> messages;
        for (std::uint64_t i = 0; i < 256; ++i) {
            data.sequence = i;
            messages.push_back(sparkplug::encode(data));
        }
        before = cpu_seconds();
        for (int i = 1; i <= rounds; ++i) {
            sparkplug::Outcome one;
            host.receive({"g", "n", "", sparkplug::MessageType::node_data}, messages[static_cast<std::size_t>(i % 256)], {}, one);
            checked += static_cast<double>(one.readings.size());
        }
        best_host = std::min(best_host, cpu_seconds() - before);
    }
    require(checked == 3.0 * 2 * rounds * 100, "metrics were lost");
    fmt::print("Sparkplug: {:.2f} million metrics decoded a CPU-second ({:.0f} MB/s), {:.2f} million read by a host with aliases\n", rounds * 100 / best / 1e6,
        static_cast<double>(bytes.size()) * rounds / best / 1e6, rounds * 100 / best_host / 1e6);
}

} // namespace
} // namespace energy
} // namespace greenbank

int main(int count, char** arguments) {
    if (count == 5 && std::string_view(arguments[1]) == "--publish") {
        greenbank::energy::publish_all(static_cast<std::uint16_t>(std::atoi(arguments[2])), std::atoi(arguments[3]), std::atoi(arguments[4]));
        return 0;
    }
    std::string folder = "/tmp/greenbank_mqtt_bench";
    int devices = 5000, seconds = 600;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = arguments[i];
        if (word == "--devices" && i + 1 < count) devices = std::atoi(arguments[++i]);
        else if (word == "--seconds" && i + 1 < count) seconds = std::atoi(arguments[++i]);
        else folder = word;
    }
    greenbank::energy::measure_sparkplug();
    greenbank::energy::measure_broker(folder, devices, seconds);
}
