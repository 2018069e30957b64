// Durable single-row writes of many callers: grouped, against one commit a request on the same disk.
//   store_bench [folder] [postgres connection string]
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace greenbank {

struct Reading {
    static constexpr std::string_view id_prefix = "reading";

    Id<Reading> id;
    std::int64_t version = 1;
    Time at;
    double value = 0;
    std::string note;
};

Record describe(const Reading*) {
    return {.name = "store_bench_reading",
        .doc = "A row to write.",
        .fields = {
            field<&Reading::id>("id", "Its key."),
            field<&Reading::version>("version", "Goes up with each change."),
            field<&Reading::at>("at", "When."),
            field<&Reading::value>("value", "What."),
            field<&Reading::note>("note", "Some words."),
        }};
}

namespace {

using Clock = std::chrono::steady_clock;

constexpr Migration migration = {"store_bench", "2026_11_20_01_reading",
    "CREATE TABLE store_bench_reading (id text NOT NULL PRIMARY KEY, version bigint NOT NULL, at bigint NOT NULL, value double precision NOT NULL, note text "
    "NOT NULL)"};

[[noreturn]] void stop(const Error& error) {
    fmt::print(stderr, "{}: {}\n", error.code, fill_in(error.message, error.parameters));
    for (const Parameter& parameter : error.parameters) fmt::print(stderr, "  {}: {}\n", parameter.name, parameter.value);
    std::exit(1);
}

template <class T> T must(Result<T> result) {
    if (!result) stop(result.error());
    return std::move(result).value();
}

Reading make_reading(Random& random) {
    const Time now{std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
    return {.id = make_id<Reading>(now, random), .at = now, .value = random.uniform(), .note = "热泵 heat pump тепловой насос"};
}

std::uint64_t new_seed() {
    static std::uint64_t count = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    static std::mutex mutex;
    std::lock_guard lock(mutex);
    return ++count;
}

/// Callers are spread over `stores`: servers of one database.
double writes_per_second(const std::vector<Store*>& stores, std::string_view mode, int threads, std::chrono::milliseconds length) {
    Store& store = *stores[0];
    std::mutex mutex;
    std::vector<double> latencies;
    const Store::Statistics before = store.statistics();
    const auto started = Clock::now();
    std::vector<std::thread> callers;
    for (int i = 0; i < threads; ++i)
        callers.emplace_back([&, i] {
            Store& server = *stores[static_cast<std::size_t>(i) % stores.size()];
            Random random(new_seed());
            std::vector<double> mine;
            while (Clock::now() - started < length) {
                const auto asked = Clock::now();
                const Reading reading = make_reading(random);
                must(server.write([&](Transaction& transaction) { return transaction.insert(reading); }));
                mine.push_back(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
            }
            std::lock_guard lock(mutex);
            latencies.insert(latencies.end(), mine.begin(), mine.end());
        });
    for (std::thread& caller : callers) caller.join();
    const double took = std::chrono::duration<double>(Clock::now() - started).count();
    std::sort(latencies.begin(), latencies.end());
    const Store::Statistics after = store.statistics();
    const double rate = static_cast<double>(latencies.size()) / took;
    fmt::print("{:<9} {:<22} {:>3} threads {:>9.0f} writes/s   group {:>5.1f}   p50 {:>7.2f} ms   p99 {:>7.2f} ms\n", store.engine(), mode, threads, rate,
        static_cast<double>(after.writes - before.writes) / static_cast<double>(after.groups - before.groups), latencies[latencies.size() / 2],
        latencies[latencies.size() * 99 / 100]);
    return rate;
}

void bulk(Store& store) {
    constexpr std::size_t count = 100'000;
    Random random(new_seed());
    std::vector<Reading> readings;
    std::vector<const void*> pointers;
    for (std::size_t i = 0; i < count; ++i) readings.push_back(make_reading(random));
    for (const Reading& reading : readings) pointers.push_back(&reading);
    const auto started = Clock::now();
    must(store.write([&](Transaction& transaction) { return transaction.insert_many(record_of<Reading>(), pointers); }));
    const double took = std::chrono::duration<double>(Clock::now() - started).count();
    fmt::print("{:<9} {:<22} {:>21.0f} rows/s\n", store.engine(), "insert_many", static_cast<double>(count) / took);
}

void single_reads(Store& store) {
    Random random(new_seed());
    const Reading reading = make_reading(random);
    must(store.write([&](Transaction& transaction) { return transaction.insert(reading); }));
    constexpr int count = 20'000;
    const auto started = Clock::now();
    for (int i = 0; i < count; ++i)
        must(store.read([&](Transaction& transaction) -> Result<Done> {
            (void)TRY(transaction.get(reading.id));
            return Done{};
        }));
    const double took = std::chrono::duration<double>(Clock::now() - started).count();
    fmt::print("{:<9} {:<22}   1 thread  {:>9.0f} reads/s\n", store.engine(), "get by id", count / took);
}

void compare(const std::function<std::unique_ptr<Store>(std::size_t group_max)>& open) {
    constexpr auto length = std::chrono::milliseconds(4000);
    double alone = 0, grouped = 0;
    {
        const auto store = open(1);
        must(store->migrate({&migration, 1}));
        alone = writes_per_second({store.get()}, "one commit a request", 32, length);
    }
    const auto store = open(0);
    grouped = writes_per_second({store.get()}, "grouped", 32, length);
    writes_per_second({store.get()}, "grouped", 1, length);
    writes_per_second({store.get()}, "grouped", 128, length);
    if (store->engine() == "postgres") {
        const auto other = open(0);
        writes_per_second({store.get(), other.get()}, "grouped, two servers", 32, length);
    }
    fmt::print("{:<9} grouped / alone at 32 threads: {:.1f}\n", store->engine(), grouped / alone);
    bulk(*store);
    single_reads(*store);
}

} // namespace

} // namespace greenbank

int main(int count, char** arguments) {
    using namespace greenbank;
    const std::filesystem::path folder = std::filesystem::path(count > 1 ? arguments[1] : ".") / "store_bench.tmp";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    compare([&](std::size_t group_max) {
        const WriterSettings usual;
        return must(open_sqlite((folder / "bench.sqlite").string(), {.group_max = group_max ? group_max : usual.group_max}));
    });
    std::filesystem::remove_all(folder);
    if (count > 2)
        compare([&](std::size_t group_max) { return must(open_postgres(arguments[2], 8, {.group_max = group_max ? group_max : postgres_writer.group_max})); });
}
