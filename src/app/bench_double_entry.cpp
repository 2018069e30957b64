// bench_double_entry.cpp — the ledger as one writes it first: a function in plpgsql over three tables, as the peer of ours.
#include <atomic>
#include <chrono>
#include <thread>

#include "app/bench.h"
#include "kernel/random.h"
#include "store/postgres/postgres.h"

namespace greenbank::app {

namespace {

constexpr int clients = 8;

constexpr const char* tables = R"(
CREATE TABLE peer_account (id int PRIMARY KEY, balance bigint NOT NULL);
CREATE TABLE peer_transfer (id uuid PRIMARY KEY, debit int NOT NULL, credit int NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL);
CREATE TABLE peer_entry (transfer uuid NOT NULL, account int NOT NULL, amount bigint NOT NULL, balance bigint NOT NULL);
CREATE FUNCTION peer_post(i uuid, d int, c int, a bigint) RETURNS bigint LANGUAGE plpgsql AS $$
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

Result<double> rate(const std::string& database, int accounts, bool hot, double seconds) {
    using Clock = std::chrono::steady_clock;
    std::vector<std::unique_ptr<Connection>> connections;
    for (int client = 0; client < clients; ++client) connections.push_back(TRY(connect_postgres(database)));
    std::atomic<std::uint64_t> done = 0;
    std::atomic<bool> ending = false;
    std::vector<Result<Done>> outcomes;
    for (int client = 0; client < clients; ++client) outcomes.emplace_back(Done{});
    std::vector<std::thread> threads;
    const auto started = Clock::now();
    for (std::size_t client = 0; client < clients; ++client)
        threads.emplace_back([&, client] {
            Random random(client + 99);
            while (!ending) {
                const auto some = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(accounts)));
                const auto step = 1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(accounts) - 1));
                const std::int64_t debit = hot ? 0 : some;
                const Value transfer[] = {debit, (debit + step) % accounts, static_cast<std::int64_t>(1 + random.below(10'000))};
                auto posted = connections[client]->run("SELECT peer_post(gen_random_uuid(), CAST($1 AS int), CAST($2 AS int), CAST($3 AS bigint))", transfer);
                if (!posted) {
                    outcomes[client] = posted.error();
                    return;
                }
                ++done;
            }
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    ending = true;
    for (std::thread& thread : threads) thread.join();
    const double took = std::chrono::duration<double>(Clock::now() - started).count();
    for (const Result<Done>& outcome : outcomes)
        if (!outcome) return outcome.error();
    return static_cast<double>(done) / took;
}

} // namespace

Result<PeerRates> bench_double_entry(const std::string& database, int accounts, double seconds) {
    const auto connection = TRY(connect_postgres(database));
    TRY(connection->script(tables));
    const Value last[] = {std::int64_t{accounts} - 1};
    TRY(connection->run("INSERT INTO peer_account SELECT i, 0 FROM generate_series(0, CAST($1 AS int)) i", last));
    PeerRates rates;
    rates.random = TRY(rate(database, accounts, false, seconds));
    rates.hot = TRY(rate(database, accounts, true, seconds));
    return rates;
}

} // namespace greenbank::app
