// json_points.h — points out of JSON and CSV as devices and people send them.
#pragma once

#include "energy/engine/telemetry/lines.h"
#include "kernel/result.h"

namespace greenbank::energy {

/// {"power":1.5} now; {"ts":1700000000000,"values":{"power":1.5}}; lists of these; {"power":[{"ts":…,"value":1.5,"quality":"bad"}]}.
/// Moments are milliseconds, or texts as 2026-11-29T08:00:00Z. Truths are 1 and 0; a text is no number.
Result<ReadPoints> read_json_points(std::string_view text, std::int64_t now_milliseconds);

/// time,channel,value[,quality] a row; or time and a column for each channel, empty cells saying nothing.
Result<ReadPoints> read_csv_points(std::string_view text, std::int64_t now_milliseconds);

} // namespace greenbank::energy
