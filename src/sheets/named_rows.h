// named_rows.h — a long CSV file (or a sheet) for a program: columns by name in any order, a row at a time, whatever is wrong by its line.
#pragma once

#include <charconv>
#include <memory>
#include <optional>
#include <span>

#include "sheets/sheets.h"

namespace greenbank::sheets {

/// A table of named columns; cells come trimmed.
class NamedRows {
public:
    /// `columns` in the order in which cells() has them; the first `needed` must be there, others may be missing, strangers not.
    static Result<NamedRows> open(const std::filesystem::path& path, std::span<const std::string_view> columns, std::size_t needed);

    /// False after the last row. What is wrong with the rows so far is in problems().
    Result<bool> next();
    std::string_view operator[](std::size_t column) const { return cells_[column]; }
    /// The current row has a fault in that column.
    void fault(std::size_t column, std::string code, std::string sentence, std::vector<Parameter> parameters = {});
    const Problems& problems() const { return problems_; }
    Problems& problems() { return problems_; }
    /// So many that reading on helps nobody.
    bool too_many() const;

private:
    std::unique_ptr<TableReader> table_;
    std::span<const std::string_view> columns_;
    std::vector<std::size_t> places_; // of each column in the file, or none
    std::vector<std::string_view> cells_;
    std::string where_;
    Problems problems_;
};

/// The whole text as a number of that type.
template <class Number> std::optional<Number> parse_number(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

/// One error out of the problems of a file, which it names; other errors as they are.
template <class T> Result<T> in_file(Result<T> result, std::string code, std::string sentence, const std::string& path) {
    if (result) return result;
    if (const Error& error = result.error(); error.problems.empty()) { // it cannot be read at all
        if (error.kind != Failure::malformed && error.kind != Failure::invalid) return result;
        return Error{Failure::invalid, std::move(code), std::move(sentence), {{"path", path}},
            {{path.substr(path.rfind('/') + 1), error.code, error.message, error.parameters}}};
    }
    return Error{Failure::invalid, std::move(code), std::move(sentence), {{"path", path}}, std::move(result.error().problems)};
}

} // namespace greenbank::sheets
