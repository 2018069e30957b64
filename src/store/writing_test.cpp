// One contract for both engines: group commit, what failures undo, locks, lost servers and full disks.
#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "store/bulk.h"
#include "store/store_under_test.h"

namespace greenbank {

namespace {

std::int64_t count_notes(Store& store) {
    std::int64_t count = -1;
    const auto read = store.read([&](Transaction& transaction) -> Result<Done> {
        count = as_integer(TRY(transaction.query("SELECT count(*) FROM note")).single());
        return Done{};
    });
    CHECK(failure_of(read) == "");
    return count;
}

void in_threads(int count, const std::function<void(int)>& body) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back(body, i);
    for (std::thread& thread : threads) thread.join();
}

// doctest's checks are for one thread.
struct Tally {
    std::atomic<int> good = 0, bad = 0;
    void add(bool as_expected) { ++(as_expected ? good : bad); }
};

Error refused() { return {Failure::conflict, "test.refused", "No."}; }

} // namespace

TEST_CASE("32 threads write together, and a failing work undoes only itself") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        constexpr int threads = 32, each = 40;
        Tally tally;
        in_threads(threads, [&](int thread) {
            Random random(static_cast<std::uint64_t>(thread) + 1);
            for (int i = 0; i < each; ++i) {
                const Note note = make_note(random, thread * each + i);
                const bool refuse = i % 4 == 1, duplicate = i % 4 == 2, thrown = i % 8 == 3;
                const auto written = store->write([=](Transaction& transaction) -> Result<Done> {
                    TRY(transaction.insert(note));
                    if (refuse) return refused();
                    if (duplicate) TRY(transaction.insert(note));
                    if (thrown) throw std::runtime_error("a library's fault");
                    return Done{};
                });
                tally.add(static_cast<bool>(written) == !(refuse || duplicate || thrown));
                bool found = false;
                const auto read = store->read([&](Transaction& transaction) -> Result<Done> {
                    found = static_cast<bool>(transaction.get(note.id));
                    return Done{};
                });
                tally.add(read && found == static_cast<bool>(written)); // visible to every reader at once
            }
        });
        CHECK(tally.bad == 0);
        CHECK(count_notes(*store) == threads * each * 3 / 8);
        const Store::Statistics statistics = store->statistics();
        CHECK(statistics.writes == threads * each * 3 / 8);
        CHECK(statistics.groups < threads * each / 2);
        CHECK(statistics.waiting == 0);
    });
}

TEST_CASE("works of one server and of two see each other's effects one after the other") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const std::unique_ptr<Store> stores[] = {open_migrated(database), open_migrated(database)};
        // Without serial execution two would read the same number and write the same successor.
        Tally tally;
        in_threads(8, [&](int thread) {
            Random random(static_cast<std::uint64_t>(thread) + 100);
            for (int i = 0; i < 25; ++i) {
                const Note note = make_note(random, 0);
                tally.add(static_cast<bool>(stores[thread % 2]->write([=](Transaction& transaction) -> Result<Done> {
                    Note next = note;
                    next.number = as_integer(TRY(transaction.query("SELECT max(number) FROM note")).single()) + 1;
                    return transaction.insert(next);
                })));
            }
        });
        CHECK(tally.bad == 0);
        std::int64_t distinct = 0, highest = 0;
        const auto read = stores[0]->read([&](Transaction& transaction) -> Result<Done> {
            const Rows row = TRY(transaction.query("SELECT count(DISTINCT number), max(number) FROM note"));
            distinct = as_integer(row.rows[0][0]);
            highest = as_integer(row.rows[0][1]);
            return Done{};
        });
        CHECK(failure_of(read) == "");
        CHECK(distinct == 200);
        CHECK(highest == 200);
    });
}

TEST_CASE("a read is one snapshot") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        Random random(1);
        const auto read = store->read([&](Transaction& transaction) -> Result<Done> {
            CHECK(as_integer(TRY(transaction.query("SELECT count(*) FROM note")).single()) == 0);
            const auto written = store->write([&](Transaction& inner) { return inner.insert(make_note(random, 1)); });
            CHECK(failure_of(written) == "");
            CHECK(as_integer(TRY(transaction.query("SELECT count(*) FROM note")).single()) == 0);
            return Done{};
        });
        CHECK(failure_of(read) == "");
        CHECK(count_notes(*store) == 1);
    });
}

