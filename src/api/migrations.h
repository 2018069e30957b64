// A slice's migrations out of the SQL files that embed() put into the program:
// src/<slice>/migrations/2026_11_20_01_job/up.sql
#pragma once

#include "kernel/embedded.h"
#include "store/store.h"

namespace greenbank {

std::vector<Migration> migrations_of(std::string_view slice, const EmbeddedFile* files, std::size_t count);

namespace embedded {
extern const EmbeddedFile api_migrations[];
extern const std::size_t api_migrations_count;
} // namespace embedded

} // namespace greenbank
