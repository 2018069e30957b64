// overview.h — an event in figures: for its page, for the proceedings, and held against what was published of it.
#pragma once

#include "events/forum/events.h"

namespace greenbank::events {

struct PartCount {
    SubEventKind kind = SubEventKind::other;
    std::int64_t count = 0;
};
Record describe(const PartCount*);

/// A published figure beside what was entered.
struct FigureCheck {
    PublishedMeasure measure = PublishedMeasure::sub_events;
    PublishedComparison comparison = PublishedComparison::exactly;
    std::optional<std::int64_t> published_count, entered_count;
    std::optional<Money> published_amount, entered_amount;
    bool holds = false;
    bool split = false; // single amounts behind the sum are samples
    std::string source;
};
Record describe(const FigureCheck*);

struct EventOverview {
    Id<Event> event;
    bool own = false; // the caller runs it
    std::vector<EventAction> actions;
    std::vector<PartCount> parts;
    std::int64_t sub_events = 0, sessions = 0, speakers = 0, countries = 0, halls = 0, release_spaces = 0, pavilions = 0, booths = 0;
    std::int64_t roadshows = 0, roadshow_projects = 0, signings = 0, agreements = 0;
    std::vector<Money> roadshow_amounts, signed_amounts;
    std::int64_t meeting_rounds = 0;
    std::optional<std::int64_t> places_left;
    std::vector<FigureCheck> figures;
};
Record describe(const EventOverview*);

Result<EventOverview> overview_of(Transaction& transaction, const Caller& caller, const Event& event);

std::vector<Endpoint> overview_endpoints();
std::vector<Endpoint> proceedings_endpoints();

} // namespace greenbank::events
