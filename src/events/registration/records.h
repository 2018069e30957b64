// records.h — who comes to an event: registrations, and what the desk and the organiser are told.
#pragma once

#include "events/forum/records.h"

namespace greenbank::events {

/// applied: the organiser decides; waiting: approved in principle, but there is no place yet.
enum class RegistrationState { applied, waiting, approved, declined, cancelled };
enum class RegistrationDecision { approve, decline };

struct Registration {
    static constexpr std::string_view id_prefix = "registration";
    Id<Registration> id;
    Id<Event> event;
    std::string name, email;
    std::string position, organisation_name;
    std::optional<Id<Organisation>> organisation; // whose people; absent: a guest who put him- or herself down
    std::string country;
    RegistrationCategory category = RegistrationCategory::participant;
    std::optional<std::string> remark;
    RegistrationState state = RegistrationState::applied;
    std::string code; // on the badge; whoever has it is let in
    std::string registered_by;
    std::optional<Time> checked_in_at;
    std::string checked_in_by;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Registration*);

struct RegistrationCount {
    RegistrationCategory category = RegistrationCategory::participant;
    std::int64_t applied = 0, waiting = 0, approved = 0, checked_in = 0;
};
Record describe(const RegistrationCount*);

/// How full the event is; for its organiser, live.
struct Attendance {
    Id<Event> event;
    std::int64_t applied = 0, waiting = 0, approved = 0, checked_in = 0;
    std::optional<std::int64_t> capacity, places_left;
    std::vector<RegistrationCount> categories;
};
Record describe(const Attendance*);

/// What the desk sees of a code.
struct CheckIn {
    Registration registration;
    bool first = true; // false: let in before, at registration.checked_in_at
    Attendance attendance;
};
Record describe(const CheckIn*);

} // namespace greenbank::events

namespace greenbank {
template <> struct Choices<events::RegistrationState> {
    static constexpr std::string_view name = "registration_state";
    static constexpr std::string_view values[] = {"applied", "waiting", "approved", "declined", "cancelled"};
};
template <> struct Choices<events::RegistrationDecision> {
    static constexpr std::string_view name = "registration_decision";
    static constexpr std::string_view values[] = {"approve", "decline"};
};
} // namespace greenbank
