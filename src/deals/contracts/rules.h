// rules.h — what must hold of a contract's text, and the facts that its life asks for.
#pragma once

#include "deals/contracts/records.h"

namespace greenbank::deals {

/// One problem for each thing that contradicts another: roles, sums, currencies, days, strangers among the suppliers.
void check_contract(const Contract& contract, Problems& problems);

Escrow escrow_of(const Contract& contract);
/// Parties pay whose role says so; where nobody is a client, each may do what is the payer's.
std::vector<bool> payers_of(const Contract& contract);
std::optional<std::size_t> party_of(const Contract& contract, const std::string& organisation);

} // namespace greenbank::deals
