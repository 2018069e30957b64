// archive_bench.cpp — telemetry as it is used: 1,000 channels of 10,000 five-minute values as lines over HTTP into the real program on SQLite, its CPU
// and clock until all is acknowledged as durable; bytes on the disk; hourly means of all channels; ten years of one channel at every zoom.
// Beside it PostgreSQL's COPY into day partitions, where GREENBANK_TEST_POSTGRES says how to connect.
//   archive_bench [program] [folder on the disk to measure] [channels] [points]
#include <sqlite3.h>

#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "bank.h"
#include "energy/telemetry/query.h"
#include "energy/telemetry/tiers.h"
#include "points.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::bench {

namespace {

using namespace energy;

std::int64_t ask_sqlite(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::int64_t answer = -1;
    if (sqlite3_open(path.c_str(), &database) == SQLITE_OK && sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return answer;
}

/// Bytes of the database without free pages.
std::int64_t packed_bytes(const std::string& path) {
    const std::string copy = path + ".packed";
    std::filesystem::remove(copy);
    ask_sqlite(path, "VACUUM INTO '" + copy + "'");
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(copy));
    std::filesystem::remove(copy);
    return bytes;
}

/// Sends bodies over some connections at once, one in flight on each.
void send_all(const Bank& bank, const std::vector<std::string>& bodies, const std::string& credential, std::size_t connections) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < connections; ++i)
        threads.emplace_back([&] {
            http::Client client(bank.address());
            for (std::size_t at = next++; at < bodies.size(); at = next++) {
                http::ClientRequest request{.method = "POST", .target = "/api/v1/points?precision=s", .body = bodies[at], .content_type = "text/plain"};
                request.headers = {{"Authorization", "Bearer " + credential}};
                auto sent = client.send(request);
                if (!sent || sent.value().status != 200) give_up("points were not taken: " + (sent ? sent.value().body : "no answer"));
            }
        });
    for (std::thread& thread : threads) thread.join();
}

struct Device {
    std::string id, credential;
};

Device enter_device(Person& person, std::size_t channels) {
    const std::string site =
        text_in(person.send("POST", "/api/v1/sites", R"({"name":{"en":"bench"},"about":{},"kind":"energy","country":"CN","place":{}})"), "id");
    const std::string made =
        person.send("POST", "/api/v1/devices", fmt::format(R"({{"name":{{"en":"bench"}},"serial":"1","template":"other","site":"{}"}})", site));
    const Device device{text_in(made, "id"), text_in(made, "credential")};
    for (std::size_t i = 0; i < channels; ++i)
        person.send(
            "POST", "/api/v1/channels", fmt::format(R"({{"site":"{}","device":"{}","key":"c{}","name":{{"en":"c{}"}},"unit":"kW"}})", site, device.id, i, i));
    return device;
}

/// Lines of all channels, moment after moment, as collectors send them.
std::vector<std::string> line_bodies(const std::vector<Points>& all, std::size_t bytes_max) {
    std::vector<std::string> bodies(1);
    for (std::size_t i = 0; i < all[0].size(); ++i) {
        std::string line = "m ";
        for (std::size_t channel = 0; channel < all.size(); ++channel)
            fmt::format_to(std::back_inserter(line), "{}c{}={:.2f}", channel == 0 ? "" : ",", channel, all[channel].values[i]);
        fmt::format_to(std::back_inserter(line), " {}\n", all[0].times[i] / 1'000'000);
        if (bodies.back().size() + line.size() > bytes_max) bodies.emplace_back();
        bodies.back() += line;
    }
    return bodies;
}

template <class Work> double read_milliseconds(Store& store, Work work, int times = 5) {
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
        const auto start = Clock::now();
        const auto done = store.read([&](Transaction& transaction) -> Result<Done> { return work(transaction); });
        if (!done) give_up(done.error().message);
        best = std::min(best, 1000 * seconds_since(start));
    }
    return best;
}

