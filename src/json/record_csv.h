// record_csv.h — described records as rows of a CSV file and back. A text for people takes a column a language
// (title.zh, title.en, title.ru), money and quantity two (cost.amount, cost.currency; size.value, size.unit); lists and
// records stand as JSON in their cell. An empty cell is absent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"

namespace greenbank {

/// Names of the columns in order of the fields; secret fields have none.
std::vector<std::string> csv_columns(const Record& record);

std::string csv_header(const Record& record);
void append_csv_row(std::string& out, const Record& record, const void* value);
template <class T> std::string to_csv(const std::vector<T>& list) {
    std::string out = csv_header(record_of<T>());
    for (const T& value : list) append_csv_row(out, record_of<T>(), &value);
    return out;
}

/// Every faulty cell is named ("line 7: capital_cost.amount") and every unknown column; columns may come in any order, and
/// those of fields that need not be given may be missing.
Result<Done> read_csv_list(std::string_view text, const Record& record, void* (*append)(void*), void* list, JsonOptions options = {});
template <class T> Result<std::vector<T>> list_from_csv(std::string_view text, JsonOptions options = {}) {
    std::vector<T> list;
    auto read = read_csv_list(
        text, record_of<T>(), [](void* l) -> void* { return &static_cast<std::vector<T>*>(l)->emplace_back(); }, &list, options);
    if (!read) return read.error();
    return list;
}

} // namespace greenbank
