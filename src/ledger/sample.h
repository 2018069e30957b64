// sample.h — the ledger's chapter of the sample bank: assets, accounts and transfers come by way of the book, not beside it.
#pragma once

#include "api/sample_set.h"
#include "ledger/book.h"

namespace greenbank::ledger {

/// Loads what is not there yet. Removing empties a ledger in which nobody has written: none of it was ever told to the transparency log.
/// In any other ledger lines never go, as rounds with leaves refer to them: what the sample transfers moved is reversed, sample holds
/// are voided, and sample accounts that come to nothing are closed. What people have moved on stays, as more than a sample.
SampleStep sample_step(Book& book);

} // namespace greenbank::ledger
