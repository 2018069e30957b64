// plan_files.h — planning over plain files: a site and its series in, a plan or a schedule out.
#pragma once

#include "api/command.h"
#include "planning/engine/site.h"
#include "sheets/sheets.h"

namespace greenbank::planning {

Command island_command();   // greenbank plan island
Command dispatch_command(); // greenbank plan dispatch
Command network_command();  // greenbank plan network
Command sharing_command();  // greenbank plan cross-border

/// A table of numbers whose first line names the columns; those of `wanted` must be there and have a number in every row.
Result<Series> read_series_table(const std::string& path, const std::vector<std::string>& wanted);
/// The same of a table that is open; `path` is for the heading of faults, empty where it has none.
Result<Series> read_series(sheets::TableReader& table, const std::vector<std::string>& wanted, const std::string& path, std::size_t steps);
sheets::ReadOptions series_options(std::size_t steps);
Result<Site> read_site(const std::string& path);

constexpr std::size_t steps_max = 400'000; // some forty years of hours

} // namespace greenbank::planning
