// library_checks.h — what must hold in the library's tables, for `greenbank verify`.
#pragma once

#include "api/check.h"

namespace greenbank::library {

std::vector<Check> library_checks();

} // namespace greenbank::library
