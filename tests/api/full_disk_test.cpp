// full_disk_test.cpp — no room for the database: writes are refused with a sentence, reads go on, and writing comes back by itself.
#include <map>

#include <sys/resource.h>

#include "ledger_cast.h"

namespace greenbank::testing {

namespace {

/// Lets no file of the process grow beyond `bytes`; writes past it fail as on a full disk.
void limit_files(pid_t process, rlim_t bytes) {
    rlimit limit{};
    REQUIRE(prlimit(process, RLIMIT_FSIZE, nullptr, &limit) == 0);
    limit.rlim_cur = bytes;
    REQUIRE(prlimit(process, RLIMIT_FSIZE, &limit, nullptr) == 0);
}

} // namespace

TEST_CASE("where there is no room nothing is half stored, reads go on, and writing comes back without a restart") {
    const TemporaryFolder folder;
    std::map<std::string, std::string> acknowledged; // title → id
    std::vector<std::string> refused;
    std::string cookie;
    {
        BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address()), reader(bank.address());
        become_administrator(administrator, bank);
        cookie = administrator.cookie;
        const auto post = [&](const std::string& title) {
            const Answer answer = administrator.post("/needs", need_body(title), {{"Idempotency-Key", title}});
            if (answer.status == 201) acknowledged[title] = answer.at("/id");
            else refused.push_back(title);
            return answer;
        };
        for (int round = 0; round < 3; ++round) {
            REQUIRE(post(fmt::format("before {}", round)).status == 201);
            limit_files(bank.pid(), 4096);
            for (int i = 0; i < 10; ++i) {
                const Answer answer = post(fmt::format("full {} {}", round, i));
                INFO(answer.body);
                CHECK((answer.status == 503 || answer.status == 507));
                CHECK(answer.is_problem());
                CHECK(answer.code().starts_with("store."));
                CHECK(reader.get("/technologies").status == 200);
                CHECK(administrator.get("/needs/" + acknowledged[fmt::format("before {}", round)]).status == 200);
                CHECK(reader.get("//healthz").status == 200);
            }
            limit_files(bank.pid(), RLIM_INFINITY);
            CHECK(wait_for([&] { return post(fmt::format("after {} {}", round, refused.size())).status == 201; }, 15));
            // What was written meanwhile and could not be indexed is found, too.
            CHECK(wait_for([&] { return administrator.get("/search?kind=need&text=after").number("/total") == round + 1; }, 15));
        }
        CHECK(bank.stop() == 0);
    }
    const BankProcess again(folder.path(), {});
    Visitor administrator(again.address());
    administrator.cookie = cookie;
    CHECK(wait_for([&] { return administrator.get("/search?kind=need&text=after").number("/total") == 3; }, 15));
    std::map<std::string, int> there;
    for (std::string next = "/needs?limit=100"; !next.empty();) {
        const Answer page = administrator.get(next);
        REQUIRE(page.status == 200);
        for (const std::string& title : page.all("/items", "/title/en")) ++there[title];
        next = page.at("/next").empty() ? "" : "/needs?limit=100&cursor=" + page.at("/next");
    }
    for (const auto& [title, id] : acknowledged) CHECK_MESSAGE(there[title] == 1, title);
    for (const std::string& title : refused) // an unknown outcome may have reached the disk; then once, and asking again finds it
        CHECK_MESSAGE(there[title] <= 1, title);
}

TEST_CASE("a ledger without room refuses whole batches and goes on being read; the same batches happen once when there is room again") {
    LedgerCast ledger;
    ledger.post(ledger.transfer(ledger.id(), "bank", "ana", "100.00"));
    std::vector<std::string> refused;
    for (int round = 0; round < 3; ++round) {
        limit_files(ledger.all.bank.pid(), 4096);
        for (int i = 0; i < 5; ++i) {
            std::string batch;
            for (int one = 0; one < 50; ++one) (batch += one ? "," : "") += ledger.transfer(ledger.id(), "bank", "ana", "0.01");
            const Answer answer = ledger.post(batch);
            INFO(answer.body);
            CHECK((answer.status == 503 || answer.status == 507));
            CHECK(answer.is_problem());
            CHECK(answer.code().starts_with("store."));
            refused.push_back(batch);
            CHECK(ledger.account("ana").status == 200);
            CHECK(ledger.administrator().get("/ledger/accounts/" + ledger.accounts["ana"] + "/statement").status == 200);
            CHECK(ledger.administrator().get("/ledger/trial-balance").status == 200);
        }
        limit_files(ledger.all.bank.pid(), RLIM_INFINITY);
        CHECK(wait_for([&] { return ledger.post(refused.front()).status == 200; }, 15));
    }
    for (const std::string& batch : refused) // some are sent again and again: no transfer happens twice
        for (int again = 0; again < 2; ++again) CHECK(ledger.post(batch).number("/accepted") == 50);
    CHECK(ledger.balance("ana") == "107.50");
    CHECK(ledger.administrator().get("/ledger/reconciliation").at("/adds_up") == "true");
    CHECK(ledger.all.bank.stop() == 0);
    const Ran verified = run({"verify", "--data", ledger.all.folder.path()});
    CHECK_MESSAGE(verified.status == 0, verified.out);
}

} // namespace greenbank::testing
