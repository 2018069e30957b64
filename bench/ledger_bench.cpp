// The ledger's engine alone, nothing stored: transfers per second of CPU, beside the same rules over std::unordered_map and
// beside the naive twin. All three decide the same transfers and must end with the same balances.
//   ledger_bench [transfers]
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <new>
#include <string>
#include <unordered_map>

#include "cpu.h"
#include "kernel/random.h"
#include "ledger/engine/naive.h"

namespace {
std::size_t allocations = 0;
}
// Counted, to show that a transfer needs none.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace greenbank::ledger {
namespace {

using greenbank::bench::cpu_seconds;

/// What the engine asks although nothing is ever used twice: the filter's mistakes.
class NothingKnown : public Journal {
public:
    std::size_t asked = 0;
    Result<Done> find(std::span<const TransferId> ids, std::uint64_t, std::vector<Recorded>&) override { return asked += ids.size(), Done{}; }
    Result<std::optional<Balances>> balances_at(AccountNumber, Time) override { return std::optional<Balances>(); }
};

/// The rules that the loads below need, as one writes them first: a map for accounts, a map for transfers.
class MapLedger {
public:
    void open(AccountNumber number, const Account& account) { accounts_[number] = {account, {}}; }
    const Balances& balances(AccountNumber number) { return accounts_[number].balances; }

    void apply(std::span<const Transfer> batch, std::span<Outcome> outcomes) {
        for (std::size_t first = 0; first < batch.size();) {
            std::size_t end = first + 1;
            while (batch[end - 1].linked && end < batch.size()) ++end;
            const std::size_t before = lines_.size();
            bool whole = true;
            for (std::size_t i = first; i < end && whole; ++i) whole = (outcomes[i] = one(batch[i])).code == Code::ok;
            if (!whole) {
                while (lines_.size() > before) take_back();
                if (end - first > 1)
                    for (std::size_t i = first; i < end; ++i)
                        if (outcomes[i].code == Code::ok) outcomes[i] = {Code::chain_broken};
            }
            first = end;
        }
    }
    void commit() { lines_.clear(); }

private:
    struct Hash {
        std::size_t operator()(const TransferId& id) const { return static_cast<std::size_t>(hash_of(id)); }
    };
    struct Kept {
        Entry line;
        Kind state;
    };

    Outcome one(const Transfer& asked) {
        if (asked.id.empty()) return {Code::id_missing};
        if (const auto there = transfers_.find(asked.id); there != transfers_.end()) return {Code::exists, there->second.line.number};
        AccountNumber debit = asked.debit, credit = asked.credit;
        Amount amount = asked.amount, held = 0;
        Kept* hold = nullptr;
        if (asked.kind == Kind::post_pending || asked.kind == Kind::void_pending) {
            const auto found = transfers_.find(asked.refers_to);
            if (found == transfers_.end()) return {Code::hold_unknown};
            hold = &found->second;
            if (hold->line.transfer.kind != Kind::pending) return {Code::hold_not_pending};
            if (hold->state != Kind::pending) return {Code::hold_already_posted};
            debit = hold->line.transfer.debit;
            credit = hold->line.transfer.credit;
            held = hold->line.transfer.amount;
            if (amount == 0) amount = held;
            if (amount > held) return {Code::amount_exceeds_hold};
        }
        const auto giver = accounts_.find(debit), taker = accounts_.find(credit);
        if (giver == accounts_.end()) return {Code::debit_account_unknown};
        if (taker == accounts_.end()) return {Code::credit_account_unknown};
        if (debit == credit) return {Code::accounts_same};
        if (giver->second.account.asset != taker->second.account.asset) return {Code::accounts_in_different_assets};
        if (amount == 0) return {Code::amount_zero};
        if ((giver->second.account.flags | taker->second.account.flags) & (flag::closed | flag::frozen)) return {Code::debit_account_frozen};
        Balances &given = giver->second.balances, &taken = taker->second.balances;
        if (!hold) {
            if (amount > amount_max - given.debits_pending - given.debits_posted) return {Code::debits_overflow};
            if (amount > amount_max - taken.credits_pending - taken.credits_posted) return {Code::credits_overflow};
            if (giver->second.account.flags & flag::debits_must_not_exceed_credits &&
                given.debits_pending + given.debits_posted + amount > given.credits_posted)
                return {Code::debits_exceed_credits};
        }
        if (asked.kind == Kind::pending) {
            given.debits_pending += amount;
            taken.credits_pending += amount;
        } else {
            given.debits_pending -= held;
            taken.credits_pending -= held;
            given.debits_posted += asked.kind == Kind::void_pending ? 0 : amount;
            taken.credits_posted += asked.kind == Kind::void_pending ? 0 : amount;
        }
        if (hold) hold->state = asked.kind;
        Entry line{++number_, asked.amount, asked, given, taken};
        line.transfer.debit = debit;
        line.transfer.credit = credit;
        line.transfer.amount = amount;
        lines_.push_back(line);
        transfers_.emplace(asked.id, Kept{line, asked.kind});
        return {Code::ok, number_};
    }
    void take_back() { // the loads' broken chains are of posted transfers
        const Transfer& did = lines_.back().transfer;
        accounts_[did.debit].balances.debits_posted -= did.amount;
        accounts_[did.credit].balances.credits_posted -= did.amount;
        transfers_.erase(did.id);
        lines_.pop_back();
        --number_;
    }

