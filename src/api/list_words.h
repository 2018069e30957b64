// list_words.h — `?text=` of a list: the rows whose name or number holds every word of a text, in whatever case.
#pragma once

#include "api/list.h"

namespace greenbank {

constexpr std::size_t list_text_characters_max = 200;

/// Whether rows of this record have a name or a number that people look for.
bool has_words(const Record& record);

/// Stands for all of them in a list's filters.
const Field& words_field();

/// The texts of a row that are looked through, in order: the first is what the row is called.
std::vector<const Field*> fields_with_words(const Record& record);

/// `text` within a pattern of LIKE … ESCAPE '~', where it stands for itself.
std::string like_text(std::string_view text);

/// SQL that is true where every word of `text` is found; `bind` keeps a value and returns its "$1".
std::string words_condition(const Record& record, std::string_view text, const std::function<std::string(Value)>& bind);

} // namespace greenbank
