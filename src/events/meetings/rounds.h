// rounds.h — one-to-one meetings at an event: the round with its times and tables, who takes part, who wishes to meet whom, and the plans that were made.
#pragma once

#include <map>

#include "events/engine/wishes.h"
#include "events/forum/parts.h"
#include "events/meetings/records.h"
#include "events/registration/records.h"

namespace greenbank::events {

struct MeetingPlan;

/// A part of the day in which meetings take place, one slot after the other.
struct MeetingDayPart {
    std::string name;
    Time starts_at, ends_at;
};
Record describe(const MeetingDayPart*);

struct MeetingRound {
    static constexpr std::string_view id_prefix = "meetinground";
    Id<MeetingRound> id;
    Id<Event> event;
    Text title;
    std::vector<MeetingDayPart> day_parts;
    std::int64_t slot_minutes = 20, gap_minutes = 5; // between two slots, for walking
    std::int64_t tables = 10;
    std::int64_t break_spread_max = 2;
    bool plan_unanswered = true; // wishes that wait for an answer are planned too
    std::optional<Id<MeetingPlan>> announced;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const MeetingRound*);

/// Somebody who takes part in a round.
struct MeetingAttendee {
    static constexpr std::string_view id_prefix = "attendee";
    Id<MeetingAttendee> id;
    Id<Event> event;
    Id<MeetingRound> round;
    Text name;
    std::optional<Id<Organisation>> organisation; // who answers for it; absent: the organiser does
    std::string country;
    Text offers, looks_for;
    std::vector<std::int64_t> forbidden_slots; // from 1
    bool withdrawn = false;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const MeetingAttendee*);

struct MeetingWish {
    static constexpr std::string_view id_prefix = "wish";
    Id<MeetingWish> id;
    Id<Event> event;
    Id<MeetingRound> round;
    Id<MeetingAttendee> asking, asked;
    std::int64_t value_asking = 5;
    std::optional<std::string> remark;
    WishAnswer answer = WishAnswer::open;
    std::optional<std::int64_t> value_asked;
    std::optional<Time> answered_at;
    std::optional<std::string> day_part;
    std::optional<std::int64_t> fixed_slot;
    std::vector<Id<MeetingWish>> after; // others that take place earlier, if they do
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const MeetingWish*);

enum class PlanKind { schedule, repair };

/// A schedule with its bounds, beside what first-come booking would have given.
struct MeetingPlan {
    static constexpr std::string_view id_prefix = "meetingplan";
    Id<MeetingPlan> id;
    Id<Event> event;
    Id<MeetingRound> round;
    std::int64_t number = 1;
    PlanKind kind = PlanKind::schedule;
    meetings::ScheduleStatus status = meetings::ScheduleStatus::feasible;
    std::int64_t requested = 0, placed = 0;
    std::int64_t value = 0, value_bound = 0, breaks = 0, breaks_bound = 0, break_spread = 0;
    bool fair = true, this_choice_only = false;
    std::optional<std::int64_t> changes, changes_bound, from_slot;
    std::int64_t first_come_placed = 0, first_come_value = 0;
    std::optional<Time> announced_at;
    meetings::ScheduleFile schedule; // whole; what of it is shown, the views say
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const MeetingPlan*);

struct SlotTime {
    std::int64_t number = 1; // from 1
    Time starts_at, ends_at;
    std::string day_part;
};
Record describe(const SlotTime*);
/// The slots of a round in their order.
std::vector<SlotTime> slots_of(const MeetingRound& round);

/// The caller answers for this attendee: for its organisation, or as organiser.
bool answers_for(const Caller& caller, const Event& event, const MeetingAttendee& attendee);
/// Names of a round's attendees by id; gone ones too.
Result<std::map<std::string, MeetingAttendee>> attendees_of(Transaction& transaction, const Id<MeetingRound>& round);

std::vector<Endpoint> round_endpoints();
std::vector<Endpoint> plan_endpoints();
std::vector<Endpoint> agenda_endpoints();
std::vector<JobKind> plan_jobs();

} // namespace greenbank::events

namespace greenbank {
template <> struct Choices<events::PlanKind> {
    static constexpr std::string_view name = "plan_kind";
    static constexpr std::string_view values[] = {"schedule", "repair"};
};
} // namespace greenbank
