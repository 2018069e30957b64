// slice.cpp — everything that events bring, on one screen.
#include "api/migrations.h"
#include "events/events.h"
#include "events/forum/overview.h"
#include "events/meetings/files.h"
#include "events/meetings/rounds.h"
#include "events/registration/registrations.h"
#include "events/sample.h"
#include "events/signings/signings.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile events_migrations[];
extern const std::size_t events_migrations_count;
} // namespace embedded

namespace events {

Slice slice(const library::PublicAddress& address) {
    Slice slice{
        .name = "events",
        .migrations = migrations_of("events", embedded::events_migrations, embedded::events_migrations_count),
        .records = {&record_of<Event>(), &record_of<Hall>(), &record_of<SubEvent>(), &record_of<Speaker>(), &record_of<ProgrammeItem>(), &record_of<Pavilion>(),
            &record_of<Booth>(), &record_of<RoadshowSlot>(), &record_of<Registration>(), &record_of<Signing>(), &record_of<PromiseStep>(),
            &record_of<MeetingRound>(), &record_of<MeetingAttendee>(), &record_of<MeetingWish>(), &record_of<MeetingPlan>()},
        .rights =
            {
                {organise_events, "Hold events for one's own organisation: programme, registrations, signings, meetings.",
                    {"manager", "officer", "administrator"}},
                {manage_events, "See and change all events.", {"officer", "administrator"}},
            },
        .endpoints = event_endpoints(),
        .jobs = plan_jobs(),
        .commands = {meetings::schedule_command(), meetings::repair_command()},
        .samples = sample_sets(),
        .sample_steps = sample_steps(),
    };
    for (const auto& endpoints : {part_endpoints(), overview_endpoints(), proceedings_endpoints(), registration_endpoints(), badge_endpoints(address),
             signing_endpoints(), board_endpoints(), promise_endpoints(), round_endpoints(), plan_endpoints(), agenda_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace events
} // namespace greenbank
