// book_follow.cpp — keeping the engine in step with the store: back, on, or anew; and what happens in the background.
#include <chrono>

#include <fmt/format.h>

#include "api/nobody.h"
#include "kernel/log.h"
#include "ledger/account_settings.h"
#include "ledger/book.h"
#include "ledger/decimals.h"
#include "store/bulk.h"

namespace greenbank::ledger {

namespace {

constexpr std::size_t lines_at_once = 10'000;

std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }

Error contradicts(std::string what) {
    return {Failure::internal, "ledger.state_contradicts", "The ledger's state contradicts itself: {what}. Stop, and restore a backup that verifies.",
        {{"what", std::move(what)}}};
}

} // namespace

/// The engine as the transaction has the journal. All questions of who is right are answered by the journal's last round.
Result<Done> Book::follow(Transaction& transaction) {
    const auto last = TRY(transaction.find_one<JournalRound>("ORDER BY sequence DESC LIMIT 1", {}));
    State head;
    if (last) {
        head.round = last->id.text;
        head.sequence = last->sequence;
        head.revision = last->revision;
        head.number = static_cast<std::uint64_t>(last->last);
        head.digest = last->digest;
    }
    if (!ledger_) TRY(load(transaction, head));
    if (dirty_) go_back(current());
    if (head.round != current().round) {
        const auto known = std::find_if(saved_.begin(), saved_.end(), [&](const State& state) { return state.round == head.round; });
        if (known != saved_.end() || head.round == base_.round) {
            ++statistics_.returns;
            saved_.erase(known == saved_.end() ? saved_.begin() : known + 1, saved_.end());
            go_back(current());
        } else {
            saved_.clear();
            go_back(base_);
            const bool ours = base_.round.empty() || !TRY(transaction.query("SELECT id FROM journal_round WHERE id = $1", {base_.round})).empty();
            auto caught_up = ours ? catch_up(transaction, head) : Result<Done>(contradicts("another journal"));
            if (!caught_up) TRY(load(transaction, head));
        }
    }
    if (bulk(transaction).group() != group_ || group_ == 0) settle();
    group_ = bulk(transaction).group();
    return Done{};
}

/// The store has the rounds up to current() for good.
void Book::settle() {
    if (!saved_.empty()) base_ = std::move(saved_.back());
    saved_.clear();
    chains_before_.clear();
    base_.chains_changed = 0;
    ledger_->commit();
}

void Book::go_back(const State& state) {
    if (&state == &base_) ledger_->rollback();
    else ledger_->rollback(state.mark);
    while (chains_before_.size() > state.chains_changed) {
        chains_[index_of(chains_before_.back().first)] = chains_before_.back().second;
        chains_before_.pop_back();
    }
    while (account_ids_.size() > state.accounts) {
        account_numbers_.erase(account_ids_.back());
        account_ids_.pop_back();
        chains_.pop_back();
    }
    asset_ids_.resize(state.assets);
    dirty_ = false;
}

