// hledger.h — posted lines as a journal for hledger (plain-text accounting), an independent check of our balances.
#pragma once

#include <string>
#include <string_view>

#include "ledger/engine/transfer.h"

namespace greenbank::ledger {

/// One transaction of two postings: what is debited counts above zero, so an account's balance there is debits − credits.
/// Whole minor units; the asset is the commodity. Only posted, post and reversal lines move anything.
void append_transaction(std::string& out, const Entry& line, std::string_view id, std::string_view debit, std::string_view credit, std::string_view asset);

/// The account's name in such a journal: letters, digits, _ . - and what is beyond ASCII stay, other bytes become %41.
std::string journal_account(std::string_view name);

} // namespace greenbank::ledger
