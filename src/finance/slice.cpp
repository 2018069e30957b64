// slice.cpp — what finance brings to the bank.
#include "api/migrations.h"
#include "finance/bonds/records.h"
#include "finance/credit/records.h"
#include "finance/finance.h"
#include "finance/insurance/records.h"
#include "finance/operations.h"
#include "finance/pricing_files.h"
#include "finance/products/records.h"
#include "finance/risk_files.h"
#include "finance/scoring_files.h"
#include "finance/stress/stress_files.h"
#include "finance/stress/stress_runs.h"
#include "finance/watch/records.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile finance_migrations[];
extern const std::size_t finance_migrations_count;
} // namespace embedded

namespace finance {

Slice slice(ledger::Book& book, energy::Archive& archive, const library::PublicAddress& address, const parties::TransparencyLog& log) {
    Slice slice{
        .name = "finance",
        .migrations = migrations_of("finance", embedded::finance_migrations, embedded::finance_migrations_count),
        .records = {&record_of<FinancingRequest>(), &record_of<FinancingOffer>(), &record_of<Loan>(), &record_of<LoanMovement>(), &record_of<RiskPool>(),
            &record_of<PoolClaim>(), &record_of<InsuranceCover>(), &record_of<InsuranceClaim>(), &record_of<LoanWarning>(), &record_of<StressRun>(),
            &record_of<GreenIdentification>(), &record_of<CreditEntry>(), &record_of<CreditConsent>(), &record_of<CreditQuery>(), &record_of<CreditDispute>(),
            &record_of<GreenBond>()},
        .rights =
            {
                {write_finance, "Ask for money, and make offers for one's organisation.", {"editor", "manager"}},
                {sign_finance, "Accept offers, pay out and pay back loans, claim: what binds one's organisation.", {"manager"}},
                {run_finance, "The desk for finance: pools, claims, verified reductions, close of day; sees all loans.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {close_job(), watch_job(archive)},
        .commands = {portfolio_command(), capital_command(), bonds_command(), schedule_command(), train_command(), apply_command(), report_command(),
            stress_command()},
        .checks = {loans_check()},
        .samples = {sample_set<RiskPool>("finance/pools"), sample_set<FinancingRequest>("finance/requests"), sample_set<FinancingOffer>("finance/offers"),
            sample_set<Loan>("finance/loans"), sample_set<LoanMovement>("finance/movements"), sample_set<PoolClaim>(""),
            sample_set<InsuranceCover>("finance/covers"), sample_set<InsuranceClaim>(""), sample_set<LoanWarning>("finance/warnings"),
            sample_set<GreenIdentification>("finance/identifications"), sample_set<CreditEntry>("finance/credit_entries"),
            sample_set<CreditConsent>("finance/credit_consents"), sample_set<CreditQuery>(""), sample_set<CreditDispute>(""), sample_set<GreenBond>("")},
        .sample_steps = {green_sample(), stress_sample()},
    };
    for (const auto& endpoints : {request_endpoints(), offer_endpoints(), loan_endpoints(book), pool_endpoints(book), close_endpoints(),
             cover_endpoints(book, archive), insurance_claim_endpoints(book, archive), warning_endpoints(), stress_endpoints(),
             stress_paper_endpoints(address, log), green_endpoints(), bond_endpoints(book), credit_entry_endpoints(), credit_query_endpoints(address, log)})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace finance
} // namespace greenbank
