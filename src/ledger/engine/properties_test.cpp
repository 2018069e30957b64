// properties_test.cpp — what is always true of the ledger, over random histories; a failure prints its seed.
#include <doctest/doctest.h>

#include <array>
#include <memory>

#include "ledger/engine/memory_journal.h"
#include "ledger/engine/naive.h"
#include "ledger/engine/random_history.h"

namespace greenbank::ledger {
namespace {

constexpr std::size_t account_count = 9, asset_count = 2;

/// The engine with its journal, the twin beside it, and what a crash or a failed commit would fall back to.
struct World {
    MemoryJournal journal;
    std::unique_ptr<Ledger> ledger = std::make_unique<Ledger>(journal);
    NaiveLedger naive, naive_committed;
    RandomHistory history;
    std::array<std::size_t, code_count> seen{};

    explicit World(std::uint64_t seed) : history(Random(seed), account_count, asset_count) {
        for (std::size_t i = 0; i < asset_count; ++i) {
            const Asset asset{i ? "CEA" : "CNY", i ? "2025" : "", 0};
            REQUIRE(ledger->add_asset(asset));
            naive.add_asset(asset);
        }
        for (std::size_t i = 0; i < account_count; ++i) {
            const Account account = history.account();
            REQUIRE(ledger->open_account(account));
            naive.open_account(account);
        }
        ledger->commit();
        naive_committed = naive;
    }

    Random& random() { return history.random(); }

    void compare() {
        REQUIRE(ledger->number() == naive.lines().size());
        const auto lines = ledger->uncommitted();
        for (const Entry& line : lines) REQUIRE(line == naive.lines()[line.number - 1]);
        for (std::size_t i = 0; i < ledger->account_count(); ++i) REQUIRE(ledger->balances(AccountNumber(i)) == naive.balances(AccountNumber(i)));
        REQUIRE(ledger->holds() == naive.holds());
        if (const auto sound = ledger->verify(); !sound) FAIL(fill_in(sound.error().message, sound.error().parameters));
    }

    void transfers(std::size_t most) {
        const std::vector<Transfer> batch = history.batch(most);
        std::vector<Outcome> outcomes(batch.size());
        REQUIRE(ledger->apply(batch, outcomes));
        const std::vector<Outcome> expected = naive.apply(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            ++seen[static_cast<std::size_t>(outcomes[i].code)];
            INFO("transfer " << i << " of " << batch.size() << ": " << to_text(outcomes[i].code) << ", the twin says " << to_text(expected[i].code));
            REQUIRE(outcomes[i] == expected[i]);
        }
    }

    void settings() {
        const auto number = static_cast<AccountNumber>(random().below(account_count));
        Account next = ledger->account(number);
        switch (random().below(6)) {
        case 0:
        case 1:
            history.limits(next);
            if (ledger->set_limits(number, next.balance_min, next.balance_max)) naive.account(number) = next;
            break;
        case 2:
            next.flags ^= static_cast<std::uint16_t>(1u << random().below(4));
            if (ledger->set_flags(number, next.flags)) naive.account(number) = next;
            break;
        case 3:
            if (random().chance(0.2) && ledger->close_account(number)) naive.account(number).flags |= flag::closed;
            break;
        default: {
            const Period period = history.period();
            const bool closing = random().chance(0.3);
            REQUIRE((closing ? ledger->close_period(period) : ledger->reopen_period(period)));
            if (closing) naive.close_days(period);
            else naive.reopen_days(period);
        }
        }
    }

    void commit() {
        journal.append(ledger->uncommitted());
        ledger->commit();
        naive_committed = naive;
    }

    void rollback() {
        ledger->rollback();
        naive = naive_committed;
    }
};

void for_each_world(std::uint64_t count, auto property) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        INFO("seed " << seed);
        World world(seed);
        property(world);
    }
}

} // namespace

