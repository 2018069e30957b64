// scenario_test.cpp — the ledger's rules as small stories, in the words of story.h.
#include "ledger/engine/story.h"

namespace greenbank::ledger {
namespace {

/// Every story begins with a bank that owns and owes, and customers who cannot spend what they have not.
void check(const char* sentence, const char* text) {
    INFO(std::string(sentence));
    Story story;
    story.play(R"(
        asset CNY 2
        asset CEA/2025
        account bank CNY
        account ana  CNY debits_must_not_exceed_credits
        account ben  CNY debits_must_not_exceed_credits
        account registry  CEA/2025
        account ana_units CEA/2025 debits_must_not_exceed_credits
        account ben_units CEA/2025 debits_must_not_exceed_credits
        fund1 posted bank ana 1000
        fund2 posted registry ben_units 50
    )");
    story.play(text);
}

} // namespace

TEST_CASE("moving") {
    check("money moves once, and the debit account must have it", R"(
        t1 posted ana ben 400
        balance ana 0+400 debits, 0+1000 credits
        balance ben 0+0 debits, 0+400 credits
        t2 posted ana ben 601      -> debits_exceed_credits
        t3 posted ana ben 600
        t4 posted ana ben 1        -> debits_exceed_credits
    )");
    check("what the bank owns cannot be given back twice", R"(
        account loans CNY credits_must_not_exceed_debits
        t1 posted loans ana 300
        t2 posted ana loans 301    -> credits_exceed_debits
        t3 posted ana loans 300
    )");
    check("an amount is above zero and below 2^128, and sums stay below it", R"(
        t1 posted bank ben 0       -> amount_zero
        t2 posted bank ben 5 fault amount_negative   -> amount_negative
        t3 posted bank ben 5 fault amount_too_large  -> amount_too_large
        account sink CNY
        t4 posted bank sink 2^128-1001
        t5 posted bank ben 1       -> debits_overflow
        account other CNY
        t6 posted other sink 1001  -> credits_overflow
        t7 posted other sink 1000
    )");
    check("accounts must be two, known, and of one asset", R"(
        t1 posted ana ana 1        -> accounts_same
        t2 posted eve ana 1        -> debit_account_unknown
        t3 posted ana eve 1        -> credit_account_unknown
        t4 posted - ana 1          -> debit_account_unknown
        t5 posted ana ben_units 1  -> accounts_in_different_assets
        t6 posted ana ben 1 asset CEA/2025   -> asset_differs
        t7 posted ana ben 1 asset XYZ        -> asset_differs
        t8 posted ana ben 1 asset CNY
        -  posted ana ben 1        -> id_missing
    )");
    check("parts that do not belong together", R"(
        t1 posted ana ben 1 of fund1      -> reference_unexpected
        t2 posted ana ben 1 timeout 5     -> timeout_unexpected
        t3 post fund1 1 balance debit     -> balancing_unexpected
        t4 posted ana ben 1 balance wrong -> balancing_unexpected
        t5 expire fund1                   -> kind_unexpected
        t6 post -                         -> reference_missing
        t7 reverse -                      -> reference_missing
    )");
}

TEST_CASE("at most once") {
    check("the same request again does nothing; the same id with other content is refused by field", R"(
        t1 pending ana ben 100 asset CNY timeout 60 purpose 3 memo 7 booked 2026-11-20 value 2026-11-25
        t1 pending ana ben 100 asset CNY timeout 60 purpose 3 memo 7 booked 2026-11-20 value 2026-11-25  -> exists
        at 10
        t1 pending ana ben 100 timeout 60 purpose 3 memo 7       -> exists
        commit
        t1 pending ana ben 100 timeout 60 purpose 3 memo 7       -> exists
        t1 posted  ana ben 100                                   -> exists_with_other_kind
        t1 pending ben ana 99                                    -> exists_with_other_debit_account
        t1 pending ana bank 99                                   -> exists_with_other_credit_account
        t1 pending ana ben 99 asset CEA/2025                     -> exists_with_other_asset
        t1 pending ana ben 99                                    -> exists_with_other_amount
        t1 pending ana ben 100 of fund1                          -> exists_with_other_reference
        t1 pending ana ben 100 balance debit                     -> exists_with_other_balancing
        t1 pending ana ben 100 timeout 61                        -> exists_with_other_timeout
        t1 pending ana ben 100 timeout 60 purpose 4              -> exists_with_other_purpose
        t1 pending ana ben 100 timeout 60 purpose 3 memo 8       -> exists_with_other_memo
        t1 pending ana ben 100 timeout 60 purpose 3 memo 7 booked 2026-11-21  -> exists_with_other_booking_date
        t1 pending ana ben 100 timeout 60 purpose 3 memo 7 value 2026-11-26   -> exists_with_other_value_date
        balance ana 100+0 debits, 0+1000 credits
    )");
    check("a refused transfer's id is free", R"(
        t1 posted ana ben 5000  -> debits_exceed_credits
        t1 posted ana ben 500
    )");
    check("a post that leaves accounts out is the same request again, whatever happened since", R"(
        t1 pending ana ben 100
        t2 post t1
        t2 post t1              -> exists
        t2 post t1 100          -> exists_with_other_amount
        commit
        t2 post t1              -> exists
        t2 void t1              -> exists_with_other_kind
    )");
    check("a rolled-back round leaves its ids free", R"(
        commit
        t1 posted ana ben 100
        rollback
        t1 posted ana ben 200
        balance ana 0+200 debits, 0+1000 credits
    )");
}

TEST_CASE("holds") {
    check("a hold takes the money away at once and gives it at the post", R"(
        h1 pending ana ben 700
        balance ana 700+0 debits, 0+1000 credits
        balance ben 0+0 debits, 700+0 credits
        t1 posted ana bank 301   -> debits_exceed_credits
        t2 posted ben bank 1     -> debits_exceed_credits
        p1 post h1
        balance ana 0+700 debits, 0+1000 credits
        balance ben 0+0 debits, 0+700 credits
    )");
    check("part of a hold is posted, the rest is free again", R"(
        h1 pending ana ben 700
        p1 post h1 701           -> amount_exceeds_hold
        p2 post h1 200
        balance ana 0+200 debits, 0+1000 credits
        p3 post h1 500           -> hold_already_posted
        v1 void h1               -> hold_already_posted
    )");
    check("a void gives all of it back", R"(
        h1 pending ana ben 700
        v1 void h1 500           -> amount_differs_from_hold
        v2 void h1 700
        balance ana 0+0 debits, 0+1000 credits
        v3 void h1               -> hold_already_voided
        p1 post h1               -> hold_already_voided
        commit
        p1 post h1               -> hold_already_voided
    )");
    check("a hold ends at its moment, not after it", R"(
        h1 pending ana ben 700 timeout 30
        h2 pending ana ben 200 timeout 30
        at 29
        p1 post h1
        at 30
        p2 post h2               -> hold_expired
        balance ana 0+700 debits, 0+1000 credits
        commit
        p2 post h2               -> hold_expired
        v2 void h2               -> hold_expired
    )");
    check("time passes for a refused transfer too, and never goes back", R"(
        h1 pending ana ben 700 timeout 30
        at 31
        t1 posted eve ana 1      -> debit_account_unknown
        balance ana 0+0 debits, 0+1000 credits
        at 5
        h2 pending ana ben 100 timeout 10
        at 36
        p2 post h2
        h3 pending ana ben 100 timeout 5
        advance 41
        balance ana 0+100 debits, 0+1000 credits
    )");
    check("only a hold is posted or voided, with its own accounts", R"(
        h1 pending ana ben 10
        p1 post nothing          -> hold_unknown
        p2 post fund1            -> hold_not_pending
        p3 post h1 from ben to ana  -> debit_account_differs
        p4 post h1 from ana to ana  -> credit_account_differs
        p5 post h1 from eve      -> debit_account_unknown
        p6 post h1 to eve        -> credit_account_unknown
        p7 post h1 asset CEA/2025   -> asset_differs
        p8 post h1 from ana to ben asset CNY
        p9 post p8               -> hold_not_pending
    )");
}

TEST_CASE("chains") {
    check("delivery versus payment: both legs or none", R"(
        c1 posted ana ben 400 linked
        c2 posted ben_units ana_units 40
        balance ana 0+400 debits, 0+1000 credits
        balance ana_units 0+0 debits, 0+40 credits
        d1 posted ana ben 400 linked            -> chain_broken
        d2 posted ben_units ana_units 40        -> debits_exceed_credits
        balance ana 0+400 debits, 0+1000 credits
        balance ana_units 0+0 debits, 0+40 credits
    )");
    check("a broken chain marks every member, before and after the faulty one", R"(
        c1 posted ana ben 1 linked      -> chain_broken
        c2 posted ana ana 1 linked      -> accounts_same
        c3 posted ana ben 1 linked      -> chain_broken
        c4 posted ana ben 1             -> chain_broken
        c1 posted ana ben 2
    )");
    check("an open chain is not tried", R"(
        c1 posted ana ben 1 linked      -> chain_broken
        c2 posted ana ben 1 linked end  -> chain_open
        balance ana 0+0 debits, 0+1000 credits
    )");
    check("a chain sees its own members: what came in may go out, a hold may be posted", R"(
        c1 posted ana ben 1000 linked
        c2 posted ben bank 900 linked
        c3 pending ben bank 100 linked
        c4 post c3 60
        balance ben 0+960 debits, 0+1000 credits
    )");
    check("a chain sent again exists as a whole; mixed with something new it is refused", R"(
        c1 posted ana ben 1 linked
        c2 posted ana ben 2
        c1 posted ana ben 1 linked      -> exists
        c2 posted ana ben 2             -> exists
        commit
        c1 posted ana ben 1 linked      -> exists
        c2 posted ana ben 2             -> exists
        c1 posted ana ben 1 linked      -> exists
        c3 posted ana ben 3             -> chain_broken
        balance ana 0+3 debits, 0+1000 credits
    )");
    check("a hold that a broken chain posted is open again, and one it made is gone", R"(
        h1 pending ana ben 100 timeout 60
        c1 post h1 linked               -> chain_broken
        c2 pending ana ben 50 linked    -> chain_broken
        c3 posted ana ana 1             -> accounts_same
        balance ana 100+0 debits, 0+1000 credits
        p1 post h1
        p2 post c2                      -> hold_unknown
    )");
    check("a hold that ended within a broken chain has ended all the same", R"(
        h1 pending ana ben 100 timeout 10
        at 5
        c1 posted ana ben 1 linked      -> chain_broken
        at 15
        c2 posted ana ana 1             -> accounts_same
        at 6
        p1 post h1                      -> hold_expired
        balance ana 0+0 debits, 0+1000 credits
    )");
}

TEST_CASE("balancing, limits and states") {
    check("balancing moves what is there, at most what is asked", R"(
        t1 posted ana ben 300 balance debit
        t2 posted ana ben 5000 balance debit
        balance ana 0+1000 debits, 0+1000 credits
        t3 posted ana ben 1 balance debit        -> nothing_to_balance
        t2 posted ana ben 5000 balance debit     -> exists
        t2 posted ana ben 700 balance debit      -> exists_with_other_amount
        account loan CNY
        t4 posted loan bank 250
        t5 posted ben loan 0 balance both
        balance loan 0+250 debits, 0+250 credits
        t6 pending ben loan 0 balance debit
        balance ben 750+250 debits, 0+1000 credits
    )");
    check("an overdraft, a balance that must stay, and a ceiling", R"(
        account shop CNY min -500
        t1 posted shop bank 501         -> balance_below_minimum
        t2 pending shop bank 400
        t3 posted shop bank 101         -> balance_below_minimum
        t4 posted shop bank 0 balance debit
        balance shop 400+100 debits, 0+0 credits
        account reserve CNY min 50 max 200
        t5 posted ana reserve 201       -> balance_above_maximum
        t6 posted ana reserve 200
        t7 posted reserve ana 151       -> balance_below_minimum
        t8 posted reserve ana 150
        t9 posted ana reserve 0 balance credit
        balance reserve 0+150 debits, 0+350 credits
        limits reserve max 100
        t10 posted ana reserve 1        -> balance_above_maximum
        limits reserve min 5 max 4      -> limits_reversed
    )");
    check("frozen: nothing in or out, but a hold may be given back; debits frozen: in only", R"(
        h1 pending ana ben 100
        h2 pending ana ben 100
        flags ana debits_must_not_exceed_credits frozen
        t1 posted ana ben 1             -> debit_account_frozen
        t2 posted bank ana 1            -> credit_account_frozen
        p1 post h1                      -> debit_account_frozen
        v1 void h1
        flags ana debits_frozen
        t3 posted bank ana 1
        t4 posted ana ben 1             -> debit_account_frozen
        flags ana
        p2 post h2
        t5 posted ana ben 5000
        flags ana debits_must_not_exceed_credits -> flags_broken
    )");
    check("closed for ever, and only when empty", R"(
        close ana                       -> account_not_empty
        t1 posted ana ben 900
        h1 pending ana ben 100
        close ana                       -> account_has_holds
        p1 post h1
        close ana
        close ana                       -> account_closed
        flags ana frozen                -> account_closed
        limits ana max 5                -> account_closed
        t2 posted bank ana 1            -> credit_account_closed
        t3 posted ana bank 1            -> debit_account_closed
        r1 reverse t1                   -> credit_account_closed
    )");
    check("a closed period takes no bookings, but a value date may lie in it", R"(
        period 2026-10-01 2026-10-31
        period 2026-11-01 2026-11-20
        t1 posted ana ben 1                                          -> period_closed
        t2 posted ana ben 1 booked 2026-10-15                        -> period_closed
        t3 posted ana ben 1 booked 2026-11-21 value 2026-10-15
        t4 posted ana ben 1 booked 2026-09-30
        reopen 2026-11-10 2026-11-12
        t5 posted ana ben 1 booked 2026-11-11
        t6 posted ana ben 1 booked 2026-11-09                        -> period_closed
        t7 posted ana ben 1 booked 2026-11-13                        -> period_closed
        period 2026-12-02 2026-12-01                                 -> period_reversed
    )");
}

TEST_CASE("reversals") {
    check("a reversal takes back, in part or as a whole, and never more than there was", R"(
        t1 posted ana ben 300
        r1 reverse t1 100
        balance ana 0+300 debits, 0+1100 credits
        r2 reverse t1 201               -> amount_exceeds_original
        r3 reverse t1
        balance ben 0+300 debits, 0+300 credits
        r4 reverse t1                   -> already_reversed
        r3 reverse t1                   -> exists
        commit
        r4 reverse t1                   -> already_reversed
        r3 reverse t1                   -> exists
    )");
    check("what was committed and what was not count together", R"(
        t1 posted ana ben 300
        commit
        r1 reverse t1 100
        r2 reverse t1 150
        r3 reverse t1 51                -> amount_exceeds_original
        commit
        r3 reverse t1 51                -> amount_exceeds_original
        r4 reverse t1
        balance ben 0+300 debits, 0+300 credits
    )");
    check("what is gone cannot be taken back without an overdraft", R"(
        t1 posted ana ben 300
        t2 posted ben bank 250
        r1 reverse t1                   -> debits_exceed_credits
        r2 reverse t1 50
    )");
    check("posted holds can be reversed; holds, reversals and the unknown cannot", R"(
        h1 pending ana ben 300
        r1 reverse h1                   -> original_not_posted
        p1 post h1 200
        r2 reverse p1
        r3 reverse r2                   -> original_not_posted
        r4 reverse nothing              -> original_unknown
        t1 posted ana ben 10
        r5 reverse t1 from ana to ben   -> debit_account_differs
        r6 reverse t1 from ben to ana
    )");
    check("a reversal within a broken chain did not happen", R"(
        t1 posted ana ben 300
        c1 reverse t1 linked            -> chain_broken
        c2 posted ana ana 1             -> accounts_same
        r1 reverse t1
    )");
}

TEST_CASE("accounts and assets") {
    check("each once, and complete", R"(
        asset CNY 2                     -> asset_exists
        asset CEA/2025                  -> asset_exists
        asset XAU 19                    -> asset_faulty
        account ana CNY                 -> account_exists
        account eve USD                 -> asset_unknown
        account nameless CNY            -> account_without_id
        asset CEA/2026
        account eve CEA/2026
        flags nobody frozen             -> account_unknown
    )");
}

TEST_CASE("a batch has at most 8,190 transfers") {
    MemoryJournal journal;
    Ledger ledger(journal);
    std::vector<Transfer> batch(batch_size_max + 1);
    std::vector<Outcome> outcomes(batch.size());
    const auto answer = ledger.apply(batch, outcomes);
    REQUIRE(!answer);
    CHECK(answer.error().code == "ledger.batch_too_large");
    batch.pop_back();
    outcomes.pop_back();
    CHECK(ledger.apply(batch, outcomes));
}

} // namespace greenbank::ledger
