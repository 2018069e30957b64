// OpenAPI 3.1 of all endpoints, made from their rows and the records' descriptions.
#pragma once

#include "api/api.h"

namespace greenbank {

std::string openapi(const std::vector<Slice>& slices, std::string_view version);

} // namespace greenbank
