// file_rows.h — rows of the two input files to what the engine takes; whatever is wrong with a row is a problem of its line.
#pragma once

#include "ledger/engine/ledger.h"
#include "ledger/names.h"
#include "sheets/sheets.h"

namespace greenbank::ledger {

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
    std::unique_ptr<sheets::TableReader> table_;
    std::span<const std::string_view> columns_;
    std::vector<std::size_t> places_; // of each column in the file, or none
    std::vector<std::string_view> cells_;
    std::string where_;
    Problems problems_;
};

/// Opens every account of the file, with its assets; names them.
Result<Done> read_accounts(const std::filesystem::path& path, Ledger& ledger, Names& accounts);

extern const std::array<std::string_view, 10> transfer_columns;
constexpr std::size_t transfer_columns_needed = 4;
/// The current row as a request; nothing where it cannot be understood. `name` is the transfer's, if it has an id.
struct NamedTransfer {
    Transfer transfer;
    std::optional<std::uint32_t> name;
};
std::optional<NamedTransfer> read_transfer(NamedRows& rows, const Ledger& ledger, const Names& accounts, Names& transfers);

} // namespace greenbank::ledger
