// events.cpp — CloudEvents to values and back.
#include "pact/events.h"

#include <array>

#include <fmt/format.h>

#include "pact/tree.h"

namespace greenbank::pact {

namespace {

constexpr std::size_t ids_max = 1000, footprints_max = 200, text_max = 500;

struct Types {
    std::string_view v2, v3;
};
constexpr std::array<Types, 4> types = {{
    {"org.wbcsd.pathfinder.ProductFootprint.Published.v1", "org.wbcsd.pact.ProductFootprint.PublishedEvent.3"},
    {"org.wbcsd.pathfinder.ProductFootprintRequest.Created.v1", "org.wbcsd.pact.ProductFootprint.RequestCreatedEvent.3"},
    {"org.wbcsd.pathfinder.ProductFootprintRequest.Fulfilled.v1", "org.wbcsd.pact.ProductFootprint.RequestFulfilledEvent.3"},
    {"org.wbcsd.pathfinder.ProductFootprintRequest.Rejected.v1", "org.wbcsd.pact.ProductFootprint.RequestRejectedEvent.3"},
}};
std::string_view type_name(EventKind kind, Protocol protocol) {
    const Types& both = types[static_cast<std::size_t>(kind)];
    return protocol == Protocol::v2 ? both.v2 : both.v3;
}

Result<std::string> needed(const ValueTree& tree, std::string_view name, std::string_view at = "") {
    auto text = text_of(tree.find(name));
    if (!text || text->empty() || text->size() > text_max) return bad_request(fmt::format("{}{} must be a text of 1 to {} characters.", at, name, text_max));
    return std::move(*text);
}

Result<Done> read_published(const ValueTree& data, Event& event) {
    const ValueTree* ids = data.find("pfIds");
    if (!is_list(ids) || ids->items.empty() || ids->items.size() > ids_max)
        return bad_request(fmt::format("data.pfIds must be a list of 1 to {} UUIDs.", ids_max));
    for (const ValueTree& item : ids->items) {
        const auto id = text_of(&item);
        if (!id || !is_uuid(*id)) return bad_request("data.pfIds must hold UUIDs.");
        event.footprint_ids.push_back(small_letters(*id));
    }
    return Done{};
}

Result<Done> read_created(const ValueTree& data, Event& event) {
    event.criteria = TRY(read_criteria(data, event.protocol));
    const bool old = event.protocol == Protocol::v2;
    const ValueTree* asked = old ? data.find("pf") : &data;
    if (const ValueTree* ids = asked->find(old ? "productIds" : "productId")) {
        if (const auto one = text_of(ids)) event.product_ids.push_back(*one);
        for (const ValueTree& item : ids->items) event.product_ids.push_back(text_of(&item).value_or(""));
    }
    event.criteria_json = to_json(*asked);
    if (event.criteria_json.size() > 20'000) return bad_request("The criteria are too long.");
    event.comment = text_of(data.find("comment")).value_or("");
    if (event.comment.size() > 4000) return bad_request("data.comment has more than 4000 characters.");
    return Done{};
}

Result<Done> read_fulfilled(const ValueTree& data, Event& event) {
    event.request = TRY(needed(data, "requestEventId", "data."));
    const ValueTree* list = data.find("pfs");
    if (!is_list(list) || list->items.empty() || list->items.size() > footprints_max)
        return bad_request(fmt::format("data.pfs must be a list of 1 to {} product footprints.", footprints_max));
    for (const ValueTree& item : list->items) event.footprints.push_back({TRY(read_footprint(item, event.protocol)), to_json(item)});
    return Done{};
}

Result<Done> read_rejected(const ValueTree& data, Event& event) {
    event.request = TRY(needed(data, "requestEventId", "data."));
    const ValueTree* error = data.find("error");
    if (!is_object(error)) return bad_request("data.error must be an object with code and message.");
    event.code = TRY(needed(*error, "code", "data.error."));
    event.message = text_of(error->find("message")).value_or("").substr(0, 4000);
    if (event.message.empty() || !is_utf8(event.message)) return bad_request("data.error.message must be a text.");
    return Done{};
}

JsonWriter begin(const EventHead& head, EventKind kind) {
    JsonWriter json;
    json.begin_object().member("type", type_name(kind, head.protocol)).member("specversion", "1.0").member("id", head.id).member("source", head.source);
    json.member("time", to_text(head.time)).key("data").begin_object();
    return json;
}
std::string end(JsonWriter& json) { return json.end_object().end_object().take(); }

void texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& list) {
    json.key(name).begin_list();
    for (const std::string& one : list) json.text(one);
    json.end_list();
}

} // namespace

bool is_event_type(std::string_view content_type) {
    return small_letters(trim(content_type.substr(0, content_type.find(';')))) == "application/cloudevents+json";
}

Result<Event> read_event(std::string_view body, Protocol protocol) {
    auto read = read_value_tree(body);
    if (!read) return bad_request("The body is no JSON, is nested too deep, or names a member twice.");
    const ValueTree& tree = read.value();
    if (!is_object(&tree)) return bad_request("An event must be an object.");
    Event event{.protocol = protocol};
    const std::string type = TRY(needed(tree, "type"));
    bool known = false;
    for (std::size_t i = 0; i < types.size(); ++i)
        if (type == type_name(static_cast<EventKind>(i), protocol)) {
            event.kind = static_cast<EventKind>(i);
            known = true;
        }
    if (!known) return bad_request(fmt::format("There is no event of the type {} here.", type));
    if (TRY(needed(tree, "specversion")) != "1.0") return bad_request("specversion must be 1.0.");
    event.id = TRY(needed(tree, "id"));
    event.source = TRY(needed(tree, "source"));
    const ValueTree* written = tree.find("time");
    const auto text = text_of(written);
    const auto time = text ? read_time(*text) : std::nullopt;
    if (!time && (protocol == Protocol::v3 || !is_null(written))) return bad_request("time must be a point in time such as 2026-11-20T00:00:00Z.");
    event.time = time.value_or(Time{});
    const ValueTree* data = tree.find("data");
    if (!is_object(data)) return bad_request("data must be an object.");
    switch (event.kind) {
    case EventKind::published: TRY(read_published(*data, event)); break;
    case EventKind::created: TRY(read_created(*data, event)); break;
    case EventKind::fulfilled: TRY(read_fulfilled(*data, event)); break;
    case EventKind::rejected: TRY(read_rejected(*data, event)); break;
    }
    return event;
}

std::string write_published(const EventHead& head, const std::vector<std::string>& footprint_ids) {
    JsonWriter json = begin(head, EventKind::published);
    texts(json, "pfIds", footprint_ids);
    return end(json);
}
std::string write_created(const EventHead& head, const std::vector<std::string>& product_ids, const std::string& comment) {
    JsonWriter json = begin(head, EventKind::created);
    if (head.protocol == Protocol::v2) {
        json.key("pf").begin_object();
        texts(json, "productIds", product_ids);
        json.end_object();
    } else texts(json, "productId", product_ids);
    if (!comment.empty()) json.member("comment", comment);
    return end(json);
}
std::string write_fulfilled(const EventHead& head, const std::string& request, const std::vector<std::string>& footprints) {
    JsonWriter json = begin(head, EventKind::fulfilled);
    json.member("requestEventId", request).key("pfs").begin_list();
    for (const std::string& one : footprints) json.raw(one);
    json.end_list();
    return end(json);
}
std::string write_rejected(const EventHead& head, const std::string& request, const std::string& code, const std::string& message) {
    JsonWriter json = begin(head, EventKind::rejected);
    json.member("requestEventId", request).key("error").begin_object().member("code", code).member("message", message).end_object();
    return end(json);
}

} // namespace greenbank::pact
