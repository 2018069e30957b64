// ledger_store_bench.cpp — durable transfers through the kept ledger, in batches of 1, 100 and 8,190, random accounts and one hot account,
// beside a double entry written in plpgsql on the same PostgreSQL: accounts locked in order, two entries, an idempotency key.
//   ledger_store_bench [folder] [postgres connection string] [seconds]
#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <unistd.h>

#include <fmt/format.h>

#include "ledger/ledger.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::ledger {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int accounts_count = 10'000;

[[noreturn]] void stop(const Error& error) {
    fmt::print(stderr, "{}: {}\n", error.code, fill_in(error.message, error.parameters));
    for (const Parameter& parameter : error.parameters) fmt::print(stderr, "  {}: {}\n", parameter.name, parameter.value);
    std::exit(1);
}
template <class T> T must(Result<T> result) {
    if (!result) stop(result.error());
    return std::move(result).value();
}

Time now() { return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()}; }

Caller caller(std::uint64_t seed) {
    return {.actor = {}, .now = now(), .address = {}, .agent = {}, .idempotency_key = {}, .version_expected = {}, .cookie = {}, .random = Random(seed)};
}

void set_up(Store& store, Book& book) {
    const Slice slice = stored_slice();
    must(store.migrate(slice.migrations));
    must(store.write([&](Transaction& transaction) -> Result<Done> {
        const Caller someone = caller(1);
        transaction.capture_changes = false;
        Book::Turn turn = TRY(book.turn(transaction, someone));
        LedgerAsset asset{.id = Id<LedgerAsset>("asset_bench"), .code = "CNY", .key = {}, .name = {}, .created_at = now()};
        TRY(turn.add_asset(asset));
        for (int i = 0; i < accounts_count; ++i) {
            LedgerAccount account{.id = Id<LedgerAccount>(fmt::format("account_{}", i)),
                .title = {},
                .owner = Id<parties::Organisation>("org_bench"),
                .asset = asset.id,
                .rule = AccountRule::free,
                .balance_min = {},
                .balance_max = {},
                .created_at = now(),
                .updated_at = now()};
            TRY(turn.open_account(account));
        }
        return Done{};
    }));
}

