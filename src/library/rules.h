// rules.h — rules that descriptions of several records share: codes of vocabularies, countries, units of indicators.
#pragma once

#include <string>
#include <vector>

#include "kernel/result.h"
#include "library/reference.h"

namespace greenbank::library {

/// One problem for each code that the vocabulary does not know, at path[i].
void check_codes(const Vocabulary& vocabulary, const std::vector<std::string>& codes, const std::string& path, Problems& problems);
/// A single country; WORLD is none.
void check_country(const std::string& country, const std::string& path, Problems& problems);
/// The indicator is known and the unit measures it; problems at `path` + "indicator" or "unit".
void check_figure_unit(const std::string& indicator, const std::string& unit, const std::string& path, Problems& problems);
/// A link begins with http:// or https://.
void check_link(const std::string& link, const std::string& path, Problems& problems);

} // namespace greenbank::library