TEST_CASE("the ledger and its naive twin agree after each step, and every code comes up") {
    std::array<std::size_t, code_count> seen{};
    for_each_world(400, [&](World& world) {
        for (int step = 0; step < 60; ++step) {
            const double die = world.random().uniform();
            if (die < 0.75) world.transfers(12);
            else if (die < 0.85) world.settings();
            else if (die < 0.95) world.commit();
            else if (die < 0.98) world.rollback();
            else {
                world.ledger->advance(world.history.now());
                world.naive.advance(world.history.now());
            }
            world.compare();
        }
        for (std::size_t i = 0; i < code_count; ++i) seen[i] += world.seen[i];
    });
    for (std::size_t i = 0; i < code_count; ++i) {
        const Code code = static_cast<Code>(i);
        if (code == Code::chain_too_long || code == Code::timeout_overflow) continue; // the first is never the engine's, the second lies 290,000 years ahead
        CHECK_MESSAGE(seen[i] > 0, to_text(code), " never came up");
    }
}

TEST_CASE("balances are the sum of the journal, and a hold is resolved at most once") {
    for_each_world(150, [](World& world) {
        for (int step = 0; step < 40; ++step) {
            world.transfers(20);
            world.commit();
        }
        std::map<AccountNumber, Balances> sums;
        std::map<TransferId, int> resolutions;
        std::map<TransferId, Amount> held, reversed;
        std::map<TransferId, Amount> moved;
        Time last;
        for (const Entry& line : world.journal.lines) {
            const Transfer& did = line.transfer;
            CHECK(did.at >= last);
            last = did.at;
            Balances &debit = sums[did.debit], &credit = sums[did.credit];
            if (did.kind == Kind::pending) {
                held[did.id] = did.amount;
                debit.debits_pending += did.amount;
                credit.credits_pending += did.amount;
            }
            if (resolves(did.kind)) {
                CHECK(++resolutions[did.refers_to] == 1);
                debit.debits_pending -= held[did.refers_to];
                credit.credits_pending -= held[did.refers_to];
            }
            if (did.kind == Kind::posted || did.kind == Kind::post_pending || did.kind == Kind::reversal) {
                moved[did.id] = did.amount;
                debit.debits_posted += did.amount;
                credit.credits_posted += did.amount;
            }
            if (did.kind == Kind::reversal) CHECK((reversed[did.refers_to] += did.amount) <= moved[did.refers_to]);
            CHECK(line.debit_after == debit);
            CHECK(line.credit_after == credit);
        }
        for (const auto& [account, sum] : sums) CHECK(sum == world.ledger->balances(account));
    });
}

TEST_CASE("a refused transfer and a broken chain change nothing") {
    for_each_world(200, [](World& world) {
        for (int step = 0; step < 60; ++step) {
            world.ledger->advance(world.history.now() + hours(100)); // nothing expires in what follows
            const std::vector<Transfer> batch = world.history.batch(4);
            std::vector<Outcome> outcomes(batch.size());
            const std::string before = world.ledger->state_hash();
            REQUIRE(world.ledger->apply(batch, outcomes));
            const bool any = std::any_of(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) { return outcome.code == Code::ok; });
            CHECK((world.ledger->state_hash() != before) == any);
            if (world.random().chance(0.3)) world.commit();
        }
    });
}

TEST_CASE("a round that is rolled back leaves no trace, whole or in part") {
    for_each_world(200, [](World& world) {
        for (int round = 0; round < 12; ++round) {
            const Checkpoint committed = world.ledger->checkpoint();
            Ledger::Mark mark = world.ledger->mark();
            Checkpoint marked = committed;
            for (int step = 0; step < 6; ++step) {
                const std::vector<Transfer> batch = world.history.batch(8);
                std::vector<Outcome> outcomes(batch.size());
                REQUIRE(world.ledger->apply(batch, outcomes));
                world.settings();
                if (world.random().chance(0.2)) REQUIRE(world.ledger->add_asset({"CCER", "P" + std::to_string(world.random().next()), 0}));
                if (world.random().chance(0.2)) REQUIRE(world.ledger->open_account({.id = {9, world.random().next() | 1}, .asset = AssetNumber{0}}));
                if (world.random().chance(0.3)) {
                    mark = world.ledger->mark();
                    marked = world.ledger->checkpoint();
                }
            }
            world.ledger->rollback(mark);
            CHECK(world.ledger->checkpoint() == marked);
            world.rollback();
            CHECK(world.ledger->checkpoint() == committed);
            CHECK(world.ledger->changed_accounts().empty());
            world.transfers(10);
            world.commit();
            world.compare();
        }
    });
}