void ask(const std::string& data, std::size_t channels, std::int64_t first_number) {
    auto opened = open_sqlite(data + "/greenbank.db");
    if (!opened) give_up(opened.error().message);
    Store& store = *opened.value();
    Archive archive;
    std::size_t steps = 0;
    double sum = 0;
    const double hourly = read_milliseconds(store, [&](Transaction& transaction) -> Result<Done> {
        const ArchiveView view = TRY(archive.view(transaction));
        steps = 0;
        sum = 0;
        std::vector<Step> list;
        for (std::size_t i = 0; i < channels; ++i) {
            list.clear();
            TRY(view.read_steps(series_of(first_number + static_cast<std::int64_t>(i), SeriesKind::values), begin, begin + 30 * day, hour, list));
            steps += list.size();
            for (const Step& one : list) sum += one.values.mean();
        }
        return Done{};
    });
    fmt::print("hourly means of {} channels over 30 days: {} steps in {:.1f} ms (sum {:.6f})\n", channels, steps, hourly, sum);

    // Ten years of a channel: five-minute values, in the archive of the same bank.
    constexpr std::int64_t other = 9'000'000;
    const Moment from = begin - 3653 * day;
    const Points decade = channel_points(77, 3653 * 288, from);
    const auto written = store.write([&](Transaction& transaction) -> Result<Done> {
        TRY(archive.erase(transaction, other));
        return archive.write(transaction, {series_of(other, SeriesKind::values), decade});
    });
    if (!written) give_up(written.error().message);
    double slowest = 0;
    fmt::print("ten years of one channel ({} points), 1,200 steps wide:\n", decade.size());
    for (const auto& [name, span] : {std::pair("10 years", 3653 * day), {"3 years", 1096 * day}, {"1 year", 366 * day}, {"3 months", 92 * day},
             {"1 month", 31 * day}, {"1 week", 7 * day}, {"1 day", day}, {"1 hour", hour}}) {
        const Moment end = from + 3653 * day - 5 * day - (span < 3000 * day ? 400 * day : -5 * day), start = end - span;
        std::size_t found = 0;
        const Duration step = step_for(Duration{span}, 1200);
        const double took = read_milliseconds(store, [&](Transaction& transaction) -> Result<Done> {
            found = TRY(read_channel_steps(transaction, archive, other, Time{start}, Time{end}, step)).size();
            return Done{};
        });
        slowest = std::max(slowest, took);
        fmt::print("  {:<9} step {:>8} s: {:>5} steps in {:>6.2f} ms\n", name, step.microseconds / 1'000'000, found, took);
    }
    fmt::print("  slowest {:.2f} ms\n", slowest);
}

void copy_into_postgres(const std::vector<Points>& all, std::size_t rows_wanted) {
    const char* address = std::getenv("GREENBANK_TEST_POSTGRES");
    if (!address) return fmt::print("PostgreSQL: left out, GREENBANK_TEST_POSTGRES is not set\n");
    auto connected = connect_postgres(address);
    if (!connected) give_up(connected.error().message);
    Connection& connection = *connected.value();
    const auto run = [&](const std::string& sql) {
        if (const auto done = connection.script(sql); !done) give_up(done.error().message + sql);
    };
    run("DROP TABLE IF EXISTS bench_point; CREATE TABLE bench_point (s INTEGER NOT NULL, t TIMESTAMPTZ NOT NULL, v DOUBLE PRECISION NOT NULL) PARTITION BY "
        "RANGE (t)");
    for (int i = 0; i < 36; ++i)
        run(fmt::format("CREATE TABLE bench_point_{} PARTITION OF bench_point FOR VALUES FROM ('{}') TO ('{}')", i, to_text(Time{begin + i * day}),
            to_text(Time{begin + (i + 1) * day})));
    run("CREATE INDEX bench_point_place ON bench_point (s, t)");
    const auto start = Clock::now();
    std::size_t rows = 0;
    for (std::size_t i = 0; i < all[0].size() && rows < rows_wanted; i += 100) {
        RowList list;
        for (std::size_t k = i; k < std::min(all[0].size(), i + 100); ++k)
            for (std::size_t channel = 0; channel < all.size(); ++channel)
                list.push_back({static_cast<std::int64_t>(channel), to_text(Time{all[channel].times[k]}), all[channel].values[k]});
        if (const auto done = connection.insert_rows("bench_point", {"s", "t", "v"}, list); !done) give_up(done.error().message);
        rows += list.size();
    }
    const double took = seconds_since(start);
    auto bytes = connection.run("SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'bench_point'::regclass");
    fmt::print("PostgreSQL COPY into 36 day partitions with an index: {} rows in {:.1f} s = {:.2f} M/s, {:.1f} bytes a row\n", rows, took,
        static_cast<double>(rows) / took / 1e6, as_real(bytes.value().rows.single()) / static_cast<double>(rows));
    run("DROP TABLE bench_point");
}

