// An index that remembers documents and scans them all: for tests, and to check the real one against.
#pragma once

#include <memory>

#include "search/search.h"

namespace greenbank::search {

Result<std::unique_ptr<Index>> make_naive_index(const Setup& setup);

} // namespace greenbank::search
