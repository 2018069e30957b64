// round_records.cpp — descriptions of rounds, attendees, wishes and plans; a round's slots.
#include <fmt/format.h>

#include "events/meetings/dzn.h"
#include "events/meetings/rounds.h"
#include "library/rules.h"

namespace greenbank::events {

namespace {

void check_round(const void* value, Problems& problems) {
    const auto& round = *static_cast<const MeetingRound*>(value);
    for (std::size_t i = 0; i < round.day_parts.size(); ++i) {
        const MeetingDayPart& part = round.day_parts[i];
        const std::string at = fmt::format("day_parts[{}].", i);
        if (part.ends_at <= part.starts_at) problems.push_back({at + "ends_at", "event.times", "The end must be after the beginning."});
        else if (part.ends_at - part.starts_at > hours(24))
            problems.push_back({at + "ends_at", "meetings.day_part_long", "A part of the day is shorter than a day."});
        for (std::size_t k = 0; k < i; ++k) {
            if (round.day_parts[k].name == part.name) problems.push_back({at + "name", "event.twice", "{value} is there already.", {{"value", part.name}}});
            if (part.starts_at < round.day_parts[k].ends_at)
                problems.push_back({at + "starts_at", "meetings.day_part_order", "Parts of the day come one after the other, without overlapping."});
        }
    }
    if (problems.empty()) {
        const std::size_t slots = slots_of(round).size();
        if (slots == 0)
            problems.push_back({"day_parts", "meetings.no_slot", "No slot of {minutes} minutes fits in.", {{"minutes", std::to_string(round.slot_minutes)}}});
        if (slots > static_cast<std::size_t>(meetings::slots_max))
            problems.push_back({"day_parts", "meetings.slots_many", "That makes {count} slots; {limit} at most can be planned.",
                {{"count", std::to_string(slots)}, {"limit", std::to_string(meetings::slots_max)}}});
    }
}

void check_attendee(const void* value, Problems& problems) { library::check_country(static_cast<const MeetingAttendee*>(value)->country, "country", problems); }

void check_wish(const void* value, Problems& problems) {
    const auto& wish = *static_cast<const MeetingWish*>(value);
    if (!wish.asking.text.empty() && wish.asking == wish.asked) problems.push_back({"asked", "meetings.with_oneself", "Nobody can wish to meet oneself."});
}

} // namespace

Record describe(const MeetingDayPart*) {
    return {"meeting_day_part", "A part of the day in which meetings take place.",
        {field<&MeetingDayPart::name>("name", "What it is called, such as morning.", {.min = 1, .max = 80}),
            field<&MeetingDayPart::starts_at>("starts_at", "When the first slot begins."),
            field<&MeetingDayPart::ends_at>("ends_at", "When the last slot has ended.")}};
}

Record describe(const MeetingRound*) {
    return {"meeting_round", "A round of one-to-one meetings at an event.",
        {
            field<&MeetingRound::id>("id", "Id.", {.read_only = true}),
            field<&MeetingRound::event>("event", "At which event.", {.filter = true}),
            field<&MeetingRound::title>("title", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&MeetingRound::day_parts>("day_parts", "When meetings take place.", {.min = 1, .max = 50}),
            field<&MeetingRound::slot_minutes>("slot_minutes", "How long a meeting is.", {.unit = "min", .min = 5, .max = 240, .defaulted = true}),
            field<&MeetingRound::gap_minutes>("gap_minutes", "Between two meetings, for walking.", {.unit = "min", .min = 0, .max = 60, .defaulted = true}),
            field<&MeetingRound::tables>("tables", "Meetings at once.", {.min = 1, .max = 500, .defaulted = true}),
            field<&MeetingRound::break_spread_max>(
                "break_spread_max", "Fairness: how much the numbers of idle breaks of two attendees may differ.", {.min = 0, .max = 50, .defaulted = true}),
            field<&MeetingRound::plan_unanswered>("plan_unanswered", "Wishes that were not answered yet are planned too.", {.defaulted = true}),
            field<&MeetingRound::announced>("announced", "The plan that was announced.", {.read_only = true}),
            field<&MeetingRound::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&MeetingRound::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&MeetingRound::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_round};
}

Record describe(const MeetingAttendee*) {
    return {"meeting_attendee", "Somebody who takes part in a round of meetings.",
        {
            field<&MeetingAttendee::id>("id", "Id.", {.read_only = true}),
            field<&MeetingAttendee::event>("event", "At which event.", {.read_only = true, .filter = true}),
            field<&MeetingAttendee::round>("round", "In which round.", {.filter = true}),
            field<&MeetingAttendee::name>("name", "What it is called.", {.min = 1, .max = 160, .sort = true}),
            field<&MeetingAttendee::organisation>("organisation", "The organisation of the bank that answers for it.", {.filter = true}),
            field<&MeetingAttendee::country>("country", "From which country.", {.min = 2, .max = 2, .filter = true}),
            field<&MeetingAttendee::offers>("offers", "What it offers.", {.max = 500}),
            field<&MeetingAttendee::looks_for>("looks_for", "What it looks for.", {.max = 500}),
            field<&MeetingAttendee::forbidden_slots>("forbidden_slots", "Numbers of the slots when it cannot meet.", {.max = 500}),
            field<&MeetingAttendee::withdrawn>("withdrawn", "It does not come any more.", {.read_only = true, .filter = true}),
            field<&MeetingAttendee::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&MeetingAttendee::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&MeetingAttendee::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_attendee};
}

Record describe(const MeetingWish*) {
    return {"meeting_wish", "A wish to meet, and its answer.",
        {
            field<&MeetingWish::id>("id", "Id.", {.read_only = true}),
            field<&MeetingWish::event>("event", "At which event.", {.read_only = true, .filter = true}),
            field<&MeetingWish::round>("round", "In which round.", {.read_only = true, .filter = true}),
            field<&MeetingWish::asking>("asking", "Who wishes to meet.", {.filter = true}),
            field<&MeetingWish::asked>("asked", "Whom.", {.filter = true}),
            field<&MeetingWish::value_asking>(
                "value_asking", "What it is worth to the one who asks, 1 to 10.", {.min = 1, .max = wish_value_max, .defaulted = true}),
            field<&MeetingWish::remark>("remark", "Why; a reason makes acceptance likelier.", {.min = 1, .max = 500}),
            field<&MeetingWish::answer>("answer", "Not answered yet, accepted or declined.", {.read_only = true, .filter = true}),
            field<&MeetingWish::value_asked>("value_asked", "What it is worth to the one who was asked.", {.read_only = true}),
            field<&MeetingWish::answered_at>("answered_at", "When it was answered.", {.read_only = true}),
            field<&MeetingWish::day_part>("day_part", "The part of the day in which it must take place.", {.min = 1, .max = 80}),
            field<&MeetingWish::fixed_slot>(
                "fixed_slot", "The slot in which it must take place; set by the organiser.", {.min = 1, .max = meetings::slots_max}),
            field<&MeetingWish::after>("after", "Other wishes that must take place earlier.", {.max = 20}),
            field<&MeetingWish::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&MeetingWish::created_at>("created_at", "When it was made.", {.read_only = true, .sort = true}),
            field<&MeetingWish::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_wish};
}

Record describe(const MeetingPlan*) {
    return {"meeting_plan", "A schedule of meetings with its bounds, beside what first-come booking would have given.",
        {
            field<&MeetingPlan::id>("id", "Id.", {.read_only = true}),
            field<&MeetingPlan::event>("event", "At which event.", {.read_only = true, .filter = true}),
            field<&MeetingPlan::round>("round", "Of which round.", {.read_only = true, .filter = true}),
            field<&MeetingPlan::number>("number", "Its number in the round.", {.read_only = true, .sort = true}),
            field<&MeetingPlan::kind>("kind", "A schedule, or the repair of one.", {.read_only = true}),
            field<&MeetingPlan::status>("status", "Whether every objective is proven to be the best.", {.read_only = true}),
            field<&MeetingPlan::requested>("requested", "Wishes that could be planned.", {.read_only = true}),
            field<&MeetingPlan::placed>("placed", "Meetings that have a place.", {.read_only = true}),
            field<&MeetingPlan::value>("value", "What the meetings placed are worth to both sides.", {.read_only = true}),
            field<&MeetingPlan::value_bound>("value_bound", "The most that any schedule can be worth.", {.read_only = true}),
            field<&MeetingPlan::breaks>("breaks", "Idle breaks between meetings.", {.read_only = true}),
            field<&MeetingPlan::breaks_bound>("breaks_bound", "The fewest that any schedule of this value can have.", {.read_only = true}),
            field<&MeetingPlan::break_spread>("break_spread", "The most breaks of an attendee minus the fewest.", {.read_only = true}),
            field<&MeetingPlan::fair>("fair", "The spread is within the round's limit.", {.read_only = true}),
            field<&MeetingPlan::this_choice_only>("this_choice_only", "The bound of breaks holds for this choice of wishes only.", {.read_only = true}),
            field<&MeetingPlan::changes>("changes", "Announced meetings that a repair moved or gave up.", {.read_only = true}),
            field<&MeetingPlan::changes_bound>("changes_bound", "The fewest that any repair can change.", {.read_only = true}),
            field<&MeetingPlan::from_slot>("from_slot", "The first slot that was not past.", {.read_only = true}),
            field<&MeetingPlan::first_come_placed>("first_come_placed", "Meetings that first-come booking would have placed.", {.read_only = true}),
            field<&MeetingPlan::first_come_value>("first_come_value", "What these would be worth.", {.read_only = true}),
            field<&MeetingPlan::announced_at>("announced_at", "When the attendees were told.", {.read_only = true}),
            field<&MeetingPlan::schedule>("schedule", "The whole schedule.", {.read_only = true, .secret = true}),
            field<&MeetingPlan::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&MeetingPlan::created_at>("created_at", "When it was made.", {.read_only = true, .sort = true}),
            field<&MeetingPlan::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const SlotTime*) {
    return {"slot_time", "When a slot is.",
        {field<&SlotTime::number>("number", "Its number, from 1."), field<&SlotTime::starts_at>("starts_at", "When it begins."),
            field<&SlotTime::ends_at>("ends_at", "When it ends."), field<&SlotTime::day_part>("day_part", "In which part of the day.")}};
}

std::vector<SlotTime> slots_of(const MeetingRound& round) {
    std::vector<SlotTime> slots;
    const Duration slot = minutes(round.slot_minutes), step = minutes(round.slot_minutes + round.gap_minutes);
    if (slot <= Duration{}) return slots;
    for (const MeetingDayPart& part : round.day_parts)
        for (Time at = part.starts_at; at + slot <= part.ends_at && slots.size() <= static_cast<std::size_t>(meetings::slots_max); at = at + step)
            slots.push_back({static_cast<std::int64_t>(slots.size()) + 1, at, at + slot, part.name});
    return slots;
}

} // namespace greenbank::events
