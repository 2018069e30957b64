// book.h — the ledger kept: the engine in memory, the journal in the store, the same state in both.
// Every change is one round of one unit of work: it is judged by the engine and written in the caller's own transaction, together with
// whatever else that transaction writes, its audit line first of all. Who wins is decided by the store alone: before each round the
// engine compares itself with the journal's last round and goes back (a unit was undone, a commit failed or its outcome is unknown),
// on (another server wrote) or begins anew. See docs/decisions/008-one-ledger-many-servers.md.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "api/api.h"
#include "ledger/engine/ledger.h"
#include "ledger/journal_rows.h"
#include "ledger/records.h"

namespace greenbank::ledger {

/// A transfer and what a person wrote about it; `transfer.memo` is made from the note.
struct Asked {
    Transfer transfer;
    std::string note;
};

/// How a transfer came out: the line's content where there is one, and both balances as they are now.
struct Posted {
    Outcome outcome;
    Transfer transfer;
    Balances debit, credit;
};

class Book {
public:
    /// Holds nothing yet: the first turn loads. `store` must outlive the book.
    explicit Book(Store& store) : store_(store) {}
    ~Book();
    Book(const Book&) = delete;

    /// Writes the audit line of what happens without a request, in its transaction.
    using Audit = std::function<Result<Done>(Transaction&, const Caller&, std::string_view operation)>;
    /// Loads and verifies, and begins to remember ids and to expire holds in the background. `clock` tells the time.
    Result<Done> open(Time (*clock)(), Audit audit);

    /// One unit of work's turn with the engine, which is in step with the transaction. Nobody else has it meanwhile.
    class Turn {
    public:
        const Ledger& ledger() const { return *book_->ledger_; }
        /// By the text of its id; `unknown` where there is none.
        AccountNumber account(std::string_view id) const;
        AssetNumber asset(std::string_view id) const;
        const std::string& account_id(AccountNumber account) const { return book_->account_ids_[index_of(account)]; }
        const std::string& asset_id(AssetNumber asset) const { return book_->asset_ids_[index_of(asset)]; }
        int scale(AccountNumber account) const;

        /// One outcome each, in order. At most batch_size_max.
        Result<std::vector<Posted>> post(std::span<const Asked> batch);
        /// Holds that have ended expire.
        Result<Done> advance(Time now);
        /// These fill in number and revision, and store the record.
        Result<Done> add_asset(LedgerAsset& asset);
        Result<Done> open_account(LedgerAccount& account);
        /// Rule, state, limits, title and owner. A closed account stays closed.
        Result<Done> change_account(LedgerAccount& account);
        Result<Done> close_period(Period period);
        Result<Done> reopen_period(Period period);

    private:
        friend class Book;
        Turn(Book& book, Transaction& transaction, const Caller& caller, std::unique_lock<std::mutex> lock) :
            book_(&book), transaction_(&transaction), caller_(&caller), lock_(std::move(lock)) {}
        Result<Done> save(std::span<const Asked> notes, bool structure);
        Result<Done> save_periods();

        Book* book_;
        Transaction* transaction_;
        const Caller* caller_;
        std::unique_lock<std::mutex> lock_;
    };
    /// `caller` tells time and person, and must outlive the turn. One turn at a time: a second one waits for the end of the first.
    Result<Turn> turn(Transaction& transaction, const Caller& caller);

    struct Statistics {
        std::uint64_t loads = 0;           // from the checkpoint
        std::uint64_t returns = 0;         // rounds that the store did not keep
        std::uint64_t lines_of_others = 0; // that another server wrote
    };
    Statistics statistics();

private:
    /// The account's place in the journal.
    struct Chain {
        std::uint64_t last = 0, count = 0;
    };
    /// After a round: what the store calls this state, and how to come back to it.
    struct State {
        std::string round; // empty: the beginning
        std::int64_t sequence = 0, revision = 0;
        std::uint64_t number = 0;
        std::string digest;
        Ledger::Mark mark{};
        std::size_t chains_changed = 0, accounts = 0, assets = 0;
    };

    Result<Done> follow(Transaction& transaction);
    Result<Done> load(Transaction& transaction, const State& head);
    Result<Done> catch_up(Transaction& transaction, const State& head);
    Result<Done> catch_up_settings(const std::vector<LedgerAccount>& changed);
    void go_back(const State& state);
    void settle();
    void link(StoredLine& line);
    State& current() { return saved_.empty() ? base_ : saved_.back(); }
    void background();
    Result<Done> remember();

    Store& store_;
    std::mutex mutex_; // guards all that follows, up to the thread
    StoredJournal journal_;
    std::unique_ptr<Ledger> ledger_;
    std::vector<std::string> account_ids_, asset_ids_; // by number
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, AccountNumber, Hash, std::equal_to<>> account_numbers_;
    std::vector<Chain> chains_;                                  // by account
    State base_;                                                 // as of the last group that surely ended
    std::vector<State> saved_;                                   // rounds since
    std::vector<std::pair<AccountNumber, Chain>> chains_before_; // changes of chains_ since base_
    bool dirty_ = false;                                         // the engine has moved on since current()
    std::int64_t group_ = 0;
    std::uint64_t generation_ = 0; // counts loads
    Statistics statistics_;

    Time (*clock_)() = nullptr;
    Audit audit_;
    bool stopping_ = false;
    std::condition_variable wake_;
    std::thread thread_;
};

} // namespace greenbank::ledger
