// targets_field.cpp — a connection and a card, for broken changes.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_field(Visitor& person, std::map<std::string, std::string>& places) {
    const std::string site = create(person, "/sites", R"({"name":{"en":"A field"},"about":{},"kind":"energy","country":"CN","place":{}})");
    const Answer device =
        person.post("/devices", fmt::format(R"({{"site":"{}","template":"electricity_meter","name":{{"en":"A meter"}},"serial":"field-target"}})", site));
    REQUIRE_MESSAGE(device.status == 201, device.body);
    places["field_connection_update"] =
        "/field-connections/" +
        create(person, "/field-connections",
            fmt::format(
                R"({{"device":"{}","protocol":"modbus","address":"10.9.9.9:502","registers":[{{"channel":"power","address":0}}]}})", device.at("/device/id")));
    places["charging_tag_update"] = "/charging-tags/" + create(person, "/charging-tags", R"({"tag":"TARGET","holder":"target"})");
}

const TargetRows field(add_field);

} // namespace

} // namespace greenbank::testing
