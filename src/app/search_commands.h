// search_commands.h — the library's commands over plain files, which need an index of a make.
#pragma once

#include "api/api.h"

namespace greenbank::app {

/// The library's slice with them, by the synonyms of its reference data.
Slice with_search_commands(Slice library);

} // namespace greenbank::app
