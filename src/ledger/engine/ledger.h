// ledger.h — the single writer: decides which transfers happen, keeps every balance, and says exactly what must be stored.
// Pure: time comes with the transfers, the past is asked of a Journal, nothing is written anywhere. One thread at a time.
//
// A round of the writer:
//   apply()  any number of times      the lines appear in uncommitted(), balances already count them
//   store    uncommitted() appended to the journal, balances of touched() updated, changed_accounts() saved: one transaction
//   commit() where that transaction is durable, rollback() where it is not: then all is as before
// A part of a round is taken back by mark() and rollback(mark).
#pragma once

#include <map>

#include "ledger/engine/holds.h"
#include "ledger/engine/id_filter.h"
#include "ledger/engine/journal.h"
#include "ledger/engine/recent.h"

namespace greenbank::ledger {

struct AccountState {
    Account account;
    Balances balances;
    bool operator==(const AccountState&) const = default;
};

/// All of the engine's state after line `number`, but for the filter of ids.
struct Checkpoint {
    std::uint64_t number = 0;
    Time clock;
    std::vector<Asset> assets;          // by number
    std::vector<AccountState> accounts; // by number
    std::vector<Hold> holds;            // open ones, by number
    std::vector<Period> closed_periods; // in order, apart
    bool operator==(const Checkpoint&) const = default;
};

class Ledger {
public:
    /// `ids_expected` sizes the filter. A ledger begins empty, and with a filter that is complete.
    explicit Ledger(Journal& journal, std::size_t ids_expected = 0) : journal_(journal), filter_(ids_expected) {}

    // ---- accounts and books; each is part of the round ----------------------------------------------------------------
    Result<AssetNumber> add_asset(Asset asset);
    Result<AccountNumber> open_account(const Account& account);
    /// Flags but `closed`. A must-not-exceed that the balance breaks already is refused.
    Result<Done> set_flags(AccountNumber account, std::uint16_t flags);
    Result<Done> set_limits(AccountNumber account, std::optional<SignedAmount> balance_min, std::optional<SignedAmount> balance_max);
    /// Only an account whose debits equal its credits and on which nothing is held.
    Result<Done> close_account(AccountNumber account);
    Result<Done> close_period(Period period);
    Result<Done> reopen_period(Period period);

    // ---- transfers ----------------------------------------------------------------------------------------------------
    /// One outcome a transfer, in order (`outcomes` has the same length). Fails as a whole, and then changes nothing, only
    /// where the batch is longer than batch_size_max or the journal fails.
    Result<Done> apply(std::span<const Transfer> batch, std::span<Outcome> outcomes);
    /// Time passes: holds that end at `now` or before expire.
    void advance(Time now);

    // ---- the round ----------------------------------------------------------------------------------------------------
    struct Mark {
        std::size_t entries, assets, accounts, account_changes, periods;
        Time clock;
    };
    /// Lines to append to the journal, in order.
    std::span<const Entry> uncommitted() const { return entries_; }
    /// Accounts whose balances may have changed, each once.
    std::span<const AccountNumber> touched() const { return touched_; }
    /// Accounts that were opened, or whose flags or limits changed; one may stand here twice.
    std::vector<AccountNumber> changed_accounts() const;
    Mark mark() const;
    void rollback(const Mark& mark);
    void rollback();
    void commit();

    // ---- reading ------------------------------------------------------------------------------------------------------
    std::size_t account_count() const { return accounts_.size(); }
    const Account& account(AccountNumber account) const { return accounts_[index_of(account)]; }
    const Balances& balances(AccountNumber account) const { return positions_[index_of(account)].balances; }
    std::optional<AccountNumber> find_account(const AccountId& id) const;
    std::span<const Asset> assets() const { return assets_; }
    /// By its text: "CEA/2025".
    std::optional<AssetNumber> find_asset(std::string_view text) const;
    std::span<const Period> closed_periods() const { return closed_periods_; }
    std::vector<Hold> holds() const { return holds_.list(); }
    Time clock() const { return clock_; }
    /// The last line's number, committed or not.
    std::uint64_t number() const { return number_; }
    /// Balances after everything that happened at `at` or before.
    Result<Balances> balances_at(AccountNumber account, Time at) const;

