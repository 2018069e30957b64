// slice.cpp — everything that one-stop services bring, on one screen.
#include "api/migrations.h"
#include "services/cooperation/records.h"
#include "services/equipment/records.h"
#include "services/operations.h"
#include "services/requests/triage.h"
#include "services/services.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile services_migrations[];
extern const std::size_t services_migrations_count;
} // namespace embedded

namespace services {

Slice slice() {
    Slice slice{
        .name = "services",
        .migrations = migrations_of("services", embedded::services_migrations, embedded::services_migrations_count),
        .records = {&record_of<Service>(), &record_of<ServiceRequest>(), &record_of<WorkEntry>(), &record_of<Facility>(), &record_of<Equipment>(),
            &record_of<EquipmentBooking>(), &record_of<EquipmentSlot>(), &record_of<Incubation>(), &record_of<Cooperation>(), &record_of<Recognition>(),
            &record_of<CountryFact>(), &record_of<WorkingGroup>(), &record_of<GroupMeeting>(), &record_of<GroupTask>()},
        .rights =
            {
                {write_services, "Enter services, facilities and equipment of one's own organisation; ask for help; book equipment.",
                    {"editor", "manager", "officer", "administrator"}},
                {publish_services, "Publish and withdraw them; agree to response plans.", {"manager", "officer", "administrator"}},
                {run_desk, "Run the desk: judge and rank requests, plan help, keep cooperations, recognition, facts of countries and working groups.",
                    {"officer", "administrator"}},
            },
        .endpoints = {},
        .jobs = {},
        .commands = {triage_command()},
    };
    for (const auto& endpoints : {catalogue_endpoints(), request_endpoints(), facility_endpoints(), booking_endpoints(), incubation_endpoints(),
             cooperation_endpoints(), recognition_endpoints(), working_group_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    for (const auto& samples : {catalogue_samples(), equipment_samples(), request_samples(), cooperation_samples()})
        slice.samples.insert(slice.samples.end(), samples.begin(), samples.end());
    return slice;
}

} // namespace services
} // namespace greenbank
