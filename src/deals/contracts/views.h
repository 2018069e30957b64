// views.h — a contract with its money, its orders and what the caller may do with it.
#pragma once

#include "deals/contracts/access.h"

namespace greenbank::deals {

/// The money of a contract, as it counts and as the ledger counts.
struct EscrowView {
    std::optional<Id<ledger::LedgerAccount>> account;
    Money amount, funded, released, refunded, left;
    std::optional<Money> ledger_balance;
    bool frozen = false;
};
Record describe(const EscrowView*);

struct ContractView {
    Contract contract;
    std::vector<ContractVerb> actions;
    std::optional<ContractVerb> next;
    std::vector<Id<Organisation>> next_by; // whose step that is; empty: the bank's
    bool is_party = false, pays = false, supplies = false, of_the_bank = false;
    EscrowView escrow;
    std::vector<EscrowOrder> orders;
    std::vector<std::string> missing; // places of clauses that are not filled
    Text deal_title;
};
Record describe(const ContractView*);

Result<ContractView> view_of(Transaction& transaction, const Caller& caller, Contract contract);
/// The right that a verb asks for, beside being the right party.
Right right_of(ContractVerb verb);

} // namespace greenbank::deals