TEST_CASE("touched() and changed_accounts() are all that a store must write") {
    for_each_world(150, [](World& world) {
        std::vector<AccountState> stored = world.ledger->checkpoint().accounts;
        for (int round = 0; round < 30; ++round) {
            for (std::uint64_t i = world.random().below(3); i > 0; --i) world.transfers(6);
            if (world.random().chance(0.3)) world.settings();
            std::set<AccountNumber> once;
            for (const AccountNumber account : world.ledger->touched()) {
                CHECK(once.insert(account).second);
                stored[index_of(account)].balances = world.ledger->balances(account);
            }
            for (const AccountNumber account : world.ledger->changed_accounts()) stored[index_of(account)].account = world.ledger->account(account);
            world.commit();
            CHECK(stored == world.ledger->checkpoint().accounts);
        }
    });
}

TEST_CASE("a crash at any moment: checkpoint and tail give the same state, with the filter empty, part full and full") {
    for_each_world(200, [](World& world) {
        Checkpoint checkpoint = world.ledger->checkpoint();
        for (int step = 0; step < 50; ++step) {
            world.transfers(10);
            if (world.random().chance(0.6)) world.commit();
            if (world.random().chance(0.2)) {
                if (world.random().chance(0.5)) world.rollback();
                else world.commit();
                checkpoint = world.ledger->checkpoint();
            }
            if (!world.random().chance(0.2)) continue;
            world.rollback(); // what was not committed is lost
            auto restarted = std::make_unique<Ledger>(world.journal, world.journal.lines.size());
            REQUIRE(restarted->load(checkpoint));
            const auto replayed = restarted->replay(std::span(world.journal.lines).subspan(checkpoint.number));
            if (!replayed) FAIL(fill_in(replayed.error().message, replayed.error().parameters));
            CHECK(restarted->state_hash() == world.ledger->state_hash());
            CHECK(restarted->checkpoint().accounts == world.ledger->checkpoint().accounts);
            restarted->advance(world.ledger->clock()); // the twin's clock does not go back
            if (world.random().chance(0.7)) {
                std::vector<TransferId> ids;
                for (const Entry& line : world.journal.lines) ids.push_back(line.transfer.id);
                restarted->remember(ids);
                restarted->remembered_all();
            }
            world.ledger = std::move(restarted);
            world.commit();
            checkpoint = world.ledger->checkpoint();
            world.compare();
        }
    });
}

TEST_CASE("balances at any past time are those of that time") {
    for_each_world(30, [](World& world) {
        std::vector<std::pair<Time, std::vector<Balances>>> past;
        for (int step = 0; step < 40; ++step) {
            world.transfers(6);
            if (world.random().chance(0.6)) world.commit();
            std::vector<Balances> now;
            for (std::size_t i = 0; i < account_count; ++i) now.push_back(world.ledger->balances(AccountNumber(i)));
            past.emplace_back(world.ledger->clock(), now);
            world.ledger->advance(past.back().first + Duration{1}); // so that nothing more happens at that moment
            world.naive.advance(past.back().first + Duration{1});
        }
        for (const auto& [at, balances] : past)
            for (std::size_t i = 0; i < account_count; ++i) {
                INFO("account " << i << " at " << to_text(at));
                const auto answer = world.ledger->balances_at(AccountNumber(i), at);
                REQUIRE(answer);
                CHECK(answer.value() == balances[i]);
            }
    });
}

TEST_CASE("a journal that cannot be read fails the batch and changes nothing") {
    for_each_world(20, [](World& world) {
        for (int step = 0; step < 20; ++step) world.transfers(10);
        world.commit();
        const std::string before = world.ledger->state_hash();
        world.journal.broken = true;
        std::vector<Transfer> again;
        for (const Entry& line : world.journal.lines)
            if (!line.transfer.id.empty()) again.push_back(line.transfer);
        std::vector<Outcome> outcomes(again.size());
        const auto answer = world.ledger->apply(again, outcomes);
        REQUIRE(!answer);
        CHECK(answer.error().code == "store.unavailable");
        CHECK(world.ledger->state_hash() == before);
    });
}

} // namespace greenbank::ledger