/// Transfers a second that were committed, from `clients` threads that each wait for their batch.
double rate(Store& store, Book& book, std::size_t batch_size, bool hot, int clients, double length) {
    std::atomic<std::uint64_t> done = 0;
    std::atomic<bool> ending = false;
    static std::atomic<std::uint64_t> seeds = 1;
    const auto started = Clock::now();
    std::vector<std::thread> threads;
    for (int client = 0; client < clients; ++client)
        threads.emplace_back([&] {
            Random random(++seeds * 7919);
            std::vector<Asked> batch(batch_size);
            while (!ending) {
                const Time moment = now();
                const std::uint64_t high = static_cast<std::uint64_t>(moment.microseconds / 1000) << 16 | 0x7000 | (random.next() & 0xFFF);
                for (Asked& asked : batch) {
                    const std::uint64_t debit = hot ? 0 : random.below(accounts_count), step = 1 + random.below(accounts_count - 1);
                    asked.transfer = {.id = {high, random.next()},
                        .amount = 1 + random.below(10'000),
                        .debit = static_cast<AccountNumber>(debit),
                        .credit = static_cast<AccountNumber>((debit + step) % accounts_count),
                        .at = moment};
                }
                const Caller someone = caller(random.next());
                must(store.write([&](Transaction& transaction) -> Result<Done> {
                    Book::Turn turn = TRY(book.turn(transaction, someone));
                    for (const Posted& one : TRY(turn.post(batch))) require(one.outcome.code == Code::ok, "a transfer of the bench was refused");
                    return Done{};
                }));
                done += batch_size;
            }
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(length));
    ending = true;
    for (std::thread& thread : threads) thread.join();
    return static_cast<double>(done) / std::chrono::duration<double>(Clock::now() - started).count();
}

// ---- the peer ---------------------------------------------------------------------------------------------------------

constexpr const char* peer_sql = R"(
DROP TABLE IF EXISTS peer_entry, peer_transfer, peer_account;
CREATE TABLE peer_account (id int PRIMARY KEY, balance bigint NOT NULL);
CREATE TABLE peer_transfer (id uuid PRIMARY KEY, debit int NOT NULL, credit int NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL);
CREATE TABLE peer_entry (transfer uuid NOT NULL, account int NOT NULL, amount bigint NOT NULL, balance bigint NOT NULL);
INSERT INTO peer_account SELECT i, 0 FROM generate_series(0, 9999) i;
CREATE OR REPLACE FUNCTION peer_post(i uuid, d int, c int, a bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE b bigint; e bigint;
BEGIN
  INSERT INTO peer_transfer VALUES (i, d, c, a, now()) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM 1 FROM peer_account WHERE id IN (d, c) ORDER BY id FOR UPDATE;
  UPDATE peer_account SET balance = balance - a WHERE id = d RETURNING balance INTO b;
  UPDATE peer_account SET balance = balance + a WHERE id = c RETURNING balance INTO e;
  INSERT INTO peer_entry VALUES (i, d, -a, b), (i, c, a, e);
  RETURN b;
END $$;
)";

double peer_rate(const std::string& address, bool hot, int clients, double length) {
    std::atomic<std::uint64_t> done = 0;
    std::atomic<bool> ending = false;
    std::vector<std::thread> threads;
    const auto started = Clock::now();
    for (int client = 0; client < clients; ++client)
        threads.emplace_back([&, client] {
            PGconn* connection = PQconnectdb(address.c_str());
            require(PQstatus(connection) == CONNECTION_OK, "the peer cannot be reached");
            PQclear(PQprepare(connection, "post", "SELECT peer_post(gen_random_uuid(), $1, $2, $3)", 3, nullptr));
            Random random(static_cast<std::uint64_t>(client) + 99);
            while (!ending) {
                const std::uint64_t debit = hot ? 0 : random.below(accounts_count), credit = (debit + 1 + random.below(accounts_count - 1)) % accounts_count;
                const std::string values[3] = {std::to_string(debit), std::to_string(credit), std::to_string(1 + random.below(10'000))};
                const char* texts[3] = {values[0].c_str(), values[1].c_str(), values[2].c_str()};
                PGresult* result = PQexecPrepared(connection, "post", 3, texts, nullptr, nullptr, 0);
                require(PQresultStatus(result) == PGRES_TUPLES_OK, "the peer failed");
                PQclear(result);
                ++done;
            }
            PQfinish(connection);
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(length));
    ending = true;
    for (std::thread& thread : threads) thread.join();
    return static_cast<double>(done) / std::chrono::duration<double>(Clock::now() - started).count();
}

void measure(Store& store, double length, double peer_random, double peer_hot) {
    Book book(store);
    set_up(store, book);
    for (const std::size_t batch : {std::size_t{1}, std::size_t{100}, batch_size_max}) {
        const int clients = batch == 1 ? 64 : 8;
        const double random = rate(store, book, batch, false, clients, length), hot = rate(store, book, batch, true, clients, length);
        fmt::print("{:<9} batches of {:>5}, {:>2} clients   random {:>9.0f}/s   hot {:>9.0f}/s   hot / random {:.2f}", store.engine(), batch, clients, random,
            hot, hot / random);
        if (peer_random > 0) fmt::print("   {:.1f} and {:.1f} times plpgsql", random / peer_random, hot / peer_hot);
        fmt::print("\n");
        std::fflush(stdout);
    }
}

} // namespace
} // namespace greenbank::ledger

int main(int count, char** words) {
    using namespace greenbank;
    using namespace greenbank::ledger;
    const std::filesystem::path folder = count > 1 ? words[1] : ".";
    const std::string postgres = count > 2 ? words[2] : "";
    const double length = count > 3 ? std::atof(words[3]) : 4;
    double peer_random = 0, peer_hot = 0;
    if (!postgres.empty()) {
        PGconn* connection = PQconnectdb(postgres.c_str());
        require(PQstatus(connection) == CONNECTION_OK, "PostgreSQL cannot be reached");
        PGresult* made = PQexec(connection, peer_sql);
        require(PQresultStatus(made) == PGRES_COMMAND_OK, "the peer's tables cannot be made");
        PQclear(made);
        PQfinish(connection);
        peer_random = peer_rate(postgres, false, 8, length);
        peer_hot = peer_rate(postgres, true, 8, length);
        fmt::print("plpgsql   one commit each, 8 clients   random {:>9.0f}/s   hot {:>9.0f}/s\n", peer_random, peer_hot);
    }
    const std::filesystem::path file = folder / fmt::format("ledger_store_bench-{}.db", getpid());
    {
        const auto store = must(open_sqlite(file.string()));
        measure(*store, length, peer_random, peer_hot);
    }
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    if (!postgres.empty()) {
        const auto store = must(open_postgres(postgres, 2));
        measure(*store, length, peer_random, peer_hot);
    }
}
