// sample.h — the ledger's chapter of the sample bank: assets, accounts and transfers come by way of the book, not beside it.
#pragma once

#include "api/sample_set.h"
#include "ledger/book.h"

namespace greenbank::ledger {

/// Loads what is not there yet. Removing empties the ledger where all its accounts are samples; otherwise its lines stay, as all lines
/// of a journal do, and so do their accounts.
SampleStep sample_step(Book& book);

} // namespace greenbank::ledger
