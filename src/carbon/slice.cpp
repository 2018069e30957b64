// slice.cpp — what carbon brings to the bank.
#include "api/migrations.h"
#include "carbon/carbon.h"
#include "carbon/footprint_files.h"
#include "carbon/inventory_files.h"
#include "carbon/labels/labels.h"
#include "carbon/products/operations.h"
#include "carbon/sample.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile carbon_migrations[];
extern const std::size_t carbon_migrations_count;
} // namespace embedded

namespace carbon {

Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    Slice slice{
        .name = "carbon",
        .migrations = migrations_of("carbon", embedded::carbon_migrations, embedded::carbon_migrations_count),
        .records = {&record_of<EmissionFactor>(), &record_of<ProductSystem>(), &record_of<Footprint>(), &record_of<LabelClass>(), &record_of<CarbonLabel>()},
        .rights =
            {
                {write_carbon, "Enter inventories, reduction projects, meters, product systems, factors and labels of one's own organisation.",
                    {"editor", "manager", "officer", "administrator"}},
                {submit_carbon, "Submit them; publish and withdraw labels; finish inventories.", {"manager", "officer", "administrator"}},
                {verify_carbon, "Review and verify, for the organisation that was named for it.", {"editor", "manager", "officer", "administrator"}},
                {see_carbon, "See all of it, and decide for the bank.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = footprint_jobs(),
        .commands = {solve_command(), inventory_import_command(), inventory_export_command(), inventory_check_command()},
        .checks = footprint_checks(),
        .samples = {sample_set<EmissionFactor>("carbon/factors"), sample_set<LabelClass>("carbon/label_classes"),
            sample_set<ProductSystem>("carbon/product_systems")},
        .sample_steps = {sample_labels(log)},
    };
    for (const auto& endpoints : {factor_endpoints(), system_endpoints(), footprint_endpoints(), label_endpoints(log), label_picture_endpoints(address)})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace carbon
} // namespace greenbank
