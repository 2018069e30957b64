// codes.h — how a transfer came out. The order is the order of precedence: of all that is wrong with a transfer, the first
// row is what it is told. Names are stable; `error.ledger.<name>` in words.csv has the sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace greenbank::ledger {

enum class Code : std::uint8_t {
    ok,
    exists, // the same transfer was accepted before: nothing happens again

    // The chain. An open chain is not tried at all. In a broken one the members that are themselves at fault say why, all
    // others say chain_broken. A chain of which every member exists is a repeated request: each says exists.
    chain_broken,
    chain_open,     // the last transfer of the batch is linked to a next one that is not there
    chain_too_long, // for who cuts batches: a chain of more than batch_size_max

    // The request by itself
    id_missing,
    amount_negative,  // for who reads text: the engine's amounts have no sign
    amount_too_large, // for who reads text: 2^128 or more

    // The id is known, with other content. What a request leaves out (see Transfer) is not compared.
    exists_with_other_kind,
    exists_with_other_debit_account,
    exists_with_other_credit_account,
    exists_with_other_asset,
    exists_with_other_amount,
    exists_with_other_reference,
    exists_with_other_balancing,
    exists_with_other_timeout,
    exists_with_other_purpose,
    exists_with_other_memo,
    exists_with_other_booking_date,
    exists_with_other_value_date,

    // Parts that do not belong together
    kind_unexpected, // an expiry is the ledger's own
    reference_missing,
    reference_unexpected,
    timeout_unexpected,
    balancing_unexpected,

    // The hold that a post or void refers to
    hold_unknown,
    hold_not_pending,
    hold_already_posted,
    hold_already_voided,
    hold_expired,

    // The original that a reversal refers to
    original_unknown,
    original_not_posted, // only posted transfers and posted holds can be reversed
    already_reversed,

    // Accounts and asset. Post, void and reversal: what is named must be that of the hold, or the original turned round.
    debit_account_unknown,
    credit_account_unknown,
    debit_account_differs,
    credit_account_differs,
    accounts_same,
    accounts_in_different_assets,
    asset_differs,

    // The amount
    amount_zero,
    amount_exceeds_hold,
    amount_differs_from_hold, // void: the whole hold or 0
    amount_exceeds_original,  // all reversals of one transfer together never exceed it

    // The state of the accounts and of the books
    debit_account_closed,
    credit_account_closed,
    debit_account_frozen,
    credit_account_frozen,
    period_closed, // the booking date's; a value date may lie in a closed period

    // What the balances allow
    nothing_to_balance,
    timeout_overflow,
    debits_overflow,
    credits_overflow,
    debits_exceed_credits,
    credits_exceed_debits,
    balance_below_minimum,
    balance_above_maximum,
};
constexpr std::size_t code_count = static_cast<std::size_t>(Code::balance_above_maximum) + 1;

/// The name, as in the list above.
std::string_view to_text(Code code);
/// One English sentence a user can act on.
std::string_view sentence_of(Code code);

} // namespace greenbank::ledger
