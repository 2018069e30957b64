// ledger_servers_test.cpp — one ledger on several servers: both write, one is killed while it does, the other goes on.
#include <mutex>

#include "pair.h"

namespace greenbank::testing {

TEST_CASE("two servers write one ledger; killing one loses nothing, doubles nothing, and the other goes on within five seconds") {
    const ServedDatabase database;
    if (!database.there()) return;
    Pair pair(database);
    const std::string centre = pair.at_a.get("/session").at("/organisation/id");
    const std::string asset = pair.at_a.post("/ledger/assets", R"({"code":"CNY","scale":2,"kind":"currency","name":{"en":"yuan"}})").at("/id");
    const auto open = [&](Visitor& visitor, const std::string& name, const std::string& rule) {
        return visitor
            .post("/ledger/accounts",
                fmt::format(R"({{"title":{{"en":"{}"}},"owner":"{}","purpose":"clearing","asset":"{}","rule":"{}"}})", name, centre, asset, rule))
            .at("/id");
    };
    // Each server learns of the other's accounts, and of limits that the other sets.
    const std::string bank = open(pair.at_a, "bank", "free"), ana = open(pair.at_b, "ana", "debits_must_not_exceed_credits");
    const auto transfer = [](std::uint64_t id, const std::string& debit, const std::string& credit, const std::string& amount) {
        return fmt::format(R"({{"transfers":[{{"id":"transfer_{:026}","debit":"{}","credit":"{}","amount":"{}"}}]}})", id, debit, credit, amount);
    };
    CHECK(pair.at_a.post("/ledger/transfers", transfer(1, bank, ana, "5.00")).at("/results/0/status") == "ok");
    CHECK(pair.at_b.post("/ledger/transfers", transfer(1, bank, ana, "5.00")).at("/results/0/status") == "exists");
    CHECK(pair.at_b.post("/ledger/transfers", transfer(2, ana, bank, "5.01")).at("/results/0/status") == "debits_exceed_credits");
    CHECK(pair.at_a.post("/ledger/accounts/" + ana + "/state", R"({"state":"frozen"})").status == 200);
    CHECK(pair.at_b.post("/ledger/transfers", transfer(3, ana, bank, "1.00")).at("/results/0/status") == "debit_account_frozen");
    CHECK(pair.at_b.post("/ledger/accounts/" + ana + "/state", R"({"state":"open"})").status == 200);

    std::mutex mutex;
    std::uint64_t next = 100;
    std::int64_t acknowledged = 0;
    std::vector<std::string> unknown;
    std::atomic<bool> stop = false;
    std::atomic<std::int64_t> at_b = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 6; ++thread)
        threads.emplace_back([&, thread] {
            Visitor writer(thread % 2 ? pair.a->address() : pair.b->address());
            writer.cookie = pair.at_a.cookie;
            while (!stop) {
                std::uint64_t id = 0;
                {
                    const std::lock_guard lock(mutex);
                    id = next++;
                }
                const std::string body = transfer(id, bank, ana, "0.01");
                const auto answer = writer.try_send("POST", "/ledger/transfers", body);
                const std::lock_guard lock(mutex);
                if (!answer || answer->status != 200) {
                    unknown.push_back(body);
                    if (!answer) return;
                    continue;
                }
                acknowledged += answer->number("/accepted");
                if (thread % 2 == 0) ++at_b;
            }
        });
    std::this_thread::sleep_for(std::chrono::milliseconds(800));
    pair.a->kill();
    const std::int64_t when_killed = at_b;
    const auto start = std::chrono::steady_clock::now();
    CHECK(wait_for([&] { return at_b > when_killed + 1; }, 5));
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop = true;
    for (std::thread& thread : threads) thread.join();
    for (const std::string& body : unknown) {
        const Answer answer = pair.at_b.post("/ledger/transfers", body);
        REQUIRE_MESSAGE(answer.number("/accepted") == 1, answer.body);
        ++acknowledged;
    }
    const std::int64_t cents = acknowledged + 500;
    CHECK(pair.at_b.get("/ledger/accounts/" + ana).at("/balance") == fmt::format("{}.{:02}", cents / 100, cents % 100));
    CHECK(pair.at_b.get("/ledger/reconciliation").at("/adds_up") == "true");
    MESSAGE(acknowledged, " transfers, ", unknown.size(), " asked again, the other server went on after ", took, " s");
}

} // namespace greenbank::testing
