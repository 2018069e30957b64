// The face of ledger: one ledger for money and carbon.
#pragma once

#include "ledger/book.h"

namespace greenbank::ledger {

/// Migrations and records alone.
Slice stored_slice();
/// `address`: how the bank is called from outside, for codes on paper; it may become known later. Both must outlive the rows.
Slice slice(Book& book, const std::string& address);

} // namespace greenbank::ledger
