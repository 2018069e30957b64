// file_journal.h — the journal of a run over files: transfers are numbered by their names, so a list is index enough.
#pragma once

#include <vector>

#include "ledger/engine/journal.h"

namespace greenbank::ledger {

class FileJournal : public Journal {
public:
    /// The transfer of that name; the engine knows it by this id.
    static TransferId id_of(std::uint32_t name) { return {0, name + std::uint64_t{1}}; }
    static std::uint32_t name_of(const TransferId& id) { return static_cast<std::uint32_t>(id.low - 1); }

    void append(std::span<const Entry> lines);
    Result<Done> find(std::span<const TransferId> ids, std::uint64_t through, std::vector<Recorded>& found) override;
    /// Files ask only for balances at the end.
    Result<std::optional<Balances>> balances_at(AccountNumber, Time) override { return std::optional<Balances>(); }

private:
    /// What a later transfer can be compared with or refer to; the rest of a line is not kept.
    struct Kept {
        Amount requested = 0, amount = 0, reversed = 0;
        std::uint64_t number = 0; // 0: not accepted
        std::uint64_t refers_to = 0;
        AccountNumber debit = AccountNumber::none, credit = AccountNumber::none;
        AssetNumber asset = AssetNumber::none;
        std::uint32_t timeout_seconds = 0;
        Kind kind = Kind::posted, resolved = Kind::posted; // resolved by; posted: by nothing
    };
    Kept& at(const TransferId& id);

    std::vector<Kept> kept_;
};

} // namespace greenbank::ledger
