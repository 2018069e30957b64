// escrow_orders.h — orders that move a contract's money: made by one person, agreed to by another one of the bank, and then posted in the
// ledger in the same transaction in which the contract goes on.
#pragma once

#include "deals/contracts/access.h"
#include "ledger/book.h"

namespace greenbank::deals {

/// What a new order pays, before accounts and transfers are known.
struct EscrowAsk {
    EscrowKind kind = EscrowKind::fund;
    std::optional<std::int64_t> milestone;
    std::vector<MilestonePart> parts; // who pays or is paid, and how much
};
/// A waiting order. Refused: more than the contract says or the escrow holds, orders that wait included; a party without an account.
Result<EscrowOrder> make_order(Transaction& transaction, const Caller& caller, const Contract& contract, const EscrowAsk& ask);

/// Escrow accounts stand still while a dispute is open, and move again afterwards.
Result<Done> freeze(ledger::Book& book, Transaction& transaction, const Caller& caller, const Contract& contract, bool frozen);

/// What money does for the life of a contract, once an order is posted: it starts, or its end comes.
Result<Done> go_on(Transaction& transaction, const Caller& caller, Contract& contract);

} // namespace greenbank::deals