TEST_CASE("announcements come exactly once and in order while two servers write") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const std::unique_ptr<Store> stores[] = {open_migrated(database), open_migrated(database)};
        std::atomic<int> calls = 0;
        stores[0]->on_announcement([&] { ++calls; });
        constexpr int threads = 8, each = 50;
        std::atomic<bool> writing = true;
        std::vector<std::string> seen;
        std::thread follower([&] {
            std::string cursor;
            for (bool last = false; !last;) {
                last = !writing;
                for (std::size_t got = 1; got > 0;) {
                    auto feed = stores[1]->announcements(cursor, 7);
                    if (!feed) {
                        seen.push_back(failure_of(feed));
                        return;
                    }
                    got = feed.value().changes.size();
                    cursor = feed.value().cursor;
                    for (const Announcement& change : feed.value().changes) seen.push_back(change.id + (change.erased ? " erased" : ""));
                }
            }
        });
        Tally tally;
        in_threads(threads, [&](int thread) {
            Random random(static_cast<std::uint64_t>(thread) + 1);
            for (int i = 0; i < each; ++i) {
                const Note note = make_note(random, i);
                const auto& store = stores[(thread + i) % 2];
                tally.add(static_cast<bool>(store->write([=](Transaction& transaction) { return transaction.insert(note); })));
                if (i % 5 == 0) tally.add(static_cast<bool>(store->write([=](Transaction& transaction) { return transaction.erase(note.id); })));
                const bool refuse = i % 7 == 0;
                if (refuse)
                    tally.add(!store->write([=](Transaction& transaction) -> Result<Done> {
                        TRY(transaction.announce("note", "undone", false));
                        return refused();
                    }));
            }
        });
        writing = false;
        follower.join();
        CHECK(tally.bad == 0);
        CHECK(calls > 0);

        std::set<std::string> once(seen.begin(), seen.end());
        CHECK(seen.size() == threads * each * 6 / 5);
        CHECK(once.size() == seen.size());
        CHECK(!once.contains("undone"));
        std::set<std::string> inserted;
        for (const std::string& change : seen) {
            if (!change.ends_with(" erased")) inserted.insert(change);
            else CHECK(inserted.contains(change.substr(0, change.size() - 7)));
        }
        const auto whole = stores[0]->announcements("", 10'000);
        REQUIRE(whole);
        REQUIRE(whole.value().changes.size() == seen.size());
        for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i].starts_with(whole.value().changes[i].id));
        CHECK(stores[0]->announced_until().value() == whole.value().cursor);
        CHECK(stores[0]->announcements(whole.value().cursor, 10).value().changes.empty());
        for (const char* cursor : {"x", "1:2:3", ":", "-1", "99999999999999999999", "1:", "' OR 1=1"})
            CHECK(failure_of(stores[0]->announcements(cursor, 10)).starts_with("store.cursor"));
    });
}

TEST_CASE("a lock has one holder, and each has a higher fence") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto first = open_migrated(database), second = open_migrated(database);
        auto lease = first->try_lock("exchange");
        REQUIRE_MESSAGE(lease, failure_of(lease));
        REQUIRE(lease.value());
        CHECK(lease.value()->held());
        CHECK(!second->try_lock("exchange").value());
        CHECK(!first->try_lock("exchange").value());
        CHECK(second->try_lock("another one/../x").value());
        const std::int64_t fence = lease.value()->fence();
        lease.value().reset();
        std::unique_ptr<Lease> next;
        for (int i = 0; i < 100 && !next; ++i) { // a served database notices the end of a session a moment later
            next = std::move(second->try_lock("exchange")).value();
            if (!next) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        REQUIRE(next);
        CHECK(next->fence() == fence + 1);
        if (!database.cut_sessions) return;
        database.cut_sessions();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        CHECK(!next->held());
    });
}

TEST_CASE("the identity belongs to the database") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        const auto first = database.open(), second = database.open();
        CHECK(first->identity().value().size() == 36);
        CHECK(first->identity().value() == second->identity().value());
        on_each_engine([&](const Database& other) { CHECK(other.open()->identity().value() != first->identity().value()); });
    });
}

TEST_CASE("what waits is written when the store closes") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        std::atomic<int> answered = 0;
        {
            const auto store = open_migrated(database);
            Random random(1);
            for (int i = 0; i < 300; ++i)
                store->write([note = make_note(random, i)](Transaction& transaction) { return transaction.insert(note); },
                    [&](Result<Done> result) { answered += result ? 1 : 0; });
        }
        CHECK(answered == 300);
        CHECK(count_notes(*open_migrated(database)) == 300);
    });
}

TEST_CASE("what was answered is there after the server is killed") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        int pipe_ends[2];
        REQUIRE(pipe(pipe_ends) == 0);
        const pid_t server = fork();
        if (server == 0) {
            const auto store = open_migrated(database);
            in_threads(8, [&](int thread) {
                for (std::int64_t number = thread;; number += 8) {
                    Random random(static_cast<std::uint64_t>(number) + 1);
                    const Note note = make_note(random, number);
                    if (!store->write([=](Transaction& transaction) { return transaction.insert(note); })) _exit(1);
                    if (write(pipe_ends[1], &number, sizeof number) != sizeof number) _exit(1);
                }
            });
        }
        close(pipe_ends[1]);
        std::set<std::int64_t> answered;
        std::int64_t number = 0;
        while (answered.size() < 500 && read(pipe_ends[0], &number, sizeof number) == sizeof number) answered.insert(number);
        kill(server, SIGKILL);
        waitpid(server, nullptr, 0);
        while (read(pipe_ends[0], &number, sizeof number) == sizeof number) answered.insert(number);
        close(pipe_ends[0]);
        CHECK(answered.size() >= 500);

        const auto store = open_migrated(database);
        const auto checked = store->read([&](Transaction& transaction) -> Result<Done> {
            for (const Note& note : TRY(transaction.find<Note>(""))) answered.erase(note.number);
            return Done{};
        });
        CHECK(failure_of(checked) == "");
        CHECK(answered.empty());
    });
}

