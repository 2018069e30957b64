// slice.cpp — what cities brings to the bank.
#include "api/migrations.h"
#include "cities/carbons/carbons.h"
#include "cities/certificates/certificates.h"
#include "cities/cities.h"
#include "cities/index_files.h"
#include "cities/indices/indices.h"
#include "cities/indices/records.h"
#include "cities/territories/territories.h"
#include "cities/zero_plans/zero_plans.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile cities_migrations[];
extern const std::size_t cities_migrations_count;
} // namespace embedded

namespace cities {

Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log, energy::Archive& archive) {
    Slice slice{
        .name = "cities",
        .migrations = migrations_of("cities", embedded::cities_migrations, embedded::cities_migrations_count),
        .records = {&record_of<Territory>(), &record_of<TerritoryInventory>(), &record_of<CityIndex>(), &record_of<IslandCertificate>(),
            &record_of<PeakScenario>(), &record_of<CarbonTarget>(), &record_of<TargetWarning>(), &record_of<CarbonAssessment>(), &record_of<ZeroPlan>()},
        .rights =
            {
                {write_cities, "Enter territories, inventories, indices, scenarios, targets and applications of one's own organisation.",
                    {"editor", "manager", "officer", "administrator"}},
                {submit_cities, "Finish and publish them; apply for certificates.", {"manager", "officer", "administrator"}},
                {verify_cities, "Review and verify certificates, for the organisation that was named for it.",
                    {"editor", "manager", "officer", "administrator"}},
                {run_cities, "See all of it, and issue certificates for the bank.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {},
        .commands = {compute_command()},
        .checks = {balance_check(), certificate_check()},
        .samples = {sample_set<Territory>("cities/territories"), sample_set<TerritoryInventory>("cities/inventories"), sample_set<CityIndex>("cities/indices"),
            sample_set<IslandCertificate>("cities/certificates"), sample_set<PeakScenario>("cities/peaks"), sample_set<CarbonTarget>("cities/targets"),
            sample_set<TargetWarning>(""), sample_set<CarbonAssessment>("cities/assessments"), sample_set<ZeroPlan>("cities/zero_plans")},
        .sample_steps = {sample_certificates(log), sample_warnings()},
    };
    for (const auto& endpoints :
        {territory_endpoints(), balance_endpoints(archive), balance_paper_endpoints(address, log), index_endpoints(), certificate_endpoints(log),
            certificate_paper_endpoints(address), alliance_endpoints(), zero_plan_endpoints(), peak_endpoints(), library_measure_endpoints(),
            target_endpoints(), target_warning_endpoints(), assessment_endpoints(archive), asset_endpoints(), dashboard_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace cities
} // namespace greenbank
