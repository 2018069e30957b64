// archive_bench.cpp — the archive on the disk: 1,000 channels of 10,000 five-minute values with two decimals, sent as lines of a hundred channels by ten
// devices, ten thousand points a body, in the order of time: bytes a point, points per CPU-second and durable points a second, hourly means of all
// channels over 30 days, one channel over ten years at every zoom. Beside it PostgreSQL and VictoriaMetrics (archive_peers.h) with the same points.
//   archive_bench FOLDER [a PostgreSQL to fill, or -] [channels] [alone: without the peers]
#include <fmt/format.h>
#include <sqlite3.h>

#include <thread>

#include "archive_peers.h"
#include "cpu.h"
#include "energy/engine/telemetry/lines.h"
#include "energy/telemetry/intake.h"
#include "energy/telemetry/query.h"
#include "kernel/embedded.h"
#include "parties/secrets.h"
#include "points.h"
#include "store/sqlite/sqlite.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile energy_migrations[];
extern const std::size_t energy_migrations_count;
} // namespace embedded

namespace energy {
namespace {

using bench::Clock;
using bench::give_up;
using bench::seconds_since;

constexpr std::size_t channels_per_device = 100, moments = 10'000, moments_per_body = 100, senders = 4;
constexpr std::int64_t ten_years_channel = 1'000'001;

using greenbank::bench::cpu_seconds;
Time time_now() { return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()}; }

template <class T> T must(Result<T> result) {
    if (!result) give_up(fill_in(result.error().message, result.error().parameters));
    return std::move(result).value();
}

std::string credential_of(std::size_t device) { return fmt::format("gbd_{:08}", device); }

/// m,device=3 c00=51.2,c01=… 1767225600
std::string body_of(const std::vector<Points>& all, std::size_t device, std::size_t from) {
    std::string body;
    const std::size_t last = std::min(moments, from + moments_per_body);
    for (std::size_t i = from; i < last; ++i) {
        fmt::format_to(std::back_inserter(body), "m,device={} ", device);
        for (std::size_t k = 0; k < channels_per_device; ++k)
            fmt::format_to(std::back_inserter(body), "{}c{:02}={}", k ? "," : "", k, all[device * channels_per_device + k].values[i]);
        fmt::format_to(std::back_inserter(body), " {}\n", all[device * channels_per_device].times[i] / 1'000'000);
    }
    return body;
}

std::unique_ptr<Store> open_bank(const std::string& path) {
    auto store = must(open_sqlite(path));
    std::vector<Migration> migrations;
    for (std::size_t i = 0; i < embedded::energy_migrations_count; ++i)
        migrations.push_back({"energy", embedded::energy_migrations[i].path, embedded::energy_migrations[i].bytes()});
    must(store->migrate(migrations));
    return store;
}

void enter_devices(Store& store, std::size_t devices) {
    const Time now = time_now();
    Random random(1);
    must(store.write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        for (std::size_t i = 0; i < devices; ++i) {
            const Device device{.id = make_id<Device>(now, random),
                .organisation = Id<Organisation>("org_a"),
                .site = Id<Site>("site_a"),
                .name = {"", "d", ""},
                .serial = fmt::format("{}", i),
                .credential_hash = parties::token_hash(credential_of(i)),
                .created_at = now,
                .updated_at = now};
            TRY(transaction.insert(device));
            for (std::size_t k = 0; k < channels_per_device; ++k)
                TRY(transaction.insert(Channel{.id = make_id<Channel>(now, random),
                    .number = static_cast<std::int64_t>(i * channels_per_device + k + 1),
                    .organisation = device.organisation,
                    .site = *device.site,
                    .device = device.id,
                    .key = fmt::format("c{:02}", k),
                    .name = {"", "c", ""},
                    .unit = "kW",
                    .created_at = now,
                    .updated_at = now}));
        }
        return Done{};
    }));
}

struct Disk {
    double bytes = 0, free_bytes = 0; // free: of pages that the next points take
};
/// Of a bank that nobody has open.
Disk disk_of(const std::string& path) {
    sqlite3* database = nullptr;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK) give_up("the file cannot be opened");
    const auto ask = [&](const char* sql) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
        sqlite3_step(statement);
        const auto answer = static_cast<double>(sqlite3_column_int64(statement, 0));
        sqlite3_finalize(statement);
        return answer;
    };
    const Disk disk{static_cast<double>(std::filesystem::file_size(path)), ask("PRAGMA freelist_count") * ask("PRAGMA page_size")};
    sqlite3_close(database);
    return disk;
}

