// two_servers_test.cpp — two servers on one PostgreSQL are one bank, and one of them may die.
#include <cstdlib>
#include <map>
#include <mutex>

#include <unistd.h>

#include "cast.h"
#include "served_database.h"

namespace greenbank::testing {

namespace {

/// Two servers, each with its own folder for the search index, and one administrator at both.
struct Pair {
    explicit Pair(const ServedDatabase& database, std::vector<std::string> more = {}) :
        flags([&] {
            more.insert(more.end(), {"--database", database.address()});
            return more;
        }()),
        a(std::make_unique<BankProcess>(folder_a.path(), flags)),
        b(std::make_unique<BankProcess>(folder_b.path(), flags)),
        at_a(a->address()),
        at_b(b->address()) {
        become_administrator(at_b, *b); // each start makes a new link; the last one holds
        at_a.cookie = at_b.cookie;
    }
    TemporaryFolder folder_a, folder_b;
    std::vector<std::string> flags;
    std::unique_ptr<BankProcess> a, b;
    Visitor at_a, at_b; // the administrator
};

bool finds(Visitor& visitor, const std::string& text, const std::string& id) {
    const std::vector<std::string> ids = visitor.get("/search?text=" + text).all("/items", "/id");
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

} // namespace

TEST_CASE("who signs in at one server is known at the other, and what is posted at one is found at the other within a second") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    CHECK(pair.at_a.get("/session").at("/signed_in") == "true");
    CHECK(pair.at_b.get("/session").at("/person/email") == "admin@bank.test");

    const std::string id = create(pair.at_a, "/needs", need_body("Zwitterionic kelp dryer"));
    CHECK(wait_for([&] { return finds(pair.at_b, "zwitterionic", id); }, 1));
    CHECK(pair.at_b.patch("/needs/" + id, R"({"title":{"en":"Xylographic kelp dryer"}})").status == 200);
    CHECK(wait_for([&] { return finds(pair.at_a, "xylographic", id) && !finds(pair.at_a, "zwitterionic", id); }, 1));
    CHECK(pair.at_b.remove("/needs/" + id).status == 204);
    CHECK(wait_for([&] { return !finds(pair.at_a, "xylographic", id); }, 1));

    const std::string technology = create(pair.at_a, "/technologies", technology_body("Membrane")),
                      need = create(pair.at_a, "/needs", need_body("Clean water"));
    CHECK(pair.at_a.post("/technologies/" + technology + "/publish").status == 200);
    CHECK(wait_for([&] { return pair.at_b.get("/needs/" + need + "/matches").number("/considered") == 1; }, 1));
    CHECK(pair.at_a.post("/sign-out").status == 200);
    CHECK(pair.at_b.get("/sessions").status == 401);
}

TEST_CASE("forty posts with one key, half of them at each server, make one need") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    for (int round = 0; round < 5; ++round) {
        const std::string title = fmt::format("both servers, round {}", round);
        std::atomic<int> created = 0, conflicts = 0, other = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 40; ++i)
            threads.emplace_back([&, i] {
                Visitor one(i % 2 ? pair.a->address() : pair.b->address());
                one.cookie = pair.at_a.cookie;
                const auto answer = one.try_send("POST", "/needs", need_body(title), {{"Idempotency-Key", title}});
                ++(answer && answer->status == 201 ? created : answer && answer->status == 409 ? conflicts : other);
            });
        for (std::thread& thread : threads) thread.join();
        CHECK_MESSAGE(created == 40, created.load(), " created, ", conflicts.load(), " conflicts, ", other.load(), " otherwise");
        CHECK(other == 0);
        const std::vector<std::string> titles = pair.at_b.get("/needs?limit=100").all("/items", "/title/en");
        CHECK(std::count(titles.begin(), titles.end(), title) == 1);
    }
}

