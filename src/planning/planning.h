// The face of planning: studies and plans of microgrids and islands, networks, sharing across borders; engines, commands, records.
#pragma once

#include "api/api.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}
namespace greenbank::ledger {
class Book;
}
namespace greenbank::energy {
class Archive;
}

namespace greenbank::planning {

/// `book` pays what is owed, `archive` has the readings that interlocks of orders ask for, `address` is how others call us, `log` takes up what is published on paper.
Slice slice(ledger::Book& book, energy::Archive& archive, const library::PublicAddress& address, const parties::TransparencyLog& log);

} // namespace greenbank::planning
