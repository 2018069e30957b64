// The face of finance: bonds, loans and scores out of files; requests, offers, loans and shared losses on the ledger.
#pragma once

#include "api/api.h"
#include "ledger/book.h"

namespace greenbank::energy {
class Archive;
}
namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::finance {

/// `book` moves money, `archive` tells what plants gave, `address` is how others call us, `log` takes up what is read and printed.
Slice slice(ledger::Book& book, energy::Archive& archive, const library::PublicAddress& address, const parties::TransparencyLog& log);

} // namespace greenbank::finance
