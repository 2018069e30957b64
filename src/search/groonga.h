// The index on disk, kept by Groonga: n-grams of Chinese and words of other languages with their positions.
#pragma once

#include <memory>
#include <string>

#include "search/search.h"

namespace greenbank::search {

/// Opens the index in `directory`, or makes an empty one there: also where the one found was built for other facets or
/// by another version, or where the machine or the program stopped while it was written. Then `remembered` forgets.
/// One program at a time.
Result<std::unique_ptr<Index>> open_groonga_index(const std::string& directory, const Setup& setup);

} // namespace greenbank::search
