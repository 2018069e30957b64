// slice.cpp — what deals brings to the bank.
#include "api/migrations.h"
#include "deals/contracts/checks.h"
#include "deals/contracts/records.h"
#include "deals/deals.h"
#include "deals/interest/records.h"
#include "deals/operations.h"
#include "deals/pipeline/steps.h"
#include "deals/valuation/files.h"
#include "deals/valuation/records.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile deals_migrations[];
extern const std::size_t deals_migrations_count;
} // namespace embedded

namespace deals {

Slice slice(ledger::Book& book) {
    Slice slice{
        .name = "deals",
        .migrations = migrations_of("deals", embedded::deals_migrations, embedded::deals_migrations_count),
        .records = {&record_of<Interest>(), &record_of<InterestMessage>(), &record_of<Deal>(), &record_of<DealStep>(), &record_of<Contract>(),
            &record_of<ContractVersion>(), &record_of<EscrowOrder>(), &record_of<Valuation>()},
        .rights =
            {
                {write_deals, "Express interest, write to the other side, draft contracts, bring evidence.", {"editor", "manager"}},
                {sign_deals, "Accept an interest, agree, sign, pay into escrow and accept milestones for one's organisation.", {"manager"}},
                {advise_deals, "Advise both sides of any deal, and see all of them.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {},
        .commands = {value_command()},
        .checks = {escrow_check()},
        .samples = {sample_set<Interest>("deals/interests"), sample_set<InterestMessage>("deals/messages"), sample_set<Deal>("deals/deals"),
            sample_set<DealStep>("deals/steps"), sample_set<Contract>("deals/contracts"), sample_set<ContractVersion>("deals/versions"),
            sample_set<EscrowOrder>("deals/escrow"), sample_set<Valuation>("deals/valuations")},
        .routines = {{"disclosures_note", note_disclosures}},
    };
    for (auto endpoints : {interest_endpoints(), message_endpoints(), deal_endpoints(), contract_endpoints(), contract_step_endpoints(book),
             milestone_endpoints(), escrow_endpoints(book), clause_endpoints(), paper_endpoints(), valuation_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace deals
} // namespace greenbank
