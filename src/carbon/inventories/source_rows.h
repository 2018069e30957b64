// source_rows.h — a table of an inventory's sources as rows of a described record: all of them, or every faulty cell by its name.
#pragma once

#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::carbon {

/// xlsx or CSV; a heading is a field's path or one of its words. `append` makes room for the next row of `rows`, a std::vector.
Result<Done> read_source_rows(const std::string& table, const Record& record, std::size_t rows_max, void* (*append)(void* rows), void* rows);

template <class T> Result<std::vector<T>> source_rows(const std::string& table, std::size_t rows_max) {
    std::vector<T> rows;
    auto read = read_source_rows(
        table, record_of<T>(), rows_max, [](void* list) -> void* { return &static_cast<std::vector<T>*>(list)->emplace_back(); }, &rows);
    if (!read) return read.error();
    return rows;
}

} // namespace greenbank::carbon
