// two_servers_test.cpp — two servers on one PostgreSQL are one bank, and one of them may die.
#include <map>
#include <mutex>

#include "pair.h"

namespace greenbank::testing {

namespace {

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
    CHECK(pair.at_a.get("/technologies?limit=1").number("/total") == 85);
    CHECK(wait_for(
        [&] { return pair.at_a.get("/search?kind=technology").number("/total") == 85 && pair.at_b.get("/search?kind=technology").number("/total") == 85; }, 3));
    const Answer removed = wait_for_job(pair.at_a, pair.at_b.post("/sample/remove").at("/id")); // all that came goes
    CHECK(Answer{200, removed.at("/result"), "", {}}.number("/removed") == Answer{200, loaded.at("/result"), "", {}}.number("/loaded"));
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

TEST_CASE("two servers with one key keep one log, and one goes on when the other dies") {
    const ServedDatabase database;
    if (!database.there()) return;
    const TemporaryFolder folder;
    const std::string settings = folder.write("bank.toml", "log_key = \"" + folder.path() + "/log.key\"\n");
    Pair pair(database, {"--settings", settings});
    std::vector<std::thread> threads;
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            Visitor writer(thread % 2 ? pair.a->address() : pair.b->address());
            writer.cookie = pair.at_a.cookie;
            for (int i = 0; !stop; ++i)
                if (const auto answer = writer.try_send("POST", "/needs", need_body(fmt::format("log {} {}", thread, i))); answer && answer->status == 201)
                    ++written;
        });
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    pair.a->kill();
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    stop = true;
    for (std::thread& thread : threads) thread.join();
    CHECK(written > 20);
    CHECK(wait_for(
        [&] {
            const Answer log = pair.at_b.get("/log");
            return log.number("/head/size") == log.number("/records");
        },
        2));
    const Ran verified = run({"verify", "--database", database.address(), "--json"});
    CHECK_MESSAGE(verified.status == 0, verified.out, verified.err);
    CHECK(std::stoll(database.sql("SELECT COUNT(*) FROM audit_entry").out) == pair.at_b.get("/log").number("/records"));
    MESSAGE(written.load(), " needs of two servers under ", database.sql("SELECT COUNT(*) FROM log_head").out, " heads");
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

TEST_CASE("a concept put into force at one server is searched by at the other within a second") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    const std::string need = create(pair.at_a, "/needs", need_body("Quibblotron for kelp"));
    REQUIRE(wait_for([&] { return finds(pair.at_b, "quibblotron", need); }, 2));
    const std::string made = create(pair.at_a, "/concepts", R"({"name":{"en":"quibblotron","ru":"вздор"}})");
    REQUIRE(pair.at_a.post("/concepts/" + made + "/publish").status == 200);
    CHECK(wait_for([&] { return finds(pair.at_b, "%D0%B2%D0%B7%D0%B4%D0%BE%D1%80", need); }, 1));
}

TEST_CASE("two servers make each notice once, also when they start anew and when one of them dies") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    const std::string search = create(pair.at_a, "/saved-searches", R"({"name":"kelp","text":"kelp"})");
    std::vector<std::string> expected;
    const auto publish_some = [&](Visitor& visitor, int count) {
        for (int i = 0; i < count; ++i) {
            const std::string id = create(visitor, "/needs", need_body(fmt::format("Kelp dryer {}", expected.size())));
            REQUIRE(visitor.post("/needs/" + id + "/publish").status == 200);
            expected.push_back(id);
        }
    };
    const auto rows = [&] { return std::atoi(database.sql("SELECT COUNT(*) FROM search_notice").out.c_str()); };
    for (int round = 0; round < 5; ++round) publish_some(round % 2 ? pair.at_a : pair.at_b, 4);
    CHECK(wait_for([&] { return rows() == static_cast<int>(expected.size()); }, 3));
    CHECK(database.sql("SELECT COUNT(*) FROM search_notice WHERE change = 'new' AND entry_version = 2").out == fmt::format("{}\n", expected.size()));

    pair.b->kill(); // the other goes on alone
    publish_some(pair.at_a, 3);
    CHECK(wait_for([&] { return rows() == static_cast<int>(expected.size()); }, 3));
    pair.a->kill(); // nobody listens, and what is written now is noticed later
    pair.a = std::make_unique<BankProcess>(pair.folder_a.path(), pair.flags);
    pair.at_a.move_to(pair.a->address());
    publish_some(pair.at_a, 2);
    CHECK(wait_for([&] { return rows() == static_cast<int>(expected.size()); }, 8));
    std::vector<std::string> entries = pair.at_a.get("/notices?limit=100").all("/items", "/entry");
    CHECK(entries.size() == expected.size());
    std::sort(entries.begin(), entries.end());
    std::sort(expected.begin(), expected.end());
    CHECK(entries == expected);
    CHECK(database.sql("SELECT COUNT(*) FROM search_notice WHERE entry_version <> 2").out == "0\n"); // nothing was noticed twice
}

