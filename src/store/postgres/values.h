// Values as PostgreSQL's text format has them, there and back.
#pragma once

#include <libpq-fe.h>

#include "store/connection.h"

namespace greenbank {

/// The text of a parameter, null for null; `held` keeps it alive.
const char* parameter_text(const Value& value, std::string& held);
/// One line of COPY … FROM STDIN in text format.
void append_copy_line(std::string& out, const std::vector<Value>& row);
/// One more item of an array in text format, `array` being what there is of it.
void append_array_item(std::string& array, const Value& value);
Answer answer_of(const PGresult* result);

} // namespace greenbank
