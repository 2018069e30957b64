// slice.cpp — what carbon brings to the bank.
#include "api/migrations.h"
#include "carbon/carbon.h"
#include "carbon/exchange/exchange.h"
#include "carbon/footprint_files.h"
#include "carbon/inventories/inventories.h"
#include "carbon/inventory_files.h"
#include "carbon/labels/labels.h"
#include "carbon/products/operations.h"
#include "carbon/reductions/reductions.h"
#include "carbon/reductions/sample.h"
#include "carbon/sample.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile carbon_migrations[];
extern const std::size_t carbon_migrations_count;
} // namespace embedded

namespace carbon {

Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log, PartnerExchange& exchange, energy::Archive& archive) {
    Slice slice{
        .name = "carbon",
        .migrations = migrations_of("carbon", embedded::carbon_migrations, embedded::carbon_migrations_count),
        .records = {&record_of<EmissionFactor>(), &record_of<ProductSystem>(), &record_of<Footprint>(), &record_of<LabelClass>(), &record_of<CarbonLabel>(),
            &record_of<OrganisationInventory>(), &record_of<ReductionProject>(), &record_of<MonitoringPeriod>(), &record_of<MonitoringSeries>(),
            &record_of<VerifiedReduction>(), &record_of<PactPartner>(), &record_of<PactToken>(), &record_of<SharedFootprint>(), &record_of<ReceivedFootprint>(),
            &record_of<PactRequest>(), &record_of<PactMessage>()},
        .rights =
            {
                {write_carbon, "Enter inventories, reduction projects, meters, product systems, factors and labels of one's own organisation.",
                    {"editor", "manager", "officer", "administrator"}},
                {submit_carbon, "Finish inventories; submit reduction projects, monitoring periods and labels; publish and withdraw labels.",
                    {"manager", "officer", "administrator"}},
                {verify_carbon, "Judge, review and verify, for the organisation that was named for it.", {"editor", "manager", "officer", "administrator"}},
                {see_carbon, "See all of it, and decide for the bank.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = footprint_jobs(),
        .commands = {solve_command(), inventory_import_command(), inventory_export_command(), inventory_check_command(), inventory_command(),
            reduction_command()},
        .checks = footprint_checks(),
        .samples = {sample_set<EmissionFactor>("carbon/factors"), sample_set<LabelClass>("carbon/label_classes"),
            sample_set<ProductSystem>("carbon/product_systems"), sample_set<OrganisationInventory>("carbon/inventories"),
            sample_set<ReductionProject>("carbon/reduction_projects"), sample_set<MonitoringPeriod>("carbon/monitoring_periods"),
            sample_set<MonitoringSeries>("carbon/readings"), sample_set<VerifiedReduction>(""), sample_set<PactPartner>("carbon/exchange/partners")},
        .sample_steps = {sample_labels(log), sample_reductions(log), sample_exchange()},
        .followings = {},
        .routines = {exchange_routine(exchange)},
    };
    for (const auto& endpoints : {factor_endpoints(), system_endpoints(), footprint_endpoints(), label_endpoints(log), label_picture_endpoints(address),
             methodology_endpoints(), inventory_endpoints(archive), inventory_paper_endpoints(address, log), reduction_endpoints(),
             monitoring_endpoints(log, archive), monitoring_paper_endpoints(address, log), verified_endpoints(), partner_endpoints(exchange),
             sharing_endpoints(address), request_endpoints(address)})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    for (Check& check : exchange_checks()) slice.checks.push_back(std::move(check));
    for (JobKind& job : system_jobs()) slice.jobs.push_back(std::move(job));
    for (JobKind& job : exchange_jobs(exchange)) slice.jobs.push_back(std::move(job));
    return slice;
}

} // namespace carbon
} // namespace greenbank
