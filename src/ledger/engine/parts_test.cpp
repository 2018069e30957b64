// parts_test.cpp — amounts as text, the flat map, the filter of ids; recovery refuses what was tampered with.
#include <doctest/doctest.h>

#include <map>

#include "kernel/random.h"
#include "ledger/engine/memory_journal.h"
#include "ledger/engine/random_history.h"

namespace greenbank::ledger {

TEST_CASE("amounts as text") {
    for (const char* text : {"0", "1", "18446744073709551615", "18446744073709551616", "10000000000000000000", "340282366920938463463374607431768211455"})
        CHECK(amount_text(*parse_amount(text)) == text);
    CHECK(parse_amount("007") == Amount{7});
    CHECK(parse_amount("340282366920938463463374607431768211455") == amount_max);
    for (const char* text :
        {"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "340282366920938463463374607431768211456", "999999999999999999999999999999999999999999"})
        CHECK(!parse_amount(text));
    CHECK(amount_text(SignedAmount{-5}) == "-5");
    CHECK(amount_text(static_cast<SignedAmount>(Amount{1} << 127)) == "-170141183460469231731687303715884105728");
    Random random(1);
    for (int i = 0; i < 2000; ++i) {
        const Amount amount = ((Amount{random.next()} << 64) | random.next()) >> random.below(128);
        CHECK(parse_amount(amount_text(amount)) == amount);
    }
}

TEST_CASE("the flat map is a map") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        FlatMap<TransferId, int> flat;
        std::map<TransferId, int> plain;
        for (int step = 0; step < 3000; ++step) {
            const TransferId id{random.below(2), 1 + random.below(seed * 20)};
            switch (random.below(4)) {
            case 0:
            case 1: flat[id] = plain[id] = step; break;
            case 2:
                flat.erase(id);
                plain.erase(id);
                break;
            default: {
                const int* found = flat.find(id);
                REQUIRE((found != nullptr) == plain.contains(id));
                if (found) REQUIRE(*found == plain[id]);
            }
            }
            if (random.chance(0.001)) {
                flat.clear();
                plain.clear();
            }
            REQUIRE(flat.size() == plain.size());
        }
        for (const auto& [id, value] : plain) REQUIRE((flat.find(id) && *flat.find(id) == value));
    }
}

TEST_CASE("the filter never forgets an id, and seldom takes an unknown one for known") {
    IdFilter filter;
    constexpr std::uint64_t count = 500'000;
    for (std::uint64_t i = 0; i < count; ++i) filter.add(hash_of(TransferId{i % 3, i}));
    std::size_t wrong = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        REQUIRE(filter.may_contain(hash_of(TransferId{i % 3, i})));
        wrong += filter.may_contain(hash_of(TransferId{7, i}));
    }
    CHECK(wrong < count / 200);
    CHECK(filter.bytes() < count * 8);
}

namespace {

struct Book {
    MemoryJournal journal;
    Ledger ledger{journal};
    Checkpoint checkpoint;

    explicit Book(std::uint64_t seed) {
        RandomHistory history(Random(seed), 6, 1);
        REQUIRE(ledger.add_asset({"CNY", "", 2}));
        for (int i = 0; i < 6; ++i) REQUIRE(ledger.open_account(history.account()));
        ledger.commit();
        checkpoint = ledger.checkpoint();
        for (int round = 0; round < 30; ++round) {
            const std::vector<Transfer> batch = history.batch(10);
            std::vector<Outcome> outcomes(batch.size());
            REQUIRE(ledger.apply(batch, outcomes));
            journal.append(ledger.uncommitted());
            ledger.commit();
        }
    }
    Result<Done> restart(const Checkpoint& from, const std::vector<Entry>& lines) {
        Ledger fresh(journal);
        TRY(fresh.load(from));
        TRY(fresh.replay(lines));
        CHECK(fresh.state_hash() == ledger.state_hash());
        return fresh.verify();
    }
};

} // namespace