/// All bodies, each device's in the order of time, from a few threads as many connections would.
void send_all(const std::string& path, const std::vector<std::string>& bodies, std::size_t devices, double points) {
    const auto store = open_bank(path);
    Intake intake(*store);
    const Time now = time_now();
    const double cpu = cpu_seconds();
    const auto start = Clock::now();
    std::vector<std::thread> threads;
    for (std::size_t sender = 0; sender < senders; ++sender)
        threads.emplace_back([&, sender] {
            for (std::size_t i = 0; i < bodies.size(); ++i) {
                const std::size_t device = i % devices;
                if (device % senders != sender) continue;
                const Id<Device> id = must(intake.authenticate(credential_of(device), now));
                const ReadPoints read = read_lines(bodies[i], 1'000'000'000, now.microseconds / 1000);
                const Accepted accepted = must(intake.accept(id, read.points, now));
                if (accepted.taken != static_cast<std::int64_t>(read.points.size())) give_up("points were not taken");
            }
        });
    for (std::thread& thread : threads) thread.join();
    const double durable = seconds_since(start), durable_cpu = cpu_seconds() - cpu;
    must(intake.seal(now, true));
    const double sealed = seconds_since(start), sealed_cpu = cpu_seconds() - cpu;
    fmt::print(
        "Greenbank, SQLite: durable {:.2f} million points/s ({:.2f} s), {:.2f} million per CPU-second; with all of it sealed into chunks and tiers {:.2f} "
        "million/s, {:.2f} per CPU-second\n",
        points / durable / 1e6, durable, points / durable_cpu / 1e6, points / sealed / 1e6, points / sealed_cpu / 1e6);
}

void ask_means(const std::string& path, std::size_t channels) {
    const auto store = open_bank(path);
    Archive archive;
    double wall = 1e9, cpu = 1e9, sum = 0;
    std::size_t steps = 0;
    for (int run = 0; run < 5; ++run) {
        const double before = cpu_seconds();
        const auto start = Clock::now();
        steps = 0;
        sum = 0;
        must(store->read([&](Transaction& transaction) -> Result<Done> {
            const ArchiveView view = TRY(archive.view(transaction));
            std::vector<Step> list;
            for (std::size_t i = 0; i < channels; ++i) {
                list.clear();
                TRY(view.read_steps(series_of(static_cast<std::int64_t>(i) + 1, SeriesKind::values), begin, begin + 30 * day, hour, list));
                steps += list.size();
                for (const Step& one : list) sum += one.values.mean();
            }
            return Done{};
        }));
        wall = std::min(wall, seconds_since(start));
        cpu = std::min(cpu, cpu_seconds() - before);
    }
    fmt::print("  hourly means of 30 days, {} channels: {} in {:.4f} s, {:.4f} CPU-seconds (sum {:.4f})\n", channels, steps, wall, cpu, sum);
}

/// A channel of ten years: its chunks, then windows from ten years to an hour, each drawn in about 1,000 steps, by clocks of five offsets; steps that divide
/// no day; all of it by the hour.
void ask_ten_years(const std::string& path) {
    const auto store = open_bank(path);
    Archive archive;
    const Moment end = begin, first = end - 3650 * day;
    const Points points = channel_points(4711, 3650 * 288, first);
    must(store->write([&](Transaction& transaction) { return archive.write(transaction, {series_of(ten_years_channel, SeriesKind::values), points}); }));
    struct Timed {
        double wall = 1e9, cpu = 1e9; // milliseconds, the best of five
        std::size_t steps = 0;
    };
    const auto timed = [&](Moment from, Moment to, Moment step, Moment ahead) {
        Timed best;
        for (int run = 0; run < 5; ++run) {
            const double cpu = cpu_seconds();
            const auto start = Clock::now();
            must(store->read([&](Transaction& transaction) -> Result<Done> {
                const ArchiveView view = TRY(archive.view(transaction));
                best.steps = TRY(read_channel_steps(view, ten_years_channel, {from}, {to}, {step}, {ahead})).size();
                return Done{};
            }));
            best.wall = std::min(best.wall, seconds_since(start) * 1000);
            best.cpu = std::min(best.cpu, (cpu_seconds() - cpu) * 1000);
        }
        return best;
    };
    Random random(7);
    const std::pair<const char*, Moment> clocks[] = {
        {"UTC", 0}, {"+08:00", 8 * hour}, {"+05:30", 11 * hour / 2}, {"+05:45", 23 * hour / 4}, {"-03:30", -7 * hour / 2}};
    for (const auto& [name, ahead] : clocks) {
        std::vector<double> milliseconds;
        double worst = 0, worst_cpu = 0;
        Moment worst_range = 0;
        for (Moment range = 3650 * day; range >= hour; range = range * 4 / 5) {
            const Moment from = first + random.between(0, std::max<Moment>(1, 3650 * day - range));
            const Timed took = timed(from, from + range, step_for({range}, 1000).microseconds, ahead);
            milliseconds.push_back(took.wall);
            worst_cpu = std::max(worst_cpu, took.cpu);
            if (took.wall > worst) worst = took.wall, worst_range = range;
        }
        fmt::print("  ten years of one channel ({} points), {:>6}: {} windows of about 1,000 steps: median {:.2f} ms, worst {:.2f} ms ({:.0f} days), {:.2f} ms "
                   "of CPU\n",
            points.size(), name, milliseconds.size(), bench::quantile(milliseconds, 0.5), worst, static_cast<double>(worst_range) / static_cast<double>(day),
            worst_cpu);
    }
    const std::tuple<const char*, Moment, Moment> others[] = {{"days of +05:45", day, 23 * hour / 4}, {"36 hours", 36 * hour, 0},
        {"100 hours of +05:30", 100 * hour, 11 * hour / 2}, {"7 hours", 7 * hour, 0}, {"hours", hour, 0}, {"quarters", hour / 4, 0}};
    for (const auto& [name, step, ahead] : others) {
        const Timed took = timed(first, end, step, ahead);
        fmt::print("  all ten years in {:<20} {:>7} steps: {:.1f} ms, {:.1f} ms of CPU\n", name, took.steps, took.wall, took.cpu);
    }
}

void report(const char* who, const bench::PeerFigures& figures) {
    fmt::print(
        "{}: {:.1f} million points, {:.2f} million/s ({:.1f} s), {:.2f} million per CPU-second of the server; {:.3f} bytes a point; {:.0f} hourly means in "
        "{:.3f} s\n",
        who, figures.points / 1e6, figures.points / figures.wall_seconds / 1e6, figures.wall_seconds, figures.points / figures.cpu_seconds / 1e6,
        figures.bytes / figures.points, figures.means, figures.means_seconds);
}

void measure(const std::string& folder, const std::string& postgres, std::size_t channels, bool alone) {
    std::filesystem::create_directories(folder);
    const std::string path = folder + "/archive_bench.db";
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    const std::size_t devices = channels / channels_per_device;
    std::vector<Points> all;
    for (std::size_t i = 0; i < devices * channels_per_device; ++i) all.push_back(channel_points(i, moments));
    std::vector<std::string> bodies;
    for (std::size_t from = 0; from < moments; from += moments_per_body)
        for (std::size_t device = 0; device < devices; ++device) bodies.push_back(body_of(all, device, from));
    const double points = static_cast<double>(all.size() * moments);
    {
        const auto store = open_bank(path);
        enter_devices(*store, devices);
    }
    const Disk before = disk_of(path);
    send_all(path, bodies, devices, points);
    const Disk after = disk_of(path);
    fmt::print("  on disk: {:.3f} bytes a point with index and tiers; the file has {:.3f} more that are free for the next points\n",
        (after.bytes - after.free_bytes - before.bytes + before.free_bytes) / points, after.free_bytes / points);
    ask_means(path, all.size());
    ask_ten_years(path);
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    if (alone) return;
    if (bench::VictoriaPeer::installed()) {
        bench::VictoriaPeer peer(folder + "/victoria");
        report("VictoriaMetrics", peer.measure(bodies, points, begin));
    } else fmt::print("VictoriaMetrics is not installed (apt-get install victoria-metrics)\n");
    if (postgres.empty() || postgres == "-") return fmt::print("PostgreSQL was not named\n");
    bench::PostgresPeer peer(postgres);
    report("PostgreSQL, COPY into partitions of days", peer.measure(all, begin));
}

} // namespace
} // namespace energy
} // namespace greenbank

int main(int count, char** words) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    greenbank::energy::measure(count > 1 ? words[1] : "/tmp/greenbank_archive_bench", count > 2 ? words[2] : "-",
        count > 3 ? std::strtoull(words[3], nullptr, 10) : 1000, count > 4 && std::string_view(words[4]) == "alone");
}
