// codes.cpp — names and sentences, in the order of the enum.
#include "ledger/engine/codes.h"

#include <array>

namespace greenbank::ledger {

namespace {

struct Row {
    Code code;
    std::string_view name, sentence;
};

constexpr std::array<Row, code_count> rows = {{
    {Code::ok, "ok", "Done."},
    {Code::exists, "exists", "This transfer was accepted before; nothing happened again."},
    {Code::chain_broken, "chain_broken", "Another transfer of the chain was refused, so none of it happened; correct that one and send the chain again."},
    {Code::chain_open, "chain_open", "The last transfer is linked to a next one that is not there; send the whole chain in one batch."},
    {Code::chain_too_long, "chain_too_long", "A chain has at most 8,190 transfers; divide it."},
    {Code::id_missing, "id_missing", "A transfer needs an id of its own."},
    {Code::amount_negative, "amount_negative", "An amount cannot be below zero; exchange debit and credit instead."},
    {Code::amount_too_large, "amount_too_large", "The amount must be below 2 to the power of 128 minor units."},
    {Code::exists_with_other_kind, "exists_with_other_kind", "This id belongs to a transfer of another kind; give the new one its own id."},
    {Code::exists_with_other_debit_account, "exists_with_other_debit_account",
        "This id belongs to a transfer with another debit account; give the new one its own id."},
    {Code::exists_with_other_credit_account, "exists_with_other_credit_account",
        "This id belongs to a transfer with another credit account; give the new one its own id."},
    {Code::exists_with_other_asset, "exists_with_other_asset", "This id belongs to a transfer of another asset; give the new one its own id."},
    {Code::exists_with_other_amount, "exists_with_other_amount", "This id belongs to a transfer with another amount; give the new one its own id."},
    {Code::exists_with_other_reference, "exists_with_other_reference",
        "This id belongs to a transfer that refers to another one; give the new one its own id."},
    {Code::exists_with_other_balancing, "exists_with_other_balancing", "This id belongs to a transfer that balances otherwise; give the new one its own id."},
    {Code::exists_with_other_timeout, "exists_with_other_timeout", "This id belongs to a hold with another time limit; give the new one its own id."},
    {Code::exists_with_other_purpose, "exists_with_other_purpose", "This id belongs to a transfer with another purpose; give the new one its own id."},
    {Code::exists_with_other_memo, "exists_with_other_memo", "This id belongs to a transfer with another memo; give the new one its own id."},
    {Code::exists_with_other_booking_date, "exists_with_other_booking_date",
        "This id belongs to a transfer with another booking date; give the new one its own id."},
    {Code::exists_with_other_value_date, "exists_with_other_value_date", "This id belongs to a transfer with another value date; give the new one its own id."},
    {Code::kind_unexpected, "kind_unexpected", "Only the ledger itself lets holds expire; void the hold instead."},
    {Code::reference_missing, "reference_missing", "Name the hold to post or void, or the transfer to reverse."},
    {Code::reference_unexpected, "reference_unexpected", "Only a post, a void and a reversal refer to another transfer."},
    {Code::timeout_unexpected, "timeout_unexpected", "Only a pending transfer has a time limit."},
    {Code::balancing_unexpected, "balancing_unexpected", "Only a posted or pending transfer can balance an account."},
    {Code::hold_unknown, "hold_unknown", "There is no hold with this id."},
    {Code::hold_not_pending, "hold_not_pending", "The transfer referred to is no hold; only holds are posted or voided."},
    {Code::hold_already_posted, "hold_already_posted", "The hold was posted already."},
    {Code::hold_already_voided, "hold_already_voided", "The hold was voided already."},
    {Code::hold_expired, "hold_expired", "The hold's time was over; make a new transfer."},
    {Code::original_unknown, "original_unknown", "There is no transfer with this id to reverse."},
    {Code::original_not_posted, "original_not_posted", "Only a posted transfer can be reversed; void a hold, and book a reversal anew."},
    {Code::already_reversed, "already_reversed", "The transfer was reversed already."},
    {Code::debit_account_unknown, "debit_account_unknown", "The debit account does not exist."},
    {Code::credit_account_unknown, "credit_account_unknown", "The credit account does not exist."},
    {Code::debit_account_differs, "debit_account_differs", "The debit account is not the one that the transfer referred to asks for; leave it out."},
    {Code::credit_account_differs, "credit_account_differs", "The credit account is not the one that the transfer referred to asks for; leave it out."},
    {Code::accounts_same, "accounts_same", "Debit and credit account must be two accounts."},
    {Code::accounts_in_different_assets, "accounts_in_different_assets",
        "The two accounts hold different assets; exchange them by two linked transfers, one for each asset."},
    {Code::asset_differs, "asset_differs", "The asset is not the one that the accounts hold."},
    {Code::amount_zero, "amount_zero", "The amount must be above zero."},
    {Code::amount_exceeds_hold, "amount_exceeds_hold", "At most the amount of the hold can be posted."},
    {Code::amount_differs_from_hold, "amount_differs_from_hold", "A hold is voided as a whole; leave the amount out."},
    {Code::amount_exceeds_original, "amount_exceeds_original", "Reversals together cannot exceed the original; at most what is left of it can be reversed."},
    {Code::debit_account_closed, "debit_account_closed", "The debit account is closed."},
    {Code::credit_account_closed, "credit_account_closed", "The credit account is closed."},
    {Code::debit_account_frozen, "debit_account_frozen", "The debit account is frozen."},
    {Code::credit_account_frozen, "credit_account_frozen", "The credit account is frozen."},
    {Code::period_closed, "period_closed", "The booking date lies in a closed period; book it on an open day and keep the value date."},
    {Code::nothing_to_balance, "nothing_to_balance", "Nothing is available to be moved."},
    {Code::timeout_overflow, "timeout_overflow", "The time limit reaches beyond the end of time; shorten it."},
    {Code::debits_overflow, "debits_overflow", "The debit account's debits would reach 2 to the power of 128."},
    {Code::credits_overflow, "credits_overflow", "The credit account's credits would reach 2 to the power of 128."},
    {Code::debits_exceed_credits, "debits_exceed_credits", "The debit account does not have that much available."},
    {Code::credits_exceed_debits, "credits_exceed_debits", "The credit account cannot take that much."},
    {Code::balance_below_minimum, "balance_below_minimum", "The debit account's balance would fall below its lower limit."},
    {Code::balance_above_maximum, "balance_above_maximum", "The credit account's balance would rise above its upper limit."},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].code) != i) return false;
    return true;
}
static_assert(in_order(), "one row a code, in the order of precedence");

} // namespace

std::string_view to_text(Code code) { return rows[static_cast<std::size_t>(code)].name; }
std::string_view sentence_of(Code code) { return rows[static_cast<std::size_t>(code)].sentence; }

} // namespace greenbank::ledger
