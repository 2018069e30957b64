// holidays.h — days off that QuantLib does not know, out of data/reference/holidays.csv.
#pragma once

#include <string_view>
#include <vector>

#include "kernel/time.h"

namespace greenbank::finance {

/// All days off of a calendar of the file, substitutes included, in order.
std::vector<Date> holidays_of(std::string_view calendar);

} // namespace greenbank::finance
