// record.cpp — what happened is written into balances, holds and the round's lines, and can be taken back.
#include <algorithm>

#include "ledger/engine/ledger.h"

namespace greenbank::ledger {

/// The effect of one line on its two accounts. Amounts never wrap: room was made before, and taking back is the reverse.
void Ledger::change(Balances& debit, Balances& credit, Kind kind, Amount amount, Amount held, bool back) {
    Amount pending = 0, posted = 0; // what is added, modulo 2^128
    switch (kind) {
    case Kind::posted:
    case Kind::reversal: posted = amount; break;
    case Kind::pending: pending = amount; break;
    case Kind::post_pending:
        pending = 0 - held;
        posted = amount;
        break;
    case Kind::void_pending:
    case Kind::expiry: pending = 0 - held; break;
    }
    if (back) {
        pending = 0 - pending;
        posted = 0 - posted;
    }
    debit.debits_pending += pending;
    debit.debits_posted += posted;
    credit.credits_pending += pending;
    credit.credits_posted += posted;
}

void Ledger::touch(AccountNumber account, Position& position) {
    if (position.round == round_) return;
    position.round = round_;
    touched_.push_back(account);
}

std::uint64_t Ledger::record(const Transfer& asked, const Move& move, std::uint64_t hash) {
    Position& debit = positions_[index_of(move.debit)];
    Position& credit = positions_[index_of(move.credit)];
    touch(move.debit, debit);
    touch(move.credit, credit);
    change(debit.balances, credit.balances, asked.kind, move.amount, move.held, false);

    Entry& entry = entries_.emplace_back();
    entry.number = ++number_;
    entry.requested = asked.amount;
    entry.transfer = asked;
    entry.transfer.amount = move.amount;
    entry.transfer.debit = move.debit;
    entry.transfer.credit = move.credit;
    entry.transfer.asset = debit.asset;
    entry.transfer.at = clock_;
    if (asked.booking_date == no_date) entry.transfer.booking_date = date_of(clock_);
    if (asked.value_date == no_date) entry.transfer.value_date = entry.transfer.booking_date;
    entry.debit_after = debit.balances;
    entry.credit_after = credit.balances;

    Holds::Slot slot = move.slot;
    switch (asked.kind) {
    case Kind::pending:
        slot = holds_.add({asked.id, move.amount, number_, move.debit, move.credit, asked.timeout_seconds ? clock_ + seconds(asked.timeout_seconds) : never});
        break;
    case Kind::post_pending:
    case Kind::void_pending:
    case Kind::expiry: holds_.resolve(slot, asked.kind); break;
    case Kind::reversal: reversed_[asked.refers_to] += move.amount; break;
    case Kind::posted: break;
    }
    slots_.push_back(slot);
    if (!asked.id.empty()) {
        recent_.add(entries_, entries_.size() - 1, hash);
        filter_.add(hash);
    }
    return number_;
}

void Ledger::advance(Time now) {
    // An expiry happens when the hold ends, not when somebody notices, so that a replay need not know who looked when.
    while (const auto slot = holds_.due(now)) expire(*slot);
    clock_ = std::max(clock_, now);
}

void Ledger::expire(Holds::Slot slot) {
    const Hold hold = holds_[slot];
    clock_ = std::max(clock_, hold.expires_at);
    Transfer asked;
    asked.kind = Kind::expiry;
    asked.refers_to = hold.id;
    record(asked, {hold.debit, hold.credit, hold.amount, hold.amount, slot}, 0);
}

void Ledger::take_back(const Entry& entry, Holds::Slot slot) {
    const Transfer& did = entry.transfer;
    const Amount held = resolves(did.kind) ? holds_[slot].amount : 0;
    change(positions_[index_of(did.debit)].balances, positions_[index_of(did.credit)].balances, did.kind, did.amount, held, true);
    switch (did.kind) {
    case Kind::pending: holds_.remove(slot); break;
    case Kind::post_pending:
    case Kind::void_pending:
    case Kind::expiry: holds_.reopen(slot); break;
    case Kind::reversal: *reversed_.find(did.refers_to) -= did.amount; break;
    case Kind::posted: break;
    }
    --number_;
}

Ledger::Mark Ledger::mark() const { return {entries_.size(), assets_.size(), accounts_.size(), account_changes_.size(), periods_before_.size(), clock_}; }

void Ledger::rollback(const Mark& mark) {
    while (entries_.size() > mark.entries) {
        take_back(entries_.back(), slots_.back());
        entries_.pop_back();
        slots_.pop_back();
    }
    while (account_changes_.size() > mark.account_changes) {
        const AccountChange& last = account_changes_.back();
        place(last.account, last.before);
        account_changes_.pop_back();
    }
    if (accounts_.size() > mark.accounts) // nothing to be stored of accounts that are gone again
        std::erase_if(touched_, [&](AccountNumber account) { return index_of(account) >= mark.accounts; });
    while (accounts_.size() > mark.accounts) {
        account_numbers_.erase(accounts_.back().id);
        accounts_.pop_back();
        positions_.pop_back();
    }
    while (assets_.size() > mark.assets) {
        asset_numbers_.erase(to_text(assets_.back()));
        assets_.pop_back();
    }
    while (periods_before_.size() > mark.periods) {
        closed_periods_ = std::move(periods_before_.back());
        periods_before_.pop_back();
    }
    clock_ = mark.clock;
}

void Ledger::rollback() {
    rollback({0, assets_committed_, accounts_committed_, 0, 0, clock_committed_});
    commit();
}

void Ledger::commit() {
    holds_.settle();
    entries_.clear();
    slots_.clear();
    recent_.clear();
    reversed_.clear();
    touched_.clear();
    account_changes_.clear();
    periods_before_.clear();
    if (++round_ == 0) { // once in four thousand million rounds the stamps begin anew
        for (Position& position : positions_) position.round = 0;
        round_ = 1;
    }
    committed_ = number_;
    assets_committed_ = assets_.size();
    accounts_committed_ = accounts_.size();
    clock_committed_ = clock_;
}

} // namespace greenbank::ledger
