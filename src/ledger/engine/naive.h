// naive.h — the same ledger by the plainest means: rules as a list, state in maps, a chain tried on a copy of everything.
// Written apart from the engine, which must agree with it line by line.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "ledger/engine/ledger.h"

namespace greenbank::ledger {

class NaiveLedger {
public:
    AssetNumber add_asset(const Asset& asset);
    AccountNumber open_account(const Account& account);
    Account& account(AccountNumber number) { return accounts_[index_of(number)]; } // flags and limits are set without asking
    void close_days(Period period);
    void reopen_days(Period period);

    std::vector<Outcome> apply(std::span<const Transfer> batch);
    void advance(Time now);

    const std::vector<Entry>& lines() const { return lines_; }
    Balances balances(AccountNumber number) const { return balances_.at(number); }
    std::vector<Hold> holds() const;

private:
    struct Facts; // what the rules look at
    Outcome one(const Transfer& asked);
    Code judge(const Transfer& asked, const Facts& facts) const;
    Facts facts_of(const Transfer& asked) const;
    const Entry* line_of(const TransferId& id) const;
    Amount left_of(const Entry& original) const;
    void book(const Transfer& asked, AccountNumber debit, AccountNumber credit, Amount amount, Amount held);

    std::vector<Asset> assets_;
    std::vector<Account> accounts_;
    std::map<AccountNumber, Balances> balances_;
    std::vector<Entry> lines_;
    std::map<TransferId, std::size_t> by_id_;
    std::map<TransferId, Kind> resolved_;
    std::map<TransferId, Amount> reversed_;
    std::map<std::pair<Time, std::uint64_t>, TransferId> deadlines_; // of open holds
    std::set<std::int32_t> closed_days_;
    Time clock_;
};

} // namespace greenbank::ledger
