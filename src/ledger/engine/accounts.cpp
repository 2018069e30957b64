// accounts.cpp — assets, accounts and closed periods.
#include <algorithm>

#include "ledger/engine/ledger.h"

namespace greenbank::ledger {

namespace {

constexpr std::size_t numbers_max = 0xFFFF'FFF0; // some are set apart, see ids.h

constexpr std::uint16_t settable = flag::debits_must_not_exceed_credits | flag::credits_must_not_exceed_debits | flag::frozen | flag::debits_frozen;

Error unknown_account() { return {Failure::not_found, "ledger.account_unknown", "There is no such account."}; }

Amount all_debits(const Balances& balances) { return balances.debits_pending + balances.debits_posted; }
Amount all_credits(const Balances& balances) { return balances.credits_pending + balances.credits_posted; }

bool keeps(std::uint16_t flags, const Balances& balances) {
    if (flags & flag::debits_must_not_exceed_credits && all_debits(balances) > balances.credits_posted) return false;
    return !(flags & flag::credits_must_not_exceed_debits && all_credits(balances) > balances.debits_posted);
}

Result<Done> check(const Period& period) {
    if (period.last < period.first) return Error{Failure::invalid, "ledger.period_reversed", "The period ends before it begins; exchange its days."};
    return Done{};
}

} // namespace

Result<AssetNumber> Ledger::add_asset(Asset asset) {
    if (asset.code.empty() || asset.code.find('/') != std::string::npos || asset.scale < 0 || asset.scale > asset_scale_max)
        return Error{Failure::invalid, "ledger.asset_faulty", "An asset needs a code without “/” and a scale between 0 and {most}.",
            {{"most", std::to_string(asset_scale_max)}}};
    const std::string text = to_text(asset);
    if (find_asset(text)) return Error{Failure::conflict, "ledger.asset_exists", "There is an asset {asset} already.", {{"asset", text}}};
    if (assets_.size() >= numbers_max) return Error{Failure::too_large, "ledger.full", "The ledger takes no more assets or accounts."};
    const auto number = static_cast<AssetNumber>(assets_.size());
    assets_.push_back(std::move(asset));
    asset_numbers_[text] = number;
    return number;
}

Result<AccountNumber> Ledger::open_account(const Account& account) {
    if (account.id.empty()) return Error{Failure::invalid, "ledger.account_without_id", "An account needs an id of its own."};
    if (index_of(account.asset) >= assets_.size())
        return Error{Failure::invalid, "ledger.asset_unknown", "There is no such asset; add it before accounts in it."};
    if (account.flags & ~settable) return Error{Failure::invalid, "ledger.flags_unknown", "An account is opened without these flags."};
    if (account_numbers_.find(account.id)) return Error{Failure::conflict, "ledger.account_exists", "There is an account with this id already."};
    if (accounts_.size() >= numbers_max) return Error{Failure::too_large, "ledger.full", "The ledger takes no more assets or accounts."};
    const auto number = static_cast<AccountNumber>(accounts_.size());
    accounts_.push_back(account);
    positions_.emplace_back();
    place(number, account);
    account_numbers_[account.id] = number;
    return number;
}

void Ledger::place(AccountNumber number, const Account& account) {
    accounts_[index_of(number)] = account;
    Position& position = positions_[index_of(number)];
    position.asset = account.asset;
    position.flags = account.flags;
    position.limited = account.balance_min || account.balance_max;
}

void Ledger::change_account(AccountNumber number, const Account& next) {
    account_changes_.push_back({number, accounts_[index_of(number)]});
    place(number, next);
}

Result<Done> Ledger::set_flags(AccountNumber number, std::uint16_t flags) {
    if (!known(number)) return unknown_account();
    Account next = account(number);
    if (flags & ~settable) return Error{Failure::invalid, "ledger.flags_unknown", "An account is opened without these flags."};
    if (next.flags & flag::closed) return Error{Failure::conflict, "ledger.account_closed", "The account is closed; it does not change any more."};
    if (!keeps(flags, balances(number)))
        return Error{Failure::conflict, "ledger.flags_broken", "The account's balance breaks this rule already; settle it first."};
    next.flags = flags;
    change_account(number, next);
    return Done{};
}

Result<Done> Ledger::set_limits(AccountNumber number, std::optional<SignedAmount> balance_min, std::optional<SignedAmount> balance_max) {
    if (!known(number)) return unknown_account();
    Account next = account(number);
    if (next.flags & flag::closed) return Error{Failure::conflict, "ledger.account_closed", "The account is closed; it does not change any more."};
    if (balance_min && balance_max && *balance_min > *balance_max)
        return Error{Failure::invalid, "ledger.limits_reversed", "The lower limit is above the upper one; exchange them."};
    next.balance_min = balance_min;
    next.balance_max = balance_max;
    change_account(number, next);
    return Done{};
}

Result<Done> Ledger::close_account(AccountNumber number) {
    if (!known(number)) return unknown_account();
    Account next = account(number);
    const Balances& has = balances(number);
    if (next.flags & flag::closed) return Error{Failure::conflict, "ledger.account_closed", "The account is closed; it does not change any more."};
    if (has.debits_pending || has.credits_pending)
        return Error{Failure::conflict, "ledger.account_has_holds", "Something is held on the account; post or void it before closing."};
    if (has.debits_posted != has.credits_posted)
        return Error{Failure::conflict, "ledger.account_not_empty", "The account is not empty; move its balance before closing."};
    next.flags |= flag::closed;
    change_account(number, next);
    return Done{};
}

// Closed periods are kept in order and apart, so that two that meet become one.
Result<Done> Ledger::close_period(Period period) {
    TRY(check(period));
    periods_before_.push_back(closed_periods_);
    std::vector<Period> next;
    for (const Period& other : closed_periods_) {
        const bool apart = std::int64_t{other.last.days} + 1 < period.first.days || std::int64_t{period.last.days} + 1 < other.first.days;
        if (apart) next.push_back(other);
        else period = {std::min(period.first, other.first), std::max(period.last, other.last)};
    }
    next.insert(std::upper_bound(next.begin(), next.end(), period, [](const Period& a, const Period& b) { return a.first < b.first; }), period);
    closed_periods_ = std::move(next);
    return Done{};
}

Result<Done> Ledger::reopen_period(Period period) {
    TRY(check(period));
    periods_before_.push_back(closed_periods_);
    std::vector<Period> next;
    for (const Period& other : closed_periods_) {
        if (other.last < period.first || period.last < other.first) {
            next.push_back(other);
            continue;
        }
        if (other.first < period.first) next.push_back({other.first, {period.first.days - 1}});
        if (period.last < other.last) next.push_back({{period.last.days + 1}, other.last});
    }
    closed_periods_ = std::move(next);
    return Done{};
}

std::optional<AssetNumber> Ledger::find_asset(std::string_view text) const {
    const auto found = asset_numbers_.find(text);
    if (found == asset_numbers_.end()) return {};
    return found->second;
}

std::optional<AccountNumber> Ledger::find_account(const AccountId& id) const {
    if (const AccountNumber* number = account_numbers_.find(id)) return *number;
    return {};
}

std::vector<AccountNumber> Ledger::changed_accounts() const {
    std::vector<AccountNumber> changed;
    for (std::size_t i = accounts_committed_; i < accounts_.size(); ++i) changed.push_back(static_cast<AccountNumber>(i));
    for (const AccountChange& change : account_changes_) changed.push_back(change.account);
    return changed;
}

Result<Balances> Ledger::balances_at(AccountNumber number, Time at) const {
    if (!known(number)) return unknown_account();
    if (at >= clock_) return balances(number);
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (entry->transfer.at > at) continue;
        if (entry->transfer.debit == number) return entry->debit_after;
        if (entry->transfer.credit == number) return entry->credit_after;
    }
    return TRY(journal_.balances_at(number, at)).value_or(Balances{});
}

} // namespace greenbank::ledger
