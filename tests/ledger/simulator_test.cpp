// simulator_test.cpp — the real engine on the real store, driven by one seed: two servers on one database, groups of units of which some
// are undone, disks that are full, fail or die between any two steps, requests lost, repeated, changed and out of order. After each step
// the naive twin must have the same outcomes, the database the same lines, balances and holds.
// GREENBANK_SIMULATE=<seed> plays one seed; GREENBANK_SIMULATIONS=<count> that many.
#include <cstdlib>
#include <filesystem>
#include <future>

#include <fmt/format.h>
#include <unistd.h>

#include "failing_disk.h"
#include "ledger/book.h"
#include "ledger/decimals.h"
#include "ledger/engine/memory_journal.h"
#include "ledger/engine/naive.h"
#include "ledger/engine/random_history.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::ledger {

namespace {

using testing::FailingDisk;

struct Server {
    std::unique_ptr<Store> store;
    std::unique_ptr<Book> book;
};

class Simulation {
public:
    explicit Simulation(std::uint64_t seed) : random_(seed), history_(Random(seed ^ 0x5EED), accounts_count, assets_count) {
        folder_ = std::filesystem::temp_directory_path() / fmt::format("greenbank-simulator-{}-{}", getpid(), seed);
        std::filesystem::create_directories(folder_);
        for (Server& server : servers_) start(server);
        set_up();
    }
    ~Simulation() {
        servers_ = {};
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    void run(int steps) {
        for (int step = 0; step < steps; ++step) {
            INFO("step " << step);
            this->step();
            compare();
        }
        disk_.mend();
        verify_all();
    }
    std::size_t lines() const { return naive_.lines().size(); }
    int struck() const { return disk_.struck(); }
    int crashes = 0;
    std::uint64_t loads = 0, returns = 0, lines_of_others = 0;

private:
    static constexpr std::size_t accounts_count = 9, assets_count = 2;

    void start(Server& server) {
        for (int tried = 0;; ++tried) {
            auto opened = open_sqlite((folder_ / "bank.db").string());
            if (opened) {
                server.store = std::move(opened).value();
                break;
            }
            REQUIRE(tried < 10);
        }
        REQUIRE(server.store->migrate(stored_slice().migrations));
        server.book = std::make_unique<Book>(*server.store);
    }
    /// The process is gone and comes back: what it knew is lost, what was written is there.
    void crash(Server& server) {
        note_statistics(server);
        server.book.reset();
        server.store.reset();
        disk_.mend();
        start(server);
        ++crashes;
    }
    void note_statistics(Server& server) {
        const Book::Statistics had = server.book->statistics();
        loads += had.loads;
        returns += had.returns;
        lines_of_others += had.lines_of_others;
    }

    Caller caller() {
        return {.actor = {},
            .now = history_.now(),
            .address = {},
            .agent = {},
            .idempotency_key = {},
            .version_expected = {},
            .cookie = {},
            .random = Random(random_.next())};
    }

    void set_up() {
        const Caller someone = caller();
        std::vector<Account> accounts;
        for (std::size_t i = 0; i < accounts_count; ++i) {
            Account account = history_.account();
            if (account.balance_min && magnitude(*account.balance_min) > amount_max >> 1) account.balance_min.reset();
            accounts.push_back(account);
        }
        const auto done = servers_[0].store->write([&](Transaction& transaction) -> Result<Done> {
            auto turn = TRY(servers_[0].book->turn(transaction, someone));
            for (std::size_t i = 0; i < assets_count; ++i) {
                LedgerAsset asset{
                    .id = Id<LedgerAsset>(fmt::format("asset_{}", i)), .code = fmt::format("A{}", i), .key = {}, .scale = 0, .name = {}, .created_at = {}};
                TRY(turn.add_asset(asset));
            }
            for (std::size_t i = 0; i < accounts_count; ++i) {
                LedgerAccount account = stored_account(i, accounts[i]);
                TRY(turn.open_account(account));
            }
            return Done{};
        });
        REQUIRE(done);
        for (std::size_t i = 0; i < assets_count; ++i) naive_.add_asset({fmt::format("A{}", i), "", 0});
        for (const Account& account : accounts) naive_.open_account(account);
    }
    static LedgerAccount stored_account(std::size_t number, const Account& account) {
        LedgerAccount stored{.id = Id<LedgerAccount>(fmt::format("account_{}", number)),
            .number = static_cast<std::int64_t>(number),
            .title = {},
            .owner = Id<parties::Organisation>("org_x"),
            .asset = Id<LedgerAsset>(fmt::format("asset_{}", index_of(account.asset))),
            .rule = AccountRule::free,
            .balance_min = {},
            .balance_max = {},
            .created_at = {},
            .updated_at = {}};
        if (account.flags & flag::debits_must_not_exceed_credits) stored.rule = AccountRule::debits_must_not_exceed_credits;
        if (account.flags & flag::credits_must_not_exceed_debits) stored.rule = AccountRule::credits_must_not_exceed_debits;
        if (account.flags & flag::frozen) stored.state = AccountStanding::frozen;
        if (account.balance_min) stored.balance_min = decimal_text(*account.balance_min, 0);
        if (account.balance_max) stored.balance_max = decimal_text(*account.balance_max, 0);
        return stored;
    }

    struct Unit {
        std::vector<Asked> batch;
        std::string mark;   // announced in the same transaction: tells whether the unit was kept
        bool fails = false; // for a reason of its own, after the ledger's part
        std::vector<Outcome> outcomes;
        Result<Done> result = Done{};
    };

    void step() {
        Server& server = servers_[random_.below(servers_.size())];
        const std::uint64_t die = random_.below(100);
        if (die < 6) return change_settings(server);
        if (die < 8) return crash(server);
        bool dies = false;
        if (random_.chance(0.25)) {
            const FailingDisk::Fault faults[] = {FailingDisk::Fault::full, FailingDisk::Fault::error, FailingDisk::Fault::dead};
            const FailingDisk::Fault fault = faults[random_.below(3)];
            dies = fault == FailingDisk::Fault::dead;
            disk_.arm(fault, static_cast<int>(random_.below(40)), 1 + static_cast<int>(random_.below(3)));
        }
        send(server, units(), dies);
        if (dies) crash(server);
        disk_.mend();
    }

    std::vector<std::unique_ptr<Unit>> units() {
        std::vector<std::unique_ptr<Unit>> units;
        const std::size_t count = 1 + random_.below(4);
        while (units.size() < count) {
            auto unit = std::make_unique<Unit>();
            const std::vector<Transfer> batch = history_.batch(12);
            if (random_.chance(0.05)) continue; // lost on its way
            for (Transfer transfer : batch) {
                transfer.at = history_.now();
                // Ids as clients can send them, and amounts that the wire can carry are the endpoint's business.
                Asked asked{transfer, random_.chance(0.1) ? fmt::format("note {}", transfer.memo) : ""};
                asked.transfer.memo = memo_of(asked.note);
                unit->batch.push_back(std::move(asked));
            }
            unit->mark = fmt::format("unit_{}", ++units_made_);
            unit->fails = random_.chance(0.1);
            units.push_back(std::move(unit));
        }
        return units;
    }

    /// All units at once, so that they share commits as they come.
    void send(Server& server, std::vector<std::unique_ptr<Unit>> units, bool dies) {
        std::vector<std::future<Result<Done>>> answers;
        const Caller someone = caller();
        for (auto& unit : units) {
            auto answer = std::make_shared<std::promise<Result<Done>>>();
            answers.push_back(answer->get_future());
            server.store->write(
                [&server, &someone, unit = unit.get()](Transaction& transaction) -> Result<Done> {
                    Book::Turn turn = TRY(server.book->turn(transaction, someone));
                    unit->outcomes.clear();
                    for (const Posted& one : TRY(turn.post(unit->batch))) unit->outcomes.push_back(one.outcome);
                    TRY(transaction.announce("unit", unit->mark, false));
                    if (unit->fails) return Error{Failure::conflict, "simulator.fails", "It does not suit."};
                    return Done{};
                },
                [answer](Result<Done> result) { answer->set_value(std::move(result)); });
        }
        for (std::size_t i = 0; i < units.size(); ++i) units[i]->result = answers[i].get();
        if (dies) crash(server), --crashes;
        for (auto& unit : units) {
            const bool kept = was_kept(unit->mark);
            if (unit->result) REQUIRE(kept);
            else if (unit->result.error().code != "store.outcome_unknown") REQUIRE(!kept);
            if (!kept) continue;
            std::vector<Transfer> batch;
            for (const Asked& asked : unit->batch) batch.push_back(asked.transfer);
            const std::vector<Outcome> expected_outcomes = naive_.apply(batch);
            REQUIRE(unit->outcomes.size() == expected_outcomes.size());
            for (std::size_t i = 0; i < batch.size(); ++i) {
                INFO("transfer " << i << ": " << to_text(unit->outcomes[i].code) << ", the twin: " << to_text(expected_outcomes[i].code));
                REQUIRE(unit->outcomes[i] == expected_outcomes[i]);
            }
        }
    }

    void change_settings(Server& server) {
        const auto number = static_cast<AccountNumber>(random_.below(accounts_count));
        Account next = naive_.account(number);
        history_.limits(next);
        if (next.balance_min && magnitude(*next.balance_min) > amount_max >> 1) next.balance_min.reset();
        next.flags = static_cast<std::uint16_t>(random_.chance(0.2) ? next.flags ^ flag::frozen : next.flags);
        const bool period = random_.chance(0.3), reopen = random_.chance(0.7);
        const Period days = history_.period();
        const Caller someone = caller();
        const auto done = server.store->write([&](Transaction& transaction) -> Result<Done> {
            auto turn = TRY(server.book->turn(transaction, someone));
            if (period) return reopen ? turn.reopen_period(days) : turn.close_period(days);
            LedgerAccount account = TRY(transaction.get(Id<LedgerAccount>(fmt::format("account_{}", index_of(number)))));
            const LedgerAccount wanted = stored_account(index_of(number), next);
            account.state = wanted.state;
            account.balance_min = wanted.balance_min;
            account.balance_max = wanted.balance_max;
            return turn.change_account(account);
        });
        REQUIRE_MESSAGE(done, done.error().code);
        if (period) reopen ? naive_.reopen_days(days) : naive_.close_days(days);
        else naive_.account(number) = next;
    }

    bool was_kept(const std::string& mark) {
        bool kept = false;
        const auto read = servers_[0].store->read([&](Transaction& transaction) -> Result<Done> {
            kept = !TRY(transaction.query("SELECT 1 FROM store_announcement WHERE record = 'unit' AND id = $1", {mark})).empty();
            return Done{};
        });
        REQUIRE(read);
        return kept;
    }

    void compare() {
        const auto read = servers_[0].store->read([&](Transaction& transaction) -> Result<Done> {
            for (const StoredLine& line : TRY(read_lines(transaction, compared_ + 1, 100'000))) {
                REQUIRE(line.entry.number <= naive_.lines().size());
                Entry expected = naive_.lines()[line.entry.number - 1];
                std::string is, should;
                append_canonical(is, row_of({line.entry, "", 0, 0}));
                append_canonical(should, row_of({expected, "", 0, 0}));
                REQUIRE(is == should);
                REQUIRE(line.entry == expected);
                REQUIRE(memo_of(line.note) == expected.transfer.memo);
                compared_ = line.entry.number;
            }
            REQUIRE(compared_ == naive_.lines().size());
            const Rows rows = TRY(transaction.query("SELECT account, balances FROM account_balance ORDER BY account"));
            REQUIRE(rows.size() == accounts_count);
            for (const auto& row : rows.rows) REQUIRE(as_text(row[1]) == to_text(naive_.balances(static_cast<AccountNumber>(as_integer(row[0])))));
            std::vector<std::string> holds, expected;
            for (const auto& row : TRY(transaction.query("SELECT id, amount FROM hold ORDER BY number")).rows)
                holds.push_back(as_text(row[0]) + " " + as_text(row[1]));
            for (const Hold& hold : naive_.holds()) expected.push_back(to_text(hold.id) + " " + amount_text(hold.amount));
            REQUIRE(holds == expected);
            return Done{};
        });
        REQUIRE(read);
    }

    /// What `greenbank verify` looks at, and balances at past moments by the chain.
    void verify_all() {
        for (Server& server : servers_) note_statistics(server);
        const auto read = servers_[0].store->read([&](Transaction& transaction) -> Result<Done> {
            for (const Finding& finding : TRY(verify_ledger(transaction))) FAIL_CHECK(finding.what);
            StoredJournal journal;
            journal.look_into(&transaction);
            MemoryJournal memory;
            memory.append(naive_.lines());
            for (int i = 0; i < 40 && !naive_.lines().empty(); ++i) {
                const auto account = static_cast<AccountNumber>(random_.below(accounts_count));
                const Time at = random_.pick(naive_.lines()).transfer.at + milliseconds(random_.between(-1, 1));
                REQUIRE(TRY(journal.balances_at(account, at)) == TRY(memory.balances_at(account, at)));
            }
            return Done{};
        });
        REQUIRE_MESSAGE(read, read.error().code);
    }

    FailingDisk disk_;
    Random random_;
    RandomHistory history_;
    NaiveLedger naive_;
    std::filesystem::path folder_;
    std::array<Server, 2> servers_;
    std::uint64_t compared_ = 0, units_made_ = 0;
};

} // namespace

TEST_CASE("simulated: crashes, failing disks, undone units and a second server never make the ledger and its twin differ") {
    const char* one = std::getenv("GREENBANK_SIMULATE");
    const char* many = std::getenv("GREENBANK_SIMULATIONS");
    const std::uint64_t first = one ? std::strtoull(one, nullptr, 10) : 1, count = one ? 1 : many ? std::strtoull(many, nullptr, 10) : 12;
    std::size_t lines = 0;
    int struck = 0, crashes = 0;
    std::uint64_t loads = 0, returns = 0, others = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        INFO("GREENBANK_SIMULATE=" << seed);
        Simulation simulation(seed);
        simulation.run(60);
        lines += simulation.lines();
        struck += simulation.struck();
        crashes += simulation.crashes;
        loads += simulation.loads;
        returns += simulation.returns;
        others += simulation.lines_of_others;
    }
    CHECK(lines > 0);
    MESSAGE("seeds ", first, " to ", first + count - 1, ": ", lines, " lines, ", struck, " writes failed, ", crashes, " crashes, ", loads, " loads, ", returns,
        " returns, ", others, " lines of the other server");
}

} // namespace greenbank::ledger
