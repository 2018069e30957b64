// slice.cpp — what finance brings to the bank.
#include "api/migrations.h"
#include "finance/finance.h"
#include "finance/operations.h"
#include "finance/pricing_files.h"
#include "finance/products/records.h"
#include "finance/risk_files.h"
#include "finance/scoring_files.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile finance_migrations[];
extern const std::size_t finance_migrations_count;
} // namespace embedded

namespace finance {

Slice slice(ledger::Book& book) {
    Slice slice{
        .name = "finance",
        .migrations = migrations_of("finance", embedded::finance_migrations, embedded::finance_migrations_count),
        .records = {&record_of<FinancingRequest>(), &record_of<FinancingOffer>(), &record_of<Loan>(), &record_of<LoanMovement>(), &record_of<RiskPool>(),
            &record_of<PoolClaim>()},
        .rights =
            {
                {write_finance, "Ask for money, and make offers for one's organisation.", {"editor", "manager"}},
                {sign_finance, "Accept offers, pay out and pay back loans, claim: what binds one's organisation.", {"manager"}},
                {run_finance, "The desk for finance: pools, claims, verified reductions, close of day; sees all loans.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {close_job()},
        .commands = {portfolio_command(), capital_command(), bonds_command(), schedule_command(), train_command(), apply_command(), report_command()},
        .checks = {loans_check()},
        .samples = {sample_set<RiskPool>("finance/pools"), sample_set<FinancingRequest>("finance/requests"), sample_set<FinancingOffer>("finance/offers"),
            sample_set<Loan>("finance/loans"), sample_set<LoanMovement>("finance/movements"), sample_set<PoolClaim>("")},
    };
    for (const auto& endpoints : {request_endpoints(), offer_endpoints(), loan_endpoints(book), pool_endpoints(book), close_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace finance
} // namespace greenbank