TEST_CASE("writes and reads come back when the server does") {
    on_each_engine([](const Database& database) {
        if (!database.cut_sessions) return;
        CAPTURE(database.engine);
        const auto store = open_migrated(database);
        std::atomic<bool> cutting = true;
        std::thread cutter([&] {
            for (int i = 0; i < 10; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                database.cut_sessions();
            }
            cutting = false;
        });
        std::atomic<int> kept = 0, unknown = 0, wrong = 0;
        in_threads(8, [&](int thread) {
            Random random(static_cast<std::uint64_t>(thread) + 1);
            for (int i = 0; cutting; ++i) {
                const Note note = make_note(random, i);
                const auto written = store->write([=](Transaction& transaction) { return transaction.insert(note); });
                if (written) ++kept;
                else if (written.error().code == "store.outcome_unknown") ++unknown;
                else ++wrong;
            }
        });
        cutter.join();
        CHECK(kept > 0);
        CHECK(wrong == 0);
        const std::int64_t count = count_notes(*store);
        CHECK(count >= kept);
        CHECK(count <= kept + unknown);
    });
}

TEST_CASE("a full disk is said, and writes come back by themselves") {
    on_each_engine([](const Database& database) {
        if (database.engine != "sqlite") return;
        const auto store = open_migrated(database);
        const std::string large(3'000'000, 'x');
        const auto fill = [&](const std::string& code) {
            return [=](Transaction& transaction) -> Result<Done> {
                Random random(9);
                Sample sample = random_sample(random);
                sample.id.text = "sample_" + code;
                sample.code = code;
                sample.password = large;
                TRY(transaction.query("PRAGMA max_page_count = 300"));
                return transaction.insert(sample);
            };
        };
        // A small write in the same group as the large one is saved.
        std::atomic<int> full = 0, kept = 0;
        in_threads(8, [&](int thread) {
            Random random(static_cast<std::uint64_t>(thread) + 1);
            const auto written = thread % 2 == 0
                                     ? store->write(fill("code" + std::to_string(thread)))
                                     : store->write([note = make_note(random, thread)](Transaction& transaction) { return transaction.insert(note); });
            if (written) ++kept;
            else if (written.error().kind == Failure::storage_full) ++full;
        });
        CHECK(full == 4);
        CHECK(kept == 4);
        CHECK(count_notes(*store) == 4);
        const auto later = store->write([&](Transaction& transaction) {
            Random random(100);
            return transaction.insert(make_note(random, 5));
        });
        CHECK(failure_of(later) == "");
    });
}

TEST_CASE("many rows are inserted and updated at once, and units of one group know it") {
    on_each_engine([](const Database& database) {
        const auto store = open_migrated(database);
        std::vector<std::vector<Value>> rows;
        for (std::int64_t i = 0; i < 5'000; ++i) rows.push_back({"note_" + std::to_string(i), i});
        REQUIRE(store->write([&](Transaction& transaction) { return bulk(transaction).insert_rows("note", {"id", "number"}, rows); }));
        for (auto& row : rows) row[1] = as_integer(row[1]) * 2;
        rows.push_back({std::string("note_\"nobody\\,{}"), std::int64_t{1}});
        std::int64_t updated = 0, first_group = 0, second_group = 0, read_group = 1;
        REQUIRE(store->write([&](Transaction& transaction) -> Result<Done> {
            updated = TRY(bulk(transaction).update_rows("note", "id", {"number"}, rows));
            CHECK(TRY(bulk(transaction).update_rows("note", "id", {"number"}, {})) == 0);
            first_group = bulk(transaction).group();
            return Done{};
        }));
        CHECK(updated == 5'000);
        REQUIRE(store->write([&](Transaction& transaction) -> Result<Done> {
            second_group = bulk(transaction).group();
            return Done{};
        }));
        CHECK(first_group != 0);
        CHECK(second_group > first_group);
        REQUIRE(store->read([&](Transaction& transaction) -> Result<Done> {
            read_group = bulk(transaction).group();
            CHECK(as_integer(TRY(transaction.query("SELECT sum(number) FROM note")).single()) == 4'999 * 5'000);
            return Done{};
        }));
        CHECK(read_group == 0);
        // A duplicate undoes the whole unit.
        CHECK(!store->write([&](Transaction& transaction) {
            return bulk(transaction)
                .insert_rows("note", {"id", "number"}, {{std::string("note_new"), std::int64_t{1}}, {std::string("note_1"), std::int64_t{1}}});
        }));
        REQUIRE(store->read([&](Transaction& transaction) -> Result<Done> {
            CHECK(as_integer(TRY(transaction.query("SELECT COUNT(*) FROM note")).single()) == 5'000);
            return Done{};
        }));
    });
}

} // namespace greenbank
