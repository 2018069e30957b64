// find.h — one question to the lists of every room: which rows are called so?
#pragma once

#include "api/api.h"

namespace greenbank {

/// `GET /find`: a few rows of each list that the caller may read and whose rows have a name. Records of `elsewhere` are left to
/// a search of their own.
Slice find_slice(const std::vector<Slice>& slices, std::vector<std::string_view> elsewhere);

} // namespace greenbank
