// from_text.h — one value out of plain text, as it stands in a path, a query or a flag.
#pragma once

#include "kernel/record.h"

namespace greenbank {

/// False where the text is no value of this type; lists and what only JSON can say are never.
bool set_from_text(const Type& type, void* value, std::string_view text);
/// Why it was false, for a person.
Problem not_readable(std::string_view name, const Type& type);

} // namespace greenbank
