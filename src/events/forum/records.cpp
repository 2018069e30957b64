// records.cpp — descriptions of the event and its parts.
#include "events/forum/records.h"

#include <fmt/format.h>

#include "events/forum/local_time.h"
#include "library/rules.h"

namespace greenbank::events {

namespace {

void check_event(const void* value, Problems& problems) {
    const auto& event = *static_cast<const Event*>(value);
    library::check_country(event.country, "country", problems);
    if (event.last_day < event.first_day) problems.push_back({"last_day", "event.days", "The last day must not be before the first."});
    else if (event.last_day.days - event.first_day.days > 60) problems.push_back({"last_day", "event.long", "An event lasts at most 60 days."});
    if (!parse_offset(event.time_zone)) problems.push_back({"time_zone", "event.time_zone", "Write the time zone as its distance from UTC, such as +08:00."});
    for (std::size_t i = 0; i < event.category_limits.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (event.category_limits[k].category == event.category_limits[i].category)
                problems.push_back({fmt::format("category_limits[{}].category", i), "event.limit_twice", "This category has a limit already."});
    for (std::size_t i = 0; i < event.published_figures.size(); ++i) {
        const PublishedFigure& figure = event.published_figures[i];
        if (figure.count.has_value() == figure.amount.has_value())
            problems.push_back({fmt::format("published_figures[{}].count", i), "event.figure_value", "Give a count or an amount, one of the two."});
    }
}

void check_times(const std::optional<Time>& begin, const std::optional<Time>& end, Problems& problems) {
    if (begin.has_value() != end.has_value()) problems.push_back({begin ? "ends_at" : "starts_at", "event.half_time", "Give both the beginning and the end."});
    else if (begin && *end <= *begin) problems.push_back({"ends_at", "event.times", "The end must be after the beginning."});
}

void check_sub_event(const void* value, Problems& problems) {
    const auto& part = *static_cast<const SubEvent*>(value);
    check_times(part.starts_at, part.ends_at, problems);
}

void check_item(const void* value, Problems& problems) {
    const auto& item = *static_cast<const ProgrammeItem*>(value);
    check_times(item.starts_at, item.ends_at, problems);
    std::int64_t minutes = 0;
    for (std::size_t i = 0; i < item.talks.size(); ++i) {
        minutes += item.talks[i].minutes.value_or(0);
        for (std::size_t k = 0; k < i; ++k)
            if (item.talks[k].speaker == item.talks[i].speaker && item.talks[k].title == item.talks[i].title)
                problems.push_back({fmt::format("talks[{}].speaker", i), "event.talk_twice", "This talk stands here twice."});
    }
    if (minutes * 60'000'000 > (item.ends_at - item.starts_at).microseconds && item.ends_at > item.starts_at)
        problems.push_back(
            {"talks", "event.talks_long", "The talks take {minutes} minutes, which is longer than the session.", {{"minutes", std::to_string(minutes)}}});
}

void check_speaker(const void* value, Problems& problems) {
    const auto& speaker = *static_cast<const Speaker*>(value);
    if (speaker.country) library::check_country(*speaker.country, "country", problems);
}

void check_pavilion(const void* value, Problems& problems) { library::check_country(static_cast<const Pavilion*>(value)->country, "country", problems); }

void check_slot(const void* value, Problems& problems) {
    const auto& slot = *static_cast<const RoadshowSlot*>(value);
    check_standing(slot.amount, slot.standing, slot.source, problems);
}

Traits read_only() { return {.read_only = true}; }

} // namespace

void check_standing(const std::optional<Money>& amount, FigureStanding standing, const std::optional<std::string>& source, Problems& problems) {
    if (amount && standing == FigureStanding::official && !source)
        problems.push_back({"source", "event.official_source", "An official figure needs its source."});
}

Record describe(const EventPartner*) {
    return {"event_partner", "Who holds an event, and in which role.",
        {field<&EventPartner::role>("role", "Host, organiser, co-organiser or supporter."),
            field<&EventPartner::name>("name", "What it is called.", {.min = 1, .max = 300}),
            field<&EventPartner::organisation>("organisation", "Its entry in the bank, if it has one.")}};
}

Record describe(const CategoryLimit*) {
    return {"category_limit", "How many of one category find a place.",
        {field<&CategoryLimit::category>("category", "Which category."),
            field<&CategoryLimit::capacity>("capacity", "How many.", {.min = 0, .max = 1'000'000})}};
}

Record describe(const PublishedFigure*) {
    return {"published_figure", "A figure that was published of the event, to be held against what is entered.",
        {field<&PublishedFigure::measure>("measure", "What was counted."),
            field<&PublishedFigure::comparison>("comparison", "Exactly so much, or at least.", {.defaulted = true}),
            field<&PublishedFigure::count>("count", "How many.", {.min = 0, .max = 1'000'000'000}),
            field<&PublishedFigure::amount>("amount", "How much money.", {.min = 0}),
            field<&PublishedFigure::source>("source", "Where it was published.", {.min = 1, .max = 500})}};
}

Record describe(const Event*) {
    return {"event", "A forum, conference, exhibition, roadshow or matchmaking, with all that happens at it.",
        {
            field<&Event::id>("id", "Id.", read_only()),
            field<&Event::title>("title", "What it is called.", {.min = 1, .max = 300, .sort = true}),
            field<&Event::summary>("summary", "What it is about, in one or two sentences.", {.max = 1000}),
            field<&Event::description>("description", "For whom it is and what they will find.", {.max = 10'000}),
            field<&Event::kind>("kind", "What kind of event.", {.filter = true, .sort = true}),
            field<&Event::organiser>("organiser", "The organisation that runs it here.", {.read_only = true, .filter = true}),
            field<&Event::partners>("partners", "Who holds it.", {.max = 60}),
            field<&Event::country>("country", "Where.", {.min = 2, .max = 2, .filter = true}),
            field<&Event::city>("city", "In which city.", {.max = 200}),
            field<&Event::venue>("venue", "In which house.", {.max = 300}),
            field<&Event::first_day>("first_day", "First day, by the clock of the place.", {.sort = true}),
            field<&Event::last_day>("last_day", "Last day."),
            field<&Event::time_zone>("time_zone", "How far the clock of the place is from UTC.", {.min = 6, .max = 6, .defaulted = true}),
            field<&Event::state>("state", "Where it stands.", {.read_only = true, .filter = true}),
            field<&Event::capacity>("capacity", "How many people find a place; absent: no limit.", {.min = 1, .max = 1'000'000}),
            field<&Event::category_limits>("category_limits", "Limits of single categories.", {.max = 5}),
            field<&Event::approval_needed>("approval_needed", "The organiser decides about each registration.", {.defaulted = true}),
            field<&Event::self_registration>("self_registration", "People without an account here may put themselves down.", {.defaulted = true}),
            field<&Event::published_figures>("published_figures", "What was published of it.", {.max = 40}),
            field<&Event::source>("source", "Where it is described.", {.min = 1, .max = 500}),
            field<&Event::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Event::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Event::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Event::version>("version", "Goes up with every change.", read_only()),
        },
        check_event};
}

Record describe(const Hall*) {
    return {"hall", "A hall, an exhibition hall or a technology-release space.",
        {
            field<&Hall::id>("id", "Id.", read_only()),
            field<&Hall::event>("event", "At which event.", {.filter = true}),
            field<&Hall::name>("name", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Hall::kind>("kind", "What it is for.", {.filter = true}),
            field<&Hall::seats>("seats", "Seats.", {.min = 0, .max = 1'000'000}),
            field<&Hall::width>("width", "Width, for the plan.", {.unit = "m", .min = 1, .max = 1000}),
            field<&Hall::depth>("depth", "Depth, for the plan.", {.unit = "m", .min = 1, .max = 1000}),
            field<&Hall::sample>("sample", "Part of the sample bank.", read_only()),
            field<&Hall::created_at>("created_at", "When it was entered.", read_only()),
            field<&Hall::version>("version", "Goes up with every change.", read_only()),
        }};
}

Record describe(const SubEvent*) {
    return {"sub_event", "One of the events that an event is made of.",
        {
            field<&SubEvent::id>("id", "Id.", read_only()),
            field<&SubEvent::event>("event", "Of which event.", {.filter = true}),
            field<&SubEvent::kind>("kind", "Plenary, parallel forum, roadshow and so on.", {.filter = true, .sort = true}),
            field<&SubEvent::title>("title", "What it is called.", {.min = 1, .max = 300, .sort = true}),
            field<&SubEvent::summary>("summary", "What it is about.", {.max = 2000}),
            field<&SubEvent::hall>("hall", "Where it usually is."),
            field<&SubEvent::starts_at>("starts_at", "When it begins.", {.sort = true}),
            field<&SubEvent::ends_at>("ends_at", "When it ends."),
            field<&SubEvent::source>("source", "Where it is described.", {.min = 1, .max = 500}),
            field<&SubEvent::sample>("sample", "Part of the sample bank.", read_only()),
            field<&SubEvent::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&SubEvent::version>("version", "Goes up with every change.", read_only()),
        },
        check_sub_event};
}

Record describe(const Speaker*) {
    return {"speaker", "Somebody who speaks or takes the chair at an event.",
        {
            field<&Speaker::id>("id", "Id.", read_only()),
            field<&Speaker::event>("event", "At which event.", {.filter = true}),
            field<&Speaker::name>("name", "Name.", {.min = 1, .max = 200, .sort = true}),
            field<&Speaker::position>("position", "Position.", {.max = 300}),
            field<&Speaker::organisation_name>("organisation_name", "Of which organisation.", {.max = 300}),
            field<&Speaker::organisation>("organisation", "Its entry in the bank, if it has one."),
            field<&Speaker::country>("country", "From which country.", {.min = 2, .max = 2, .filter = true}),
            field<&Speaker::about>("about", "A few sentences.", {.max = 2000}),
            field<&Speaker::sample>("sample", "Part of the sample bank.", read_only()),
            field<&Speaker::created_at>("created_at", "When entered.", read_only()),
            field<&Speaker::version>("version", "Goes up with every change.", read_only()),
        },
        check_speaker};
}

Record describe(const Talk*) {
    return {"talk", "What somebody speaks about in a session.",
        {field<&Talk::speaker>("speaker", "Who."), field<&Talk::title>("title", "Title.", {.max = 300}),
            field<&Talk::abstract>("abstract", "What about.", {.max = 3000}),
            field<&Talk::minutes>("minutes", "How long.", {.unit = "min", .min = 1, .max = 600})}};
}

Record describe(const ProgrammeItem*) {
    return {"programme_item", "A session of the programme: a hall, a time, a chair and talks.",
        {
            field<&ProgrammeItem::id>("id", "Id.", read_only()),
            field<&ProgrammeItem::event>("event", "Of which event.", {.filter = true}),
            field<&ProgrammeItem::sub_event>("sub_event", "Of which of its parts.", {.filter = true}),
            field<&ProgrammeItem::title>("title", "What it is called.", {.min = 1, .max = 300, .sort = true}),
            field<&ProgrammeItem::summary>("summary", "What it is about.", {.max = 3000}),
            field<&ProgrammeItem::hall>("hall", "Where."),
            field<&ProgrammeItem::starts_at>("starts_at", "When it begins.", {.sort = true}),
            field<&ProgrammeItem::ends_at>("ends_at", "When it ends."),
            field<&ProgrammeItem::chair>("chair", "Who takes the chair."),
            field<&ProgrammeItem::talks>("talks", "Talks in their order.", {.max = 60}),
            field<&ProgrammeItem::sample>("sample", "Part of the sample bank.", read_only()),
            field<&ProgrammeItem::created_at>("created_at", "When it was entered.", read_only()),
            field<&ProgrammeItem::version>("version", "Goes up with every change.", read_only()),
        },
        check_item};
}

Record describe(const Pavilion*) {
    return {"pavilion", "A country's part of an exhibition hall.",
        {
            field<&Pavilion::id>("id", "Id.", read_only()),
            field<&Pavilion::event>("event", "At which event.", {.filter = true}),
            field<&Pavilion::hall>("hall", "In which hall.", {.filter = true}),
            field<&Pavilion::name>("name", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Pavilion::country>("country", "Whose it is.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Pavilion::about>("about", "What it shows.", {.max = 2000}),
            field<&Pavilion::sample>("sample", "Part of the sample bank.", read_only()),
            field<&Pavilion::created_at>("created_at", "When it was entered.", read_only()),
            field<&Pavilion::version>("version", "Goes up with every change.", read_only()),
        },
        check_pavilion};
}

Record describe(const Booth*) {
    return {"booth", "A booth: where it stands, whose it is and what it shows.",
        {
            field<&Booth::id>("id", "Id.", read_only()),
            field<&Booth::event>("event", "At which event.", {.filter = true}),
            field<&Booth::hall>("hall", "In which hall.", {.filter = true}),
            field<&Booth::pavilion>("pavilion", "In which pavilion, if in one.", {.filter = true}),
            field<&Booth::number>("number", "Its number, unique at the event.", {.min = 1, .max = 20, .sort = true}),
            field<&Booth::left>("left", "From the left wall.", {.unit = "m", .min = 0, .max = 1000, .defaulted = true}),
            field<&Booth::top>("top", "From the upper wall of the plan.", {.unit = "m", .min = 0, .max = 1000, .defaulted = true}),
            field<&Booth::width>("width", "Width.", {.unit = "m", .min = 0.5, .max = 200, .defaulted = true}),
            field<&Booth::depth>("depth", "Depth.", {.unit = "m", .min = 0.5, .max = 200, .defaulted = true}),
            field<&Booth::exhibitor_name>("exhibitor_name", "Who shows here.", {.max = 300}),
            field<&Booth::exhibitor>("exhibitor", "Its entry in the bank, if it has one."),
            field<&Booth::technologies>("technologies", "Technologies of the library that are shown.", {.max = 60}),
            field<&Booth::about>("about", "What is to be seen.", {.max = 2000}),
            field<&Booth::sample>("sample", "Part of the sample bank.", read_only()),
            field<&Booth::created_at>("created_at", "When it was entered.", read_only()),
            field<&Booth::version>("version", "Goes up with every change.", read_only()),
        }};
}

Record describe(const RoadshowSlot*) {
    return {"roadshow_slot", "A project or a technology on the stage of a roadshow.",
        {
            field<&RoadshowSlot::id>("id", "Id.", read_only()),
            field<&RoadshowSlot::event>("event", "At which event.", {.filter = true}),
            field<&RoadshowSlot::sub_event>("sub_event", "In which roadshow.", {.filter = true}),
            field<&RoadshowSlot::number>("number", "Its place in the order.", {.min = 1, .max = 1000, .sort = true}),
            field<&RoadshowSlot::title>("title", "What is presented.", {.min = 1, .max = 300, .sort = true}),
            field<&RoadshowSlot::presenter>("presenter", "Who presents it.", {.max = 200}),
            field<&RoadshowSlot::organisation_name>("organisation_name", "Of which organisation.", {.max = 300}),
            field<&RoadshowSlot::organisation>("organisation", "Its entry in the bank, if it has one."),
            field<&RoadshowSlot::technology>("technology", "The technology of the library."),
            field<&RoadshowSlot::project>("project", "The project of the bank."),
            field<&RoadshowSlot::minutes>("minutes", "How long.", {.unit = "min", .min = 1, .max = 240}),
            field<&RoadshowSlot::amount>("amount", "Money sought, or the size of the project.", {.min = 0, .sort = true}),
            field<&RoadshowSlot::standing>("standing", "Whose word the amount is.", {.defaulted = true}),
            field<&RoadshowSlot::source>("source", "Where it is from.", {.min = 1, .max = 500}),
            field<&RoadshowSlot::sample>("sample", "Part of the sample bank.", read_only()),
            field<&RoadshowSlot::created_at>("created_at", "When it was entered.", read_only()),
            field<&RoadshowSlot::version>("version", "Goes up with every change.", read_only()),
        },
        check_slot};
}

} // namespace greenbank::events