TEST_CASE("a newer edition of the reference data is taken where nobody edited, and shown where somebody did") {
    const ServedDatabase database;
    if (!database.there()) return;
    std::string cookie;
    const TemporaryFolder folder;
    const std::vector<std::string> flags = {"--database", database.address()};
    {
        const BankProcess bank(folder.path(), flags);
        Visitor administrator(bank.address());
        become_administrator(administrator, bank);
        cookie = administrator.cookie;
        CHECK(administrator.patch("/concepts/concept_heat_pump", R"({"alternative":{"en":["thermal pump"]}})").status == 200);
        CHECK(administrator.post("/concepts/concept_reverse_osmosis/withdraw").status == 200);
    }
    // As if the store came from an edition that knew other words, had a concept more and one less.
    const auto older = [&](const std::string& code, bool in_content) {
        const std::string words = R"({"broader":"","words":{"zh":["旧词"],"en":["old word )" + code + R"("],"ru":[]},"gone":false})";
        std::string sql = "UPDATE concept SET reference = '" + words + "'";
        if (in_content) sql += R"(, name = '{"zh":"旧词","en":"old word )" + code + R"("}', alternative = '{"zh":[],"en":[],"ru":[]}', broader = '[]')";
        REQUIRE(database.sql(sql + " WHERE code = '" + code + "'").status == 0);
    };
    older("wastewater_treatment", true); // untouched since
    older("heat_pump", false);           // edited
    older("reverse_osmosis", false);     // withdrawn by the bank
    REQUIRE(database.sql("UPDATE concept SET id = 'concept_gone', code = 'gone' WHERE code = 'absorption_heat_pump'").status == 0);
    REQUIRE(database.sql("DELETE FROM thesaurus_edition").status == 0);

    const BankProcess bank(folder.path(), flags);
    Visitor administrator(bank.address());
    administrator.cookie = cookie;
    const Answer followed = administrator.get("/concepts/concept_wastewater_treatment");
    CHECK(followed.at("/name/en") == "wastewater treatment");
    CHECK(followed.all("/broader", "") == std::vector<std::string>{"concept_water_field"});
    CHECK(administrator.get("/concepts/concept_wastewater_treatment/versions").all("/items", "/action") == std::vector<std::string>{"reference", "found"});
    const Answer edited = administrator.get("/concepts/concept_heat_pump");
    CHECK(edited.all("/alternative/en", "") == std::vector<std::string>{"thermal pump"}); // kept
    CHECK(edited.at("/conflict/words/en/0") == "heat pump");
    CHECK(administrator.get("/concepts/concept_reverse_osmosis").at("/conflicting") == "true");
    CHECK(administrator.get("/concepts/concept_gone").at("/state") == "withdrawn");
    CHECK(administrator.get("/concepts/concept_absorption_heat_pump").at("/state") == "published");
    CHECK(administrator.get("/concepts?conflicting=true").number("/total") == 2);

    const Answer kept = administrator.post("/concepts/concept_heat_pump/resolve", R"({"take_reference":false})");
    CHECK(kept.all("/alternative/en", "") == std::vector<std::string>{"thermal pump"});
    CHECK(kept.at("/conflicting") == "false");
    const Answer taken = administrator.post("/concepts/concept_reverse_osmosis/resolve", R"({"take_reference":true})");
    CHECK(taken.at("/state") == "published");
    CHECK(taken.at("/name/en") == "reverse osmosis");
    CHECK(administrator.get("/concepts?conflicting=true").number("/total") == 0);
}

} // namespace greenbank::testing
