// recover.cpp — start from a checkpoint and the journal's tail; verify; hash the state.
#include <algorithm>
#include <array>

#include "ledger/engine/ledger.h"

namespace greenbank::ledger {

namespace {

Error contradicts(std::string what) {
    return {Failure::internal, "ledger.state_contradicts", "The ledger's state contradicts itself: {what}. Stop, and restore a backup that verifies.",
        {{"what", std::move(what)}}};
}
std::string account_text(std::size_t index) { return "account " + std::to_string(index); }

/// Two lanes of multiply and rotate over 64-bit words.
class StateHash {
public:
    StateHash& add(std::uint64_t word) {
        a_ = std::rotl((a_ ^ word) * 0x9FB2'1C65'1E98'DF25, 29) + 0x9E37'79B9'7F4A'7C15;
        b_ = (std::rotl(b_, 23) + word) * 0xC2B2'AE3D'27D4'EB4F;
        b_ ^= b_ >> 31;
        return *this;
    }
    StateHash& add(Amount amount) { return add(static_cast<std::uint64_t>(amount)).add(static_cast<std::uint64_t>(amount >> 64)); }
    StateHash& add(const std::string& text) {
        add(std::uint64_t{text.size()});
        for (const char c : text) add(std::uint64_t{static_cast<unsigned char>(c)});
        return *this;
    }
    template <class Of> StateHash& add(const WideId<Of>& id) { return add(id.high).add(id.low); }
    StateHash& add(const std::optional<SignedAmount>& amount) {
        return amount ? add(std::uint64_t{1}).add(static_cast<Amount>(*amount)) : add(std::uint64_t{0});
    }
    std::string text() {
        for (int i = 0; i < 4; ++i) add(a_ ^ b_);
        std::string digits;
        for (const std::uint64_t lane : {a_, b_})
            for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[lane >> shift & 15];
        return digits;
    }

private:
    std::uint64_t a_ = 0x243F'6A88'85A3'08D3, b_ = 0x1319'8A2E'0370'7344; // digits of pi
};

} // namespace

Checkpoint Ledger::checkpoint() const {
    Checkpoint checkpoint{number_, clock_, assets_, {}, holds_.list(), closed_periods_};
    checkpoint.accounts.reserve(accounts_.size());
    for (std::size_t i = 0; i < accounts_.size(); ++i) checkpoint.accounts.push_back({accounts_[i], positions_[i].balances});
    return checkpoint;
}

Result<Done> Ledger::load(const Checkpoint& checkpoint) {
    require(number_ == 0 && accounts_.empty() && assets_.empty(), "a checkpoint is loaded into an empty ledger");
    for (const Asset& asset : checkpoint.assets) TRY(add_asset(asset));
    for (const AccountState& state : checkpoint.accounts) {
        Account fresh = state.account;
        fresh.flags &= static_cast<std::uint16_t>(~flag::closed);
        const AccountNumber number = TRY(open_account(fresh));
        place(number, state.account);
        positions_[index_of(number)].balances = state.balances;
    }
    for (const Hold& hold : checkpoint.holds) {
        if (hold.id.empty() || hold.number == 0 || hold.number > checkpoint.number || hold.state != Kind::pending || !known(hold.debit) ||
            !known(hold.credit) || holds_.find(hold.id))
            return contradicts("the hold of line " + std::to_string(hold.number));
        holds_.add(hold);
    }
    for (const Period& period : checkpoint.closed_periods) TRY(close_period(period));
    number_ = checkpoint.number;
    clock_ = checkpoint.clock;
    filter_complete_ = number_ == 0;
    commit();
    return verify();
}

/// What is wrong with a line as the next one, or nothing.
std::string_view Ledger::contradiction(const Entry& line) {
    const Transfer& did = line.transfer;
    if (line.number != number_ + 1) return "its number is not the next one";
    if (did.at < clock_) return "it is dated before the line above it";
    if (did.kind > Kind::expiry || !known(did.debit) || !known(did.credit) || did.debit == did.credit) return "its accounts";
    if (did.id.empty() != (did.kind == Kind::expiry)) return "its id";
    // Holds expire before anything else happens at their end or later.
    const auto due = holds_.due(did.at);
    if (due && (did.kind != Kind::expiry || holds_[*due].id != did.refers_to || holds_[*due].expires_at != did.at)) return "a hold had expired before it";
    if (!due && did.kind == Kind::expiry) return "no hold expired then";
    if (did.kind == Kind::pending && holds_.find(did.id)) return "its id is that of another hold";
    if (!resolves(did.kind)) {
        const Code room = room_fault(did.debit, did.credit, did.amount);
        return room == Code::debits_overflow || room == Code::credits_overflow ? "its amount overflows" : "";
    }
    const auto slot = holds_.find(did.refers_to);
    if (!slot || holds_[*slot].state != Kind::pending) return "its hold is not open";
    const Hold& hold = holds_[*slot];
    const bool fits = did.kind == Kind::post_pending ? did.amount <= hold.amount : did.amount == hold.amount;
    return hold.debit == did.debit && hold.credit == did.credit && fits ? "" : "it is not what its hold allows";
}

Result<Done> Ledger::replay(std::span<const Entry> lines) {
    require(entries_.empty(), "a replay follows committed lines");
    for (const Entry& line : lines) {
        const Transfer& did = line.transfer;
        std::string_view what = contradiction(line);
        if (what.empty()) {
            Move move{did.debit, did.credit, did.amount};
            if (resolves(did.kind)) {
                move.slot = *holds_.find(did.refers_to);
                move.held = holds_[move.slot].amount;
            }
            clock_ = did.at;
            record(did, move, hash_of(did.id));
            Entry& made = entries_.back();
            made.requested = line.requested;
            if (made.debit_after != line.debit_after || made.credit_after != line.credit_after) what = "its balances";
            else if (made != line) what = "its content";
        }
        if (!what.empty()) {
            rollback();
            return Error{Failure::internal, "ledger.line_contradicts",
                "Line {number} of the journal does not follow from the lines before it: {what}. Stop, and restore a backup that verifies.",
                {{"number", std::to_string(line.number)}, {"what", std::string(what)}}};
        }
        commit();
    }
    return Done{};
}

void Ledger::remember(std::span<const TransferId> ids) {
    for (const TransferId& id : ids) filter_.add(hash_of(id));
}

Result<Done> Ledger::verify() const {
    // 2^128 may be passed by a sum over accounts that no account passes; modulo 2^128 the sums must agree all the same.
    std::vector<Balances> by_asset(assets_.size());
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        const Balances& has = positions_[i].balances;
        Balances& sum = by_asset[index_of(accounts_[i].asset)];
        sum.debits_pending += has.debits_pending;
        sum.debits_posted += has.debits_posted;
        sum.credits_pending += has.credits_pending;
        sum.credits_posted += has.credits_posted;
        if (has.debits_pending > amount_max - has.debits_posted || has.credits_pending > amount_max - has.credits_posted)
            return contradicts(account_text(i) + " holds more than a number can");
        if (accounts_[i].flags & flag::debits_must_not_exceed_credits && has.debits_pending + has.debits_posted > has.credits_posted)
            return contradicts(account_text(i) + " has debits beyond its credits");
        if (accounts_[i].flags & flag::credits_must_not_exceed_debits && has.credits_pending + has.credits_posted > has.debits_posted)
            return contradicts(account_text(i) + " has credits beyond its debits");
    }
    for (std::size_t i = 0; i < assets_.size(); ++i) {
        if (by_asset[i].debits_posted != by_asset[i].credits_posted) return contradicts("debits and credits in " + to_text(assets_[i]) + " differ");
        if (by_asset[i].debits_pending != by_asset[i].credits_pending) return contradicts("held debits and credits in " + to_text(assets_[i]) + " differ");
    }
    std::vector<std::array<Amount, 2>> held(accounts_.size());
    for (const Hold& hold : holds_.list()) {
        if (positions_[index_of(hold.debit)].asset != positions_[index_of(hold.credit)].asset)
            return contradicts("the hold of line " + std::to_string(hold.number) + " joins two assets");
        held[index_of(hold.debit)][0] += hold.amount;
        held[index_of(hold.credit)][1] += hold.amount;
    }
    for (std::size_t i = 0; i < accounts_.size(); ++i)
        if (held[i][0] != positions_[i].balances.debits_pending || held[i][1] != positions_[i].balances.credits_pending)
            return contradicts("what is held on " + account_text(i) + " is not the sum of its holds");
    return Done{};
}

std::string Ledger::state_hash() const {
    StateHash hash;
    hash.add(number_).add(std::uint64_t{assets_.size()});
    for (const Asset& asset : assets_) hash.add(asset.code).add(asset.key).add(static_cast<std::uint64_t>(asset.scale));
    hash.add(std::uint64_t{accounts_.size()});
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        const Account& account = accounts_[i];
        const Balances& has = positions_[i].balances;
        hash.add(account.id)
            .add(account.owner)
            .add(std::uint64_t{account.purpose})
            .add(std::uint64_t{index_of(account.asset)})
            .add(std::uint64_t{account.flags});
        hash.add(account.balance_min).add(account.balance_max);
        hash.add(has.debits_pending).add(has.debits_posted).add(has.credits_pending).add(has.credits_posted);
    }
    hash.add(std::uint64_t{holds_.open_count()});
    for (const Hold& hold : holds_.list())
        hash.add(hold.id)
            .add(hold.amount)
            .add(hold.number)
            .add(std::uint64_t{index_of(hold.debit)})
            .add(std::uint64_t{index_of(hold.credit)})
            .add(static_cast<std::uint64_t>(hold.expires_at.microseconds));
    for (const Period& period : closed_periods_) hash.add(static_cast<std::uint64_t>(period.first.days)).add(static_cast<std::uint64_t>(period.last.days));
    return hash.text();
}

std::size_t Ledger::memory_bytes() const {
    return accounts_.size() * (sizeof(Account) + sizeof(Position)) + account_numbers_.bytes() + holds_.bytes() + filter_.bytes();
}

} // namespace greenbank::ledger
