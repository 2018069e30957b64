// events.h — what partners tell each other: CloudEvents in structured mode, of either version.
#pragma once

#include <string>
#include <vector>

#include "kernel/result.h"
#include "pact/filters.h"

namespace greenbank::pact {

enum class EventKind { published, created, fulfilled, rejected };

/// A footprint as it came: what was read of it, and all of it as JSON.
struct Received {
    ProductFootprint footprint;
    std::string json;
};

struct Event {
    EventKind kind = EventKind::published;
    Protocol protocol = Protocol::v3;
    std::string id, source;
    Time time;
    std::vector<std::string> footprint_ids; // published
    Criteria criteria;                      // created
    std::vector<std::string> product_ids;   // created: as they were written
    std::string criteria_json, comment;     // created
    std::string request;                    // fulfilled, rejected: the event that asked
    std::vector<Received> footprints;       // fulfilled
    std::string code, message;              // rejected
};

/// "application/cloudevents+json; charset=UTF-8"
bool is_event_type(std::string_view content_type);
inline constexpr std::string_view event_content_type = "application/cloudevents+json; charset=UTF-8";

Result<Event> read_event(std::string_view body, Protocol protocol);

struct EventHead {
    Protocol protocol = Protocol::v3;
    std::string id, source;
    Time time;
};
std::string write_published(const EventHead& head, const std::vector<std::string>& footprint_ids);
/// A request of one's own for the footprint of a product.
std::string write_created(const EventHead& head, const std::vector<std::string>& product_ids, const std::string& comment);
/// `footprints` as write() made them in the head's version.
std::string write_fulfilled(const EventHead& head, const std::string& request, const std::vector<std::string>& footprints);
std::string write_rejected(const EventHead& head, const std::string& request, const std::string& code, const std::string& message);

} // namespace greenbank::pact
