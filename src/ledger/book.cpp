// book.cpp — turns: one unit of work's changes to the ledger, judged, written and sealed.
#include "ledger/book.h"

#include "ledger/account_settings.h"
#include "ledger/decimals.h"
#include "parties/secrets.h"
#include "store/bulk.h"

namespace greenbank::ledger {

namespace {

/// So many lines of units that are not known to be committed; a group of the store's writer has no bound of its own on them.
constexpr std::size_t unsettled_max = 1'000'000;

/// So many lines are written together, out of rows that are used again.
constexpr std::size_t lines_at_once = 1024;

std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::int64_t stored(AccountNumber account) { return static_cast<std::int64_t>(index_of(account)); }

using RowList = std::vector<std::vector<Value>>;

} // namespace

Result<Book::Turn> Book::turn(Transaction& transaction, const Caller& caller) {
    std::unique_lock lock(mutex_);
    journal_.look_into(&transaction);
    auto followed = follow(transaction);
    if (!followed) return followed.error();
    return Turn(*this, transaction, caller, std::move(lock));
}

Book::Statistics Book::statistics() {
    const std::lock_guard lock(mutex_);
    return statistics_;
}

AccountNumber Book::Turn::account(std::string_view id) const {
    const auto found = book_->account_numbers_.find(id);
    return found == book_->account_numbers_.end() ? AccountNumber::unknown : found->second;
}

AssetNumber Book::Turn::asset(std::string_view id) const {
    const auto found = std::find(book_->asset_ids_.begin(), book_->asset_ids_.end(), id);
    return found == book_->asset_ids_.end() ? AssetNumber::unknown : static_cast<AssetNumber>(found - book_->asset_ids_.begin());
}

int Book::Turn::scale(AccountNumber account) const { return ledger().assets()[index_of(ledger().account(account).asset)].scale; }

Result<std::vector<Posted>> Book::Turn::post(std::span<const Asked> batch) {
    Ledger& ledger = *book_->ledger_;
    if (ledger.uncommitted().size() > unsettled_max)
        return Error{Failure::unavailable, "ledger.busy", "Too many transfers wait to be stored; try again in a moment."};
    std::vector<Transfer> transfers;
    transfers.reserve(batch.size());
    for (const Asked& asked : batch) {
        transfers.push_back(asked.transfer);
        transfers.back().memo = memo_of(asked.note);
    }
    std::vector<Outcome> outcomes(batch.size());
    book_->dirty_ = true;
    TRY(ledger.apply(transfers, outcomes));
    const std::uint64_t before = book_->current().number;
    const std::size_t first = ledger.uncommitted().size() - static_cast<std::size_t>(ledger.number() - before);
    // Lines that expired on the way have no request; the others stand in the order of theirs.
    std::vector<Posted> posted(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        posted[i].outcome = outcomes[i];
        posted[i].transfer = transfers[i];
        if (outcomes[i].code != Code::ok) continue;
        const Entry& entry = ledger.uncommitted()[first + static_cast<std::size_t>(outcomes[i].number - before - 1)];
        posted[i].transfer = entry.transfer;
        posted[i].debit = entry.debit_after;
        posted[i].credit = entry.credit_after;
    }
    for (Posted& one : posted) {
        if (one.outcome.code == Code::ok) continue;
        if (index_of(one.transfer.debit) < ledger.account_count()) one.debit = ledger.balances(one.transfer.debit);
        if (index_of(one.transfer.credit) < ledger.account_count()) one.credit = ledger.balances(one.transfer.credit);
    }
    std::vector<Asked> notes; // by line, only where somebody wrote one
    for (std::size_t i = 0; i < batch.size(); ++i)
        if (outcomes[i].code == Code::ok && !batch[i].note.empty()) notes.push_back({posted[i].transfer, batch[i].note});
    TRY(save(notes, false));
    return posted;
}

Result<Done> Book::Turn::advance(Time now) {
    book_->dirty_ = true;
    book_->ledger_->advance(now);
    return save({}, false);
}

Result<Done> Book::Turn::add_asset(LedgerAsset& asset) {
    book_->dirty_ = true;
    asset.number = static_cast<std::int64_t>(index_of(TRY(book_->ledger_->add_asset({asset.code, asset.key, static_cast<int>(asset.scale)}))));
    asset.revision = book_->current().revision + 1;
    book_->asset_ids_.push_back(asset.id.text);
    TRY(transaction_->insert(asset));
    return save({}, true);
}

Result<Done> Book::Turn::open_account(LedgerAccount& account) {
    Ledger& ledger = *book_->ledger_;
    Account opened;
    opened.id = {1, ledger.account_count() + 1};
    opened.asset = asset(account.asset.text);
    if (opened.asset == AssetNumber::unknown) return Error{Failure::invalid, "ledger.asset_unknown", "There is no such asset; add it before accounts in it."};
    opened.flags = flags_of(account);
    const int scale = ledger.assets()[index_of(opened.asset)].scale;
    opened.balance_min = TRY(limit_of(account.balance_min, scale, "balance_min"));
    opened.balance_max = TRY(limit_of(account.balance_max, scale, "balance_max"));
    if (opened.balance_min && opened.balance_max && *opened.balance_min > *opened.balance_max)
        return Error{Failure::invalid, "ledger.limits_reversed", "The lower limit is above the upper one; exchange them."};
    book_->dirty_ = true;
    const AccountNumber number = TRY(ledger.open_account(opened));
    account.number = stored(number);
    account.revision = book_->current().revision + 1;
    book_->account_ids_.push_back(account.id.text);
    book_->account_numbers_[account.id.text] = number;
    book_->chains_.emplace_back();
    TRY(transaction_->insert(account));
    TRY(transaction_->execute(
        "INSERT INTO account_balance (account, balances, last_line, line_count) VALUES ($1, $2, 0, 0)", {account.number, to_text(Balances{})}));
    return save({}, true);
}

Result<Done> Book::Turn::change_account(LedgerAccount& account) {
    Ledger& ledger = *book_->ledger_;
    const auto number = static_cast<AccountNumber>(account.number);
    require(index_of(number) < ledger.account_count(), "a stored account is in the ledger");
    book_->dirty_ = true;
    if (ledger.account(number).flags & flag::closed)
        return Error{Failure::conflict, "ledger.account_closed", "The account is closed; it does not change any more."};
    const int scale = this->scale(number);
    TRY(ledger.set_limits(number, TRY(limit_of(account.balance_min, scale, "balance_min")), TRY(limit_of(account.balance_max, scale, "balance_max"))));
    TRY(ledger.set_flags(number, flags_of(account)));
    if (account.state == AccountStanding::closed) TRY(ledger.close_account(number));
    account.revision = book_->current().revision + 1;
    TRY(transaction_->update(account));
    return save({}, true);
}

Result<Done> Book::Turn::close_period(Period period) {
    book_->dirty_ = true;
    TRY(book_->ledger_->close_period(period));
    TRY(save_periods());
    return save({}, true);
}

Result<Done> Book::Turn::reopen_period(Period period) {
    book_->dirty_ = true;
    TRY(book_->ledger_->reopen_period(period));
    TRY(save_periods());
    return save({}, true);
}

/// The stored periods become the engine's; one that stays keeps who closed it.
Result<Done> Book::Turn::save_periods() {
    std::vector<Period> fresh(book_->ledger_->closed_periods().begin(), book_->ledger_->closed_periods().end());
    for (const ClosedPeriod& old : TRY(transaction_->find<ClosedPeriod>(""))) {
        const auto same = std::find(fresh.begin(), fresh.end(), Period{old.first_day, old.last_day});
        if (same != fresh.end()) fresh.erase(same);
        else TRY(transaction_->erase(old.id));
    }
    for (const Period& period : fresh)
        TRY(transaction_->insert(ClosedPeriod{.id = caller_->new_id<ClosedPeriod>(),
            .first_day = period.first,
            .last_day = period.last,
            .closed_by = caller_->actor.person,
            .closed_at = caller_->now}));
    return Done{};
}

/// Gives a line its place in the chains of its accounts.
void Book::link(StoredLine& line) {
    Chain& debit = chains_[index_of(line.entry.transfer.debit)];
    Chain& credit = chains_[index_of(line.entry.transfer.credit)];
    line.debit_previous = debit.last;
    line.credit_previous = credit.last;
    chains_before_.emplace_back(line.entry.transfer.debit, debit);
    chains_before_.emplace_back(line.entry.transfer.credit, credit);
    debit = {line.entry.number, debit.count + 1};
    credit = {line.entry.number, credit.count + 1};
}

/// Writes what the engine did since the last round: lines, balances, holds, and the round that seals them.
Result<Done> Book::Turn::save(std::span<const Asked> notes, bool structure) {
    Ledger& ledger = *book_->ledger_;
    const State before = book_->current();
    const auto added = static_cast<std::size_t>(ledger.number() - before.number);
    if (added == 0 && !structure) { // refusals leave nothing behind; the time that they brought is not worth a line
        book_->go_back(book_->current());
        return Done{};
    }
    const std::span<const Entry> entries = ledger.uncommitted().subspan(ledger.uncommitted().size() - added);
    RowList lines(std::min(added, lines_at_once)), balances, holds, milestones;
    std::vector<Value> ended;
    std::vector<AccountNumber> touched;
    std::string sealed;
    std::size_t filled = 0, left = added;
    auto note = notes.begin();
    for (const Entry& entry : entries) {
        StoredLine line{entry, "", 0, 0};
        if (note != notes.end() && note->transfer.id == entry.transfer.id) line.note = (note++)->note;
        book_->link(line);
        put_row(lines[filled], line);
        append_canonical(sealed, lines[filled]);
        if (++filled == lines.size()) {
            TRY(bulk(*transaction_).insert_rows("journal_line", line_columns(), lines));
            left -= std::exchange(filled, 0);
            lines.resize(std::min(left, lines_at_once));
        }
        const Transfer& did = entry.transfer;
        for (const AccountNumber account : {did.debit, did.credit}) {
            touched.push_back(account);
            if (book_->chains_[index_of(account)].count % milestone_every == 0)
                milestones.push_back({stored(account), stored(entry.number), did.at.microseconds});
        }
        if (did.kind == Kind::pending)
            holds.push_back({stored(entry.number), to_text(did.id), stored(did.debit), stored(did.credit), amount_text(did.amount),
                did.timeout_seconds ? Value{(did.at + seconds(did.timeout_seconds)).microseconds} : Value{}});
        if (resolves(did.kind)) ended.emplace_back(to_text(did.refers_to));
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const AccountNumber account : touched) {
        const Chain& chain = book_->chains_[index_of(account)];
        balances.push_back({stored(account), to_text(ledger.balances(account)), stored(chain.last), stored(chain.count)});
    }
    if (TRY(bulk(*transaction_).update_rows("account_balance", "account", {"balances", "last_line", "line_count"}, balances)) != stored(touched.size()))
        return Error{Failure::internal, "ledger.state_contradicts", "The ledger's state contradicts itself: {what}. Stop, and restore a backup that verifies.",
            {{"what", "an account has no balance"}}};
    if (!holds.empty()) TRY(bulk(*transaction_).insert_rows("hold", {"number", "id", "debit", "credit", "amount", "expires_at"}, holds));
    for (std::size_t first = 0; first < ended.size(); first += place_list_max) {
        std::vector<Value> some(
            ended.begin() + static_cast<std::ptrdiff_t>(first), ended.begin() + static_cast<std::ptrdiff_t>(std::min(ended.size(), first + place_list_max)));
        const std::string erase = "DELETE FROM hold WHERE id IN (" + place_list(some) + ")"; // first: it fills up `some`
        TRY(transaction_->execute(erase, some));
    }
    if (!milestones.empty()) TRY(bulk(*transaction_).insert_rows("account_milestone", {"account", "number", "at"}, milestones));

    JournalRound round{.id = caller_->new_id<JournalRound>(),
        .sequence = before.sequence + 1,
        .first = stored(before.number + 1),
        .last = stored(ledger.number()),
        .revision = before.revision + (structure ? 1 : 0),
        .at = added > 0 ? entries.back().transfer.at : caller_->now,
        .digest = {}};
    const std::string head = round_head(round, before.digest);
    round.digest = to_hex(parties::bytes_of(parties::sha256(std::array<std::string_view, 2>{head, sealed})));
    TRY(transaction_->insert(round));

    book_->saved_.push_back({round.id.text, round.sequence, round.revision, ledger.number(), round.digest, ledger.mark(), book_->chains_before_.size(),
        book_->account_ids_.size(), book_->asset_ids_.size()});
    book_->dirty_ = false;
    return Done{};
}

} // namespace greenbank::ledger
