// registrations.h — registering, deciding, waiting, cancelling, checking in.
#pragma once

#include "events/forum/events.h"
#include "events/registration/records.h"
#include "library/publishing/publication.h"

namespace greenbank::events {

/// Places and people of an event, by category.
Result<Attendance> attendance_of(Transaction& transaction, const Event& event);

/// Own people's and own registrations, or all for those who run the event.
Result<Registration> registration_seen(Transaction& transaction, const Caller& caller, const Id<Registration>& id);

struct RegistrationKey {
    Id<Registration> id;
};
Record describe(const RegistrationKey*);

std::vector<Endpoint> registration_endpoints();
std::vector<Endpoint> badge_endpoints(const library::PublicAddress& address);

} // namespace greenbank::events