/// From the stored balances, which are the checkpoint of every round; verified.
Result<Done> Book::load(Transaction& transaction, const State& head) {
    const auto started = std::chrono::steady_clock::now();
    ledger_.reset(); // whatever goes wrong below, the next turn begins here again
    account_ids_.clear();
    asset_ids_.clear();
    account_numbers_.clear();
    chains_.clear();
    chains_before_.clear();
    saved_.clear();
    base_ = {};
    dirty_ = false;

    Checkpoint checkpoint{.number = head.number, .clock = {}, .assets = {}, .accounts = {}, .holds = {}, .closed_periods = {}};
    for (LedgerAsset& asset : TRY(transaction.find<LedgerAsset>("ORDER BY number"))) {
        if (asset.number != static_cast<std::int64_t>(asset_ids_.size())) return contradicts("the assets' numbers have a gap");
        checkpoint.assets.push_back({std::move(asset.code), std::move(asset.key), static_cast<int>(asset.scale)});
        asset_ids_.push_back(asset.id.text);
    }
    const Rows balances = TRY(transaction.query("SELECT account, balances, last_line, line_count FROM account_balance ORDER BY account"));
    for (LedgerAccount& account : TRY(transaction.find<LedgerAccount>("ORDER BY number"))) {
        const std::size_t number = account_ids_.size();
        if (account.number != static_cast<std::int64_t>(number) || number >= balances.size() || as_integer(balances.rows[number][0]) != account.number)
            return contradicts("the accounts' numbers have a gap");
        const auto has = parse_balances(as_text(balances.rows[number][1]));
        if (!has) return contradicts("the balances of account " + account.id.text);
        const auto asset = std::find(asset_ids_.begin(), asset_ids_.end(), account.asset.text);
        if (asset == asset_ids_.end()) return contradicts("the asset of account " + account.id.text);
        Account opened{.id = {1, number + 1}, .asset = static_cast<AssetNumber>(asset - asset_ids_.begin()), .flags = flags_of(account)};
        const int scale = checkpoint.assets[index_of(opened.asset)].scale;
        if (account.state == AccountStanding::closed) opened.flags |= flag::closed;
        opened.balance_min = TRY(limit_of(account.balance_min, scale, "balance_min"));
        opened.balance_max = TRY(limit_of(account.balance_max, scale, "balance_max"));
        checkpoint.accounts.push_back({opened, *has});
        chains_.push_back({static_cast<std::uint64_t>(as_integer(balances.rows[number][2])), static_cast<std::uint64_t>(as_integer(balances.rows[number][3]))});
        account_numbers_[account.id.text] = static_cast<AccountNumber>(number);
        account_ids_.push_back(std::move(account.id.text));
    }
    for (const auto& row : TRY(transaction.query("SELECT id, amount, number, debit, credit, expires_at FROM hold ORDER BY number")).rows) {
        const auto id = parse_transfer_id(as_text(row[0]));
        const auto amount = parse_amount(as_text(row[1]));
        if (!id || !amount) return contradicts("the hold of line " + std::to_string(as_integer(row[2])));
        checkpoint.holds.push_back({*id, *amount, static_cast<std::uint64_t>(as_integer(row[2])), static_cast<AccountNumber>(as_integer(row[3])),
            static_cast<AccountNumber>(as_integer(row[4])), is_null(row[5]) ? never : Time{as_integer(row[5])}, Kind::pending});
    }
    for (const ClosedPeriod& period : TRY(transaction.find<ClosedPeriod>("ORDER BY first_day")))
        checkpoint.closed_periods.push_back({period.first_day, period.last_day});
    if (head.number > 0) {
        const Rows line = TRY(transaction.query("SELECT at FROM journal_line WHERE number = $1", {stored(head.number)}));
        if (line.empty()) return contradicts("the journal ends before line " + std::to_string(head.number));
        checkpoint.clock = {as_integer(line.single())};
    }
    auto ledger = std::make_unique<Ledger>(journal_, head.number);
    TRY(ledger->load(checkpoint));
    ledger_ = std::move(ledger);
    base_ = head;
    base_.accounts = account_ids_.size();
    base_.assets = asset_ids_.size();
    ++generation_;
    ++statistics_.loads;
    wake_.notify_all(); // ids are to be remembered
    if (head.number > 0)
        log(Level::info, "ledger_loaded",
            fmt::format("{} accounts, line {}, {} ms", account_ids_.size(), head.number,
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count()));
    return Done{};
}

/// What another server wrote since base_: new accounts, then lines, then what else changed of accounts and periods.
Result<Done> Book::catch_up(Transaction& transaction, const State& head) {
    std::vector<LedgerAccount> changed;
    if (head.revision != base_.revision) {
        for (const LedgerAsset& asset : TRY(transaction.find<LedgerAsset>("number >= $1 ORDER BY number", {stored(asset_ids_.size())}))) {
            TRY(ledger_->add_asset({asset.code, asset.key, static_cast<int>(asset.scale)}));
            asset_ids_.push_back(asset.id.text);
        }
        changed = TRY(transaction.find<LedgerAccount>("revision > $1 ORDER BY number", {base_.revision}));
        for (const LedgerAccount& account : changed) {
            if (account.number < static_cast<std::int64_t>(account_ids_.size())) continue;
            const auto asset = std::find(asset_ids_.begin(), asset_ids_.end(), account.asset.text);
            if (asset == asset_ids_.end()) return contradicts("the asset of account " + account.id.text);
            // Without its rules: the lines below were judged where they were written.
            Account opened{.id = {1, account_ids_.size() + 1}, .asset = static_cast<AssetNumber>(asset - asset_ids_.begin())};
            account_numbers_[account.id.text] = TRY(ledger_->open_account(opened));
            account_ids_.push_back(account.id.text);
            chains_.emplace_back();
        }
    }
    ledger_->commit();
    std::vector<Entry> entries;
    for (std::uint64_t next = base_.number + 1; next <= head.number; next += entries.size()) {
        std::vector<StoredLine> lines = TRY(read_lines(transaction, next, lines_at_once));
        if (lines.empty()) return contradicts("the journal ends before line " + std::to_string(head.number));
        entries.clear();
        for (StoredLine& line : lines) {
            entries.push_back(line.entry);
            const StoredLine as_stored = line;
            if (std::max(index_of(line.entry.transfer.debit), index_of(line.entry.transfer.credit)) >= chains_.size())
                return contradicts("line " + std::to_string(line.entry.number) + " names an account that is not there");
            link(line);
            if (line != as_stored) return contradicts("the chain at line " + std::to_string(line.entry.number));
        }
        TRY(ledger_->replay(entries));
        statistics_.lines_of_others += entries.size();
    }
    if (head.revision != base_.revision) {
        TRY(catch_up_settings(changed));
        const std::vector<Period> before(ledger_->closed_periods().begin(), ledger_->closed_periods().end());
        for (const Period& period : before) TRY(ledger_->reopen_period(period));
        for (const ClosedPeriod& period : TRY(transaction.find<ClosedPeriod>("ORDER BY first_day")))
            TRY(ledger_->close_period({period.first_day, period.last_day}));
    }
    ledger_->commit();
    if (ledger_->number() != head.number) return contradicts("the last line is not that of the last round");
    chains_before_.clear();
    base_ = head;
    base_.accounts = account_ids_.size();
    base_.assets = asset_ids_.size();
    return Done{};
}