void measure(const std::string& program, const std::string& place, std::size_t channels, std::size_t count) {
    const Folder folder(place);
    const std::string file = folder.path() + "/greenbank.db";
    std::vector<Points> all;
    for (std::size_t i = 0; i < channels; ++i) all.push_back(channel_points(i, count));
    const double points = static_cast<double>(channels * count);
    const std::vector<std::string> bodies = line_bodies(all, 3'900'000);
    std::size_t sent_bytes = 0;
    for (const std::string& body : bodies) sent_bytes += body.size();
    fmt::print("{:.1f} M points of {} channels as {} bodies of lines, {:.1f} bytes a point\n", points / 1e6, channels, bodies.size(),
        static_cast<double>(sent_bytes) / points);
    std::int64_t before = 0, first_number = 0;
    {
        Bank bank(program, folder.path(), {});
        Person person(bank);
        person.become_administrator(bank.setup_token());
        const Device device = enter_device(person, channels);
        before = packed_bytes(file);
        first_number = ask_sqlite(file, "SELECT min(number) FROM channel");
        const double cpu_before = cpu_seconds_of(bank.process());
        const auto start = Clock::now();
        send_all(bank, bodies, device.credential, 4);
        const double took = seconds_since(start), cpu = cpu_seconds_of(bank.process()) - cpu_before;
        fmt::print("HTTP, durable on SQLite: {:.2f} s = {:.2f} M points/s; {:.2f} s of the server's CPU = {:.2f} M points per CPU-second\n", took,
            points / took / 1e6, cpu, points / cpu / 1e6);
        std::fflush(stdout);
    }
    ask_sqlite(file, "UPDATE telemetry_state SET sealed_at = 0 RETURNING 1"); // what is left of the head is old enough now
    {
        Bank bank(program, folder.path(), {});
        const double cpu_before = cpu_seconds_of(bank.process());
        const auto start = Clock::now();
        while (ask_sqlite(file, "SELECT count(*) FROM telemetry_batch") != 0) {
            usleep(200'000);
            if (seconds_since(start) > 300) give_up("the head is not sealed");
            ask_sqlite(file, "UPDATE telemetry_state SET sealed_at = 0 RETURNING 1");
        }
        fmt::print("sealing what was left: {:.2f} s of CPU\n", cpu_seconds_of(bank.process()) - cpu_before);
    }
    const std::int64_t after = packed_bytes(file), chunks = ask_sqlite(file, "SELECT sum(length(bytes)) FROM telemetry_chunk"),
                       tiers = ask_sqlite(file, "SELECT sum(length(bytes)) FROM telemetry_tier");
    if (ask_sqlite(file, "SELECT sum(points) FROM telemetry_chunk") != static_cast<std::int64_t>(points)) give_up("points are missing");
    fmt::print("on the disk: {:.3f} bytes a point with index, tiers and pages (chunks {:.3f}, tiers {:.3f})\n", static_cast<double>(after - before) / points,
        static_cast<double>(chunks) / points, static_cast<double>(tiers) / points);
    ask(folder.path(), channels, first_number);
    std::fflush(stdout);
    copy_into_postgres(all, 2'000'000);
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** arguments) {
    const auto number = [&](int at, std::size_t usual) { return count > at ? static_cast<std::size_t>(std::atoll(arguments[at])) : usual; };
    greenbank::bench::measure(count > 1 ? arguments[1] : "build/release/greenbank", count > 2 ? arguments[2] : "/tmp", number(3, 1000), number(4, 10'000));
}
