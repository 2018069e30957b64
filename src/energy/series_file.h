// series_file.h — one series of measurements as a table timestamp,value.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace greenbank::energy {

struct SeriesRow {
    std::string timestamp; // as it was written
    std::int64_t seconds = 0;
    double value = 0; // no number where the cell is empty or says so
};

/// Moments as 2014-04-01 00:00:00 (taken as UTC), 2026-11-20T08:00:00Z, or whole seconds since 1970. Faults are named by line.
Result<std::vector<SeriesRow>> read_series(const std::filesystem::path& path);
std::optional<std::int64_t> seconds_of(std::string_view timestamp);

} // namespace greenbank::energy
