// What only a served database can do to us: deadlocks with strangers, and restoration into another cluster.
#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <thread>

#include <doctest/doctest.h>

#include "store/store_under_test.h"

namespace greenbank {

namespace {

/// A session that knows nothing of the bank's locks, such as an administrator's.
class Stranger {
public:
    explicit Stranger(const std::string& address) : connection_(PQconnectdb(address.c_str())) {}
    ~Stranger() { PQfinish(connection_); }
    Stranger(const Stranger&) = delete;

    bool run(const std::string& sql) {
        PGresult* result = PQexec(connection_, sql.c_str());
        const ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    }

private:
    PGconn* connection_;
};

void on_postgres(const std::function<void(const Database&)>& test) {
    on_each_engine([&](const Database& database) {
        if (database.engine == "postgres") test(database);
    });
}

void pause(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

} // namespace

TEST_CASE("a deadlock with a stranger is resolved by running the work again") {
    on_postgres([](const Database& database) {
        const auto store = open_migrated(database);
        Random random(1);
        const Note a = make_note(random, 1), b = make_note(random, 2);
        REQUIRE(store->write([&](Transaction& transaction) -> Result<Done> {
            TRY(transaction.insert(a));
            return transaction.insert(b);
        }));
        Stranger stranger(database.address);
        REQUIRE(stranger.run("BEGIN; UPDATE note SET number = 20 WHERE id = '" + b.id.text + "'"));
        std::atomic<int> runs = 0, answered = 0;
        store->write(
            [&](Transaction& transaction) -> Result<Done> {
                ++runs;
                TRY(transaction.execute("UPDATE note SET number = number + 1 WHERE id = $1", {a.id.text}));
                TRY(transaction.execute("UPDATE note SET number = number + 1 WHERE id = $1", {b.id.text}));
                return Done{};
            },
            [&](Result<Done> result) { answered = result ? 1 : 2; });
        pause(200);
        CHECK(stranger.run("UPDATE note SET number = 10 WHERE id = '" + a.id.text + "'; COMMIT"));
        for (int i = 0; i < 100 && answered == 0; ++i) pause(50);
        CHECK(answered == 1);
        CHECK(runs >= 2);
        const auto read = store->read([&](Transaction& transaction) -> Result<Done> {
            const Note stored_a = TRY(transaction.get(a.id));
            const Note stored_b = TRY(transaction.get(b.id));
            CHECK(stored_a.number == 11);
            CHECK(stored_b.number == 21);
            return Done{};
        });
        CHECK(failure_of(read) == "");
    });
}

TEST_CASE("an announcement waits for every older transaction that may still announce") {
    on_postgres([](const Database& database) {
        const auto store = open_migrated(database);
        Random random(1);
        Stranger late(database.address);
        REQUIRE(late.run("BEGIN; INSERT INTO store_announcement (record, id, erased) VALUES ('note', 'late', false)"));
        REQUIRE(store->write([&](Transaction& transaction) { return transaction.insert(make_note(random, 1)); }));
        CHECK(store->announcements("", 10).value().changes.empty());
        REQUIRE(late.run("COMMIT"));
        const auto feed = store->announcements("", 10);
        REQUIRE(feed.value().changes.size() == 2);
        CHECK(feed.value().changes[0].id == "late");
    });
}

TEST_CASE("a database restored into another cluster goes on announcing, under a new identity") {
    on_postgres([](const Database& database) {
        auto store = open_migrated(database);
        Random random(1);
        const auto add = [&](std::int64_t number) {
            return store->write([note = make_note(random, number)](Transaction& transaction) { return transaction.insert(note); });
        };
        REQUIRE(add(1));
        REQUIRE(add(2));
        const std::string before = store->identity().value();
        REQUIRE(Stranger(database.address).run("UPDATE store_announcement SET xid = '4611686018427387904'"));
        CHECK(store->announcements("", 10).value().changes.empty());
        store = open_migrated(database);
        CHECK(store->identity().value() != before);
        REQUIRE(add(3));
        CHECK(store->announcements("", 10).value().changes.size() == 3);
    });
}

TEST_CASE("a migration by another server under prepared statements is survived") {
    on_postgres([](const Database& database) {
        const auto store = open_migrated(database);
        Random random(1);
        Note note = make_note(random, 1);
        REQUIRE(store->write([&](Transaction& transaction) { return transaction.insert(note); }));
        const auto renumber = [&](std::int64_t number) {
            return store->write([=](Transaction& transaction) {
                Note copy = note;
                copy.number = number;
                return transaction.update(copy);
            });
        };
        REQUIRE(renumber(2));
        REQUIRE(Stranger(database.address).run("ALTER TABLE note ADD COLUMN extra text"));
        CHECK(failure_of(renumber(3)) == "");
    });
}

} // namespace greenbank
