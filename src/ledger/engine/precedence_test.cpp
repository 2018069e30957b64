// precedence_test.cpp — of two things that are wrong at once, the one that codes.h lists first is told.
#include <doctest/doctest.h>

#include <functional>

#include "ledger/engine/ledger.h"
#include "ledger/engine/memory_journal.h"

namespace greenbank::ledger {
namespace {

// Fields that a fault needs; two faults that need the same one cannot be made at once.
enum : unsigned {
    id = 1,
    debit = 2,
    credit = 4,
    asset = 8,
    amount = 16,
    reference = 32,
    kind = 64,
    balance = 128,
    timeout = 256,
    booking = 512,
    other = 1024,
    more = 2048,
    value = 4096
};

struct Fault {
    Code code;
    unsigned fields;
    std::function<void(Transfer&)> make;
};

/// Accounts in every state, two holds, a transfer to repeat and one to reverse.
class Bank {
public:
    Bank() {
        for (const char* code : {"CNY", "USD"}) REQUIRE(ledger.add_asset({code, "", 2}));
        for (const int flags : {0, 0, 1, 2, 4, 4, 0, 0, 0, 0, 0, 0, 0})
            REQUIRE(ledger.open_account({.id = {1, ++accounts_}, .asset = AssetNumber{0}, .flags = static_cast<std::uint16_t>(flags)}));
        REQUIRE(ledger.open_account({.id = {1, ++accounts_}, .asset = AssetNumber{1}}));
        REQUIRE(ledger.close_account(closed));
        REQUIRE(ledger.close_account(closed_too));
        REQUIRE(ledger.set_limits(limited, 0, 10));
        REQUIRE(ledger.set_limits(limited_too, 0, 10));
        REQUIRE(ledger.close_period({{100}, {200}}));
        Transfer fill = plain();
        fill.debit = full_of_debits;
        fill.credit = full_of_credits;
        fill.amount = amount_max;
        REQUIRE(answer(fill) == Code::ok);
        Transfer first = plain();
        REQUIRE(answer(first) == Code::ok);
        original = first.id;
        first.id = {3, 1};
        first.kind = Kind::pending;
        REQUIRE(answer(first) == Code::ok);
        hold = first.id;
        first.id = {3, 2};
        REQUIRE(answer(first) == Code::ok);
        known = first;
    }

