// The embedded engine: one file, one server. Write-ahead log, every commit synced to the disk.
#pragma once

#include "store/store.h"
#include "store/writer.h"

namespace greenbank {

/// Opens or makes the database at `path`; ":memory:" is a new one that goes with the store.
Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, WriterSettings settings = {});

} // namespace greenbank
