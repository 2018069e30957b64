// The face of finance: bonds, loans and scores out of files; requests, offers, loans and shared losses on the ledger.
#pragma once

#include "api/api.h"
#include "ledger/book.h"

namespace greenbank::finance {

Slice slice(ledger::Book& book);

} // namespace greenbank::finance