    Transfer plain() {
        Transfer asked{.id = {2, ++ids_}, .amount = 20};
        asked.debit = rich;
        asked.credit = rich_too;
        asked.at = Time{1'795'000'000'000'000};
        return asked;
    }
    Transfer about(Kind what, TransferId refers_to) {
        Transfer asked{.id = {2, ++ids_}, .refers_to = refers_to, .kind = what};
        asked.at = Time{1'795'000'000'000'000};
        return asked;
    }
    Code answer(const Transfer& asked) {
        Outcome outcome;
        REQUIRE(ledger.apply({&asked, 1}, {&outcome, 1}));
        return outcome.code;
    }

    static constexpr AccountNumber rich{0}, rich_too{1}, poor{2}, owing{3}, frozen{4}, frozen_too{5}, closed{6}, closed_too{7}, limited{8}, full_of_debits{9},
        full_of_credits{10}, empty{11}, limited_too{12}, dollars{13};
    MemoryJournal journal;
    Ledger ledger{journal};
    TransferId original, hold;
    Transfer known;

private:
    std::uint64_t accounts_ = 0, ids_ = 0;
};

/// Each fault alone, and each two that can be made at once.
void check(Bank& bank, const std::function<Transfer()>& sound, const std::vector<Fault>& faults) {
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        Transfer alone = sound();
        faults[i].make(alone);
        CHECK_MESSAGE(bank.answer(alone) == faults[i].code, to_text(faults[i].code), " alone");
        for (std::size_t j = i + 1; j < faults.size(); ++j) {
            CHECK_MESSAGE(faults[i].code < faults[j].code, "the table is in the order of codes.h");
            if (faults[i].fields & faults[j].fields) continue;
            Transfer both = sound();
            faults[j].make(both);
            faults[i].make(both);
            const Code told = bank.answer(both);
            CHECK_MESSAGE(told == faults[i].code, to_text(faults[i].code), " before ", to_text(faults[j].code), ", not ", to_text(told));
            ++pairs;
        }
    }
    CHECK(pairs >= faults.size());
    CHECK(bank.answer(sound()) == Code::ok);
}

const Fault no_id{Code::id_missing, id, [](Transfer& asked) { asked.id = {}; }};
const Fault negative{Code::amount_negative, more, [](Transfer& asked) { asked.fault = Code::amount_negative; }};
Fault unknown_debit{Code::debit_account_unknown, debit, [](Transfer& asked) { asked.debit = AccountNumber::unknown; }};
Fault unknown_credit{Code::credit_account_unknown, credit, [](Transfer& asked) { asked.credit = AccountNumber{999}; }};
Fault other_asset{Code::asset_differs, asset, [](Transfer& asked) { asked.asset = AssetNumber{1}; }};
Fault closed_day{Code::period_closed, booking, [](Transfer& asked) { asked.booking_date = {150}; }};

} // namespace

TEST_CASE("precedence of a new transfer's faults") {
    Bank bank;
    using B = Bank;
    check(bank, [&] { return bank.plain(); },
        {no_id, negative, {Code::kind_unexpected, kind, [](Transfer& asked) { asked.kind = Kind::expiry; }},
            {Code::reference_unexpected, reference | kind, [&](Transfer& asked) { asked.refers_to = bank.hold; }},
            {Code::timeout_unexpected, timeout | kind, [](Transfer& asked) { asked.timeout_seconds = 1; }},
            {Code::balancing_unexpected, balance, [](Transfer& asked) { asked.balancing = 4; }}, unknown_debit, unknown_credit,
            {Code::accounts_same, debit | credit, [](Transfer& asked) { asked.credit = asked.debit; }},
            {Code::accounts_in_different_assets, debit | credit, [](Transfer& asked) { asked.credit = B::dollars; }}, other_asset,
            {Code::amount_zero, amount | balance, [](Transfer& asked) { asked.amount = 0; }},
            {Code::debit_account_closed, debit, [](Transfer& asked) { asked.debit = B::closed; }},
            {Code::credit_account_closed, credit, [](Transfer& asked) { asked.credit = B::closed_too; }},
            {Code::debit_account_frozen, debit, [](Transfer& asked) { asked.debit = B::frozen; }},
            {Code::credit_account_frozen, credit, [](Transfer& asked) { asked.credit = B::frozen_too; }}, closed_day,
            {Code::nothing_to_balance, debit | balance, [](Transfer& asked) { asked.debit = B::empty, asked.balancing = balancing::debit; }},
            {Code::debits_overflow, debit, [](Transfer& asked) { asked.debit = B::full_of_debits; }},
            {Code::credits_overflow, credit, [](Transfer& asked) { asked.credit = B::full_of_credits; }},
            {Code::debits_exceed_credits, debit, [](Transfer& asked) { asked.debit = B::poor; }},
            {Code::credits_exceed_debits, credit, [](Transfer& asked) { asked.credit = B::owing; }},
            {Code::balance_below_minimum, debit, [](Transfer& asked) { asked.debit = B::limited; }},
            {Code::balance_above_maximum, credit, [](Transfer& asked) { asked.credit = B::limited_too; }}});
}

TEST_CASE("precedence of what differs where an id is known") {
    Bank bank;
    std::vector<Fault> faults = {no_id, negative, {Code::exists_with_other_kind, kind, [](Transfer& asked) { asked.kind = Kind::posted; }},
        {Code::exists_with_other_debit_account, debit, [](Transfer& asked) { asked.debit = AccountNumber::unknown; }},
        {Code::exists_with_other_credit_account, credit, [](Transfer& asked) { asked.credit = Bank::closed; }},
        {Code::exists_with_other_asset, asset, [](Transfer& asked) { asked.asset = AssetNumber{1}; }},
        {Code::exists_with_other_amount, amount, [](Transfer& asked) { asked.amount = 0; }},
        {Code::exists_with_other_reference, reference,
            [](Transfer& asked) {
                asked.refers_to = {8, 8};
            }},
        {Code::exists_with_other_balancing, balance, [](Transfer& asked) { asked.balancing = 4; }},
        {Code::exists_with_other_timeout, timeout, [](Transfer& asked) { asked.timeout_seconds = 9; }},
        {Code::exists_with_other_purpose, other, [](Transfer& asked) { asked.purpose = 9; }},
        {Code::exists_with_other_memo, 8192, [](Transfer& asked) { asked.memo = 9; }},
        {Code::exists_with_other_booking_date, booking, [](Transfer& asked) { asked.booking_date = {150}; }},
        {Code::exists_with_other_value_date, value, [](Transfer& asked) { asked.value_date = {150}; }}};
    int round = 0;
    const auto sound = [&] {
        if (++round > 0) return bank.known;
        return bank.plain();
    };
    for (std::size_t i = 0; i < faults.size(); ++i)
        for (std::size_t j = i; j < faults.size(); ++j) {
            Transfer both = sound();
            faults[j].make(both);
            faults[i].make(both);
            CHECK_MESSAGE(bank.answer(both) == faults[i].code, to_text(faults[i].code), " before ", to_text(faults[j].code));
        }
    CHECK(bank.answer(bank.known) == Code::exists);
}

TEST_CASE("precedence of a post's and a void's faults") {
    Bank bank;
    const Fault none{Code::reference_missing, reference, [](Transfer& asked) { asked.refers_to = {}; }};
    const Fault timed{Code::timeout_unexpected, timeout, [](Transfer& asked) { asked.timeout_seconds = 1; }};
    const Fault balanced{Code::balancing_unexpected, balance, [](Transfer& asked) { asked.balancing = 1; }};
    const Fault unknown{Code::hold_unknown, reference, [](Transfer& asked) { asked.refers_to = {8, 8}; }};
    const Fault no_hold{Code::hold_not_pending, reference, [&](Transfer& asked) { asked.refers_to = bank.original; }};
    const Fault debit_differs{Code::debit_account_differs, debit, [](Transfer& asked) { asked.debit = Bank::poor; }};
    const Fault credit_differs{Code::credit_account_differs, credit, [](Transfer& asked) { asked.credit = Bank::poor; }};
    check(bank, [&] { return bank.about(Kind::post_pending, bank.hold); },
        {no_id, negative, none, timed, balanced, unknown, no_hold, unknown_debit, unknown_credit, debit_differs, credit_differs, other_asset,
            {Code::amount_exceeds_hold, amount, [](Transfer& asked) { asked.amount = 21; }}, closed_day});
    check(bank, [&] { return bank.about(Kind::void_pending, bank.known.id); },
        {no_id, negative, none, timed, balanced, unknown, no_hold,
            {Code::hold_already_posted, reference, [&](Transfer& asked) { asked.refers_to = bank.hold; }}, unknown_debit, unknown_credit, debit_differs,
            credit_differs, other_asset, {Code::amount_differs_from_hold, amount, [](Transfer& asked) { asked.amount = 19; }}, closed_day});
}

TEST_CASE("precedence of a reversal's faults") {
    Bank bank;
    check(bank, [&] { return bank.about(Kind::reversal, bank.original); },
        {no_id, negative, {Code::reference_missing, reference, [](Transfer& asked) { asked.refers_to = {}; }},
            {Code::timeout_unexpected, timeout, [](Transfer& asked) { asked.timeout_seconds = 1; }},
            {Code::balancing_unexpected, balance, [](Transfer& asked) { asked.balancing = 1; }},
            {Code::original_unknown, reference,
                [](Transfer& asked) {
                    asked.refers_to = {8, 8};
                }},
            {Code::original_not_posted, reference, [&](Transfer& asked) { asked.refers_to = bank.hold; }}, unknown_debit, unknown_credit,
            {Code::debit_account_differs, debit, [](Transfer& asked) { asked.debit = Bank::rich; }},
            {Code::credit_account_differs, credit, [](Transfer& asked) { asked.credit = Bank::rich_too; }}, other_asset,
            {Code::amount_exceeds_original, amount, [](Transfer& asked) { asked.amount = 21; }}, closed_day});
}

TEST_CASE("a time limit beyond the end of time") {
    Bank bank;
    Transfer asked = bank.plain();
    asked.kind = Kind::pending;
    asked.at = Time{never.microseconds - 999'999};
    asked.timeout_seconds = 1;
    CHECK(bank.answer(asked) == Code::timeout_overflow);
}

} // namespace greenbank::ledger
