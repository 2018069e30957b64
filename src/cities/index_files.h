// index_files.h — an index out of two tables and a recipe, without a server: `greenbank index compute`.
#pragma once

#include "api/command.h"
#include "cities/engine/recipe.h"
#include "cities/index_report.h"

namespace greenbank::cities {

struct IndexOptions {
    std::string data, meta, recipe, out;
    std::int64_t threads = 0;
};
Record describe(const IndexOptions*);

Result<Recipe> read_recipe(const std::string& path);

/// All that would be written, by name.
Result<Files> compute_texts(const IndexOptions& options);

Command compute_command();

} // namespace greenbank::cities
