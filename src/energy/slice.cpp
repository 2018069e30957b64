// slice.cpp — what energy brings to the bank.
#include "api/migrations.h"
#include "energy/energy.h"
#include "energy/field/field.h"
#include "energy/monitor_files.h"
#include "energy/sites/operations.h"
#include "energy/sites/sample.h"
#include "energy/telemetry/intake.h"
#include "energy/telemetry/telemetry.h"
#include "energy/watch/watching.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile energy_migrations[];
extern const std::size_t energy_migrations_count;
} // namespace embedded

namespace energy {

Slice slice(Intake& intake, Monitoring& monitoring, Field& field, Tell& tell) {
    Slice slice{
        .name = "energy",
        .migrations = migrations_of("energy", embedded::energy_migrations, embedded::energy_migrations_count),
        .records = {&record_of<Site>(), &record_of<Device>(), &record_of<Channel>()},
        .rights =
            {
                {write_sites, "Enter and change sites, devices and channels of one's own organisation; send points for them.",
                    {"editor", "manager", "officer", "administrator"}},
                {manage_devices, "Issue and revoke credentials of devices; claim, suspend and retire them.", {"manager", "officer", "administrator"}},
                {help_sites, "See and help with sites of every organisation.", {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {},
        .commands = {detect_command(), score_command()},
        .checks = telemetry_checks(),
    };
    for (const auto& endpoints : {site_endpoints(), device_endpoints(intake), channel_endpoints(intake), sending_endpoints(intake), asking_endpoints(intake),
             field_endpoints(field), charger_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    slice.samples = site_samples();
    for (const SampleSet& set : field_samples()) slice.samples.push_back(set);
    slice.sample_steps.push_back(site_points_sample(intake.archive()));
    for (const Record* record : field_records()) slice.records.push_back(record);
    for (const RightRow& right : field_rights()) slice.rights.push_back(right);
    slice.followings.push_back(telemetry_following(intake));
    slice.routines.push_back(telemetry_routine(intake));
    add_watching(slice, intake, monitoring, tell);
    return slice;
}

} // namespace energy
} // namespace greenbank
