// execute.cpp — judges transfers in the order of precedence of codes.h.
#include <algorithm>

#include "ledger/engine/ledger.h"

namespace greenbank::ledger {

namespace {

bool by_id(const Recorded& a, const Recorded& b) { return a.transfer.id < b.transfer.id; }

/// The same id: the same request?
Code compared(const Transfer& asked, const Recorded& there) {
    const Transfer& known = there.transfer;
    const bool inherits = asked.kind != Kind::posted && asked.kind != Kind::pending;
    const auto differs = [&](AccountNumber said, AccountNumber is) { return said != is && !(inherits && said == AccountNumber::none); };
    if (asked.kind != known.kind) return Code::exists_with_other_kind;
    if (differs(asked.debit, known.debit)) return Code::exists_with_other_debit_account;
    if (differs(asked.credit, known.credit)) return Code::exists_with_other_credit_account;
    if (asked.asset != AssetNumber::none && asked.asset != known.asset) return Code::exists_with_other_asset;
    if (asked.amount != there.requested) return Code::exists_with_other_amount;
    if (asked.refers_to != known.refers_to) return Code::exists_with_other_reference;
    if (asked.balancing != known.balancing) return Code::exists_with_other_balancing;
    if (asked.timeout_seconds != known.timeout_seconds) return Code::exists_with_other_timeout;
    if (asked.purpose != known.purpose) return Code::exists_with_other_purpose;
    if (asked.memo != known.memo) return Code::exists_with_other_memo;
    if (asked.booking_date != no_date && asked.booking_date != known.booking_date) return Code::exists_with_other_booking_date;
    if (asked.value_date != no_date && asked.value_date != known.value_date) return Code::exists_with_other_value_date;
    return Code::exists;
}

Code fate(Kind resolved) {
    switch (resolved) {
    case Kind::post_pending: return Code::hold_already_posted;
    case Kind::void_pending: return Code::hold_already_voided;
    default: return Code::hold_expired;
    }
}

Amount above_zero(SignedAmount amount) { return amount > 0 ? magnitude(amount) : 0; }
Amount below_zero(SignedAmount amount) { return amount < 0 ? magnitude(amount) : 0; }

/// a + more_a > b + more_b, where one of the two is 0, without losing the 129th bit.
bool exceeds(Amount a, Amount more_a, Amount b, Amount more_b) {
    if (more_b) return b <= amount_max - more_b && a > b + more_b;
    return a > amount_max - more_a || a + more_a > b;
}

Amount difference(Amount high, Amount low) { return high > low ? high - low : 0; }

/// has − gone − keep + extra, where keep or extra is 0; at least 0 and at most amount_max.
Amount room_left(Amount has, Amount gone, Amount keep, Amount extra) {
    if (has >= gone) return saturated_sum(difference(has - gone, keep), extra);
    return difference(extra, gone - has);
}

} // namespace

Result<Done> Ledger::apply(std::span<const Transfer> batch, std::span<Outcome> outcomes) {
    require(batch.size() == outcomes.size(), "a place for each outcome");
    if (batch.size() > batch_size_max)
        return Error{Failure::too_large, "ledger.batch_too_large", "A batch has at most {most} transfers, this one has {count}; divide it.",
            {{"most", std::to_string(batch_size_max)}, {"count", std::to_string(batch.size())}}};
    TRY(look_up(batch));
    for (std::size_t first = 0; first < batch.size();) {
        std::size_t end = first + 1;
        while (batch[end - 1].linked && end < batch.size()) ++end;
        // Balances of random accounts are cache misses; by the time they are needed they have come.
        if (constexpr std::size_t ahead = 8; end + ahead < batch.size()) prefetch(batch[end + ahead]);
        if (end == first + 1 && !batch[first].linked) outcomes[first] = execute(batch[first]);
        else execute_chain(batch.subspan(first, end - first), outcomes.subspan(first, end - first));
        first = end;
    }
    return Done{};
}

void Ledger::prefetch(const Transfer& asked) const {
    for (const AccountNumber account : {asked.debit, asked.credit}) {
        if (!known(account)) continue;
        const char* position = reinterpret_cast<const char*>(&positions_[index_of(account)]);
        __builtin_prefetch(position);
        __builtin_prefetch(position + sizeof(Position) - 1);
    }
}

/// Asks the journal once for everything in the batch that only the journal may know.
Result<Done> Ledger::look_up(std::span<const Transfer> batch) {
    wanted_.clear();
    found_.clear();
    if (committed_ == 0) return Done{}; // nothing is recorded
    const auto want = [&](const TransferId& id, std::uint64_t hash) {
        if (filter_complete_ && !filter_.may_contain(hash)) return;
        if (id.empty() || recent_.find(entries_, id, hash)) return;
        wanted_.push_back(id);
    };
    constexpr std::size_t group = 16; // so many cache misses of the filter at once
    std::uint64_t hashes[group];
    for (std::size_t first = 0; first < batch.size(); first += group) {
        const auto part = batch.subspan(first, std::min(group, batch.size() - first));
        for (std::size_t i = 0; i < part.size(); ++i) filter_.prefetch(hashes[i] = hash_of(part[i].id));
        for (std::size_t i = 0; i < part.size(); ++i) {
            const Transfer& asked = part[i];
            want(asked.id, hashes[i]);
            if (asked.refers_to.empty() || (asked.kind != Kind::reversal && holds_.find(asked.refers_to))) continue;
            want(asked.refers_to, hash_of(asked.refers_to));
        }
    }
    if (wanted_.empty()) return Done{};
    TRY(journal_.find(wanted_, committed_, found_));
    std::sort(found_.begin(), found_.end(), by_id);
    for (const Recorded& one : found_)
        if (one.transfer.kind == Kind::pending && !one.resolved && !holds_.find(one.transfer.id))
            return Error{Failure::internal, "ledger.journal_contradicts",
                "The journal has an open hold in line {number} that the ledger does not know; stop, and run `greenbank verify`.",
                {{"number", std::to_string(one.number)}}};
    return Done{};
}

std::optional<Recorded> Ledger::recorded(const TransferId& id, std::uint64_t hash) const {
    if (const auto place = recent_.find(entries_, id, hash)) {
        const Entry& entry = entries_[*place];
        return Recorded{entry.number, entry.requested, entry.transfer, {}, 0};
    }
    if (found_.empty()) return {};
    const Recorded key{.transfer = {.id = id}};
    const auto found = std::lower_bound(found_.begin(), found_.end(), key, by_id);
    if (found != found_.end() && found->transfer.id == id) return *found;
    return {};
}

void Ledger::execute_chain(std::span<const Transfer> chain, std::span<Outcome> outcomes) {
    std::fill(outcomes.begin(), outcomes.end(), Outcome{Code::chain_broken});
    if (chain.back().linked) {
        outcomes.back() = {Code::chain_open};
        return;
    }
    const Mark before = mark();
    std::size_t existing = 0;
    bool whole = true;
    for (std::size_t i = 0; i < chain.size() && whole; ++i) {
        outcomes[i] = execute(chain[i]);
        if (outcomes[i].code == Code::exists) ++existing;
        else if (outcomes[i].code != Code::ok) whole = false;
    }
    if (whole && (existing == 0 || existing == chain.size())) return;
    // The members that went well did not happen after all; time has passed all the same.
    const Time reached = clock_;
    rollback(before);
    advance(reached);
    for (Outcome& outcome : outcomes)
        if (outcome.code == Code::ok) outcome = {Code::chain_broken};
}

Outcome Ledger::execute(const Transfer& asked) {
    advance(asked.at);
    if (asked.id.empty()) return {Code::id_missing};
    if (asked.fault != Code::ok) return {asked.fault};
    const std::uint64_t hash = hash_of(asked.id);
    if (const auto there = recorded(asked.id, hash)) {
        const Code code = compared(asked, *there);
        return {code, code == Code::exists ? there->number : 0};
    }
    if (const Code fault = shape_fault(asked); fault != Code::ok) return {fault};
    switch (asked.kind) {
    case Kind::posted:
    case Kind::pending: return transfer(asked, hash);
    case Kind::post_pending:
    case Kind::void_pending: return resolve(asked, hash);
    default: return reverse(asked, hash);
    }
}

Code Ledger::shape_fault(const Transfer& asked) const {
    if (asked.kind >= Kind::expiry) return Code::kind_unexpected;
    const bool refers = asked.kind != Kind::posted && asked.kind != Kind::pending;
    if (refers && asked.refers_to.empty()) return Code::reference_missing;
    if (!refers && !asked.refers_to.empty()) return Code::reference_unexpected;
    if (asked.timeout_seconds && asked.kind != Kind::pending) return Code::timeout_unexpected;
    if (asked.balancing && (refers || asked.balancing > (balancing::debit | balancing::credit))) return Code::balancing_unexpected;
    return Code::ok;
}

Outcome Ledger::transfer(const Transfer& asked, std::uint64_t hash) {
    if (!known(asked.debit)) return {Code::debit_account_unknown};
    if (!known(asked.credit)) return {Code::credit_account_unknown};
    if (asked.debit == asked.credit) return {Code::accounts_same};
    const AssetNumber asset = positions_[index_of(asked.debit)].asset;
    if (asset != positions_[index_of(asked.credit)].asset) return {Code::accounts_in_different_assets};
    if (asked.asset != AssetNumber::none && asked.asset != asset) return {Code::asset_differs};
    if (asked.amount == 0 && !asked.balancing) return {Code::amount_zero};
    if (const Code fault = state_fault(asked, asked.debit, asked.credit); fault != Code::ok) return {fault};

    Move move{asked.debit, asked.credit, asked.amount};
    if (asked.balancing) {
        const Amount most = available(asked);
        move.amount = asked.amount == 0 ? most : std::min(asked.amount, most);
        if (move.amount == 0) return {Code::nothing_to_balance};
    }
    if (asked.timeout_seconds && clock_.microseconds > never.microseconds - seconds(asked.timeout_seconds).microseconds) return {Code::timeout_overflow};
    if (const Code fault = room_fault(move.debit, move.credit, move.amount); fault != Code::ok) return {fault};
    return {Code::ok, record(asked, move, hash)};
}

Outcome Ledger::resolve(const Transfer& asked, std::uint64_t hash) {
    const auto slot = holds_.find(asked.refers_to);
    if (!slot) {
        const auto there = recorded(asked.refers_to, hash_of(asked.refers_to));
        if (!there) return {Code::hold_unknown};
        return {there->transfer.kind == Kind::pending ? fate(*there->resolved) : Code::hold_not_pending};
    }
    const Hold& hold = holds_[*slot];
    if (hold.state != Kind::pending) return {fate(hold.state)};
    if (const Code fault = named_fault(asked, hold.debit, hold.credit); fault != Code::ok) return {fault};
    Move move{hold.debit, hold.credit, asked.amount ? asked.amount : hold.amount, hold.amount, *slot};
    if (asked.kind == Kind::post_pending && move.amount > hold.amount) return {Code::amount_exceeds_hold};
    if (asked.kind == Kind::void_pending && move.amount != hold.amount) return {Code::amount_differs_from_hold};
    if (const Code fault = state_fault(asked, hold.debit, hold.credit); fault != Code::ok) return {fault};
    return {Code::ok, record(asked, move, hash)}; // room was made when the hold was
}

Outcome Ledger::reverse(const Transfer& asked, std::uint64_t hash) {
    const auto original = recorded(asked.refers_to, hash_of(asked.refers_to));
    if (!original) return {Code::original_unknown};
    const Transfer& moved = original->transfer;
    if (moved.kind != Kind::posted && moved.kind != Kind::post_pending) return {Code::original_not_posted};
    const Amount* just_reversed = reversed_.find(asked.refers_to);
    const Amount left = moved.amount - original->reversed - (just_reversed ? *just_reversed : 0);
    if (left == 0) return {Code::already_reversed};
    if (const Code fault = named_fault(asked, moved.credit, moved.debit); fault != Code::ok) return {fault};
    const Move move{moved.credit, moved.debit, asked.amount ? asked.amount : left};
    if (move.amount > left) return {Code::amount_exceeds_original};
    if (const Code fault = state_fault(asked, move.debit, move.credit); fault != Code::ok) return {fault};
    if (const Code fault = room_fault(move.debit, move.credit, move.amount); fault != Code::ok) return {fault};
    return {Code::ok, record(asked, move, hash)};
}

/// Post, void, reversal: what is named must be what is meant.
Code Ledger::named_fault(const Transfer& asked, AccountNumber debit, AccountNumber credit) const {
    const bool debit_named = asked.debit != AccountNumber::none, credit_named = asked.credit != AccountNumber::none;
    if (debit_named && !known(asked.debit)) return Code::debit_account_unknown;
    if (credit_named && !known(asked.credit)) return Code::credit_account_unknown;
    if (debit_named && asked.debit != debit) return Code::debit_account_differs;
    if (credit_named && asked.credit != credit) return Code::credit_account_differs;
    if (asked.asset != AssetNumber::none && asked.asset != positions_[index_of(debit)].asset) return Code::asset_differs;
    return Code::ok;
}

Code Ledger::state_fault(const Transfer& asked, AccountNumber debit, AccountNumber credit) const {
    const unsigned given = positions_[index_of(debit)].flags, taken = positions_[index_of(credit)].flags;
    if ((given | taken) & (flag::closed | flag::frozen | flag::debits_frozen)) {
        if (given & flag::closed) return Code::debit_account_closed;
        if (taken & flag::closed) return Code::credit_account_closed;
        if (asked.kind != Kind::void_pending) { // a void only gives back
            if (given & (flag::frozen | flag::debits_frozen)) return Code::debit_account_frozen;
            if (taken & flag::frozen) return Code::credit_account_frozen;
        }
    }
    if (!closed_periods_.empty() && is_closed(asked.booking_date == no_date ? date_of(clock_) : asked.booking_date)) return Code::period_closed;
    return Code::ok;
}

bool Ledger::is_closed(Date day) const {
    const auto after = std::upper_bound(closed_periods_.begin(), closed_periods_.end(), day, [](Date d, const Period& period) { return d < period.first; });
    return after != closed_periods_.begin() && day <= std::prev(after)->last;
}

/// What the flags and limits of both sides, everything held taken at its worst, let pass.
Code Ledger::room_fault(AccountNumber debit, AccountNumber credit, Amount amount) const {
    const Position& giver = positions_[index_of(debit)];
    const Position& taker = positions_[index_of(credit)];
    Amount debits = giver.balances.debits_pending + giver.balances.debits_posted; // fits, see debits_overflow
    Amount credits = taker.balances.credits_pending + taker.balances.credits_posted;
    if (amount > amount_max - debits) return Code::debits_overflow;
    if (amount > amount_max - credits) return Code::credits_overflow;
    debits += amount;
    credits += amount;
    if (giver.flags & flag::debits_must_not_exceed_credits && debits > giver.balances.credits_posted) return Code::debits_exceed_credits;
    if (taker.flags & flag::credits_must_not_exceed_debits && credits > taker.balances.debits_posted) return Code::credits_exceed_debits;
    if (giver.limited)
        if (const auto& minimum = accounts_[index_of(debit)].balance_min)
            if (exceeds(debits, above_zero(*minimum), giver.balances.credits_posted, below_zero(*minimum))) return Code::balance_below_minimum;
    if (taker.limited)
        if (const auto& maximum = accounts_[index_of(credit)].balance_max)
            if (exceeds(credits, below_zero(*maximum), taker.balances.debits_posted, above_zero(*maximum))) return Code::balance_above_maximum;
    return Code::ok;
}

/// For a balancing transfer: what may still move, by either or both of its sides.
Amount Ledger::available(const Transfer& asked) const {
    Amount most = amount_max;
    if (asked.balancing & balancing::debit) {
        const Position& giver = positions_[index_of(asked.debit)];
        SignedAmount keep = accounts_[index_of(asked.debit)].balance_min.value_or(0);
        if (giver.flags & flag::debits_must_not_exceed_credits) keep = std::max(keep, SignedAmount{0});
        const Amount gave = giver.balances.debits_pending + giver.balances.debits_posted;
        most = std::min(most, room_left(giver.balances.credits_posted, gave, above_zero(keep), below_zero(keep)));
    }
    if (asked.balancing & balancing::credit) {
        const Position& taker = positions_[index_of(asked.credit)];
        SignedAmount top = accounts_[index_of(asked.credit)].balance_max.value_or(0);
        if (taker.flags & flag::credits_must_not_exceed_debits) top = std::min(top, SignedAmount{0});
        const Amount took = taker.balances.credits_pending + taker.balances.credits_posted;
        most = std::min(most, room_left(taker.balances.debits_posted, took, below_zero(top), above_zero(top)));
    }
    return most;
}

} // namespace greenbank::ledger