    // ---- starting up --------------------------------------------------------------------------------------------------
    Checkpoint checkpoint() const;
    /// Into an empty ledger; the state is verified first. The filter counts as incomplete where there are lines: until
    /// remembered_all(), every new id is asked of the journal, which is slower and as correct.
    Result<Done> load(const Checkpoint& checkpoint);
    /// The journal's next lines after the checkpoint, without judging them again: each must follow from the state before and
    /// lead to the balances it carries. Nothing may be uncommitted; the lines count as committed. Stops before the first
    /// line that contradicts, and names it.
    Result<Done> replay(std::span<const Entry> lines);
    /// Ids of earlier lines, in any order and in pieces, while transfers go on.
    void remember(std::span<const TransferId> ids);
    void remembered_all() { filter_complete_ = true; }
    bool filter_complete() const { return filter_complete_; }

    /// What must hold at any time: per asset, debits equal credits, posted and pending; every account's pending sums are
    /// those of its open holds; must-not-exceed is kept. The first contradiction is named.
    Result<Done> verify() const;
    /// 32 hexadecimal digits over the state, the same after any replay (the clock, which also moves when nothing happens, is
    /// left out). To compare replays; not a seal against forgery.
    std::string state_hash() const;
    /// Bytes of what grows with accounts, holds and ids.
    std::size_t memory_bytes() const;

private:
    /// What a transfer touches of an account, together in memory.
    struct Position {
        Balances balances;
        AssetNumber asset = AssetNumber::none;
        std::uint16_t flags = 0;
        bool limited = false;
        std::uint32_t round = 0; // the last round that touched it
    };
    /// The accounts and the amount of a transfer once it is known what they are.
    struct Move {
        AccountNumber debit, credit;
        Amount amount;
        Amount held = 0; // post, void and expiry: the whole hold
        Holds::Slot slot = 0;
    };
    struct AccountChange {
        AccountNumber account;
        Account before;
    };

    // execute.cpp: one transfer or one chain, in order of precedence
    Result<Done> look_up(std::span<const Transfer> batch);
    Outcome execute(const Transfer& asked);
    void execute_chain(std::span<const Transfer> chain, std::span<Outcome> outcomes);
    Outcome transfer(const Transfer& asked, std::uint64_t hash);
    Outcome resolve(const Transfer& asked, std::uint64_t hash);
    Outcome reverse(const Transfer& asked, std::uint64_t hash);
    std::optional<Recorded> recorded(const TransferId& id, std::uint64_t hash) const;
    Code shape_fault(const Transfer& asked) const;
    Code named_fault(const Transfer& asked, AccountNumber debit, AccountNumber credit) const;
    Code state_fault(const Transfer& asked, AccountNumber debit, AccountNumber credit) const;
    Code room_fault(AccountNumber debit, AccountNumber credit, Amount amount) const;
    Amount available(const Transfer& asked) const;
    bool is_closed(Date day) const;
    void prefetch(const Transfer& asked) const;
    bool known(AccountNumber account) const { return index_of(account) < positions_.size(); }

    // record.cpp: what happened, there and back
    std::uint64_t record(const Transfer& asked, const Move& move, std::uint64_t hash);
    void expire(Holds::Slot slot);
    void touch(AccountNumber account, Position& position);
    void take_back(const Entry& entry, Holds::Slot slot);
    static void change(Balances& debit, Balances& credit, Kind kind, Amount amount, Amount held, bool back);
    std::string_view contradiction(const Entry& line);
    void change_account(AccountNumber account, const Account& next);
    void place(AccountNumber number, const Account& account);

    Journal& journal_;
    Time clock_;
    std::uint64_t number_ = 0, committed_ = 0;

    std::vector<Asset> assets_;
    std::map<std::string, AssetNumber, std::less<>> asset_numbers_; // by text
    std::vector<Account> accounts_;
    std::vector<Position> positions_; // beside accounts_
    FlatMap<AccountId, AccountNumber> account_numbers_;
    Holds holds_;
    std::vector<Period> closed_periods_;
    IdFilter filter_;
    bool filter_complete_ = true;

    // the round
    std::vector<Entry> entries_;
    std::vector<Holds::Slot> slots_; // beside entries_: the hold that the line made or resolved
    RecentIds recent_;
    FlatMap<TransferId, Amount> reversed_; // by the round's lines
    std::vector<AccountNumber> touched_;
    std::uint32_t round_ = 1;
    std::vector<AccountChange> account_changes_;
    std::vector<std::vector<Period>> periods_before_;
    std::size_t assets_committed_ = 0, accounts_committed_ = 0;
    Time clock_committed_;

    // the batch
    std::vector<TransferId> wanted_;
    std::vector<Recorded> found_; // by id
};

} // namespace greenbank::ledger
