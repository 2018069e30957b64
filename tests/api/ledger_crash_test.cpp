// ledger_crash_test.cpp — kill -9 under a load of batches: what was acknowledged is there, nothing is there twice, and the ledger verifies.
#include <cstdlib>
#include <mutex>

#include "kernel/random.h"
#include "ledger_cast.h"

namespace greenbank::testing {

TEST_CASE("after kill -9 under load every acknowledged transfer is in the ledger exactly once") {
    const char* asked = std::getenv("GREENBANK_CRASH_ROUNDS");
    const int rounds = asked ? std::atoi(asked) : 10;
    Random random(4);
    const TemporaryFolder folder;
    std::string cookie, giver, taker;
    std::mutex mutex;
    std::int64_t acknowledged = 0, resent = 0;
    std::uint64_t batches = 0;
    std::vector<std::string> unknown;

    const auto body = [&](std::uint64_t batch) {
        std::string transfers;
        for (int i = 0; i < 50; ++i)
            transfers += fmt::format(R"({}{{"id":"transfer_{:026}","debit":"{}","credit":"{}","amount":"0.01"}})", i ? "," : "",
                batch * 50 + static_cast<std::uint64_t>(i) + 1, giver, taker);
        return "{\"transfers\":[" + transfers + "]}";
    };
    for (int round = 0; round < rounds; ++round) {
        BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address());
        if (cookie.empty()) {
            become_administrator(administrator, bank);
            cookie = administrator.cookie;
            const std::string centre = administrator.get("/session").at("/organisation/id");
            const std::string asset = administrator.post("/ledger/assets", R"({"code":"CNY","scale":2,"kind":"currency","name":{"en":"yuan"}})").at("/id");
            const auto open = [&](const std::string& name) {
                return administrator
                    .post("/ledger/accounts",
                        fmt::format(R"({{"title":{{"en":"{}"}},"owner":"{}","purpose":"clearing","asset":"{}","rule":"free"}})", name, centre, asset))
                    .at("/id");
            };
            giver = open("giver");
            taker = open("taker");
            REQUIRE(!taker.empty());
        }
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                Visitor writer(bank.address());
                writer.cookie = cookie;
                for (;;) {
                    std::string sent;
                    {
                        const std::lock_guard lock(mutex);
                        sent = body(batches++);
                    }
                    const auto answer = writer.try_send("POST", "/ledger/transfers", sent);
                    const std::lock_guard lock(mutex);
                    if (!answer || answer->status != 200) return unknown.push_back(sent);
                    acknowledged += answer->number("/accepted");
                }
            });
        std::this_thread::sleep_for(std::chrono::milliseconds(200 + random.below(500)));
        bank.kill();
        for (std::thread& thread : threads) thread.join();

        const BankProcess again(folder.path(), {});
        administrator.move_to(again.address());
        administrator.cookie = cookie;
        for (const std::string& sent : unknown)
            for (int i = 0; i < 2; ++i) { // as an impatient caller would
                const Answer answer = administrator.post("/ledger/transfers", sent);
                REQUIRE_MESSAGE(answer.status == 200, answer.body);
                CHECK(answer.number("/accepted") == 50);
                if (i == 0) acknowledged += 50, resent += 50;
            }
        unknown.clear();
        const Answer account = administrator.get("/ledger/accounts/" + taker);
        CHECK(account.number("/line_count") == acknowledged);
        CHECK(account.at("/balance") == fmt::format("{}.{:02}", acknowledged / 100, acknowledged % 100));
        CHECK(administrator.get("/ledger/reconciliation").at("/adds_up") == "true");
    }
    MESSAGE(rounds, " rounds: ", acknowledged, " transfers acknowledged, ", resent, " sent again");
}

} // namespace greenbank::testing
