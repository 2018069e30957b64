// index_report.h — an index and all that its recipe asks of it, as texts of files.
#pragma once

#include <map>
#include <string>

#include "cities/engine/compute.h"

namespace greenbank::cities {

using Files = std::map<std::string, std::string>; // name to content

Result<Files> report(const Framework& framework, const Dataset& data, const Recipe& recipe, unsigned threads);

} // namespace greenbank::cities