Result<Done> Book::catch_up_settings(const std::vector<LedgerAccount>& changed) {
    for (const LedgerAccount& account : changed) {
        const auto number = static_cast<AccountNumber>(account.number);
        const int scale = ledger_->assets()[index_of(ledger_->account(number).asset)].scale;
        TRY(ledger_->set_limits(number, TRY(limit_of(account.balance_min, scale, "balance_min")), TRY(limit_of(account.balance_max, scale, "balance_max"))));
        TRY(ledger_->set_flags(number, flags_of(account)));
        if (account.state == AccountStanding::closed) TRY(ledger_->close_account(number));
    }
    return Done{};
}

// ---- in the background ------------------------------------------------------------------------------------------------

Result<Done> Book::open(Time (*clock)(), Audit audit) {
    clock_ = clock;
    audit_ = std::move(audit);
    TRY(store_.read([this](Transaction& transaction) -> Result<Done> {
        const std::lock_guard lock(mutex_);
        journal_.look_into(&transaction);
        return follow(transaction);
    }));
    thread_ = std::thread([this] { background(); });
    return Done{};
}

Book::~Book() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Book::background() {
    std::uint64_t remembered = 0;
    for (;;) {
        std::uint64_t generation = 0;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_ || generation_ != remembered; });
            if (stopping_) return;
            generation = generation_;
        }
        if (generation != remembered) {
            auto done = remember();
            if (done) remembered = generation;
            else log(Level::warning, "ledger_ids_unread", done.error().code);
        }
        // Whoever sees it first lets it expire; a second one finds nothing to do.
        const Time now = clock_();
        bool due = false;
        auto looked = store_.read([&](Transaction& transaction) -> Result<Done> {
            due = !TRY(transaction.query("SELECT number FROM hold WHERE expires_at <= $1 LIMIT 1", {now.microseconds})).empty();
            return Done{};
        });
        if (!looked || !due) continue;
        auto expired = store_.write([&](Transaction& transaction) -> Result<Done> {
            const Caller caller = nobody(now, static_cast<std::uint64_t>(now.microseconds));
            {
                Turn turn = TRY(this->turn(transaction, caller));
                TRY(turn.advance(now));
            }
            if (transaction.changes().empty()) return Done{};
            return audit_(transaction, caller, "hold_expire");
        });
        if (!expired) log(Level::warning, "ledger_holds_not_expired", expired.error().code);
    }
}

/// Ids of all lines up to the checkpoint, a piece at a time; until then each new id is asked of the journal.
Result<Done> Book::remember() {
    std::uint64_t generation = 0, last = 0;
    {
        const std::lock_guard lock(mutex_);
        if (!ledger_) return Done{};
        generation = generation_;
        last = base_.number;
    }
    constexpr std::int64_t at_once = 50'000;
    std::vector<TransferId> ids;
    for (std::int64_t next = 1; next <= stored(last); next += at_once) {
        ids.clear();
        TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
            const Rows rows =
                TRY(transaction.query("SELECT id FROM journal_line WHERE number >= $1 AND number < $2 AND id IS NOT NULL", {next, next + at_once}));
            for (const auto& row : rows.rows)
                if (const auto id = parse_transfer_id(as_text(row[0]))) ids.push_back(*id);
            return Done{};
        }));
        const std::lock_guard lock(mutex_);
        if (stopping_ || generation != generation_ || !ledger_) return Done{};
        ledger_->remember(ids);
    }
    const std::lock_guard lock(mutex_);
    if (generation == generation_ && ledger_) ledger_->remembered_all();
    return Done{};
}

} // namespace greenbank::ledger
