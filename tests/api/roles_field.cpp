// roles_field.cpp — the rows of connections, charge points and cards.
#include "roles.h"

namespace greenbank::testing {

namespace {

struct Entered {
    std::map<bool, std::string> devices, connections, chargers, cards;
};

Entered enter(Stage& stage) {
    Entered entered;
    Cast& all = stage.all;
    int number = 0;
    for (const bool own : {true, false}) {
        Visitor& manager = own ? all.manager : all.other_manager;
        const std::string site = create(manager, "/sites", R"({"name":{"en":"A field"},"about":{},"kind":"energy","country":"CN","place":{}})");
        const Answer device =
            manager.post("/devices", fmt::format(R"({{"site":"{}","template":"ev_charger","name":{{"en":"A pole"}},"serial":"field-{}"}})", site, ++number));
        REQUIRE_MESSAGE(device.status == 201, device.body);
        entered.devices[own] = device.at("/device/id");
        entered.connections[own] =
            "/field-connections/" +
            create(all.officer, "/field-connections",
                fmt::format(R"({{"device":"{}","protocol":"modbus","address":"10.0.0.{}:502","registers":[{{"channel":"power","address":0}}]}})",
                    entered.devices[own], number));
        entered.chargers[own] =
            "/chargers/" + create(manager, "/chargers", fmt::format(R"({{"device":"{}","identity":"ROLE-{}"}})", entered.devices[own], number));
        entered.cards[own] = "/charging-tags/" + create(manager, "/charging-tags", fmt::format(R"({{"tag":"CARD-{}"}})", number));
    }
    return entered;
}

void add_field(Stage& stage, Probes& rows) {
    static Entered entered;
    entered = enter(stage);
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto of = [](std::map<bool, std::string> Entered::*which, std::string verb = "") {
        return [which, verb](bool own) { return (entered.*which)[own] + verb; };
    };
    const std::string help = "bank.energy";

    rows["field_state_get"] = {200, at("/field/state")};
    rows["field_connection_list"] = {200, at("/field-connections")};
    rows["field_connection_get"] = {200, of(&Entered::connections), "", help};
    rows["field_connection_create"] = {422, at("/field-connections"), "{}"};
    rows["field_connection_update"] = {412, of(&Entered::connections), R"({"every_seconds":5})", help, 404, no_version};
    rows["field_connection_delete"] = {404, at("/field-connections/fieldlink_nobody")};
    rows["charger_list"] = {200, at("/chargers")};
    rows["charger_get"] = {200, of(&Entered::chargers), "", help};
    rows["charger_create"] = {422, at("/chargers"), "{}"};
    rows["charger_delete"] = {404, at("/chargers/charger_nobody")};
    rows["charger_start"] = {422, of(&Entered::chargers, "/start"), "{}"};
    rows["charger_stop"] = {422, of(&Entered::chargers, "/stop"), R"({"session_number":999999})", help};
    rows["charger_profile_set"] = {422, of(&Entered::chargers, "/profile"), "{}"};
    rows["charger_profile_clear"] = {404, at("/chargers/charger_nobody/clear-profile"), "{}"};
    rows["charging_session_list"] = {200, at("/charging-sessions")};
    rows["charging_tag_list"] = {200, at("/charging-tags")};
    rows["charging_tag_get"] = {200, of(&Entered::cards), "", help};
    rows["charging_tag_create"] = {422, at("/charging-tags"), "{}"};
    rows["charging_tag_update"] = {412, of(&Entered::cards), R"({"blocked":true})", help, 404, no_version};
    rows["charging_tag_delete"] = {404, at("/charging-tags/tag_nobody")};
}

const RoleRows field(add_field);

} // namespace

} // namespace greenbank::testing
