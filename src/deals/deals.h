// The face of deals: from a first interest to a contract that was performed.
#pragma once

#include "api/api.h"
#include "ledger/book.h"

namespace greenbank::deals {

/// `book` moves the money of contracts; it must outlive the rows.
Slice slice(ledger::Book& book);

} // namespace greenbank::deals
