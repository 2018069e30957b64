// access.h — which contracts a caller sees, what it may do with one, and one step of its life.
#pragma once

#include "deals/contracts/rules.h"
#include "deals/engine/clauses.h"
#include "deals/operations.h"

namespace greenbank::deals {

/// SQL of the contracts that a caller sees; its parameters are added. Empty: all.
std::string seen_contracts(const Caller& caller, std::vector<Value>& parameters);
/// Failure::not_found for who is neither a party nor an adviser.
Result<Contract> own_contract(Transaction& transaction, const Caller& caller, const Id<Contract>& id);

/// What the engine needs to know; `clauses` are this room's templates.
Result<ContractFacts> facts_of(Transaction& transaction, const Caller& caller, const Contract& contract);
/// Failure::conflict or ::forbidden with what is possible now and for whom, in the caller's language.
Error refusal(const Judged<ContractMove>& judged, const Contract& contract, Language language);
/// Failure::conflict "contract.not_now" where the contract is in none of these states; it says what is possible.
Result<Done> check_state(const Contract& contract, std::initializer_list<ContractState> states, Language language);

std::vector<Id<Deal>> deals_of(const Contract& contract);
/// The contract in its new state is stored, its deal advances. Whoever calls this has judged the move.
Result<Done> enter(Transaction& transaction, const Caller& caller, Contract& contract, ContractState to);

/// The templates as they lie in the program.
const std::vector<Clause>& clause_templates();
/// Those of this contract, in order.
std::vector<const Clause*> clauses_of(const Contract& contract);
/// Everything that clauses may ask of it, in that language.
Result<ClauseParameters> parameters_of(Transaction& transaction, const Contract& contract, Language language);
/// Places that are not filled, by their names in that language: problems at "parameters"; and milestones that do not come to the amount.
Result<Problems> text_problems(Transaction& transaction, const Contract& contract, Language language);

/// What the parties agree on, without what they said to it: JSON for versions.
std::string agreed_content(const Contract& contract);
Result<Done> keep_text(
    Transaction& transaction, const Caller& caller, const Contract& contract, ContractVerb action, const std::optional<std::string>& comment);

} // namespace greenbank::deals