TEST_CASE("each job is claimed by one of the servers") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    std::vector<std::string> ids;
    for (int i = 0; i < 20; ++i) ids.push_back((i % 2 ? pair.at_a : pair.at_b).post("/search/rebuild").at("/id"));
    for (const std::string& id : ids) {
        const Answer job = wait_for_job(pair.at_a, id);
        CHECK(job.at("/state") == "done");
        CHECK(job.at("/attempts") == "1");
    }
    const Answer loaded = wait_for_job(pair.at_b, pair.at_a.post("/sample/load").at("/id"));
    CHECK(loaded.at("/result") == R"({"loaded":819})");
    CHECK(pair.at_a.get("/technologies?limit=1").number("/total") == 85);
    CHECK(wait_for(
        [&] { return pair.at_a.get("/search?kind=technology").number("/total") == 85 && pair.at_b.get("/search?kind=technology").number("/total") == 85; }, 3));
}

TEST_CASE("a server killed in the middle of a job leaves it to the other, which ends it") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    // The job's own writes wait for this lock, so that the server surely dies in the middle.
    std::thread holder([&] { database.sql("BEGIN; LOCK TABLE technology IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(2.5); COMMIT"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const std::string id = pair.at_a.post("/sample/load").at("/id");
    const std::string first = [&] {
        std::string server;
        wait_for([&] { return !(server = database.sql("SELECT server FROM job WHERE state = 'running' AND id = '" + id + "'").out).empty(); }, 5);
        return server;
    }();
    REQUIRE(!first.empty());
    const bool runs_at_a = first.find(fmt::format(":{}:", pair.a->pid())) != std::string::npos;
    (runs_at_a ? pair.a : pair.b)->kill();
    Visitor& survivor = runs_at_a ? pair.at_b : pair.at_a;
    const auto start = std::chrono::steady_clock::now();
    holder.join();
    const Answer job = wait_for_job(survivor, id, 15);
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    CHECK(job.at("/state") == "done");
    CHECK(job.number("/attempts") >= 2);
    CHECK(job.at("/server") != first);
    CHECK(survivor.get("/technologies?limit=1").number("/total") == 85);
    MESSAGE("the other server had ended the job ", took, " s after the kill");
}

TEST_CASE("a server killed in the middle of writes loses nothing that it acknowledged, and the other goes on") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    std::mutex mutex;
    std::map<std::string, std::string> acknowledged;
    std::vector<std::string> unknown;
    std::atomic<bool> stop = false;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            Visitor writer(thread % 2 ? pair.a->address() : pair.b->address());
            writer.cookie = pair.at_a.cookie;
            for (int i = 0; !stop; ++i) {
                const std::string title = fmt::format("thread {} need {}", thread, i);
                const auto answer = writer.try_send("POST", "/needs", need_body(title), {{"Idempotency-Key", title}});
                const std::lock_guard lock(mutex);
                if (!answer) return unknown.push_back(title);
                if (answer->status == 201) acknowledged[title] = answer->at("/id");
                else unknown.push_back(title);
            }
        });
    std::this_thread::sleep_for(std::chrono::milliseconds(800));
    pair.a->kill();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    stop = true;
    for (std::thread& thread : threads) thread.join();
    CHECK(unknown.size() >= 1);
    for (const std::string& title : unknown) { // asked again at the other server
        const Answer answer = pair.at_b.post("/needs", need_body(title), {{"Idempotency-Key", title}});
        REQUIRE_MESSAGE(answer.status == 201, answer.body);
        acknowledged[title] = answer.at("/id");
    }
    std::map<std::string, int> stored;
    for (std::string cursor;;) {
        const Answer page = pair.at_b.get("/needs?limit=500" + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (const std::string& title : page.all("/items", "/title/en")) ++stored[title];
        cursor = page.at("/next");
        if (cursor.empty()) break;
    }
    std::size_t wrong = 0;
    for (const auto& [title, id] : acknowledged) wrong += stored[title] != 1;
    CHECK(wrong == 0);
    CHECK(stored.size() == acknowledged.size());
    CHECK(wait_for([&] { return pair.at_b.get("/search?kind=need&limit=1").number("/total") == static_cast<std::int64_t>(acknowledged.size()); }, 5));
    MESSAGE(acknowledged.size(), " acknowledged, ", unknown.size(), " asked again");
}

} // namespace greenbank::testing
