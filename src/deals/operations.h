// operations.h — the tables of endpoints, one file a subject, and the rights they ask for.
#pragma once

#include "api/call.h"
#include "api/kept_files.h"
#include "ledger/book.h"

namespace greenbank::deals {

inline constexpr Right write_deals{"deals.write"}; // express interest, write to the other side, draft, bring evidence
inline constexpr Right sign_deals{"deals.sign"};   // say yes or no, agree, sign, pay, accept for one's organisation
inline constexpr Right advise_deals{"bank.deals"}; // advisers: both sides, all deals

std::vector<Endpoint> interest_endpoints();
std::vector<Endpoint> message_endpoints();
std::vector<Endpoint> deal_endpoints();
std::vector<Endpoint> contract_endpoints();
std::vector<Endpoint> contract_step_endpoints(ledger::Book& book);
std::vector<Endpoint> milestone_endpoints();
std::vector<Endpoint> escrow_endpoints(ledger::Book& book);
std::vector<Endpoint> clause_endpoints();
std::vector<Endpoint> paper_endpoints();
std::vector<Endpoint> valuation_endpoints();

/// SQL that a JSON column holds this id as a value; the parameter for it is `json_value(id)`.
inline std::string json_holds(std::string_view column, int parameter) {
    return "CAST(" + std::string(column) + " AS TEXT) LIKE $" + std::to_string(parameter) + " ESCAPE '!'";
}
std::string json_value(std::string_view id);

/// A file of data/reference as it lies in the program.
std::string_view reference_file(std::string_view name);

/// Failure::forbidden for who acts for no organisation.
Result<Done> check_acts(const Caller& caller);
/// The file is the caller's own and stays as long as what refers to it.
Result<KeptFile> taken_file(Transaction& transaction, const Caller& caller, const Id<KeptFile>& id);

} // namespace greenbank::deals
