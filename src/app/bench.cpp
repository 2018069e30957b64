// bench.cpp — the kept ledger under load: a database of its own, callers that each wait for their commit, rates and CPU per transfer.
#include "app/bench.h"

#include <atomic>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "api/nobody.h"
#include "app/bank.h"
#include "ledger/ledger.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"
#include "json/json.h"

namespace greenbank::app {

namespace {

using namespace ledger;
using Clock = std::chrono::steady_clock;
constexpr int accounts_count = 10'000;

/// A file that goes with the object, and what SQLite puts beside it.
class ScratchFile {
public:
    static Result<ScratchFile> make(const std::string& folder) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error)
            return Error{Failure::unavailable, "data.folder", "The folder {path} cannot be made: {reason}", {{"path", folder}, {"reason", error.message()}}};
        return ScratchFile(fmt::format("{}/bench-{}.db", folder, getpid()));
    }
    ScratchFile(ScratchFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ~ScratchFile() {
        std::error_code ignored;
        if (!path_.empty())
            for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + end, ignored);
    }
    const std::string& path() const { return path_; }

private:
    explicit ScratchFile(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

/// A schema that goes with the object; `connection` sees nothing else.
class ScratchSchema {
public:
    static Result<ScratchSchema> make(const std::string& database) {
        ScratchSchema schema(database, fmt::format("greenbank_bench_{}", getpid()));
        const auto administrator = TRY(connect_postgres(database));
        TRY(administrator->script("CREATE SCHEMA " + schema.name_));
        schema.made_ = true;
        return schema;
    }
    ScratchSchema(ScratchSchema&& other) noexcept : database_(other.database_), name_(other.name_), made_(std::exchange(other.made_, false)) {}
    ~ScratchSchema() {
        if (!made_) return;
        if (auto administrator = connect_postgres(database_)) (void)administrator.value()->script("DROP SCHEMA " + name_ + " CASCADE");
    }
    std::string connection() const {
        if (database_.find("://") == std::string::npos) return database_ + " options=-csearch_path=" + name_;
        return database_ + (database_.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + name_;
    }

private:
    ScratchSchema(std::string database, std::string name) : database_(std::move(database)), name_(std::move(name)) {}
    std::string database_, name_;
    bool made_ = false;
};

Result<Done> set_up(Store& store, Book& book) {
    TRY(store.migrate(stored_slice().migrations));
    return store.write([&](Transaction& transaction) -> Result<Done> {
        const Caller someone = nobody(clock_now(), 1);
        transaction.capture_changes = false;
        Book::Turn turn = TRY(book.turn(transaction, someone));
        LedgerAsset asset{.id = Id<LedgerAsset>("asset_bench"), .code = "CNY", .key = {}, .name = {}, .created_at = someone.now};
        TRY(turn.add_asset(asset));
        for (int i = 0; i < accounts_count; ++i) {
            LedgerAccount account{.id = Id<LedgerAccount>(fmt::format("account_{}", i)),
                .title = {},
                .owner = Id<parties::Organisation>("org_bench"),
                .asset = asset.id,
                .rule = AccountRule::free,
                .balance_min = {},
                .balance_max = {},
                .created_at = someone.now,
                .updated_at = someone.now};
            TRY(turn.open_account(account));
        }
        return Done{};
    });
}

void fill(std::vector<Asked>& batch, bool hot, Random& random) {
    const Time moment = clock_now();
    const std::uint64_t high = static_cast<std::uint64_t>(moment.microseconds / 1000) << 16 | 0x7000 | (random.next() & 0xFFF); // a UUIDv7's
    for (Asked& asked : batch) {
        const std::uint64_t debit = hot ? 0 : random.below(accounts_count), step = 1 + random.below(accounts_count - 1);
        asked.transfer = {.id = {high, random.next()},
            .amount = 1 + random.below(10'000),
            .debit = static_cast<AccountNumber>(debit),
            .credit = static_cast<AccountNumber>((debit + step) % accounts_count),
            .at = moment};
    }
}

struct Load {
    std::size_t batch_size;
    int clients;
};
struct Rate {
    double per_second = 0, cpu_microseconds = 0; // CPU of this program, each transfer
};

double cpu_seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Transfers that were committed, from clients that each wait for their batch.
Result<Rate> rate(Store& store, Book& book, const Load& load, bool hot, double seconds) {
    std::atomic<std::uint64_t> done = 0, seeds = 1;
    std::atomic<bool> ending = false;
    std::vector<Result<Done>> outcomes;
    for (int client = 0; client < load.clients; ++client) outcomes.emplace_back(Done{});
    std::vector<std::thread> threads;
    const double cpu_before = cpu_seconds();
    const auto started = Clock::now();
    for (Result<Done>& outcome : outcomes)
        threads.emplace_back([&] {
            Random random(static_cast<std::uint64_t>(clock_now().microseconds) ^ ++seeds * 7919);
            std::vector<Asked> batch(load.batch_size);
            while (!ending && outcome) {
                fill(batch, hot, random);
                const Caller someone = nobody(clock_now(), random.next());
                outcome = store.write([&](Transaction& transaction) -> Result<Done> {
                    Book::Turn turn = TRY(book.turn(transaction, someone));
                    for (const Posted& one : TRY(turn.post(batch))) require(one.outcome.code == Code::ok, "a transfer of the bench was refused");
                    return Done{};
                });
                if (outcome) done += load.batch_size;
            }
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    ending = true;
    for (std::thread& thread : threads) thread.join();
    const double took = std::chrono::duration<double>(Clock::now() - started).count(), used = cpu_seconds() - cpu_before;
    for (const Result<Done>& outcome : outcomes)
        if (!outcome) return outcome.error();
    const auto count = static_cast<double>(std::max<std::uint64_t>(1, done));
    return Rate{.per_second = count / took, .cpu_microseconds = 1e6 * used / count};
}

void print(const BenchOptions& options, const PeerRates& peer, const Load& load, const Rate& random, const Rate& hot) {
    if (options.json) return;
    fmt::print("{:<9} batches of {:>5}, {:>2} clients   random {:>8.0f}/s {:>6.2f} us CPU   hot {:>8.0f}/s {:>6.2f} us CPU   hot / random {:.2f}",
        options.store, load.batch_size, load.clients, random.per_second, random.cpu_microseconds, hot.per_second, hot.cpu_microseconds,
        hot.per_second / random.per_second);
    if (peer.random > 0) fmt::print("   {:.1f} and {:.1f} times plpgsql", random.per_second / peer.random, hot.per_second / peer.hot);
    fmt::print("\n");
    std::fflush(stdout);
}

} // namespace

Result<int> bench_ledger(const BenchOptions& options) {
    const bool served = options.store == "postgres";
    if (served && options.database.empty()) return Error{Failure::invalid, "data.no_connection", "Name the PostgreSQL to measure with --database."};
    PeerRates peer;
    JsonWriter json;
    json.begin_object().member("store", options.store).member("seconds_each", options.seconds).member("accounts", std::int64_t{accounts_count});
    if (!options.database.empty()) {
        const ScratchSchema schema = TRY(ScratchSchema::make(options.database));
        peer = TRY(bench_double_entry(schema.connection(), accounts_count, options.seconds));
        json.key("plpgsql")
            .begin_object()
            .member("clients", std::int64_t{8})
            .member("random_per_second", peer.random)
            .member("hot_per_second", peer.hot)
            .end_object();
        if (!options.json) fmt::print("plpgsql   one commit each, 8 clients   random {:>8.0f}/s   hot {:>8.0f}/s\n", peer.random, peer.hot);
    }

    std::optional<ScratchSchema> schema;
    std::optional<ScratchFile> file;
    std::unique_ptr<Store> store;
    if (served) {
        schema.emplace(TRY(ScratchSchema::make(options.database)));
        store = TRY(open_postgres(schema->connection(), 2));
    } else {
        file.emplace(TRY(ScratchFile::make(options.folder)));
        store = TRY(open_sqlite(file->path()));
    }
    Book book(*store);
    TRY(set_up(*store, book));
    json.key("ours").begin_list();
    for (const Load& load : {Load{1, 64}, Load{100, 8}, Load{batch_size_max, 8}}) {
        const Rate random = TRY(rate(*store, book, load, false, options.seconds)), hot = TRY(rate(*store, book, load, true, options.seconds));
        print(options, peer, load, random, hot);
        json.begin_object().member("batch_size", static_cast<std::int64_t>(load.batch_size)).member("clients", std::int64_t{load.clients});
        json.member("random_per_second", random.per_second).member("random_cpu_microseconds", random.cpu_microseconds);
        json.member("hot_per_second", hot.per_second).member("hot_cpu_microseconds", hot.cpu_microseconds).end_object();
    }
    json.end_list().end_object();
    if (options.json) fmt::print("{}\n", json.take());
    return 0;
}

} // namespace greenbank::app
