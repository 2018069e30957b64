// records.h — what a forum is made of: the event, its parts and programme, halls, pavilions and booths, slots of roadshows.
#pragma once

#include "events/engine/event_states.h"
#include "projects/records.h"

namespace greenbank::events {

using library::Technology;
using parties::Organisation;

enum class EventKind { forum, conference, exhibition, roadshow, matchmaking };
enum class SubEventKind { plenary, parallel_forum, roadshow, exhibition, technology_release, round_table, signing_ceremony, matchmaking, visit, other };
enum class EventRole { host, organiser, co_organiser, supporter };
enum class HallKind { conference, exhibition, release_space, meeting };
enum class RegistrationCategory { participant, speaker, exhibitor, press, investor };
/// Whose word a figure is; an unconfirmed one or a sample is never shown as official.
enum class FigureStanding { official, unconfirmed, sample };
/// What reports of an event publish, to be held against what was entered.
enum class PublishedMeasure {
    sub_events,
    roadshows,
    roadshow_projects,
    roadshow_amount,
    strategic_agreements,
    industry_projects,
    industry_amount,
    invested_amount_planned,
    release_spaces
};
enum class PublishedComparison { exactly, at_least };

struct EventPartner {
    EventRole role = EventRole::organiser;
    Text name;
    std::optional<Id<Organisation>> organisation;
};
Record describe(const EventPartner*);

struct CategoryLimit {
    RegistrationCategory category = RegistrationCategory::participant;
    std::int64_t capacity = 0;
};
Record describe(const CategoryLimit*);

struct PublishedFigure {
    PublishedMeasure measure = PublishedMeasure::sub_events;
    PublishedComparison comparison = PublishedComparison::exactly;
    std::optional<std::int64_t> count; // one of the two
    std::optional<Money> amount;
    std::string source;
};
Record describe(const PublishedFigure*);

struct Event {
    static constexpr std::string_view id_prefix = "event";
    Id<Event> id;
    Text title;
    Text summary, description;
    EventKind kind = EventKind::forum;
    Id<Organisation> organiser; // who runs it in the bank
    std::vector<EventPartner> partners;
    std::string country;
    Text city, venue;
    Date first_day, last_day;
    std::string time_zone = "+08:00"; // an event is too short for its offset to change
    EventState state = EventState::draft;
    std::optional<std::int64_t> capacity;
    std::vector<CategoryLimit> category_limits;
    bool approval_needed = true, self_registration = false;
    std::vector<PublishedFigure> published_figures;
    std::optional<std::string> source;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Event*);

struct Hall {
    static constexpr std::string_view id_prefix = "hall";
    Id<Hall> id;
    Id<Event> event;
    Text name;
    HallKind kind = HallKind::conference;
    std::optional<std::int64_t> seats;
    std::optional<double> width, depth; // metres, for the plan
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const Hall*);

/// One of the events that an event is made of.
struct SubEvent {
    static constexpr std::string_view id_prefix = "subevent";
    Id<SubEvent> id;
    Id<Event> event;
    SubEventKind kind = SubEventKind::parallel_forum;
    Text title;
    Text summary;
    std::optional<Id<Hall>> hall;
    std::optional<Time> starts_at, ends_at;
    std::optional<std::string> source;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const SubEvent*);

struct Speaker {
    static constexpr std::string_view id_prefix = "speaker";
    Id<Speaker> id;
    Id<Event> event;
    Text name;
    Text position, organisation_name;
    std::optional<Id<Organisation>> organisation;
    std::optional<std::string> country;
    Text about;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const Speaker*);

struct Talk {
    Id<Speaker> speaker;
    Text title, abstract;
    std::optional<std::int64_t> minutes;
};
Record describe(const Talk*);

/// A session of the programme.
struct ProgrammeItem {
    static constexpr std::string_view id_prefix = "programmeitem";
    Id<ProgrammeItem> id;
    Id<Event> event;
    Id<SubEvent> sub_event;
    Text title;
    Text summary;
    Id<Hall> hall;
    Time starts_at, ends_at;
    std::optional<Id<Speaker>> chair;
    std::vector<Talk> talks;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const ProgrammeItem*);

struct Pavilion {
    static constexpr std::string_view id_prefix = "pavilion";
    Id<Pavilion> id;
    Id<Event> event;
    Id<Hall> hall;
    Text name;
    std::string country;
    Text about;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const Pavilion*);

struct Booth {
    static constexpr std::string_view id_prefix = "booth";
    Id<Booth> id;
    Id<Event> event;
    Id<Hall> hall;
    std::optional<Id<Pavilion>> pavilion;
    std::string number;
    double left = 0, top = 0, width = 3, depth = 3; // metres from the hall's corner
    Text exhibitor_name;
    std::optional<Id<Organisation>> exhibitor;
    std::vector<Id<Technology>> technologies;
    Text about;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const Booth*);

/// A project or a technology on the stage of a roadshow.
struct RoadshowSlot {
    static constexpr std::string_view id_prefix = "pitch";
    Id<RoadshowSlot> id;
    Id<Event> event;
    Id<SubEvent> sub_event;
    std::int64_t number = 1;
    Text title;
    Text presenter, organisation_name;
    std::optional<Id<Organisation>> organisation;
    std::optional<Id<Technology>> technology;
    std::optional<Id<projects::Project>> project;
    std::optional<std::int64_t> minutes;
    std::optional<Money> amount; // sought, or of the project
    FigureStanding standing = FigureStanding::unconfirmed;
    std::optional<std::string> source;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const RoadshowSlot*);

/// Problems at `path` for a figure that has an amount and no word on where it is from.
void check_standing(const std::optional<Money>& amount, FigureStanding standing, const std::optional<std::string>& source, Problems& problems);

} // namespace greenbank::events

namespace greenbank {
template <> struct Choices<events::EventKind> {
    static constexpr std::string_view name = "event_kind";
    static constexpr std::string_view values[] = {"forum", "conference", "exhibition", "roadshow", "matchmaking"};
};
template <> struct Choices<events::SubEventKind> {
    static constexpr std::string_view name = "sub_event_kind";
    static constexpr std::string_view values[] = {
        "plenary", "parallel_forum", "roadshow", "exhibition", "technology_release", "round_table", "signing_ceremony", "matchmaking", "visit", "other"};
};
template <> struct Choices<events::EventRole> {
    static constexpr std::string_view name = "event_role";
    static constexpr std::string_view values[] = {"host", "organiser", "co_organiser", "supporter"};
};
template <> struct Choices<events::HallKind> {
    static constexpr std::string_view name = "hall_kind";
    static constexpr std::string_view values[] = {"conference", "exhibition", "release_space", "meeting"};
};
template <> struct Choices<events::RegistrationCategory> {
    static constexpr std::string_view name = "registration_category";
    static constexpr std::string_view values[] = {"participant", "speaker", "exhibitor", "press", "investor"};
};
template <> struct Choices<events::FigureStanding> {
    static constexpr std::string_view name = "figure_standing";
    static constexpr std::string_view values[] = {"official", "unconfirmed", "sample"};
};
template <> struct Choices<events::PublishedMeasure> {
    static constexpr std::string_view name = "published_measure";
    static constexpr std::string_view values[] = {"sub_events", "roadshows", "roadshow_projects", "roadshow_amount", "strategic_agreements",
        "industry_projects", "industry_amount", "invested_amount_planned", "release_spaces"};
};
template <> struct Choices<events::PublishedComparison> {
    static constexpr std::string_view name = "published_comparison";
    static constexpr std::string_view values[] = {"exactly", "at_least"};
};
} // namespace greenbank
