// file_rows.h — rows of the two input files to what the engine takes; whatever is wrong with a row is a problem of its line.
#pragma once

#include "ledger/engine/ledger.h"
#include "ledger/names.h"
#include "sheets/named_rows.h"

namespace greenbank::ledger {

/// Opens every account of the file, with its assets; names them.
Result<Done> read_accounts(const std::filesystem::path& path, Ledger& ledger, Names& accounts);

extern const std::array<std::string_view, 10> transfer_columns;
constexpr std::size_t transfer_columns_needed = 4;
/// The current row as a request; nothing where it cannot be understood. `name` is the transfer's, if it has an id.
struct NamedTransfer {
    Transfer transfer;
    std::optional<std::uint32_t> name;
};
std::optional<NamedTransfer> read_transfer(sheets::NamedRows& rows, const Ledger& ledger, const Names& accounts, Names& transfers);

} // namespace greenbank::ledger
