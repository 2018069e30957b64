// slice.cpp — what finance brings to the bank.
#include "api/migrations.h"
#include "finance/biodiversity/records.h"
#include "finance/bonds/records.h"
#include "finance/credit/records.h"
#include "finance/finance.h"
#include "finance/funds/records.h"
#include "finance/hazard/records.h"
#include "finance/hazard_files.h"
#include "finance/insurance/records.h"
#include "finance/notices/records.h"
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

namespace {

/// A rate that somebody's contract refers to is more than a sample.
constexpr std::string_view fixings_in_use = "UPDATE benchmark_fixing SET sample = false WHERE sample = true AND (benchmark IN (SELECT benchmark FROM loan "
                                            "WHERE sample = false AND benchmark IS NOT NULL) "
                                            "OR benchmark IN (SELECT benchmark FROM revolving_line WHERE sample = false AND benchmark IS NOT NULL))";

} // namespace

Slice slice(ledger::Book& book, energy::Archive& archive, const library::PublicAddress& address, const parties::TransparencyLog& log) {
    Slice slice{
        .name = "finance",
        .migrations = migrations_of("finance", embedded::finance_migrations, embedded::finance_migrations_count),
        .records = {&record_of<FinancingRequest>(), &record_of<FinancingOffer>(), &record_of<Loan>(), &record_of<LoanMovement>(), &record_of<RiskPool>(),
            &record_of<PoolClaim>(), &record_of<InsuranceCover>(), &record_of<InsuranceClaim>(), &record_of<LoanWarning>(), &record_of<StressRun>(),
            &record_of<GreenIdentification>(), &record_of<CreditEntry>(), &record_of<CreditConsent>(), &record_of<CreditQuery>(), &record_of<CreditDispute>(),
            &record_of<GreenBond>(), &record_of<BenchmarkFixing>(), &record_of<ContractMovement>(), &record_of<RevolvingLine>(), &record_of<FinanceLease>(),
            &record_of<Guarantee>(), &record_of<GuaranteeCall>(), &record_of<GreenFund>(), &record_of<FundCommitment>(), &record_of<CapitalCall>(),
            &record_of<FundHolding>(), &record_of<FundDistribution>(), &record_of<StoredHazard>(), &record_of<NoticePartner>(), &record_of<SentNotice>(),
            &record_of<ReceivedNotice>(), &record_of<BiodiversityLine>(), &record_of<BiodiversityProduct>()},
        .rights =
            {
                {write_finance, "Ask for money, and make offers for one's organisation.", {"editor", "manager"}},
                {sign_finance, "Accept offers, pay out and pay back loans, claim: what binds one's organisation.", {"manager"}},
                {run_finance, "The desk for finance: pools, claims, verified reductions, close of day; sees all loans.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {close_job(), watch_job(archive), hazard_job()},
        .commands = {portfolio_command(), capital_command(), bonds_command(), schedule_command(), train_command(), apply_command(), report_command(),
            stress_command(), hazard_train_command(), hazard_apply_command()},
        .checks = {loans_check(), contracts_check()},
        .samples = {sample_set<RiskPool>("finance/pools"), sample_set<FinancingRequest>("finance/requests"), sample_set<FinancingOffer>("finance/offers"),
            sample_set<Loan>("finance/loans"), sample_set<LoanMovement>("finance/movements"), sample_set<PoolClaim>(""),
            sample_set<InsuranceCover>("finance/covers"), sample_set<InsuranceClaim>(""), sample_set<LoanWarning>("finance/warnings"),
            sample_set<GreenIdentification>("finance/identifications"), sample_set<CreditEntry>("finance/credit_entries"),
            sample_set<CreditConsent>("finance/credit_consents"), sample_set<CreditQuery>(""), sample_set<CreditDispute>(""), sample_set<GreenBond>(""),
            sample_set<BenchmarkFixing>("finance/fixings", fixings_in_use), sample_set<ContractMovement>("finance/contract_movements"),
            sample_set<RevolvingLine>("finance/lines"), sample_set<FinanceLease>("finance/leases"), sample_set<Guarantee>("finance/guarantees"),
            sample_set<GuaranteeCall>("finance/guarantee_calls"), sample_set<GreenFund>("finance/funds"),
            sample_set<FundCommitment>("finance/fund_commitments"), sample_set<CapitalCall>("finance/capital_calls"),
            sample_set<FundHolding>("finance/fund_holdings"), sample_set<FundDistribution>("finance/fund_distributions"), sample_set<StoredHazard>(""),
            sample_set<NoticePartner>(""), sample_set<SentNotice>(""), sample_set<ReceivedNotice>(""), sample_set<BiodiversityLine>("finance/biodiversity"),
            sample_set<BiodiversityProduct>("")},
        .sample_steps = {contracts_sample(), green_sample(), stress_sample()},
    };
    for (const auto& endpoints : {request_endpoints(), offer_endpoints(), loan_endpoints(book), workout_endpoints(book), pool_endpoints(book),
             close_endpoints(), cover_endpoints(book, archive), insurance_claim_endpoints(book, archive), warning_endpoints(), stress_endpoints(),
             stress_paper_endpoints(address, log), green_endpoints(), bond_endpoints(book), contract_endpoints(), line_endpoints(book), lease_endpoints(book),
             guarantee_endpoints(book), fund_endpoints(book), fund_giving_endpoints(book), hazard_endpoints(), notice_endpoints(log), outbox_endpoints(log),
             biodiversity_endpoints(), regional_endpoints(), credit_entry_endpoints(), credit_query_endpoints(address, log)})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace finance
} // namespace greenbank
