// crash_test.cpp — kill -9 under load: what was acknowledged is there once, what was not known is there once after asking again.
#include <cstdlib>
#include <map>
#include <mutex>

#include "cast.h"
#include "kernel/random.h"

namespace greenbank::testing {

TEST_CASE("after kill -9 under load every acknowledged need is there exactly once") {
    const char* asked = std::getenv("GREENBANK_CRASH_ROUNDS");
    const int rounds = asked ? std::atoi(asked) : 5;
    const std::uint64_t seed = 9;
    Random random(seed);
    const TemporaryFolder folder;
    std::string cookie;
    std::mutex mutex;
    std::map<std::string, std::string> acknowledged; // title → id
    std::vector<std::string> unknown;
    std::size_t resent = 0;
    double slowest_start = 0;

    for (int round = 0; round < rounds; ++round) {
        BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address());
        if (cookie.empty()) become_administrator(administrator, bank);
        else administrator.cookie = cookie;
        cookie = administrator.cookie;

        std::vector<std::thread> threads;
        for (int thread = 0; thread < 8; ++thread)
            threads.emplace_back([&, thread] {
                Visitor writer(bank.address());
                writer.cookie = cookie;
                for (int i = 0;; ++i) {
                    const std::string title = fmt::format("round {} thread {} need {}", round, thread, i);
                    const auto answer = writer.try_send("POST", "/needs", need_body(title), {{"Idempotency-Key", title}});
                    const std::lock_guard lock(mutex);
                    if (!answer) return unknown.push_back(title);
                    if (answer->status == 201) acknowledged[title] = answer->at("/id");
                }
            });
        std::this_thread::sleep_for(std::chrono::milliseconds(300 + random.below(700)));
        bank.kill();
        for (std::thread& thread : threads) thread.join();

        const auto start = std::chrono::steady_clock::now();
        const BankProcess again(folder.path(), {});
        slowest_start = std::max(slowest_start, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        administrator.move_to(again.address());
        for (const std::string& title : unknown) // twice, as an impatient caller would
            for (int i = 0; i < 2; ++i) {
                const Answer answer = administrator.post("/needs", need_body(title), {{"Idempotency-Key", title}});
                REQUIRE(answer.status == 201);
                acknowledged[title] = answer.at("/id");
            }
        resent += unknown.size();
        unknown.clear();

        std::map<std::string, int> stored;
        std::size_t wrong = 0;
        for (std::string cursor;;) {
            const Answer page = administrator.get("/needs?limit=500" + (cursor.empty() ? "" : "&cursor=" + cursor));
            const std::vector<std::string> titles = page.all("/items", "/title/en"), ids = page.all("/items", "/id");
            for (std::size_t i = 0; i < ids.size(); ++i) {
                ++stored[titles[i]];
                wrong += acknowledged[titles[i]] != ids[i];
            }
            cursor = page.at("/next");
            if (cursor.empty()) break;
        }
        for (const auto& [title, id] : acknowledged) wrong += stored[title] != 1;
        CHECK(wrong == 0);
        CHECK(stored.size() == acknowledged.size());
        CHECK(administrator.get("/audit?limit=1&operation=need_create&outcome=ok").number("/total") == static_cast<std::int64_t>(acknowledged.size()));
        std::int64_t found = 0;
        const bool followed = wait_for(
            [&] { return (found = administrator.get("/search?kind=need&limit=1").number("/total")) == static_cast<std::int64_t>(acknowledged.size()); }, 5);
        CHECK_MESSAGE(followed, "round ", round, ": search knows ", found, " of ", acknowledged.size(), " needs");
    }
    const Ran verified = run({"verify", "--data", folder.path()}); // audit trail, log and versions agree after all those deaths
    CHECK_MESSAGE(verified.status == 0, verified.out, verified.err);
    CHECK(slowest_start < 10);
    MESSAGE(rounds, " rounds (seed ", seed, "): ", acknowledged.size(), " acknowledged, ", resent, " sent again, slowest start ", slowest_start, " s");
}

} // namespace greenbank::testing
