// operations.h — rights, tables of endpoints, and what the operations of the room share.
#pragma once

#include "api/call.h"
#include "ledger/book.h"
#include "parties/acting.h"

namespace greenbank::energy {
class Archive;
}
namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::finance {

/// Ask for money, make offers for one's organisation.
inline constexpr Right write_finance{"finance.write"};
/// Accept offers, pay out, pay back, claim: what binds one's organisation.
inline constexpr Right sign_finance{"finance.sign"};
/// The bank's desk: pools, claims, verified reductions, close of day; sees everything.
inline constexpr Right run_finance{"bank.finance"};

std::vector<Endpoint> request_endpoints();
std::vector<Endpoint> offer_endpoints();
std::vector<Endpoint> loan_endpoints(ledger::Book& book);
/// A pledge's proceeds, and new terms for a loan in trouble.
std::vector<Endpoint> workout_endpoints(ledger::Book& book);
std::vector<Endpoint> pool_endpoints(ledger::Book& book);
std::vector<Endpoint> close_endpoints();
std::vector<Endpoint> cover_endpoints(ledger::Book& book, energy::Archive& archive);
std::vector<Endpoint> insurance_claim_endpoints(ledger::Book& book, energy::Archive& archive);
std::vector<Endpoint> warning_endpoints();
std::vector<Endpoint> stress_endpoints();
std::vector<Endpoint> stress_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log);
std::vector<Endpoint> bond_endpoints(ledger::Book& book);
/// Fixings and movements of the contracts below.
std::vector<Endpoint> contract_endpoints();
std::vector<Endpoint> line_endpoints(ledger::Book& book);
std::vector<Endpoint> lease_endpoints(ledger::Book& book);
std::vector<Endpoint> guarantee_endpoints(ledger::Book& book);
std::vector<Endpoint> fund_endpoints(ledger::Book& book);
std::vector<Endpoint> fund_giving_endpoints(ledger::Book& book);
std::vector<Endpoint> hazard_endpoints();
std::vector<Endpoint> biodiversity_endpoints();
std::vector<Endpoint> regional_endpoints();
std::vector<Endpoint> notice_endpoints(const parties::TransparencyLog& log);
std::vector<Endpoint> outbox_endpoints(const parties::TransparencyLog& log);
JobKind hazard_job();
std::vector<Endpoint> green_endpoints();
/// Sample contracts whose transfers the ledger has taken back do not come again.
SampleStep contracts_sample();
/// What the card and the taxonomies say of the sample's identifications.
SampleStep green_sample();
std::vector<Endpoint> credit_entry_endpoints();
std::vector<Endpoint> credit_query_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log);
JobKind close_job();
/// Early warning beside the payments.
JobKind watch_job(energy::Archive& archive);
/// What loans say is owed is what the ledger says.
Check loans_check();
/// The same of lines, leases and funds.
Check contracts_check();

template <class T> struct ById { Id<T> id; };

using parties::acting_organisation;
Result<Text> name_of_organisation(Transaction& transaction, const Id<parties::Organisation>& id);
/// An organisation that a person named, or that the bank knows no such one, at that field.
Result<parties::Organisation> named_organisation(Transaction& transaction, const Id<parties::Organisation>& id, const char* field);

} // namespace greenbank::finance