TEST_CASE("a line of the journal that was changed, left out, moved or made up is found and named") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        Book book(seed);
        REQUIRE(book.restart(book.checkpoint, book.journal.lines));
        Random random(seed + 1000);
        const std::size_t place = random.below(book.journal.lines.size());
        const auto tampered = [&](const char* how, auto change) {
            INFO(std::string(how));
            std::vector<Entry> lines = book.journal.lines;
            change(lines, lines[place]);
            const auto answer = book.restart(book.checkpoint, lines);
            REQUIRE(!answer);
            CHECK(answer.error().code == "ledger.line_contradicts");
        };
        tampered("another amount", [](auto&, Entry& line) { ++line.transfer.amount; });
        tampered("sides exchanged", [](auto&, Entry& line) { std::swap(line.transfer.debit, line.transfer.credit); });
        tampered("another balance", [](auto&, Entry& line) { ++line.debit_after.debits_posted; });
        tampered("another held balance", [](auto&, Entry& line) { line.credit_after.credits_pending ^= 1; });
        tampered("another asset", [](auto&, Entry& line) { line.transfer.asset = AssetNumber{1}; });
        tampered("an unknown account", [](auto&, Entry& line) { line.transfer.debit = AccountNumber{77}; });
        tampered("another kind", [](auto&, Entry& line) { line.transfer.kind = static_cast<Kind>((static_cast<int>(line.transfer.kind) + 1) % 3 + 1); });
        tampered("another number", [](auto&, Entry& line) { line.number += 1; });
        if (place > 0) tampered("dated back", [](auto&, Entry& line) { line.transfer.at = Time{1}; });
        if (place + 1 < book.journal.lines.size()) {
            tampered("left out", [&](auto& lines, Entry&) { lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(place)); });
            tampered("moved", [&](auto& lines, Entry& line) { std::swap(line, lines[place + 1]); });
        }
        tampered("twice", [&](auto& lines, Entry& line) {
            Entry copy = line;
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(place), copy);
        });
    }
}

TEST_CASE("a checkpoint that was changed is refused") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        Book book(seed);
        const Checkpoint sound = book.ledger.checkpoint();
        REQUIRE(book.restart(sound, {}));
        const auto refused = [&](auto change) {
            Checkpoint checkpoint = sound;
            change(checkpoint);
            Ledger fresh(book.journal);
            const auto answer = fresh.load(checkpoint);
            REQUIRE(!answer);
            CHECK(answer.error().code == "ledger.state_contradicts");
        };
        refused([](Checkpoint& it) { ++it.accounts[0].balances.debits_posted; });
        refused([](Checkpoint& it) { --it.accounts[1].balances.credits_pending; });
        refused([](Checkpoint& it) { it.holds.push_back({{9, 9}, 5, 1, AccountNumber{0}, AccountNumber{1}}); });
        refused([](Checkpoint& it) { it.holds.push_back({{9, 9}, 5, it.number + 1, AccountNumber{0}, AccountNumber{1}}); });
        refused([](Checkpoint& it) { it.holds.push_back({{9, 9}, 5, 1, AccountNumber{0}, AccountNumber{99}}); });
        if (!sound.holds.empty()) {
            refused([](Checkpoint& it) { it.holds.pop_back(); });
            refused([](Checkpoint& it) { ++it.holds[0].amount; });
            refused([](Checkpoint& it) { it.holds.push_back(it.holds[0]); });
        }
    }
}

TEST_CASE("with a complete filter the journal is asked only for ids that may be known") {
    MemoryJournal journal;
    Ledger ledger(journal);
    REQUIRE(ledger.add_asset({"CNY", "", 2}));
    for (std::uint64_t i = 1; i <= 100; ++i) REQUIRE(ledger.open_account({.id = {1, i}, .asset = AssetNumber{0}}));
    Random random(5);
    std::uint64_t id = 0;
    for (int round = 0; round < 40; ++round) {
        std::vector<Transfer> batch(1000);
        for (Transfer& asked : batch) {
            asked.id = {0, ++id};
            asked.amount = 1;
            asked.debit = static_cast<AccountNumber>(random.below(50));
            asked.credit = static_cast<AccountNumber>(50 + random.below(50));
        }
        std::vector<Outcome> outcomes(batch.size());
        REQUIRE(ledger.apply(batch, outcomes));
        for (const Outcome& outcome : outcomes) REQUIRE(outcome.code == Code::ok);
        journal.append(ledger.uncommitted());
        ledger.commit();
    }
    CHECK(journal.lookups < id / 100);
}

} // namespace greenbank::ledger
