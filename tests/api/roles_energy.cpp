// roles_energy.cpp — the rows of sites, devices, channels and points.
#include "roles.h"

namespace greenbank::testing {

namespace {

struct Entered {
    std::map<bool, std::string> sites, devices, channels;
};

std::string part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Entered enter(Stage& stage) {
    Entered entered;
    for (const bool own : {true, false}) {
        Visitor& manager = own ? stage.all.manager : stage.all.other_manager;
        entered.sites[own] = "/sites/" + create(manager, "/sites", R"({"name":{"en":"Works"},"about":{},"kind":"energy","country":"CN","place":{}})");
        const Answer made =
            manager.post("/devices", fmt::format(R"({{"name":{{"en":"Meter"}},"serial":"M-1","template":"gas_meter","site":"{}"}})", part(entered.sites[own])));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        entered.devices[own] = "/devices/" + made.at("/device/id");
        const Answer channels = manager.get("/channels?device=" + made.at("/device/id"));
        entered.channels[own] = "/channels/" + channels.at("/items/0/id");
    }
    return entered;
}

void add_energy(Stage& stage, Probes& rows) {
    static Entered entered;
    entered = enter(stage);
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto of = [](std::map<bool, std::string> Entered::*which, std::string verb = "") {
        return [which, verb](bool own) { return (entered.*which)[own] + verb; };
    };
    const std::string all = "bank.energy", range = "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
    rows["site_list"] = {200, at("/sites")};
    rows["site_get"] = {200, of(&Entered::sites), "", all};
    rows["site_create"] = {422, at("/sites"), "{}"};
    rows["site_update"] = {412, of(&Entered::sites), R"({"kind":"water"})", all, 404, no_version};
    rows["site_delete"] = {409, of(&Entered::sites), "", all};
    rows["site_newest_get"] = {200, of(&Entered::sites, "/newest"), "", all};
    rows["device_list"] = {200, at("/devices")};
    rows["device_get"] = {200, of(&Entered::devices), "", all};
    rows["device_traffic_get"] = {200, of(&Entered::devices, "/traffic"), "", all};
    rows["device_create"] = {422, at("/devices"), "{}"};
    rows["device_update"] = {412, of(&Entered::devices), R"({"accuracy_class":"1"})", all, 404, no_version};
    rows["device_delete"] = {404, at("/devices/device_nobody")};
    rows["device_claim"] = {422, at("/devices/claim"), "{}"};
    rows["device_credential_issue"] = {404, at("/devices/device_nobody/credential")};
    rows["device_credential_revoke"] = {404, at("/devices/device_nobody/credential/revoke")};
    rows["device_suspend"] = {404, at("/devices/device_nobody/suspend")};
    rows["device_activate"] = {409, of(&Entered::devices, "/activate"), "", all};
    rows["device_retire"] = {404, at("/devices/device_nobody/retire")};
    rows["device_template_list"] = {200, at("/device_templates")};
    rows["channel_list"] = {200, at("/channels")};
    rows["channel_get"] = {200, of(&Entered::channels), "", all};
    rows["channel_create"] = {422, at("/channels"), "{}"};
    rows["channel_update"] = {412, of(&Entered::channels), R"({"decimals":3})", all, 404, no_version};
    rows["channel_delete"] = {404, at("/channels/channel_nobody")};
    rows["channel_points_get"] = {200, of(&Entered::channels, "/points" + range), "", all};
    rows["channel_steps_get"] = {200, [range](bool own) { return "/channel_steps" + range + "&channels=" + part(entered.channels[own]); }, "", all};
    rows["channel_steps_export"] = {200, [range](bool own) { return "/channel_steps/export" + range + "&channels=" + part(entered.channels[own]); }, "", all};
    rows["points_send"] = {401, at("/points"), "{}"};
    rows["device_points_send"] = {200, of(&Entered::devices, "/points"), R"({"nothing":1})", all};
}

const RoleRows energy(add_energy);

} // namespace

} // namespace greenbank::testing