    std::unordered_map<AccountNumber, AccountState> accounts_;
    std::unordered_map<TransferId, Kept, Hash> transfers_;
    std::vector<Entry> lines_;
    std::uint64_t number_ = 0;
};

struct Load {
    std::string name;
    std::uint32_t accounts;
    std::size_t batch;
    void (*fill)(std::span<Transfer>, Random&, std::uint32_t accounts); // ids are set already; accounts is even
};

AccountNumber any(Random& random, std::uint32_t from, std::uint32_t to) { return static_cast<AccountNumber>(from + random.below(to - from)); }

// Accounts below the middle hold CNY, the others CEA.
void random_accounts(std::span<Transfer> batch, Random& random, std::uint32_t accounts) {
    for (Transfer& asked : batch) {
        asked.debit = any(random, 0, accounts / 4);
        asked.credit = any(random, accounts / 4, accounts / 2);
    }
}
void one_hot_account(std::span<Transfer> batch, Random& random, std::uint32_t accounts) {
    for (Transfer& asked : batch) {
        asked.debit = any(random, 1, accounts / 2);
        asked.credit = AccountNumber{0};
    }
}
void hold_and_post(std::span<Transfer> batch, Random& random, std::uint32_t accounts) {
    random_accounts(batch, random, accounts);
    for (std::size_t i = 0; i + 1 < batch.size(); i += 2) {
        batch[i].kind = Kind::pending;
        batch[i].timeout_seconds = 60;
        batch[i + 1].kind = Kind::post_pending;
        batch[i + 1].refers_to = batch[i].id;
        batch[i + 1].amount = random.chance(0.5) ? 0 : 1;
        batch[i + 1].debit = batch[i + 1].credit = AccountNumber::none;
    }
}
void linked_pairs(std::span<Transfer> batch, Random& random, std::uint32_t accounts) {
    random_accounts(batch, random, accounts);
    for (std::size_t i = 0; i + 1 < batch.size(); i += 2) {
        batch[i].linked = true;
        batch[i + 1].debit = any(random, accounts / 2, accounts * 3 / 4);
        batch[i + 1].credit = any(random, accounts * 3 / 4, accounts);
    }
}

const std::vector<Load>& loads() {
    static const std::vector<Load> all = {
        {"random, 10,000 accounts", 10'000, batch_size_max, random_accounts},
        {"random, 1,000,000 accounts", 1'000'000, batch_size_max, random_accounts},
        {"one hot account", 10'000, batch_size_max, one_hot_account},
        {"hold and post", 10'000, batch_size_max, hold_and_post},
        {"linked pairs over two assets", 10'000, batch_size_max, linked_pairs},
        {"random, batches of 100", 10'000, 100, random_accounts},
        {"random, batches of 1", 10'000, 1, random_accounts},
    };
    return all;
}

Account account_of(std::uint32_t i, std::uint32_t accounts) { return {.id = {1, i + std::uint64_t{1}}, .asset = AssetNumber{i < accounts / 2 ? 0u : 1u}}; }

struct Measured {
    double rate = 0;        // transfers per second of CPU
    double allocations = 0; // a transfer
};
/// Runs the load through `apply`; only that is measured.
template <class Apply> Measured rate(const Load& load, std::size_t transfers, Apply apply) {
    Random random(20261121);
    std::vector<Transfer> batch(load.batch);
    std::vector<Outcome> outcomes(load.batch);
    // Small batches are timed many at a time, for the clock's sake.
    const std::size_t at_once = std::max<std::size_t>(1, batch_size_max / load.batch);
    std::vector<std::vector<Transfer>> ready(at_once, batch);
    std::uint64_t id = 0;
    std::size_t done = 0;
    double spent = 0;
    std::size_t allocated = 0;
    while (done < transfers) {
        for (std::vector<Transfer>& one : ready) {
            for (Transfer& asked : one) {
                asked = {};
                asked.id = {random.next(), ++id};
                asked.amount = 1 + random.below(1000);
                asked.at = Time{static_cast<std::int64_t>(id)};
            }
            load.fill(one, random, load.accounts);
        }
        const std::size_t allocations_before = allocations;
        const double before = cpu_seconds();
        for (const std::vector<Transfer>& one : ready) apply(one, outcomes);
        spent += cpu_seconds() - before;
        allocated += allocations - allocations_before;
        for (const Outcome& outcome : outcomes) require(outcome.code == Code::ok, "every transfer of the loads is sound");
        done += at_once * load.batch;
    }
    return {static_cast<double>(done) / spent, static_cast<double>(allocated) / static_cast<double>(done)};
}

struct Ours {
    NothingKnown journal;
    Ledger ledger{journal};

    explicit Ours(std::uint32_t accounts) {
        for (const char* code : {"CNY", "CEA"}) require(static_cast<bool>(ledger.add_asset({code, "", 2})));
        for (std::uint32_t i = 0; i < accounts; ++i) require(static_cast<bool>(ledger.open_account(account_of(i, accounts))));
        ledger.commit();
    }
    Measured run(const Load& load, std::size_t transfers) {
        return rate(load, transfers, [&](const auto& batch, auto& outcomes) {
            require(static_cast<bool>(ledger.apply(batch, outcomes)));
            ledger.commit();
        });
    }
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// A million accounts, holds among the lines: from the checkpoint, and from the journal's tail.
void start_up(std::size_t lines) {
    constexpr std::uint32_t accounts = 1'000'000;
    Ours engine(accounts);
    const Checkpoint empty = engine.ledger.checkpoint();
    std::vector<Entry> tail;
    tail.reserve(lines + batch_size_max);
    (void)rate({"", accounts, batch_size_max, hold_and_post}, lines, [&](const auto& batch, auto& outcomes) {
        require(static_cast<bool>(engine.ledger.apply(batch, outcomes)));
        tail.insert(tail.end(), engine.ledger.uncommitted().begin(), engine.ledger.uncommitted().end());
        engine.ledger.commit();
    });
    const Checkpoint full = engine.ledger.checkpoint();
    const auto timed = [](auto work) {
        const double before = cpu_seconds();
        work();
        return cpu_seconds() - before;
    };
    NothingKnown journal;
    Ledger loaded(journal), replayed(journal);
    const double load = timed([&] { require(static_cast<bool>(loaded.load(full))); });
    require(static_cast<bool>(replayed.load(empty)));
    const double replay = timed([&] { require(static_cast<bool>(replayed.replay(tail))); });
    std::string hash;
    const double hashing = timed([&] { hash = loaded.state_hash(); });
    require(hash == engine.ledger.state_hash() && hash == replayed.state_hash(), "every way leads to the same state");
    fmt::print(
        "start: a checkpoint of {} accounts loaded and verified in {:.2f} s CPU; {:.0f} lines of the tail replayed per CPU-second; state hashed in {:.3f} s\n",
        accounts, load, static_cast<double>(tail.size()) / replay, hashing);
}

int run(std::size_t transfers) {
    fmt::print("{} bytes a request, {} a line of the journal\n", sizeof(Transfer), sizeof(Entry));
    fmt::print("{:30} {:>12} {:>20} {:>7} {:>12} {:>7}   {}\n", "transfers per CPU-second", "ours", "std::unordered_map", "ratio", "naive twin", "ratio",
        "allocations a transfer, ours / map");
    for (const Load& load : loads()) {
        std::vector<double> ours, maps, ratios;
        double ours_allocated = 0, maps_allocated = 0;
        for (int round = 0; round < 3; ++round) {
            Ours engine(load.accounts);
            const Measured own = engine.run(load, transfers);
            ours.push_back(own.rate);
            ours_allocated = own.allocations;
            MapLedger peer;
            for (std::uint32_t i = 0; i < load.accounts; ++i) peer.open(static_cast<AccountNumber>(i), account_of(i, load.accounts));
            const Measured other = rate(load, transfers, [&](const auto& batch, auto& outcomes) {
                peer.apply(batch, outcomes);
                peer.commit();
            });
            maps.push_back(other.rate);
            maps_allocated = other.allocations;
            ratios.push_back(ours.back() / maps.back());
            for (std::uint32_t i = 0; i < load.accounts; ++i)
                require(peer.balances(static_cast<AccountNumber>(i)) == engine.ledger.balances(static_cast<AccountNumber>(i)), "the two must agree");
        }
        // The twin copies its whole world for a chain, so it gets a small one.
        const bool chains = load.fill == linked_pairs;
        Load small = load;
        small.accounts = std::min(load.accounts, chains ? 100u : 10'000u);
        small.batch = std::min<std::size_t>(load.batch, chains ? 100 : load.batch);
        NaiveLedger twin;
        for (const char* code : {"CNY", "CEA"}) twin.add_asset({code, "", 2});
        for (std::uint32_t i = 0; i < small.accounts; ++i) twin.open_account(account_of(i, small.accounts));
        const double naive = rate(small, chains ? 500 : 20'000, [&](const auto& batch, auto& outcomes) { outcomes = twin.apply(batch); }).rate;
        fmt::print("{:30} {:12.0f} {:20.0f} {:7.1f} {:12.0f} {:7.0f}   {:.4f} / {:.2f}\n", load.name, median(ours), median(maps), median(ratios), naive,
            median(ours) / naive, ours_allocated, maps_allocated);
    }
    Ours large(10'000);
    const std::size_t many = 5 * transfers;
    const double late = large.run(loads()[0], many).rate;
    fmt::print("after {} transfers: {:.0f} per CPU-second on average, {:.1f} MB in memory, the journal asked {} times in vain ({:.3f} %)\n", many, late,
        static_cast<double>(large.ledger.memory_bytes()) / 1e6, large.journal.asked,
        100.0 * static_cast<double>(large.journal.asked) / static_cast<double>(many));
    start_up(transfers);
    return 0;
}

} // namespace
} // namespace greenbank::ledger

int main(int argc, char** argv) { return greenbank::ledger::run(argc > 1 ? std::stoul(argv[1]) : 2'000'000); }
