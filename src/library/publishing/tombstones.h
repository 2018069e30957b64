// tombstones.h — entries that harvesters have seen leave a mark for ever, whatever way they go.
#pragma once

#include "store/transaction.h"

namespace greenbank::library {

/// To be called before the entry is erased, unless it was never out of its draft. Entries with their home elsewhere leave none here:
/// nobody harvests them from us.
Result<Done> leave_tombstone(Transaction& transaction, const Record& record, const std::string& id, Time now);

} // namespace greenbank::library
