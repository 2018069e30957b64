// targets_events.cpp — one of each part of an event.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_events(Visitor& person, std::map<std::string, std::string>& places) {
    const std::string event =
        create(person, "/events", R"({"title":{"en":"target"},"kind":"forum","country":"CN","first_day":"2027-05-10","last_day":"2027-05-11"})");
    places["event_update"] = "/events/" + event;
    const auto add = [&](const std::string& name, const std::string& path, const std::string& body) {
        const std::string id = create(person, path, fmt::format(R"({{"event":"{}",{}}})", event, body));
        places[name + "_update"] = path + "/" + id;
        return id;
    };
    const std::string hall = add("hall", "/halls", R"("name":{"en":"target"},"kind":"exhibition")");
    const std::string part = add("sub_event", "/sub-events", R"("title":{"en":"target"},"kind":"roadshow")");
    add("speaker", "/speakers", R"("name":{"en":"target"})");
    add("programme_item", "/programme-items",
        fmt::format(
            R"("sub_event":"{}","hall":"{}","title":{{"en":"target"}},"starts_at":"2027-05-10T02:00:00Z","ends_at":"2027-05-10T03:00:00Z")", part, hall));
    add("pavilion", "/pavilions", fmt::format(R"("hall":"{}","name":{{"en":"target"}},"country":"CN")", hall));
    add("booth", "/booths", fmt::format(R"("hall":"{}","number":"1")", hall));
    add("roadshow_slot", "/roadshow-slots", fmt::format(R"("sub_event":"{}","number":1,"title":{{"en":"target"}})", part));
    add("registration", "/registrations", R"("name":"target","email":"target@x.test","organisation_name":"target","country":"CN")");
    add("signing", "/signings", R"("kind":"other","title":{"en":"target"},"country":"CN")");
    const std::string round = add("meeting_round", "/meeting-rounds",
        R"("title":{"en":"target"},"day_parts":[{"name":"morning","starts_at":"2027-05-10T02:00:00Z","ends_at":"2027-05-10T04:00:00Z"}])");
    std::string attendees[2];
    for (std::string& one : attendees)
        one = create(person, "/meeting-attendees", fmt::format(R"({{"round":"{}","name":{{"en":"target"}},"country":"CN"}})", round));
    places["meeting_attendee_update"] = "/meeting-attendees/" + attendees[0];
    places["meeting_wish_update"] =
        "/meeting-wishes/" + create(person, "/meeting-wishes", fmt::format(R"({{"asking":"{}","asked":"{}"}})", attendees[0], attendees[1]));
    // A step follows only what was signed, at an event that is no draft.
    const std::string published =
        create(person, "/events", R"({"title":{"en":"published"},"kind":"forum","country":"CN","first_day":"2027-05-10","last_day":"2027-05-11"})");
    REQUIRE(person.post("/events/" + published + "/step", R"({"action":"publish"})").status == 200);
    const std::string signed_one = create(person, "/signings",
        fmt::format(
            R"({{"event":"{}","kind":"other","title":{{"en":"signed"}},"country":"CN","amount":{{"amount":"10.00","currency":"CNY"}},"parties":[{{"name":{{"en":"A"}}}},{{"name":{{"en":"B"}}}}]}})",
            published));
    REQUIRE(person.post("/signings/" + signed_one + "/sign", R"({"signed_at":"2026-01-10T02:00:00Z"})").status == 200);
    places["promise_step_update"] =
        "/promise-steps/" +
        create(person, "/promise-steps",
            fmt::format(
                R"({{"signing":"{}","stage":"contracted","amount":{{"amount":"1.00","currency":"CNY"}},"happened_on":"2026-02-01","evidence":"x","source":"y"}})",
                signed_one));
}

const TargetRows events(add_events);

} // namespace

} // namespace greenbank::testing
